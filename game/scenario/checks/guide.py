"""Steps of the guide: what they name exists, and each can be completed."""

from __future__ import annotations

from collections.abc import Iterator

from game.scenario.language import nearest
from game.scenario.shapes import Book, Fault, Path

PLACES = ("map", "orders", "end_turn", "card")
"""Where a step may point that is no screen of its own."""


def check(book: Book) -> Iterator[Fault]:
    """Faults of the scenario's guide."""
    actions = [action.id for action in book.rulebook.actions]
    seats = [one.seat for one in book.scenario.seats]
    seen: set[str] = set()
    for place, step in enumerate(book.scenario.guide):
        path: Path = ("scenario", "guide", place)
        if step.id in seen:
            yield Fault((*path, "id"), f"there is a step '{step.id}' already")
        seen.add(step.id)
        last = book.scenario.turns + 1
        if step.turn > last:
            yield Fault((*path, "turn"), f"turn {step.turn} never comes; the debrief is turn {last}")
        if step.seat is not None and step.seat not in seats:
            yield Fault((*path, "seat"), f"nobody can play '{step.seat}'{nearest(step.seat, seats)}")
        if step.order is not None and step.order not in actions:
            yield Fault((*path, "order"), f"there is no action '{step.order}'{nearest(step.order, actions)}")
        if step.order is not None and step.until != "ordered":
            yield Fault((*path, "order"), "'order' needs 'until: ordered'")
        if step.until == "opened" and step.points in PLACES:
            yield Fault((*path, "until"), f"'{step.points}' is no screen that can be opened; use 'read'")
