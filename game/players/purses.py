"""What other seats have saved: nobody tells, so every future supposes it anew."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.rules import Ruleset, World
from game.rules.chance import BITS, draws, game_words
from game.rules.phase import keys_of

SAVINGS = (-1, 2)
"""Other seats are supposed to have at least and at most so much more than they started with."""


class Purses:
    """Supposes purses in futures that start from what a seat sees."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.keys = keys_of("planner supposes a purse", [(seat,) for seat in ruleset.seats])
        self.rows = ruleset.orders.purse
        self.told = ruleset.layout.quantities["purse"].visible == "public"
        self.low, self.high = (bound[self.rows].reshape(-1, 1) for bound in (ruleset.layout.low, ruleset.layout.high))

    def suppose(self, world: World, mine: NDArray[np.intp]) -> None:
        """Draw in each future what all seats but one have, around what is taken for it. mine: that one, int [futures].

        With the same purses in all futures a seat would prepare for the one thing that others do with exactly that.
        Where the rulebook shows purses to everybody nothing is left to suppose.
        """
        if self.told:
            return
        least, most = SAVINGS
        more = least + (draws(self.keys, game_words(world.luck, world.turn)) * (most - least + 1) >> BITS)
        supposed = np.clip(world.state[self.rows] + more, self.low, self.high)
        others = np.arange(len(self.rows)).reshape(-1, 1) != mine
        world.state[self.rows] = np.where(others, supposed, world.state[self.rows])
