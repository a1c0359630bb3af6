"""Between which bounds an expression's value must lie, in exact numbers.

An analysis of the text alone, over the bounds of quantities: nothing of a running game is needed, and what
it says of a condition (never, always, maybe) holds in every game.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import Literal

from game.scenario import expression as ex
from game.scenario.shapes import Book, bounds

_Op = Literal["<", "<=", ">", ">=", "==", "!="]

LARGEST = 2**63 - 1
MANY = 1_000


@dataclass(frozen=True, slots=True)
class Interval:
    """From low to high, every value a multiple of 1/step."""

    low: Fraction
    high: Fraction
    step: int = 1

    @property
    def largest(self) -> int:
        """The largest numerator over `step` that a value can have."""
        size = max(abs(self.low), abs(self.high)) * self.step
        return -(-size.numerator // size.denominator)

    @property
    def whole(self) -> bool:
        return self.step == 1

    @property
    def always(self) -> bool:
        return self.low > 0

    @property
    def never(self) -> bool:
        return self.high == 0 and self.low == 0


def exactly(value: Fraction | int) -> Interval:
    value = Fraction(value)
    return Interval(value, value, value.denominator)


NEVER, MAYBE, ALWAYS = exactly(0), Interval(Fraction(0), Fraction(1)), exactly(1)


def hull(*parts: Interval) -> Interval:
    """The smallest interval that holds all parts."""
    return Interval(min(p.low for p in parts), max(p.high for p in parts), lcm(*(p.step for p in parts)))


@dataclass
class Ranges:
    """Intervals of expressions.

    known: intervals that replace those of whole quantities. fired: what `happened` of an event can be.
    too_large, by_zero: told of every node that may pass 64 bits or divide by zero.
    """

    book: Book
    known: Mapping[str, Interval] = field(default_factory=dict)
    fired: Mapping[str, Interval] = field(default_factory=dict)
    too_large: Callable[[ex.Expression], None] | None = None
    by_zero: Callable[[ex.Expression], None] | None = None

    def __post_init__(self) -> None:
        self._defines: dict[str, Interval] = {}
        self._quantities = {
            "turn": Interval(Fraction(1), Fraction(241)),
            "date": Interval(Fraction(0), Fraction(120_000)),
            "ending": Interval(Fraction(0), Fraction(64)),
            "government": Interval(Fraction(0), Fraction(200)),
            "card": Interval(Fraction(0), Fraction(6000)),
            "score": Interval(Fraction(-1_000_000), Fraction(1_000_000), 100),
        }
        for quantity in self.book.rulebook.quantities:
            low, high = bounds(quantity.unit, quantity.bounds, self.book.vocabulary.ladders)
            if quantity.elsewhere is not None:
                low, high = min(low, quantity.elsewhere), max(high, quantity.elsewhere)
            step = 100 if quantity.unit == "points" else 1
            self._quantities[quantity.id] = Interval(Fraction(low), Fraction(high), step)
        self._quantities.update(self.known)

    def of(self, node: ex.Expression) -> Interval:
        """The interval of an expression; of a truth, within 0 to 1."""
        result = self._of(node)
        if self.too_large is not None and result.largest > LARGEST:
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
                return Interval(Fraction(0), Fraction(MANY)) if several else MAYBE
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
                return Interval(pick(p.low for p in parts), pick(p.high for p in parts), step)
            case ex.Absolute():
                part = self.of(node.part)
                low = Fraction(0) if part.low <= 0 <= part.high else min(abs(part.low), abs(part.high))
                return Interval(low, max(abs(part.low), abs(part.high)), part.step)
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
        return Interval(sum((p.low for p in parts), Fraction(0)), sum((p.high for p in parts), Fraction(0)), step)

    def _product(self, node: ex.Multiply) -> Interval:
        left, right = self.of(node.left), self.of(node.right)
        corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        constant = isinstance(node.left, ex.Number) or isinstance(node.right, ex.Number)
        if constant or left.whole or right.whole:
            step = left.step * right.step
        else:
            step = 10_000
        return Interval(min(corners), max(corners), step)

    def _quotient(self, node: ex.Divide) -> Interval:
        left, right = self.of(node.left), self.of(node.right)
        if isinstance(node.right, ex.Number):
            share = 1 / node.right.value
            ends = sorted((left.low * share, left.high * share))
            return Interval(ends[0], ends[1], left.step * abs(node.right.value.numerator))
        other = None if node.otherwise is None else self.of(node.otherwise)
        if other is None and right.low <= 0 <= right.high and self.by_zero is not None:
            self.by_zero(node)
        common = gcd(left.step, right.step)
        top, bottom = left.largest * (right.step // common) * 200, right.largest * (left.step // common)
        if self.too_large is not None and max(top, bottom) > LARGEST:
            self.too_large(node)
        # The divisor nearest to zero makes the quotient largest; it is at least one step away.
        least = min((abs(end) for end in (right.low, right.high) if end != 0), default=Fraction(1))
        if right.low <= 0 <= right.high:
            least = Fraction(1, right.step)
        size = max(abs(left.low), abs(left.high)) / least
        low = -size if left.low < 0 or right.low < 0 else Fraction(0)
        quotient = Interval(low, size, 100)
        return quotient if other is None else hull(quotient, Interval(other.low, other.high, 100))

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
            return NEVER if body.never else Interval(Fraction(0), Fraction(size))
        if node.kind == "sum":
            low, high = body.low * size, body.high * size
            total = Interval(low, high, body.step)
            return hull(total, NEVER) if maybe else total
        return hull(body, NEVER) if maybe else body


def compare(op: _Op, left: Interval, right: Interval) -> Interval:
    """What a comparison of two independent values can be."""
    match op:
        case "<":
            return ALWAYS if left.high < right.low else NEVER if left.low >= right.high else MAYBE
        case "<=":
            return ALWAYS if left.high <= right.low else NEVER if left.low > right.high else MAYBE
        case ">":
            return compare("<", right, left)
        case ">=":
            return compare("<=", right, left)
        case "==":
            same = left.low == left.high == right.low == right.high
            apart = left.high < right.low or right.high < left.low
            return ALWAYS if same else NEVER if apart else MAYBE
        case _:
            equal = compare("==", left, right)
            return NEVER if equal == ALWAYS else ALWAYS if equal == NEVER else MAYBE


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
        low, high = known.get(left, (whole.low, whole.high))
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
