"""What an objective's points consist of: its worth at the start, and what each quantity has done to it since."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from game.rules import Ruleset
from game.scenario.interval import Ranges
from game.scenario.shapes import Objective
from game.scenario.vocabulary import ENGINE_SINGLES
from game.session.columns import Column
from game.session.goals import goal_of, shares, worths
from game.text import _
from game.views.objectives import counted, read_rows
from game.views.sight import Sight, figure, signed

MOST = 6
"""So many quantities are named; what the others did is added up."""
LEAST = 5
"""Hundredths of a point below which a rest is left out: less would not show."""


@dataclass(frozen=True)
class GoalTerms:
    """rows: (what, points or "") as they are shown; note: the most that can be had, or ""."""

    rows: tuple[tuple[str, str], ...]
    note: str


def goal_terms(sight: Sight, objective: str) -> GoalTerms | None:
    """Of one of the viewer's own objectives; None where there is no such objective."""
    goal = goal_of(sight.ruleset, sight.seat or "", objective)
    if goal is None:
        return None
    start, now = sight.observed(sight.game.opening(1)), measured(sight)
    worth = int(worths(sight.ruleset, goal, now.reshape(-1, 1))[0])
    read = read_rows(sight, goal)
    if goal.counts == "each" or not counted(sight, sight.column):
        said = _("As things stand, each turn") if goal.counts == "each" else _("As things stand")
        rows = [(said, figure(worth, 100)), *_standing(sight, read, now)]
    else:
        rows = _since(sight, goal, start, now, worth, read)
    return GoalTerms(tuple(rows), _most(sight.ruleset, goal))


def measured(sight: Sight) -> Column:
    """The world as it is now, at the time at which objectives were last counted: dates may be among what they ask."""
    now = sight.column.copy()
    if sight.before is not None:
        held = [sight.ruleset.layout.row(name) for name in ENGINE_SINGLES]
        now[held] = sight.before[held]
    return now


def _standing(sight: Sight, rows: list[int], now: Column, most: int = MOST) -> list[tuple[str, str]]:
    """Quantities as they are now; where they are more than `most`, how many there are of each kind."""
    if len(rows) <= most:
        return [(sight.standing(row, int(now[row])), "") for row in rows]
    kinds = Counter(sight.quantity_title(sight.ruleset.layout.at(row)[0].id) for row in rows)
    return [(_("{quantity}: {count} figures").format(quantity=kind, count=count), "") for kind, count in kinds.items()]


def _since(
    sight: Sight, goal: Objective, start: Column, now: Column, worth: int, read: list[int]
) -> list[tuple[str, str]]:
    """The start, the weightiest changes since, the rest, and what was reached once and is kept."""
    first = int(worths(sight.ruleset, goal, start.reshape(-1, 1))[0])
    found = shares(sight.ruleset, goal, start.reshape(-1, 1), now.reshape(-1, 1))
    moved = sorted((row for row in found if row in read and round(found[row])), key=lambda row: -abs(found[row]))[:MOST]
    rows = [(_("At the start"), figure(first, 100))]
    for row in moved:
        rows.append((sight.course(row, int(start[row]), int(now[row])), signed(round(found[row]), 100)))
    points = int(sight.column[sight.ruleset.layout.row(f"objective[{goal.seat}.{goal.id}]")])
    kept = points - worth if goal.counts == "ever" else 0
    rest = points - kept - first - sum(round(found[row]) for row in moved)
    if abs(rest) >= LEAST:
        rows.append(
            (_("Smaller changes, and time") if moved else _("Changes that are not public, and time"), signed(rest, 100))
        )
    if kept:
        rows.append((_("Kept since it was reached"), signed(kept, 100)))
    others = [row for row in read if row not in moved]
    return rows + (_standing(sight, others, now) if len(others) + len(moved) <= MOST or not moved else [])


def _most(ruleset: Ruleset, goal: Objective) -> str:
    """The most points that the limits of the quantities allow; whether a game can bring them is another matter."""
    ends = Ranges(ruleset.book).of(goal.amount).ends
    most = max(end * goal.weight for end in ends)
    if goal.counts == "each":
        return _("At most {points} a turn, by the limits of what it reads.").format(
            points=figure(round(100 * most), 100)
        )
    return _("At most {points}, by the limits of what it reads.").format(points=figure(round(100 * most), 100))
