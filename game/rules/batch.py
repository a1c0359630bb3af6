"""Many nodes at once, for few games: a turn of one game costs calls, not numbers.

A plan works out what many nodes give with one NumPy call for all nodes of a kind that are ready. Every
element of a node has an address in one block of numbers, int64 [registers, games]; where a node only picks
or repeats elements of another, it has addresses and no work. The values are those of `nodes`, exactly:
64 bits hold every node by construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.rules import chance
from game.rules import nodes as nd

Array = NDArray[Any]
Words = tuple[NDArray[np.uint32], NDArray[np.uint32]]

FEW = 16
"""Up to so many games a plan is faster than node after node."""

SUM, LEAST, MOST, PRODUCT, LESS, EQUAL, DIVIDE, QUOTIENT, ABSOLUTE, TABLE = range(10)
_REDUCE = {SUM: np.add, LEAST: np.minimum, MOST: np.maximum}
_FOLD: dict[Any, int] = {
    np.add: SUM,
    np.minimum: LEAST,
    np.maximum: MOST,
    np.logical_and: LEAST,
    np.logical_or: MOST,
}
# (kind, whether the sides change places, whether the answer is turned round)
_COMPARE: dict[Any, tuple[int, bool, bool]] = {
    np.less: (LESS, False, False),
    np.less_equal: (LESS, True, True),
    np.greater: (LESS, True, False),
    np.greater_equal: (LESS, False, True),
    np.equal: (EQUAL, False, False),
    np.not_equal: (EQUAL, False, True),
}


class _Item(NamedTuple):
    """Work of one kind. reads: addresses by element; more: what the kind needs; first, size: the results."""

    kind: int
    reads: list[int]
    more: list[Any]
    first: int
    size: int


class Plan:
    """Where everything stands and what is done in turn. `run` gives the block of numbers."""

    def __init__(self, builder: Builder, groups: Sequence[Sequence[_Item]]) -> None:
        place = np.empty(len(builder.owner), np.intp)
        sources: list[int] = [*builder.rows.values(), *builder.given.values(), *builder.recalled.values()]
        sources += [*builder.drawn, *builder.constants.values()]
        place[sources] = np.arange(len(sources))
        at = len(sources)
        for group in groups:
            for item in group:
                place[item.first : item.first + item.size] = range(at, at + item.size)
                at += item.size
        self.size = at
        self._place = place
        self.rows = np.array(list(builder.rows), np.intp)
        self.given = np.array(list(builder.given), np.intp)
        ages = list(builder.counts)
        self.bits = np.concatenate(list(builder.counts.values())) if ages else np.zeros(0, np.int32)
        self.recalled = np.array([order for order, _ in builder.recalled], np.intp)
        self.which = _column([ages.index(age) << nd.MAX_AGES for _, age in builder.recalled], np.intp)
        self.keys = _column(builder.keys[0], np.uint32), _column(builder.keys[1], np.uint32)
        sizes = [len(self.rows), len(self.given), len(self.recalled), len(builder.drawn), len(builder.constants)]
        self.edges: list[int] = np.cumsum([0, *sizes]).tolist()
        self.constants = _column(list(builder.constants), np.int64)
        self.steps = [_step(group, place) for group in groups]

    def at(self, registers: Sequence[int]) -> NDArray[np.intp]:
        """The addresses of what a builder gave."""
        found: NDArray[np.intp] = self._place.take(np.array(registers, np.intp))
        return found

    def run(self, frame: nd.Frame, words: Words | None = None) -> NDArray[np.int64]:
        """Everything, int64 [registers, games]. words: the luck of the turn, if the plan draws."""
        block = np.empty((self.size, frame.games), np.int64)
        _, rows, given, recalled, drawn, constants = self.edges
        block[:rows] = frame.state.take(self.rows, axis=0)
        if given > rows:
            assert frame.given is not None, "orders are only known while a turn is resolved"
            block[rows:given] = frame.given().take(self.given, axis=0)
        if recalled > given:
            assert frame.recalled is not None
            bits = frame.recalled().take(self.recalled, axis=0)
            block[given:recalled] = self.bits.take(bits + self.which)
        if drawn > recalled:
            assert words is not None
            block[recalled:drawn] = chance.draws(self.keys, words)
        block[drawn:constants] = self.constants
        for step in self.steps:
            step.run(block)
        return block


class Builder:
    """Takes in nodes and gives the addresses of their elements; `plan` puts the work in order."""

    def __init__(self) -> None:
        self.rows: dict[int, int] = {}
        self.given: dict[int, int] = {}
        self.recalled: dict[tuple[int, int], int] = {}
        self.counts: dict[int, NDArray[np.int32]] = {}
        self.constants: dict[int, int] = {}
        self.drawn: list[int] = []
        self.keys: tuple[list[int], list[int]] = ([], [])
        self.items: list[_Item] = []
        self.owner: list[int] = []
        self._known: dict[int, list[int]] = {}
        self._nodes: list[nd.Node] = []

    # -- sources -----------------------------------------------------------------------------------

    def _source(self, table: dict[Any, int], key: Any) -> int:
        found = table.get(key)
        if found is None:
            found = table[key] = len(self.owner)
            self.owner.append(-1)
        return found

    def row(self, row: int) -> int:
        return self._source(self.rows, row)

    def constant(self, value: int) -> int:
        return self._source(self.constants, value)

    def draws(self, keys: Words) -> list[int]:
        """A draw for each instance. keys [instances, 1]."""
        first = len(self.owner)
        found = list(range(first, first + len(keys[0])))
        self.owner += [-1] * len(found)
        self.drawn += found
        self.keys[0].extend(keys[0][:, 0].tolist())
        self.keys[1].extend(keys[1][:, 0].tolist())
        return found

    # -- work --------------------------------------------------------------------------------------

    def _item(self, kind: int, reads: list[int], more: list[Any], size: int) -> list[int]:
        first = len(self.owner)
        self.owner += [len(self.items)] * size
        self.items.append(_Item(kind, reads, more, first, size))
        return list(range(first, first + size))

    def _columns(self, kind: int, columns: Sequence[list[int]], size: int, more: list[Any]) -> list[int]:
        spread = [column if len(column) == size else column * size for column in columns]
        return self._item(kind, [one for row in zip(*spread, strict=True) for one in row], more, size)

    def less(self, left: list[int], right: list[int], size: int) -> list[int]:
        """Where one is less than the other."""
        return self._columns(LESS, [left, right], size, [False] * size)

    def equal(self, left: list[int], right: list[int], size: int) -> list[int]:
        """Where two are equal."""
        return self._columns(EQUAL, [left, right], size, [False] * size)

    def least(self, left: list[int], right: list[int], size: int) -> list[int]:
        """The lesser of two."""
        return self._columns(LEAST, [left, right], size, [2] * size)

    def every(self, parts: Sequence[list[int]], size: int) -> list[int]:
        """Where all truths hold, each of `size` elements or of one."""
        if not parts:
            return [self.constant(1)] * size
        if len(parts) == 1:
            return parts[0] if len(parts[0]) == size else parts[0] * size
        return self._columns(LEAST, parts, size, [len(parts)] * size)

    def node(self, node: nd.Node) -> list[int]:
        """The addresses of a node's elements."""
        found = self._known.get(id(node))
        if found is None:
            make = getattr(self, f"_{type(node).__name__.lower()}")
            found = self._known[id(node)] = make(node)
            self._nodes.append(node)
        return found

    def _static(self, node: nd.Static) -> list[int]:
        return [self.constant(int(value)) for value in node.values[:, 0].tolist()]

    def _rows(self, node: nd.Rows) -> list[int]:
        found = [self.row(row) for row in node.index.tolist()]
        for place, value in node.fill:
            found[place] = self.constant(value)
        return found

    def _expand(self, node: nd.Expand) -> list[int]:
        child = self.node(node.child)
        return [child[place] for place in node.index.tolist()]

    def _stack(self, node: nd.Stack) -> list[int]:
        return [self.node(child)[0] for child in node.children]

    def _product(self, node: nd.Product) -> list[int]:
        return self._columns(PRODUCT, [self.node(node.left), self.node(node.right)], node.size, [])

    def _total(self, node: nd.Total) -> list[int]:
        columns, factors = [], []
        for child, scale, minus, _ in node.steps:
            columns.append(self.node(child))
            factors.append(int(scale[0, 0]) if scale is not None else -1 if minus else 1)
        if node.constant is not None:
            columns.append([self.constant(int(node.constant[0, 0]))])
            factors.append(1)
        return self._columns(SUM, columns, node.size, [(len(factors), factors)] * node.size)

    def _rounded(self, node: nd.Rounded) -> list[int]:
        numbers = int(node.half[0, 0]), int(node.divisor[0, 0]), int(node.even)
        return self._columns(DIVIDE, [self.node(node.child)], node.size, [numbers] * node.size)

    def _floor(self, node: nd.Floor) -> list[int]:
        return self._columns(DIVIDE, [self.node(node.child)], node.size, [(0, node.divisor, 0)] * node.size)

    def _quotient(self, node: nd.Quotient) -> list[int]:
        other = [self.constant(0)] if node.otherwise is None else self.node(node.otherwise)
        columns = [self.node(node.left), self.node(node.right), other]
        return self._columns(QUOTIENT, columns, node.size, [node.factor] * node.size)

    def _compare(self, left: list[int], op: Any, right: list[int], size: int) -> list[int]:
        kind, swap, flip = _COMPARE[op]
        return self._columns(kind, [right, left] if swap else [left, right], size, [flip] * size)

    def _threshold(self, node: nd.Threshold) -> list[int]:
        return self._compare(self.node(node.child), node.op, [self.constant(int(node.constant[0, 0]))], node.size)

    def _comparison(self, node: nd.Comparison) -> list[int]:
        return self._compare(self.node(node.left), node.op, self.node(node.right), node.size)

    def _logic(self, node: nd.Logic) -> list[int]:
        columns = [self.node(child) for child in node.children]
        return self._columns(LEAST if node.conjunction else MOST, columns, node.size, [len(columns)] * node.size)

    def _extremes(self, node: nd.Extremes) -> list[int]:
        columns = [self.node(child) for child in node.children]
        kind = LEAST if node.op is np.minimum else MOST
        return self._columns(kind, columns, node.size, [len(columns)] * node.size)

    def _negation(self, node: nd.Negation) -> list[int]:
        return self.less(self.node(node.child), [self.constant(1)], node.size)

    def _magnitude(self, node: nd.Magnitude) -> list[int]:
        return self._columns(ABSOLUTE, [self.node(node.child)], node.size, [])

    def _table(self, node: nd.Table) -> list[int]:
        return self._columns(TABLE, [self.node(node.child)], node.size, [node.values] * node.size)

    def _groups(self, kind: int, groups: Sequence[list[int]], empty: int) -> list[int]:
        """Elements put together by group; an empty group gives a constant, one of a single element that element."""
        many = [group for group in groups if len(group) > 1]
        more: list[Any] = [(len(g), [1] * len(g)) if kind == SUM else len(g) for g in many]
        made = iter(self._item(kind, [one for group in many for one in group], more, len(many)) if many else ())
        return [next(made) if len(g) > 1 else g[0] if g else self.constant(empty) for g in groups]

    def _fold(self, node: nd.Fold) -> list[int]:
        child = self.node(node.child)
        groups: list[list[int]] = [[] for _ in range(node.size)]
        order = node.order.tolist()
        for layer in node.layers:
            for group, element in zip(order, layer.tolist(), strict=False):
                groups[group].append(child[element])
        return self._groups(_FOLD[node.op], groups, int(node.empty))

    def _ordercount(self, node: nd.OrderCount) -> list[int]:
        groups: list[list[int]] = [[] for _ in range(node.size)]
        if node.single is not None:
            groups = [[order] for order in node.single.tolist()]
        else:
            for places, orders in node.layers:
                for place, order in zip(places.tolist(), orders.tolist(), strict=True):
                    groups[place].append(order)
        ages = node.ages
        if ages is None:
            found = [[self._source(self.given, order) for order in group] for group in groups]
        else:
            self.counts[ages] = node.counts
            found = [[self._source(self.recalled, (order, ages)) for order in group] for group in groups]
        return self._groups(SUM, found, 0)

    # -- order -------------------------------------------------------------------------------------

    def plan(self) -> Plan:
        """The work in as few steps as the order allows."""
        owner = self.owner
        needs = [{owner[read] for read in item.reads} - {-1} for item in self.items]
        users: list[list[int]] = [[] for _ in self.items]
        for place, found in enumerate(needs):
            for need in found:
                users[need].append(place)
        # How many steps must follow after an item, at least: the longest chain decides.
        follow = [0] * len(self.items)
        for place in range(len(self.items) - 1, -1, -1):
            follow[place] = max((follow[user] + 1 for user in users[place]), default=0)
        missing = [len(found) for found in needs]
        ready: dict[int, list[int]] = {}
        for place, item in enumerate(self.items):
            if not missing[place]:
                ready.setdefault(item.kind, []).append(place)
        groups = []
        while ready:
            kind = max(ready, key=lambda one: (max(follow[place] for place in ready[one]), len(ready[one])))
            group = ready.pop(kind)
            groups.append([self.items[place] for place in group])
            for place in group:
                for user in users[place]:
                    missing[user] -= 1
                    if not missing[user]:
                        ready.setdefault(self.items[user].kind, []).append(user)
        return Plan(self, groups)


def _column(values: Iterable[Any], kind: type) -> Array:
    return np.array(list(values), kind).reshape(-1, 1)


class _Step:
    """Some work of one kind. reads: addresses, one array for each operand; out: where the results go."""

    def __init__(self, group: Sequence[_Item], place: Array, width: int) -> None:
        reads: Array = place.take(np.array([one for item in group for one in item.reads], np.intp))
        self.reads = [np.ascontiguousarray(reads[i::width]) for i in range(width)]
        first = int(place[group[0].first])
        self.out = slice(first, first + sum(item.size for item in group))
        self.more = [one for item in group for one in item.more]

    def run(self, block: Array) -> None:
        raise NotImplementedError


class _Reduce(_Step):
    def __init__(self, group: Sequence[_Item], place: Array) -> None:
        super().__init__(group, place, 1)
        kind = group[0].kind
        counts = [one[0] if kind == SUM else one for one in self.more]
        self.starts = np.cumsum([0, *counts[:-1]])
        factors = [factor for one in self.more for factor in one[1]] if kind == SUM else []
        self.factors = _column(factors, np.int64) if any(factor != 1 for factor in factors) else None
        self.reduce = _REDUCE[kind].reduceat

    def run(self, block: Array) -> None:
        values = block.take(self.reads[0], axis=0)
        if self.factors is not None:
            values *= self.factors
        self.reduce(values, self.starts, 0, None, block[self.out])


class _Product(_Step):
    def run(self, block: Array) -> None:
        left, right = self.reads
        np.multiply(block.take(left, axis=0), block.take(right, axis=0), block[self.out])


class _Compare(_Step):
    def __init__(self, group: Sequence[_Item], place: Array) -> None:
        super().__init__(group, place, 2)
        self.op = np.less if group[0].kind == LESS else np.equal
        self.flip = _column(self.more, np.bool_) if any(self.more) else None

    def run(self, block: Array) -> None:
        left, right = self.reads
        found = self.op(block.take(left, axis=0), block.take(right, axis=0))
        if self.flip is not None:
            found ^= self.flip
        block[self.out] = found


class _Divide(_Step):
    def __init__(self, group: Sequence[_Item], place: Array) -> None:
        super().__init__(group, place, 1)
        self.half, self.divisor, even = (_column(part, np.int64) for part in zip(*self.more, strict=True))
        self.even = even if even.any() else None

    def run(self, block: Array) -> None:
        values = block.take(self.reads[0], axis=0)
        if self.even is not None:
            # The same as `nodes.Rounded`: below nought one less before dividing downwards. A shift keeps the sign.
            values += (values >> 63) * self.even
        values += self.half
        np.floor_divide(values, self.divisor, block[self.out])


class _Quotient(_Step):
    def __init__(self, group: Sequence[_Item], place: Array) -> None:
        super().__init__(group, place, 3)
        self.factor = _column(self.more, np.int64)

    def run(self, block: Array) -> None:
        left, right, other = (block.take(reads, axis=0) for reads in self.reads)
        left *= self.factor
        zero = right == 0
        size = np.abs(right) + zero
        result = (2 * np.abs(left) + size) // (2 * size)
        result = np.where((left < 0) != (right < 0), -result, result)
        block[self.out] = np.where(zero, other, result)


class _Absolute(_Step):
    def run(self, block: Array) -> None:
        np.abs(block.take(self.reads[0], axis=0), block[self.out])


class _Table(_Step):
    def __init__(self, group: Sequence[_Item], place: Array) -> None:
        super().__init__(group, place, 1)
        tables = {id(values): values for values in self.more}
        starts = dict(zip(tables, np.cumsum([0, *map(len, tables.values())]).tolist(), strict=False))
        self.values = np.concatenate(list(tables.values())).astype(np.int64)
        self.start = _column([starts[id(values)] for values in self.more], np.int64)
        self.last = _column([len(values) - 1 for values in self.more], np.int64)

    def run(self, block: Array) -> None:
        places = np.minimum(np.maximum(block.take(self.reads[0], axis=0), 0), self.last)
        places += self.start
        block[self.out] = self.values.take(places)


def _step(group: Sequence[_Item], place: Array) -> _Step:
    match group[0].kind:
        case kind if kind in _REDUCE:
            return _Reduce(group, place)
        case kind if kind in (LESS, EQUAL):
            return _Compare(group, place)
        case kind if kind == PRODUCT:
            return _Product(group, place, 2)
        case kind if kind == DIVIDE:
            return _Divide(group, place)
        case kind if kind == QUOTIENT:
            return _Quotient(group, place)
        case kind if kind == TABLE:
            return _Table(group, place)
    return _Absolute(group, place, 1)
