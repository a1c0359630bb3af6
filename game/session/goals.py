"""What objectives are made of: the rows they read, what they are worth in a world, which rows made the difference.

They are computed by the engine that keeps the score, so that an explanation cannot disagree with it.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from game.rules import Ruleset, World
from game.rules.legality import frame_of
from game.scenario import expression as ex
from game.scenario.shapes import Objective
from game.scenario.vocabulary import ENGINE_SINGLES

States = NDArray[np.int32]
"""Worlds side by side, int32 [rows, worlds]."""


def goal_of(ruleset: Ruleset, seat: str, objective: str | None) -> Objective | None:
    """An objective of a seat by its id."""
    return next((goal for goal in ruleset.book.objectives if (goal.seat, goal.id) == (seat, objective)), None)


def rows_read(ruleset: Ruleset, expression: ex.Expression) -> set[int]:
    """The rows that an expression without slots of its own may read, through definitions too."""
    rows: set[int] = set()
    waiting, seen = [expression], set()
    while waiting:
        for part in ex.walk(waiting.pop()):
            if isinstance(part, ex.Read) and part.quantity in ruleset.layout.quantities:
                quantity = ruleset.layout.quantities[part.quantity]
                wanted = [arg.id if isinstance(arg, ex.Thing) else None for arg in part.args]
                for row, args in zip(quantity.rows, quantity.instances, strict=True):
                    if all(thing is None or thing == arg for thing, arg in zip(wanted, args, strict=False)):
                        rows.add(row)
            elif isinstance(part, ex.Derived) and part.define not in seen:
                seen.add(part.define)
                terms = ruleset.book.defines[part.define].terms
                waiting += [term.amount for term in terms] + [term.when for term in terms if term.when is not None]
    return rows


def worths(ruleset: Ruleset, goal: Objective, states: States) -> NDArray[np.int32]:
    """What an objective would be worth in some worlds as they stand, in hundredths of a point. int32 [worlds]."""
    number = ruleset.number(goal.amount).times(Fraction(goal.weight))
    node = ruleset.compiler.stored(number, ruleset.world_env, 100).node
    turn = int(states[ruleset.layout.row("turn"), 0])
    world = World(states, np.zeros(states.shape[1], np.uint64), turn)
    found: NDArray[np.int32] = frame_of(ruleset, world).value(node)[0]
    return np.broadcast_to(found, states.shape[1:])


def shares(ruleset: Ruleset, goal: Objective, before: States, after: States) -> dict[int, float]:
    """How much each row that an objective reads made it change between worlds, the mean in hundredths of a point.

    The mean of changing the row alone and of leaving it alone unchanged: where two rows must both be right neither
    counts for nothing. The time is held: it is `before`'s. Rows without a share are left out.
    """
    count, after = before.shape[1], after.copy()
    held = [ruleset.layout.row(name) for name in ENGINE_SINGLES]
    after[held] = before[held]
    read = rows_read(ruleset, goal.amount)
    rows = [row for row in np.flatnonzero((before != after).any(axis=1)).tolist() if row in read]
    if not rows:
        return {}
    alone, unless = np.repeat(before[None], len(rows), 0), np.repeat(after[None], len(rows), 0)
    for at, row in enumerate(rows):
        alone[at, row], unless[at, row] = after[row], before[row]
    states = np.concatenate([before, after, *alone, *unless], axis=1)
    means = worths(ruleset, goal, states).reshape(-1, count).mean(axis=1)
    first, last = means[0], means[1]
    changed, kept = means[2 : 2 + len(rows)], means[2 + len(rows) :]
    found = ((changed - first) + (last - kept)) / 2
    return {row: float(share) for row, share in zip(rows, found, strict=True) if share}
