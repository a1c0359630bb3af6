"""What is read off the rows: snapshots, exact numbers, and truths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .rows import Layout


class Snapshot(list[int]):
    """The rows as they were when a phase began, with what is asked of them more than once.

    given: how often each order was given in the turn that is being resolved.
    """

    def __init__(self, rows: Iterable[int], layout: Layout, given: Mapping[int, int] | None = None) -> None:
        super().__init__(rows)
        self.layout = layout
        self.given = given or {}
        self.memo: dict[object, int] = {}
        self.earlier: dict[int, Counter[int]] = {}

    def remembered(self, ages: int) -> Counter[int]:
        """How often each order was given in the last so many turns before this one."""
        if ages not in self.earlier:
            self.earlier[ages] = Counter(order for order, _, _ in self.layout.remembered(self, ages))
        return self.earlier[ages]


Reader = Callable[[Snapshot], int]
Truth = bool | Callable[[Snapshot], bool]
"""A truth that is known once its slots are bound, or a function."""


def nearest(numerator: int, denominator: int) -> int:
    """A quotient rounded to a whole number, halves away from zero. The denominator is positive."""
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


def whole(value: Fraction) -> int:
    return nearest(value.numerator, value.denominator)


@dataclass(frozen=True)
class Number:
    """Σ coefficient × part + constant, exact; a part is a function that gives a whole number."""

    parts: Mapping[Reader, Fraction]
    constant: Fraction = Fraction(0)

    def times(self, factor: Fraction) -> Number:
        if not factor:
            return Number({})
        return Number({part: c * factor for part, c in self.parts.items()}, self.constant * factor)

    def plus(self, other: Number) -> Number:
        parts = dict(self.parts)
        for part, coefficient in other.parts.items():
            parts[part] = parts.get(part, Fraction(0)) + coefficient
        return Number({part: c for part, c in parts.items() if c}, self.constant + other.constant)

    @property
    def denominator(self) -> int:
        return lcm(self.constant.denominator, *(c.denominator for c in self.parts.values()))

    @property
    def is_whole(self) -> bool:
        return self.denominator == 1

    def scaled(self, scale: int) -> Reader:
        """A function for the number times `scale`, which makes it whole."""
        constant = int(self.constant * scale)
        terms = [(int(c * scale), part) for part, c in self.parts.items()]
        if not terms:
            return lambda s: constant
        if len(terms) == 1:
            ((weight, part),) = terms
            if weight == 1 and constant == 0:
                return part
            return lambda s: weight * part(s) + constant
        return lambda s: sum([weight * part(s) for weight, part in terms], constant)

    def rounded(self, scale: int) -> Reader:
        """A function for the number times `scale`, rounded to a whole number."""
        number = self.times(Fraction(scale))
        denominator = number.denominator
        exact = number.scaled(denominator)
        return exact if denominator == 1 else lambda s: nearest(exact(s), denominator)


def one(part: Reader, denominator: int = 1) -> Number:
    return Number({part: Fraction(1, denominator)})


def as_reader(truth: Truth) -> Callable[[Snapshot], bool]:
    return truth if callable(truth) else (lambda s: truth)


def conjunction(truths: Iterable[Truth]) -> Truth:
    """All of some truths; the rest is not looked at after the first that is known to fail."""
    tests = []
    for truth in truths:
        if truth is False:
            return False
        if callable(truth):
            tests.append(truth)
    if len(tests) < 2:
        return tests[0] if tests else True

    def every(s: Snapshot) -> bool:
        for test in tests:  # noqa: SIM110 - a generator is slower
            if not test(s):
                return False
        return True

    return every


def negation(truth: Truth) -> Truth:
    return (lambda s: not truth(s)) if callable(truth) else not truth
