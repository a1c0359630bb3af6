"""What the compiler reckons with before there are arrays: nodes with the slots they depend on, exact sums of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from game.rules import nodes as nd

Domain = tuple[str, ...]
"""The slots a node depends on, in the order of its environment."""


@dataclass(eq=False)
class Environment:
    """Slots and the table of their bindings (rows of thing ids)."""

    slots: tuple[str, ...]
    table: list[tuple[str, ...]]
    _domains: dict[Domain, tuple[list[tuple[str, ...]], dict[tuple[str, ...], int]]] = field(default_factory=dict)
    _maps: dict[tuple[Domain, Domain], list[int]] = field(default_factory=dict)

    def order(self, names: set[str]) -> Domain:
        return tuple(slot for slot in self.slots if slot in names)

    def domain(self, names: Domain) -> list[tuple[str, ...]]:
        """The distinct values of some slots, in order of first appearance."""
        return self._domain(names)[0]

    def _domain(self, names: Domain) -> tuple[list[tuple[str, ...]], dict[tuple[str, ...], int]]:
        if names not in self._domains:
            places = [self.slots.index(name) for name in names]
            rows = self.table if names == self.slots else [tuple([row[p] for p in places]) for row in self.table]
            values = list(dict.fromkeys(rows))
            self._domains[names] = values, {value: i for i, value in enumerate(values)}
        return self._domains[names]

    def index(self, inner: Domain, outer: Domain) -> list[int]:
        """For each value of the slots `outer`, the place of its part in the domain `inner`."""
        if (inner, outer) not in self._maps:
            places = [outer.index(name) for name in inner]
            found = self._domain(inner)[1]
            self._maps[inner, outer] = [found[tuple([row[p] for p in places])] for row in self.domain(outer)]
        return self._maps[inner, outer]


@dataclass(frozen=True)
class Placed:
    """A node with the slots it depends on."""

    node: nd.Node
    domain: Domain


Truth = Placed | bool


@dataclass(frozen=True)
class Sum:
    """Σ factor × node + constant, exact."""

    terms: tuple[tuple[Fraction, Placed], ...] = ()
    constant: Fraction = Fraction(0)

    def times(self, factor: Fraction) -> Sum:
        if factor == 1:
            return self
        if factor == 0:
            return Sum()
        return Sum(tuple((f * factor, p) for f, p in self.terms), self.constant * factor)

    def plus(self, other: Sum) -> Sum:
        if not other.terms or not self.terms:
            return Sum(self.terms or other.terms, self.constant + other.constant)
        # The same node over different slots stands for different things: `heat[a] - heat[b]`.
        merged: dict[tuple[int, Domain], tuple[Fraction, Placed]] = {}
        for factor, placed in (*self.terms, *other.terms):
            known = merged.get((placed.node.id, placed.domain))
            merged[placed.node.id, placed.domain] = (factor + known[0] if known else factor, placed)
        return Sum(tuple(t for t in merged.values() if t[0]), self.constant + other.constant)

    @property
    def whole(self) -> bool:
        return self.constant.denominator == 1 and all(f.denominator == 1 for f, _ in self.terms)

    @property
    def denominator(self) -> int:
        return lcm(self.constant.denominator, *(f.denominator for f, _ in self.terms))

    def slots(self) -> set[str]:
        return {name for _, placed in self.terms for name in placed.domain}
