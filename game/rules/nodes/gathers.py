"""Nodes that gather: elements by group, counts of orders, nodes under one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.rules.nodes.base import MAX_AGES, Array, Frame, Node


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
