"""How far and how widely a planner looks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """futures: games played ahead in all for one decision; turns: how far each goes; rounds: of halving.

    least: futures that a plan gets in the first round; pairs: how many pairs of orders are tried;
    population: whether some futures let the other seats act by another population of doctrines.
    """

    name: str
    futures: int
    turns: int
    rounds: int = 2
    least: int = 3
    pairs: int = 6
    population: bool = True


BUDGETS = {
    budget.name: budget
    for budget in (
        Budget("SMALL", 80, 16),
        Budget("MEDIUM", 256, 16),
        Budget("LARGE", 768, 16, rounds=3, pairs=10),
    )
}
"""By the name that stands after `planner:`."""


def budget_of(name: str) -> Budget:
    """A budget by its name, or `FUTURESxTURNS`. Raises ValueError that names those there are."""
    if name in BUDGETS:
        return BUDGETS[name]
    futures, cross, turns = name.partition("x")
    if cross and futures.isascii() and futures.isdigit() and turns.isascii() and turns.isdigit():
        if 12 <= int(futures) <= 100_000 and 1 <= int(turns) <= 120:
            return Budget(name, int(futures), int(turns))
        raise ValueError(f"a planner has 12 to 100,000 futures and 1 to 120 turns, not '{name}'")
    raise ValueError(f"there is no budget '{name}'; there are: {', '.join(BUDGETS)}, FUTURESxTURNS")
