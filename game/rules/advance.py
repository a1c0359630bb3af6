"""A turn: a pure function of (ruleset, world, orders)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.rules import chance
from game.rules.layout import estimate
from game.rules.ledger import Ledger
from game.rules.machine import machine_of
from game.rules.nodes import Array, Frame
from game.rules.orders import given_columns
from game.rules.phase import Phase
from game.rules.ruleset import Ruleset
from game.rules.world import World

CHUNK = 1024
"""Games resolved at a time: enough to outweigh the cost of calls, and memory that does not grow with the run."""


@dataclass(frozen=True)
class Turn:
    """What a turn gave. fired: how often each rule, order and event took effect over all games."""

    world: World
    fired: Mapping[str, int]
    ledger: Ledger


def start(ruleset: Ruleset, luck: NDArray[np.uint64]) -> World:
    """New games, one for each luck (uint64 [games])."""
    games = len(luck)
    state = np.repeat(ruleset.layout.start, games, axis=1)
    layout = ruleset.layout
    state[layout.row("turn")] = 1
    state[layout.row("date")] = ruleset.first_month
    state[layout.quantities["government"].rows.start : layout.quantities["government"].rows.stop] = _governments(
        ruleset
    )
    luck = np.asarray(luck, np.uint64)
    opening = ruleset.first_opening()
    opening.run(state, Frame(state, _Given(ruleset, no_orders(ruleset, games))), chance.game_words(luck, 1), {}, None)
    return World(state, luck, 1)


def _governments(ruleset: Ruleset) -> Array:
    """Which doctrine rules each seat at the start, by its place among the seat's doctrines."""
    chosen = ruleset.book.scenario.governments
    found = []
    for seat in ruleset.seats:
        own = [d.id for d in ruleset.book.doctrines if d.seat == seat]
        found.append(own.index(chosen[seat]) if seat in chosen and chosen[seat] in own else 0)
    return np.array(found, np.int32).reshape(-1, 1)


def pack(ruleset: Ruleset, queues: Mapping[int, Sequence[int]], games: int = 1) -> NDArray[np.int32]:
    """Orders of some seats as an array [seats, places, games], each in its proper place.

    queues: seat → catalogue indices. Raises ValueError when more are given than there are places.
    """
    orders = no_orders(ruleset, games)
    for seat, queue in queues.items():
        slot, free = 0, ruleset.slot_places + 1
        for order in queue:
            if ruleset.catalogue.choice[order] is not None:
                place = ruleset.slot_places
            elif ruleset.catalogue.free[order]:
                place, free = free, free + 1
            else:
                place, slot = slot, slot + 1
            if place >= ruleset.places or slot > ruleset.slot_places:
                raise ValueError(f"{ruleset.seats[seat]} gives more orders than there are places")
            orders[seat, place] = order
    return orders


def advance(
    ruleset: Ruleset,
    world: World,
    orders: NDArray[np.int32],
    trace: Sequence[int] = (),
    reuse: bool = False,
) -> Turn:
    """Resolve one turn. orders int32 [seats, places, games] (−1: none), legal; trace: columns for the ledger.

    reuse: the given world is not needed any more, so the new one may take its memory (runs of many games).
    """
    fired: dict[str, int] = {}
    ledger = Ledger(tuple(trace))
    running = world.state[ruleset.layout.row("ending")] == 0
    if not running.any():
        return Turn(world, fired, ledger)
    if world.games <= CHUNK or trace:
        own = world if reuse else World(world.state.copy(), world.luck, world.turn)
        state = _resolve(ruleset, own, orders, fired, ledger if trace else None)
    else:
        state = world.state if reuse else np.empty_like(world.state)
        for first in range(0, world.games, CHUNK):
            part = slice(first, first + CHUNK)
            chunk = World(np.ascontiguousarray(world.state[:, part]), world.luck[part], world.turn)
            state[:, part] = _resolve(ruleset, chunk, orders[:, :, part], fired, None)
    return Turn(World(state, world.luck, world.turn + 1), fired, ledger)


def _resolve(
    ruleset: Ruleset, world: World, orders: NDArray[np.int32], fired: dict[str, int], ledger: Ledger | None
) -> Array:
    """Resolve a turn in the world's own memory."""
    layout, turn, state = ruleset.layout, world.turn, world.state
    ending_row = layout.row("ending")
    frozen = state[ending_row] != 0
    date = int(ruleset.first_month + (turn - 1) * ruleset.turn_months)
    words = chance.game_words(world.luck, turn)
    orders = ruleset.orders.with_defaults(state, orders)
    # The ledger needs every change with its cause, so a traced turn is resolved the plain way.
    machine = machine_of(ruleset, state.shape[1]) if ledger is None else None
    if machine is not None:
        machine.turning.run(state, orders, words, turn, fired)
        return state
    as_it_was = state[:, frozen].copy() if frozen.any() else None
    if frozen.any():
        orders = np.where(frozen, np.int32(-1), orders)
    recalled = ruleset.orders.recalled(state)
    given = _Given(ruleset, orders)

    def frame() -> Frame:
        return Frame(state, given, recalled)

    def run(*phases: Phase) -> None:
        for phase in phases:
            phase.run(state, frame(), words, fired, ledger)

    kept = ruleset.orders.run(state, frame(), orders, fired, ledger)
    run(*ruleset.phases.values())
    ruleset.events.run(state, frame(), words, turn, date, fired, ledger)
    run(ruleset.measure, ruleset.score)
    _end(ruleset, state, frame(), turn, ending_row)
    over = (state[ending_row] != 0) & ~frozen
    kept_back = state[:, over].copy() if over.any() else None
    if not over.all():
        _open_next(ruleset, state, kept, words, turn, fired, ledger)
    if kept_back is not None:
        state[:, over] = kept_back
    if as_it_was is not None:
        state[:, frozen] = as_it_was
    return state


class _Given:
    """How often each order was given this turn, int8 [orders, games]; made when first asked for."""

    def __init__(self, ruleset: Ruleset, orders: NDArray[np.int32]) -> None:
        self.size, self.orders = ruleset.catalogue.size, orders
        self.counts: Array | None = None

    def __call__(self) -> Array:
        if self.counts is None:
            self.counts = np.zeros((self.size, self.orders.shape[2]), np.int8)
            games = self.orders.shape[2]
            given, columns = given_columns(self.orders + np.int32(1), games)
            self.counts.reshape(-1)[(given.astype(np.intp) - 1) * games + columns] = 1
        return self.counts


def no_orders(ruleset: Ruleset, games: int) -> NDArray[np.int32]:
    """An empty orders array, int32 [seats, places, games]."""
    return np.full((len(ruleset.seats), ruleset.places, games), -1, np.int32)


def _end(ruleset: Ruleset, state: Array, frame: Frame, turn: int, row: int) -> None:
    """The first ending that holds: one that stops the game, in the last turn any; the last declared if none."""
    holds = frame.value(ruleset.endings)
    last = turn >= ruleset.turns
    if not last:
        stops = np.array([[ending.stops] for ending in ruleset.book.endings])
        if not stops.any():
            return
        holds = np.logical_and(holds, stops)
    some = holds.any(axis=0)
    first = holds.argmax(axis=0) + 1
    default = len(ruleset.book.endings) if last else 0
    state[row] = np.where(some, first, default)


def _open_next(
    ruleset: Ruleset,
    state: Array,
    kept: Array,
    words: tuple[NDArray[np.uint32], NDArray[np.uint32]],
    turn: int,
    fired: dict[str, int],
    ledger: Ledger | None,
) -> None:
    """The calendar: the next turn's date, quantities of one turn, estimates, memory, scheduled effects, income."""
    layout = ruleset.layout
    state[layout.row("turn")] += 1
    state[layout.row("date")] += ruleset.turn_months
    for rows, values in ruleset.turn_rows:
        state[rows] = values
    for truth, shown, scale in ruleset.estimates:
        state[shown] = estimate(state[truth], scale)
    block = ruleset.orders.memory_block(state)
    if ruleset.ages > 1:
        block[:, 1:] = block[:, :-1].copy()
    block[:, 0] = kept
    opening = ruleset.opening(turn + 1)
    given = _Given(ruleset, no_orders(ruleset, state.shape[1]))
    opening.run(state, Frame(state, given, ruleset.orders.recalled(state)), words, fired, ledger)
