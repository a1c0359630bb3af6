"""Why things changed: the ledger of a turn, with the titles of what caused each change.

A turn that was loaded has no ledger yet: it is computed from the recorded orders when somebody asks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.rules import Change, advance
from game.session.columns import column_of, world_of
from game.session.game import Game, Step
from game.session.records import Injected

CONTROL = "control"


def ledger(game: Game, step: Step) -> tuple[Change, ...] | None:
    """Every change of a step with its cause, in the order of the phases.

    None where this version of the game no longer computes what was recorded, so that there is nothing true to say.
    """
    if step not in game.ledgers:
        game.ledgers[step] = _compute(game, step)
    return game.ledgers[step]


def _compute(game: Game, step: Step) -> tuple[Change, ...] | None:
    if isinstance(step.act, Injected):
        rows = np.nonzero(step.before != step.after)[0]
        return tuple(
            Change(CONTROL, CONTROL, CONTROL, (), step.act.title, int(row), int(step.after[row] - step.before[row]))
            for row in rows
        )
    index = game.ruleset.catalogue.index
    orders = {seat: [index[text] for text in texts] for seat, texts in step.act.orders.items()}
    world = world_of(game.ruleset, step.before, game.seed)
    turn = advance(game.ruleset, world, game.packed(orders), trace=(0,))
    if not np.array_equal(column_of(turn.world), step.after):
        return None
    return tuple(turn.ledger.entries(0))


@dataclass(frozen=True)
class LastChange:
    """A quantity's last change. before, after, and the causes' amounts are in raw units."""

    row: int
    turn: int
    before: int
    after: int
    causes: tuple[Change, ...] | None


def last_change(game: Game, row: int) -> LastChange | None:
    """When and why a row last changed; None if it never has. Its `causes` are None where they are not known."""
    for step in reversed(game.steps):
        before, after = int(step.before[row]), int(step.after[row])
        if before != after:
            known = ledger(game, step)
            causes = None if known is None else tuple(change for change in known if change.row == row)
            return LastChange(row, step.act.turn, before, after, causes)
    return None
