"""What a scenario says to teachers: seats that exist, answers that are there."""

from __future__ import annotations

from collections.abc import Iterator

from game.scenario.language import nearest
from game.scenario.shapes import Book, Fault, Path


def check(book: Book) -> Iterator[Fault]:
    """Faults of the section `teaching`."""
    teaching, playable = book.scenario.teaching, [one.seat for one in book.scenario.seats]
    if teaching is None:
        return
    here: Path = ("scenario", "teaching")
    youngest, oldest = teaching.age
    if not 6 <= youngest <= oldest <= 99:
        yield Fault((*here, "age"), "the age is written [youngest, oldest], from 6 to 99")
    if teaching.turns is not None and teaching.turns > book.scenario.turns:
        yield Fault((*here, "turns"), f"the class cannot play more turns than the scenario's {book.scenario.turns}")
    known: set[str] = set()
    for section, seats in (
        ("care", [one.seat for one in teaching.care]),
        ("checks", [one.seat for one in teaching.checks]),
    ):
        known.clear()
        for place, seat in enumerate(seats):
            path: Path = (*here, section, place, "seat")
            if seat not in playable:
                yield Fault(path, f"'{seat}' is not a playable seat{nearest(seat, playable)}")
            elif seat in known:
                yield Fault(path, f"the seat '{seat}' stands there twice")
            known.add(seat)
    for place, role in enumerate(teaching.checks):
        for number, question in enumerate(role.questions):
            path = (*here, "checks", place, "questions", number)
            if question.right > len(question.answers):
                yield Fault((*path, "right"), f"there are only {len(question.answers)} answers")
            if len(set(question.answers)) < len(question.answers):
                yield Fault((*path, "answers"), "an answer is given twice")
