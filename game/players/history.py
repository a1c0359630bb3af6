"""The history player: what governments are recorded to have ordered, and doctrine for the rest.

An order that is not legal where the game stands is left out, and doctrine fills what is free; so the player
follows the record as long as the world does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from game.players.choosing import MOST_WORTH, PLACE_BITS, choose, encode
from game.players.doctrine import DoctrinePlayer
from game.rules import Ruleset, World, legal_mask
from game.rules.legality import frame_of
from game.scenario.language import month_index


class HistoryPlayer:
    """Plays every seat as the scenario's `record` says. orders: turn → catalogue indices."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.doctrine = DoctrinePlayer(ruleset)
        found: dict[int, list[int]] = {}
        for entry in ruleset.book.scenario.record:
            turn = (month_index(entry.date) - ruleset.first_month) // ruleset.turn_months + 1
            found.setdefault(turn, []).extend(ruleset.catalogue.index[f"{entry.seat}.{text}"] for text in entry.orders)
        self.orders = {turn: np.array(sorted(set(orders)), np.intp) for turn, orders in found.items()}

    def decide(self, ruleset: Ruleset, world: World, seats: Sequence[int]) -> NDArray[np.int32]:
        """Recorded orders first, then doctrine's choice for the places and the purse that are left."""
        recorded = self.orders.get(world.turn)
        if recorded is None:
            return self.doctrine.decide(ruleset, world, seats)
        frame = frame_of(ruleset, world)
        legal = legal_mask(ruleset, world, frame)
        code = encode(ruleset, self.doctrine.worth(world, frame), legal)
        best = (MOST_WORTH << PLACE_BITS) - 1 - ruleset.catalogue.place[recorded][:, None]
        code[recorded] = np.where(legal[recorded], best, 0)
        return choose(ruleset, world, code, seats, frame)
