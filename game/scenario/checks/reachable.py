"""Events and dates that can never come, and events that wait for what only they bring about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from fractions import Fraction

from game.scenario import expression as ex
from game.scenario.checks.months import runs_from, span
from game.scenario.interval import NEVER, Interval, Ranges, between, contradiction, exactly
from game.scenario.language import month_index, month_text
from game.scenario.models import QuantityModel
from game.scenario.places import templates
from game.scenario.shapes import Book, Fault, Path, ReadEffect, Template

AHEAD = 12
"""Months after the game in which something may still be scheduled: councils tell when they meet next."""


def check(book: Book) -> Iterator[Fault]:
    """Faults at an event's conditions, or at the scenario's list where only this scenario rules it out.

    Where the scenario lists no events all are in play, so that each must be able to happen.
    """
    listed = {name: place for place, name in enumerate(book.scenario.events)}
    first, end = span(book)
    for place, item in enumerate(book.scenario.scheduled):
        if not first <= month_index(item.date) < end + AHEAD:
            yield Fault(("scenario", "scheduled", place, "date"), f"{item.date} lies outside: {runs_from(book)}")
    writers = _writers(book)
    starts = {model.id: _start(book, model) for model in book.rulebook.quantities}
    in_any_game = Ranges(book)
    known = {name: interval for name, interval in starts.items() if not writers.get(name)}
    known["date"] = Interval(first, end - 1)
    known["turn"] = Interval(1, book.scenario.turns)
    playing = {event.id for event in book.events}
    absent = {name: NEVER for name in book.vocabulary.events if name not in playing}
    in_this_game = in_any_game.narrowed(known, absent)
    waiting, impossible = {}, set[str]()
    for event in book.events:
        truths = [test.truth for test in event.tests]
        if event.chance == 0 or (event.odds is not None and _nothing(in_any_game.of(event.odds))):
            yield Fault(event.path, f"the event '{event.id}' can never happen: its chance is never above nought")
            impossible.add(event.id)
            continue
        if contradiction(truths, in_any_game) or _never(event, in_any_game):
            yield Fault(event.path, f"the event '{event.id}' can never happen: its conditions exclude each other")
            impossible.add(event.id)
            continue
        mine = {name: starts[name] for name in starts if writers.get(name) == {event.id}}
        alone = in_any_game.narrowed(mine, {event.id: NEVER})
        if _never(event, alone):
            yield Fault(event.path, f"the event '{event.id}' waits for what only it brings about")
            impossible.add(event.id)
            continue
        path: Path = ("scenario", "events", listed[event.id]) if event.id in listed else event.path
        why = "" if event.id in listed else "; it is in play since the scenario lists no 'events'"
        if event.date is not None and not first <= event.date < end:
            yield Fault(
                path, f"the date of '{event.id}', {month_text(event.date)}, lies outside: {runs_from(book)}{why}"
            )
            impossible.add(event.id)
        elif contradiction(truths, in_this_game) or _never(event, in_this_game):
            yield Fault(path, f"the event '{event.id}' can never happen in this scenario{why}")
            impossible.add(event.id)
        elif event.date is not None and _never_then(event, event.date, in_this_game, known, absent, book):
            month = month_text(event.date)
            yield Fault(
                event.path, f"the event '{event.id}' can never happen: its conditions exclude its date, {month}"
            )
            impossible.add(event.id)
        else:
            waiting[event.id] = event
    absent |= dict.fromkeys(impossible, NEVER)
    stuck = _stuck(waiting, in_this_game, known, absent, starts, writers)
    for name, event in stuck.items():
        if cause := next((one for one in _asked_of(event) if one in impossible), None):
            yield Fault(event.path, f"the event '{name}' can never happen: it waits for '{cause}', which never does")
    for ring in _rings(stuck, writers):
        told = ", which waits for ".join(f"'{name}'" for name in (*ring[1:], ring[0]))
        yield Fault(stuck[ring[0]].path, f"the event '{ring[0]}' can never happen: it waits for {told}")


def _never_then(
    event: Template,
    date: int,
    ranges: Ranges,
    known: Mapping[str, Interval],
    absent: Mapping[str, Interval],
    book: Book,
) -> bool:
    """Whether an event's conditions cannot hold in the turn that holds its date."""
    first, months = month_index(book.scenario.start_date), book.scenario.turn_months
    turn = (date - first) // months
    then = ranges.narrowed({**known, "date": exactly(first + turn * months), "turn": exactly(turn + 1)}, absent)
    return contradiction([test.truth for test in event.tests], then) or _never(event, then)


def _asked_of(event: Template) -> list[str]:
    """The events of which an event's conditions ask whether they happened."""
    nodes = [node for test in event.tests for node in ex.walk(test.truth)]
    return [node.event for node in nodes if isinstance(node, ex.Happened)]


def _stuck(
    events: Mapping[str, Template],
    ranges: Ranges,
    known: Mapping[str, Interval],
    absent: Mapping[str, Interval],
    starts: Mapping[str, Interval],
    writers: Mapping[str, Set[str]],
) -> dict[str, Template]:
    """The events that stay out of reach when none has happened yet and those within reach happen one after another."""
    left = dict(events)
    while left:
        still = {name: starts[name] for name, by in writers.items() if name in starts and by <= left.keys()}
        now = ranges.narrowed({**known, **still}, {**absent, **dict.fromkeys(left, NEVER)})
        free = [name for name, event in left.items() if not _never(event, now)]
        if not free:
            break
        for name in free:
            del left[name]
    return left


def _rings(stuck: Mapping[str, Template], writers: Mapping[str, Set[str]]) -> Iterator[tuple[str, ...]]:
    """Each ring of events that wait for one another, once; what merely waits for a ring is left out."""
    after = {name: _waits_for(event, stuck, writers) for name, event in stuck.items()}
    seen: set[str] = set()
    for first in stuck:
        chain: list[str] = []
        name: str | None = first
        while name is not None and name not in seen:
            seen.add(name)
            chain.append(name)
            name = after[name]
        if name in chain:
            yield tuple(chain[chain.index(name) :])


def _waits_for(event: Template, stuck: Mapping[str, Template], writers: Mapping[str, Set[str]]) -> str | None:
    """The first of the stuck events that the event's conditions ask for, outright or by what it brings about."""
    for test in event.tests:
        for node in ex.walk(test.truth):
            asked = {node.event} if isinstance(node, ex.Happened) else set[str]()
            asked |= writers.get(node.quantity, set()) if isinstance(node, ex.Read) else set()
            for name in stuck:
                if name in asked:
                    return name
    return None


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
