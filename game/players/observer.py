"""The observer: doctrine on what is publicly known of others, without any look ahead."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from game.players.choosing import choose, encode
from game.players.doctrine import DoctrinePlayer
from game.rules import Ruleset, World, legal_mask, no_orders, observe
from game.rules.legality import frame_of


class ObserverPlayer:
    """Plays each seat by its doctrine, judging by what the seat sees."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.doctrine = DoctrinePlayer(ruleset)

    def decide(self, ruleset: Ruleset, world: World, seats: Sequence[int]) -> NDArray[np.int32]:
        orders = no_orders(ruleset, world.games)
        legal = legal_mask(ruleset, world)
        for seat in seats:
            seen = observe(ruleset, world, seat)
            frame = frame_of(ruleset, seen)
            code = encode(ruleset, self.doctrine.worth(seen, frame), legal)
            orders[seat] = choose(ruleset, seen, code, [seat], frame)[seat]
        return orders
