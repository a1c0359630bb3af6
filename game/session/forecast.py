"""What some orders would bring: many futures with and without them, under the same luck.

A forecast starts from what the seat can see (`observe`) and from luck of its own, a fixed function of the
future's number; the game's hidden quantities and its seed do not enter, and what others have saved is supposed. Others
act as the doctrine player would. The seat itself orders nothing after this turn, except to keep its pledges: were it to
go on by doctrine, it would give the same orders a turn later, and the difference would be the price of a turn's delay
instead of what the orders do. It is the model's view, not a promise.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.players.purses import Purses
from game.players.spread import percentiles
from game.rules import Ruleset, World, advance, observe
from game.scenario.pledges import bookkept
from game.session.game import Game
from game.session.promises import Promises
from game.session.records import COMPUTER

FUTURES, TURNS = 200, 4
_STRIDE = 0xD1B54A32D192ED03
"""Not what luck moves on by from turn to turn: one future's luck would be another's a turn earlier."""
_SHARES = (10, 50, 90)
_INTERNAL = ("turn", "date", "ending", "government", "card", "score", "objective", "last", "memory", "purse")


@dataclass(frozen=True)
class Range:
    """The 10th, 50th and 90th percentile over the futures, in raw units."""

    low: int
    middle: int
    high: int

    @classmethod
    def over(cls, values: NDArray[np.int32]) -> Range:
        """The range of one value in every future."""
        return cls(*percentiles(values, _SHARES).tolist())


@dataclass(frozen=True)
class Outlook:
    """One quantity that the orders change: its difference against doing nothing, and its level with them."""

    row: int
    difference: Range
    level: Range
    without: Range


@dataclass(frozen=True)
class Forecast:
    """rows: what changes, largest differences first. score: the seat's own. turns: how far it looks."""

    rows: tuple[Outlook, ...]
    score: Outlook
    futures: int
    turns: int


def luck(futures: int) -> NDArray[np.uint64]:
    """The luck of each future, the same in every game. Shape [futures]."""
    with np.errstate(over="ignore"):
        return (np.arange(1, futures + 1, dtype=np.uint64)) * np.uint64(_STRIDE)


class Forecaster:
    """Forecasts for one game; keeps the futures without orders for as long as the game stands still."""

    def __init__(self, game: Game, futures: int = FUTURES, turns: int = TURNS) -> None:
        self.game, self.futures, self.turns = game, futures, turns
        self.ruleset = game.ruleset
        self.player = game.player(COMPUTER)
        self.purses = Purses(game.ruleset)
        self._key: tuple[str, bytes] | None = None
        self._world: World | None = None
        self._others: NDArray[np.int32] | None = None
        self._promises: Promises | None = None
        self._without: NDArray[np.int32] | None = None

    def forecast(self, seat: str, orders: Sequence[int], stop: Callable[[], bool] = lambda: False) -> Forecast | None:
        """What the orders change within the next turns, or None if `stop` said so between two turns."""
        if not self.prepare(seat, stop):
            return None
        assert self._without is not None
        with_orders = self._play(seat, orders, stop)
        if with_orders is None:
            return None
        return compare(self.ruleset, seat, with_orders, self._without, self._ahead)

    def prepare(self, seat: str, stop: Callable[[], bool] = lambda: False) -> bool:
        """Play the futures without orders, once for a seat and turn, so that forecasts come twice as fast.

        False if `stop` said so between two turns.
        """
        world = observe(self.ruleset, self.game.world, self.game.seat_index[seat])
        key = (seat, world.state.tobytes())
        if self._key != key or self._without is None:
            mine = self.game.seat_index[seat]
            self._key, self._without = key, None
            self._promises = Promises(self.ruleset, world, mine)
            self._world = world.repeat(self.futures, luck(self.futures))
            self.purses.suppose(self._world, np.full(self.futures, mine))
            self._others = self._decided(self._world, mine)
            self._without = self._play(seat, (), stop)
        return self._without is not None

    def _decided(self, world: World, mine: int) -> NDArray[np.int32]:
        """What all seats but one order, int32 [seats, places, futures]."""
        others = [place for place in range(len(self.ruleset.seats)) if place != mine]
        return self.player.decide(self.ruleset, world, others)

    @property
    def _ahead(self) -> int:
        """How many turns are played: no more than the game has left."""
        return min(self.turns, self.ruleset.turns - self.game.turn + 1)

    def _play(self, seat: str, orders: Sequence[int], stop: Callable[[], bool]) -> NDArray[np.int32] | None:
        """The state of every future, int32 [rows, futures]; None if stopped."""
        assert self._world is not None and self._others is not None and self._promises is not None
        mine = self.game.seat_index[seat]
        future, given = self._world, self._others.copy()
        given[mine] = self.game.packed({seat: orders})[mine]
        for ahead in range(self._ahead):
            if stop():
                return None
            if ahead:
                given = self._decided(future, mine)
                given[mine] = self._promises.due(future)
            future = advance(self.ruleset, future, given, trace=()).world
        return future.state


def compare(
    ruleset: Ruleset, seat: str, with_orders: NDArray[np.int32], without: NDArray[np.int32], turns: int
) -> Forecast:
    """Ranges of every quantity that differs in some future."""
    layout = ruleset.layout
    difference = with_orders - without
    score_row = layout.row(f"score[{seat}]")
    kept = bookkept(ruleset.book.rulebook)
    rows = [row for row in np.flatnonzero(difference.any(axis=1)).tolist() if _told(ruleset, seat, row, kept)]
    score, *outlooks = _outlooks([score_row, *rows], difference, with_orders, without)
    span = (layout.high - layout.low)[:, 0].astype(np.float64)

    def weight(outlook: Outlook) -> tuple[float, float, int]:
        ends = outlook.difference
        size = abs(ends.middle) / span[outlook.row]
        return (-size, -(ends.high - ends.low) / span[outlook.row], outlook.row)

    return Forecast(tuple(sorted(outlooks, key=weight)), score, with_orders.shape[1], turns)


def _told(ruleset: Ruleset, seat: str, row: int, kept: Collection[str]) -> bool:
    """Whether a forecast speaks of a row: a lasting quantity of the rulebook that the seat may know.

    kept: quantities that hold a turn's number, no effect.
    """
    quantity, args = ruleset.layout.at(row)
    if quantity.id in _INTERNAL or quantity.id in kept or quantity.id.startswith("estimate_") or quantity.lasts_turn:
        return False
    return quantity.visible != "owner" or args[:1] == (seat,)


def _outlooks(rows: list[int], *states: NDArray[np.int32]) -> list[Outlook]:
    """Rows with the ranges of difference, level and base."""
    ranges = [percentiles(state[rows], _SHARES).tolist() for state in states]
    return [Outlook(row, *(Range(*spread) for spread in spreads)) for row, *spreads in zip(rows, *ranges, strict=True)]
