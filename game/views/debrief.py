"""The debrief beyond the outcome: turning points in words, who moved up the ladders, a table for export."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from game.scenario import expression as ex
from game.scenario.language import month_index
from game.scenario.shapes import Objective
from game.scenario.vocabulary import ENGINE_SINGLES
from game.session.columns import Column
from game.session.goals import goal_of, rows_read, shares, worths
from game.session.records import Resolved
from game.session.turning import Turning
from game.text import _, several
from game.views.charts import series
from game.views.names import month_name
from game.views.objectives import objectives
from game.views.orders import order_title
from game.views.score import score_change
from game.views.sight import Sight, figure, signed
from game.views.terms import measured

MOST_PARTS = 3
"""So many of the quantities that a condition reads or that lowered a number are named."""


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
class MissedRow:
    """An objective that was not met. parts: what was missing, one by one; told: both in a sentence."""

    id: str
    title: str
    parts: tuple[str, ...]
    told: str


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


def missed(sight: Sight) -> tuple[MissedRow, ...]:
    """The viewer's own objectives that were not met when the game ended, each with what was missing."""
    wanted = objectives(sight) if sight.game.over else None
    if wanted is None:
        return ()
    now, found = measured(sight), []
    for row in wanted.rows:
        goal = goal_of(sight.ruleset, wanted.seat, row.id)
        points = int(sight.column[sight.ruleset.layout.row(f"objective[{wanted.seat}.{row.id}]")])
        if goal is not None and points < goal.aim:
            parts = tuple(dict.fromkeys(_missing(sight, goal, points, now)))
            found.append(
                MissedRow(
                    row.id, row.title, parts, _("{title}: {parts}.").format(title=row.title, parts="; ".join(parts))
                )
            )
    return tuple(found)


def _missing(sight: Sight, goal: Objective, points: int, now: Column) -> Iterator[str]:
    if not ex.is_truth(goal.amount):
        aim = 0 if goal.aim == 1 else goal.aim  # without an aim whatever is above nought is met
        text = _("short of {aim} by {points}") if points < aim else _("no points")
        yield text.format(aim=figure(aim, 100), points=figure(aim - points, 100))
        yield from _wanting(sight, goal, goal.amount, now)
        return
    if goal.counts == "each" and goal.weight < 0:
        yield several("so in {count} turn", "so in {count} turns", round(points / (100 * goal.weight)))
        return
    conditions = [part for part in _conjuncts(goal.amount) if not _worth(sight, goal, part, now)]
    others = [part for part in conditions if not _is_date(part)]
    if not others:
        yield _("it came too late") if conditions else _("it was not so when it was counted")
    for part in others:
        yield from _needed(sight, part, now)


def _wanting(sight: Sight, goal: Objective, amount: ex.Expression, now: Column) -> Iterator[str]:
    """What a number lacks: conditions among its terms that do not hold, and what has lowered it, else how it stands."""
    numbers: list[ex.Expression] = []
    for term in amount.parts if isinstance(amount, ex.Add) else (amount,):
        sides = (term.left, term.right) if isinstance(term, ex.Multiply) else (term,)
        conditions = [side for side in sides if ex.is_truth(side)]
        numbers += [] if conditions else [term]
        for side in conditions:
            if not _worth(sight, goal, side, now):
                yield from _needed(sight, side, now)
    start = sight.observed(sight.game.opening(1))
    found = shares(sight.ruleset, goal, start.reshape(-1, 1), now.reshape(-1, 1))
    lowered = sorted((row for row in found if round(found[row]) < 0 and sight.tells(row)), key=lambda row: found[row])
    for row in lowered[:MOST_PARTS]:
        lost = signed(round(found[row]), 100)
        yield _("{course} ({points})").format(course=sight.course(row, int(start[row]), int(now[row])), points=lost)
    if not lowered:
        yield from _standings(sight, ex.Add(tuple(numbers)), now)


def _conjuncts(node: ex.Expression) -> list[ex.Expression]:
    return [found for part in node.parts for found in _conjuncts(part)] if isinstance(node, ex.All) else [node]


def _worth(sight: Sight, goal: Objective, part: ex.Expression, now: Column) -> int:
    """What a part of an objective is worth by itself, in hundredths."""
    return int(worths(sight.ruleset, replace(goal, amount=part, weight=1), now.reshape(-1, 1))[0])


def _is_date(part: ex.Expression) -> bool:
    reads = [node.quantity for node in ex.walk(part) if isinstance(node, ex.Read)]
    return bool(reads) and all(name in ENGINE_SINGLES for name in reads)


def _needed(sight: Sight, part: ex.Expression, now: Column) -> Iterator[str]:
    """How what a condition reads stands, and what was needed, where the condition is a plain one."""
    either = part.parts if isinstance(part, ex.Any) else (part,)
    rows = {_plain(sight, one) for one in either}
    row = rows.pop() if len(rows) == 1 else None
    if row is None:
        yield from _standings(sight, part, now)
        return
    wanted = [_limit(sight, row, one) for one in either if isinstance(one, ex.Compare)]
    needed = wanted[0]
    for one in wanted[1:]:
        needed = _("{first} or {second}").format(first=needed, second=one)
    yield _("{quantity}, needed {value}").format(quantity=sight.standing(row, int(now[row])), value=needed)


def _plain(sight: Sight, part: ex.Expression) -> int | None:
    """The row that a comparison holds against a number; None for another condition, or where nobody may be told."""
    match part:
        case ex.Compare(_, ex.Read(name, args), ex.Number()):
            things = tuple(arg.id for arg in args if isinstance(arg, ex.Thing))
            row = sight.ruleset.layout.find(name, things) if len(things) == len(args) else None
            return row if row is not None and sight.tells(row) else None
    return None


def _limit(sight: Sight, row: int, test: ex.Compare) -> str:
    assert isinstance(test.right, ex.Number)
    quantity, _args = sight.ruleset.layout.at(row)
    patterns = {
        "<": _("below {value}"),
        "<=": _("at most {value}"),
        ">": _("above {value}"),
        ">=": _("at least {value}"),
        "!=": _("other than {value}"),
    }
    value = sight.show(row, round(test.right.value * quantity.scale))
    return patterns.get(test.op, _("{value}")).format(value=value)


def _standings(sight: Sight, part: ex.Expression, now: Column) -> Iterator[str]:
    """How things stand that are read, the seat's own where there are any: a definition reads everybody's."""
    rows = [row for row in sorted(rows_read(sight.ruleset, part)) if sight.tells(row)]
    own = [row for row in rows if sight.seat in sight.ruleset.layout.at(row)[1]]
    for row in (own or rows)[:MOST_PARTS]:
        yield sight.standing(row, int(now[row]))


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
