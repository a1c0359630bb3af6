"""Between which bounds an expression's value must lie, in exact numbers.

An analysis of the text alone, over the bounds of quantities: nothing of a running game is needed, and what
it says of a condition (never, always, maybe) holds in every game.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Literal, NamedTuple

from game.scenario import expression as ex
from game.scenario.shapes import Book, bounds

_Op = Literal["<", "<=", ">", ">=", "==", "!="]

LARGEST = 2**63 - 1
MANY = 1_000


class Interval(NamedTuple):
    """Every value is a multiple of 1/step, from low/step to high/step."""

    low: int
    high: int
    step: int = 1

    @property
    def largest(self) -> int:
        """The largest numerator over `step` that a value can have."""
        return self.high if self.high >= -self.low else -self.low

    @property
    def whole(self) -> bool:
        return self.step == 1

    @property
    def always(self) -> bool:
        return self.low > 0

    @property
    def never(self) -> bool:
        return self.high == 0 and self.low == 0

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        return Fraction(self.low, self.step), Fraction(self.high, self.step)

    def over(self, step: int) -> tuple[int, int]:
        """Numerators over a multiple of the own step."""
        factor = step // self.step
        return self.low * factor, self.high * factor


def exactly(value: Fraction | int) -> Interval:
    """The interval of one value."""
    return Interval(value.numerator, value.numerator, value.denominator)


def between(low: Fraction | int, high: Fraction | int, step: int) -> Interval:
    """The interval of multiples of 1/step from low to high."""
    return Interval(floor(low * step), ceil(high * step), step)


NEVER, MAYBE, ALWAYS = Interval(0, 0), Interval(0, 1), Interval(1, 1)


def hull(*parts: Interval) -> Interval:
    """The smallest interval that holds all parts."""
    step = lcm(*(part.step for part in parts))
    ends = [part.over(step) for part in parts]
    return Interval(min(low for low, _ in ends), max(high for _, high in ends), step)


_ENGINE = {
    "turn": Interval(1, 241),
    "date": Interval(0, 120_000),
    "ending": Interval(0, 64),
    "government": Interval(0, 200),
    "card": Interval(0, 6000),
    "score": between(-1_000_000, 1_000_000, 100),
}


class Ranges:
    """Intervals of expressions.

    known: intervals that replace those of whole quantities. fired: what `happened` of an event can be.
    too_large, by_zero: told of every node that may pass 64 bits or divide by zero.
    """

    def __init__(
        self,
        book: Book,
        too_large: Callable[[ex.Expression], None] | None = None,
        by_zero: Callable[[ex.Expression], None] | None = None,
    ) -> None:
        self.book, self.too_large, self.by_zero = book, too_large, by_zero
        self.fired: Mapping[str, Interval] = {}
        self._defines: dict[str, Interval] = {}
        self._quantities = dict(_ENGINE)
        for quantity in book.rulebook.quantities:
            low, high = bounds(quantity.unit, quantity.bounds, book.vocabulary.ladders)
            if quantity.elsewhere is not None:
                low, high = min(low, quantity.elsewhere), max(high, quantity.elsewhere)
            self._quantities[quantity.id] = between(low, high, 100 if quantity.unit == "points" else 1)

    def narrowed(self, known: Mapping[str, Interval], fired: Mapping[str, Interval]) -> Ranges:
        """The same, with more known of some quantities and events."""
        other = copy(self)
        other.fired, other._defines = fired, {}
        other._quantities = {**self._quantities, **known}
        return other

    def of(self, node: ex.Expression) -> Interval:
        """The interval of an expression; of a truth, within 0 to 1."""
        result = self._of(node)
        if self.too_large is not None and (result.high > LARGEST or result.low < -LARGEST):
            self.too_large(node)
        return result

    def _of(self, node: ex.Expression) -> Interval:
        match node:
            case ex.Number():
                return exactly(node.value)
            case ex.Read():
                return self._quantities[node.quantity]
            case ex.Derived():
                return self._derived(node.define)
            case ex.Ordered():
                several = node.months is not None or any(isinstance(arg, ex.Anything) for arg in node.args)
                return Interval(0, MANY) if several else MAYBE
            case ex.Happened():
                return self.fired.get(node.event, MAYBE)
            case ex.Related() | ex.Member() | ex.Same():
                return MAYBE
            case ex.Add():
                return self._sum([self.of(part) for part in node.parts])
            case ex.Multiply():
                return self._product(node)
            case ex.Divide():
                return self._quotient(node)
            case ex.Extreme():
                parts = [self.of(part) for part in node.parts]
                pick = min if node.kind == "min" else max
                step = lcm(*(part.step for part in parts))
                ends = [part.over(step) for part in parts]
                return Interval(pick(low for low, _ in ends), pick(high for _, high in ends), step)
            case ex.Absolute():
                part = self.of(node.part)
                low = 0 if part.low <= 0 <= part.high else min(abs(part.low), abs(part.high))
                return Interval(low, part.largest, part.step)
            case ex.Compare():
                return self._comparison(node)
            case ex.All():
                parts = [self.of(part) for part in node.parts]
                return NEVER if any(p.never for p in parts) else ALWAYS if all(p.always for p in parts) else MAYBE
            case ex.Any():
                parts = [self.of(part) for part in node.parts]
                return ALWAYS if any(p.always for p in parts) else NEVER if all(p.never for p in parts) else MAYBE
            case ex.Not():
                part = self.of(node.part)
                return NEVER if part.always else ALWAYS if part.never else MAYBE
            case ex.Choose():
                test, yes, no = self.of(node.test), self.of(node.yes), self.of(node.no)
                return yes if test.always else no if test.never else hull(yes, no)
            case ex.Aggregate():
                return self._aggregate(node)

    def _derived(self, name: str) -> Interval:
        if name not in self._defines:
            define = self.book.defines[name]
            terms = []
            for term in define.terms:
                amount = self.of(term.amount)
                counts = ALWAYS if term.when is None else self.of(term.when)
                terms.append(amount if counts.always else NEVER if counts.never else hull(amount, NEVER))
            self._defines[name] = self._sum(terms)
        return self._defines[name]

    @staticmethod
    def _sum(parts: list[Interval]) -> Interval:
        step = lcm(*(part.step for part in parts))
        ends = [part.over(step) for part in parts]
        return Interval(sum(low for low, _ in ends), sum(high for _, high in ends), step)

    def _product(self, node: ex.Multiply) -> Interval:
        left, right = self.of(node.left), self.of(node.right)
        constant = isinstance(node.left, ex.Number) or isinstance(node.right, ex.Number)
        if not (constant or left.whole or right.whole):
            left, right = _hundredths(left), _hundredths(right)
        corners = (left.low * right.low, left.low * right.high, left.high * right.low, left.high * right.high)
        return Interval(min(corners), max(corners), left.step * right.step)

    def _quotient(self, node: ex.Divide) -> Interval:
        left, right = self.of(node.left), self.of(node.right)
        if isinstance(node.right, ex.Number):
            top, bottom = node.right.value.denominator, node.right.value.numerator
            low, high = left.low * top, left.high * top
            return Interval(low, high, left.step * bottom) if bottom > 0 else Interval(-high, -low, left.step * -bottom)
        other = None if node.otherwise is None else _hundredths(self.of(node.otherwise))
        has_zero = right.low <= 0 <= right.high
        if (right.never or (other is None and has_zero)) and self.by_zero is not None:
            self.by_zero(node)
        common = gcd(left.step, right.step)
        above, below = left.largest * (right.step // common), right.largest * (left.step // common)
        if self.too_large is not None and max(above * 200, below) > LARGEST:
            self.too_large(node)
        # The divisor nearest to zero makes the quotient largest; it is at least one step away.
        least = 1 if has_zero else min(abs(right.low), abs(right.high))
        size = -(-100 * left.largest * right.step // (left.step * least))
        quotient = Interval(-size if left.low < 0 or right.low < 0 else 0, size, 100)
        return quotient if other is None else hull(quotient, other)

    def _comparison(self, node: ex.Compare) -> Interval:
        left, right = self.of(node.left), self.of(node.right)
        if self.too_large is not None:
            step = lcm(left.step, right.step)
            if (left.largest * (step // left.step) + right.largest * (step // right.step)) > LARGEST:
                self.too_large(node)
        return compare(node.op, left, right)

    def _aggregate(self, node: ex.Aggregate) -> Interval:
        size = len(self.book.sets[node.set])
        if node.condition is not None:
            self.of(node.condition)
        maybe = node.condition is not None or node.set in self.book.set_conditions
        body = self.of(node.body)
        if size == 0:
            return ALWAYS if node.kind == "all" else NEVER
        if node.kind == "all":
            return ALWAYS if body.always else NEVER if body.never and not maybe else MAYBE
        if node.kind == "any":
            return NEVER if body.never else ALWAYS if body.always and not maybe else MAYBE
        if node.kind == "count":
            return NEVER if body.never else Interval(0, size)
        if node.kind == "sum":
            total = Interval(body.low * size, body.high * size, body.step)
            return hull(total, NEVER) if maybe else total
        return hull(body, NEVER) if maybe else body


def _hundredths(value: Interval) -> Interval:
    """What a value is once it has been rounded to hundredths."""
    low, high = 100 * value.low // value.step, -(-100 * value.high // value.step)
    return value if value.step == 100 else Interval(low, high, 100)


def compare(op: _Op, left: Interval, right: Interval) -> Interval:
    """What a comparison of two independent values can be."""
    if op in (">", ">="):
        return compare("<" if op == ">" else "<=", right, left)
    low, high = left.low * right.step, left.high * right.step
    least, most = right.low * left.step, right.high * left.step
    match op:
        case "<":
            return ALWAYS if high < least else NEVER if low >= most else MAYBE
        case "<=":
            return ALWAYS if high <= least else NEVER if low > most else MAYBE
    apart, same = high < least or most < low, low == high == least == most
    if op == "!=":
        apart, same = same, apart
    return ALWAYS if same else NEVER if apart else MAYBE


_TURNED: dict[_Op, _Op] = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}


def contradiction(truths: list[ex.Expression], ranges: Ranges) -> bool:
    """Whether conditions that must hold together ask the same value to be in two places at once."""
    known: dict[ex.Expression, tuple[Fraction, Fraction]] = {}
    flat = list(truths)
    while flat:
        node = flat.pop()
        if isinstance(node, ex.All):
            flat += node.parts
        if not isinstance(node, ex.Compare):
            continue
        left, op, right = node.left, node.op, node.right
        if isinstance(left, ex.Number):
            left, op, right = right, _TURNED[op], left
        if not isinstance(right, ex.Number) or not isinstance(left, ex.Read | ex.Derived | ex.Ordered) or op == "!=":
            continue
        whole = ranges.of(left)
        low, high = known.get(left, whole.ends)
        least = Fraction(1, whole.step)
        value = right.value
        if op in (">", ">=", "=="):
            low = max(low, value + least if op == ">" and (value * whole.step).denominator == 1 else value)
        if op in ("<", "<=", "=="):
            high = min(high, value - least if op == "<" and (value * whole.step).denominator == 1 else value)
        if low > high:
            return True
        known[left] = (low, high)
    return False
