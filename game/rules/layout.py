"""Which row of the world matrix is which quantity of which thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from game.scenario.book import Book, bounds

SCORE_BOUND = 1_000_000
ESTIMATE_STEP = 5


@dataclass(frozen=True)
class Quantity:
    """One block of rows. scale: 100 for points, else 1. low, high, start in raw units."""

    id: str
    scale: int
    low: int
    high: int
    first: int
    instances: tuple[tuple[str, ...], ...]
    start: tuple[int, ...]
    lasts_turn: bool = False
    visible: str = "public"
    elsewhere: int | None = None

    @property
    def rows(self) -> range:
        return range(self.first, self.first + len(self.instances))


def row_name(quantity: str, args: Sequence[str]) -> str:
    """`tension[serbia, kosovo]`; a quantity of the world has no brackets."""
    return f"{quantity}[{', '.join(args)}]" if args else quantity


def rounded(value: Fraction) -> int:
    """A rational to a whole number, halves away from zero."""
    size = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return size if value >= 0 else -size


class Layout:
    """Names ↔ rows. `names` in row order; `quantities` by id; arrays `low`, `high` of shape [rows, 1], as lists `lows`
    and `highs`.

    fired: event → (row, binding) of the row of each instance that keeps when it last fired.
    """

    def __init__(self, book: Book, bindings: Mapping[str, list[tuple[str, ...]]], cards: int) -> None:
        self.quantities: dict[str, Quantity] = {}
        self._size = 0
        self._symmetric = {q.id for q in book.rulebook.quantities if q.of in book.symmetric}
        self._engine_rows_before(book)
        for model in book.rulebook.quantities:
            low, high = bounds(model.unit, model.bounds, book.vocabulary.ladders)
            scale = 100 if model.unit == "points" else 1
            values = book.start[model.id]
            self._add(
                Quantity(
                    model.id,
                    scale,
                    low * scale,
                    high * scale,
                    self._size,
                    tuple(values),
                    tuple(rounded(v * scale) for v in values.values()),
                    model.lasts == "turn",
                    model.visible,
                    model.elsewhere,
                )
            )
        self._engine_rows_after(book, bindings, cards)
        self._index_rows()
        last = self.quantities["last"]
        self.fired: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for row, (event, *args) in zip(last.rows, last.instances, strict=True):
            self.fired.setdefault(event, []).append((row, tuple(args)))

    def _index_rows(self) -> None:
        self.size = self._size
        self.names = tuple(row_name(q.id, args) for q in self.quantities.values() for args in q.instances)
        self._tables: dict[str, dict[tuple[str | None, ...], int]] = {}
        self._by_name = {name: row for row, name in enumerate(self.names)}
        self._of_row = [q for q in self.quantities.values() for _ in q.instances]
        self.lows = [q.low for q in self._of_row]
        self.highs = [q.high for q in self._of_row]
        self.low: NDArray[np.int32] = np.array(self.lows, np.int32).reshape(-1, 1)
        self.high: NDArray[np.int32] = np.array(self.highs, np.int32).reshape(-1, 1)
        start = [value for q in self.quantities.values() for value in q.start]
        self.start: NDArray[np.int32] = np.array(start, np.int32).reshape(-1, 1)

    def _add(self, quantity: Quantity) -> None:
        self.quantities[quantity.id] = quantity
        self._size += len(quantity.instances)

    def _engine(self, name: str, instances: tuple[tuple[str, ...], ...], low: int, high: int, scale: int = 1) -> None:
        start = tuple(0 for _ in instances)
        self._add(Quantity(name, scale, low, high, self._size, instances, start, visible="public"))

    def _engine_rows_before(self, book: Book) -> None:
        self._engine("turn", ((),), 0, 1_000)
        self._engine("date", ((),), 0, 100_000)
        self._engine("ending", ((),), 0, len(book.endings))

    def _engine_rows_after(self, book: Book, bindings: Mapping[str, list[tuple[str, ...]]], cards: int) -> None:
        seats = tuple((seat.id,) for seat in book.seats)
        most = max((sum(d.seat == s.id for d in book.doctrines) for s in book.seats), default=1)
        self._engine("government", seats, 0, max(most - 1, 0))
        self._engine("card", seats, 0, cards)
        bound = SCORE_BOUND * 100
        self._engine("score", seats, -bound, bound, 100)
        goals = tuple((f"{goal.seat}.{goal.id}",) for goal in book.objectives)
        self._engine("objective", goals, -bound, bound, 100)
        last = tuple((event.id, *args) for event in book.events for args in bindings[event.id])
        self._engine("last", last, 0, 1_000)
        for quantity in list(self.quantities.values()):
            if quantity.visible == "estimate":
                self._add(
                    Quantity(
                        f"estimate_{quantity.id}",
                        quantity.scale,
                        quantity.low,
                        quantity.high,
                        self._size,
                        quantity.instances,
                        tuple(estimate(np.array(quantity.start, np.int32), quantity.scale).tolist()),
                    )
                )

    def add_memory(self, seats: Sequence[str], ages: int, places: int) -> None:
        """Rows for the orders of earlier turns: seats × ages × places, after all others."""
        memory = tuple(
            (seat, str(age), str(place)) for seat in seats for age in range(1, ages + 1) for place in range(places)
        )
        self._engine("memory", memory, 0, 2**31 - 1)
        self._index_rows()

    def row(self, name: str) -> int:
        """The row of `stability[croatia]`. Raises KeyError if there is none."""
        return self._by_name[name]

    def find(self, quantity: str, args: tuple[str, ...]) -> int | None:
        """The row of a quantity of things, or None; a symmetric pair is found either way round."""
        return self.table(quantity).get(args) if quantity in self.quantities else None

    def table(self, quantity: str) -> dict[tuple[str | None, ...], int]:
        """The rows of a quantity by its things; a symmetric pair stands there both ways round."""
        found = self._tables.get(quantity)
        if found is None:
            block = self.quantities[quantity]
            found = self._tables[quantity] = {args: block.first + i for i, args in enumerate(block.instances)}
            if quantity in self._symmetric:
                for args, row in list(found.items()):
                    found.setdefault(args[::-1], row)
        return found

    def at(self, row: int) -> tuple[Quantity, tuple[str, ...]]:
        """The quantity and the things of a row."""
        quantity = self._of_row[row]
        return quantity, quantity.instances[row - quantity.first]

    def scale(self, row: int) -> int:
        """Raw units in one point or one whole unit: 100 or 1."""
        return self.at(row)[0].scale


def estimate(raw: NDArray[np.int32], scale: int) -> NDArray[np.int32]:
    """What others are told of an estimated quantity: points to the nearest five, else the figure itself."""
    if scale == 1:
        return raw
    step = ESTIMATE_STEP * scale
    return ((raw + step // 2 - (raw < 0)) // step) * step
