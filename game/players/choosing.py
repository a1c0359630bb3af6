"""From the worth of orders to orders: greedily, within the purse, the slots and the exclusions.

A worth of v ≥ 1 hundredths is encoded as `(v << 12) − place − 1`, so that one maximum finds both the best order
and, among equals, the first in the catalogue; what is illegal or worth nothing is 0 or less.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from game.rules import Ruleset, World, no_orders
from game.rules.catalogue import ANSWER, SLOT, VOTE
from game.rules.nodes import Frame

PLACE_BITS = 12
PLACES = 1 << PLACE_BITS
MOST_WORTH = (1 << (31 - PLACE_BITS)) - 1
FEW = 16
"""Up to so many games calls cost more than data."""
ANSWER_BONUS = MOST_WORTH // 2
"""Added to the worth of answers, since the best answer is given even if it is worth nothing or less."""


def encode(ruleset: Ruleset, worth: NDArray[np.int32], legal: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Encode worths in hundredths, int32 [orders, games], in place. Answers carry ANSWER_BONUS already."""
    np.minimum(worth, MOST_WORTH, out=worth)
    np.maximum(worth, 0, out=worth)
    worth <<= PLACE_BITS
    worth -= (ruleset.catalogue.place + 1)[:, None]
    worth *= legal
    return worth


def choose(
    ruleset: Ruleset,
    world: World,
    code: NDArray[np.int32],
    seats: Sequence[int],
    frame: Frame,
    live: NDArray[np.bool_] | None = None,
) -> NDArray[np.int32]:
    """Give the best orders in rounds; `code` is used up. Returns int32 [all seats, places, games].

    live: which orders are legal in any game, bool [orders]; others are not looked at.
    """
    games = world.games
    orders = no_orders(ruleset, games)
    picker = _Picker(ruleset, code, list(seats), world.state.take(ruleset.orders.purse[list(seats)], axis=0), live)
    slots = np.broadcast_to(frame.value(ruleset.order_limit), (len(ruleset.seats), games)).take(list(seats), axis=0)
    picker.give(orders, ruleset.slot_places, ANSWER, None)
    for place in range(ruleset.slot_places):
        if not picker.give(orders, place, SLOT, slots > place):
            break
    for place in range(ruleset.slot_places + 1, ruleset.places):
        if not picker.give(orders, place, VOTE, None):
            break
    return orders


class _Picker:
    """Finds the best affordable order of every seat, again and again."""

    def __init__(
        self,
        ruleset: Ruleset,
        code: NDArray[np.int32],
        seats: list[int],
        purse: NDArray[np.int32],
        live: NDArray[np.bool_] | None,
    ) -> None:
        self.catalogue = ruleset.catalogue
        self.code, self.seats, self.purse = code, np.array(seats, np.intp), purse
        self.starts = np.array([self.catalogue.seats[seat].start for seat in seats], np.intp)
        self.few = code.shape[1] <= FEW
        # With few games one call looks at every run, so none need be sorted out.
        self.runs = {} if self.few else {kind: self._live(kind, live) for kind in (ANSWER, SLOT, VOTE)}

    def _live(self, kind: int, live: NDArray[np.bool_] | None) -> list[list[tuple[int, slice]]]:
        """The runs of every seat in which any order is legal."""
        of_kind = [self.catalogue.runs[kind][seat] for seat in self.seats.tolist()]
        return [[run for run in runs if live is None or live[run[1]].any()] for runs in of_kind]

    def give(self, orders: NDArray[np.int32], place: int, kind: int, allowed: NDArray[np.bool_] | None) -> bool:
        """One round for all seats; whether any order was given."""
        best = self._few(kind) if self.few else self._many(kind)
        if allowed is not None:
            best *= allowed
        flat = np.flatnonzero(best != 0)
        if not len(flat):
            return False
        seats, columns = np.divmod(flat, best.shape[1])
        place_in_seat = PLACES - 1 - (best.reshape(-1).take(flat) & (PLACES - 1))
        chosen = self.starts.take(seats) + place_in_seat
        orders[self.seats.take(seats), place, columns] = chosen
        self.purse[seats, columns] -= self.catalogue.cost.take(chosen)
        rivals = self.catalogue.rivals.take(chosen, axis=0)
        self.code[rivals, columns[:, None]] = 0
        return True

    def _many(self, kind: int) -> NDArray[np.int32]:
        """The best affordable code of every seat, run by run: fastest where each run is large."""
        best = np.zeros((len(self.seats), self.code.shape[1]), np.int32)
        for i, runs in enumerate(self.runs[kind]):
            for cost, part in runs:
                top = self.code[part].max(axis=0)
                if cost:
                    top *= self.purse[i] >= cost
                np.maximum(best[i], top, out=best[i])
        return best

    def _few(self, kind: int) -> NDArray[np.int32]:
        """The same for few games: all runs in one call, then all seats."""
        owners, costs, edges = self.catalogue.edges(kind, tuple(self.seats.tolist()))
        best = np.zeros((len(self.seats), self.code.shape[1]), np.int32)
        if len(edges):
            tops = np.maximum.reduceat(self.code, edges, axis=0)[::2]
            tops *= self.purse.take(owners, axis=0) >= costs
            np.maximum.at(best, owners, tops)
        return best
