"""A whole turn as programs for the accelerator: what `advance` does phase by phase.

The orders and the events, which NumPy computes in `orders.py` and `events.py`, are made into programs here. What
comes out is what NumPy computes, bit by bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from game.rules import chance
from game.rules.codes import FALSE, LANES, SCRATCH, TRUE, Op
from game.rules.layout import ESTIMATE_STEP
from game.rules.machine import Machine, plain
from game.rules.program import Assignment, Program

if TYPE_CHECKING:
    from game.rules.assemble import Sealed
    from game.rules.events import EventPhase, Happening
    from game.rules.orders import Dense, OrderPhase
    from game.rules.phase import Words
    from game.rules.places import Places
    from game.rules.ruleset import Ruleset

Array = NDArray[Any]


class Turning:
    """The turn of one ruleset. Raises UnsupportedError where something cannot be computed."""

    def __init__(self, ruleset: Ruleset, machine: Machine) -> None:
        self.ruleset, self.machine = ruleset, machine
        self.main = machine.program(lambda program: whole(program, ruleset))
        self.closing = machine.program(lambda program: endings(program, ruleset))
        self.dating = machine.program(lambda program: calendar(program, ruleset))
        self._openings: dict[int, Sealed] = {}
        catalogue, table = ruleset.catalogue, ruleset.orders.table
        self.halves = catalogue.halves.astype(np.int32)
        self.counts, self.starts = table.counts.astype(np.int64), table.starts.astype(np.int64)
        self.full, self.half = (_operands(machine.places, table.rows, part) for part in (table.full, table.half))
        self.needed = np.array([(0, ruleset.layout.size)], np.int64)
        self.stops = np.array([ending.stops for ending in ruleset.book.endings], np.int32)
        self.back = np.zeros((ruleset.layout.size, LANES), np.int32)

    def _opening(self, turn: int) -> Sealed:
        """What opens a turn, made once."""
        own = turn if turn in self.ruleset.scheduled else 0
        if own not in self._openings:
            phase = self.ruleset.opening(own)
            self._openings[own] = self.machine.program(lambda program: program.phase(phase))
        return self._openings[own]

    def run(self, state: Array, orders: Array, words: Words, turn: int, fired: dict[str, int]) -> None:
        """Resolve a turn in place. orders int32 [seats, places, games] with defaults; count what took effect."""
        ruleset, machine = self.ruleset, self.machine
        ending = state[ruleset.layout.row("ending")]
        running, games = np.count_nonzero(ending == 0), state.shape[1]
        times = np.zeros(ruleset.catalogue.size, np.int64)
        own_state = plain(state)
        with machine.lock:
            opening = self._opening(turn + 1)
            hits, opened = (np.zeros(len(program.names) + 1, np.int64) for program in (self.main, opening))
            own = machine.registers
            machine.kernels.turn(
                own_state, plain(orders), *words, own.numbers, self.back, own.truths, own.wides,
                machine.facts, machine.big, self.needed, self.main.ops, self.closing.ops, self.dating.ops,
                opening.ops, self.halves, self.counts, self.starts, self.full, self.half, self.stops, times, hits,
                opened, turn, ruleset.first_month + (turn - 1) * ruleset.turn_months, turn >= ruleset.turns,
                opening.asks_memory,
            )  # fmt: skip
        if own_state is not state:
            state[:] = own_state
        ruleset.orders.count(times, fired)
        _count(self.main, hits, games, fired)
        if running < games or not ending.all():
            _count(opening, opened, games, fired)


def _operands(places: Places, rows: Array, amounts: Array) -> NDArray[np.int32]:
    """What orders add, as operands of an addition where `SCRATCH` holds."""
    columns = [places.delta + rows, amounts, np.full(len(rows), SCRATCH)]
    return np.ascontiguousarray(np.stack(columns, axis=1).reshape(-1), np.int32)


def _count(program: Sealed, hits: Array, games: int, fired: dict[str, int]) -> None:
    """Add up how often each rule of a program took effect."""
    for name, times in zip(program.names, hits.tolist(), strict=False):
        if times:
            fired[name] = fired.get(name, 0) + times
    for name, size in program.always:
        fired[name] = fired.get(name, 0) + size * games


def whole(program: Program, ruleset: Ruleset) -> None:
    """Orders, phases, events, measures and scores."""
    _orders(program, ruleset.orders)
    for phase in ruleset.phases.values():
        if phase.rules:
            program.phase(phase)
    _events(program, ruleset.events)
    for phase in (ruleset.measure, ruleset.score):
        if phase.rules:
            program.phase(phase)


def _orders(program: Program, phase: OrderPhase) -> None:
    """The effects of orders that depend on the state, and the bounds of all; `kernels` adds the constant ones."""
    sets: list[tuple[int, Dense]] = []
    for age, dense in sorted(phase.dense.items()):
        for one in dense:
            if one.effect.assigns:
                sets.append((age, one))
            else:
                _order_adds(program, phase, age, one)
    block: dict[int, int] = {}
    for age, one in reversed(sets):
        program.assign(block, one.effect, program.under(one.effect.condition, _given(program, age, one)))
    program.bounded(phase, block, set(phase.rows))


def _given(program: Program, age: int, one: Dense, half: bool = False) -> list[int]:
    """Where orders were given so many turns ago, or given with half effect."""
    places = program.places
    if age == 0:
        first = places.half if half else places.given
    else:
        first = places.halved(age - 1) if half else places.recalled(age - 1)
    return [first + order for order in one.orders.tolist()]


def _order_adds(program: Program, phase: OrderPhase, age: int, one: Dense) -> None:
    given, effect = _given(program, age, one), one.effect
    with program.where(given):
        held = program.under(effect.condition, given)
        if one.halves:
            less = _given(program, age, one, half=True)
            halved = program.each(len(held), program.both, held, less)
            program.add_rows(effect.rows, phase.local, program.numbers(one.half), halved)
            full = program.make([program.opposite(truth) for truth in less])
            held = program.each(len(held), program.both, held, full)
        program.add_rows(effect.rows, phase.local, program.numbers(effect.amount), held)


def _events(program: Program, phase: EventPhase) -> None:
    """What happens, which card reaches which seat, and the rules of the phase."""
    masks = [_wish(program, phase, happening) for happening in phase.happenings]
    _deal(program, phase, masks)
    sets: list[Assignment] = []
    for place, happening in enumerate(phase.happenings):
        if happening.cards is not None:
            first = program.places.dealt + happening.cards.start
            masks[place] = list(range(first, first + len(masks[place])))
        with program.where(masks[place]):
            program.hits(happening.template.id, masks[place], 1)
            program.effects(phase.phase, happening.rule, masks[place], sets)
    for place in phase.plain:
        program.rule(phase.phase, place, sets)
    program.finish(phase.phase, sets)
    now, last = program.places.now, phase.last.rows.start
    for happening, mask in zip(phase.happenings, masks, strict=True):
        rows = range(last + happening.instances.start, last + happening.instances.stop)
        program.do(Op.STAMP, [(row, truth, now) for row, truth in zip(rows, mask, strict=True)])
    program.do(Op.STORE, [(row, program.places.card + seat) for seat, row in enumerate(phase.card.rows)])


def _wish(program: Program, phase: EventPhase, happening: Happening) -> list[int]:
    """Words of where an event would fire."""
    rule, places = phase.phase.rules[happening.rule], program.places
    mask = program.slot(len(rule.bindings))
    rows = range(phase.last.rows.start + happening.instances.start, phase.last.rows.start + happening.instances.stop)
    waits = phase.cooldowns[happening.instances, 0].tolist()
    dated, date = TRUE, happening.template.date
    if date is not None:
        dated = program.make([(Op.DATED, date, phase.turn_months, places.date)])[0]
    with program.where([dated]), program.holding(rule.when) as held:
        fresh = program.make([(Op.FRESH, row, wait, places.now) for row, wait in zip(rows, waits, strict=True)])
        ready = program.each(len(mask), program.both, program.each(len(mask), program.both, fresh, held), [dated])
        with program.where(ready):
            program.keep_words(mask, program.drawn(rule, ready))
    return mask


def _deal(program: Program, phase: EventPhase, masks: list[list[int]]) -> None:
    """At most one card a seat: highest priority, then lowest draw, then first declared."""
    places = program.places
    wishes = [FALSE] * len(phase.seat_of_card)
    ranks: list[tuple[int, ...]] = [()] * len(phase.seat_of_card)
    active = None if phase.active is None else program.truths(phase.active)
    for happening, mask in zip(phase.happenings, masks, strict=True):
        if happening.cards is None:
            continue
        keys = phase.phase.rules[happening.rule].keys
        assert keys is not None
        ahead = (9 - happening.template.priority) << chance.BITS
        for place, truth in enumerate(mask):
            words = int(keys[0][place, 0]), int(keys[1][place, 0])
            card = happening.cards.start + place
            wishes[card], ranks[card] = truth, (*words, ahead, places.low, places.high)
    for seat, own in enumerate(phase.seat_cards):
        program.do(Op.STORE, [(places.card + seat, program.number(0))])
        program.do(Op.KEEP_WORD, [(places.dealt + card, FALSE) for card in own.tolist()])
        cards = [card for card in own.tolist() if wishes[card] != FALSE]
        if not cards:
            continue
        with program.where([wishes[card] for card in cards]):
            awake = [TRUE if active is None else active[seat]]
            held = program.each(len(cards), program.both, [wishes[card] for card in cards], awake)
            values = program.make([(Op.RANK, truth, *ranks[card]) for card, truth in zip(cards, held, strict=True)])
            each = [
                n for card, value in zip(cards, values, strict=True) for n in (card + 1, value, places.dealt + card)
            ]
            program.do(Op.DEAL, [(places.card + seat, places.best, len(cards), *each)], program.behind(values))


def endings(program: Program, ruleset: Ruleset) -> None:
    """Which endings hold."""
    held = program.truths(ruleset.endings)
    program.keep_words([program.places.ends + place for place in range(len(held))], held)


def calendar(program: Program, ruleset: Ruleset) -> None:
    """The next turn's date, quantities of one turn, estimates, memory; see `advance._open_next`."""
    layout, places = ruleset.layout, program.places
    stored = []
    for name, more in (("turn", 1), ("date", ruleset.turn_months)):
        row = layout.row(name)
        stored.append((row, program.make([program.add(row, program.number(more))])[0]))
    for rows, values in ruleset.turn_rows:
        full = np.broadcast_to(values, (rows.stop - rows.start, 1))[:, 0].tolist()
        stored += [(row, program.number(value)) for row, value in zip(range(rows.start, rows.stop), full, strict=True)]
    program.barrier()
    program.do(Op.STORE, stored)
    shown: list[tuple[int, int]] = []
    for truth, copy, scale in ruleset.estimates:
        source = list(range(truth.start, truth.stop))
        if scale != 1:
            source = _estimates(program, ruleset, source, ESTIMATE_STEP * scale)
        shown += zip(range(copy.start, copy.stop), source, strict=True)
    program.barrier()
    program.do(Op.STORE, shown)
    memory, kept = ruleset.orders.memory.rows.start, ruleset.orders.places
    moved = []
    for seat in range(len(ruleset.seats)):
        for age in range(ruleset.ages - 1, -1, -1):
            first = memory + (seat * ruleset.ages + age) * kept
            earlier = first - kept if age else places.kept + seat * kept
            moved += [(first + place, earlier + place) for place in range(kept)]
    program.do(Op.STORE, moved)


def _estimates(program: Program, ruleset: Ruleset, rows: list[int], step: int) -> list[int]:
    """See `layout.estimate`."""
    low, high = int(ruleset.layout.low[rows].min()), int(ruleset.layout.high[rows].max())
    parts = program.divided(rows, low, high, step, step // 2, True)
    return program.each(len(rows), program.times, parts, [program.number(step)])
