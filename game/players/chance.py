"""The random player: every order that is still legal is as likely as any other, and so is stopping."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from game.players.choosing import choose
from game.rules import Ruleset, World, legal_mask, no_orders
from game.rules.chance import draws, game_words
from game.rules.legality import frame_of
from game.rules.phase import keys_of

STOPS = 24
"""Of 100 rounds in which a seat could order something it passes in so many."""


class RandomPlayer:
    """Draws orders from the games' own luck, under keys that no rule uses."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.keys = keys_of("random player", [(text,) for text in ruleset.catalogue.texts])
        seats = [(seat,) for seat in ruleset.seats]
        self.passing = keys_of("random player passes", seats)

    def decide(self, ruleset: Ruleset, world: World, seats: Sequence[int]) -> NDArray[np.int32]:
        if not ruleset.catalogue.size:
            return no_orders(ruleset, world.games)
        words = game_words(world.luck, world.turn)
        legal = legal_mask(ruleset, world)
        catalogue = ruleset.catalogue
        code = ((draws(self.keys, words) >> 6) + 1) << 12
        code -= (catalogue.place + 1)[:, None]
        passes = draws(self.passing, words) < (STOPS << 24) // 100
        code *= legal & (~passes.take(catalogue.seat, axis=0) | catalogue.is_choice[:, None])
        return choose(ruleset, world, code, seats, frame_of(ruleset, world))
