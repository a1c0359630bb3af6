"""The lesson's clock after pauses, undos and freezes, with a room whose seconds a test counts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from game.classroom import teacher
from game.classroom.klass import Clock
from game.classroom.opening import begin
from game.classroom.pupil import Refused
from game.classroom.records import Joined
from game.classroom.requests import TEACHER_ASKS
from game.classroom.room import Room
from game.classroom.turns import tick
from game.scenario import load

TURN = 240.0


class Unseen(Room):
    """Nobody looks on: no views are made."""

    async def show_views(self, world: int) -> None:
        pass


class Lesson:
    """A room whose clock stands until a test moves it."""

    def __init__(self, folder: Path) -> None:
        self.seconds = 1000.0
        opened = begin(load("bucharest_lesson"), 1, [], folder, seed=5)
        self.room = Unseen(opened.klass, opened.journal, "http://127.0.0.1", lambda: self.seconds)

    async def ask(self, do: str, **what: Any) -> None:
        await teacher.obey(self.room, TEACHER_ASKS.validate_python({"do": do, **what}))

    @property
    def clock(self) -> Clock:
        return self.room.klass.clock

    @property
    def turn(self) -> int:
        return self.room.klass.world(1).game.turn


@pytest.fixture
def lesson(tmp_path: Path) -> Any:
    def run(story: Callable[[Lesson], Coroutine[Any, Any, None]]) -> None:
        async def told() -> None:
            found = Lesson(tmp_path)
            try:
                await found.ask("stage", stage="play")
                assert found.clock == Clock(until=found.seconds + TURN)
                await story(found)
            finally:
                await asyncio.gather(*found.room.tasks)
                found.room.journal.close()

        asyncio.run(told())

    return run


def test_a_turn_that_ends_while_the_clock_is_paused_leaves_the_next_its_whole_time(lesson: Any) -> None:
    async def story(one: Lesson) -> None:
        one.seconds += TURN - 20
        await one.ask("clock", act="pause")
        assert one.clock == Clock(left=20)
        await one.ask("end_turn")
        assert one.clock == Clock(left=TURN)
        await one.ask("clock", act="start")
        assert one.clock == Clock(until=one.seconds + TURN)
        await one.ask("clock", act="off")
        await one.ask("end_turn")
        assert one.clock == Clock(), "without a clock none begins"

    lesson(story)


def test_a_turn_that_was_taken_back_waits_for_the_teacher(lesson: Any) -> None:
    async def story(one: Lesson) -> None:
        await one.ask("end_turn")
        one.seconds += TURN - 5
        await one.ask("undo", world=1)
        assert (one.turn, one.clock) == (1, Clock(left=TURN))
        one.seconds += 10
        await tick(one.room)
        assert one.turn == 1

    lesson(story)


def test_a_frozen_clock_stands_and_only_one_that_ran_goes_on(lesson: Any) -> None:
    async def story(one: Lesson) -> None:
        one.seconds += 40
        await one.ask("freeze", frozen=True)
        with pytest.raises(Refused, match="Unfreeze"):
            await one.ask("clock", act="start")
        one.seconds += 500
        await one.ask("freeze", frozen=True)
        await one.ask("freeze", frozen=False)
        assert one.clock == Clock(until=one.seconds + TURN - 40)
        await tick(one.room)
        assert one.turn == 1
        await one.ask("clock", act="pause")
        await one.ask("clock", act="pause")
        await one.ask("freeze", frozen=True)
        await one.ask("freeze", frozen=False)
        assert one.clock == Clock(left=TURN - 40), "what the teacher had paused stays so"

    lesson(story)


def test_the_stage_that_is_on_is_not_begun_again(lesson: Any) -> None:
    async def story(one: Lesson) -> None:
        before = one.clock
        one.seconds += 100
        await one.ask("stage", stage="play")
        assert one.clock == before
        await one.ask("freeze", frozen=True)
        await one.ask("stage", stage="debrief")
        await one.ask("stage", stage="play")
        assert one.clock == Clock(left=TURN), "it does not run out while the game is frozen"

    lesson(story)


def test_worlds_are_opened_and_closed_before_the_game_and_not_in_it(lesson: Any) -> None:
    async def story(one: Lesson) -> None:
        with pytest.raises(Refused, match="begun"):
            await one.ask("worlds", count=2)
        await one.ask("stage", stage="roles")
        await one.ask("worlds", count=3)
        await one.room.commit(Joined(id=1, name="Ana", hash="h", seat="croatia", world=2, person=1))
        with pytest.raises(Refused, match="pupils"):
            await one.ask("worlds", count=1)
        await one.ask("worlds", count=2)
        assert len(one.room.klass.worlds) == 2
        # The first world is empty: it is neither played nor waited for.
        await one.ask("stage", stage="play")
        one.seconds += 100
        await one.ask("end_turn", slowest=True)
        assert [world.game.turn for world in one.room.klass.worlds] == [1, 2]
        assert one.clock == Clock(until=one.seconds + TURN)

    lesson(story)
