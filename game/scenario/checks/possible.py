"""What the bounds of quantities rule out: objectives never met, endings that never come, orders never open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from game.scenario import expression as ex
from game.scenario.interval import Ranges, contradiction
from game.scenario.shapes import Book, Ending, Fault, Objective, Path, ReadTest

_Op = Literal["<", "<=", ">", ">=", "==", "!="]
_OTHERWISE: dict[_Op, _Op] = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
"""The comparison that holds where one does not."""


def check(book: Book) -> Iterator[Fault]:
    """Faults that hold in every game, whatever is ordered and whatever happens."""
    ranges = Ranges(book)
    yield from _objectives(book, ranges)
    yield from _endings(book, ranges)
    for action in book.actions:
        if _shut(action.tests, ranges):
            yield Fault(action.path, f"'{action.id}' can never be ordered: its conditions can never hold")
    for event in book.events:
        for place, choice in enumerate(event.choices):
            if _shut(choice.tests, ranges):
                message = f"'{choice.id}' can never be chosen: its conditions can never hold"
                yield Fault((*event.path, "choices", place), message)


def _shut(tests: tuple[ReadTest, ...], ranges: Ranges) -> bool:
    truths = [test.truth for test in tests]
    return any(ranges.of(truth).never for truth in truths) or contradiction(truths, ranges)


def _objectives(book: Book, ranges: Ranges) -> Iterator[Fault]:
    goals = {(goal.seat, goal.id): goal for goal in book.objectives}
    for number, playable in enumerate(book.scenario.seats):
        for place, model in enumerate(playable.objectives):
            path: Path = ("scenario", "seats", number, "objectives", place)
            goal = goals[playable.seat, model.id]
            if model.met is not None and ranges.of(goal.amount).never:
                yield Fault((*path, "met"), f"'{goal.id}' can never be met")
            elif model.aim is not None and (best := _best(goal, ranges, book.scenario.turns)) < goal.aim:
                message = f"'{goal.id}' can never reach its aim: the most that it brings is {best / 100:g}"
                yield Fault((*path, "aim"), f"{message}, and the aim stands for {goal.aim / 100:g}")


def _best(goal: Objective, ranges: Ranges, turns: int) -> float:
    """The most hundredths of points that an objective can bring."""
    low, high = ranges.of(goal.amount).ends
    times = turns if goal.counts == "each" else 1
    return float(max(low * goal.weight, high * goal.weight) * 100 * times)


def _endings(book: Book, ranges: Ranges) -> Iterator[Fault]:
    """In the last turn the first that holds comes, and the last declared where none does; earlier only what stops."""
    always: Ending | None = None
    for ending in book.endings:
        path: Path = ("endings", ending.id, "when")
        holds = ranges.of(ending.when)
        if always is not None and (always.stops or not ending.stops):
            yield Fault(path, f"'{ending.id}' never comes: '{always.id}' stands before it and always holds")
        elif ending is not book.endings[-1] and (holds.never or contradiction([ending.when], ranges)):
            yield Fault(path, f"the ending '{ending.id}' can never come")
        if always is None and holds.always:
            always = ending
    if always is None and book.endings and not _some_holds(book.endings, ranges):
        last = book.endings[-1]
        message = (
            f"the last ending comes in every game that has no other, but the condition of '{last.id}' may not hold"
        )
        yield Fault(("endings", last.id, "when"), f"{message}; write 'true'")


def _some_holds(endings: tuple[Ending, ...], ranges: Ranges) -> bool:
    """Whether it would contradict itself that no ending holds. Where that is hard to tell, it would not."""
    true: list[ex.Expression] = []
    false: list[ex.Expression] = []
    ahead = [ending.when for ending in endings]
    while ahead:
        node = ahead.pop()
        match node:
            case ex.Any():
                ahead += node.parts
            case ex.Not():
                true.append(node.part)
            case ex.Compare():
                true.append(replace(node, op=_OTHERWISE[node.op]))
            case _:
                false.append(node)
    return contradiction(true, ranges) or any(node in true for node in false)
