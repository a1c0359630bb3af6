"""The player that gives one order again and again: what no good rulebook rewards."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from game.players.choosing import ANSWER_BONUS, choose, encode
from game.players.doctrine import DoctrinePlayer
from game.rules import Ruleset, World
from game.rules.legality import frame_of, legal_mask

LEAST = 100
"""Worth of an order that doctrine thinks worthless, in hundredths: it is given all the same."""


class Repeater:
    """Gives every order of one action that it can pay for, best first by doctrine; answers cards by doctrine."""

    def __init__(self, ruleset: Ruleset, action: str) -> None:
        self.doctrine = DoctrinePlayer(ruleset)
        catalogue = ruleset.catalogue
        self.repeated = np.array([name == action for name in catalogue.template], np.bool_) & ~catalogue.is_choice
        self.others = ~(self.repeated | catalogue.is_choice)

    def decide(self, ruleset: Ruleset, world: World, seats: Sequence[int]) -> NDArray[np.int32]:
        """Legal orders of these seats, int32 [all seats, places, games]; −1 elsewhere."""
        frame = frame_of(ruleset, world)
        legal = legal_mask(ruleset, world, frame)
        worth = np.clip(self.doctrine.worth(world, frame), -ANSWER_BONUS, 2 * ANSWER_BONUS)
        worth[self.repeated] = np.maximum(worth[self.repeated], LEAST)
        worth[self.others] = 0
        return choose(ruleset, world, encode(ruleset, worth, legal), seats, frame)
