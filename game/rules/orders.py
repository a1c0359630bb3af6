"""The phase of orders: costs, immediate effects, programmes still running, delayed effects.

Constant effects stand in one table by age and order, read only for the orders given and added up in one
go. Effects that depend on the state are evaluated for all bindings and masked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from game.rules.catalogue import Catalogue
from game.rules.compile import Compiler
from game.rules.ledger import Change, Ledger, Note
from game.rules.nodes import MAX_AGES, Array, Frame, Node
from game.rules.phase import Effect, Scatter, clip, read_effect, scatter
from game.rules.terms import Environment
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
    """Constant effects of orders at every age. counts, starts: of the entries of age × orders + order.

    rows: the changed row, by its place in the phase; full, half: raw amounts; terms: names.
    """

    counts: NDArray[np.intp]
    starts: NDArray[np.intp]
    rows: NDArray[np.intp]
    full: NDArray[np.int32]
    half: NDArray[np.int32]
    terms: list[str]


def given_columns(values: Array, games: int) -> tuple[Array, Array]:
    """The values above nought of a block [.., games] and the column of each."""
    flat = values.reshape(-1)
    # Places are found four times as fast among truths, and a division is cheaper than a remainder.
    places = np.flatnonzero(flat != 0)
    return flat.take(places), places - places // games * games


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
        self.names = [
            template if choice is None else f"{template}.{choice}"
            for template, choice in zip(catalogue.template, catalogue.choice, strict=True)
        ]
        self.rows = sorted(touched)
        self.where = np.array(self.rows, np.intp)
        self.local = {row: i for i, row in enumerate(self.rows)}
        self.low, self.high = layout.low[self.rows], layout.high[self.rows]
        self.table = self._table(constants)
        self.with_effects = self._with_effects(constants)
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
        env = Environment(tuple(template.slots), bindings)
        for effect in effects:
            factor = Fraction(compiler.turn_months, 3) if effect.change.per_quarter else Fraction(1)
            full = read_effect(compiler, effect, env, factor, template.halves)
            if not full.rows:
                continue
            assert full.half is not None
            amounts, halves = full.constants(full.amount), full.constants(full.half)
            for age in effect_ages(effect, template.runs, compiler.turn_months):
                if amounts is not None and halves is not None and not full.assigns:
                    for owner, row, amount, half in zip(full.owners, full.rows, amounts, halves, strict=True):
                        constants[age].setdefault(orders[owner], []).append((row, amount, half, effect.id))
                    continue
                index = np.array([orders[owner] for owner in full.owners], np.intp)
                dense = Dense(template.id, full, bindings, index, full.half, template.halves)
                self.dense.setdefault(age, []).append(dense)

    def _table(self, constants: dict[int, dict[int, list[tuple[int, int, int, str]]]]) -> Table:
        """All constant effects, grouped by age and order."""
        size = self.catalogue.size
        counts = np.zeros(size * (self.ages + 1), np.intp)
        flat: list[tuple[int, int, int, str]] = []
        for age in range(self.ages + 1):
            for order in sorted(constants[age]):
                counts[age * size + order] = len(constants[age][order])
                flat += constants[age][order]
        rows = np.array([self.local[row] for row, *_ in flat], np.intp)
        full = np.array([amount for _, amount, *_ in flat], np.int32)
        half = np.array([halved for _, _, halved, _ in flat], np.int32)
        return Table(counts, counts.cumsum() - counts, rows, full, half, [term for *_, term in flat])

    def _with_effects(
        self, constants: dict[int, dict[int, list[tuple[int, int, int, str]]]]
    ) -> dict[int, NDArray[np.bool_]]:
        """For each age at which anything happens: which orders have an effect then, bool [orders]."""
        found: dict[int, NDArray[np.bool_]] = {}
        for age in range(self.ages + 1):
            dense = [d.orders for d in self.dense.get(age, [])]
            if constants[age] or dense:
                some = np.zeros(self.catalogue.size, np.bool_)
                some[list(constants[age])] = True
                for orders in dense:
                    some[orders] = True
                found[age] = some
        return found

    def immediate(self, part: slice) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int32]]:
        """The constant effects of age 0 of some orders: (place of the order in the slice, row, full amount)."""
        counts = self.table.counts[part]
        entries = slice(self.table.starts[part.start], self.table.starts[part.start] + int(counts.sum()))
        owner = np.repeat(np.arange(part.stop - part.start), counts)
        return owner, np.array(self.rows, np.intp)[self.table.rows[entries]], self.table.full[entries]

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

    def recalled(self, state: Array) -> Callable[[], Array]:
        """The memory as bits: in which turns before each order was given, uint16 [orders, games]; made when asked."""
        made: list[Array] = []

        def bits() -> Array:
            if not made:
                games = state.shape[1]
                found = np.zeros((self.catalogue.size, games), np.uint16)
                flat = found.reshape(-1)
                block = self.memory_block(state)
                for age in range(min(self.ages, MAX_AGES)):
                    values, columns = given_columns(block[:, age], games)
                    flat[((values - 1) >> 1) * games + columns] |= np.uint16(1 << age)
                made.append(found)
            return made[0]

        return bits

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
        kept = np.ascontiguousarray(orders[:, : self.places]) + np.int32(1)
        taken, columns = given_columns(kept, games)
        given = taken.astype(np.intp) - 1
        half = self._halved(given, columns, frame)
        votes, vote_columns = given_columns(orders[:, self.places :] + np.int32(1), games)
        kept += np.maximum(kept - 1, 0)
        kept_flat = kept.reshape(-1)
        kept_flat[np.flatnonzero(kept_flat != 0)] += half
        index = np.concatenate([given, votes.astype(np.intp) - 1])
        halves = np.concatenate([half, np.zeros(len(votes), np.bool_)])
        of_games = np.concatenate([columns, vote_columns])
        sets: list[tuple[Dense, Array, Array]] = []
        by_age = [(0, index, halves, of_games)]
        by_age += [(age, *self._from_memory(state, age)) for age in range(1, self.ages + 1) if age in self.with_effects]
        self._constant(by_age, delta, ledger)
        for age, orders_of, half_of, columns_of in by_age:
            self._dense(age, orders_of, half_of, columns_of, frame, delta, sets, ledger)
        self.count(np.bincount(index, minlength=self.catalogue.size), fired)
        self._finish(state, delta, sets, ledger)
        return kept

    def _halved(self, given: Array, columns: Array, frame: Frame) -> Array:
        """Which orders were given within nine months before and so have half effect."""
        half = self.catalogue.halves.take(given)
        if self.half_ages and half.any():
            assert frame.recalled is not None
            bits = frame.recalled().reshape(-1).take(given * frame.games + columns)
            half &= (bits & np.uint16((1 << self.half_ages) - 1)) != 0
        else:
            half = np.zeros(len(given), np.bool_)
        return half

    def _from_memory(self, state: Array, age: int) -> tuple[Array, Array, Array]:
        """The orders of an earlier turn that still have an effect: index, half, column."""
        values, columns = given_columns(self.memory_block(state)[:, age - 1], state.shape[1])
        found = values.astype(np.intp) - 1
        index = found >> 1
        keep = np.flatnonzero(self.with_effects[age].take(index))
        return index[keep], (found[keep] & 1).astype(np.bool_), columns[keep]

    def count(self, counts: Array, fired: dict[str, int]) -> None:
        """Add up how often each order was given. counts [orders]."""
        for order in counts.nonzero()[0].tolist():
            name = self.names[order]
            fired[name] = fired.get(name, 0) + int(counts[order])

    def _constant(self, by_age: Sequence[tuple[int, Array, Array, Array]], delta: Array, ledger: Ledger | None) -> None:
        """Add the constant effects of orders of all ages, entry by entry of the table."""
        table, size = self.table, self.catalogue.size
        keys = np.concatenate([index + age * size for age, index, _, _ in by_age])
        half = np.concatenate([halves for _, _, halves, _ in by_age])
        columns = np.concatenate([columns for *_, columns in by_age])
        counts = table.counts.take(keys)
        ends = counts.cumsum()
        if not len(ends) or not ends[-1]:
            return
        owner = np.repeat(np.arange(len(keys)), counts)
        entries = np.arange(ends[-1]) + (table.starts.take(keys) - ends + counts).take(owner)
        amounts = table.full.take(entries)
        halved = half.take(owner)
        if halved.any():
            amounts = np.where(halved, table.half.take(entries), amounts)
        of_games = columns.take(owner)
        np.add.at(delta.reshape(-1), table.rows.take(entries) * delta.shape[1] + of_games, amounts)
        if ledger is not None:
            self._note_constant(keys.take(owner) % size, of_games, entries, amounts, ledger)

    def _note_constant(self, orders: Array, columns: Array, entries: Array, amounts: Array, ledger: Ledger) -> None:
        for place, column in enumerate(ledger.columns):
            own = np.flatnonzero(columns == column)
            rows = self.where.take(self.table.rows.take(entries.take(own))).tolist()
            for order, at, row, amount in zip(
                orders.take(own).tolist(), entries.take(own).tolist(), rows, amounts.take(own).tolist(), strict=True
            ):
                entry = self.catalogue.entries[order]
                term = self.table.terms[at]
                cause = "cost" if term == "cost" else "choice" if entry.choice else "action"
                name = entry.template + (f".{entry.choice}" if entry.choice else "")
                ledger.add_one(place, Change(self.name, cause, name, entry.args, term, row, amount))

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
        seen = ledger.seen(values)
        if not np.count_nonzero(seen):
            return
        orders = one.orders.tolist()
        choice = self.catalogue.choice[orders[0]]
        name = one.template + (f".{choice}" if choice else "")
        cause = "choice" if choice else "action"
        owners = one.effect.owners
        ledger.add(Note(self.name, cause, name, one.bindings, owners, one.effect.id, one.effect.rows, seen))

    def _finish(
        self, state: Array, delta: Array, sets: list[tuple[Dense, Array, Array]], ledger: Ledger | None
    ) -> None:
        block = state.take(self.where, axis=0)
        for one, mask, amount in reversed(sets):
            for element in range(len(one.effect.rows) - 1, -1, -1):
                row = self.local[one.effect.rows[element]]
                block[row] = np.where(mask[element], amount[element], block[row])
        block += delta
        free = None if ledger is None else ledger.seen(block)
        clip(block, self.low, self.high)
        if ledger is not None and free is not None:
            ledger.add_bounds(self.name, self.rows, ledger.seen(block) - free)
        state[self.where] = block
