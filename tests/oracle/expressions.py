"""Expressions of the book, bound to things and rows: functions of a snapshot."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from math import inf, lcm

from game.scenario import expression as ex

from .binding import Binding, Env, Things
from .numbers import Number, Reader, Snapshot, Truth, as_reader, conjunction, nearest, negation, one
from .rows import TURN, Layout

COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def walk(item: object) -> Iterator[object]:
    """Everything that a part of a book consists of."""
    yield item
    if isinstance(item, Mapping):
        item = tuple(item.values())
    if is_dataclass(item):
        item = tuple(getattr(item, field.name) for field in fields(item))
    if isinstance(item, tuple | list):
        for part in item:
            yield from walk(part)


def free_slots(node: ex.Expression) -> list[str]:
    """The slots that an expression depends on."""
    found = {part.name for part in walk(node) if isinstance(part, ex.Slot)}
    return sorted(found - {part.slot for part in walk(node) if isinstance(part, ex.Aggregate)})


class Expressions:
    """Binds expressions: slots to things, quantities to rows. What is the same is bound once."""

    def __init__(self, binding: Binding, layout: Layout, orders: Mapping[str, Mapping[Things, int]]) -> None:
        self.book, self.binding, self.layout, self.orders = binding.book, binding, layout, orders
        self.months: int = self.book.scenario.turn_months
        self._spans: dict[Reader, tuple[float, float]] = {}
        self._slots: dict[int, list[str]] = {}
        self._bound: dict[tuple[object, ...], Number | Truth] = {}
        self._rows: dict[int, Reader] = {}

    def _key(self, kind: str, node: ex.Expression, env: Env) -> tuple[object, ...]:
        # Nodes live as long as the book, so their identity names them.
        if id(node) not in self._slots:
            self._slots[id(node)] = free_slots(node)
        return (kind, id(node), *(env[slot] for slot in self._slots[id(node)]))

    def number(self, node: ex.Expression, env: Env) -> Number:
        """A number; a truth counts as 0 or 1."""
        key = self._key("number", node, env)
        if key not in self._bound:
            self._bound[key] = self._number(node, env)
        return self._bound[key]  # type: ignore[return-value]

    def truth(self, node: ex.Expression, env: Env) -> Truth:
        key = self._key("truth", node, env)
        if key not in self._bound:
            self._bound[key] = self._truth(node, env)
        return self._bound[key]  # type: ignore[return-value]

    def test(self, node: ex.Expression, env: Env) -> Truth:
        """A truth that several instances may ask for: it is looked at once in a phase."""
        key = self._key("test", node, env)
        if key not in self._bound:
            truth = self.truth(node, env)
            self._bound[key] = self._once(truth) if callable(truth) else truth
        return self._bound[key]  # type: ignore[return-value]

    def span(self, number: Number) -> tuple[float, float]:
        """Bounds of a number; infinite where they would take thought."""
        low = high = float(number.constant)
        for part, coefficient in number.parts.items():
            ends = [float(coefficient) * end for end in self._spans.get(part, (-inf, inf))]
            low, high = low + min(ends), high + max(ends)
        return low, high

    def _once(self, reader: Reader) -> Reader:
        key = object()

        def remembered(s: Snapshot) -> int:
            value = s.memo.get(key)
            if value is None:
                value = s.memo[key] = reader(s)
            return value

        return remembered

    # -- numbers -------------------------------------------------------------------------------

    def _number(self, node: ex.Expression, env: Env) -> Number:
        match node:
            case ex.Number():
                return Number({}, node.value)
            case ex.Read():
                return self.read(node.quantity, self.binding.things(node.args, env))
            case ex.Derived():
                return self._derived(node.define, self.binding.things(node.args, env))
            case ex.Ordered():
                return self._ordered(node, env)
            case ex.Add():
                total = Number({})
                for part in node.parts:
                    total = total.plus(self.number(part, env))
                return total
            case ex.Multiply():
                return self.product(self.number(node.left, env), self.number(node.right, env))
            case ex.Divide():
                return self._quotient(node, env)
            case ex.Extreme():
                return self._extreme(node.kind, [(True, self.number(part, env)) for part in node.parts])
            case ex.Absolute():
                number = self.number(node.part, env)
                inner = number.scaled(number.denominator)
                return one(lambda s: abs(inner(s)), number.denominator)
            case ex.Choose():
                return self._choice(node, env)
            case ex.Aggregate() if node.kind in ("sum", "count"):
                total = Number({})
                for truth, inside in self._members(node, env):
                    total = total.plus(self._gated(truth, self.number(node.body, inside)))
                return self._shared(total)
            case ex.Aggregate() if node.kind in ("min", "max"):
                members = [(truth, self.number(node.body, inside)) for truth, inside in self._members(node, env)]
                return self._shared(self._extreme(node.kind, members))
        truth = self.truth(node, env)
        if isinstance(truth, bool):
            return Number({}, Fraction(truth))
        self._spans[truth] = (0, 1)
        return one(truth)

    def _shared(self, number: Number) -> Number:
        """A number that is worked out once in a phase."""
        if not number.parts:
            return number
        return one(self._once(number.scaled(number.denominator)), number.denominator)

    def read(self, quantity: str, things: Things) -> Number:
        row = self.layout.row(quantity, things)
        if row is None:
            elsewhere = self.layout.elsewhere[quantity]
            if elsewhere is None:
                raise KeyError(f"there is no {quantity}[{', '.join(things)}]")
            return Number({}, Fraction(elsewhere))
        if row not in self._rows:
            self._rows[row] = lambda s: s[row]
            self._spans[self._rows[row]] = (self.layout.low[row], self.layout.high[row])
        return one(self._rows[row], self.layout.scales[row])

    def _derived(self, name: str, things: Things) -> Number:
        key = ("define", name, *things)
        if key not in self._bound:
            define = self.book.defines[name]
            env = dict(zip(define.slots, things, strict=True))
            total = Number({})
            for term in define.terms:
                when = True if term.when is None else self.truth(term.when, env)
                if when is not False:
                    total = total.plus(self._gated(when, self.number(term.amount, env)))
            self._bound[key] = self._shared(total)
        return self._bound[key]  # type: ignore[return-value]

    def _gated(self, truth: Truth, number: Number) -> Number:
        """The number where the truth holds, else 0."""
        if isinstance(truth, bool):
            return number if truth else Number({})
        inner = number.scaled(number.denominator)
        return one(lambda s: inner(s) if truth(s) else 0, number.denominator)

    def _ordered(self, node: ex.Ordered, env: Env) -> Number:
        wanted = [None if isinstance(arg, ex.Anything) else self.binding.thing(arg, env) for arg in node.args]
        found = [order for things, order in self.orders[node.action].items() if _fits(wanted, things)]
        if node.months is None:
            return one(lambda s: sum([s.given.get(order, 0) for order in found])) if found else Number({})
        ages = node.months // self.months
        return one(lambda s: sum([s.remembered(ages)[order] for order in found])) if found else Number({})

    def product(self, left: Number, right: Number) -> Number:
        for constant, other in ((left, right), (right, left)):
            if not constant.parts:
                return other.times(constant.constant)
        if left.is_whole or right.is_whole:
            denominator = left.denominator * right.denominator
            first, second = left.scaled(left.denominator), right.scaled(right.denominator)
        else:
            denominator = 100 * 100
            first, second = left.rounded(100), right.rounded(100)
        return one(lambda s: first(s) * second(s), denominator)

    def _quotient(self, node: ex.Divide, env: Env) -> Number:
        left, right = self.number(node.left, env), self.number(node.right, env)
        if not right.parts:
            return left.times(1 / right.constant)
        scale = lcm(left.denominator, right.denominator)
        above, below = left.scaled(scale), right.scaled(scale)
        otherwise = None if node.otherwise is None else self.number(node.otherwise, env).rounded(100)

        def quotient(s: Snapshot) -> int:
            divisor = below(s)
            if divisor == 0 and otherwise is not None:
                return otherwise(s)
            return nearest(100 * above(s) if divisor > 0 else -100 * above(s), abs(divisor))

        return one(quotient, 100)

    def _extreme(self, kind: str, members: Sequence[tuple[Truth, Number]]) -> Number:
        """The least or greatest of the members whose truth holds, 0 if none does."""
        denominator = lcm(*(number.denominator for _, number in members))
        pick = min if kind == "min" else max
        readers = [(as_reader(truth), number.scaled(denominator)) for truth, number in members]

        def extreme(s: Snapshot) -> int:
            return pick([value(s) for counts, value in readers if counts(s)], default=0)

        if members and all(truth is True for truth, _ in members):
            low, high = zip(*(self.span(number) for _, number in members), strict=True)
            self._spans[extreme] = (pick(low) * denominator, pick(high) * denominator)
        return one(extreme, denominator)

    def _choice(self, node: ex.Choose, env: Env) -> Number:
        test = self.truth(node.test, env)
        if isinstance(test, bool):
            return self.number(node.yes if test else node.no, env)
        yes, no = self.number(node.yes, env), self.number(node.no, env)
        denominator = lcm(yes.denominator, no.denominator)
        if_yes, if_no = yes.scaled(denominator), no.scaled(denominator)

        def chosen(s: Snapshot) -> int:
            return if_yes(s) if test(s) else if_no(s)

        low, high = zip(self.span(yes), self.span(no), strict=True)
        self._spans[chosen] = (min(low) * denominator, max(high) * denominator)
        return one(chosen, denominator)

    # -- truths --------------------------------------------------------------------------------

    def _members(self, node: ex.Aggregate, env: Env) -> list[tuple[Truth, dict[str, str]]]:
        """The bindings an aggregate runs over, each with the truth that makes it count."""
        found = []
        for thing in self.book.sets[node.set]:
            inside = {**env, node.slot: thing}
            truth = self.member_condition(node.set, node.condition, inside, node.slot)
            if truth is not False:
                found.append((truth, inside))
        return found

    def member_condition(self, group: str, condition: ex.Expression | None, env: Env, slot: str) -> Truth:
        """What must hold for a thing of a set to count: the text's own condition and the set's."""
        tests = [] if condition is None else [self.truth(condition, env)]
        if False not in tests and group in self.book.set_conditions:
            tests.append(self.test(self.book.set_conditions[group], {"it": env[slot]}))
        return conjunction(tests)

    def _truth(self, node: ex.Expression, env: Env) -> Truth:
        match node:
            case ex.Same() | ex.Member() | ex.Related():
                return bool(self.binding.known(node, env))
            case ex.Not():
                return negation(self.truth(node.part, env))
            case ex.All():
                return conjunction(self.truth(part, env) for part in node.parts)
            case ex.Any():
                return negation(conjunction(negation(self.truth(part, env)) for part in node.parts))
            case ex.Compare():
                return self._compared(node, env)
            case ex.Happened():
                return self._happened(node, env)
            case ex.Aggregate():
                return self._quantified(node, env)
        raise TypeError(f"a {type(node).__name__} is not a truth")

    def _compared(self, node: ex.Compare, env: Env) -> Truth:
        left, right = self.number(node.left, env), self.number(node.right, env)
        scale = lcm(left.denominator, right.denominator)
        compare, first = COMPARISONS[node.op], left.scaled(scale)
        if right.parts:
            second = right.scaled(scale)
            return lambda s: compare(first(s), second(s))
        constant = int(right.constant * scale)
        return (lambda s: compare(first(s), constant)) if left.parts else compare(int(left.constant * scale), constant)

    def _happened(self, node: ex.Happened, env: Env) -> Truth:
        wanted = [node.event, *(None if isinstance(a, ex.Anything) else self.binding.thing(a, env) for a in node.args)]
        rows = [row for (name, things), row in self.layout.index.items() if name == "last" and _fits(wanted, things)]
        if not rows:
            return False
        if node.months is None:
            return lambda s: any(s[row] > 0 for row in rows)
        limit, months = node.months, self.months
        return lambda s: any(s[row] > 0 and (s[TURN] - s[row]) * months <= limit for row in rows)

    def _quantified(self, node: ex.Aggregate, env: Env) -> Truth:
        counterexample = node.kind == "all"  # all: none may fail; any: not all may fail
        tests = []
        for truth, inside in self._members(node, env):
            body = self.truth(node.body, inside)
            tests.append(negation(conjunction([truth, negation(body) if counterexample else body])))
        none = conjunction(tests)
        result = none if counterexample else negation(none)
        return self._once(result) if callable(result) else result


def _fits(wanted: Sequence[str | None], things: Things) -> bool:
    """Whether things are those wanted, None standing for any."""
    return len(wanted) == len(things) and all(w in (None, t) for w, t in zip(wanted, things, strict=True))
