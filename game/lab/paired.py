"""One seat's strategies on the same luck: many of them in one batch, so that each costs hardly more than its games.

A column is a game of one strategy. The other seats play by doctrine, which is decided for all columns at once; the
seat's own orders are then decided again for every column by its strategy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.players import DoctrinePlayer
from game.players.choosing import ANSWER_BONUS, MOST_WORTH, PLACE_BITS, choose
from game.players.repeat import LEAST
from game.rules import Ruleset, World, advance, start
from game.rules.legality import frame_of
from game.rules.nodes import Frame

COLUMNS = 1024
"""Columns played at a time: bounds memory, and suits the engine."""
IDLE = "idle"
FORBIDDEN = np.full((1, 1), 2**29, np.int32)
"""What a red line takes off an order's worth, in hundredths."""
ALWAYS = np.ones((1, 1), np.bool_)


class SeatRepeater(DoctrinePlayer):
    """What `idle` and `repeat:ACTION` players of one seat would order, each column by another of them."""

    def __init__(self, ruleset: Ruleset, seat: str) -> None:
        super().__init__(ruleset)
        catalogue = ruleset.catalogue
        self.seat = ruleset.seats.index(seat)
        self.part = part = catalogue.seats[self.seat]
        self.answers = catalogue.is_choice[part]
        self.template = np.array(catalogue.template[part.start : part.stop], object)
        self.places = (catalogue.place[part] + 1)[:, None]
        self.rules = [one for one in self.rules if self._mine(one.orders)]
        self.red_lines = [one for one in self.red_lines if self._mine(one.orders)]
        self.legal = [one for one in ruleset.legal_parts if self._mine(one[0])]

    def _mine(self, orders: NDArray[np.intp]) -> bool:
        return bool(((orders >= self.part.start) & (orders < self.part.stop)).any())

    def strategies(self, actions: Sequence[str]) -> NDArray[np.int8]:
        """For each action, then for idle, which of the seat's orders are given whatever they are worth (1), are
        judged by doctrine (0, answers to cards), or are not given (−1). int8 [orders of the seat, strategies]."""
        table = np.full((len(self.template), len(actions) + 1), -1, np.int8)
        for place, action in enumerate(actions):
            table[self.answers, place] = 0
            table[(self.template == action) & ~self.answers, place] = 1
        return table

    def orders(self, world: World, given: NDArray[np.int8]) -> NDArray[np.int32]:
        """The seat's orders, int32 [places, games]. given: int8 [orders of the seat, games], see `strategies`."""
        ruleset, part = self.ruleset, self.part
        frame = frame_of(ruleset, world)
        worth = np.clip(self._own_worth(frame), -ANSWER_BONUS, 2 * ANSWER_BONUS)
        np.maximum(worth, LEAST, out=worth, where=given > 0)
        np.clip(worth, 0, MOST_WORTH, out=worth)
        worth <<= PLACE_BITS
        worth -= self.places
        worth *= self._own_legal(frame, world) & (given >= 0)
        code = np.zeros((ruleset.catalogue.size, world.games), np.int32)
        code[part] = worth
        chosen: NDArray[np.int32] = choose(ruleset, world, code, [self.seat], frame)[self.seat]
        return chosen

    def _own_worth(self, frame: Frame) -> NDArray[np.int32]:
        """`worth`, of the seat's own orders alone."""
        table = self.tables[self.seat]
        if table.shape[1] == 1:
            worth = np.repeat(table, frame.games, axis=1)
        else:
            worth = table.take(self._ruling(frame, self.seat), axis=1)
        for sign, parts in ((1, self.rules), (-1, self.red_lines)):
            for one in parts:
                held = self._held(one, frame)
                if held is not None and not np.count_nonzero(held):
                    continue
                amount = FORBIDDEN if one.worth is None else frame.value(one.worth)
                added = amount if held is None else np.multiply(amount, held, dtype=np.int32)
                own, inside = self._places(one.orders)
                worth[own] += sign * (added if len(added) == 1 else added[inside])
        return worth

    def _own_legal(self, frame: Frame, world: World) -> NDArray[np.bool_]:
        """`legal_mask`, of the seat's own orders alone."""
        legal = np.zeros((len(self.template), frame.games), np.bool_)
        for orders, node in self.legal:
            own, inside = self._places(orders)
            held = ALWAYS if node is None else frame.value(node)
            legal[own] = held if len(held) == 1 else held[inside]
        legal &= world.state[self.ruleset.layout.row("ending")] == 0
        return legal

    def _places(self, orders: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """(places among the seat's own orders, places in the array) of those that are the seat's."""
        inside = np.flatnonzero((orders >= self.part.start) & (orders < self.part.stop))
        return orders[inside] - self.part.start, inside


@dataclass(frozen=True)
class Strategy:
    """`idle` or `repeat:ACTION`, and the seat's scores in hundredths, int32 [pairs]."""

    kind: str
    scores: NDArray[np.int32]


def strategies(
    ruleset: Ruleset, seat: str, actions: Sequence[str], luck: NDArray[np.uint64], idle: bool = True
) -> Iterator[Strategy]:
    """The seat's scores by `idle`, then by each action given again and again, on the same luck, uint64 [pairs].

    What comes out is what `play_out` with `idle` and `repeat:ACTION` players gives, game by game.
    """
    player, doctrine = SeatRepeater(ruleset, seat), DoctrinePlayer(ruleset)
    table = player.strategies(actions)
    wanted = [*([len(actions)] if idle else []), *range(len(actions))]
    pairs = len(luck)
    column = np.repeat(np.array(wanted, np.intp), pairs)
    scores = np.empty(len(column), np.int32)
    ready = 0
    for first in range(0, len(column), COLUMNS):
        some = slice(first, min(first + COLUMNS, len(column)))
        own = luck[np.arange(some.start, some.stop) % pairs]
        scores[some] = _play(ruleset, doctrine, player, table[:, column[some]], own)
        while (ready + 1) * pairs <= some.stop:
            place = wanted[ready]
            kind = f"repeat:{actions[place]}" if place < len(actions) else IDLE
            yield Strategy(kind, scores[ready * pairs : (ready + 1) * pairs])
            ready += 1


def _play(
    ruleset: Ruleset,
    doctrine: DoctrinePlayer,
    player: SeatRepeater,
    given: NDArray[np.int8],
    luck: NDArray[np.uint64],
) -> NDArray[np.int32]:
    """The seat's scores at the end of whole games, int32 [games]."""
    others = [seat for seat in range(len(ruleset.seats)) if seat != player.seat]
    ending = ruleset.layout.row("ending")
    idle = (given < 0).all()
    world = start(ruleset, luck)
    for _ in range(ruleset.turns):
        orders = doctrine.decide(ruleset, world, others)
        if not idle:
            orders[player.seat] = player.orders(world, given)
        world = advance(ruleset, world, orders, reuse=True).world
        if world.state[ending].all():
            break
    scores: NDArray[np.int32] = world.state[ruleset.layout.row(f"score[{ruleset.seats[player.seat]}]")]
    return scores
