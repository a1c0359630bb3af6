"""From the worth of orders to orders: greedily, within the purse, the slots and the exclusions.

Worths are encoded as `(value << 12) + (4095 − place)` with value ≥ 0 in hundredths, so that one maximum finds
both the best order and, among equals, the first in the catalogue. 0 means: not to be given.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from game.rules import Ruleset, World
from game.rules.nodes import Frame

PLACE_BITS = 12
MOST_PLACES = (1 << PLACE_BITS) - 1
MOST_WORTH = (1 << (31 - PLACE_BITS)) - 1


def encode(ruleset: Ruleset, worth: NDArray[np.int32], legal: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Encoded worths int32 [orders, games] from worths in hundredths; what is illegal or worth nothing is 0.

    Answers to cards may be worth nothing or less: they are shifted up so that the best one is still found.
    """
    catalogue = ruleset.catalogue
    answers = catalogue.is_choice.nonzero()[0]
    shifted = worth
    if len(answers):
        shifted = worth.copy() if worth.base is None else worth
        shifted[answers] = np.clip(worth[answers] + MOST_WORTH // 2, 1, MOST_WORTH)
    code = np.clip(shifted, 0, MOST_WORTH)
    positive = code > 0
    code <<= PLACE_BITS
    code += (MOST_PLACES - catalogue.place)[:, None]
    positive &= legal
    code *= positive
    return code


def choose(
    ruleset: Ruleset, world: World, code: NDArray[np.int32], seats: Sequence[int], frame: Frame
) -> NDArray[np.int32]:
    """Give the best orders in rounds. `code` is used up. Returns int32 [all seats, places, games]."""
    _catalogue, games = ruleset.catalogue, world.games
    orders = np.full((len(ruleset.seats), ruleset.places, games), -1, np.int32)
    wanted = np.array(seats, np.intp)
    purse = world.state.take(ruleset.orders.purse[wanted], axis=0)
    slots = frame.value(ruleset.order_limit)
    slots = np.broadcast_to(slots, (len(ruleset.seats), games)).take(wanted, axis=0)
    picker = _Picker(ruleset, code, wanted, purse)
    answering = [i for i, seat in enumerate(wanted.tolist()) if _any_choice(ruleset, seat)]
    if answering and world.state[ruleset.layout.quantities["card"].rows.start :][: len(ruleset.seats)].any():
        picker.give(orders, ruleset.slot_places, _CHOICE, np.ones_like(slots, np.bool_))
    for place in range(ruleset.slot_places):
        if not picker.give(orders, place, _SLOT, slots > place):
            break
    for place in range(ruleset.slot_places + 1, ruleset.places):
        if not picker.give(orders, place, _FREE, np.ones_like(slots, np.bool_)):
            break
    return orders


_CHOICE, _SLOT, _FREE = "choice", "slot", "free"


def _any_choice(ruleset: Ruleset, seat: int) -> bool:
    return bool(ruleset.catalogue.is_choice[ruleset.catalogue.seats[seat]].any())


class _Picker:
    """Finds the best affordable order of every seat, again and again."""

    def __init__(
        self, ruleset: Ruleset, code: NDArray[np.int32], seats: NDArray[np.intp], purse: NDArray[np.int32]
    ) -> None:
        self.catalogue = ruleset.catalogue
        self.code, self.seats, self.purse = code, seats, purse.copy()
        self.columns = np.arange(code.shape[1])
        self.parts = {
            _CHOICE: self._parts(self.catalogue.is_choice),
            _SLOT: self._parts(~self.catalogue.free),
            _FREE: self._parts(self.catalogue.free & ~self.catalogue.is_choice),
        }

    def _parts(self, kind: NDArray[np.bool_]) -> list[list[tuple[int, slice]]]:
        """For each seat, the runs of orders of one kind and cost."""
        found = []
        for seat in self.seats.tolist():
            runs: list[tuple[int, slice]] = []
            for cost, part in self.catalogue.by_cost[seat]:
                edges = np.flatnonzero(np.diff(np.concatenate([[False], kind[part], [False]]).astype(np.int8)))
                runs += [
                    (cost, slice(part.start + int(a), part.start + int(b)))
                    for a, b in zip(edges[::2], edges[1::2], strict=True)
                ]
            found.append(runs)
        return found

    def give(self, orders: NDArray[np.int32], place: int, kind: str, allowed: NDArray[np.bool_]) -> bool:
        """One round for all seats; whether any order was given."""
        best = np.zeros((len(self.seats), self.code.shape[1]), np.int32)
        for i, runs in enumerate(self.parts[kind]):
            row = best[i]
            for cost, part in runs:
                top = self.code[part].max(axis=0)
                if cost:
                    top *= self.purse[i] >= cost
                np.maximum(row, top, out=row)
        best *= allowed
        seats, columns = best.nonzero()
        if not len(seats):
            return False
        place_in_seat = MOST_PLACES - (best[seats, columns] & MOST_PLACES)
        starts = np.array([self.catalogue.seats[s].start for s in self.seats.tolist()], np.intp)
        chosen = starts[seats] + place_in_seat
        orders[self.seats[seats], place, columns] = chosen
        self.purse[seats, columns] -= self.catalogue.cost[chosen]
        rivals = self.catalogue.rivals[chosen]
        self.code[rivals, columns[:, None]] = 0
        return True
