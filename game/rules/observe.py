"""What one seat may know of a world."""

from __future__ import annotations

import numpy as np

from game.rules.ruleset import Ruleset
from game.rules.world import World


def observe(ruleset: Ruleset, world: World, seat: int) -> World:
    """The world as a seat sees it: others' own rows at their public start, estimates for true figures,
    covert orders of others out of the memory, no luck.

    Changing anything hidden leaves the result unchanged.
    """
    state = world.state.copy()
    own = ruleset.seats[seat]
    for quantity in ruleset.layout.quantities.values():
        if quantity.visible == "public":
            continue
        shown = ruleset.layout.quantities.get(f"estimate_{quantity.id}")
        for place, args in enumerate(quantity.instances):
            if args and args[0] == own:
                continue
            if quantity.visible == "estimate" and shown is not None:
                state[quantity.first + place] = state[shown.first + place]
            else:
                state[quantity.first + place] = quantity.start[place]
    block = ruleset.orders.memory_block(state)
    hidden = np.concatenate([[False], np.repeat(ruleset.catalogue.covert, 2)])
    for other in range(len(ruleset.seats)):
        if other != seat:
            part = block[other]
            part[hidden.take(part)] = 0
    return World(state, np.zeros_like(world.luck), world.turn)
