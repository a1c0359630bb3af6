"""Governments: what orders are worth to a doctrine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from game.scenario.book import Doctrine, WorthRule

from .binding import Things
from .bound import BoundBook, Change, Order, Test
from .numbers import Reader, Snapshot


class Government:
    """What the orders of a seat are worth to one doctrine."""

    def __init__(self, bound: BoundBook, seat: int, doctrine: Doctrine) -> None:
        self.bound, self.doctrine = bound, doctrine
        self.fixed: dict[int, int] = {}
        self.rules: dict[int, list[tuple[Test, Reader]]] = {}
        self.never: dict[int, list[Test]] = {}
        for place, order in enumerate(bound.catalogue):
            if order.seat != seat:
                continue
            effects = sum(self._weighed(change) for change in bound.changes[place] if 0 in change.ages)
            self.fixed[place] = effects - 100 * doctrine.thrift * order.cost
            number = bound.expressions.number
            self.rules[place] = [
                (bound.test(rule.when, order.env), number(rule.worth, order.env).rounded(100))
                for rule in self._about(doctrine.rules, order)
                if rule.worth is not None
            ]
            self.never[place] = [bound.test(line.when, order.env) for line in self._about(doctrine.never, order)]

    def _about(self, rules: Iterable[WorthRule], order: Order) -> list[WorthRule]:
        """The rules that are about an order, or about an answer."""
        choice = None if order.choice is None else order.template.choices[order.choice].id
        about = (order.template.id, choice)
        return [rule for rule in rules if (rule.order, rule.choice) == about and rule.bind.items() <= order.env.items()]

    def _weighed(self, change: Change) -> int:
        """The worth of a constant effect, in hundredths: all matching weights added up. What is paid has none."""
        layout, row = self.bound.layout, change.row
        quantity, things = layout.places[row]
        if change.constant is None or quantity == "purse":
            return 0
        ways = [things, things[::-1]] if quantity in layout.symmetric else [things]
        weight = sum(w for name, args, w in self.doctrine.weights if name == quantity and self._fits(args, ways))
        return weight * change.constant * (100 // layout.scales[row])

    def _fits(self, args: Sequence[str], ways: Iterable[Things]) -> bool:
        """Whether a weight's arguments (`actor`, `any`, a thing or a set) stand for these things."""
        sets, actor = self.bound.book.sets, self.doctrine.seat
        return any(
            all(
                arg == "any" or thing == (actor if arg == "actor" else arg) or thing in sets.get(arg, ())
                for arg, thing in zip(args, things, strict=True)
            )
            for things in ways
        )

    def worth(self, order: int, s: Snapshot) -> int | None:
        """In hundredths; None under a red line."""
        if any(line(s) for line in self.never[order]):
            return None
        return self.fixed[order] + sum(worth(s) for when, worth in self.rules[order] if when(s))
