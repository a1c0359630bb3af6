"""Quantities over time, for charts: what the seat knew of them at each moment."""

from __future__ import annotations

from dataclasses import dataclass

from game.views.names import month_name
from game.views.sight import Sight


@dataclass(frozen=True)
class Series:
    """One line. points: (turn, month in words, value in points or whole units)."""

    row: int
    title: str
    unit: str
    low: float
    high: float
    points: tuple[tuple[int, str, float], ...]


def series(sight: Sight, rows: list[int]) -> tuple[Series, ...]:
    """The course of some rows from the first turn to now; hidden ones are left out."""
    layout = sight.ruleset.layout
    columns = [sight.game.opening(1), *(step.after for step in sight.game.steps)]
    moments = {(int(c[layout.row("turn")]), int(c[layout.row("ending")])): sight.observed(c) for c in columns}
    found = []
    for row in rows:
        if sight.hides(row):
            continue
        scale = layout.scale(row)
        points = tuple(
            (turn, month_name(int(column[layout.row("date")])), int(column[row]) / scale)
            for (turn, _ending), column in moments.items()
        )
        unit = sight.unit(layout.at(row)[0].id)
        low, high = float(layout.low[row, 0]) / scale, float(layout.high[row, 0]) / scale
        found.append(Series(row, sight.describe(row), unit, low, high, points))
    return tuple(found)
