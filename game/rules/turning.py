"""A whole turn on blocks of games: what `advance` does phase by phase, with the state of a block at hand throughout.

Imported only where Numba is installed. The orders and the events, which NumPy computes in `orders.py` and
`events.py`, are made into programs here. What comes out is what NumPy computes, bit by bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from game.rules import chance
from game.rules import kernels as k
from game.rules.layout import estimate
from game.rules.nodes import MAX_AGES
from game.rules.phase import Effect
from game.rules.program import Assignment, Program, Sealed, UnsupportedError, twice

if TYPE_CHECKING:
    from game.rules.events import EventPhase
    from game.rules.machine import Block, Machine
    from game.rules.orders import OrderPhase
    from game.rules.phase import Words
    from game.rules.ruleset import Ruleset

Array = NDArray[Any]


def orders_program(program: Program, phase: OrderPhase) -> None:
    """The effects of orders that depend on the state, and the bounds of all; `kernels.give` adds the constant ones."""
    sets: list[tuple[int, Any]] = []
    for age, dense in sorted(phase.dense.items()):
        for one in dense:
            if one.effect.assigns:
                sets.append((age, one))
                continue
            effect, size = one.effect, len(one.effect.rows)
            amount = program.small(effect.amount)
            half = program.small(one.half) if one.halves else -1
            condition = -1 if effect.condition is None else program.small(effect.condition)
            steps = [0 if node is None else program.step(node) for node in (effect.condition, one.half)]
            at = program.many([*(phase.local[row] for row in effect.rows), *one.orders.tolist(), *steps])
            program.op(k.MARKED, amount, size, program.step(effect.amount), condition, at, half, age)
            program.settle()

    def assign() -> None:
        for age, one in reversed(sets):
            effect, size = one.effect, len(one.effect.rows)
            mark = program.fresh(size)
            program.op(k.MARKS, mark, size, 0, 0, program.many(one.orders.tolist()), 0, age)
            owned = Effect(effect.id, None, tuple(range(size)), effect.rows, effect.amount, effect.condition, True)
            program.effect(k.SET, phase.local, owned, mark, size)
            program.settle()

    program.bounded(phase.rows, phase.low, phase.high, assign)


class EventsProgram:
    """The phase of events as a program. now: the register of the turn; dated: registers of dated events."""

    def __init__(self, program: Program, events: EventPhase) -> None:
        self.months = events.turn_months
        self.now = program.fresh(1)
        self.dated: list[tuple[int, int]] = []
        sizes = [len(events.phase.rules[h.rule].bindings) for h in events.happenings]
        masks = [program.fresh(size) for size in sizes]
        last = events.last.rows.start
        nought = program.fresh(1)
        cards = len(events.seat_of_card)
        wishes, keys, ahead = [nought] * cards, [(0, 0)] * cards, [0] * cards
        for happening, mask, size in zip(events.happenings, masks, sizes, strict=True):
            rule = events.phase.rules[happening.rule]
            waits = events.cooldowns[happening.instances, 0].tolist()
            rows = range(last + happening.instances.start, last + happening.instances.stop)
            at = program.many([n for pair in zip(rows, waits, strict=True) for n in pair])
            fresh = program.fresh(size)
            program.op(k.FRESH, fresh, size, self.now, at)
            parts = [fresh, 1]
            if happening.template.date is not None:
                self.dated.append((program.fresh(1), happening.template.date))
                parts += [self.dated[-1][0], 0]
            assert rule.keys is not None
            words = list(zip(rule.keys[0][:, 0].tolist(), rule.keys[1][:, 0].tolist(), strict=True))
            if rule.when is not None:
                parts += [program.small(rule.when), program.step(rule.when)]
            if rule.odds is not None:
                hit = program.fresh(size)
                odds = program.small(rule.odds)
                program.op(k.DRAW, hit, size, odds, program.step(rule.odds), len(program.keys))
                program.keys += words
                parts += [hit, 1]
            program.op(k.LOGIC, mask, size, program.many(parts), len(parts) // 2, k.EVERY)
            program.settle()
            if happening.cards is not None:
                own = happening.cards
                wishes[own] = range(mask, mask + size)
                keys[own] = words
                ahead[own] = [(9 - happening.template.priority) << chance.BITS] * size
        dealt = self._deal(program, events, wishes, keys, ahead) if cards else None
        sets: list[Assignment] = []
        for happening, mask, size in zip(events.happenings, masks, sizes, strict=True):
            rule = events.phase.rules[happening.rule]
            if happening.cards is not None:
                assert dealt is not None
                program.op(k.STACK, mask, size, program.many([dealt[0] + c for c in range(cards)][happening.cards]))
            program.op(k.HITS, mask, size, len(program.names), 1)
            program.names.append(happening.template.id)
            program.effects(events.phase, happening.rule, mask, size, sets)
            program.settle()
        for place in events.plain:
            program.rule(events.phase, place, sets)
        program.finish(events.phase, sets)
        for happening, mask, size in zip(events.happenings, masks, sizes, strict=True):
            rows = range(last + happening.instances.start, last + happening.instances.stop)
            program.op(k.STAMP, mask, size, self.now, program.many(rows))
        card = events.card.rows
        none = program.fresh(len(card)) if dealt is None else dealt[1]
        program.op(k.STORE, none, len(card), 0, program.many(card))

    @staticmethod
    def _deal(
        program: Program, events: EventPhase, wishes: list[int], keys: list[tuple[int, int]], ahead: list[int]
    ) -> tuple[int, int]:
        """(register of which cards are dealt, register of each seat's card)."""
        cards, seats = len(wishes), len(events.seat_cards)
        rank, dealt = program.fresh(cards), program.fresh(seats)
        program.op(k.STACK, rank, cards, program.many(wishes))
        awake = -1 if events.active is None else program.small(events.active)
        at = program.many([n for pair in zip(ahead, events.seat_of_card.tolist(), strict=True) for n in pair])
        program.op(k.RANK, rank, cards, len(program.keys), at, awake)
        program.keys += keys
        own = program.many([n for group in events.seat_cards for n in (len(group), *group.tolist())])
        program.op(k.DEAL, rank, seats, dealt, own)
        program.settle()
        return rank, dealt


class Turning:
    """The turn of one ruleset. Raises UnsupportedError where something cannot be computed."""

    def __init__(self, ruleset: Ruleset, machine: Machine) -> None:
        self.ruleset, self.machine = ruleset, machine
        phase, catalogue = ruleset.orders, ruleset.catalogue
        if ruleset.ages > MAX_AGES:
            raise UnsupportedError("a longer memory")
        self.orders = twice(lambda program: orders_program(program, phase))[0]
        self.events, self.happening = twice(lambda program: EventsProgram(program, ruleset.events))
        self.endings, self.ends = twice(lambda program: program.keep(ruleset.endings))
        self.stops = np.array([[ending.stops] for ending in ruleset.book.endings])
        self.halves = catalogue.halves.astype(np.int32)
        self.ages = (1 << phase.half_ages) - 1
        self.halving = int(any(one.halves for age, dense in phase.dense.items() if age for one in dense))
        table = phase.table
        self.table = tuple(
            np.concatenate([part, [0]]).astype(np.int32)
            for part in (table.counts, table.starts, table.rows, table.full, table.half)
        )

    def run(self, state: Array, orders: Array, words: Words, turn: int, fired: dict[str, int]) -> None:
        """Resolve a turn in place. orders int32 [seats, places, games] with defaults; count what took effect."""
        ruleset, machine = self.ruleset, self.machine
        layout, games = ruleset.layout, state.shape[1]
        ending_row = layout.row("ending")
        running = state[ending_row] == 0
        first = [*self._sealed(ruleset.phases.values()), self.events, *self._sealed((ruleset.measure, ruleset.score))]
        opening = self._sealed((ruleset.opening(turn + 1),))
        counts: dict[int, Array] = {id(p): np.zeros(len(p.names) + 1, np.int64) for p in (*first, *opening)}
        times = np.zeros(ruleset.catalogue.size, np.int64)
        goes_on = False
        with machine.lock:
            for part, block in machine.cut(games):
                lanes = part.stop - part.start
                block.state[:, :lanes] = state[:, part]
                block.low[:lanes], block.high[:lanes] = words[0][part], words[1][part]
                block.orders[:, :, :lanes] = orders[:, :, part]
                own = running[part]
                if not own.all():
                    block.orders[:, :, :lanes][:, :, ~own] = -1
                machine.recall(block)
                self._give(block, times, lanes)
                for program in first:
                    self._program(program, block, lanes, counts, turn)
                k.forget(block.orders, block.given, lanes)
                self._end(block, lanes, turn, ending_row)
                over = np.flatnonzero(block.state[ending_row, :lanes] != 0)
                goes_on = goes_on or len(over) < lanes or not own.all()
                kept_back = block.state[:, over].copy()
                self._open(block)
                for program in opening:
                    if program.asks_memory:
                        machine.recall(block)
                    self._program(program, block, lanes, counts, turn)
                block.state[:, over] = kept_back
                if own.all():
                    state[:, part] = block.state[:, :lanes]
                else:
                    columns = np.flatnonzero(own)
                    state[:, part.start + columns] = block.state[:, columns]
        ruleset.orders.count(times, fired)
        for program in (*first, *(opening if goes_on else ())):
            count(program, counts[id(program)], games, fired)

    def _sealed(self, phases: Any) -> list[Sealed]:
        return [self.machine.program(phase) for phase in phases if phase.rules]

    def _give(self, block: Block, times: Array, lanes: int) -> None:
        own = self.orders.registers(block.lanes)
        own.delta[:] = 0
        give: Any = k.give
        give(
            block.orders, block.memory, block.given, block.recalled, block.halved, self.halving, block.kept,
            self.halves, self.ages, *self.table, own.delta, times, lanes,
        )  # fmt: skip
        self.machine.go_on(block, self.orders, lanes, times)

    def _program(self, program: Sealed, block: Block, lanes: int, counts: dict[int, Array], turn: int) -> None:
        if program is self.events:
            happening, date = self.happening, self.ruleset.first_month + (turn - 1) * self.ruleset.turn_months
            registers = program.registers(block.lanes).narrow
            registers[happening.now] = turn
            for register, month in happening.dated:
                registers[register] = date <= month < date + happening.months
        self.machine.run(block, program, lanes, counts[id(program)])

    def _end(self, block: Block, lanes: int, turn: int, row: int) -> None:
        """See `advance._end`."""
        last = turn >= self.ruleset.turns
        if not last and not self.stops.any():
            return
        self.machine.run(block, self.endings, lanes, np.zeros(1, np.int64))
        holds = self.endings.registers(block.lanes).narrow[self.ends : self.ends + len(self.stops)] != 0
        if not last:
            holds &= self.stops
        default = len(self.stops) if last else 0
        block.state[row] = np.where(holds.any(axis=0), holds.argmax(axis=0) + 1, default)

    def _open(self, block: Block) -> None:
        """See `advance._open_next`."""
        ruleset, state, memory = self.ruleset, block.state, block.memory
        state[ruleset.layout.row("turn")] += 1
        state[ruleset.layout.row("date")] += ruleset.turn_months
        for rows, values in ruleset.turn_rows:
            state[rows] = values
        for truth, shown, scale in ruleset.estimates:
            state[shown] = estimate(state[truth], scale)
        if ruleset.ages:
            for age in range(ruleset.ages - 1, 0, -1):
                memory[:, age] = memory[:, age - 1]
            memory[:, 0] = block.kept


def count(program: Sealed, hits: Array, games: int, fired: dict[str, int]) -> None:
    """Add up how often each rule of a program took effect."""
    for name, times in zip(program.names, hits.tolist(), strict=False):
        if times:
            fired[name] = fired.get(name, 0) + times
    for name, size in program.always:
        fired[name] = fired.get(name, 0) + size * games
