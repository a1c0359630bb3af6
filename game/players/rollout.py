"""Futures: what a seat's score comes to when it gives certain orders now and acts by doctrine afterwards.

What it leaves out now of doctrine's orders it leaves out for some turns more (`PUT_OFF`), as a planner would.

All futures of all plans, and of several seats, run in one batch. Futures of the same number share their luck,
whatever the plan, so that plans are compared like with like.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.players.doctrine import DoctrinePlayer, decide_mixed
from game.players.whims import Whims
from game.rules import CHUNK, Ruleset, World, advance, observe
from game.rules.chance import draws, game_words
from game.rules.machine import machine_of
from game.rules.phase import keys_of

_STRIDE = 0x9E3779B97F4A7C15
_SALT = 0x5851F42D4C957F2D
_OWN = keys_of("planner's own luck", [()])
EVERY = 4
"""One future in so many lets the other seats act by another population."""
PUT_OFF = 1
"""For so many turns more a plan's seat does without what the plan leaves out."""


def seen_words(ruleset: Ruleset, world: World) -> NDArray[np.uint64]:
    """A word that stands for what is seen at each position, purses and points apart, uint64 [positions].

    How points are counted changes nobody's luck, so what a seat strives for can be weighed while others play on alike.
    """
    counts = np.ones(world.state.shape[0], np.uint64)
    for points in ("score", "objective"):
        rows = ruleset.layout.quantities[points].rows
        counts[rows.start : rows.stop] = 0
    weights = counts * ((counts.cumsum(dtype=np.uint64) * np.uint64(_STRIDE)) | np.uint64(1))
    weights[ruleset.orders.purse] = 0
    words: NDArray[np.uint64] = (world.state.astype(np.uint64) * weights[:, None]).sum(axis=0, dtype=np.uint64)
    return words


@dataclass(frozen=True)
class Positions:
    """What some seats see: one column each.

    seats: who looks, int [requests]; words: stand for what is seen in this game (`seen_words`), uint64 [requests].
    """

    world: World
    seats: NDArray[np.intp]
    words: NDArray[np.uint64]

    def luck(self, requests: NDArray[np.intp], numbers: NDArray[np.intp]) -> NDArray[np.uint64]:
        """The luck of futures of some positions by their numbers, int [futures] each.

        It depends on what is seen, so that a seat does not prepare turn after turn for the same few futures, and on
        the game, so that many games do not all open in one way.
        """
        with np.errstate(over="ignore"):
            return self.words[requests] ^ ((numbers + 1).astype(np.uint64) * np.uint64(_STRIDE) + np.uint64(_SALT))


def positions(ruleset: Ruleset, world: World, asked: Sequence[tuple[int, int]]) -> Positions:
    """Games as seats see them. asked: (game, seat) of each."""
    games = np.array([game for game, _ in asked], np.intp)
    state = np.empty((world.state.shape[0], len(asked)), np.int32)
    seats = np.array([seat for _, seat in asked], np.intp)
    for seat in sorted(set(seats.tolist())):
        own = np.flatnonzero(seats == seat)
        part = World(np.ascontiguousarray(world.state[:, games[own]]), world.luck[games[own]], world.turn)
        state[:, own] = observe(ruleset, part, seat).state
    seen = World(state, np.zeros(len(asked), np.uint64), world.turn)
    # A number of the game's own under a key that no rule uses: of the luck to come it tells nothing.
    own_luck = draws(_OWN, game_words(world.luck[games], world.turn))[0].astype(np.uint64)
    return Positions(seen, seats, seen_words(ruleset, seen) ^ own_luck * np.uint64(_STRIDE))


class Futures:
    """Plays futures from some positions. others: how the other seats may act, the usual way first."""

    def __init__(
        self, ruleset: Ruleset, here: Positions, others: Sequence[DoctrinePlayer], turns: int, whims: Whims
    ) -> None:
        self.ruleset, self.here, self.others, self.whims = ruleset, here, others, whims
        self.turns = min(turns, ruleset.turns - here.world.turn + 1)
        self.seats = range(len(ruleset.seats))
        rows = ruleset.layout.quantities["score"].rows
        self.score = np.arange(rows.start, rows.stop)

    def manner(self, numbers: NDArray[np.intp]) -> NDArray[np.intp]:
        """Which of the others' ways each future takes, by its number."""
        if len(self.others) < 2:
            return np.zeros(len(numbers), np.intp)
        turn_of = numbers // EVERY % (len(self.others) - 1) + 1
        return np.where(numbers % EVERY == EVERY - 1, turn_of, 0)

    def scores(
        self,
        requests: NDArray[np.intp],
        plans: NDArray[np.int32],
        left: NDArray[np.bool_],
        numbers: NDArray[np.intp],
        stop: Callable[[], bool] = lambda: False,
    ) -> NDArray[np.int32] | None:
        """The score of the seat that asks, in raw units, int32 [futures]; None if `stop` said so.

        requests: the position of each future; plans int32 [futures, places]; left: the actions that each plan leaves
        out, bool [futures, actions]; numbers: of the futures' luck.
        """
        found = np.empty(len(requests), np.int32)
        # Futures in which the others act alike stand together.
        order = np.argsort(self.manner(numbers), kind="stable")
        for begin in range(0, len(order), CHUNK):
            part = order[begin : begin + CHUNK]
            scores = self._chunk(requests[part], plans[part], left[part], numbers[part], stop)
            if scores is None:
                return None
            found[part] = scores
        return found

    def _chunk(
        self,
        requests: NDArray[np.intp],
        plans: NDArray[np.int32],
        left: NDArray[np.bool_],
        numbers: NDArray[np.intp],
        stop: Callable[[], bool],
    ) -> NDArray[np.int32] | None:
        world = World(
            np.ascontiguousarray(self.here.world.state[:, requests]),
            self.here.luck(requests, numbers),
            self.here.world.turn,
        )
        manner, mine = self.manner(numbers), self.here.seats[requests]
        columns = np.arange(len(requests))
        self.whims.purses.suppose(world, mine)
        for ahead in range(self.turns):
            if stop():
                return None
            orders = self._decide(world, manner, mine)
            if not ahead:
                orders[mine, :, columns] = plans
            elif ahead <= PUT_OFF:
                self._put_off(orders, left, mine)
            world = advance(self.ruleset, world, orders, reuse=True).world
        score: NDArray[np.int32] = world.state[self.score[mine], columns]
        return score

    def _put_off(self, orders: NDArray[np.int32], left: NDArray[np.bool_], mine: NDArray[np.intp]) -> None:
        """Take back what doctrine orders for the seat that asks and its plan left out.

        If doctrine always made up for it next turn, nothing that can wait a turn would ever be worth its place.
        """
        columns = np.flatnonzero(left.any(axis=1))
        own = orders[mine[columns], :, columns]
        again = left[columns[:, None], self.whims.kind[own]]
        orders[mine[columns], :, columns] = np.where(again, -1, own)

    def _decide(self, world: World, manner: NDArray[np.intp], mine: NDArray[np.intp]) -> NDArray[np.int32]:
        """Everybody by doctrine; where the others act in another way, they do."""
        if machine_of(self.ruleset, world.games) is None:
            return decide_mixed(self.others, self.ruleset, world, self.seats, manner, mine)
        orders = self.others[0].decide(self.ruleset, world, self.seats)
        for way in range(1, len(self.others)):
            own = np.flatnonzero(manner == way)
            if len(own):
                part = World(np.ascontiguousarray(world.state[:, own]), world.luck[own], world.turn)
                theirs = self.others[way].decide(self.ruleset, part, self.seats)
                at = np.arange(len(own))
                theirs[mine[own], :, at] = orders[mine[own], :, own]
                orders[:, :, own] = theirs
        return orders
