"""The table of array nodes: equal nodes are one node, and what is known at load time is worked out then."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from game.rules import nodes as nd
from game.rules.layout import Layout


class NodeTable:
    """Makes nodes, each once. A node's id is its place in the table."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._table: dict[object, nd.Node] = {}

    def intern(self, key: object, make: Callable[[], nd.Node]) -> nd.Node:
        node = self._table.get(key)
        if node is None:
            node = make()
            node.id = len(self._table)
            self._table[key] = node
        return node

    def rows(self, rows: Sequence[int], fill: Sequence[tuple[int, int]] = ()) -> nd.Node:
        def make() -> nd.Node:
            lows, highs = self.layout.lows, self.layout.highs
            return nd.Rows(rows, fill, min(lows[r] for r in rows), max(highs[r] for r in rows))

        return self.intern(("rows", tuple(rows), tuple(fill)), make)

    def static(self, values: Sequence[int], truth: bool = False) -> nd.Node:
        return self.intern(("static", tuple(values), truth), lambda: nd.Static(values, truth))

    def expand(self, node: nd.Node, index: Sequence[int]) -> nd.Node:
        if node.size == 1 or list(index) == list(range(node.size)):
            return node
        if isinstance(node, nd.Rows) and not node.fill:
            rows = node.index.tolist()
            return self.rows([rows[i] for i in index])
        if isinstance(node, nd.Static):
            values = node.values[:, 0].tolist()
            return self.static([values[i] for i in index], node.truth)
        return self.intern(("expand", node.id, tuple(index)), lambda: nd.Expand(node, index))

    def product(self, left: nd.Node, right: nd.Node) -> nd.Node:
        first, second = sorted((left, right), key=lambda n: n.id)
        if first is second and first.truth:
            return first
        made = self.intern(("product", first.id, second.id), lambda: nd.Product(first, second))
        return self._settled(made, first, second)

    def total(self, terms: Sequence[tuple[int, nd.Node]], constant: int) -> nd.Node:
        if not terms:
            return self.static([constant])
        if len(terms) == 1 and terms[0][0] == 1 and constant == 0:
            return terms[0][1]
        key = ("total", tuple((f, n.id) for f, n in terms), constant)
        return self._settled(self.intern(key, lambda: nd.Total(terms, constant)), *(node for _, node in terms))

    def rounded(self, node: nd.Node, divisor: int) -> nd.Node:
        if divisor == 1:
            return node
        return self._settled(self.intern(("round", node.id, divisor), lambda: nd.Rounded(node, divisor)), node)

    def _settled(self, made: nd.Node, *children: nd.Node) -> nd.Node:
        """A node worked out at load time if all it depends on is known then."""
        if not all(isinstance(child, nd.Static) for child in children):
            return made
        values = nd.Frame(np.zeros((0, 1), np.int32)).value(made)
        return self.static(values[:, 0].tolist())

    def logic(self, op: str, children: Sequence[nd.Node]) -> nd.Node:
        unique = list({child.id: child for child in children}.values())
        if len(unique) == 1:
            return unique[0]
        key = ("logic", op, tuple(sorted(child.id for child in unique)))
        return self.intern(key, lambda: nd.Logic("and" if op == "and" else "or", unique))

    def floor(self, node: nd.Node, divisor: int) -> nd.Node:
        return self.intern(("floor", node.id, divisor), lambda: nd.Floor(node, divisor))

    def comparison(self, left: nd.Node, op: str, right: nd.Node) -> nd.Node:
        return self.intern(("comparison", left.id, op, right.id), lambda: nd.Comparison(left, op, right))

    def stack(self, children: Sequence[nd.Node]) -> nd.Node:
        return self.intern(("stack", tuple(child.id for child in children)), lambda: nd.Stack(children))

    def table(self, child: nd.Node, values: NDArray[np.int32]) -> nd.Node:
        return self.intern(("table", child.id, tuple(values.tolist())), lambda: nd.Table(child, values))

    def negation(self, child: nd.Node) -> nd.Node:
        return self.intern(("not", child.id), lambda: nd.Negation(child))
