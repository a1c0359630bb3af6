"""Rows: which one is what, between which bounds, and where it starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from game.scenario.book import Book, bounds

from .binding import Things
from .numbers import whole

TURN, DATE, ENDING = 0, 1, 2
HIGHEST = 2**31 - 1
SCORE_BOUND = 1_000_000 * 100


class Layout:
    """Which row is what, between which bounds, and where it starts. scales: 100 for points, else 1.

    ages: how many earlier turns the memory of orders keeps; width: its places, the last for a card's answer.
    """

    def __init__(self, book: Book, fired: Iterable[Things]) -> None:
        self.names: list[str] = []
        self.places: list[tuple[str, Things]] = []
        self.index: dict[tuple[str, Things], int] = {}
        self.scales: list[int] = []
        self.low: list[int] = []
        self.high: list[int] = []
        self.first: list[int] = []
        models = book.rulebook.quantities
        self.elsewhere = {model.id: model.elsewhere for model in models}
        self.symmetric = {model.id for model in models if model.of in book.symmetric}
        seats = [(seat.id,) for seat in book.seats]
        parties = [sum(doctrine.seat == seat.id for doctrine in book.doctrines) for seat in book.seats]
        for name in ("turn", "date", "ending"):
            self._add(name, [()])
        for model in models:
            scale = 100 if model.unit == "points" else 1
            low, high = bounds(model.unit, model.bounds, book.vocabulary.ladders)
            for things, value in book.start[model.id].items():
                self._add(model.id, [things], scale, low * scale, high * scale, whole(value * scale))
        self._add("government", seats, high=max(0, *(number - 1 for number in parties)))
        self._add("card", seats)
        self._add("score", seats, 100, -SCORE_BOUND, SCORE_BOUND)
        goals = [(f"{goal.seat}.{goal.id}",) for goal in book.objectives]
        self._add("objective", goals, 100, -SCORE_BOUND, SCORE_BOUND)
        self._add("last", fired)
        for model in models:
            if model.visible == "estimate":
                self._add(f"estimate_{model.id}", book.start[model.id])

    def add_memory(self, seats: Sequence[str], ages: int, width: int) -> None:
        self.memory, self.seats, self.ages, self.width = len(self.names), len(seats), ages, width
        places = product(seats, range(1, ages + 1), range(width))
        self._add("memory", ((seat, str(age), str(place)) for seat, age, place in places))

    def _add(
        self,
        quantity: str,
        instances: Iterable[Things],
        scale: int = 1,
        low: int = 0,
        high: int = HIGHEST,
        start: int = 0,
    ) -> None:
        for things in instances:
            self.index[quantity, things] = len(self.names)
            self.names.append(f"{quantity}[{', '.join(things)}]" if things else quantity)
            self.places.append((quantity, things))
            self.scales.append(scale)
            self.low.append(low)
            self.high.append(high)
            self.first.append(start)

    def row(self, quantity: str, things: Things) -> int | None:
        """The row of a quantity of things; a symmetric pair is found either way round."""
        if (quantity, things) not in self.index and quantity in self.symmetric:
            things = things[::-1]
        return self.index.get((quantity, things))

    def bounded(self, row: int, value: int) -> int:
        return min(max(value, self.low[row]), self.high[row])

    def latest(self, seat: int) -> int:
        """The first row of what a seat's memory holds of the last turn."""
        return self.memory + seat * self.ages * self.width

    def remembered(self, rows: Sequence[int], ages: int) -> Iterator[tuple[int, int, int]]:
        """(order, age, 1 if it had half effect) for every order in the memory, up to some age."""
        for seat in range(self.seats):
            first = self.latest(seat)
            for place, value in enumerate(rows[first : first + min(ages, self.ages) * self.width]):
                if value:
                    yield (value - 1) // 2, place // self.width + 1, (value - 1) % 2
