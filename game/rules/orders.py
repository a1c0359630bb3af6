"""The phase of orders: costs, immediate effects, programmes still running, delayed effects.

Constant effects are padded tables [order, effect] for each age, applied only to the orders given, with one
flat addition. Effects that depend on the state are evaluated for all bindings and masked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from game.rules.catalogue import Catalogue
from game.rules.compile import Compiler
from game.rules.ledger import Ledger, Note
from game.rules.nodes import Array, Frame, Node
from game.rules.phase import Effect, Scatter, read_effect, scatter
from game.scenario.book import ReadEffect, Template

HALF_MONTHS = 9
"""An order repeated within this many months has half its effect."""


@dataclass(frozen=True)
class Dense:
    """A state-dependent effect of an action's orders at one age. orders: index behind each element."""

    template: str
    effect: Effect
    bindings: list[tuple[str, ...]]
    orders: NDArray[np.intp]
    half: Node
    halves: bool


@dataclass(frozen=True)
class Table:
    """Constant effects at one age. rows, full, half: int32 [orders, width]; names of the terms alike."""

    rows: NDArray[np.intp]
    full: NDArray[np.int32]
    half: NDArray[np.int32]
    terms: list[list[str]]
    any: NDArray[np.bool_]


def effect_ages(effect: ReadEffect, runs: int, turn_months: int) -> range:
    """The ages, in turns, at which an order's effect applies."""
    first = effect.change.after // turn_months
    last = max(1, -(-runs // turn_months)) if effect.change.per_quarter else 1
    return range(first, first + last)


def longest_age(actions: Sequence[Template], events: Sequence[Template], turn_months: int) -> int:
    """The last age at which any order or answer still has an effect."""
    ages = [0]
    for action in actions:
        ages += [effect_ages(e, action.runs, turn_months).stop - 1 for e in action.effects]
    for event in events:
        ages += [effect_ages(e, 0, turn_months).stop - 1 for c in event.choices for e in c.effects]
    return max(ages)


class OrderPhase:
    """Everything that orders do, compiled. ages: how many earlier turns the memory keeps."""

    name = "orders"

    def __init__(self, compiler: Compiler, catalogue: Catalogue, ages: int, places: int) -> None:
        self.catalogue, self.ages, self.places = catalogue, ages, places
        self.turn_months = compiler.turn_months
        layout = compiler.layout
        self.purse = np.array([layout.find("purse", (s,)) for s in compiler.book.sets["seats"]], np.intp)
        self.card = layout.quantities["card"]
        self.memory = layout.quantities["memory"]
        defaults = [card.default for card in catalogue.cards]
        self.defaults = np.array([-1, *defaults], np.int32)
        constants: dict[int, dict[int, list[tuple[int, int, int, str]]]] = {age: {} for age in range(ages + 1)}
        self.dense: dict[int, list[Dense]] = {}
        for action in compiler.book.actions:
            self._read(compiler, action, None, constants)
        for event in compiler.book.events:
            for place in range(len(event.choices)):
                self._read(compiler, event, place, constants)
        for order, cost in enumerate(catalogue.cost.tolist()):
            if cost:
                entry = (int(self.purse[catalogue.seat[order]]), -cost, -cost, "cost")
                constants[0].setdefault(order, []).append(entry)
        touched = {row for table in constants.values() for found in table.values() for row, *_ in found}
        touched |= {row for dense in self.dense.values() for d in dense for row in d.effect.rows}
        self.rows = sorted(touched)
        self.where = np.array(self.rows, np.intp)
        self.local = {row: i for i, row in enumerate(self.rows)}
        self.low, self.high = layout.low[self.rows], layout.high[self.rows]
        self.tables = {age: self._table(found) for age, found in constants.items() if found}
        self.scatters: dict[int, list[Scatter]] = {
            age: [scatter([self.local[row] for row in d.effect.rows]) for d in dense]
            for age, dense in self.dense.items()
        }
        half_ages = HALF_MONTHS // self.turn_months
        self.half_ages = min(half_ages, ages)

    def _orders_of(self, template: Template, choice: int | None) -> list[int]:
        if choice is None:
            bindings = self.catalogue.bindings[template.id]
            return [self.catalogue.find(template.id, args)[0] for args in bindings]
        cards = [card for card in self.catalogue.cards if card.event == template.id]
        return [card.orders[choice] for card in cards]

    def _read(
        self,
        compiler: Compiler,
        template: Template,
        choice: int | None,
        constants: dict[int, dict[int, list[tuple[int, int, int, str]]]],
    ) -> None:
        bindings = self.catalogue.bindings[template.id]
        effects = template.effects if choice is None else template.choices[choice].effects
        if not bindings or not effects:
            return
        orders = self._orders_of(template, choice)
        for effect in effects:
            factor = Fraction(compiler.turn_months, 3) if effect.change.per_quarter else Fraction(1)
            full = read_effect(compiler, effect, tuple(template.slots), bindings, factor)
            if not full.rows:
                continue
            half = read_effect(compiler, effect, tuple(template.slots), bindings, factor / 2)
            for age in effect_ages(effect, template.runs, compiler.turn_months):
                if full.constant is not None and not full.assigns:
                    for owner, row in zip(full.owners, full.rows, strict=True):
                        found = constants[age].setdefault(orders[owner], [])
                        found.append((row, full.amount.low, half.amount.low, effect.id))
                    continue
                index = np.array([orders[owner] for owner in full.owners], np.intp)
                dense = Dense(template.id, full, bindings, index, half.amount, template.halves)
                self.dense.setdefault(age, []).append(dense)

    def _table(self, found: dict[int, list[tuple[int, int, int, str]]]) -> Table:
        size, width = self.catalogue.size, max(len(entries) for entries in found.values())
        rows = np.zeros((size, width), np.intp)
        full, half = np.zeros((size, width), np.int32), np.zeros((size, width), np.int32)
        terms: list[list[str]] = [[] for _ in range(size)]
        some = np.zeros(size, np.bool_)
        for order, entries in found.items():
            some[order] = True
            for place, (row, amount, halved, term) in enumerate(entries):
                rows[order, place], full[order, place], half[order, place] = self.local[row], amount, halved
                terms[order].append(term)
        return Table(rows, full, half, terms, some)

    # -- a turn ----------------------------------------------------------------------------------

    def with_defaults(self, state: Array, orders: Array) -> Array:
        """The orders with the default answer of every card that was left open, int32 [seats, places, games]."""
        if not self.catalogue.cards:
            return orders
        cards = state[self.card.rows.start : self.card.rows.stop]
        if not cards.any():
            return orders
        answered = self.catalogue.is_choice.take(orders) & (orders >= 0)
        open_card = (cards > 0) & ~answered.any(axis=1)
        if not open_card.any():
            return orders
        orders = orders.copy()
        place = self.places - 1
        orders[:, place] = np.where(open_card, self.defaults.take(cards), orders[:, place])
        return orders

    def memory_block(self, state: Array) -> Array:
        """The memory as [seats, ages, places, games], a view of the state."""
        rows = self.memory.rows
        return state[rows.start : rows.stop].reshape(len(self.purse), self.ages, self.places, state.shape[1])

    def remembered(self, state: Array) -> Callable[[int], Array]:
        """A function of months that counts each order in the memory so far back, int8 [orders, games]."""
        block = self.memory_block(state)
        games = state.shape[1]
        cache: dict[int, Array] = {}

        def count(months: int) -> Array:
            ages = min(months // self.turn_months, self.ages)
            if ages not in cache:
                nearer = max((age for age in cache if age < ages), default=0)
                counts = cache[nearer].copy() if nearer else np.zeros((self.catalogue.size, games), np.int8)
                part = block[:, nearer:ages]
                places = part.nonzero()
                np.add.at(counts.reshape(-1), ((part[places] - 1) >> 1) * games + places[3], np.int8(1))
                cache[ages] = counts
            return cache[ages]

        return count

    def run(
        self,
        state: Array,
        frame: Frame,
        orders: Array,
        fired: dict[str, int],
        ledger: Ledger | None,
    ) -> Array:
        """Apply the orders and what runs on from earlier turns. Returns them as kept in the memory.

        orders int32 [seats, places, games] with defaults → int32 [seats, remembered places, games].
        """
        games = frame.games
        delta = np.zeros((len(self.rows), games), np.int32)
        seats, places, columns = (orders >= 0).nonzero()
        given = orders[seats, places, columns].astype(np.intp)
        half = np.zeros(len(given), np.bool_)
        repeatable = self.catalogue.halves.take(given) if len(given) else half
        if repeatable.any() and self.half_ages:
            assert frame.remembered is not None
            counts = frame.remembered(HALF_MONTHS)
            half = repeatable & (counts[given, columns] > 0)
        sets: list[tuple[Dense, Array, Array]] = []
        for age in range(self.ages + 1):
            if age == 0:
                index, halves, games_of = given, half, columns
            else:
                index, halves, games_of = self._remembered_orders(state, age)
            if not len(index):
                continue
            self._constant(age, index, halves, games_of, delta, ledger)
            self._dense(age, index, halves, games_of, frame, delta, sets, ledger)
        self._count(given, fired)
        kept = np.zeros((len(self.purse), self.places, games), np.int32)
        keep = places < self.places
        kept[seats[keep], places[keep], columns[keep]] = 1 + 2 * given[keep] + half[keep]
        self._finish(state, delta, sets, ledger)
        return kept

    def _remembered_orders(self, state: Array, age: int) -> tuple[Array, Array, Array]:
        nothing = np.zeros(0, np.intp)
        if age not in self.tables and age not in self.dense:
            return nothing, nothing, nothing
        part = self.memory_block(state)[:, age - 1]
        places = part.nonzero()
        found = part[places] - 1
        return found >> 1, (found & 1).astype(np.bool_), places[2]

    def _count(self, given: Array, fired: dict[str, int]) -> None:
        counts = np.bincount(given, minlength=self.catalogue.size)
        for order in counts.nonzero()[0].tolist():
            choice = self.catalogue.choice[order]
            name = self.catalogue.template[order] + (f".{choice}" if choice else "")
            fired[name] = fired.get(name, 0) + int(counts[order])

    def _constant(
        self, age: int, index: Array, half: Array, columns: Array, delta: Array, ledger: Ledger | None
    ) -> None:
        table = self.tables.get(age)
        if table is None:
            return
        if age:
            keep = table.any.take(index)
            index, half, columns = index[keep], half[keep], columns[keep]
        amounts = table.full.take(index, axis=0)
        if half.any():
            amounts = np.where(half[:, None], table.half.take(index, axis=0), amounts)
        flat = table.rows.take(index, axis=0) * delta.shape[1] + columns[:, None]
        np.add.at(delta.reshape(-1), flat.reshape(-1), amounts.reshape(-1))
        if ledger is not None:
            self._note_constant(table, index, columns, amounts, ledger)

    def _note_constant(self, table: Table, index: Array, columns: Array, amounts: Array, ledger: Ledger) -> None:
        for place, column in enumerate(ledger.columns):
            for one in (columns == column).nonzero()[0].tolist():
                order = int(index[one])
                entry = self.catalogue.entries[order]
                for at, term in enumerate(table.terms[order]):
                    seen = np.zeros((1, len(ledger.columns)), np.int32)
                    seen[0, place] = amounts[one, at]
                    cause = "cost" if term == "cost" else "choice" if entry.choice else "action"
                    name = entry.template + (f".{entry.choice}" if entry.choice else "")
                    row = self.rows[int(table.rows[order, at])]
                    ledger.add(Note(self.name, cause, name, [entry.args], term, [row], seen))

    def _dense(
        self,
        age: int,
        index: Array,
        half: Array,
        columns: Array,
        frame: Frame,
        delta: Array,
        sets: list[tuple[Dense, Array, Array]],
        ledger: Ledger | None,
    ) -> None:
        dense = self.dense.get(age)
        if not dense:
            return
        given = np.zeros((self.catalogue.size, frame.games), np.int8)
        given[index, columns] = 1
        halved = np.zeros((self.catalogue.size, frame.games), np.int8)
        halved[index, columns] = half
        for one, plan in zip(dense, self.scatters[age], strict=True):
            mask = given.take(one.orders, axis=0)
            if not mask.any():
                continue
            if one.effect.condition is not None:
                mask = mask * frame.value(one.effect.condition)
            if one.effect.assigns:
                amount = np.broadcast_to(frame.value(one.effect.amount), mask.shape)
                sets.append((one, mask, amount))
                values = np.multiply(amount - frame.state[list(one.effect.rows)], mask)
            else:
                values = np.multiply(frame.value(one.effect.amount), mask, dtype=np.int32)
                some = halved.take(one.orders, axis=0) if one.halves else None
                if some is not None and some.any():
                    halves = np.multiply(frame.value(one.half), mask, dtype=np.int32)
                    values = np.where(some, halves, values)
                plan.add(delta, values)
            if ledger is not None:
                self._note_dense(one, values, ledger)

    def _note_dense(self, one: Dense, values: Array, ledger: Ledger) -> None:
        seen = values[:, ledger.columns].astype(np.int32)
        if not seen.any():
            return
        orders = one.orders.tolist()
        choice = self.catalogue.choice[orders[0]]
        name = one.template + (f".{choice}" if choice else "")
        bindings = [self.catalogue.args[order] for order in orders]
        cause = "choice" if choice else "action"
        ledger.add(Note(self.name, cause, name, bindings, one.effect.id, one.effect.rows, seen))

    def _finish(
        self, state: Array, delta: Array, sets: list[tuple[Dense, Array, Array]], ledger: Ledger | None
    ) -> None:
        block = state.take(self.where, axis=0)
        for one, mask, amount in reversed(sets):
            for element in range(len(one.effect.rows) - 1, -1, -1):
                row = self.local[one.effect.rows[element]]
                block[row] = np.where(mask[element], amount[element], block[row])
        block += delta
        free = block[:, ledger.columns].copy() if ledger is not None else None
        np.clip(block, self.low, self.high, out=block)
        if ledger is not None and free is not None:
            cut = block[:, ledger.columns] - free
            if cut.any():
                ledger.add(Note(self.name, "bound", "bounds", [()] * len(self.rows), "bounds", self.rows, cut))
        state[self.where] = block
