"""Rates of what happens once, and months that are no whole turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.scenario.checks.declarations import LONGEST
from game.scenario.language import month_index, month_text
from game.scenario.shapes import Book, Fault, ReadEffect, Template

FIRST_YEAR, LAST_YEAR = 1, 9999


def span(book: Book) -> tuple[int, int]:
    """The months of a game since year 0, the last one not included."""
    first = month_index(book.scenario.start_date)
    return first, first + book.scenario.turns * book.scenario.turn_months


def runs_from(book: Book) -> str:
    """From when to when a game runs, as the end of a message."""
    first, end = span(book)
    return f"the game runs from {month_text(first)} to {month_text(end - 1)}"


def check(book: Book) -> Iterator[Fault]:
    """Faults of `per quarter`, `runs`, `after`, `cooldown` and the months of pledges."""
    months = book.scenario.turn_months
    first, end = span(book)
    if first // 12 < FIRST_YEAR or (end - 1) // 12 > LAST_YEAR:
        message = f"{runs_from(book)}, and years are counted from {FIRST_YEAR} to {LAST_YEAR}"
        yield Fault(("scenario", "start_date"), message)
    over = max(book.scenario.turns * months, LONGEST + 1)  # what waits so long is told elsewhere
    for action in book.actions:
        for effect in action.effects:
            if effect.change.per_quarter and (action.free or not action.runs):
                yield Fault(effect.path, _no_rate(action))
        yield from _runs(action, months)
        yield from _waits(action.effects, months, over)
    for event in book.events:
        yield from _once(event.effects, "an event")
        if event.cooldown % months:
            whole = -(-event.cooldown // months) * months
            message = f"a cooldown of {_months(event.cooldown)} lasts {whole} in turns of {months}"
            yield Fault((*event.path, "cooldown"), f"{message}; write {_either(event.cooldown, months)}")
        for choice in event.choices:
            yield from _once(choice.effects, "an answer")
            yield from _waits(choice.effects, months, over)
    for item in book.scheduled:
        yield from _once(item.effects, "what is scheduled")
    for pledge in book.rulebook.pledges:
        if pledge.months % months:
            whole = -(-pledge.months // months) * months
            message = f"a pledge of {_months(pledge.months)} binds for {whole} in turns of {months}"
            yield Fault(("pledges", pledge.id, "months"), f"{message}; write {_either(pledge.months, months)}")


def _no_rate(action: Template) -> str:
    if action.free:
        return (
            "a free order acts once, so it has no rate; leave 'per quarter' out, or let it take a slot and say 'runs'"
        )
    return "'per quarter' goes on for the months in 'runs'; say 'runs', or leave 'per quarter' out to act once"


def _once(effects: Sequence[ReadEffect], what: str) -> Iterator[Fault]:
    for effect in effects:
        if effect.change.per_quarter:
            yield Fault(effect.path, f"{what} acts once, so it has no rate; leave 'per quarter' out")


def _runs(action: Template, months: int) -> Iterator[Fault]:
    if action.runs % months:
        whole = -(-action.runs // months) * months
        message = f"{_months(action.runs)} run{'s' if action.runs == 1 else ''} for {whole} in turns of {months}"
        yield Fault((*action.path, "runs"), f"{message}; write {_either(action.runs, months)}")


def _waits(effects: Sequence[ReadEffect], months: int, over: int) -> Iterator[Fault]:
    for effect in effects:
        after = effect.change.after
        if after % months and after < over:
            whole = after // months * months
            when = f"after {whole}" if whole else "at once"
            message = (
                f"an effect after {_months(after)} comes {when} in turns of {months}; write {_either(after, months)}"
            )
            yield Fault(effect.path, message)


def _either(asked: int, months: int) -> str:
    """The whole turns around a number of months."""
    less = asked // months * months
    return f"{less} or {less + months}" if less else str(months)


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"
