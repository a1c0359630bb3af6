"""Events that can never happen, or that wait for what only they bring about."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from game.scenario.interval import NEVER, Interval, Ranges, between, contradiction
from game.scenario.language import month_index
from game.scenario.models import QuantityModel
from game.scenario.places import templates
from game.scenario.shapes import Book, Fault, ReadEffect, Template


def check(book: Book) -> Iterator[Fault]:
    """Faults at an event's conditions, or at the scenario's list where only this scenario rules it out."""
    listed = {name: place for place, name in enumerate(book.scenario.events)}
    first = month_index(book.scenario.start_date)
    end = first + book.scenario.turns * book.scenario.turn_months
    writers = _writers(book)
    starts = {model.id: _start(book, model) for model in book.rulebook.quantities}
    in_any_game = Ranges(book)
    known = {name: interval for name, interval in starts.items() if not writers.get(name)}
    known["date"] = Interval(first, end - 1)
    known["turn"] = Interval(1, book.scenario.turns)
    playing = {event.id for event in book.events}
    absent = {name: NEVER for name in book.vocabulary.events if name not in playing}
    in_this_game = in_any_game.narrowed(known, absent)
    for event in book.events:
        truths = [test.truth for test in event.tests]
        if contradiction(truths, in_any_game) or _never(event, in_any_game):
            yield Fault(event.path, f"the event '{event.id}' can never happen: its conditions exclude each other")
            continue
        mine = {name: starts[name] for name in starts if writers.get(name) == {event.id}}
        alone = in_any_game.narrowed(mine, {event.id: NEVER})
        if _never(event, alone):
            yield Fault(event.path, f"the event '{event.id}' waits for what only it brings about")
            continue
        if event.id not in listed:
            continue
        path = ("scenario", "events", listed[event.id])
        if event.date is not None and not first <= event.date < end:
            yield Fault(path, f"the date of '{event.id}' lies outside the scenario")
        elif contradiction(truths, in_this_game) or _never(event, in_this_game):
            yield Fault(path, f"the event '{event.id}' can never happen in this scenario")


def _never(event: Template, ranges: Ranges) -> bool:
    nothing = event.chance == 0 or (event.odds is not None and _nothing(ranges.of(event.odds)))
    return nothing or any(ranges.of(test.truth).never for test in event.tests)


def _nothing(odds: Interval) -> bool:
    """Whether odds are on the lowest rung, which is no chance at all."""
    return 2 * odds.high < odds.step


def _start(book: Book, model: QuantityModel) -> Interval:
    values = list(book.start[model.id].values())
    if model.elsewhere is not None:
        values.append(Fraction(model.elsewhere))
    return between(min(values), max(values), 100 if model.unit == "points" else 1) if values else NEVER


def _writers(book: Book) -> dict[str, set[str]]:
    """The templates that change each quantity; the engine itself and the calendar count as well."""
    found: dict[str, set[str]] = {"purse": {"orders"}}
    for template in templates(book):
        for effect in (*template.effects, *(e for choice in template.choices for e in choice.effects)):
            _add(found, effect, template.id)
    for item in book.scheduled:
        for effect in item.effects:
            _add(found, effect, "calendar")
    return found


def _add(found: dict[str, set[str]], effect: ReadEffect, name: str) -> None:
    found.setdefault(effect.change.quantity, set()).add(name)
