"""The command line: exit codes, one JSON object, quick help, no heavy imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from game.cli import app

TINY = str(Path(__file__).parent.parent / "data" / "tiny.yaml")
COMMANDS = (
    *("scenarios", "check", "schema", "play", "run", "replay"),
    *("query", "compare", "balance", "sensitivity", "hindcast"),
)


def call(*words: str, said: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=said)


def one_object(result: Result) -> dict[str, Any]:
    """Standard output as the one JSON object that it must be."""
    assert result.stdout.count("\n") == 1
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def test_the_version_names_the_game_python_and_numpy() -> None:
    result = call("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("Open Door ")
    assert "Python 3" in result.stdout and "NumPy " in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_examples(command: str) -> None:
    result = call(command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.stdout and f"game {command}" in result.stdout


def test_help_lists_every_command() -> None:
    result = call("--help")
    assert result.exit_code == 0
    for command in COMMANDS:
        assert command in result.stdout


def test_without_display_and_terminal_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.desktop.start.can_open", lambda: False)
    result = call()
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "neither a display nor a terminal" in result.stderr and "game --help" in result.stderr


@pytest.mark.parametrize(
    "words",
    [("nonsense",), ("play",), ("run", TINY), ("run", TINY, "--out", "x", "--games", "none"), ("schema", "map"),
     ("run", TINY, "--out", "x", "--player", "arda")],
)  # fmt: skip
def test_wrong_usage_is_2(words: tuple[str, ...]) -> None:
    assert call(*words).exit_code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("play", "no_such_scenario"), "no_such_scenario"),
        (("play", TINY, "--as", "ardo"), "arda"),
        (("play", "--load", "missing.json"), "missing.json"),
        (("run", TINY, "--out", "x.jsonl", "--player", "ardo=idle"), "arda"),
        (("run", TINY, "--out", "x.jsonl", "--players", "wizard"), "wizard"),
        (("replay", "missing.json"), "missing.json"),
    ],
)
def test_bad_input_is_1_and_named(
    words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call(*words)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


# -- check ---------------------------------------------------------------------------------------------


def test_check_counts_rows_orders_and_rules() -> None:
    result = call("check", TINY)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{TINY}: ")
    assert "orders" in result.stdout
    found = one_object(call("check", TINY, "--json"))
    assert found["ok"] and found["scenarios"][0]["orders"] == 45


def test_check_prints_each_fault_on_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "slomljen primjer.yaml"
    broken.write_bytes(b"id: 12\r\ntitle: x\r\nnonsense: " + b"very " * 200 + b"\r\n")
    result = call("check", TINY, str(broken))
    assert result.exit_code == 1
    faults = [line for line in result.stdout.splitlines() if line.startswith(str(broken))]
    assert len(faults) > 3
    for line in faults:
        place = line.removeprefix(str(broken)).split(":")
        assert place[1].isdigit() and place[2].isdigit()
    found = one_object(call("check", str(broken), "--json"))
    assert found["ok"] is False and found["scenarios"][0]["faults"] == faults


def test_schema_is_json() -> None:
    assert json.loads(call("schema").stdout)["title"]
    assert json.loads(call("schema", "rulebook").stdout)["properties"]["actions"]


def test_scenarios_lists_what_is_shipped() -> None:
    found = one_object(call("scenarios", "--json"))
    lines = call("scenarios").stdout.splitlines()
    assert [f"{one['id']}: {one['title']}" for one in found["scenarios"]] == lines


# -- play ----------------------------------------------------------------------------------------------


def test_a_script_plays_and_the_end_of_input_is_a_clean_end(tmp_path: Path) -> None:
    save = tmp_path / "sačuvano.json"
    result = call("play", TINY, "--as", "belen", "--seed", "4", "--text", said=f"orders\norder 1\nend\nsave {save}\n")
    assert result.exit_code == 0
    assert "Turn 2 of 8" in result.stdout
    assert "\x1b" not in result.stdout
    again = call("play", "--load", str(save), "--text", said="queue\n")
    assert again.exit_code == 0
    assert "Turn 2 of 8" in again.stdout
    assert call("replay", str(save), "--verify").exit_code == 0


def test_the_same_words_are_answered_the_same() -> None:
    words = "countries\norders\norder 1\nforecast 2\nend\nwhy tension arda belen\nend\nend\nend\nend\nhistory\n"
    first, second = (call("play", TINY, "--as", "arda", "--seed", "9", said=words).stdout for _ in range(2))
    assert first == second
    assert call("play", TINY, "--as", "arda", "--seed", "10", said=words).stdout != first


def test_luck_that_no_save_can_hold_is_refused_before_the_game() -> None:
    refused = call("play", TINY, "--as", "arda", "--text", "--seed", str(2**64))
    assert refused.exit_code == 2
    assert str(2**64 - 1) in refused.output


def test_the_designation_of_kosovo_is_the_players_choice() -> None:
    said = "countries\n"
    shown = {d: call("play", "bucharest_2008", "--designation", d, said=said).stdout for d in ("period", "eu", "none")}
    assert "1244 of 1999" in shown["period"] and "ICJ" in shown["eu"]
    assert "Kosovo*" not in shown["none"] and "Kosovo." in shown["none"]
    assert call("play", TINY, "--designation", "other").exit_code == 2


def test_watching_needs_no_seat() -> None:
    result = call("play", TINY, "--watch", said="end\n" * 9)
    assert result.exit_code == 0
    assert "The game is over" in result.stdout


# -- run and replay --------------------------------------------------------------------------------------


def test_run_writes_lines_and_prints_one_object(tmp_path: Path) -> None:
    out = tmp_path / "r.jsonl"
    result = call("run", TINY, "--games", "30", "--seed", "2", "--batch", "8", "--out", str(out), "--json")
    assert result.exit_code == 0
    found = one_object(result)
    assert list(found) == [
        "scenario",
        "games",
        "seed",
        "seconds",
        "games_per_second",
        "rungs",
        "wars",
        "incidents",
        "scores",
        "failed",
    ]
    assert (found["scenario"], found["games"], found["seed"]) == ("tiny", 30, 2)
    assert "30 of 30 games" in result.stderr
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["game"] for line in lines] == list(range(30))
    table = call("run", TINY, "--games", "30", "--seed", "2", "--out", str(out))
    assert table.exit_code == 0
    assert "Endings" in table.stdout and "belen" in table.stdout


def test_games_that_were_there_are_no_throughput(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    asked = ("run", TINY, "--games", "30", "--workers", "0", "--out", str(tmp_path / "r"))
    assert one_object(call(*asked, "--json"))["games_per_second"] > 0
    assert one_object(call(*asked, "--json"))["games_per_second"] is None
    assert "30 games of tiny with seed 0: all were there already" in call(*asked).stdout


def test_a_changed_byte_fails_the_replay(tmp_path: Path) -> None:
    save = tmp_path / "s.json"
    call("play", TINY, "--as", "arda", said=f"order reform\nend\nend\nsave {save}\n")
    shown = call("replay", str(save))
    assert shown.exit_code == 0 and "arda: arda.reform" in shown.stdout
    assert one_object(call("replay", str(save), "--json"))["turns"][0]["orders"]["arda"] == ["arda.reform"]
    assert one_object(call("replay", str(save), "--verify", "--json"))["true"] is True
    raw = bytearray(save.read_bytes())
    raw[len(raw) // 2] ^= 1
    save.write_bytes(raw)
    result = call("replay", str(save), "--verify")
    assert result.exit_code == 1 and str(save) in result.stderr
    failed = call("replay", str(save), "--verify", "--json")
    assert failed.exit_code == 1 and one_object(failed)["true"] is False


# -- a process of its own --------------------------------------------------------------------------------


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['game', '--help']\n"
        "from game.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        "heavy = {'numpy', 'pydantic', 'pygame', 'yaml'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env={**os.environ, "PYTHONUTF8": "1"})


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_a_run_is_the_same_in_any_process(tmp_path: Path, hash_seed: str) -> None:
    out = tmp_path / "r.jsonl"
    words = ["-m", "game", "run", TINY, "--games", "12", "--seed", "5", "--out", str(out)]
    env = {**os.environ, "PYTHONHASHSEED": hash_seed, "LC_ALL": "C"}
    subprocess.run([sys.executable, *words], check=True, capture_output=True, env=env)
    here = tmp_path / "here.jsonl"
    call("run", TINY, "--games", "12", "--seed", "5", "--out", str(here))
    assert out.read_bytes() == here.read_bytes()


@pytest.mark.slow
def test_the_designation_reaches_a_picture(tmp_path: Path) -> None:
    drawn = {}
    for designation in ("period", "eu", "none"):
        file = tmp_path / f"{designation}.png"
        words = ("play", "bucharest_2008", "--as", "serbia", "--size", "1280x720", "--designation", designation)
        result = call(*words, "--screenshot", str(file))
        assert result.exit_code == 0, result.stderr
        drawn[designation] = file.read_bytes()
    assert len(set(drawn.values())) == 3


# -- choices that contradict each other ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("play", TINY, "--from", "run", "--game", "1"), "leave out the scenario's name"),
        (("play", TINY, "--load", "save.json"), "leave out the scenario's name"),
        (("play", TINY, "--game", "3"), "--from"),
        (("play", TINY, "--turn", "2"), "--from"),
        (("play", "--from", "run", "--seed", "3"), "--seed"),
        (("play", "--from", "run", "--difficulty", "observer"), "--difficulty"),
        (("play", "--from", "run", "--load", "save.json"), "--load and --from"),
        (("check", TINY, "--play", "--coverage"), "--play and --coverage"),
        (("check", TINY, "--games", "10"), "--games needs"),
        (("run", TINY, "--out", "foo.csv"), "foo.jsonl"),
        (("run", TINY, "--out", "foo.json"), "foo.jsonl"),
    ],
)
def test_a_choice_that_would_be_dropped_is_refused(
    words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call(*words)
    assert result.exit_code == 2 and said in " ".join(result.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_a_stopped_file_of_lines_says_that_nothing_was_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def stops(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("game.lab.summary.Summary.add", stops)
    out = tmp_path / "x.jsonl"
    result = call("run", TINY, "--games", "4", "--out", str(out))
    assert result.exit_code == 130
    assert f"Stopped. Nothing was written to {out}" in result.stderr and "`--out DIR`" in result.stderr
    assert list(tmp_path.iterdir()) == []
