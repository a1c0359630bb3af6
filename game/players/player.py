"""What a player is: something that gives orders for some seats of many games at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from game.rules import Ruleset, World, no_orders


class Player(Protocol):
    """Decides for whole worlds; knows nothing of how orders are shown."""

    def decide(self, ruleset: Ruleset, world: World, seats: Sequence[int]) -> NDArray[np.int32]:
        """Legal orders of these seats, int32 [all seats, places, games]; −1 elsewhere."""
        ...


class Idle:
    """Gives no orders; cards take their default answer."""

    def decide(self, ruleset: Ruleset, world: World, seats: Sequence[int]) -> NDArray[np.int32]:
        return no_orders(ruleset, world.games)
