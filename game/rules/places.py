"""Rows and words with a fixed place in the accelerator's registers, the same for all programs of a ruleset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.rules.codes import SCRATCH

if TYPE_CHECKING:
    from game.rules.ruleset import Ruleset


class Places:
    """Where things stand. Of numbers, in rows: the state first, then what each attribute says; of truths, in words.

    low, high: the luck of each game in this turn; now, date: the turn and its month; kept [seat, place]: orders as
    the memory will keep them; card [seat], best: while cards are dealt; purse, limit [seat], top, worth [order]:
    while orders are chosen; delta: what a phase adds; numbers: free from here on. legal, given, half [order];
    recalled, halved (age) [order]: orders of earlier turns; dealt [card]; ends [ending]; slots: free from here on.
    big: the large constants of all programs; tables: where they stand.
    """

    def __init__(self, ruleset: Ruleset) -> None:
        self.big: list[int] = []
        self.tables: dict[tuple[int, ...], int] = {}
        orders, seats = ruleset.catalogue.size, len(ruleset.seats)
        self.rows, self.orders, self.ages = ruleset.layout.size, orders, ruleset.ages
        self.low = self.rows
        self.high, self.now, self.date = self.low + 1, self.low + 2, self.low + 3
        self.kept = self.date + 1
        self.card = self.kept + seats * ruleset.orders.places
        self.best = self.card + seats
        self.purse = self.best + 1
        self.limit = self.purse + seats
        self.top = self.limit + seats
        self.worth = self.top + 1
        self.delta = self.worth + orders
        phases = [*ruleset.phases.values(), ruleset.events.phase, ruleset.measure, ruleset.score, ruleset.calendar]
        phases += [ruleset.opening(turn) for turn in ruleset.scheduled]
        self.numbers = self.delta + max([len(ruleset.orders.rows), *(len(phase.rows) for phase in phases)])
        self.legal = SCRATCH + 1
        self.given = self.legal + orders
        self.half = self.given + orders
        self._recalled = self.half + orders
        self._halved = self._recalled + orders * self.ages
        self.dealt = self._halved + orders * self.ages
        self.ends = self.dealt + len(ruleset.catalogue.cards)
        self.slots = self.ends + len(ruleset.book.endings)

    def recalled(self, age: int) -> int:
        """Where the words of the orders given so many turns before the last one stand."""
        return self._recalled + age * self.orders

    def halved(self, age: int) -> int:
        """The same for those given with half effect."""
        return self._halved + age * self.orders

    def table(self, *numbers: int) -> int:
        """The place of some large constants."""
        at = self.tables.get(numbers)
        if at is None:
            at = self.tables[numbers] = len(self.big)
            self.big += numbers
        return at
