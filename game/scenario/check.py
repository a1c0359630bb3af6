"""What a whole book must satisfy. Every pass collects faults; none stops at the first."""

from __future__ import annotations

from game.scenario.book import Book, Fault


def check_book(book: Book) -> list[Fault]:
    """All faults of a book that was read without fault."""
    return []
