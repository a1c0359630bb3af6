"""What takes many futures, in a process of its own, so that it never takes time from a frame: forecasts, the
adviser, and the decisions of computer players that look ahead.

The process reads the scenario once; then plain values cross: a column of numbers and what is asked go in, a
forecast, advice or orders come back. Where no process can be had all is done in the calling thread.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from game.session import Forecast, Forecaster, Game, known_texts
from game.session.adviser import Advice, advise
from game.session.columns import Column

WAIT = 0.01  # seconds between two looks whether the forecast is still wanted
GONE = (OSError, EOFError, BrokenPipeError)


class Standing(Game):
    """A game that stands at a given column: all that a forecast reads."""

    standing: Column

    @property
    def column(self) -> Column:
        return self.standing


@dataclass(frozen=True)
class Share:
    """How much of an answer is done, 0 to 1."""

    done: float


class Answers:
    """Answers what is asked of one game at a given column."""

    def __init__(self, game: Game) -> None:
        self.game, self.forecaster = game, Forecaster(game)

    def answer(self, what: str, given: Any, stop: Callable[[], bool], progress: Callable[[float], None]) -> Any:
        """The answer, or None if `stop` said so."""
        if what == "forecast":
            seat, orders = given
            return self.forecaster.forecast(seat, orders, stop)
        if what == "advice":
            return advise(self.game, given, stop=stop, progress=progress)
        return self.game.decide(progress)


def serve(link: Connection, wanted: Any, files: Mapping[str, bytes], path: str) -> None:
    """The process: answers requests until the link is closed. `wanted` holds the number of the last one."""
    try:
        known = known_texts(files, path)
        game = Standing(known.scenario, known.ruleset, 0, {})
        answers = Answers(game)
        while True:
            number, column, what, given = link.recv()

            def stale(number: int = number) -> bool:
                return bool(wanted.value != number)

            def progress(done: float, number: int = number) -> None:
                link.send((number, Share(done)))

            if stale():
                link.send((number, None))
                continue
            game.standing = column
            if what == "decisions":
                game.holders, game.seed = given
                given = None
            link.send((number, answers.answer(what, given, stale, progress)))
    except (*GONE, KeyboardInterrupt):
        return


class Oracle:
    """Answers about one game; asked in the thread of long work, one at a time."""

    def __init__(self, game: Game, apart: bool = True) -> None:
        self.game = game
        self.number = 0
        self._apart = apart
        self._near: Answers | None = None
        self._link: Connection | None = None
        self._process: Any = None

    def start(self) -> None:
        """Start the process, if there is to be one."""
        if not self._apart or self._process is not None:
            return
        try:
            context = multiprocessing.get_context("spawn")
            self._link, other = context.Pipe()
            self._wanted = context.Value("q", 0)
            scenario = self.game.scenario
            given = (other, self._wanted, dict(scenario.text), scenario.path)
            self._process = context.Process(target=serve, args=given, name="forecasts", daemon=True)
            self._process.start()
            other.close()
        except (OSError, ValueError, RuntimeError):
            self._give_up()

    def forecast(self, seat: str, column: Column, orders: Sequence[int], stop: Callable[[], bool]) -> Forecast | None:
        """The forecast of orders at a column, or None if `stop` said so."""
        found: Forecast | None = self._ask("forecast", (seat, tuple(orders)), column, stop)
        return found

    def advice(
        self, seat: str, column: Column, stop: Callable[[], bool], progress: Callable[[float], None]
    ) -> Advice | None:
        """What the adviser would order for a seat at a column, or None if `stop` said so."""
        found: Advice | None = self._ask("advice", seat, column, stop, progress)
        return found

    def decisions(self, column: Column, progress: Callable[[float], None]) -> dict[str, list[int]]:
        """The orders of every computer player at a column; none for persons."""
        given = (dict(self.game.holders), self.game.seed)
        found: dict[str, list[int]] = self._ask("decisions", given, column, lambda: False, progress)
        return found

    def _ask(
        self,
        what: str,
        given: Any,
        column: Column,
        stop: Callable[[], bool],
        progress: Callable[[float], None] = lambda share: None,
    ) -> Any:
        self.start()
        link = self._link
        if link is None:
            return self._here(what, given, stop, progress)
        self.number += 1
        try:
            self._wanted.value = self.number
            link.send((self.number, column, what, given))
            while True:
                while not link.poll(WAIT):
                    if stop():
                        self._wanted.value = 0
                number, found = link.recv()
                if number == self.number and not isinstance(found, Share):
                    return found
                if number == self.number:
                    progress(found.done)
        except GONE:
            self._give_up()
            return self._here(what, given, stop, progress)

    def _here(self, what: str, given: Any, stop: Callable[[], bool], progress: Callable[[float], None]) -> Any:
        if self._near is None:
            self._near = Answers(self.game)
        return self._near.answer(what, given, stop, progress)

    def _give_up(self) -> None:
        self._apart, self._link = False, None

    def close(self) -> None:
        """End the process."""
        if self._link is not None:
            self._link.close()
            self._link = None
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
        self._apart = False
