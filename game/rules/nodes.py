"""Array nodes: what a compiled expression is. Each gives an integer array [size, games] in a frame.

A node covers the distinct values of the slots it depends on (`size` of them; 1 broadcasts). Nodes are
interned by content, so equal sub-expressions of different rules are computed once in a phase. `low` and
`high` bound every element and choose between 32 and 64 bits at load time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
LIMIT32 = 2**31 - 1
LIMIT64 = 2**63 - 1
MAX_AGES = 12
"""Turns of the memory of orders that a rule may ask about: a year of months."""


class OverflowFault(ValueError):
    """An expression may exceed 64 bits."""


class Frame:
    """What one phase reads: the state as it was when the phase began, and the orders given.

    state int32 [rows, games]; given: how often each order was given this turn, int8 [orders, games];
    recalled: in which turns before it was given, a bit for each age (bit 0: the last turn), uint16 [orders, games].
    """

    __slots__ = ("games", "given", "memo", "recalled", "state")

    def __init__(
        self,
        state: Array,
        given: Callable[[], Array] | None = None,
        recalled: Callable[[], Array] | None = None,
    ) -> None:
        self.state = state
        self.games = state.shape[1]
        self.given = given
        self.recalled = recalled
        self.memo: dict[int, Array] = {}

    def value(self, node: Node) -> Array:
        """The node's array, computed at most once while it is remembered."""
        return node.read(self)

    def forget(self, nodes: Iterable[int]) -> None:
        """Give back the memory of nodes, by id; one that is asked for again is computed again."""
        for node in nodes:
            self.memo.pop(node, None)


class Node:
    """Base: `id` is its place in the table of nodes; `truth` nodes give bool arrays."""

    __slots__ = ("dtype", "high", "id", "low", "size", "truth")

    def __init__(self, size: int, low: int, high: int, truth: bool = False) -> None:
        if max(abs(low), abs(high)) > LIMIT64:
            raise OverflowFault("an expression may exceed 64 bits; bound its parts or divide earlier")
        self.id = -1
        self.size, self.low, self.high, self.truth = size, low, high, truth
        self.dtype: type[np.signedinteger[Any]] = np.int32 if max(abs(low), abs(high)) <= LIMIT32 else np.int64

    def read(self, frame: Frame) -> Array:
        """The node's array, computed at most once in a frame."""
        found = frame.memo.get(self.id)
        if found is None:
            found = frame.memo[self.id] = self.compute(frame)
        return found

    def compute(self, frame: Frame) -> Array:
        raise NotImplementedError(type(self).__name__)


class Static(Node):
    """Values known at load time, one for each element."""

    __slots__ = ("values",)

    def __init__(self, values: Sequence[int], truth: bool = False) -> None:
        super().__init__(len(values), min(values), max(values), truth)
        kind = np.bool_ if truth else self.dtype
        self.values = np.array(values, kind).reshape(-1, 1)

    def compute(self, frame: Frame) -> Array:
        return self.values


class Rows(Node):
    """Rows of the state: a view where they are evenly spaced. fill: places that read a constant instead."""

    __slots__ = ("fill", "index", "slice")

    def __init__(self, rows: Sequence[int], fill: Sequence[tuple[int, int]], low: int, high: int) -> None:
        low, high = min([low, *(v for _, v in fill)]), max([high, *(v for _, v in fill)])
        super().__init__(len(rows), low, high)
        self.slice = _even(rows) if not fill else None
        self.index = np.array(rows, np.intp)
        self.fill = list(fill)

    def read(self, frame: Frame) -> Array:
        # A view costs less than remembering it.
        return super().read(frame) if self.slice is None else frame.state[self.slice]

    def compute(self, frame: Frame) -> Array:
        taken = frame.state.take(self.index, axis=0)
        for place, value in self.fill:
            taken[place] = value
        return taken


def constant(value: int, kind: type[np.signedinteger[Any]]) -> Array:
    """A number as an array [1, 1]: operations on small arrays take half the time they take with a Python number."""
    return np.array([[value]], kind)


def _even(rows: Sequence[int]) -> slice | None:
    if len(rows) == 1:
        return slice(rows[0], rows[0] + 1)
    step = rows[1] - rows[0]
    if step > 0 and all(b - a == step for a, b in pairwise(rows)):
        return slice(rows[0], rows[-1] + 1, step)
    return None


class Expand(Node):
    """A node spread over a larger set of bindings."""

    __slots__ = ("child", "index")

    def __init__(self, child: Node, index: Sequence[int]) -> None:
        super().__init__(len(index), child.low, child.high, child.truth)
        self.child, self.index = child, np.array(index, np.intp)

    def compute(self, frame: Frame) -> Array:
        return self.child.read(frame).take(self.index, axis=0)


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


_NOUGHT = constant(0, np.int32)


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


_COMPARE: dict[str, Callable[..., Array]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}


class Threshold(Node):
    """A node compared with a whole constant."""

    __slots__ = ("child", "constant", "op")

    def __init__(self, child: Node, op: str, bound: int) -> None:
        super().__init__(child.size, 0, 1, True)
        self.child, self.op = child, _COMPARE[op]
        self.constant = constant(max(min(bound, LIMIT32), -LIMIT32) if child.dtype is np.int32 else bound, child.dtype)

    def compute(self, frame: Frame) -> Array:
        return self.op(self.child.read(frame), self.constant)


class Comparison(Node):
    """Two nodes compared, element by element."""

    __slots__ = ("left", "op", "right")

    def __init__(self, left: Node, op: str, right: Node) -> None:
        super().__init__(max(left.size, right.size), 0, 1, True)
        self.left, self.op, self.right = left, _COMPARE[op], right

    def compute(self, frame: Frame) -> Array:
        return self.op(self.left.read(frame), self.right.read(frame))


class Logic(Node):
    """`and` / `or` of truths. What depends on fewest slots goes first and may settle the rest."""

    __slots__ = ("children", "conjunction")

    def __init__(self, op: Literal["and", "or"], children: Sequence[Node]) -> None:
        super().__init__(max(child.size for child in children), 0, 1, True)
        self.conjunction = op == "and"
        self.children = sorted(children, key=lambda child: child.size)

    def compute(self, frame: Frame) -> Array:
        join = np.logical_and if self.conjunction else np.logical_or
        result = self.children[0].read(frame)
        for child in self.children[1:]:
            # A conjunction that holds nowhere, or a disjunction that holds everywhere, needs no more.
            if np.count_nonzero(result) == (0 if self.conjunction else result.size):
                break
            result = join(result, child.read(frame))
        if result.shape[0] != self.size or result.shape[1] != frame.games:
            result = np.broadcast_to(result, (self.size, frame.games))
        return result


class Negation(Node):
    __slots__ = ("child",)

    def __init__(self, child: Node) -> None:
        super().__init__(child.size, 0, 1, True)
        self.child = child

    def compute(self, frame: Frame) -> Array:
        return np.logical_not(self.child.read(frame))


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


class Fold(Node):
    """An aggregate: elements of the child combined by group.

    The child's elements are grouped by `groups[i]` (0 … size − 1). Layers of at most one element a group
    are added up one after the other, longest groups first, so no element is visited twice.
    An empty group gives `empty`.
    """

    __slots__ = ("child", "empty", "layers", "op", "order", "place")

    def __init__(self, kind: str, child: Node, groups: Sequence[int], size: int) -> None:
        ufuncs: dict[str, Any] = {
            "sum": np.add,
            "min": np.minimum,
            "max": np.maximum,
            "all": np.logical_and,
            "any": np.logical_or,
        }
        self.op = ufuncs[kind]
        self.empty = kind == "all"
        members: list[list[int]] = [[] for _ in range(size)]
        for element, group in enumerate(groups):
            members[group].append(element)
        longest = max((len(m) for m in members), default=0)
        low, high = child.low, child.high
        if kind == "sum":
            low, high = min(0, low) * longest, max(0, high) * longest
        elif kind in ("min", "max"):
            low, high = min(0, low), max(0, high)
        super().__init__(size, low, high, kind in ("all", "any"))
        self.child = child
        ranked = sorted(range(size), key=lambda g: -len(members[g]))
        self.order = np.array(ranked, np.intp)
        self.place = np.empty(size, np.intp)
        self.place[self.order] = np.arange(size)
        self.layers = [
            np.array([members[g][depth] for g in ranked if len(members[g]) > depth], np.intp)
            for depth in range(longest)
        ]

    def compute(self, frame: Frame) -> Array:
        values = self.child.read(frame)
        kind: Any = np.bool_ if self.truth else self.dtype
        shape = (self.size, values.shape[1])
        if not self.layers:
            return np.full(shape, self.empty, kind)
        if self.size == 1 and len(self.layers) == values.shape[0]:
            whole: Array = self.op.reduce(values, axis=0, keepdims=True, dtype=kind)
            return whole
        first = self.layers[0]
        if len(first) == self.size:
            result = values.take(first, axis=0).astype(kind, copy=False)
        else:
            result = np.full(shape, self.empty, kind)
            result[: len(first)] = values.take(first, axis=0)
        for layer in self.layers[1:]:
            part = result[: len(layer)]
            self.op(part, values.take(layer, axis=0), out=part)
        return result if self.size == 1 else result.take(self.place, axis=0)


class OrderCount(Node):
    """How often any of some orders was given: this turn (`ages` None) or in so many turns before."""

    __slots__ = ("ages", "counts", "every", "layers", "single")

    def __init__(self, orders: Sequence[Sequence[int]], ages: int | None) -> None:
        longest = max((len(o) for o in orders), default=0)
        super().__init__(len(orders), 0, max(longest, 1) * (1 if ages is None else max(ages, 1)))
        self.ages = ages
        # How many of the bits of the ages asked for are set, for every byte or word of remembered ages.
        width = 1 if ages is None else 1 << MAX_AGES
        wanted = 0 if ages is None else (1 << ages) - 1
        self.counts = np.array([(bits & wanted).bit_count() for bits in range(width)], np.int32)
        self.single = np.array([o[0] for o in orders], np.intp) if all(len(o) == 1 for o in orders) else None
        # Of a single group: its orders, which are taken and added up in one go.
        self.every = np.array(orders[0], np.intp) if len(orders) == 1 and longest > 1 else None
        self.layers = [
            (
                np.array([i for i, o in enumerate(orders) if len(o) > depth], np.intp),
                np.array([o[depth] for o in orders if len(o) > depth], np.intp),
            )
            for depth in range(longest)
        ]

    def compute(self, frame: Frame) -> Array:
        if self.single is not None:
            return self._count(frame, self.single)
        if self.every is not None:
            total: Array = self._count(frame, self.every).sum(axis=0, dtype=np.int32, keepdims=True)
            return total
        result = np.zeros((self.size, frame.games), np.int32)
        for places, orders in self.layers:
            if len(places) == self.size:
                result += self._count(frame, orders)
            else:
                result[places] += self._count(frame, orders)
        return result

    def _count(self, frame: Frame, orders: NDArray[np.intp]) -> Array:
        if self.ages is None:
            assert frame.given is not None, "orders are only known while a turn is resolved"
            return frame.given().take(orders, axis=0).astype(np.int32)
        assert frame.recalled is not None
        return self.counts.take(frame.recalled().take(orders, axis=0))


class Stack(Node):
    """Nodes of one element each, put under one another."""

    __slots__ = ("children",)

    def __init__(self, children: Sequence[Node]) -> None:
        truth = all(child.truth for child in children)
        super().__init__(len(children), min(c.low for c in children), max(c.high for c in children), truth)
        self.children = list(children)

    def compute(self, frame: Frame) -> Array:
        kind: Any = np.bool_ if self.truth else self.dtype
        result = np.empty((self.size, frame.games), kind)
        for place, child in enumerate(self.children):
            result[place] = child.read(frame)[0]
        return result


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
