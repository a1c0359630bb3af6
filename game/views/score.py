"""How a seat's score moved in a turn: the objectives that moved it, and through what."""

from __future__ import annotations

from dataclasses import dataclass

from game.rules import Change
from game.scenario.shapes import Objective
from game.session.causes import ledger
from game.session.columns import Column
from game.session.goals import goal_of, shares
from game.session.records import Resolved
from game.text import _
from game.views.causes import Cause, Changed, grouped
from game.views.objectives import UNCOUNTED, counted, goal_title, playable, read_rows
from game.views.sight import Sight, figure, signed

FEW = 3
"""Of an objective that is counted every turn so many quantities are named at most: more would say nothing."""


@dataclass(frozen=True)
class ScoreChange:
    """A seat's score before and after a turn; it is counted first when one has ended, `change` is "" there.

    rows: the objectives whose points changed; causes: what they read, by what it did to the points, and through what.
    """

    before: str
    after: str
    change: str
    tone: str
    rows: tuple[Changed, ...]


def score_change(sight: Sight, place: int = -1, causes: bool = True) -> ScoreChange | None:
    """What a step did to the viewer's own score; None for who watches, and for what is set from outside.

    causes: whether to say why, which takes some milliseconds.
    """
    steps = sight.game.steps
    model = playable(sight, sight.seat)
    if model is None or not steps or not isinstance(steps[place].act, Resolved):
        return None
    step = steps[place]
    sight = sight.as_of(step.before)
    layout = sight.ruleset.layout
    before, after = sight.observed(step.before), sight.observed(step.after)
    known = counted(sight, step.before)
    by_row: dict[int, list[Change]] = {}
    for change in (causes and ledger(sight.game, step)) or ():
        by_row.setdefault(change.row, []).append(change)
    rows = []
    for one in model.objectives:
        row = layout.row(f"objective[{model.seat}.{one.id}]")
        moved = int(after[row]) - int(before[row])
        goal = goal_of(sight.ruleset, model.seat, one.id)
        if moved and goal is not None:
            why = _causes(sight, goal, before, after, by_row) if causes and known else ()
            rows.append((abs(moved), _moved(row, goal_title(sight, model.seat, one), before, after, known, why)))
    rows.sort(key=lambda pair: -pair[0])
    total = _moved(layout.row(f"score[{model.seat}]"), "", before, after, known, ())
    return ScoreChange(total.before, total.after, total.change, total.tone, tuple(row for _size, row in rows))


def _moved(row: int, title: str, before: Column, after: Column, known: bool, causes: tuple[Cause, ...]) -> Changed:
    difference = int(after[row]) - int(before[row])
    change = signed(difference, 100) if known and difference else ""
    tone = "" if not change else "good" if difference > 0 else "bad"
    then = figure(int(before[row]), 100) if known else UNCOUNTED
    return Changed(row, title, then, figure(int(after[row]), 100), change, tone, True, causes)


def _causes(
    sight: Sight, goal: Objective, before: Column, after: Column, by_row: dict[int, list[Change]]
) -> tuple[Cause, ...]:
    """The quantities that moved an objective, the weightiest first, each with what moved it most in that direction."""
    if goal.counts == "each":
        known = [sight.standing(row, int(after[row])) for row in read_rows(sight, goal)]
        return tuple(Cause(line, 0, "") for line in known) if len(known) <= FEW else ()
    found = shares(sight.ruleset, goal, before.reshape(-1, 1), after.reshape(-1, 1))
    causes = []
    for row, share in sorted(found.items(), key=lambda pair: -abs(pair[1])):
        if not sight.tells(row) or not round(share):
            continue
        text = sight.course(row, int(before[row]), int(after[row]))
        way = int(after[row]) - int(before[row])
        through = [] if sight.value(row).estimated else grouped(sight, tuple(by_row.get(row, ())))
        through = [cause for cause in through if cause.amount * way > 0]
        if through:
            text = _("{change}, through {cause}").format(change=text, cause=through[0].text)
        causes.append(Cause(text, round(share), signed(round(share), 100)))
    return tuple(causes)
