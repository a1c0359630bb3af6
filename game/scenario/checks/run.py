"""The passes, in order: what would make later passes costly or endless comes first."""

from __future__ import annotations

from game.scenario.binding import Edges
from game.scenario.checks import (
    assignments,
    caps,
    cycles,
    declarations,
    numbers,
    race,
    reachable,
    reads,
    texts,
    traffic,
)
from game.scenario.shapes import Book, Fault


def check_book(book: Book) -> list[Fault]:
    """All faults of a book that was read without fault."""
    faults = [*declarations.check(book), *cycles.check(book), *caps.sizes(book)]
    if faults:
        return faults
    edges = Edges(book)
    bindings, faults = caps.bindings(book, edges)
    if faults:
        return faults
    return [
        *reads.check(book, edges, bindings),
        *numbers.check(book),
        *reachable.check(book),
        *assignments.check(book, bindings),
        *race.check(book, edges, bindings),
        *traffic.check(book),
        *texts.check(book),
    ]
