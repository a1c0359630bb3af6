"""What the report counts, incidents and armed attacks, where a rule brought it and no event of the turn told of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from game.rules import Change
from game.scenario.models import EventModel
from game.session import Step
from game.session.causes import ledger
from game.session.goals import rows_read
from game.text import _
from game.views.names import capital
from game.views.record import sentences
from game.views.sight import Sight
from game.views.sources import spelled

ATTACK, INCIDENT = 8, 4
CHANGES = 3
"""So many of the largest changes that came of it are named."""

Fired = Sequence[tuple[EventModel, tuple[str, ...]]]


@dataclass(frozen=True)
class Untold:
    """What one rule brought this turn, wherever it did. weight: 0–10, as in the news; things: where, or whom."""

    headline: str
    text: str
    weight: int
    things: tuple[str, ...]
    source: str


def untold(sight: Sight, step: Step, fired: Fired) -> Iterator[Untold]:
    """One for each rule. fired: the turn's events with their bindings."""
    report = sight.book.report
    if report is None:
        return
    attacks = rows_read(sight.ruleset, report.armed_attacks)
    layout = sight.ruleset.layout
    counted = attacks | {row for quantity in report.incidents.values() for row in layout.quantities[quantity].rows}
    found: dict[str, dict[tuple[str, ...], list[Change]]] = {}
    for change in ledger(sight.game, step) or ():
        if change.cause == "rule":
            found.setdefault(change.rule, {}).setdefault(change.binding, []).append(change)
    for rule, cases in found.items():
        new = {
            binding: changes
            for binding, changes in cases.items()
            if any(change.row in counted and change.amount > 0 for change in changes)
            and not _climbs(sight, changes)
            and not any(_tells(sight, event, bound, changes) for event, bound in fired)
        }
        if new:
            weight = ATTACK if any(c.row in attacks for changes in new.values() for c in changes) else INCIDENT
            yield _told(sight, rule, new, weight)


def _climbs(sight: Sight, changes: Sequence[Change]) -> bool:
    """Whether a rung changed with it: that is in the news as such."""
    return any(sight.unit(sight.ruleset.layout.at(change.row)[0].id).startswith("ladder:") for change in changes)


def _tells(sight: Sight, event: EventModel, binding: tuple[str, ...], changes: Sequence[Change]) -> bool:
    """Whether an event that is in the news asks for what was counted: a flag or a count of the same thing."""
    asked = " ".join(test.test for test in event.when) if event.news else ""
    for change in changes:
        quantity, args = sight.ruleset.layout.at(change.row)
        asks = f"{quantity.id}[" in asked and sight.unit(quantity.id) in ("count", "flag")
        if asks and args and (set(args) & set(binding) or f"{quantity.id}[{', '.join(args)}]" in asked):
            return True
    return False


def _told(sight: Sight, rule: str, cases: dict[tuple[str, ...], list[Change]], weight: int) -> Untold:
    known = sight.names.things
    every = tuple(dict.fromkeys(thing for binding in cases for thing in binding))
    places = tuple(thing for thing in every if known[thing].kind == "hotspot")
    pattern = _("{title} in {things}") if places else _("{title}: {things}") if every else "{title}"
    headline = pattern.format(title=sight.text("rules", rule), things=sight.names.joined(places or every))
    help_ = sentences(sight.text("rules", rule, "help"))[:1]
    per = max(1, CHANGES // len(cases))
    largest = [text for changes in cases.values() for text in _largest(sight, changes)[:per]]
    told = [_("It changed: {changes}.").format(changes="; ".join(largest))] if largest else []
    source = spelled(str(getattr(sight.models["rules"].get(rule), "source", None) or ""))
    return Untold(capital(headline), " ".join([*help_, *told]), weight, places or every, source)


def _largest(sight: Sight, changes: Sequence[Change]) -> list[str]:
    """The public changes in points, the largest first."""
    sums: dict[int, int] = {}
    for change in changes:
        quantity, _args = sight.ruleset.layout.at(change.row)
        if sight.unit(quantity.id) == "points" and quantity.visible == "public":
            sums[change.row] = sums.get(change.row, 0) + change.amount
    rows = sorted(sums, key=lambda row: -abs(sums[row]))
    return [f"{sight.describe(row)} {sight.amount(row, sums[row])}" for row in rows if sums[row]]
