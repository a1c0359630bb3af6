"""The debrief beyond the outcome: turning points in words, who moved up the ladders, a table for export."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from game.scenario.language import month_index
from game.session.records import Resolved
from game.session.turning import Turning
from game.text import _
from game.views.charts import series
from game.views.names import month_name
from game.views.orders import order_title
from game.views.score import score_change
from game.views.sight import Sight, figure, signed


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
    """One thing's way on a ladder, by places from 0.

    record: where the recorded facts leave it by the same month, None where the scenario records nothing of the
    ladder; since: the month in which they last moved it, or "".
    """

    thing: str
    name: str
    start: int
    end: int
    record: int | None = None
    since: str = ""


@dataclass(frozen=True)
class LadderView:
    """A ladder with those on it that moved first; rungs from the lowest."""

    id: str
    title: str
    rungs: tuple[str, ...]
    climbs: tuple[ClimbRow, ...]


@dataclass(frozen=True)
class Finding:
    """What the course of the score says. why: what made the step that it speaks of, or ""."""

    title: str
    why: str = ""


def course_finding(sight: Sight, values: Sequence[float]) -> Finding:
    """The course of the viewer's score in a heading. values: points as each turn left them, from the first."""
    shown = [figure(round(100 * value), 100) for value in values]
    best = max(range(len(values)), key=lambda at: values[at])
    steps = [values[at + 1] - values[at] for at in range(len(values) - 1)]
    if not steps or max(values) == min(values):
        return Finding(_("The score never moved"))
    leap = max(range(len(steps)), key=lambda at: abs(steps[at]))
    if best < len(values) - 2 and values[best] - values[-1] >= 3:
        text = _("The score peaked at {best} in turn {turn} and ended at {last}")
        fall = min(range(best, len(steps)), key=lambda at: steps[at])
        return Finding(text.format(best=shown[best], turn=best + 1, last=shown[-1]), _step(sight, fall + 2, -1))
    if abs(steps[leap]) >= 5:
        way = _("rose by {points}") if steps[leap] > 0 else _("fell by {points}")
        way = way.format(points=figure(round(100 * abs(steps[leap])), 100))
        text = _("The score {way} in turn {turn}, the largest step of the game")
        return Finding(text.format(way=way, turn=leap + 2), _step(sight, leap + 2, steps[leap]))
    text = _("The score went from {first} to {last} in small steps")
    return Finding(text.format(first=shown[0], last=shown[-1]))


def _step(sight: Sight, turn: int, way: float) -> str:
    """The objective that moved the score most in a turn, up or down as `way` says, and its weightiest cause."""
    places = [
        at for at, step in enumerate(sight.game.steps) if isinstance(step.act, Resolved) and step.act.turn == turn
    ]
    found = score_change(sight, places[-1]) if places else None
    tone = "good" if way > 0 else "bad"
    goal = next((row for row in found.rows if row.tone == tone), None) if found is not None else None
    if goal is None:
        return ""
    text = _("Turn {turn}. {objective}: {change}.").format(turn=turn, objective=goal.title, change=goal.change)
    return _("{text} {cause}.").format(text=text, cause=goal.causes[0].text) if goal.causes else text


def turning_rows(sight: Sight, points: Sequence[Turning]) -> tuple[TurningRow, ...]:
    """Turning points in words, numbered in order of time."""
    rows = []
    for number, point in enumerate(points, 1):
        step = sight.game.steps[point.step]
        month = int(step.before[sight.ruleset.layout.row("date")])
        then = sight.as_of(step.before)
        if point.order is None:
            title = _("No order was given")
            names = "; ".join(order_title(then, order) for order in point.instead)
            text = _("against: {orders}").format(orders=names)
        else:
            title = _title(then, point.order)
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
        recorded = _recorded(sight, quantity)
        climbs = []
        for args in layout.quantities[quantity].instances:
            row = layout.find(quantity, args)
            if row is not None and not sight.hides(row):
                start, end = int(opening[row]), int(sight.column[row])
                place, since = (None, "") if recorded is None else recorded.get(args[0], (start, ""))
                climbs.append(ClimbRow(args[0], sight.names.label(args[0]), start, end, place, since))
        top = len(rungs) - 1
        climbs = [climb for climb in climbs if not climb.start == climb.end == top]
        climbs.sort(key=_order)
        found.append(LadderView(quantity, sight.quantity_title(quantity), rungs, tuple(climbs)))
    return tuple(found)


def _order(climb: ClimbRow) -> tuple[bool, bool, int, int]:
    """Who moved comes first, then who moved in the record alone."""
    still = climb.start == climb.end
    return still, climb.record in (None, climb.start), climb.start - climb.end, -climb.end


def _recorded(sight: Sight, quantity: str) -> dict[str, tuple[int, str]] | None:
    """Where the facts recorded until now leave each thing, with the month; None if there are none of the quantity.

    A turn that is still open has nothing behind it: facts of its months are not counted yet.
    """
    facts = [fact for fact in sight.book.scenario.history if quantity in fact.reached]
    if not facts:
        return None
    rungs = sight.book.vocabulary.ladders[sight.unit(quantity).removeprefix("ladder:")]
    found = {}
    for month, fact in sorted(((month_index(fact.date), fact) for fact in facts), key=lambda pair: pair[0]):
        for thing, rung in fact.reached[quantity].items() if month < sight.month else ():
            found[thing] = rungs.index(rung), month_name(month)
    return found


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
