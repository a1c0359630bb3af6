"""Nodes as rows: what every expression gives, element by element, as values of a graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from game.rules import nodes as nd
from game.rules.codes import FALSE, TRUE, Op
from game.rules.graph import Graph, Wanted
from game.rules.places import Places

_FOLD: dict[Any, str] = {
    np.add: "sum",
    np.minimum: "least",
    np.maximum: "most",
    np.logical_and: "every",
    np.logical_or: "some",
}
_OPPOSITE: dict[Any, Any] = {np.greater_equal: np.less, np.less_equal: np.greater, np.not_equal: np.equal}
_TURNED: dict[Any, Any] = {
    np.less: np.greater,
    np.greater: np.less,
    np.less_equal: np.greater_equal,
    np.greater_equal: np.less_equal,
    np.equal: np.equal,
    np.not_equal: np.not_equal,
}
_SOME = ((np.greater, 0), (np.greater_equal, 1), (np.not_equal, 0), (np.less, 1), (np.equal, 0))
"""Comparisons of a count that ask whether there is any."""
_WITH_CONST = {np.less: Op.LESS_CONST, np.greater: Op.GREATER_CONST, np.equal: Op.EQUAL_CONST}


class UnsupportedError(Exception):
    """Something that the machine does not compute: the ruleset stays with NumPy."""


def reciprocal(low: int, high: int, divisor: int) -> tuple[int, int, int, int]:
    """(lift, factor, shift, back) with floor(x / divisor) == ((x + lift) × factor >> shift) − back for low ≤ x ≤ high.

    x + lift is not below nought, and the error of the factor stays below one part of the quotient's step.
    Raises UnsupportedError where 63 bits do not suffice.
    """
    back = max(0, -(low // divisor))
    lift = back * divisor
    top = max(high + lift, 0)
    for shift in range(63):
        factor = -(-(1 << shift) // divisor)
        if top * factor >= 1 << 63:
            break
        if (factor * divisor - (1 << shift)) * top < 1 << shift:
            return lift, factor, shift, back
    raise UnsupportedError("a division needs more than 63 bits")


def wide(node: nd.Node) -> bool:
    """Whether a node's numbers have 64 bits."""
    return node.dtype is np.int64 and not node.truth


class Expressions(Graph):
    """A graph of rows made of nodes. asks_memory: whether any reads the orders of earlier turns."""

    def __init__(self, places: Places) -> None:
        super().__init__()
        self.places = places
        self.found: dict[int, list[int]] = {}
        self.kept: list[nd.Node] = []
        self.asks_memory = False

    def barrier(self) -> None:
        super().barrier()
        self.found.clear()

    def node(self, node: nd.Node) -> list[int]:
        """The values of a node's elements: truths, numbers, or wide numbers as the node says."""
        found = self.found.get(id(node))
        if found is None:
            make: Callable[[Any], list[int]] | None = getattr(self, f"_{type(node).__name__.lower()}", None)
            if make is None:
                raise UnsupportedError(type(node).__name__)
            found = self.found[id(node)] = make(node)
            self.kept.append(node)
        return found

    def truths(self, node: nd.Node) -> list[int]:
        """A node's elements as truths."""
        if node.truth:
            return self.node(node)
        return self.make([self._against(np.not_equal, value, 0) for value in self.numbers(node)])

    def numbers(self, node: nd.Node) -> list[int]:
        """A node's elements as numbers of 32 bits."""
        values = self.node(node)
        if node.truth:
            return self.make([self.add_if(self.number(0), value, 1) for value in values])
        if wide(node):
            raise UnsupportedError(f"{type(node).__name__} of 64 bits")
        return values

    def wides(self, node: nd.Node) -> list[int]:
        """A node's elements as numbers of 64 bits."""
        if wide(node):
            return self.node(node)
        return self.make([(Op.WIDEN, value) for value in self.numbers(node)])

    def _fit(self, node: nd.Node, values: list[int]) -> list[int]:
        """Numbers of 64 bits as what the node says."""
        return values if wide(node) else self.make([(Op.NARROW, value) for value in values])

    def large(self, value: int) -> list[int]:
        """A constant of 64 bits, as a column of one."""
        return self.make([(Op.WIDE_CONST, self.places.table(value))])

    def each(self, size: int, make: Callable[..., Wanted], *columns: Sequence[int]) -> list[int]:
        """`make` over the elements of some columns; a column of one stands for any number."""
        full = [list(column) * size if len(column) == 1 else column for column in columns]
        return self.make([make(*values) for values in zip(*full, strict=True)])

    # -- rows and constants ------------------------------------------------------------------------

    def _static(self, node: nd.Static) -> list[int]:
        values = node.values[:, 0].tolist()
        if node.truth:
            return [TRUE if value else FALSE for value in values]
        if wide(node):
            return [self.large(value)[0] for value in values]
        return [self.number(value) for value in values]

    def _rows(self, node: nd.Rows) -> list[int]:
        rows: list[int] = node.index.tolist()
        for place, value in node.fill:
            rows[place] = self.number(value)
        return rows

    def _expand(self, node: nd.Expand) -> list[int]:
        values = self.node(node.child)
        return [values[place] for place in node.index.tolist()]

    def _stack(self, node: nd.Stack) -> list[int]:
        of = self.truths if node.truth else self.wides if wide(node) else self.numbers
        return [of(child)[0] for child in node.children]

    def _ordercount(self, node: nd.OrderCount) -> list[int]:
        groups = self._given(node)
        values = [truth for group in groups for truth in group]
        places = iter(range(len(values)))
        members = [[next(places) for _truth in group] for group in groups]
        return self._folded(members, values, self.number(0), lambda x, y: self.add_if(x, y, 1), first=0)

    def _given(self, node: nd.OrderCount) -> list[list[int]]:
        """Where each order of each group was given, in each turn that is asked about."""
        groups: list[list[int]] = [[] for _ in range(node.size)]
        if node.single is not None:
            groups = [[order] for order in node.single.tolist()]
        else:
            for places, orders in node.layers:
                for place, order in zip(places.tolist(), orders.tolist(), strict=True):
                    groups[place].append(order)
        if node.ages is None:
            return [[self.places.given + order for order in group] for group in groups]
        self.asks_memory = True
        ages = [self.places.recalled(age) for age in range(min(node.ages, self.places.ages))]
        return [[first + order for order in group for first in ages] for group in groups]

    # -- numbers -----------------------------------------------------------------------------------

    def _product(self, node: nd.Product) -> list[int]:
        left, right = node.left, node.right
        if wide(node) or wide(left) or wide(right):
            columns = self.wides(left), self.wides(right)
            return self._fit(node, self.each(node.size, lambda x, y: (Op.WIDE_PRODUCT, x, y), *columns))
        if left.truth and right.truth:
            held = self.each(node.size, self.both, self.node(left), self.node(right))
            return self.make([self.add_if(self.number(0), value, 1) for value in held])
        if left.truth:
            left, right = right, left
        return self.each(node.size, self.keep if right.truth else self.times, self.node(left), self.node(right))

    def _total(self, node: nd.Total) -> list[int]:
        start = int(node.constant[0, 0]) if node.constant is not None else 0
        terms = [
            (child, int(scale[0, 0]) if scale is not None else -1 if minus else 1)
            for child, scale, minus, _fits in node.steps
        ]
        reach = abs(start) + sum(max(abs(factor * child.low), abs(factor * child.high)) for child, factor in terms)
        if wide(node) or reach > nd.LIMIT32 or any(wide(child) for child, _ in terms):
            return self._fit(node, self._wide_total(node, terms, start))
        total = [self.number(0)] * node.size
        for child, factor in terms:
            values = self.node(child)
            if child.truth:
                total = self.each(node.size, lambda x, held, factor=factor: self.add_if(x, held, factor), total, values)
            elif all(self.constant.get(x) == 0 for x in total):
                total = self.each(node.size, self.times, values, [self.number(factor)])
            else:
                total = self.each(node.size, lambda x, y, factor=factor: self.add_times(x, y, factor), total, values)
        return self.each(node.size, self.add, total, [self.number(start)])

    def _wide_total(self, node: nd.Total, terms: list[tuple[nd.Node, int]], start: int) -> list[int]:
        total = self.large(start) * node.size
        for child, factor in terms:
            values = self.wides(child)
            if factor != 1:
                values = self.each(child.size, lambda x, y: (Op.WIDE_PRODUCT, x, y), values, self.large(factor))
            total = self.each(node.size, lambda x, y: (Op.WIDE_ADD, x, y), total, values)
        return total

    def divided(self, values: list[int], low: int, high: int, divisor: int, half: int, even: bool) -> list[int]:
        """Numbers between low and high divided and rounded, see `lanes.divided`. Raises UnsupportedError."""
        at = self.places.table(half, *reciprocal(low + half - even, high + half, divisor), int(even))
        lift, factor, shift, back = self.places.big[at + 1 : at + 5]
        found: list[Wanted] = []
        for value in values:
            known = self.constant.get(value)
            if known is None:
                found.append((Op.DIVIDE, value, at))
            else:
                lifted = known + half - (even and known < 0) + lift
                found.append((Op.CONST, (lifted * factor >> shift) - back))
        return self.make(found)

    def _divided(self, child: nd.Node, node: nd.Node, divisor: int, half: int, even: bool) -> list[int]:
        if not wide(child) and not wide(node):
            try:
                return self.divided(self.numbers(child), child.low, child.high, divisor, half, even)
            except UnsupportedError:
                pass
        at = self.places.table(divisor, half, int(even))
        return self._fit(node, self.make([(Op.WIDE_DIVIDE, value, at) for value in self.wides(child)]))

    def _rounded(self, node: nd.Rounded) -> list[int]:
        return self._divided(node.child, node, int(node.divisor[0, 0]), int(node.half[0, 0]), node.even)

    def _floor(self, node: nd.Floor) -> list[int]:
        return self._divided(node.child, node, node.divisor, 0, False)

    def _quotient(self, node: nd.Quotient) -> list[int]:
        left, right = self.wides(node.left), self.wides(node.right)
        otherwise = self.large(0) if node.otherwise is None else self.wides(node.otherwise)
        at = self.places.table(node.factor)
        values = self.each(node.size, lambda x, y, z: (Op.QUOTIENT, x, y, z, at), left, right, otherwise)
        return self._fit(node, values)

    def _extremes(self, node: nd.Extremes) -> list[int]:
        most = node.op is np.maximum
        if wide(node) or any(wide(child) for child in node.children):
            code = Op.WIDE_MOST if most else Op.WIDE_LEAST
            result = self.wides(node.children[0])
            for child in node.children[1:]:
                result = self.each(node.size, lambda x, y: (code, x, y), result, self.wides(child))
            return self._fit(node, result)
        result = self.numbers(node.children[0])
        for child in node.children[1:]:
            size = max(len(result), child.size)
            result = self.each(size, lambda x, y: self.extreme(x, y, most), result, self.numbers(child))
        return result

    def _magnitude(self, node: nd.Magnitude) -> list[int]:
        return self.make([(Op.ABS, value) for value in self.numbers(node.child)])

    def _table(self, node: nd.Table) -> list[int]:
        at = self.places.table(*node.values.tolist())
        found: list[Wanted] = []
        for value in self.numbers(node.child):
            known = self.constant.get(value)
            if known is None:
                found.append((Op.TABLE, value, at, node.last))
            else:
                found.append((Op.CONST, int(node.values[min(max(known, 0), node.last)])))
        return self.make(found)

    # -- truths ------------------------------------------------------------------------------------

    def _threshold(self, node: nd.Threshold) -> list[int]:
        bound, child = int(node.constant[0, 0]), node.child
        if isinstance(child, nd.OrderCount) and (node.op, bound) in _SOME:
            # Whether any was given needs no counting.
            groups = self._given(child)
            most = max((len(group) for group in groups), default=0)
            some = [FALSE] * len(groups)
            for depth in range(most):
                some = self.make(
                    [
                        self.either(x, group[depth]) if depth < len(group) else x
                        for x, group in zip(some, groups, strict=True)
                    ]
                )
            return self.make([self.opposite(truth) if node.op in (np.less, np.equal) else truth for truth in some])
        return self.make([self._against(node.op, value, bound) for value in self.numbers(child)])

    def _against(self, op: Any, x: int, bound: int) -> Wanted:
        """A number compared with a constant."""
        known = self.constant.get(x)
        if known is not None:
            return TRUE if op(known, bound) else FALSE
        if op in _OPPOSITE:
            return self.opposite(self.make([self._against(_OPPOSITE[op], x, bound)])[0])
        return (_WITH_CONST[op], x, bound)

    def _comparison(self, node: nd.Comparison) -> list[int]:
        left, right = self.numbers(node.left), self.numbers(node.right)
        return self.each(node.size, lambda x, y: self._compared(node.op, x, y), left, right)

    def _compared(self, op: Any, x: int, y: int) -> Wanted:
        a, b = self.constant.get(x), self.constant.get(y)
        if b is not None:
            return self._against(op, x, b)
        if a is not None:
            return self._against(_TURNED[op], y, a)
        if op in _OPPOSITE:
            return self.opposite(self.make([self._compared(_OPPOSITE[op], x, y)])[0])
        if op is np.equal:
            return (Op.EQUAL, min(x, y), max(x, y))
        return (Op.LESS, x, y) if op is np.less else (Op.LESS, y, x)

    def _logic(self, node: nd.Logic) -> list[int]:
        join = self.both if node.conjunction else self.either
        result = self.truths(node.children[0])
        for child in node.children[1:]:
            result = self.each(max(len(result), child.size), join, result, self.truths(child))
        return result

    def _negation(self, node: nd.Negation) -> list[int]:
        return self.make([self.opposite(value) for value in self.truths(node.child)])

    # -- aggregates --------------------------------------------------------------------------------

    def _fold(self, node: nd.Fold) -> list[int]:
        members: list[list[int]] = [[] for _ in range(node.size)]
        for layer in node.layers:
            for ranked, element in enumerate(layer.tolist()):
                members[int(node.order[ranked])].append(element)
        kind, child = _FOLD[node.op], node.child
        if kind in ("every", "some"):
            join = self.both if kind == "every" else self.either
            return self._folded(members, self.truths(child), TRUE if node.empty else FALSE, join)
        if wide(node) or wide(child):
            if kind != "sum":
                raise UnsupportedError("an aggregate of 64 bits")
            wides = self._folded(members, self.wides(child), self.large(0)[0], lambda x, y: (Op.WIDE_ADD, x, y))
            return self._fit(node, wides)
        nought = self.number(int(node.empty))
        if kind == "sum" and child.truth:
            # A count begins with nought; everything else with its first member.
            return self._folded(members, self.node(child), nought, lambda x, y: self.add_if(x, y, 1), first=0)
        if kind == "sum":
            return self._folded(members, self.numbers(child), nought, self.add)
        return self._folded(members, self.numbers(child), nought, lambda x, y: self.extreme(x, y, kind == "most"))

    def _folded(
        self,
        members: list[list[int]],
        values: list[int],
        empty: int,
        join: Callable[[int, int], Wanted],
        first: int = 1,
    ) -> list[int]:
        """Values joined group by group, all groups at once; an empty group gives `empty`."""
        result = [values[group[0]] if group and first else empty for group in members]
        for depth in range(first, max((len(group) for group in members), default=0)):
            longer = [place for place, group in enumerate(members) if len(group) > depth]
            joined = self.make([join(result[place], values[members[place][depth]]) for place in longer])
            for place, value in zip(longer, joined, strict=True):
                result[place] = value
        return result
