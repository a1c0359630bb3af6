"""The machine of the accelerator: one compiled loop that runs a program of array operations over lanes of games.

Imported only where Numba is installed. A program is made of a ruleset's nodes and rules by
`game.rules.program`; what it computes is what NumPy computes, bit by bit. Registers are rows of as many games
as a block has: `r` of 32 bits, `w` of 64; `s` [rows, lanes] is the state of a block.
"""

# mypy: disable-error-code="assignment, untyped-decorator, unused-ignore"

from __future__ import annotations

from typing import Any

import numpy as np
from numba import int8, int32, int64, njit, uint16, uint32, void

# Every kernel has one signature: it is compiled when this module is loaded and never for anything else. Numba numbers
# what it keeps on disk by signature, and two processes that add one at the same time may read each other's code.
I1, I2, I3, I4 = int32[::1], int32[:, ::1], int32[:, :, ::1], int32[:, :, :, ::1]
L1, L2, U1, U2 = int64[::1], int64[:, ::1], uint32[::1], uint32[:, ::1]
B2, H2 = int8[:, ::1], uint16[:, ::1]
(
    ROWS,
    EXPAND,
    PRODUCT,
    TOTAL,
    DIVIDE,
    COMPARE_CONST,
    COMPARE,
    LOGIC,
    NOT,
    EXTREME,
    ABS,
    FOLD,
    GIVEN,
    RECALLED,
    STACK,
    TABLE,
    QUOTIENT,
    WIDE_PRODUCT,
    WIDE_TOTAL,
    WIDE_DIVIDE,
    WIDE_EXTREME,
    WIDE_FOLD,
    DRAW,
    ADD,
    HITS,
    SET,
    FINISH,
    LEGAL,
    WORTH,
    WORTH_ADD,
    RED,
    ENCODE,
    MARKED,
    MARKS,
    FRESH,
    RANK,
    DEAL,
    STAMP,
    STORE,
) = range(39)
"""Operations. An operation is eight numbers: code, output register, size, then what the code needs."""
LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, UNEQUAL = range(6)
NOBODY = np.int32(2**31 - 1)
"""The rank of a card that nobody gets."""
SUM, LEAST, MOST, EVERY, SOME = range(5)


@njit(inline="always")
def _wide(r: Any, w: Any, at: int, lane: int) -> Any:
    """An operand of either width: registers of 64 bits are numbered below nought."""
    return np.int64(r[at, lane]) if at >= 0 else w[-at - 1, lane]


@njit
def _compare(kind: int, x: Any, y: Any, out: Any) -> None:
    if kind == LESS:
        for lane in range(len(out)):
            out[lane] = x[lane] < y[lane]
    elif kind == LESS_EQUAL:
        for lane in range(len(out)):
            out[lane] = x[lane] <= y[lane]
    elif kind == GREATER:
        for lane in range(len(out)):
            out[lane] = x[lane] > y[lane]
    elif kind == GREATER_EQUAL:
        for lane in range(len(out)):
            out[lane] = x[lane] >= y[lane]
    elif kind == EQUAL:
        for lane in range(len(out)):
            out[lane] = x[lane] == y[lane]
    else:
        for lane in range(len(out)):
            out[lane] = x[lane] != y[lane]


@njit
def _compare_one(kind: int, x: Any, y: Any, out: Any) -> None:
    if kind == LESS:
        for lane in range(len(out)):
            out[lane] = x[lane] < y
    elif kind == LESS_EQUAL:
        for lane in range(len(out)):
            out[lane] = x[lane] <= y
    elif kind == GREATER:
        for lane in range(len(out)):
            out[lane] = x[lane] > y
    elif kind == GREATER_EQUAL:
        for lane in range(len(out)):
            out[lane] = x[lane] >= y
    elif kind == EQUAL:
        for lane in range(len(out)):
            out[lane] = x[lane] == y
    else:
        for lane in range(len(out)):
            out[lane] = x[lane] != y


@njit
def _join(kind: int, x: Any, out: Any) -> None:
    if kind == SUM:
        for lane in range(len(out)):
            out[lane] += x[lane]
    elif kind == LEAST:
        for lane in range(len(out)):
            out[lane] = min(out[lane], x[lane])
    elif kind == MOST:
        for lane in range(len(out)):
            out[lane] = max(out[lane], x[lane])
    elif kind == EVERY:
        for lane in range(len(out)):
            out[lane] &= x[lane]
    else:
        for lane in range(len(out)):
            out[lane] |= x[lane]


@njit
def _nodes(code: int, o: Any, pool: Any, big: Any, r: Any, w: Any, s: Any, given: Any, recalled: Any) -> None:
    """The operations that are expressions."""
    out, size, a, b, c, d = o[1], o[2], o[3], o[4], o[5], o[6]
    if code == ROWS:
        for i in range(size):
            at = pool[a + i]
            x = r[out + i]
            if at >= 0:
                y = s[at]
                for lane in range(len(x)):
                    x[lane] = y[lane]
            else:
                value = np.int32(big[-at - 1])
                for lane in range(len(x)):
                    x[lane] = value
    elif code == EXPAND:
        for i in range(size):
            x, y = r[out + i], r[a + pool[b + i]]
            for lane in range(len(x)):
                x[lane] = y[lane]
    elif code == PRODUCT:
        for i in range(size):
            x, y, z = r[out + i], r[a + i * b], r[c + i * d]
            for lane in range(len(x)):
                x[lane] = y[lane] * z[lane]
    elif code == TOTAL:
        start = np.int32(big[c])
        for i in range(size):
            x, y = r[out + i], r[pool[a] + i * pool[a + 1]]
            factor = np.int32(pool[a + 2])
            for lane in range(len(x)):
                x[lane] = start + y[lane] * factor
            for term in range(1, b):
                y = r[pool[a + 3 * term] + i * pool[a + 3 * term + 1]]
                factor = np.int32(pool[a + 3 * term + 2])
                if factor == 1:
                    for lane in range(len(x)):
                        x[lane] += y[lane]
                elif factor == -1:
                    for lane in range(len(x)):
                        x[lane] -= y[lane]
                else:
                    for lane in range(len(x)):
                        x[lane] += y[lane] * factor
    elif code == DIVIDE:
        # The floor of (x + half) / divisor by a product: exact within the node's bounds, see program.reciprocal.
        half, lift, factor, back = np.int64(big[b]), big[b + 1], big[b + 2], big[b + 4]
        shift = np.int64(big[b + 3])
        even = np.int64(big[b + 5])
        for i in range(size):
            x, y = r[out + i], r[a + i]
            for lane in range(len(x)):
                value = np.int64(y[lane])
                value += half - (even & (value < 0))
                x[lane] = np.int32((((value + lift) * factor) >> shift) - back)
    elif code == COMPARE_CONST:
        bound = np.int32(big[c])
        for i in range(size):
            _compare_one(b, r[a + i], bound, r[out + i])
    elif code == COMPARE:
        for i in range(size):
            _compare(o[7], r[a + i * b], r[c + i * d], r[out + i])
    elif code == LOGIC:
        for i in range(size):
            x, y, done = r[out + i], r[pool[a] + i * pool[a + 1]], 1
            if b >= 3 and c >= EVERY:
                z, u = r[pool[a + 2] + i * pool[a + 3]], r[pool[a + 4] + i * pool[a + 5]]
                done = 3
                if c == EVERY:
                    for lane in range(len(x)):
                        x[lane] = y[lane] & z[lane] & u[lane]
                else:
                    for lane in range(len(x)):
                        x[lane] = y[lane] | z[lane] | u[lane]
            elif b == 2 and c >= EVERY:
                z = r[pool[a + 2] + i * pool[a + 3]]
                done = 2
                if c == EVERY:
                    for lane in range(len(x)):
                        x[lane] = y[lane] & z[lane]
                else:
                    for lane in range(len(x)):
                        x[lane] = y[lane] | z[lane]
            else:
                for lane in range(len(x)):
                    x[lane] = y[lane]
            for child in range(done, b):
                _join(c, r[pool[a + 2 * child] + i * pool[a + 2 * child + 1]], x)
    elif code == NOT:
        for i in range(size):
            x, y = r[out + i], r[a + i]
            for lane in range(len(x)):
                x[lane] = 1 - y[lane]
    elif code == ABS:
        for i in range(size):
            x, y = r[out + i], r[a + i]
            for lane in range(len(x)):
                x[lane] = abs(y[lane])
    elif code == FOLD:
        at = b
        for i in range(size):
            x, count = r[out + i], pool[at]
            at += 1
            if count == 0:
                for lane in range(len(x)):
                    x[lane] = d
            else:
                y = r[a + pool[at]]
                for lane in range(len(x)):
                    x[lane] = y[lane]
                for more in range(1, count):
                    _join(c, r[a + pool[at + more]], x)
            at += count
    elif code == GIVEN:
        at = a
        for i in range(size):
            x, count = r[out + i], pool[at]
            at += 1
            for lane in range(len(x)):
                x[lane] = 0
            for more in range(count):
                y = given[pool[at + more]]
                for lane in range(len(x)):
                    x[lane] += y[lane] != 0
            at += count
    elif code == RECALLED:
        at = a
        for i in range(size):
            x, count = r[out + i], pool[at]
            at += 1
            for lane in range(len(x)):
                x[lane] = 0
            for more in range(count):
                y = recalled[pool[at + more]]
                for lane in range(len(x)):
                    bits = np.uint32(y[lane]) & np.uint32(b)
                    bits = bits - ((bits >> np.uint32(1)) & np.uint32(0x5555))
                    bits = (bits & np.uint32(0x3333)) + ((bits >> np.uint32(2)) & np.uint32(0x3333))
                    bits = (bits + (bits >> np.uint32(4))) & np.uint32(0x0F0F)
                    x[lane] += np.int32((bits + (bits >> np.uint32(8))) & np.uint32(0x1F))
            at += count
    elif code == STACK:
        for i in range(size):
            x, y = r[out + i], r[pool[a + i]]
            for lane in range(len(x)):
                x[lane] = y[lane]
    else:
        for i in range(size):
            x, y = r[out + i], r[a + i]
            for lane in range(len(x)):
                x[lane] = np.int32(big[b + min(max(y[lane], 0), c)])


@njit
def _rare(code: int, o: Any, pool: Any, big: Any, r: Any, w: Any) -> None:
    """Operations on 64 bits, and divisions by what varies: few, and as plain as can be."""
    out, size, a, b, c, d = o[1], o[2], o[3], o[4], o[5], o[6]
    for i in range(size):
        for lane in range(r.shape[1]):
            value = np.int64(0)
            if code in (EXTREME, WIDE_EXTREME):
                value = _wide(r, w, pool[a] + _step(pool[a]) * i * pool[a + 1], lane)
                for child in range(1, b):
                    at = pool[a + 2 * child]
                    other = _wide(r, w, at + _step(at) * i * pool[a + 2 * child + 1], lane)
                    value = min(value, other) if c == LEAST else max(value, other)
            elif code == WIDE_PRODUCT:
                value = _wide(r, w, a + _step(a) * i * b, lane) * _wide(r, w, c + _step(c) * i * d, lane)
            elif code == WIDE_TOTAL:
                value = big[c]
                for term in range(b):
                    at = pool[a + 3 * term]
                    value += (
                        _wide(r, w, at + _step(at) * i * pool[a + 3 * term + 1], lane) * big[pool[a + 3 * term + 2]]
                    )
            elif code == WIDE_DIVIDE:
                value = _wide(r, w, a + _step(a) * i, lane)
                value = (value + big[b + 1] - (big[b + 2] if value < 0 else np.int64(0))) // big[b]
            elif code == WIDE_FOLD:
                at = b
                for _group in range(i):
                    at += 1 + pool[at]
                for more in range(pool[at]):
                    value += _wide(r, w, a + _step(a) * pool[at + 1 + more], lane)
            else:
                left = _wide(r, w, pool[a] + _step(pool[a]) * i * pool[a + 1], lane) * big[b]
                right = _wide(r, w, pool[a + 2] + _step(pool[a + 2]) * i * pool[a + 3], lane)
                if right == 0:
                    if c:
                        value = _wide(r, w, pool[a + 4] + _step(pool[a + 4]) * i * pool[a + 5], lane)
                else:
                    half = abs(right)
                    value = (2 * abs(left) + half) // (2 * half)
                    if (left < 0) != (right < 0):
                        value = -value
            if out >= 0:
                r[out + i, lane] = np.int32(value)
            else:
                w[-out - 1 + i, lane] = value


@njit(inline="always")
def _step(at: int) -> int:
    """Registers of 64 bits are numbered downwards."""
    return 1 if at >= 0 else -1


@njit(inline="always")
def _luck(first: Any, second: Any, low: Any, high: Any) -> Any:
    """A draw of 24 bits, see `chance.draws`."""
    z = np.uint32(np.uint32(first ^ low) * np.uint32(0x85EBCA6B))
    z ^= z >> np.uint32(15)
    z = np.uint32(np.uint32(z ^ second) + high)
    z = np.uint32(z * np.uint32(0xC2B2AE35))
    z ^= z >> np.uint32(16)
    return z >> np.uint32(8)


@njit
def _draw(o: Any, keys: Any, r: Any, low: Any, high: Any) -> None:
    """Whether the draw of each instance is below its threshold."""
    out, size, a, b, c = o[1], o[2], o[3], o[4], o[5]
    for i in range(size):
        x, odds = r[out + i], r[a + i * b]
        first, second = keys[c + i, 0], keys[c + i, 1]
        for lane in range(len(x)):
            x[lane] = np.int32(_luck(first, second, low[lane], high[lane])) < odds[lane]


@njit
def _add(o: Any, pool: Any, r: Any, delta: Any) -> None:
    """Amounts where a mask and a condition hold, added to the phase's rows."""
    size, amount, step, mask, condition, at = o[2], o[1], o[3], o[4], o[5], o[6]
    for i in range(size):
        x, y = delta[pool[at + i]], r[amount + i * step]
        if mask >= 0:
            m = r[mask + pool[at + size + i]]
            if condition >= 0:
                held = r[condition + i * o[7]]
                for lane in range(len(x)):
                    x[lane] += y[lane] * m[lane] * held[lane]
            else:
                for lane in range(len(x)):
                    x[lane] += y[lane] * m[lane]
        elif condition >= 0:
            held = r[condition + i * o[7]]
            for lane in range(len(x)):
                x[lane] += y[lane] * held[lane]
        else:
            for lane in range(len(x)):
                x[lane] += y[lane]


@njit
def _set(o: Any, pool: Any, r: Any, s: Any, work: Any) -> None:
    """Assignments, the last element first, so that the first declared has the last word."""
    size, amount, step, mask, condition, at = o[2], o[1], o[3], o[4], o[5], o[6]
    for back in range(size):
        i = size - 1 - back
        x, y = work[pool[at + i]], r[amount + i * step]
        if mask < 0 and condition < 0:
            for lane in range(len(x)):
                x[lane] = y[lane]
        else:
            m = r[mask + pool[at + size + i]] if mask >= 0 else r[condition + i * o[7]]
            n = r[condition + i * o[7]] if condition >= 0 else m
            for lane in range(len(x)):
                x[lane] = y[lane] if (m[lane] != 0) & (n[lane] != 0) else x[lane]


@njit
def _worth(o: Any, pool: Any, r: Any, s: Any, code: Any, alive: Any, red: bool) -> None:
    """What a doctrine's rule adds to the worth of some orders, or what a red line takes off."""
    size, at, row = o[2], o[5], o[6]
    rules = np.ones(r.shape[1], np.int32)
    if row >= 0:
        last, government, ruling = pool[at + size], o[7], s[row]
        for lane in range(len(rules)):
            rules[lane] = min(ruling[lane], last) == government
    most = np.full(r.shape[1], np.int32(-(1 << 29)), np.int32)
    for i in range(size):
        if not alive[pool[at + i]]:
            continue
        x = code[pool[at + i]]
        y = most if red else r[o[1] + i * o[3]]
        if o[4] >= 0:
            held = r[o[4] + i * pool[at + size + 1]]
            for lane in range(len(x)):
                x[lane] += y[lane] * held[lane] * rules[lane]
        else:
            for lane in range(len(x)):
                x[lane] += y[lane] * rules[lane]


@njit
def _marks(order: int, age: int, given: Any, recalled: Any, halved: Any, out: Any) -> bool:
    """Where an order was given so many turns ago: 0 not, 1 fully, 2 with half effect; whether anywhere."""
    some = 0
    if age == 0:
        x = given[order]
        for lane in range(len(out)):
            out[lane] = x[lane]
            some |= x[lane]
    else:
        y, z, shift = recalled[order], halved[order], np.uint16(age - 1)
        for lane in range(len(out)):
            bit = (y[lane] >> shift) & 1
            out[lane] = bit << ((z[lane] >> shift) & 1)
            some |= bit
    return some != 0


@njit
def _marked(o: Any, pool: Any, r: Any, given: Any, recalled: Any, halved: Any, delta: Any, mark: Any) -> None:
    """Amounts of orders that depend on the state, added where the order was given."""
    size, amount, step, condition, at, half, age = o[2], o[1], o[3], o[4], o[5], o[6], o[7]
    condition_step, half_step = pool[at + 2 * size], pool[at + 2 * size + 1]
    for i in range(size):
        if not _marks(pool[at + size + i], age, given, recalled, halved, mark):
            continue
        x, y = delta[pool[at + i]], r[amount + i * step]
        z = r[half + i * half_step] if half >= 0 else y
        if condition >= 0:
            held = r[condition + i * condition_step]
            for lane in range(len(x)):
                x[lane] += (y[lane] if mark[lane] == 1 else z[lane] if mark[lane] else np.int32(0)) * held[lane]
        else:
            for lane in range(len(x)):
                x[lane] += y[lane] if mark[lane] == 1 else z[lane] if mark[lane] else np.int32(0)


@njit
def _deal(o: Any, pool: Any, keys: Any, r: Any, low: Any, high: Any, s: Any) -> None:
    """What events need besides: who may fire again, who gets which card, what is remembered."""
    kind, reg, size, now, at = o[0], o[1], o[2], o[3], o[4]
    if kind == FRESH:
        for i in range(size):
            x, y, wait = r[reg + i], s[pool[at + 2 * i]], pool[at + 2 * i + 1]
            for lane in range(len(x)):
                x[lane] = (y[lane] == 0) | (y[lane] <= r[now, lane] - wait)
    elif kind == RANK:
        # Keys stand from o[3] on, the seats that are awake from o[5] on; a lower rank goes first.
        for i in range(size):
            x, ahead = r[reg + i], pool[at + 2 * i]
            first, second = keys[now + i, 0], keys[now + i, 1]
            awake = r[o[5] + pool[at + 2 * i + 1]] if o[5] >= 0 else x
            for lane in range(len(x)):
                rank = np.int32(_luck(first, second, low[lane], high[lane])) + ahead
                x[lane] = rank if (x[lane] != 0) & (awake[lane] != 0) else NOBODY
    elif kind == DEAL:
        best = np.empty(r.shape[1], np.int32)
        for seat in range(size):
            count, card = pool[at], r[now + seat]
            at += 1
            best[:] = NOBODY
            card[:] = 0
            for i in range(count):
                x, which = r[reg + pool[at + i]], pool[at + i] + 1
                for lane in range(len(x)):
                    if x[lane] < best[lane]:
                        best[lane], card[lane] = x[lane], which
            for i in range(count):
                x, which = r[reg + pool[at + i]], pool[at + i] + 1
                for lane in range(len(x)):
                    x[lane] = card[lane] == which
            at += count
    elif kind == STAMP:
        for i in range(size):
            x, y = r[reg + i], s[pool[at + i]]
            for lane in range(len(x)):
                if x[lane]:
                    y[lane] = r[now, lane]
    else:
        for i in range(size):
            s[pool[at + i]] = r[reg + i]


@njit(void(I2, I1, L1, U2, I2, L2, I2, B2, H2, H2, U1, U1, I2, I2, I2, L1, int64, I2, I2, I2, I1), cache=True)
def run(
    ops: Any, pool: Any, big: Any, keys: Any, r: Any, w: Any, s: Any, given: Any, recalled: Any, halved: Any,
    low: Any, high: Any, delta: Any, work: Any, bounds: Any, fired: Any, lanes: int, code: Any, legal: Any, tables: Any,
    alive: Any,
) -> None:  # fmt: skip
    """Run a program on one block. lanes: how many of the games are real.

    delta, work: rows that a phase changes; code, legal: of orders; tables: worth by order and government;
    alive: whether an order is legal in any game of the block; of others neither code nor legality is filled in.
    """
    mark = np.empty(r.shape[1], np.int32)
    for place in range(ops.shape[0]):
        o = ops[place]
        kind = o[0]
        if kind <= TABLE and kind != EXTREME:
            _nodes(kind, o, pool, big, r, w, s, given, recalled)
        elif kind <= WIDE_FOLD:
            _rare(kind, o, pool, big, r, w)
        elif kind == DRAW:
            _draw(o, keys, r, low, high)
        elif kind == ADD:
            _add(o, pool, r, delta)
        elif kind == HITS:
            count = 0
            for i in range(o[2]):
                x = r[o[1] + i]
                for lane in range(lanes):
                    count += x[lane]
            fired[o[3]] += count * o[4]
        elif kind == SET:
            _set(o, pool, r, s, work)
        elif kind == FINISH:
            # o[3]: 0 takes the rows up before assignments, 1 brings everything into the state.
            for i in range(o[2]):
                x, y = work[i], s[pool[o[4] + i]]
                if o[3] == 0:
                    for lane in range(len(x)):
                        x[lane] = y[lane]
                else:
                    z = delta[i]
                    least, most = bounds[o[5] + i, 0], bounds[o[5] + i, 1]
                    for lane in range(len(x)):
                        y[lane] = min(max(x[lane] + z[lane], least), most)
        elif kind == LEGAL:
            for i in range(o[2]):
                order = pool[o[4] + i]
                x = legal[order]
                if o[1] < 0:
                    alive[order] = 1
                    for lane in range(len(x)):
                        x[lane] = 1
                else:
                    y, some = r[o[1] + i * o[3]], np.int32(0)
                    for lane in range(len(x)):
                        some |= y[lane]
                    alive[order] = some
                    if some:
                        for lane in range(len(x)):
                            x[lane] = y[lane]
        elif kind == WORTH:
            # Orders of one seat from o[1] on; the ruling government stands in row o[3], capped at o[4].
            for i in range(o[2]):
                if not alive[o[1] + i]:
                    continue
                x, line = code[o[1] + i], tables[o[1] + i]
                if o[4] == 0:
                    for lane in range(len(x)):
                        x[lane] = line[0]
                else:
                    for lane in range(len(x)):
                        x[lane] = line[min(s[o[3], lane], o[4])]
        elif kind in (WORTH_ADD, RED):
            _worth(o, pool, r, s, code, alive, kind == RED)
        elif kind == MARKED:
            _marked(o, pool, r, given, recalled, halved, delta, mark)
        elif kind == MARKS:
            for i in range(o[2]):
                x = r[o[1] + i]
                _marks(pool[o[5] + i], o[7], given, recalled, halved, mark)
                for lane in range(len(x)):
                    x[lane] = mark[lane] != 0
        elif kind > MARKS:
            _deal(o, pool, keys, r, low, high, s)
        else:
            for i in range(o[2]):
                if not alive[i]:
                    continue
                x, y, place_in_seat = code[i], legal[i], pool[o[3] + i]
                for lane in range(len(x)):
                    x[lane] = ((min(max(x[lane], 0), o[4]) << 12) - place_in_seat - 1) * y[lane]


@njit(void(I4, H2, int64), cache=True)
def remember(memory: Any, recalled: Any, ages: int) -> None:
    """In which turns before each order was given, a bit for each age. memory [seats, ages, places, lanes]."""
    recalled[:] = 0
    for seat in range(memory.shape[0]):
        for age in range(ages):
            for place in range(memory.shape[2]):
                x = memory[seat, age, place]
                for lane in range(memory.shape[3]):
                    if x[lane]:
                        recalled[(x[lane] - 1) >> 1, lane] |= np.uint16(1 << age)


@njit(void(I3, I4, B2, H2, H2, int64, I3, I1, int64, I1, I1, I1, I1, I1, I2, L1, int64), cache=True)
def give(
    orders: Any, memory: Any, given: Any, recalled: Any, halved: Any, halving: int, kept: Any, halves: Any, ages: int,
    counts: Any, starts: Any, rows: Any, full: Any, half: Any, delta: Any, times: Any, lanes: int,
) -> None:  # fmt: skip
    """Take up the orders of a block and add their constant effects, and those of earlier turns, to the phase's rows.

    given: 1 or, with half effect, 2; halving: whether `halved` is asked for;
    kept: as the memory keeps them; ages: bits of the turns in which an order
    given before halves this one; counts, starts: of the entries of age × orders + order in rows, full, half.
    """
    size = len(halves)
    for seat in range(orders.shape[0]):
        for place in range(orders.shape[1]):
            for lane in range(lanes):
                order = orders[seat, place, lane]
                remembered = place < kept.shape[1]
                if order < 0:
                    if remembered:
                        kept[seat, place, lane] = 0
                    continue
                less = remembered and halves[order] != 0 and (recalled[order, lane] & ages) != 0
                if remembered:
                    kept[seat, place, lane] = 1 + 2 * order + less
                given[order, lane] = 2 if less else 1
                times[order] += 1
                for entry in range(starts[order], starts[order] + counts[order]):
                    delta[rows[entry], lane] += half[entry] if less else full[entry]
    if halving:
        halved[:] = 0
    for age in range(1, memory.shape[1] + 1):
        for seat in range(memory.shape[0]):
            for place in range(memory.shape[2]):
                x = memory[seat, age - 1, place]
                for lane in range(lanes):
                    if x[lane] == 0:
                        continue
                    order, less = (x[lane] - 1) >> 1, ((x[lane] - 1) & 1) != 0
                    if less and halving:
                        halved[order, lane] |= np.uint16(1 << (age - 1))
                    at = age * size + order
                    for entry in range(starts[at], starts[at] + counts[at]):
                        delta[rows[entry], lane] += half[entry] if less else full[entry]


@njit(void(I3, B2, int64), cache=True)
def forget(orders: Any, given: Any, lanes: int) -> None:
    """Take back the marks of the orders given."""
    for seat in range(orders.shape[0]):
        for place in range(orders.shape[1]):
            for lane in range(lanes):
                if orders[seat, place, lane] >= 0:
                    given[orders[seat, place, lane], lane] = 0


@njit(void(I2, I1, I1, I2, I3, I2, I2, I3, I1, I1, int64, int64, int64), cache=True)
def pick(
    code: Any, alive: Any, cost: Any, rivals: Any, runs: Any, purse: Any, slots: Any, orders: Any,
    seats: Any, starts: Any, slot_places: int, places: int, lanes: int,
) -> None:  # fmt: skip
    """The best affordable orders of some seats, round by round. runs: (kind, seat, begin, end) by kind and seat.

    purse, slots int32 [seats, lanes]; orders int32 [seats, places, lanes], −1 before.
    """
    best = np.empty(code.shape[1], np.int32)
    for at in range(len(seats)):
        seat = seats[at]
        # An answer goes first, then slot orders, then other free orders.
        for turn in range(3):
            kind = 1 if turn == 0 else 0 if turn == 1 else 2
            begin, end = runs[kind, seat, 0], runs[kind, seat, 1]
            if begin >= end:
                continue
            first = slot_places if kind == 1 else 0 if kind == 0 else slot_places + 1
            last = first + 1 if kind == 1 else slot_places if kind == 0 else places
            for place in range(first, last):
                for lane in range(code.shape[1]):
                    best[lane] = 0
                for order in range(begin, end):
                    if not alive[order]:
                        continue
                    x, price = code[order], cost[order]
                    for lane in range(code.shape[1]):
                        value = x[lane] if purse[at, lane] >= price else np.int32(0)
                        best[lane] = max(best[lane], value)
                some = False
                for lane in range(lanes):
                    if best[lane] > 0 and (kind != 0 or slots[at, lane] > place):
                        some = True
                        chosen = starts[seat] + 4095 - (best[lane] & 4095)
                        orders[seat, place, lane] = chosen
                        purse[at, lane] -= cost[chosen]
                        for rival in range(rivals.shape[1]):
                            code[rivals[chosen, rival], lane] = 0
                if not some:
                    break
