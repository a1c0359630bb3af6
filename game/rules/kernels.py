"""What the accelerator compiles: whole turns, and the choice of orders, on blocks of 64 games.

Imported only where Numba is installed. Every kernel has one signature: it is compiled when this module is loaded and
never for anything else. Numba numbers what it keeps on disk by signature, and two processes that add one at the same
time may read each other's code. Other threads of Python run meanwhile; `Machine.lock` keeps its registers to one at a
time.
"""

# mypy: disable-error-code="assignment, untyped-decorator, unused-ignore"

from __future__ import annotations

from typing import Any

import numpy as np
from numba import boolean, int32, int64, njit, uint32, uint64, void

from game.rules.codes import AWAKE, FALSE, LANES, SCRATCH, TRUE
from game.rules.interpreter import add_const_to, interpret
from game.rules.lanes import carry, kept, least, lowest, most, row_op, splat, where_not

I1, I2, I3 = int32[::1], int32[:, ::1], int32[:, :, ::1]
L1, L2, T1, U1 = int64[::1], int64[:, ::1], uint64[::1], uint32[::1]
(
    LOW, HIGH, NOW, DATE, KEPT, PURSE, LIMIT, TOP, WORTH, DELTA, LEGAL, GIVEN, HALF, RECALLED, HALVED, ENDS,
    ROWS, ORDERS, SEATS, AGES, PLACES, MEMORY, ENDING, HALF_AGES,
) = range(24)  # fmt: skip
"""What stands where, and how many there are, in `f`: see `machine._facts`."""

_take_best = row_op(
    "Annit",
    lambda b, best, code, purse, price, held: most(
        b, best, b.select(b.icmp_signed(">=", purse, price), code, splat(0))
    ),
)
_encode = row_op(
    "Aiit",
    lambda b, x, place, top, held: kept(b, b.sub(b.shl(least(b, most(b, x, splat(0)), top), splat(12)), place), held),
)


@njit
def _bit(lane: int) -> Any:
    return np.uint64(1) << np.uint64(lane)


@njit
def _real(lanes: int) -> Any:
    """A bit for each game that there is."""
    return ~np.uint64(0) if lanes == LANES else _bit(lanes) - np.uint64(1)


@njit
def _take_up(state: Any, r: Any, t: Any, first: int, lanes: int, f: Any, rows: Any) -> None:
    """Bring some games into a block. rows: (begin, count) of the rows that are needed."""
    games = state.shape[1]
    for span in range(len(rows)):
        begin, count = rows[span, 0], rows[span, 1]
        if lanes == LANES:
            carry(state, begin * games + first, games, r, begin * LANES, LANES, count)
        else:
            for row in range(begin, begin + count):
                for lane in range(lanes):
                    r[row, lane] = state[row, first + lane]
    t[FALSE] = 0
    t[TRUE] = ~np.uint64(0)
    t[AWAKE] = ~where_not(r, f[ENDING], np.int32(0)) & _real(lanes)


@njit
def _remember(r: Any, t: Any, lanes: int, f: Any) -> None:
    """In which turns before each order was given, a word for each age and order."""
    size, real = f[ORDERS] * f[AGES], _real(lanes)
    t[f[RECALLED] : f[RECALLED] + size] = 0
    t[f[HALVED] : f[HALVED] + size] = 0
    row = f[MEMORY]
    for _seat in range(f[SEATS]):
        for age in range(f[AGES]):
            for _place in range(f[PLACES]):
                word = where_not(r, row, np.int32(0)) & real
                while word:
                    lane = lowest(word)
                    word &= word - np.uint64(1)
                    x = np.int64(r[row, lane]) - 1
                    at = age * f[ORDERS] + (x >> 1)
                    t[f[RECALLED] + at] |= _bit(lane)
                    t[f[HALVED] + at] |= np.uint64(x & 1) << np.uint64(lane)
                row += 1


@njit
def _give(
    orders: Any, first: int, lanes: int, r: Any, t: Any, w: Any, f: Any, big: Any, halves: Any, counts: Any,
    starts: Any, full: Any, half: Any, times: Any,
) -> None:  # fmt: skip
    """Take up the orders of a block and add their constant effects, and those of earlier turns, to the phase's rows."""
    size = f[ORDERS]
    t[f[GIVEN] : f[GIVEN] + size] = 0
    t[f[HALF] : f[HALF] + size] = 0
    for seat in range(orders.shape[0]):
        for place in range(orders.shape[1]):
            row = f[KEPT] + seat * f[PLACES] + place if place < f[PLACES] else f[TOP]
            for lane in range(lanes):
                r[f[TOP], lane] = orders[seat, place, first + lane]
            word = where_not(r, f[TOP], np.int32(-1)) & t[AWAKE]
            r[row] = 0
            while word:
                lane = lowest(word)
                word &= word - np.uint64(1)
                order, some = np.int64(orders[seat, place, first + lane]), np.uint64(0)
                if halves[order] and place < f[PLACES]:
                    for age in range(f[HALF_AGES]):
                        some |= t[f[RECALLED] + age * size + order]
                    some = some >> np.uint64(lane) & np.uint64(1)
                    t[f[HALF] + order] |= some << np.uint64(lane)
                r[row, lane] = 1 + 2 * order + np.int64(some)
                t[f[GIVEN] + order] |= _bit(lane)
                times[order] += 1
    for at in range(size * (f[AGES] + 1)):
        word = t[f[GIVEN] + at] if at < size else t[f[RECALLED] + at - size]
        if word == 0 or counts[at] == 0:
            continue
        less = t[f[HALF] + at] if at < size else t[f[HALVED] + at - size]
        t[SCRATCH] = word & ~less
        if t[SCRATCH]:
            add_const_to(full, starts[at] * 3, counts[at], r, t, w, big)
        t[SCRATCH] = word & less
        if t[SCRATCH]:
            add_const_to(half, starts[at] * 3, counts[at], r, t, w, big)


@njit
def _end(r: Any, t: Any, f: Any, stops: Any, last: bool) -> None:
    """See `advance._end`."""
    for lane in range(LANES):
        found = len(stops) if last else 0
        for place in range(len(stops)):
            if (last or stops[place] != 0) and t[f[ENDS] + place] & _bit(lane):
                found = place + 1
                break
        r[f[ENDING], lane] = found


@njit
def _bring_back(state: Any, r: Any, back: Any, first: int, lanes: int, rows: int, awake: Any, over: Any) -> None:
    """The games of a block as they are now; those that are over as they were when they ended, in `back`."""
    if lanes == LANES and awake == _real(lanes) and over == 0:
        carry(r, 0, LANES, state, first, state.shape[1], rows)
        return
    for row in range(rows):
        for lane in range(lanes):
            if awake & _bit(lane):
                state[row, first + lane] = back[row, lane] if over & _bit(lane) else r[row, lane]


@njit(
    void(
        I2, I3, U1, U1, I2, I2, T1, L2, L1, L1, L2, I1, I1, I1, I1, I1, L1, L1, I1, I1, I1, L1, L1, L1, int64, int64,
        boolean, boolean,
    ),
    cache=True,
    nogil=True,
)  # fmt: skip
def turn(
    state: Any, orders: Any, low: Any, high: Any, r: Any, back: Any, t: Any, w: Any, f: Any, big: Any, needed: Any,
    main: Any, closing: Any, dating: Any, opening: Any, halves: Any, counts: Any, starts: Any, full: Any, half: Any,
    stops: Any, times: Any, hits: Any, opened: Any, now: int, date: int, last: bool, recalls: bool,
) -> None:  # fmt: skip
    """Resolve a turn in place. orders int32 [seats, places, games] with defaults; low, high: the luck of the games.

    needed: (begin, count) of the state's rows; main … opening: programs; halves: whether an order may have half effect;
    counts, starts: of what age × orders + order adds, as operands in full, half; stops: whether an ending stops the
    game; times, hits, opened: how often each order was given and each rule took effect, added up; recalls: whether
    what opens the next turn asks for earlier orders.
    """
    for first in range(0, state.shape[1], LANES):
        lanes = min(LANES, state.shape[1] - first)
        real = _real(lanes)
        _take_up(state, r, t, first, lanes, f, needed)
        for lane in range(lanes):
            r[f[LOW], lane] = np.int32(low[first + lane])
            r[f[HIGH], lane] = np.int32(high[first + lane])
        r[f[NOW]] = now
        r[f[DATE]] = date
        _remember(r, t, lanes, f)
        _give(orders, first, lanes, r, t, w, f, big, halves, counts, starts, full, half, times)
        interpret(main, r, t, w, big, hits, real)
        if last or stops.any():
            interpret(closing, r, t, w, big, hits, real)
            _end(r, t, f, stops, last)
        over = where_not(r, f[ENDING], np.int32(0)) & t[AWAKE]
        if over:
            back[:] = r[: f[ROWS]]
        t[f[GIVEN] : f[GIVEN] + f[ORDERS]] = 0
        interpret(dating, r, t, w, big, hits, real)
        if recalls:
            _remember(r, t, lanes, f)
        interpret(opening, r, t, w, big, opened, real)
        _bring_back(state, r, back, first, lanes, f[ROWS], t[AWAKE], over)


@njit
def _choose(
    seat: int, first: int, lanes: int, r: Any, t: Any, w: Any, f: Any, big: Any, bests: Any, cost: Any, rivals: Any,
    runs: Any, start: int, slot_places: int, orders: Any,
) -> None:  # fmt: skip
    """The best affordable orders of one seat, round by round: an answer, then slot orders, then other free orders."""
    real = _real(lanes)
    for turn in range(3):
        kind = 1 if turn == 0 else 0 if turn == 1 else 2
        begin, end = runs[kind, seat, 0], runs[kind, seat, 1]
        if begin >= end:
            continue
        place = slot_places if kind == 1 else 0 if kind == 0 else slot_places + 1
        last = place + 1 if kind == 1 else slot_places if kind == 0 else orders.shape[1]
        some = True
        while some and place < last:
            r[f[TOP]] = 0
            for order in range(begin, end):
                if t[f[LEGAL] + order]:
                    _take_best(bests, order * 5, 1, r, t, w, big)
            some = False
            word = where_not(r, f[TOP], np.int32(0)) & real
            while word:
                lane = lowest(word)
                word &= word - np.uint64(1)
                if kind != 0 or r[f[LIMIT] + seat, lane] > place:
                    some = True
                    chosen = start + 4095 - (np.int64(r[f[TOP], lane]) & 4095)
                    orders[seat, place, first + lane] = chosen
                    r[f[PURSE] + seat, lane] -= cost[chosen]
                    for rival in range(rivals.shape[1]):
                        r[f[WORTH] + rivals[chosen, rival], lane] = 0
            place += 1


@njit(void(I2, I3, I2, T1, L2, L1, L1, L2, I1, boolean, I1, I1, I1, I2, I3, L1, L1, int64), cache=True, nogil=True)
def decide(
    state: Any, orders: Any, r: Any, t: Any, w: Any, f: Any, big: Any, needed: Any, scoring: Any, asks_memory: bool,
    encodings: Any, bests: Any, cost: Any, rivals: Any, runs: Any, starts: Any, seats: Any, slot_places: int,
) -> None:  # fmt: skip
    """The orders of some seats, into int32 [all seats, places, games], −1 before.

    needed: (begin, count) of the state's rows; scoring: a program that tells what is legal and what it is worth;
    encodings, bests: operands of what is done with each order then; runs: (kind, seat, begin, end) of a seat's orders
    by kind; starts: the first order of each seat.
    """
    hits = np.zeros(1, np.int64)
    for first in range(0, state.shape[1], LANES):
        lanes = min(LANES, state.shape[1] - first)
        _take_up(state, r, t, first, lanes, f, needed)
        if asks_memory:
            _remember(r, t, lanes, f)
        t[f[LEGAL] : f[LEGAL] + f[ORDERS]] = 0
        interpret(scoring, r, t, w, big, hits, _real(lanes))
        for order in range(f[ORDERS]):
            if t[f[LEGAL] + order]:
                _encode(encodings, order * 4, 1, r, t, w, big)
        for seat in seats:
            _choose(
                seat, first, lanes, r, t, w, f, big, bests, cost, rivals, runs, starts[seat], slot_places, orders
            )  # fmt: skip
