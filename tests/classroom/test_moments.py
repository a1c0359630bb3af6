"""Two things in the same moment: while one waits for the disk, another is done, and neither is lost or done twice."""

from __future__ import annotations

import asyncio
import functools
import json
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from game.classroom import app, export, pupil, teacher
from game.classroom.klass import Klass
from game.classroom.line import Line
from game.classroom.monitor import monitor_json
from game.classroom.opening import Opened, begin, resume
from game.classroom.pupil import Refused
from game.classroom.records import Entry, Joined
from game.classroom.requests import PUPIL, TEACHER_ASKS
from game.classroom.room import Room
from game.classroom.turns import tick
from game.scenario import Scenario, load
from game.session import Game
from game.views.names import Names


@functools.cache
def loaded() -> Scenario:
    return load("bucharest_lesson")


class Unseen(Room):
    """Nobody looks on: no views are made."""

    async def show_views(self, world: int) -> None:
        pass


class Lesson:
    """A class of some worlds, each with Croatia and Greece played; person 1 and 2 in world 1, 3 and 4 in world 2 …"""

    def __init__(self, folder: Path, worlds: int = 3) -> None:
        self.seconds = 1000.0
        opened = begin(loaded(), worlds, [], folder, seed=5)
        self.name, self.folder = opened.name, folder
        self.room = Unseen(opened.klass, opened.journal, "http://127.0.0.1", lambda: self.seconds)
        self.lines: dict[int, Line] = {}

    async def fill(self) -> None:
        for world in self.room.klass.worlds:
            for seat in ("croatia", "greece"):
                number = len(self.room.klass.people) + 1
                await self.room.commit(
                    Joined(
                        id=number, name=f"P{number}", hash=f"h{number}", seat=seat, world=world.number, person=number
                    )
                )
                self.lines[number] = Line("pupil", number)
                self.room.add(self.lines[number])
        await self.teacher("settings", check=False)
        await self.teacher("stage", stage="play")

    async def teacher(self, do: str, **what: Any) -> Any:
        return await teacher.obey(self.room, TEACHER_ASKS.validate_python({"do": do, **what}))

    async def pupil(self, number: int, do: str, **what: Any) -> Any:
        request = PUPIL.validate_python({"do": do, **what})
        return await pupil.obey(self.room, self.room.klass.people[number], request)

    def heard(self, number: int, kind: str) -> list[dict[str, Any]]:
        """What a pupil's line was sent of a kind, taken from it."""
        line, found = self.lines[number], []
        while not line.waiting.empty():
            found.append(json.loads(line.waiting.get_nowait()))
        return [one for one in found if one["is"] == kind]

    @property
    def turns(self) -> list[int]:
        return [world.game.turn for world in self.room.klass.worlds]


@pytest.fixture
def lesson(tmp_path: Path) -> Any:
    def run(story: Callable[[Lesson], Coroutine[Any, Any, None]]) -> Lesson:
        async def told() -> Lesson:
            found = Lesson(tmp_path)
            try:
                await found.fill()
                await story(found)
            finally:
                await asyncio.gather(*found.room.tasks)
                found.room.journal.close()
            return found

        return asyncio.run(told())

    return run


def test_two_messages_of_one_moment_both_arrive(lesson: Any) -> None:
    async def story(one: Lesson) -> None:
        await asyncio.gather(
            one.pupil(1, "say", to="greece", text="FIRST"), one.pupil(2, "say", to="croatia", text="SECOND")
        )
        for number in (1, 2):
            assert [said["one"]["text"] for said in one.heard(number, "channel")] == ["FIRST", "SECOND"]
        await asyncio.gather(
            one.teacher("tell", world=0, seat="all", text="THIRD"),
            one.pupil(3, "say", to="greece", text="FOURTH"),
        )
        assert [said["one"]["text"] for said in one.heard(1, "channel")] == ["THIRD"]
        assert [said["one"]["text"] for said in one.heard(4, "channel")] == ["THIRD", "FOURTH"]

    lesson(story)


def kept_of(one: Lesson) -> tuple[Opened, list[Entry]]:
    """The class as it is gone on with after the power has gone, and its journal, which ends with the new token."""
    again = resume(one.name, one.folder)
    kept = again.journal.entries()
    again.journal.close()
    return again, kept


def slow_disk(room: Room, then: Callable[[], Coroutine[Any, Any, Any]]) -> None:
    """The next write takes a while; meanwhile something else is done."""
    append = room.journal.append

    async def slow(entries: Any) -> None:
        room.journal.append = append  # type: ignore[method-assign]
        written = asyncio.ensure_future(append(entries))
        await then()
        await written

    room.journal.append = slow  # type: ignore[method-assign]


def hand_in(one: Lesson, *numbers: int, turn: int = 1) -> Callable[[], Coroutine[Any, Any, None]]:
    async def story() -> None:
        for number in numbers:
            try:
                await one.pupil(number, "done", done=True, turn=turn)
            except Refused as refused:
                assert "ended" in str(refused)
        await asyncio.gather(*one.room.tasks)

    return story


def test_a_world_that_hands_in_while_the_clock_ends_the_turns_loses_none(lesson: Any) -> None:
    async def story(one: Lesson) -> None:
        slow_disk(one.room, hand_in(one, 5, 6))
        one.seconds += 1000
        await tick(one.room)
        assert one.turns == [2, 2, 2]
        assert one.room.klass.clock.until == one.seconds + 240
        assert not one.room.klass.world(3).game.handed_in

    lesson(story)


def test_a_world_that_hands_in_while_the_teacher_ends_the_turns_loses_none(lesson: Any) -> None:
    async def story(one: Lesson) -> None:
        slow_disk(one.room, hand_in(one, 5, 6))
        await one.teacher("end_turn", turns=[1, 1, 1])
        assert one.turns == [2, 2, 2]
        # Pressed when the clock ran out: the page still shows the turn that the clock has ended.
        slow_disk(one.room, lambda: one.teacher("end_turn", turns=[2, 2, 2]))
        one.seconds += 1000
        await tick(one.room)
        assert one.turns == [3, 3, 3]
        await one.teacher("end_turn", turns=[3, 2, 3])
        assert one.turns == [4, 3, 4]
        await one.teacher("end_turn", slowest=True, turns=[4, 3, 4])
        assert one.turns == [4, 4, 4]
        await one.teacher("end_turn")
        assert one.turns == [5, 5, 5], "a page of an earlier version names no turn"

    lesson(story)


def test_who_hands_in_a_turn_that_has_ended_has_not_handed_in_the_next(lesson: Any) -> None:
    async def story(one: Lesson) -> None:
        await one.teacher("end_turn")
        with pytest.raises(Refused, match="ended"):
            await one.pupil(1, "done", done=True, turn=1)
        await one.pupil(1, "done", done=True, turn=2)
        await one.pupil(2, "done", done=True)
        await asyncio.gather(*one.room.tasks)
        assert one.turns == [3, 2, 2]

    lesson(story)


def test_the_turns_that_end_together_are_kept_together(lesson: Any) -> None:
    """One request ends them, which is not done again after the power has gone."""

    async def story(one: Lesson) -> None:
        await one.teacher("end_turn", key="once")

    one = lesson(story)
    again, kept = kept_of(one)
    ended = [entry for entry in kept if entry.kind == "resolved"]
    assert [(entry.world, entry.key, entry.data["act"]["turn"]) for entry in ended] == [
        (1, "once", 1),
        (2, None, 1),
        (3, None, 1),
    ]
    assert [world.game.turn for world in again.klass.worlds] == [2, 2, 2]


def broken(*_given: Any) -> Any:
    raise RuntimeError("cannot be shown")


@pytest.mark.parametrize(
    ("asked", "fails", "kept"),
    [
        ({"do": "done", "done": True}, "show_team", lambda klass: "croatia" in klass.world(1).game.handed_in),
        ({"do": "say", "to": "greece", "text": "Hello"}, "may_read", lambda klass: klass.world(1).said),
        ({"do": "decline"}, "welcome_pupil", lambda klass: klass.people[1].seat == ""),
        ({"do": "freeze", "frozen": True}, "show_state", lambda klass: klass.frozen),
        ({"do": "end_turn"}, "projector", lambda klass: klass.world(1).game.turn == 2),
        ({"do": "tell", "world": 0, "seat": "all", "text": "Hello"}, "send", lambda klass: klass.world(3).said),
    ],
)
def test_what_is_kept_is_acknowledged_though_it_cannot_be_shown(
    lesson: Any, monkeypatch: pytest.MonkeyPatch, asked: dict[str, Any], fails: str, kept: Callable[[Klass], object]
) -> None:
    async def story(one: Lesson) -> None:
        line = one.lines[1] if "world" not in asked and asked["do"] in ("done", "say", "decline") else Line("teacher")
        monkeypatch.setattr(one.room, fails, broken)
        await app._answer(one.room, line, json.dumps({**asked, "key": "once"}))
        assert kept(one.room.klass)
        told = [json.loads(line.waiting.get_nowait()) for _each in range(line.waiting.qsize())]
        assert told[-1] == {"is": "ack", "key": "once"}
        assert all(one["is"] != "no" for one in told)
        monkeypatch.undo()

    lesson(story)


def test_nothing_is_changed_when_a_request_fails_before_it_is_kept(
    lesson: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(one: Lesson) -> None:
        monkeypatch.setattr(teacher, "ending", broken)
        line = Line("teacher")
        await app._answer(one.room, line, json.dumps({"do": "end_turn", "key": "once"}))
        assert "Nothing was changed" in json.loads(line.waiting.get_nowait())["why"][0]
        assert one.turns == [1, 1, 1] and (0, "once") not in one.room.klass.keys
        monkeypatch.undo()

    lesson(story)


def test_the_class_closes_when_only_a_part_of_what_belongs_together_can_be_applied(
    lesson: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(one: Lesson) -> None:
        klass, line = one.room.klass, Line("teacher")
        monkeypatch.setattr("game.classroom.klass.Clock", broken)
        await app._answer(one.room, line, json.dumps({"do": "stage", "stage": "debrief", "key": "once"}))
        monkeypatch.undo()
        assert klass.stage == "debrief", "the first entry was applied"
        for asked in (
            {"do": "freeze", "frozen": True, "key": "next"},
            {"do": "stage", "stage": "lobby", "key": "once"},
        ):
            await app._answer(one.room, line, json.dumps(asked))
        told = [json.loads(line.waiting.get_nowait()) for _each in range(line.waiting.qsize())]
        answers = [(one["is"], one["key"]) for one in told if one["is"] in ("ack", "no")]
        assert answers == [("no", "once"), ("no", "next"), ("no", "once")]
        assert all("could not be kept" in one["why"][0] for one in told if one["is"] == "no")
        assert one.room.broken and monitor_json(one.room)["broken"]

    again, kept = kept_of(lesson(story))
    assert again.klass.stage == "play" and not again.klass.frozen
    assert (kept[-2].kind, kept[-1].kind) == ("clock", "teacher"), "only what went before is kept"


def test_a_pupil_may_choose_to_look_on_where_pupils_choose(lesson: Any) -> None:
    async def story(one: Lesson) -> None:
        klass = one.room.klass
        with pytest.raises(Refused):
            await one.pupil(1, "watch")
        for number in (1, 3):
            await one.pupil(number, "decline")
        assert one.room.me(klass.people[1])["watch"]
        await one.pupil(1, "watch")
        assert klass.people[1].observer and not one.room.me(klass.people[1])["watch"]
        (told,) = (person for person in monitor_json(one.room)["people"] if person["id"] == 1)
        assert told["observer"] and not told["seat"]
        await one.teacher("settings", seats="assign")
        assert not one.room.me(klass.people[3])["watch"]
        with pytest.raises(Refused):
            await one.pupil(3, "watch")
        assert not klass.people[3].observer

    again, _kept = kept_of(lesson(story))
    assert again.klass.people[1].observer


def test_who_gives_a_seat_back_where_they_are_dealt_is_given_another_at_once(lesson: Any) -> None:
    async def story(one: Lesson) -> None:
        await one.teacher("stage", stage="roles")
        await one.teacher("settings", seats="deal")
        await one.pupil(1, "decline", key="once")
        person = one.room.klass.people[1]
        assert person.declined == ["croatia"] and person.seat not in ("", "croatia", "greece")

    _again, kept = kept_of(lesson(story))
    assert [entry.kind for entry in kept][-3:-1] == ["declined", "moved"]


def test_seats_are_dealt_with_the_setting_that_has_them_dealt(lesson: Any) -> None:
    async def story(one: Lesson) -> None:
        klass = one.room.klass
        await one.teacher("stage", stage="lobby")
        for number, seat in ((1, "croatia"), (2, "greece"), (3, "croatia")):
            await one.pupil(number, "decline")
            assert klass.people[number].declined == [seat]
        slow_disk(one.room, lambda: one.pupil(4, "decline"))
        await one.teacher("settings", seats="deal", per_seat=1)
        seats = [(person.world, person.seat) for person in klass.people.values()]
        assert len(set(seats)) == len(seats) == 6 and all(seat for _world, seat in seats)
        assert not any(person.seat in person.declined for person in klass.people.values())

    lesson(story)


async def while_read(one: Lesson, monkeypatch: pytest.MonkeyPatch, ask: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Ask for something that the other thread works out; when it has begun, the class goes on before it reads on."""
    began, goes_on = threading.Event(), threading.Event()
    label = Names.label

    def slow(names: Names, *given: Any, **more: Any) -> str:
        if threading.current_thread() is not threading.main_thread():
            began.set()
            goes_on.wait(10)
        return label(names, *given, **more)

    monkeypatch.setattr(Names, "label", slow)
    asked = asyncio.ensure_future(ask())
    while not began.is_set():
        await asyncio.sleep(0.01)
        assert not asked.done(), "the other thread was not asked"
    for number in (91, 92):
        await one.room.commit(Joined(id=number, name=f"Late {number}", hash=f"l{number}", world=1, person=number))
    await one.pupil(1, "say", to="greece", text="Said meanwhile")
    await one.teacher("end_turn")
    goes_on.set()
    try:
        return await asked
    finally:
        monkeypatch.setattr(Names, "label", label)


@pytest.mark.parametrize("name", ["decisions", "pupils"])
def test_a_table_is_of_the_moment_in_which_it_was_asked_for(
    lesson: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    async def story(one: Lesson) -> None:
        await one.teacher("end_turn")
        before = export.table(one.room.klass, name)
        assert "P1" in before or name == "decisions"

        async def ask() -> str:
            return await one.room.workshop.reckon(lambda klass: export.table(klass, name))

        assert await while_read(one, monkeypatch, ask) == before
        assert export.table(one.room.klass, name) != before

    lesson(story)


def test_the_debrief_is_of_the_moment_in_which_it_was_asked_for(lesson: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(one: Lesson) -> None:
        await one.teacher("end_turn")
        await one.teacher("stage", stage="play")
        found = await while_read(one, monkeypatch, lambda: one.teacher("debrief", part="worlds"))
        assert [(row["turn"], row["messages"]) for row in found["found"]["worlds"]] == [(2, 0)] * 3
        found = await one.teacher("debrief", part="worlds")
        assert [(row["turn"], row["messages"]) for row in found["found"]["worlds"]] == [(3, 1), (3, 0), (3, 0)]

    lesson(story)


def test_a_snapshot_shares_nothing_that_changes(lesson: Any) -> None:
    async def story(one: Lesson) -> None:
        klass = one.room.klass
        legal = int(klass.world(1).game.legal("croatia").nonzero()[0][0])
        text = klass.ruleset.catalogue.texts[legal]
        await one.pupil(1, "order", order=text, why="because")
        still = klass.snapshot()
        shared = {"scenario", "ruleset", "seed", "number", "id", "name", "hash", "expected"}
        pairs = [(klass, still), *zip(klass.people.values(), still.people.values(), strict=True)]
        pairs += list(zip(klass.worlds, still.worlds, strict=True))
        for live, copied in pairs:
            for field, value in vars(live).items():
                if field not in shared and isinstance(value, dict | list | set | Game):
                    assert vars(copied)[field] is not value, field
        assert still.world(1).game is still.world(1).real
        await one.teacher("end_turn")
        assert (still.world(1).game.turn, klass.world(1).game.turn) == (1, 2)
        assert still.world(1).why == {"croatia": {text: "because"}} and still.world(1).game.queue("croatia") == (legal,)
        await one.teacher("stage", stage="practice")
        still = klass.snapshot()
        assert still.world(1).game is still.world(1).practice and still.seated(1, "croatia")[0] is still.people[1]

    lesson(story)
