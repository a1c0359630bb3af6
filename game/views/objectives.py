"""What a seat wants: its objectives with points so far, and its score against par."""

from __future__ import annotations

from dataclasses import dataclass

from game.scenario.models import ObjectiveModel, PlayableModel
from game.scenario.shapes import Objective
from game.session.columns import Column
from game.session.goals import rows_read
from game.text import _, keyed
from game.views.sight import Sight, figure

UNCOUNTED = "–"
"""Stands for points that are not counted yet."""


@dataclass(frozen=True)
class ObjectiveRow:
    """One objective. points: so far, "–" before the first turn has ended; worth: what its weight means, in words."""

    id: str
    title: str
    help: str
    points: float
    points_text: str
    weight: int
    worth: str


@dataclass(frozen=True)
class Objectives:
    """par: the median score of computer players in this seat, or None. counted: whether a turn has ended."""

    seat: str
    name: str
    goal: str
    rows: tuple[ObjectiveRow, ...]
    score: float
    score_text: str
    par: int | None
    par_note: str
    counted: bool


def counted(sight: Sight, column: Column) -> bool:
    """Whether a turn has ended before some moment: points are nought until then, which says nothing."""
    return int(column[sight.ruleset.layout.row("turn")]) > 1


def read_rows(sight: Sight, goal: Objective) -> list[int]:
    """The rows that an objective reads, as far as the seat may be told of them."""
    return [row for row in sorted(rows_read(sight.ruleset, goal.amount)) if sight.tells(row)]


def goal_title(sight: Sight, seat: str, goal: ObjectiveModel) -> str:
    return keyed(f"scenario.{sight.book.scenario.id}.{seat}.{goal.id}.title", goal.title)


def playable(sight: Sight, seat: str | None) -> PlayableModel | None:
    return next((one for one in sight.book.scenario.seats if one.seat == seat), None)


def objectives(sight: Sight, seat: str | None = None) -> Objectives | None:
    """The objectives of a seat (the viewer's own unless another is named); None where it has none."""
    seat = seat or sight.seat
    model = playable(sight, seat)
    if model is None or seat is None:
        return None
    layout = sight.ruleset.layout
    known = counted(sight, sight.column)
    rows = []
    for goal in model.objectives:
        raw = int(sight.column[layout.row(f"objective[{seat}.{goal.id}]")])
        key = f"scenario.{sight.book.scenario.id}.{seat}.{goal.id}"
        rows.append(
            ObjectiveRow(
                goal.id,
                goal_title(sight, seat, goal),
                keyed(f"{key}.help", goal.help) if goal.help else "",
                raw / 100,
                figure(raw, 100) if known else UNCOUNTED,
                goal.weight,
                _worth(goal),
            )
        )
    raw = int(sight.column[layout.row(f"score[{seat}]")])
    note = ""
    if model.par is not None:
        par = figure(model.par, 1)
        note = _("Par is {par}: half of the computer players in this seat do better.").format(par=par)
    goal_text = keyed(f"scenario.{sight.book.scenario.id}.{seat}.goal", model.goal)
    score = figure(raw, 100) if known else UNCOUNTED
    return Objectives(seat, sight.names.label(seat), goal_text, tuple(rows), raw / 100, score, model.par, note, known)


def _worth(goal: ObjectiveModel) -> str:
    """What an objective counts, and the points from which it is called met."""
    text = _weight(goal.weight, goal.counts, goal.met is not None)
    if goal.aim is None:
        return text
    aim = figure(round(100 * goal.weight * goal.aim), 100)
    return _("{worth}; good from {points}").format(worth=text, points=aim)


def _weight(weight: int, counts: str, met: bool) -> str:
    if met:
        shown = _("{count} point") if abs(weight) == 1 else _("{count} points")
        shown = shown.format(count=figure(weight, 1))
        if counts == "each":
            return _("{points} for every turn in which it is so").format(points=shown)
        if counts == "ever":
            return _("{points} once it is so").format(points=shown)
        return _("{points} if it is so at the end").format(points=shown)
    if weight == 1:
        return _("counted every turn") if counts == "each" else _("counted at the end")
    shown = figure(weight, 1)
    if counts == "each":
        return _("counted {weight} times every turn").format(weight=shown)
    return _("counted {weight} times at the end").format(weight=shown)
