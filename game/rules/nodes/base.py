"""The frame in which a phase is computed, the node as such, and the nodes that read the state.

A node covers the distinct values of the slots it depends on (`size` of them; 1 broadcasts). Nodes are
interned by content, so equal sub-expressions of different rules are computed once in a phase. `low` and
`high` bound every element and choose between 32 and 64 bits at load time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

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
