"""The turn's report: what changed most, and why; who ordered what."""

from __future__ import annotations

from dataclasses import dataclass

from game.rules import Change
from game.scenario.pledges import BROKEN
from game.session.causes import ledger
from game.session.records import Resolved
from game.text import _
from game.views.causes import Changed, grouped, order_text
from game.views.dialogue import at_rest
from game.views.names import turn_name
from game.views.pledges import outcomes
from game.views.score import ScoreChange, score_change
from game.views.sight import Sight

AT_MOST = 12
RUNG, FLAG = 30, 10
"""Points that a rung, or a change between yes and no, counts for when changes are ranked."""

_INTERNAL = ("turn", "date", "ending", "card", "last", "memory", "objective", "score", "government")


@dataclass(frozen=True)
class SeatOrders:
    """What a seat ordered in a turn, as far as others may know."""

    seat: str
    name: str
    orders: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """A turn that was resolved. score: what it did to the viewer's own score, or None."""

    turn: int
    when: str
    score: ScoreChange | None
    changes: tuple[Changed, ...]
    more: int
    orders: tuple[SeatOrders, ...]


def report(sight: Sight, place: int = -1, at_most: int = AT_MOST) -> Report | None:
    """The report of the last step (or another one); None before the first turn ended.

    The largest changes of the seat's own things fill the first half, the largest of the others the rest.
    """
    if not sight.game.steps:
        return None
    step = sight.game.steps[place]
    sight = sight.as_of(step.before)
    layout = sight.ruleset.layout
    before, after = sight.observed(step.before), sight.observed(step.after)
    by_row: dict[int, list[Change]] = {}
    for change in ledger(sight.game, step) or ():
        by_row.setdefault(change.row, []).append(change)
    rows = []
    for row in (before != after).nonzero()[0].tolist():
        quantity, args = layout.at(row)
        hidden = quantity.id in _INTERNAL or quantity.id.startswith("estimate_") or quantity.lasts_turn
        hidden = hidden or quantity.id in sight.pledged or sight.hides(row) or at_rest(sight, row, before, after)
        # What is rounded away where figures are shown has not changed for anybody who reads them.
        if not hidden and sight.show(row, int(before[row])) != sight.show(row, int(after[row])):
            own = sight.seat is not None and sight.seat in args
            rows.append((-_size(sight, row, int(after[row]) - int(before[row])), row, own))
    rows.sort()
    ended = outcomes(sight, (change for changes in by_row.values() for change in changes))
    words = [_word(sight, row, int(before[row]), ended[row]) for row in ended]
    mine = [row for _weight, row, own in rows if own][: (at_most + 1) // 2]
    others = [row for _weight, row, own in rows if not own][: at_most - len(mine)]
    chosen = [*mine, *others]
    shown = [_changed(sight, row, int(before[row]), int(after[row]), by_row.get(row, [])) for row in chosen]
    month = int(step.before[layout.row("date")])
    return Report(
        step.act.turn,
        turn_name(month, sight.ruleset.turn_months),
        score_change(sight, place),
        (*words, *shown),
        len(rows) - len(shown),
        orders_of(sight, place),
    )


def _size(sight: Sight, row: int, change: int) -> float:
    """How much a change matters: a rung or a yes or no as many points, counts as they are."""
    unit = sight.unit(sight.ruleset.layout.at(row)[0].id)
    if unit == "points":
        return abs(change) / 100
    if unit == "count":
        return min(abs(change), 3)
    return RUNG * abs(change) if unit.startswith("ladder:") else FLAG


def _word(sight: Sight, row: int, until: int, end: str) -> Changed:
    """A pledge that the seat gave or got and that has ended, among its own affairs."""
    quantity, (giver, to) = sight.ruleset.layout.at(row)
    title = _("{pledge}: {giver} to {to}").format(
        pledge=sight.quantity_title(quantity.id), giver=sight.names.plain(giver), to=sight.names.plain(to)
    )
    word = _("broken") if end == BROKEN else _("kept")
    tone = "bad" if end == BROKEN else "good"
    return Changed(row, title, _("binding until turn {turn}").format(turn=until), word, "", tone, True, ())


def _changed(sight: Sight, row: int, before: int, after: int, changes: list[Change]) -> Changed:
    quantity, args = sight.ruleset.layout.at(row)
    estimated = quantity.visible == "estimate" and not sight.owns(args)
    causes = () if estimated else grouped(sight, tuple(changes))
    return Changed(
        row,
        sight.describe(row),
        sight.show(row, before),
        sight.show(row, after),
        sight.amount(row, after - before),
        sight.tone(row, after - before, after),
        sight.seat is not None and sight.seat in args,
        causes,
    )


def orders_of(sight: Sight, place: int = -1) -> tuple[SeatOrders, ...]:
    """Who ordered what in a turn; covert orders of others are left out."""
    step = sight.game.steps[place]
    if not isinstance(step.act, Resolved):
        return ()
    sight = sight.as_of(step.before)
    catalogue = sight.ruleset.catalogue
    found = []
    for seat, texts in step.act.orders.items():
        lines = []
        for text in texts:
            order = catalogue.index[text]
            entry = catalogue.entries[order]
            if entry.covert and sight.seat not in (None, seat):
                continue
            if entry.choice is None:
                lines.append(order_text(sight, entry.template, entry.args).partition(": ")[2])
            else:
                model = next(c for c in sight.models["events"][entry.template].choices if c.id == entry.choice)  # type: ignore[attr-defined]
                lines.append(model.title)
        if lines:
            found.append(SeatOrders(seat, sight.names.label(seat), tuple(lines)))
    return tuple(found)
