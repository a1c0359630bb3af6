"""Rungs that events hand out: what the game is about is decided by orders, councils and rules, never by chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.scenario import expression as ex
from game.scenario.shapes import Book, Fault, ReadEffect


def check(book: Book) -> Iterator[Fault]:
    """Faults at effects of events, and of answers to them, that lift somebody on a ladder of the report."""
    if book.report is None:
        return
    on_ladders = {name for name, (_, ladder) in book.vocabulary.quantities.items() if ladder is not None}
    told = on_ladders & set(book.report.ladders.values())
    for event in book.events:
        yield from _lifted(event.effects, told)
        for choice in event.choices:
            yield from _lifted(choice.effects, told)


def _lifted(effects: Sequence[ReadEffect], told: set[str]) -> Iterator[Fault]:
    for effect in effects:
        change = effect.change
        if change.quantity in told and not _lowers(change):
            message = (
                f"an event hands out no rung of '{change.quantity}', a ladder of the report; let an order, a council"
                " or a rule do it"
            )
            yield Fault(effect.path, message)


def _lowers(change: ex.Assignment) -> bool:
    """Whether an effect surely lifts nobody: it takes rungs away, or sets the lowest."""
    if not isinstance(change.amount, ex.Number):
        return False
    value = change.amount.value
    return value <= 0 if change.op == "+=" else value >= 0 if change.op == "-=" else value == 0
