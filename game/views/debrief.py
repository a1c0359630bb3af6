"""The debrief beyond the outcome: turning points in words, who moved up the ladders, a table for export."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from game.session.turning import Turning
from game.text import _
from game.views.charts import series
from game.views.names import month_name
from game.views.orders import order_title
from game.views.sight import Sight, signed


@dataclass(frozen=True)
class TurningRow:
    """A turning point. value: the mean effect on the score; spread: eight futures of ten lie within."""

    number: int
    turn: int
    when: str
    title: str
    text: str
    value: str
    spread: str
    tone: str


@dataclass(frozen=True)
class ClimbRow:
    """One thing's way on a ladder, by places from 0."""

    thing: str
    name: str
    start: int
    end: int


@dataclass(frozen=True)
class LadderView:
    """A ladder with those on it that moved first; rungs from the lowest."""

    id: str
    title: str
    rungs: tuple[str, ...]
    climbs: tuple[ClimbRow, ...]


def turning_rows(sight: Sight, points: Sequence[Turning]) -> tuple[TurningRow, ...]:
    """Turning points in words, numbered in order of time."""
    rows = []
    for number, point in enumerate(points, 1):
        step = sight.game.steps[point.step]
        month = int(step.before[sight.ruleset.layout.row("date")])
        if point.order is None:
            title = _("No order was given")
            names = "; ".join(order_title(sight, order) for order in point.instead)
            text = _("against: {orders}").format(orders=names)
        else:
            title = _title(sight, point.order)
            text = _judgement(point)
        low, high = signed(point.effect.low, 100), signed(point.effect.high, 100)
        spread = _("{low} to {high}").format(low=low, high=high)
        mean = round(point.mean)
        tone = "good" if mean > 0 else "bad" if mean < 0 else ""
        rows.append(TurningRow(number, point.turn, month_name(month), title, text, signed(mean, 100), spread, tone))
    return tuple(rows)


def _title(sight: Sight, order: int) -> str:
    entry = sight.ruleset.catalogue.entries[order]
    if entry.choice is None:
        return order_title(sight, order)
    event = sight.models["events"][entry.template]
    return str(next(choice.title for choice in getattr(event, "choices", ()) if choice.id == entry.choice))


def _judgement(point: Turning) -> str:
    """In what way it mattered, as far as the futures say."""
    low, middle, high = point.effect.low, point.effect.middle, point.effect.high
    if low > 0:
        return _("It raised the score in nearly every future.")
    if high < 0:
        return _("It cost points in nearly every future.")
    if abs(point.mean) > 2 * abs(middle) and (abs(low) > 100 or abs(high) > 100):
        return _("It rarely mattered, and then much.")
    return _("It helped more often than not.") if point.mean > 0 else _("It hurt more often than not.")


def ladders(sight: Sight) -> tuple[LadderView, ...]:
    """The ladders that the scenario reports, with everybody's start and end on them."""
    layout = sight.ruleset.layout
    opening = sight.observed(sight.game.opening(1))
    found = []
    for quantity in sight.book.report.ladders.values() if sight.book.report else ():
        ladder = sight.unit(quantity).removeprefix("ladder:")
        model = sight.models["ladders"].get(ladder)
        rungs = tuple(sight.rung(ladder, place) for place in range(len(getattr(model, "rungs", ()))))
        climbs = []
        for args in layout.quantities[quantity].instances:
            row = layout.find(quantity, args)
            if row is not None and not sight.hides(row):
                start, end = int(opening[row]), int(sight.column[row])
                climbs.append(ClimbRow(args[0], sight.names.label(args[0]), start, end))
        top = len(rungs) - 1
        climbs = [climb for climb in climbs if not climb.start == climb.end == top]
        climbs.sort(key=lambda climb: (climb.start == climb.end, climb.start - climb.end, -climb.end))
        found.append(LadderView(quantity, sight.quantity_title(quantity), rungs, tuple(climbs)))
    return tuple(found)


def table(sight: Sight) -> str:
    """Every quantity that the seat may know, turn by turn, as CSV."""
    layout = sight.ruleset.layout
    rows = [
        row
        for quantity in layout.quantities.values()
        if quantity.id not in ("memory", "last", "card") and not quantity.lasts_turn
        for row in range(quantity.rows.start, quantity.rows.stop)
    ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("turn", "month", "quantity", "things", "value"))
    for line in series(sight, rows):
        quantity, args = layout.at(line.row)
        for turn, when, value in line.points:
            writer.writerow((turn, when, quantity.id, " ".join(args), f"{value:g}"))
    return out.getvalue()
