"""The classroom's security lines, each attacked."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import sqlite3
import time
from pathlib import Path

import pytest
from classroom.served import Client, Served
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from game.classroom.export import table
from game.classroom.joining import name_of
from game.classroom.opening import begin
from game.classroom.pupil import Refused
from game.classroom.records import Joined
from game.classroom.security import AUTH_SECONDS, LARGEST_MESSAGE, Guesses, Hosts, cell, digest
from game.classroom.store import StoreError, class_path
from game.resources import assets
from game.scenario import load


def get(served: Served, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    wire = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    wire.request(method, path, headers={"Host": served.host, **headers})
    answer = wire.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]
    return answer


# -- 1. tokens ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_only_the_digest_of_a_token_is_kept_and_no_log_shows_one(fresh: Served) -> None:
    pupil = fresh.join("Ana")
    pupil.wait("public")
    pupil.ok("take", seat="croatia")
    teacher = fresh.teacher()
    teacher.wait("public")
    assert pupil.token and len(pupil.token) >= 21
    fresh.stop()
    kept = b"".join(file.read_bytes() for file in fresh.home.rglob("*") if file.is_file() and file != fresh.log)
    assert pupil.token.encode() not in kept and fresh.token.encode() not in kept
    assert digest(pupil.token).encode() in kept
    printed = fresh.log.read_text()
    assert pupil.token not in printed
    assert printed.count(fresh.token) == 1, "only the line for the teacher's own screen may show it"


def test_the_seat_follows_from_the_token_never_from_the_message(served: Served) -> None:
    pupil = served.join("Bea")
    pupil.wait("public")
    pupil.ok("take", seat="albania")
    for more in ({"seat": "greece"}, {"person": 1}, {"world": 2}):
        assert pupil.ask("done", done=True, **more)["is"] == "no"
    teacher = served.teacher()
    teacher.wait("public")
    teacher.ok("settings", check=False)
    teacher.ok("stage", stage="play")
    refused = pupil.ask("order", order="greece.attend_talks.name_issue")
    assert refused["is"] == "no" and "not an order of your seat" in refused["why"][0]
    teacher.ok("stage", stage="lobby")
    for client in (pupil, teacher):
        client.close()


def test_a_pupil_cannot_act_as_the_teacher(served: Served) -> None:
    pupil = served.join("Cem")
    pupil.wait("public")
    for act in ({"do": "stage", "stage": "debrief"}, {"do": "freeze", "frozen": True}, {"do": "pin"}):
        assert pupil.ask(**act)["is"] == "no"  # type: ignore[arg-type]
    for path in ("/export/decisions", "/handouts"):
        assert get(served, path).status == 401
        assert get(served, path, Authorization=f"Bearer {pupil.token}").status == 401
        assert get(served, path, Authorization=f"Bearer {served.token}").status == 200
    pupil.close()


def test_a_revoked_seat_is_out_at_once_and_stays_out(served: Served) -> None:
    pupil, teacher = served.join("Dora"), served.teacher()
    pupil.wait("public")
    monitor = teacher.wait("monitor")
    person = next(one["id"] for one in monitor["people"] if one["name"] == "Dora")
    teacher.ok("revoke", person=person)
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            pupil.hear(5)
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 4401
    with pytest.raises(ConnectionClosed):
        served.line(pupil.token).wait("me")
    teacher.close()


def person_of(teacher: Client, name: str) -> int:
    """The number of a pupil, as the console has it."""
    while True:
        found = [one["id"] for one in teacher.wait("monitor")["people"] if one["name"] == name]
        if found:
            return int(found[0])


@pytest.mark.slow
def test_nobody_sits_down_at_a_rivals_desk_once_orders_are_given(fresh: Served) -> None:
    teacher, greece, croatia = fresh.teacher(), fresh.join("Gia"), fresh.join("Kro")
    teacher.wait("public")
    for pupil, seat in ((greece, "greece"), (croatia, "croatia")):
        pupil.wait("public")
        pupil.ok("take", seat=seat)
    teacher.ok("settings", check=False)
    teacher.ok("stage", stage="play")
    text = greece.see("desk")["open"][0]
    greece.ok("order", order=text, why="nobody-else-may-read-this")
    # By giving back the own seat.
    croatia.ok("decline")
    assert not croatia.see("me", seat="")["choose"]
    for seat in ("greece", "croatia", "albania"):
        assert "teacher" in croatia.ask("take", seat=seat)["why"][0]
    # By another name.
    spy = fresh.join("Spy")
    spy.wait("public")
    assert spy.last["me"]["free"]["greece"] == 0
    assert "taken" in spy.ask("take", seat="greece")["why"][0]
    for pupil in (croatia, spy):
        pupil.quiet()
        assert "nobody-else-may-read-this" not in "".join(pupil.raw)
    # A late comer has a seat that nobody has, and the teacher sees who has come and can move them.
    spy.ok("take", seat="albania")
    number = person_of(teacher, "Spy")
    assert next(one for one in teacher.last["monitor"]["people"] if one["name"] == "Spy")["late"] == 1
    teacher.ok("move", person=number, world=1, seat="greece")
    assert spy.see("me", seat="greece")


@pytest.mark.slow
def test_the_door_can_be_shut(fresh: Served) -> None:
    teacher, spy = fresh.teacher(), fresh.join("Spy")
    teacher.wait("public")
    teacher.ok("settings", joining=False)
    teacher.ok("revoke", person=person_of(teacher, "Spy"))
    spy.close()
    again = fresh.join("Spy again")
    assert "Nobody can join" in again.wait("no")["why"][0]
    teacher.ok("settings", joining=True)
    assert fresh.join("Late").wait("me")["name"] == "Late"


def test_requests_without_a_key_do_not_stop_the_class(served: Served) -> None:
    pupil, other = served.join("Edo"), served.join("Fea")
    for line in (pupil, other):
        line.wait("public")
    for _again in range(2):
        pupil.socket.send(json.dumps({"do": "take", "seat": "albania"}))
        pupil.quiet()
    other.ok("take", seat="greece")
    for line in (pupil, other):
        line.close()


# -- 2. origin, host, time -----------------------------------------------------------------------------


def test_a_foreign_page_cannot_open_a_socket(served: Served) -> None:
    for origin in ("http://evil.example", f"http://localhost:{served.port}", "null", None):
        with pytest.raises(InvalidStatus) as refused:
            connect(f"ws://{served.host}/ws", origin=origin)  # type: ignore[arg-type]
        assert refused.value.response.status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:1", "", "localhost.evil:8460"])
def test_a_foreign_host_is_refused(served: Served, host: str) -> None:
    for method in ("GET", "HEAD"):
        answer = get(served, "/", method, Host=host)
        assert answer.status == 400
        assert "default-src 'self'" in (answer.headers["content-security-policy"] or "")


def test_own_names_are_allowed(served: Served) -> None:
    assert get(served, "/", Host=f"localhost:{served.port}").status == 200
    assert Hosts(["[::1]"], 80).allows("[::1]:80")


def test_who_says_nothing_is_let_go(served: Served) -> None:
    socket = served.socket()
    began = time.monotonic()
    with pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=AUTH_SECONDS + 10)
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 4408
    assert time.monotonic() - began >= AUTH_SECONDS - 1


# -- 3. only one's own view ---------------------------------------------------------------------------


@pytest.mark.slow
def test_no_frame_holds_another_seats_orders_or_secrets(fresh: Served) -> None:
    teacher = fresh.teacher()
    teacher.wait("public")
    teacher.ok("settings", check=False, auto=False)
    greece, russia, watcher = fresh.join("Gia"), fresh.join("Rus"), fresh.join("Wes")
    for pupil, seat in ((greece, "greece"), (russia, "russia")):
        pupil.wait("public")
        pupil.ok("take", seat=seat)
    watcher.wait("public")
    teacher.ok("stage", stage="play")
    for pupil in (greece, russia, watcher):
        pupil.quiet()
    view = russia.last["view"]
    covert = next(
        one["id"]
        for group in view["orders"]["all"]
        for one in group["orders"]
        if one["covert"] and one["id"] in russia.last["desk"]["open"]
    )
    russia.ok("order", order=covert, why="a-reason-nobody-else-may-read")
    russia.ok("say", to="united_states", text="words-for-washington-alone")
    for _turn in range(2):
        teacher.ok("end_turn")
        for pupil in (greece, russia, watcher):
            pupil.quiet()
    for pupil in (greece, watcher):
        frames = "\n".join(pupil.raw)
        assert covert not in frames
        assert "a-reason-nobody-else-may-read" not in frames
        assert "words-for-washington-alone" not in frames
        for hidden in ('"right"', "memory[", "estimate_", russia.token, digest(russia.token)):
            assert hidden not in frames
    assert covert in "\n".join(russia.raw)


def test_the_answers_of_the_role_check_are_not_sent(served: Served) -> None:
    pupil = served.join("Eva")
    pupil.wait("public")
    pupil.ok("take", seat="nato")
    assert "questions" in pupil.last["role"]
    assert all(set(one) == {"ask", "answers"} for one in pupil.last["role"]["questions"])
    pupil.close()


# -- 4. sizes, rates, guessing -------------------------------------------------------------------------


def test_a_message_that_is_too_large_ends_the_line(served: Served) -> None:
    pupil = served.join("Fay")
    pupil.wait("public")
    pupil.socket.send("x" * (LARGEST_MESSAGE + 10))
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            pupil.hear(5)
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 1009
    again = served.line(pupil.token)
    assert again.wait("me")["name"] == "Fay"
    again.close()


def test_a_flood_is_slowed_and_the_others_are_not(served: Served) -> None:
    flood, calm = served.join("Gus"), served.join("Hal")
    for pupil in (flood, calm):
        pupil.wait("public")
    for n in range(150):
        flood.socket.send(json.dumps({"do": "ask", "what": "history", "key": f"f{n}"}))
    assert calm.ask("take", seat="romania")["is"] == "ack"
    refusals = [flood.hear(5) for _ in range(150)]
    assert any(one["is"] == "no" and "too fast" in one["why"][0] for one in refusals)
    for pupil in (flood, calm):
        pupil.close()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"do":"order"}', '{"do":"' + "[" * 5000, "\x00", '"' * 999])
def test_nonsense_is_refused_and_the_line_goes_on(served: Served, text: str) -> None:
    pupil = served.join("Ivo")
    pupil.wait("public")
    pupil.socket.send(text)
    assert pupil.wait("no")["why"]
    assert pupil.ask("take", seat="")["is"] == "ack"
    pupil.close()


def test_guessing_slows_down_and_nobody_is_locked_out() -> None:
    now = [0.0]
    guesses = Guesses(lambda: now[0])

    async def guess(pin: str) -> bool:
        return await guesses.check("10.0.0.9", pin, "123456")

    delays = []
    for _n in range(8):
        delays.append(guesses.delay("10.0.0.9"))
        asyncio.run(guess("000000"))
    assert delays[:5] == [0.0] * 5
    assert delays[5] > 0 and delays[6] >= 2 * delays[5] * 0.99
    assert guesses.delay("10.0.0.10") == 0.0
    assert asyncio.run(guess("123456")), "the right PIN is let in, however many wrong ones came before"
    now[0] += 3600
    assert guesses.delay("10.0.0.9") == 0.0


@pytest.mark.parametrize(
    "name", ["", "  ", "\u200b", "\u2060\ufeff", "...", "x" * 41, "Teacher", "COMPUTER", "tea\u200bcher"]
)
def test_names_that_mislead_are_refused(name: str) -> None:
    with pytest.raises(Refused):
        name_of(name)


def test_names_are_taken_as_they_are_read() -> None:
    for name in ("Ana", "Žan-Luka", "Ángel O'Neill", "Ива", "Müge 2", "أمل", "小明"):
        assert name_of(f" {name}\n") == name
    assert name_of("Ana\n  Maria") == "Ana Maria", "a name stands on one line"
    assert name_of("A\u200bna\u202e") == "Ana", "and turns round no other"


def test_a_wrong_pin_is_told_and_may_be_tried_again(served: Served) -> None:
    client = served.join("Kim", pin="000000")
    assert "PIN" in client.wait("no")["why"][0]
    client.socket.send(json.dumps({"do": "join", "pin": served.pin, "name": "Kim", "key": "join"}))
    assert client.wait("me")["name"] == "Kim"
    client.close()


# -- 5. pages and tables ---------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/", "/teacher", "/projector", "/print", "/a/style.css", "/map.svg", "/nothing"])
def test_every_answer_carries_the_policy(served: Served, path: str, method: str) -> None:
    answer = get(served, path, method)
    assert answer.status == (404 if path == "/nothing" else 200)
    policy = answer.headers["content-security-policy"] or ""
    assert "default-src 'self'" in policy and "unsafe" not in policy
    assert "script-src 'self'" in policy and "*" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_scripts_never_make_markup_from_text() -> None:
    for file in (assets() / "classroom").glob("*.js"):
        found = re.findall(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", file.read_text()
        )
        assert not found, file.name
    for file in (assets() / "classroom").glob("*.html"):
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|style=|https?://(?!www\.w3\.org)", file.read_text()), (
            file.name
        )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "-1\n", "-", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text).startswith("'")
    assert cell("plain") == "plain"
    assert (cell("-14.4"), cell(-2), cell("3")) == ("-14.4", "-2", "3"), "numbers can be added up"


def test_a_pupils_name_cannot_be_a_formula_in_the_table(tmp_path: Path) -> None:
    opened = begin(load("bucharest_lesson"), 1, [], tmp_path)
    opened.klass.apply(Joined(id=1, name="=HYPERLINK(1)", hash="x", seat="greece", world=1, person=1))
    assert "\n=HYPERLINK" not in table(opened.klass, "pupils").replace("\r", "")
    assert "'=HYPERLINK" in table(opened.klass, "pupils")
    opened.journal.close()


# -- 6. names are ids -------------------------------------------------------------------------------------

BAD_NAMES = [
    "..",
    "../x",
    "/etc/passwd",
    "CON",
    "con",
    "nul",
    "com1",
    "a\0b",
    "a/b",
    "a\\b",
    "",
    ".hidden",
    "x" * 90,
    "C:x",
]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_class_is_never_a_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError):
        class_path(name, tmp_path)


def test_a_link_is_not_a_class(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("secret")
    (tmp_path / "a.class.db").symlink_to(tmp_path / "other")
    with pytest.raises(StoreError, match="link"):
        class_path("a", tmp_path)


@pytest.mark.parametrize(
    "path", ["/a/../pyproject.toml", "/a/%2e%2e%2fmap%2fmap.json", "/a//etc/passwd", "/export/..%2fx"]
)
def test_no_file_outside_the_pages_is_served(served: Served, path: str) -> None:
    answer = get(served, path, Authorization=f"Bearer {served.token}")
    assert answer.status in (404, 400)


@pytest.mark.parametrize("name", ["../bucharest_2008", "/etc/passwd", "CON", "tutorial.yaml", "bucharest_lessn"])
def test_a_scenario_is_an_id_from_the_list(tmp_path: Path, name: str) -> None:
    from game.classroom.start import CannotOpenError, Plan, open_class

    with pytest.raises(CannotOpenError, match="There is no scenario"):
        open_class(Plan(name, folder=tmp_path))
    assert not list(tmp_path.iterdir())


# -- 7. no upload ------------------------------------------------------------------------------------------


def test_nothing_can_be_uploaded(served: Served) -> None:
    for path in ("/", "/upload", "/scenario", "/a/new.yaml", "/handouts"):
        for method in ("POST", "PUT"):
            answer = get(served, path, method, Authorization=f"Bearer {served.token}")
            assert answer.status in (404, 405), (method, path)


# -- 8. loopback, purge --------------------------------------------------------------------------------------


def test_without_lan_only_this_machine_is_listened_to(served: Served) -> None:
    listening = Path(f"/proc/{served.process.pid}/net/tcp")
    if not listening.exists():
        pytest.skip("this system does not tell which addresses are listened to")
    port = f"{served.port:04X}"
    rows = [line.split() for line in listening.read_text().splitlines()[1:]]
    ours = {row[1].partition(":")[0] for row in rows if row[1].endswith(f":{port}") and row[3] == "0A"}
    assert ours == {"0100007F"}


@pytest.mark.slow
def test_purge_deletes_all_of_a_class(fresh: Served) -> None:
    import subprocess
    import sys

    pupil = fresh.join("Ana-to-be-forgotten")
    pupil.wait("public")
    fresh.stop()
    kept = list((fresh.home / "classes").iterdir())
    assert kept
    name = next(file.name for file in kept if file.name.endswith(".class.db")).removesuffix(".class.db")
    base = sqlite3.connect(fresh.home / "classes" / f"{name}.class.db")
    assert "Ana-to-be-forgotten" in base.execute("SELECT group_concat(data) FROM journal").fetchone()[0]
    base.close()
    done = subprocess.run(
        [sys.executable, "-m", "game.cli", "classroom", name, "--purge"], env=fresh.env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert not list((fresh.home / "classes").iterdir())
    rest = b"".join(file.read_bytes() for file in fresh.home.rglob("*") if file.is_file() and file != fresh.log)
    assert b"Ana-to-be-forgotten" not in rest
