"""From nodes and rules to programs for the accelerator's machine (`kernels`).

A program holds the operations of one phase, or of the scoring of orders: every node once, then what the
phase does with them. Everything is numbers in arrays, so the machine is compiled once for all rulesets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.rules import kernels as k
from game.rules import nodes as nd

if TYPE_CHECKING:
    from game.rules.phase import Effect, Phase, Rule

_COMPARE = {
    np.less: k.LESS,
    np.less_equal: k.LESS_EQUAL,
    np.greater: k.GREATER,
    np.greater_equal: k.GREATER_EQUAL,
    np.equal: k.EQUAL,
    np.not_equal: k.UNEQUAL,
}
_FOLD: dict[Any, int] = {
    np.add: k.SUM,
    np.minimum: k.LEAST,
    np.maximum: k.MOST,
    np.logical_and: k.EVERY,
    np.logical_or: k.SOME,
}

Assignment = tuple[int, int, "Effect", int, int]
"""(priority, place of the rule, effect, register of the mask, its size)."""


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


class Program:
    """Operations under construction; `seal` makes arrays of them.

    last: when each node is asked for the last time, counted in requests, as an earlier, equal build found it
    (`asked`); its registers are then used again, so that all of them stay in the processor's cache.
    """

    def __init__(self, last: Sequence[int] | None = None) -> None:
        self.last = last
        self.order: dict[int, int] = {}
        self.asked: list[int] = []
        self.requests = 0
        self.free: dict[tuple[int, bool], list[int]] = {}
        self.held: list[set[int]] = [set()]
        self.forever = False
        self.ops: list[tuple[int, ...]] = []
        self.pool: list[int] = []
        self.big: list[int] = []
        self.keys: list[tuple[int, int]] = []
        self.bounds: list[tuple[int, int]] = []
        self.narrow = self.wide = 0
        self.known: dict[int, int] = {}
        self.kept: list[nd.Node] = []
        self.fixed: list[tuple[int, NDArray[Any]]] = []
        self.changed = 0
        self.asks_given = self.asks_memory = False
        self.names: list[str] = []
        self.always: list[tuple[str, int]] = []

    # -- pieces ------------------------------------------------------------------------------------

    def op(self, *numbers: int) -> None:
        self.ops.append((*numbers, *[0] * (8 - len(numbers))))

    def settle(self) -> None:
        """The operations that read what was asked for at this level stand: what nobody asks for again is free."""
        done = self.held[-1]
        if self.last is not None:
            outer = set().union(*self.held[:-1])
            for place in sorted(done - outer):
                node = self.kept[place]
                if self.requests >= self.last[place] and not isinstance(node, nd.Static):
                    register = self.known[id(node)]
                    self.free.setdefault((node.size, register < 0), []).append(register)
        done.clear()

    def many(self, numbers: Sequence[int]) -> int:
        self.pool.extend(int(n) for n in numbers)
        return len(self.pool) - len(numbers)

    def large(self, *numbers: int) -> int:
        self.big.extend(int(n) for n in numbers)
        return len(self.big) - len(numbers)

    def register(self, size: int, wide: bool = False) -> int:
        spare = self.free.get((size, wide))
        if spare:
            return spare.pop()
        return self.fresh(size, wide)

    def fresh(self, size: int, wide: bool = False) -> int:
        """A register that no other node has used."""
        if wide:
            self.wide += size
            return -(self.wide - size) - 1
        self.narrow += size
        return self.narrow - size

    def node(self, node: nd.Node) -> int:
        """The register of a node, its operations added if need be."""
        found = self.known.get(id(node))
        if found is None:
            found = self.known[id(node)] = self._node(node)
            self.order[id(node)] = len(self.kept)
            self.kept.append(node)
            self.asked.append(0)
        self.requests += 1
        place = self.order[id(node)]
        self.asked[place] = 1 << 60 if self.forever else max(self.asked[place], self.requests)
        self.held[-1].add(place)
        return found

    @staticmethod
    def step(node: nd.Node) -> int:
        return 0 if node.size == 1 else 1

    def _list(self, nodes: Sequence[nd.Node]) -> tuple[int, bool]:
        """Where (register, step) of some nodes stand in the pool, and whether all are of 32 bits."""
        registers = [self.node(child) for child in nodes]
        steps = [self.step(child) for child in nodes]
        at = self.many([n for pair in zip(registers, steps, strict=True) for n in pair])
        return at, all(register >= 0 for register in registers)

    # -- nodes -------------------------------------------------------------------------------------

    def _node(self, node: nd.Node) -> int:
        make = getattr(self, f"_{type(node).__name__.lower()}", None)
        if make is None:
            raise UnsupportedError(type(node).__name__)
        self.held.append(set())
        register: int = make(node)
        self.settle()
        self.held.pop()
        return register

    def _out(self, node: nd.Node) -> int:
        return self.register(node.size, node.dtype is np.int64 and not node.truth)

    def small(self, node: nd.Node) -> int:
        """A register that must be of 32 bits."""
        register = self.node(node)
        if register < 0:
            raise UnsupportedError(f"{type(node).__name__} of 64 bits")
        return register

    def _static(self, node: nd.Static) -> int:
        if node.dtype is np.int64 and not node.truth:
            raise UnsupportedError("a constant of 64 bits")
        out = self.fresh(node.size)
        self.fixed.append((out, node.values.astype(np.int32)))
        return out

    def _rows(self, node: nd.Rows) -> int:
        rows = node.index.tolist()
        for place, value in node.fill:
            rows[place] = -self.large(value) - 1
        out = self._out(node)
        self.op(k.ROWS, out, node.size, self.many(rows))
        return out

    def _expand(self, node: nd.Expand) -> int:
        child = self.small(node.child)
        out = self._out(node)
        self.op(k.EXPAND, out, node.size, child, self.many(node.index.tolist()))
        return out

    def _product(self, node: nd.Product) -> int:
        left, right = self.node(node.left), self.node(node.right)
        out = self._out(node)
        narrow = min(left, right, out) >= 0
        code = k.PRODUCT if narrow else k.WIDE_PRODUCT
        self.op(code, out, node.size, left, self.step(node.left), right, self.step(node.right))
        return out

    def _total(self, node: nd.Total) -> int:
        terms: list[int] = []
        narrow, reach = True, abs(int(node.constant[0, 0])) if node.constant is not None else 0
        factors = []
        for child, scale, minus, _fits in node.steps:
            factor = int(scale[0, 0]) if scale is not None else -1 if minus else 1
            register = self.node(child)
            narrow = narrow and register >= 0
            reach += max(abs(factor * child.low), abs(factor * child.high))
            terms += [register, self.step(child), 0]
            factors.append(factor)
        out = self._out(node)
        narrow = narrow and out >= 0 and reach <= nd.LIMIT32
        for place, factor in enumerate(factors):
            terms[3 * place + 2] = factor if narrow else self.large(factor)
        start = self.large(int(node.constant[0, 0]) if node.constant is not None else 0)
        code = k.TOTAL if narrow else k.WIDE_TOTAL
        self.op(code, out, node.size, self.many(terms), len(factors), start)
        return out

    def _divide(self, child: nd.Node, node: nd.Node, divisor: int, half: int, even: bool) -> int:
        register = self.node(child)
        out = self._out(node)
        if register >= 0 and out >= 0:
            try:
                lift, factor, shift, back = reciprocal(child.low + half - even, child.high + half, divisor)
            except UnsupportedError:
                pass
            else:
                at = self.large(half, lift, factor, shift, back, int(even))
                self.op(k.DIVIDE, out, node.size, register, at)
                return out
        self.op(k.WIDE_DIVIDE, out, node.size, register, self.large(divisor, half, int(even)))
        return out

    def _rounded(self, node: nd.Rounded) -> int:
        return self._divide(node.child, node, int(node.divisor[0, 0]), int(node.half[0, 0]), node.even)

    def _floor(self, node: nd.Floor) -> int:
        return self._divide(node.child, node, node.divisor, 0, False)

    def _quotient(self, node: nd.Quotient) -> int:
        parts = [node.left, node.right, *([node.otherwise] if node.otherwise is not None else [])]
        at, _narrow = self._list(parts)
        out = self._out(node)
        self.op(k.QUOTIENT, out, node.size, at, self.large(node.factor), int(node.otherwise is not None))
        return out

    def _threshold(self, node: nd.Threshold) -> int:
        child = self.small(node.child)
        out = self._out(node)
        bound = self.large(int(node.constant[0, 0]))
        self.op(k.COMPARE_CONST, out, node.size, child, _COMPARE[node.op], bound)  # type: ignore[index]
        return out

    def _comparison(self, node: nd.Comparison) -> int:
        left, right = self.small(node.left), self.small(node.right)
        out = self._out(node)
        steps = self.step(node.left), self.step(node.right)
        self.op(k.COMPARE, out, node.size, left, steps[0], right, steps[1], _COMPARE[node.op])  # type: ignore[index]
        return out

    def _logic(self, node: nd.Logic) -> int:
        at, _narrow = self._list(node.children)
        out = self._out(node)
        self.op(k.LOGIC, out, node.size, at, len(node.children), k.EVERY if node.conjunction else k.SOME)
        return out

    def _negation(self, node: nd.Negation) -> int:
        child = self.small(node.child)
        out = self._out(node)
        self.op(k.NOT, out, node.size, child)
        return out

    def _extremes(self, node: nd.Extremes) -> int:
        at, narrow = self._list(node.children)
        out = self._out(node)
        kind = k.LEAST if node.op is np.minimum else k.MOST
        if narrow and out >= 0:
            self.op(k.LOGIC, out, node.size, at, len(node.children), kind)
        else:
            self.op(k.WIDE_EXTREME, out, node.size, at, len(node.children), kind)
        return out

    def _magnitude(self, node: nd.Magnitude) -> int:
        child = self.small(node.child)
        out = self._out(node)
        self.op(k.ABS, out, node.size, child)
        return out

    def _fold(self, node: nd.Fold) -> int:
        child = self.node(node.child)
        out = self._out(node)
        members: list[list[int]] = [[] for _ in range(node.size)]
        for layer in node.layers:
            for ranked, element in enumerate(layer.tolist()):
                members[int(node.order[ranked])].append(element)
        numbers = [n for group in members for n in (len(group), *group)]
        kind, empty = _FOLD[node.op], int(node.empty)
        if child >= 0 and out >= 0:
            self.op(k.FOLD, out, node.size, child, self.many(numbers), kind, empty)
        elif kind == k.SUM:
            self.op(k.WIDE_FOLD, out, node.size, child, self.many(numbers))
        else:
            raise UnsupportedError("an aggregate of 64 bits")
        return out

    def _ordercount(self, node: nd.OrderCount) -> int:
        groups: list[list[int]] = [[] for _ in range(node.size)]
        if node.single is not None:
            groups = [[order] for order in node.single.tolist()]
        else:
            for places, orders in node.layers:
                for place, order in zip(places.tolist(), orders.tolist(), strict=True):
                    groups[place].append(order)
        at = self.many([n for group in groups for n in (len(group), *group)])
        out = self._out(node)
        if node.ages is None:
            self.asks_given = True
            self.op(k.GIVEN, out, node.size, at)
        else:
            self.asks_memory = True
            self.op(k.RECALLED, out, node.size, at, (1 << node.ages) - 1)
        return out

    def _stack(self, node: nd.Stack) -> int:
        at = self.many([self.small(child) for child in node.children])
        out = self._out(node)
        self.op(k.STACK, out, node.size, at)
        return out

    def _table(self, node: nd.Table) -> int:
        child = self.small(node.child)
        out = self._out(node)
        self.op(k.TABLE, out, node.size, child, self.large(*node.values.tolist()), node.last)
        return out

    # -- phases ------------------------------------------------------------------------------------

    def phase(self, phase: Phase) -> None:
        """All rules of a phase: masks, counts, additions, assignments, bounds."""
        sets: list[Assignment] = []
        for place in range(len(phase.rules)):
            self.rule(phase, place, sets)
        self.finish(phase, sets)

    def rule(self, phase: Phase, place: int, sets: list[Assignment]) -> None:
        """One rule: where it takes effect, how often, and its effects; what it assigns is added to `sets`."""
        rule = phase.rules[place]
        mask, size = self._mask(rule)
        if mask < 0:
            self.always.append((rule.id, len(rule.bindings)))
        else:
            self.op(k.HITS, mask, size, len(self.names), len(rule.bindings) // size)
            self.names.append(rule.id)
        self.effects(phase, place, mask, size, sets)
        self.settle()

    def effects(self, phase: Phase, place: int, mask: int, size: int, sets: list[Assignment]) -> None:
        """Add what a rule adds where its mask holds; what it assigns comes at the end."""
        rule = phase.rules[place]
        for effect in rule.effects:
            if not effect.rows:
                continue
            if effect.assigns:
                # Its mask is asked for once more at the end.
                sets.append((rule.priority, place, effect, mask, size))
                continue
            # What only this effect needs is free for the next; the mask, asked for outside, is not.
            self.held.append(set())
            self.effect(k.ADD, phase.local, effect, mask, size)
            self.settle()
            self.held.pop()

    def finish(self, phase: Phase, sets: list[Assignment]) -> None:
        """Assignments by priority, then additions, then bounds."""

        def assign() -> None:
            for _priority, place, effect, mask, size in sets:
                when = phase.rules[place].when
                if when is not None:
                    self.node(when)
                self.effect(k.SET, phase.local, effect, mask, size)
                self.settle()

        sets.reverse()
        sets.sort(key=lambda item: (item[0], -item[1]))
        self.bounded(phase.rows, phase.low, phase.high, assign)

    def bounded(
        self, changed: Sequence[int], low: NDArray[Any], high: NDArray[Any], assign: Callable[[], None]
    ) -> None:
        """Bring assignments, then what was added, into the state. changed: its rows; low, high [rows, 1]."""
        rows, edge = self.many(changed), len(self.bounds)
        self.bounds += list(zip(low[:, 0].tolist(), high[:, 0].tolist(), strict=True))
        self.op(k.FINISH, 0, len(changed), 0, rows, edge)
        assign()
        self.op(k.FINISH, 0, len(changed), 1, rows, edge)
        self.changed = len(changed)

    def _mask(self, rule: Rule) -> tuple[int, int]:
        """The register of where a rule takes effect and its size; −1: everywhere."""
        when = -1 if rule.when is None else self.small(rule.when)
        if rule.odds is None:
            return when, 0 if rule.when is None else rule.when.size
        assert rule.keys is not None
        size, at = len(rule.bindings), len(self.keys)
        self.keys += list(zip(rule.keys[0][:, 0].tolist(), rule.keys[1][:, 0].tolist(), strict=True))
        odds = self.small(rule.odds)
        hit = self.register(size)
        self.op(k.DRAW, hit, size, odds, self.step(rule.odds), at)
        if rule.when is None:
            return hit, size
        out = self.register(size)
        step = 0 if rule.when.size == 1 else 1
        self.op(k.LOGIC, out, size, self.many([hit, 1, when, step]), 2, k.EVERY)
        return out, size

    def effect(self, code: int, local: Mapping[int, int], effect: Effect, mask: int, size: int) -> None:
        """An addition or assignment. local: the place of each row among those that the phase changes."""
        amount = self.small(effect.amount)
        condition = -1 if effect.condition is None else self.small(effect.condition)
        step = 0 if effect.condition is None else self.step(effect.condition)
        owners = effect.owners if size > 1 else [0] * len(effect.rows)
        at = self.many([*(local[row] for row in effect.rows), *owners])
        self.op(code, amount, len(effect.rows), self.step(effect.amount), mask, condition, at, step)

    def keep(self, node: nd.Node) -> int:
        """The register of a node that is read when the program has ended."""
        self.forever = True
        found = self.node(node)
        self.forever = False
        return found

    def seal(self) -> Sealed:
        return Sealed(self)


class Sealed:
    """A program as arrays, with the registers it works in."""

    def __init__(self, program: Program) -> None:
        self.ops = np.array(program.ops, np.int32).reshape(-1, 8)
        self.pool = np.array(program.pool or [0], np.int32)
        self.big = np.array(program.big or [0], np.int64)
        self.keys = np.array(program.keys or [(0, 0)], np.uint32)
        self.bounds = np.array(program.bounds or [(0, 0)], np.int32)
        self._sizes = max(program.narrow, 1), max(program.wide, 1), max(program.changed, 1)
        self._fixed = program.fixed
        self._registers: dict[int, Registers] = {}
        self.asks_given, self.asks_memory = program.asks_given, program.asks_memory
        self.names, self.always = program.names, program.always

    def registers(self, lanes: int) -> Registers:
        """What the program works in for blocks of a width, made once."""
        if lanes not in self._registers:
            narrow, wide, rows = self._sizes
            made = Registers(
                np.zeros((narrow, lanes), np.int32),
                np.zeros((wide, lanes), np.int64),
                np.zeros((rows, lanes), np.int32),
                np.zeros((rows, lanes), np.int32),
            )
            for at, values in self._fixed:
                made.narrow[at : at + len(values)] = values
            self._registers[lanes] = made
        return self._registers[lanes]


class Registers(NamedTuple):
    """narrow, wide: of nodes; delta, work: of the rows that a phase changes."""

    narrow: NDArray[np.int32]
    wide: NDArray[np.int64]
    delta: NDArray[np.int32]
    work: NDArray[np.int32]


def twice(build: Callable[[Program], Any]) -> tuple[Sealed, Any]:
    """A program built a second time with what the first building found out, and what the builder gives."""
    first = Program()
    build(first)
    program = Program(first.asked)
    found = build(program)
    return program.seal(), found
