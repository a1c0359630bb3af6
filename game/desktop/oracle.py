"""Forecasts in a process of their own, so that two hundred futures never take time from a frame.

The process reads the scenario once; then plain values cross: a column of numbers, a seat and orders go in, a
forecast comes back. Where no process can be had the forecast is made in the calling thread.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from typing import Any

from game.rules import compile_rules
from game.scenario import load_texts
from game.session import Forecast, Forecaster, Game
from game.session.columns import Column

WAIT = 0.01  # seconds between two looks whether the forecast is still wanted
GONE = (OSError, EOFError, BrokenPipeError)


class Standing(Game):
    """A game that stands at a given column: all that a forecast reads."""

    standing: Column

    @property
    def column(self) -> Column:
        return self.standing


def serve(link: Connection, wanted: Any, files: Mapping[str, bytes], path: str) -> None:
    """The process: answers requests until the link is closed. `wanted` holds the number of the last one."""
    try:
        scenario = load_texts(files, path)
        game = Standing(scenario, compile_rules(scenario.book), 0, {})
        forecaster = Forecaster(game)
        while True:
            number, column, seat, orders = link.recv()

            def stale(number: int = number) -> bool:
                return bool(wanted.value != number)

            if stale():
                link.send((number, None))
                continue
            game.standing = column
            link.send((number, forecaster.forecast(seat, orders, stale)))
    except (*GONE, KeyboardInterrupt):
        return


class Oracle:
    """Forecasts for one game; made in the thread of long work, one at a time."""

    def __init__(self, game: Game, apart: bool = True) -> None:
        self.game = game
        self.number = 0
        self._apart = apart
        self._near: Forecaster | None = None
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
        self.start()
        link = self._link
        if link is None:
            return self._here(seat, orders, stop)
        self.number += 1
        try:
            self._wanted.value = self.number
            link.send((self.number, column, seat, tuple(orders)))
            while not link.poll(WAIT):
                if stop():
                    self._wanted.value = 0
            number, found = link.recv()
            while number != self.number:
                number, found = link.recv()
        except GONE:
            self._give_up()
            return self._here(seat, orders, stop)
        forecast: Forecast | None = found
        return forecast

    def _here(self, seat: str, orders: Sequence[int], stop: Callable[[], bool]) -> Forecast | None:
        if self._near is None:
            self._near = Forecaster(self.game)
        return self._near.forecast(seat, orders, stop)

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
