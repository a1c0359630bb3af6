"""A digest of what the planner chooses in some positions, to compare Pythons, processors and the accelerator.

    uv run python scripts/choices.py [--scenario tutorial]
    uv run --isolated --no-project --python 3.14 --with . python scripts/choices.py

The same seed, budget and position give the same choice everywhere, so the line printed is always the same.
"""

from __future__ import annotations

import argparse
import hashlib

import numpy as np

from game.players import PlannerPlayer, budget_of, make_player
from game.rules import advance, compile_rules, fingerprint, start
from game.scenario import load


def digest(scenario: str, budget: str, turns: int) -> str:
    """A hash of every seat's plan, its gains, and the worlds that follow from them."""
    ruleset = compile_rules(load(scenario).book)
    planner, doctrine = PlannerPlayer(ruleset, budget_of(budget)), make_player("doctrine", ruleset)
    world = start(ruleset, np.arange(2, dtype=np.uint64))
    found = hashlib.blake2b(digest_size=16)
    seats = range(len(ruleset.seats))
    for _ in range(min(turns, ruleset.turns)):
        orders = doctrine.decide(ruleset, world, seats)
        asked = [(game, seat) for game in range(world.games) for seat in seats if planner.wants[seat]]
        choices = planner.plan(ruleset, world, asked)
        assert choices is not None
        for (game, seat), choice in zip(asked, choices, strict=True):
            found.update(repr([(o.plan.orders, o.gain) for o in choice.options]).encode())
            orders[seat, :, game] = -1
            places = planner.decide_at(ruleset, world, [(game, seat)])[seat, :, game]
            orders[seat, :, game] = places
        world = advance(ruleset, world, orders).world
        found.update("".join(fingerprint(world, game) for game in range(world.games)).encode())
    return found.hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description="A digest of what the planner chooses.")
    parser.add_argument("--scenario", default="tutorial")
    parser.add_argument("--budget", default="SMALL")
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    print(digest(options.scenario, options.budget, options.turns))


if __name__ == "__main__":
    main()
