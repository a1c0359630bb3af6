"""The passes, in order: what would make later passes costly or endless comes first."""

from __future__ import annotations

from game.scenario.binding import edges_of
from game.scenario.checks import (
    assignments,
    caps,
    cycles,
    declarations,
    guide,
    handed,
    months,
    numbers,
    parameters,
    possible,
    race,
    reachable,
    reads,
    recorded,
    shown,
    teaching,
    texts,
    traffic,
)
from game.scenario.shapes import Book, Fault


def check_names(book: Book) -> list[Fault]:
    """The faults that can be told of a book although reading it found others."""
    return [*declarations.named(book), *shown.check(book)]


def check_book(book: Book) -> list[Fault]:
    """All faults of a book that was read without fault."""
    faults = [*declarations.meanings(book), *cycles.check(book)] or [*caps.sizes(book)]
    if faults:
        return faults
    edges = edges_of(book)
    bindings, faults = caps.bindings(book)
    return [
        *faults,
        *check_names(book),
        *declarations.check(book),
        *reads.check(book, edges, bindings),
        *months.check(book),
        *parameters.check(book),
        *numbers.check(book),
        *reachable.check(book),
        *possible.check(book),
        *handed.check(book),
        *assignments.check(book, bindings),
        *race.check(book, edges, bindings),
        *traffic.check(book),
        *texts.check(book),
        *recorded.check(book, bindings),
        *teaching.check(book),
        *guide.check(book),
    ]
