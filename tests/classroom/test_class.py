"""What a teacher relies on, through the same lines that the pages use."""

from __future__ import annotations

import csv
import functools
import json
import re
from pathlib import Path

import pytest
from classroom.served import Client, Served

from game.classroom import debrief
from game.classroom.debrief import CannotError
from game.classroom.export import table
from game.classroom.klass import Klass
from game.classroom.opening import begin, resume
from game.classroom.records import (
    Checked,
    Entry,
    HandedIn,
    Intervened,
    Joined,
    Moved,
    Ordered,
    PinMade,
    Revoked,
    StageReached,
    TurnEnded,
    TurnUndone,
    WorldsCounted,
    Written,
)
from game.classroom.requests import Debrief
from game.classroom.roles import class_turns, questions
from game.classroom.seats import Place, SeatsError, read_seats
from game.classroom.store import Journal, StoreError
from game.rules import Ruleset, compile_rules
from game.scenario import Scenario, load, shipped
from game.session import IllegalOrderError
from game.session.events import event_changes
from game.session.fork import NotPlayedError, fork, play_on
from game.session.records import Injected, Resolved

SEATS = {"croatia": "Croatia", "greece": "Greece", "albania": "Albania"}


LESSON = "bucharest_lesson"


@functools.cache
def loaded() -> tuple[Scenario, Ruleset]:
    """The lesson and its rules, read once for all tests."""
    scenario = load(LESSON)
    return scenario, compile_rules(scenario.book)


@pytest.fixture
def lesson() -> Scenario:
    return loaded()[0]


def klass_of(lesson: Scenario, worlds: int = 1, places: tuple[Place, ...] = ()) -> Klass:
    klass = Klass(lesson, loaded()[1], 7, worlds, places)
    for number, (name, seat) in enumerate([("Ana", "croatia"), ("Ben", "greece"), ("Cem", "croatia")], 1):
        klass.apply(Joined(id=number, name=name, hash=f"h{number}", seat=seat, world=1, person=number))
    klass.apply(StageReached(stage="play"))
    return klass


def order(klass: Klass, person: int, text: str, why: str = "") -> None:
    seat = klass.people[person].seat
    klass.apply(Ordered(seat=seat, text=text, why=why, world=1, person=person))


def end(klass: Klass, here: tuple[int, ...] = (1, 2, 3)) -> TurnEnded:
    ended = klass.world(1).resolve(klass.held(1, here))
    klass.apply(ended)
    return ended


def legal(klass: Klass, seat: str, place: int = 0) -> str:
    game = klass.world(1).game
    return game.ruleset.catalogue.texts[int(game.legal(seat).nonzero()[0][place])]


# -- the journal -----------------------------------------------------------------------------------------


def test_after_a_refused_write_nothing_more_is_kept(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "class.door", new=True)
    journal.write([PinMade(pin="1", person=1, key="a")])
    with pytest.raises(StoreError):
        journal.write([PinMade(pin="2", person=1, key="a")])
    with pytest.raises(StoreError):
        journal.write([PinMade(pin="3", person=1, key="b")])
    assert [entry.data for entry in journal.entries()] == [{"pin": "1"}]
    journal.close()


# -- the class without a server ------------------------------------------------------------------------


def test_resolving_is_pure_and_the_same_twice(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    order(klass, 1, legal(klass, "croatia"), "because")
    world = klass.world(1)
    before = world.game.fingerprint
    first, second = world.resolve(["croatia"]), world.resolve(["croatia"])
    assert first == second
    assert world.game.fingerprint == before and world.game.queue("croatia")


def test_an_absent_seat_is_played_by_the_computer(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    assert klass.held(1, [1]) == ["croatia"]
    alone = end(klass, here=(1,))
    assert alone.act.orders["greece"] and not alone.act.orders["croatia"]


def test_orders_of_someone_who_left_still_count(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    text = legal(klass, "greece")
    order(klass, 2, text)
    assert end(klass, here=()).act.orders["greece"] == [text]


def test_two_pupils_share_a_seat_and_both_are_named(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    first = legal(klass, "croatia", 0)
    order(klass, 1, first, "reform first")
    second = legal(klass, "croatia", 3)
    order(klass, 3, second, "and a friend")
    end(klass)
    mine = [one for one in klass.world(1).decisions if one.seat == "croatia"]
    assert [(one.text, one.why, one.by) for one in mine] == [
        (first, "reform first", ("Ana",)),
        (second, "and a friend", ("Cem",)),
    ]


def test_undo_brings_the_orders_and_their_reasons_back(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    text = legal(klass, "croatia")
    order(klass, 1, text, "because")
    opening = klass.world(1).game.fingerprint
    end(klass)
    after = klass.world(1).game.fingerprint
    klass.apply(TurnUndone(turn=1, world=1))
    world = klass.world(1)
    assert world.game.turn == 1 and world.game.fingerprint == opening
    assert world.why["croatia"] == {text: "because"} and not world.decisions
    end(klass)
    assert world.game.fingerprint == after, "the same orders, the same luck"


def test_orders_given_after_the_turn_that_is_taken_back_wait_when_their_turn_comes(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    world = klass.world(1)
    end(klass)
    text = legal(klass, "greece")
    order(klass, 2, text, "for the second turn")
    klass.apply(TurnUndone(turn=1, keep=True, world=1))
    assert not world.game.queue("greece")
    end(klass)
    assert [world.ruleset.catalogue.texts[one] for one in world.game.queue("greece")] == [text]
    assert world.why["greece"] == {text: "for the second turn"} and world.by["greece"] == {text: ["Ben"]}
    end(klass)
    assert [one.by for one in world.decisions if one.text == text and one.turn == 2 and one.seat == "greece"] == [
        ("Ben",)
    ]


def test_orders_that_are_no_longer_possible_after_an_undo_are_dropped(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    world = klass.world(1)
    end(klass)
    opening = world.game.turn
    for place in (0, 1):
        order(klass, 2, legal(klass, "greece", place))
    klass.apply(TurnUndone(turn=1, keep=True, world=1))
    act = Injected(turn=1, title="Empty purses", changes={"purse[greece]": 0})
    klass.apply(Intervened(act=act, world=1))
    end(klass)
    assert world.game.turn == opening
    for one in world.game.queue("greece"):
        queue = world.game.queues["greece"]
        world.game.queues["greece"] = [other for other in queue if other != one]
        assert not world.game.verify("greece", one)
        world.game.queues["greece"] = queue


def shaken(klass: Klass, seat: str) -> int:
    """The teacher's sudden crisis in this turn: the seat's stability is down to three. Raw, as it stands then."""
    act = Injected(turn=klass.world(1).game.turn, title="A crisis", changes={f"stability[{seat}]": 300})
    klass.apply(Intervened(act=act, world=1))
    return 300


def test_undo_keeps_what_the_teacher_injected_before_the_orders(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    low = shaken(klass, "croatia")
    text = legal(klass, "croatia")
    order(klass, 1, text, "because")
    end(klass)
    after = klass.world(1).game.fingerprint
    klass.apply(TurnUndone(turn=1, world=1))
    game = klass.world(1).game
    assert game.value("stability[croatia]") == low, "the orders that wait were found legal in this world"
    assert [game.ruleset.catalogue.texts[one] for one in game.queue("croatia")] == [text]
    end(klass)
    assert game.fingerprint == after


def test_another_decision_starts_from_the_world_in_which_the_first_was_taken(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    shaken(klass, "croatia")
    text = legal(klass, "croatia")
    order(klass, 1, text)
    end(klass)
    game = klass.world(1).game
    same = fork(game, 1, "croatia", [text], ["croatia", "greece"]).otherwise
    first = next(step for step in same.steps if isinstance(step.act, Resolved))
    assert first.act.fingerprint == game.steps[-1].act.fingerprint  # type: ignore[union-attr]


def test_what_is_tried_out_leaves_nothing_in_the_game(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    end(klass)
    game = klass.world(1).game
    play_on(game)
    assert set(game.ledgers) <= set(game.steps)


def test_the_practice_turn_leaves_no_trace(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    opening = klass.world(1).game.fingerprint
    klass.apply(StageReached(stage="practice"))
    order(klass, 1, legal(klass, "croatia"))
    end(klass)
    assert klass.world(1).game.turn == 2
    klass.apply(StageReached(stage="play"))
    world = klass.world(1)
    assert world.game.turn == 1 and world.game.fingerprint == opening
    assert not world.decisions and not world.game.queue("croatia")


def test_what_waits_is_still_there_after_a_slip_to_the_practice_turn(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    text = legal(klass, "croatia")
    order(klass, 1, text, "because")
    klass.apply(HandedIn(seat="croatia", done=True, world=1, person=1))
    klass.apply(StageReached(stage="practice", keep=True))
    world = klass.world(1)
    assert not world.game.queue("croatia") and not world.why
    order(klass, 2, legal(klass, "greece"))
    klass.apply(StageReached(stage="play", keep=True))
    assert [world.ruleset.catalogue.texts[one] for one in world.game.queue("croatia")] == [text]
    assert world.why == {"croatia": {text: "because"}} and world.by == {"croatia": {text: ["Ana"]}}
    assert world.game.handed_in == {"croatia"} and not world.game.queue("greece")


def test_a_class_of_an_earlier_version_drops_what_it_dropped_then(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    order(klass, 1, legal(klass, "croatia"), "because")
    klass.apply(StageReached(stage="practice"))
    klass.apply(StageReached(stage="play"))
    assert not klass.world(1).game.queue("croatia") and not klass.world(1).why


def test_the_class_plays_its_turns_and_the_computer_the_rest(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    assert class_turns(lesson) == 5
    for _turn in range(5):
        assert not klass.over(1)
        end(klass)
    assert klass.over(1)
    ended = play_on(klass.world(1).real)
    assert ended.over and not klass.world(1).real.over


def test_a_fork_changes_one_seats_orders_and_keeps_the_luck(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    given = legal(klass, "croatia")
    other = legal(klass, "croatia", 4)
    order(klass, 1, given)
    for _turn in range(3):
        end(klass)
    game = klass.world(1).real
    same = fork(game, 1, "croatia", [given], ["croatia", "greece"])
    assert same.spreads["croatia"][0] == same.spreads["croatia"][1]
    told = fork(game, 1, "croatia", [other], ["croatia", "greece"])
    assert told.as_played.over and told.otherwise.over
    assert told.otherwise.steps[0].act.orders["croatia"] == [other]  # type: ignore[union-attr]
    assert told.otherwise.steps[0].act.orders["greece"] == game.steps[0].act.orders["greece"]  # type: ignore[union-attr]
    with pytest.raises(IllegalOrderError):
        fork(game, 1, "croatia", [given, given], ["croatia"])
    with pytest.raises(NotPlayedError):
        fork(game, 9, "croatia", [given], ["croatia"])


def test_a_decision_that_cannot_be_shown_or_tried_is_refused_with_the_reason(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    given = legal(klass, "croatia")
    order(klass, 1, given)
    end(klass)

    def ask(part: str, turn: int, *orders: str) -> str:
        request = {"do": "debrief", "part": part, "turn": turn, "seat": "croatia", "orders": list(orders)}
        with pytest.raises(CannotError) as told:
            debrief.part(klass, Debrief.model_validate(request))
        return str(told.value)

    assert ask("fork", 2, given) == ask("choices", 2) == "The game has not come to turn 2."
    assert ask("fork", 1, given, given).endswith(".")
    assert "There is no 'croatia.nothing'" in ask("fork", 1, "croatia.nothing")


def test_an_event_can_be_made_to_happen_with_its_card(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    game = klass.world(1).game
    card = next(one for one in game.ruleset.catalogue.cards if game.ruleset.seats[one.seat] == "croatia")
    changes = event_changes(game, card.event, card.binding)
    act = Injected(turn=1, title="The teacher's event", changes=changes)
    klass.apply(Intervened(act=act, world=1))
    assert klass.world(1).game.value("card[croatia]") > 0
    with pytest.raises(ValueError):
        event_changes(game, "no_such_event", ())


def test_an_injection_keeps_the_orders_that_are_still_legal(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    text = legal(klass, "greece")
    order(klass, 2, text, "still good")
    row = "tension[greece, turkey]"
    value = klass.world(1).game.value(row) if row in klass.ruleset.layout.names else None
    row = row if value is not None else next(n for n in klass.ruleset.layout.names if n.startswith("stability["))
    changes = {row: klass.world(1).game.value(row) + 100}
    act = Injected(turn=1, title="Word from outside", changes=changes)
    klass.apply(Intervened(act=act, world=1))
    game = klass.world(1).game
    assert [game.ruleset.catalogue.texts[o] for o in game.queue("greece")] == [text]


def test_worlds_share_scenario_and_luck_and_go_their_own_ways(lesson: Scenario) -> None:
    klass = klass_of(lesson, worlds=2)
    assert klass.world(1).game.fingerprint == klass.world(2).game.fingerprint
    order(klass, 1, legal(klass, "croatia"))
    end(klass)
    assert (klass.world(1).game.turn, klass.world(2).game.turn) == (2, 1)


def test_nobody_waits_for_a_world_without_people(lesson: Scenario) -> None:
    klass = klass_of(lesson, worlds=2)
    assert klass.emptiest() == 1 and klass.free_seat()[0] == 1, "a late comer is not left alone in turn one"
    assert [world.number for world in klass.peopled] == [1]
    klass.apply(Moved(id=3, seat="croatia", world=2))
    assert [world.number for world in klass.peopled] == [1, 2]
    klass.apply(Revoked(id=3, world=2))
    klass.apply(WorldsCounted(count=1))
    assert "Cem" in table(klass, "pupils"), "who was removed from a closed world is still known"


@pytest.mark.parametrize(
    "scenario",
    [name if name == LESSON else pytest.param(name, marks=pytest.mark.slow) for name, _title in shipped()],
)
def test_every_seat_has_three_questions_with_one_right_answer(scenario: str) -> None:
    told = loaded()[0] if scenario == LESSON else load(scenario)
    for one in told.book.scenario.seats:
        asked = questions(told, one.seat)
        assert len(asked) == 3
        for question in asked:
            assert 2 <= len(set(question.answers)) == len(question.answers)
            assert 0 <= question.right < len(question.answers)


def test_the_table_for_grading_follows_pupils_who_were_moved(lesson: Scenario) -> None:
    klass = klass_of(lesson)
    for person, seat in ((1, "croatia"), (2, "greece")):
        klass.apply(Checked(seat=seat, passed=True, world=1, person=person))
    order(klass, 1, legal(klass, "croatia"), "reform first")
    end(klass)
    order(klass, 1, legal(klass, "croatia"), "and again")
    end(klass)
    klass.apply(Moved(id=1, seat="albania", world=1))
    klass.apply(Moved(id=2, seat="", observer=True, world=1))
    rows = {row["Name"]: row for row in csv.DictReader(table(klass, "pupils").lstrip("\ufeff").splitlines())}
    ana, ben, cem = rows["Ana"], rows["Ben"], rows["Cem"]
    assert (ana["Seat"], ana["Seats played (turns)"], ana["Role checks passed"]) == (
        "albania",
        "croatia (2)",
        "croatia",
    )
    assert (ana["Orders"], ana["Reasons given"], ana["Tries"]) == ("2", "2", "1")
    assert ana["Score of the seat"] == "", "Albania is not a seat that she played"
    assert (ben["Seat"], ben["Seats played (turns)"]) == ("observer", "greece (2)")
    # Who sits beside somebody that types is not without work.
    assert (cem["Orders"], cem["Orders of the seat in these turns"]) == ("0", "2")
    assert re.fullmatch(r"-?\d+(\.\d+)?", cem["Score of the seat"])
    klass.apply(TurnUndone(turn=2, keep=True, world=1))
    rows = {row["Name"]: row for row in csv.DictReader(table(klass, "pupils").lstrip("\ufeff").splitlines())}
    assert rows["Cem"]["Seats played (turns)"] == "croatia (1)"


# -- files ------------------------------------------------------------------------------------------------


def test_a_seats_file_is_read_and_its_faults_are_named(tmp_path: Path) -> None:
    file = tmp_path / "seats.csv"
    file.write_text("# class 7b\nAna, croatia, 2\nBen, observer\nCem\n")
    assert read_seats(file, SEATS, 2) == [Place("Ana", "croatia", 2), Place("Ben", "observer", 0), Place("Cem", "", 0)]
    file.write_text("Ana, croatai\nana, greece\nBen, greece, 5\nCem, greece, 1, more\n")
    with pytest.raises(SeatsError) as told:
        read_seats(file, SEATS, 2)
    lines = str(told.value).splitlines()
    assert len(lines) == 3
    assert f"{file}:1" in lines[0] and "croatia" in lines[0]
    with pytest.raises(SeatsError, match="cannot be read"):
        read_seats(tmp_path / "none.csv", SEATS, 1)


@pytest.mark.parametrize("between", [";", "\t", ","])
def test_a_seats_file_is_read_as_a_spreadsheet_writes_it(tmp_path: Path, between: str) -> None:
    file = tmp_path / "seats.csv"
    lines = (("Name", "Seat", "World"), ("Ana", "Croatia", "2"), ("Ben", "greece", ""), ("Cem", "Observer", ""))
    file.write_text("\r\n".join(between.join(line) for line in lines), "utf-8-sig")
    places = [Place("Ana", "croatia", 2), Place("Ben", "greece", 0), Place("Cem", "observer", 0)]
    assert read_seats(file, SEATS, 2) == places
    file.write_bytes("Žana, croatia".encode("cp1250"))
    with pytest.raises(SeatsError, match="UTF-8"):
        read_seats(file, SEATS, 1)


def test_a_class_is_gone_on_with_as_it_was(lesson: Scenario, tmp_path: Path) -> None:
    opened = begin(lesson, 1, [], tmp_path, seed=5)
    klass = opened.klass

    def keep(entry: Entry) -> None:
        opened.journal.write([entry])
        klass.apply(entry)

    keep(Joined(id=1, name="Ana", hash="h", seat="croatia", world=1, person=1))
    keep(StageReached(stage="play"))
    keep(Ordered(seat="croatia", text=legal(klass, "croatia"), why="because", world=1, person=1, key="k1"))
    keep(Written(sender="croatia", to="greece", text="Hello", world=1, person=1))
    keep(klass.world(1).resolve(["croatia"]))
    opened.journal.close()
    again = resume("bucharest_lesson", tmp_path)
    world = again.klass.world(1)
    assert world.game.fingerprint == klass.world(1).game.fingerprint
    assert world.decisions == klass.world(1).decisions
    assert [one.text for one in world.said] == ["Hello"]
    assert (1, "k1") in again.klass.keys
    assert again.klass.pin == klass.pin and len(again.klass.teachers) == 2
    with pytest.raises(StoreError, match="is open"):
        resume(again.name, tmp_path)
    again.journal.close()
    with pytest.raises(StoreError, match="There is no class"):
        resume("bucharest_2008-20200101-aaaa", tmp_path)


def test_a_damaged_class_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "x-1-1.class.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        resume("x-1-1", tmp_path)


# -- through the lines ------------------------------------------------------------------------------------


def seated(served: Served, name: str, seat: str) -> Client:
    pupil = served.join(name)
    pupil.wait("public")
    pupil.ok("take", seat=seat)
    return pupil


@pytest.mark.slow
def test_seats_are_dealt_to_those_who_have_joined_already_and_to_who_gives_one_back(fresh: Served) -> None:
    teacher = fresh.teacher()
    teacher.wait("public")
    pupils = [fresh.join(name) for name in ("Ana", "Ben", "Cem")]
    for pupil in pupils:
        pupil.wait("public")
    teacher.ok("settings", seats="deal")
    for pupil in pupils:
        pupil.wait("role")
    seats = [pupil.last["me"]["seat"] for pupil in pupils]
    assert len(set(seats)) == 3
    pupils[0].ok("decline")
    role = pupils[0].last["role"]
    assert role["seat"] not in seats and pupils[0].last["me"]["declined"] == [seats[0]]
    teacher.ok("link", person=1)
    told = teacher.last["link"]
    assert told["code"].startswith("<svg") and told["link"].startswith("/#t=")


@pytest.mark.slow
def test_a_lesson_with_a_power_cut(tmp_path: Path) -> None:
    """Seats, role check, reasons, messages, turn, undo, freeze, a kill, going on, debrief, tables."""
    served = Served(tmp_path / "home", "bucharest_lesson")
    try:
        teacher = served.teacher()
        teacher.wait("public")
        ana, ben = seated(served, "Ana", "croatia"), seated(served, "Ben", "greece")
        assert served.join("Ana").wait("me")["name"] == "Ana 2"
        teacher.ok("stage", stage="play")
        ana.see("me", stage="play")
        refused = ana.ask("order", order=ana.see("desk")["open"][0])
        assert "three questions" in refused["why"][0]
        for pupil, seat in ((ana, "croatia"), (ben, "greece")):
            right = [one.right for one in questions(load("bucharest_lesson"), seat)]
            wrong = [(n + 1) % 2 for n in right]
            pupil.ok("check", answers=wrong)
            assert not pupil.last["checked"]["passed"]
            pupil.ok("check", answers=right)
            assert pupil.last["checked"]["passed"]
        teacher.ok("settings", rationale="required", auto=False)
        text = ana.last["desk"]["open"][0]
        assert "why" in ana.ask("order", order=text)["why"][0]
        ana.ok("order", order=text, why="To be ready", key="again")
        ana.ok("order", order=text, why="To be ready", key="again")
        ana.see("me", why={text: "To be ready"})
        assert [one["id"] for one in ana.last["desk"]["queue"]] == [text]
        ana.ok("say", to="greece", text="Shall we talk?")
        assert ben.wait("channel")["one"]["text"] == "Shall we talk?"
        teacher.ok("freeze", frozen=True)
        assert "frozen" in ana.ask("withdraw", order=text)["why"][0]
        teacher.ok("freeze", frozen=False)
        served.kill()
        served.again()
        ana, teacher = served.line(ana.token), served.teacher()
        assert ana.wait("me")["seat"] == "croatia"
        assert [one["id"] for one in ana.wait("desk")["queue"]] == [text]
        ana.ok("order", order=text, why="To be ready", key="again")
        teacher.wait("public")
        teacher.ok("end_turn")
        assert ana.see("view", turn=2)["report"]["turn"] == 1
        teacher.ok("undo", world=1)
        ana.see("view", turn=1)
        assert ana.last["me"]["turn"] == 1 and [one["id"] for one in ana.last["desk"]["queue"]] == [text]
        teacher.ok("end_turn", key="once")
        teacher.ok("end_turn", key="once")
        ana.see("view", turn=2)
        assert ana.last["me"]["turn"] == 2, "the same request ends one turn"
        teacher.ok("tell", world=1, seat="croatia", text="Well done")
        assert ana.wait("channel")["one"]["from"] == "teacher"
        person = ana.last["me"]["name"]
        number = next(one["id"] for one in teacher.last["monitor"]["people"] if one["name"] == person)
        teacher.ok("move", person=number, world=1, seat="albania")
        ana.see("role", seat="albania")
        assert ana.last["me"]["seat"] == "albania"
        ana.ok("decline")
        assert ana.see("me", seat="")["declined"] == ["albania"]
        teacher.ok("stage", stage="debrief")
        for part in ("outcome", "timeline", "knew", "epilogue", "worlds", "channels"):
            teacher.ok("debrief", part=part, world=1, turn=1)
            assert teacher.last["debrief"]["part"] == part
        timeline = json.dumps(teacher.raw, ensure_ascii=False)
        assert "To be ready" in timeline
    finally:
        served.stop()
