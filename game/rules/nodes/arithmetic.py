"""Nodes of numbers: sums, products, quotients, roundings, extremes and tables, all exact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from game.rules.nodes.base import LIMIT32, LIMIT64, Array, Frame, Node, OverflowFault, Static, constant

_NOUGHT = constant(0, np.int32)


class Product(Node):
    """The product of two nodes of whole numbers or truths, exact."""

    __slots__ = ("left", "plain", "right")

    def __init__(self, left: Node, right: Node) -> None:
        corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        super().__init__(max(left.size, right.size), min(corners), max(corners))
        if left.truth and not right.truth:
            left, right = right, left
        self.left, self.right = left, right
        self.plain = not left.truth and self.dtype in (left.dtype, right.dtype)

    def compute(self, frame: Frame) -> Array:
        left, right = self.left.read(frame), self.right.read(frame)
        if self.plain:
            return np.multiply(left, right)
        return np.multiply(left, right, dtype=self.dtype)


class Total(Node):
    """Σ factor × node + constant, exact; partial sums stay within the chosen width."""

    __slots__ = ("constant", "steps")

    def __init__(self, terms: Sequence[tuple[int, Node]], constant_part: int) -> None:
        low = high = constant_part
        reach = abs(constant_part)
        for factor, node in terms:
            ends = (factor * node.low, factor * node.high)
            low, high = low + min(ends), high + max(ends)
            reach += max(abs(e) for e in ends)
        super().__init__(max(node.size for _, node in terms), low, high)
        if reach > LIMIT64:
            raise OverflowFault("a sum may exceed 64 bits; bound its parts or divide earlier")
        width = np.int32 if reach <= LIMIT32 else np.int64
        self.constant = constant(constant_part, width) if constant_part else None
        self.steps = self._steps(terms, width)

    def _steps(
        self, terms: Sequence[tuple[int, Node]], width: type[np.signedinteger[Any]]
    ) -> list[tuple[Node, Array | None, bool, bool]]:
        """(node, factor unless 1 or −1, whether it is subtracted, whether it fits into the sum), largest first."""
        ordered = sorted(terms, key=lambda term: (isinstance(term[1], Static), -term[1].size, term[0] != 1))
        steps: list[tuple[Node, Array | None, bool, bool]] = []
        size, varies = 0, False
        for factor, node in ordered:
            plain = not node.truth and node.dtype is width and (factor == 1 or (factor == -1 and bool(steps)))
            scale = None if plain else constant(factor, width)
            steps.append((node, scale, plain and factor == -1, varies and node.size <= size))
            size, varies = max(size, node.size), varies or not isinstance(node, Static)
        return steps

    def compute(self, frame: Frame) -> Array:
        node, factor, _, _ = self.steps[0]
        total = node.read(frame)
        own = factor is not None
        if factor is not None:
            total = np.multiply(total, factor)
        for node, factor, minus, fits in self.steps[1:]:
            value = node.read(frame)
            if factor is not None:
                value = np.multiply(value, factor)
            step = np.subtract if minus else np.add
            if own and fits:
                step(total, value, out=total)
            else:
                total, own = step(total, value), True
        if self.constant is not None:
            total = np.add(total, self.constant, out=total) if own else np.add(total, self.constant)
        return total


class Rounded(Node):
    """A node divided by a whole constant, rounded halves away from zero."""

    __slots__ = ("child", "divisor", "even", "half", "narrow")

    def __init__(self, child: Node, divisor: int) -> None:
        super().__init__(child.size, _round(child.low, divisor), _round(child.high, divisor))
        kind = np.int32 if max(abs(child.low), abs(child.high)) + divisor <= LIMIT32 else np.int64
        self.child, self.even = child, divisor % 2 == 0
        self.divisor, self.half = constant(divisor, kind), constant(divisor // 2, kind)
        self.narrow = kind is not self.dtype

    def compute(self, frame: Frame) -> Array:
        values = self.child.read(frame)
        shifted = np.add(values, self.half)
        if self.even:
            # Halves go away from zero: below nought one less before dividing downwards.
            np.subtract(shifted, values < _NOUGHT, out=shifted)
        np.floor_divide(shifted, self.divisor, out=shifted)
        return shifted.astype(self.dtype) if self.narrow else shifted


class Floor(Node):
    """A node divided by a whole constant, rounded down."""

    __slots__ = ("child", "divisor")

    def __init__(self, child: Node, divisor: int) -> None:
        super().__init__(child.size, child.low // divisor, child.high // divisor)
        self.child, self.divisor = child, divisor

    def compute(self, frame: Frame) -> Array:
        result: Array = self.child.read(frame) // self.divisor
        return result.astype(self.dtype, copy=False)


def _round(value: int, divisor: int) -> int:
    size = (2 * abs(value) + divisor) // (2 * divisor)
    return size if value >= 0 else -size


class Quotient(Node):
    """left × factor / right, rounded halves away from zero; `otherwise` where right is zero."""

    __slots__ = ("factor", "left", "otherwise", "right")

    def __init__(self, left: Node, right: Node, factor: int, otherwise: Node | None) -> None:
        top = max(abs(left.low), abs(left.high)) * factor
        low, high = -top, top
        if left.low >= 0 and right.low >= 0:
            low = 0
        if otherwise is not None:
            low, high = min(low, otherwise.low), max(high, otherwise.high)
        elif right.low <= 0 <= right.high:
            raise OverflowFault("a division may be by zero; write divide(a, b, otherwise)")
        sizes = [left.size, right.size, *([otherwise.size] if otherwise else [])]
        super().__init__(max(sizes), low, high)
        if 2 * top + max(abs(right.low), abs(right.high)) > LIMIT64:
            raise OverflowFault("a division may exceed 64 bits; bound its parts first")
        self.left, self.right, self.factor, self.otherwise = left, right, factor, otherwise

    def compute(self, frame: Frame) -> Array:
        left = self.left.read(frame).astype(np.int64) * self.factor
        right = self.right.read(frame).astype(np.int64)
        zero = right == 0
        size = np.abs(right) + zero
        result: Array = (2 * np.abs(left) + size) // (2 * size)
        result = np.where((left < 0) != (right < 0), -result, result)
        if self.otherwise is not None:
            result = np.where(zero, self.otherwise.read(frame), result)
        return result.astype(self.dtype)


class Extremes(Node):
    """The least or greatest of several nodes."""

    __slots__ = ("children", "op")

    def __init__(self, kind: Literal["min", "max"], children: Sequence[Node]) -> None:
        pick = min if kind == "min" else max
        super().__init__(
            max(child.size for child in children),
            pick(child.low for child in children),
            pick(child.high for child in children),
        )
        self.op = np.minimum if kind == "min" else np.maximum
        self.children = list(children)

    def compute(self, frame: Frame) -> Array:
        result = self.children[0].read(frame)
        for child in self.children[1:]:
            result = self.op(result, child.read(frame))
        return result


class Magnitude(Node):
    __slots__ = ("child",)

    def __init__(self, child: Node) -> None:
        reach = max(abs(child.low), abs(child.high))
        super().__init__(child.size, 0, reach)
        self.child = child

    def compute(self, frame: Frame) -> Array:
        return np.abs(self.child.read(frame))


class Table(Node):
    """A constant table read at a node's value, clipped to the table's length (odds by rung)."""

    __slots__ = ("child", "last", "values")

    def __init__(self, child: Node, values: NDArray[np.int32]) -> None:
        super().__init__(child.size, int(values.min()), int(values.max()))
        self.child, self.values, self.last = child, values, len(values) - 1

    def compute(self, frame: Frame) -> Array:
        place = self.child.read(frame)
        if self.child.low < 0:
            place = np.maximum(place, 0)
        if self.child.high > self.last:
            place = np.minimum(place, self.last)
        result: Array = self.values.take(place)
        return result
