"""What seats are said to order, in the record or as an offer, exists for them; so do the rungs that were reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from game.scenario import spelled
from game.scenario.binding import Things
from game.scenario.checks.months import runs_from, span
from game.scenario.language import month_index, nearest
from game.scenario.shapes import Book, Fault, Path


def check(book: Book, bindings: Mapping[str, Sequence[Things]]) -> Iterator[Fault]:
    """Faults of the scenario's `record`, of the rungs in its `history`, and of its seats' `helps` and `orders`."""
    yield from _reached(book)
    yield from _offered(book, bindings)
    if not book.scenario.record:
        return
    first, last = span(book)
    known = _orders(book, bindings)
    for place, entry in enumerate(book.scenario.record):
        path: Path = ("scenario", "record", place)
        if not first <= month_index(entry.date) < last:
            yield Fault((*path, "date"), f"{entry.date} lies outside: {runs_from(book)}")
        if entry.seat not in known:
            yield Fault((*path, "seat"), f"'{entry.seat}' is not a seat{nearest(entry.seat, known)}")
            continue
        for number, text in enumerate(entry.orders):
            if text not in known[entry.seat]:
                message = f"'{entry.seat}' can never order '{text}'{nearest(text, sorted(known[entry.seat]))}"
                yield Fault((*path, "orders", number), message)


def _offered(book: Book, bindings: Mapping[str, Sequence[Things]]) -> Iterator[Fault]:
    """Faults of what a seat is offered: each order must be one that it can give, whatever the others can."""
    for number, playable in enumerate(book.scenario.seats):
        known = {action.id for action in book.actions if any(playable.seat == one for one, *_ in bindings[action.id])}
        for key, listed in (("helps", playable.helps), ("orders", playable.orders)):
            for place, name in enumerate(listed):
                if name not in known:
                    message = f"'{playable.seat}' can never order '{name}'{nearest(name, sorted(known))}"
                    yield Fault(("scenario", "seats", number, key, place), message)


def _reached(book: Book) -> Iterator[Fault]:
    """Faults of what is reached on ladders by the facts of `history`."""
    climbed = {
        quantity.id: book.vocabulary.ladders.get(quantity.unit.removeprefix("ladder:"), ())
        for quantity in book.rulebook.quantities
        if quantity.unit.startswith("ladder:")
    }
    for place, fact in enumerate(book.scenario.history):
        for name, things in fact.reached.items():
            path: Path = ("scenario", "history", place, "reached", name)
            if name not in climbed:
                yield Fault(path, f"'{name}' is not a quantity on a ladder{nearest(name, climbed)}")
                continue
            instances = [" ".join(args) for args in book.start[name]]
            for thing, rung in things.items():
                if thing not in instances:
                    yield Fault((*path, thing), f"'{name}' has no '{thing}'{nearest(thing, instances)}")
                if rung not in climbed[name]:
                    yield Fault((*path, thing), f"'{rung}' is not a rung{nearest(rung, climbed[name])}")


def _orders(book: Book, bindings: Mapping[str, Sequence[Things]]) -> dict[str, set[str]]:
    """Seat → the text of every order and answer it could give, without the seat."""
    known: dict[str, set[str]] = {seat.id: set() for seat in book.seats}
    for action in book.actions:
        for actor, *others in bindings[action.id]:
            known[actor].add(spelled.order(action.id, others))
    for event in book.events:
        for things in bindings[event.id] if event.choices else ():
            seat = event.decider(things)
            if seat in known:
                known[seat] |= {spelled.answer(event.id, things, choice.id) for choice in event.choices}
    return known
