"""The machine of the accelerator: one compiled loop that runs a program on a block of 64 games.

Imported only where Numba is installed. A program is made of a ruleset's nodes and rules by
`game.rules.program`; what it computes is what NumPy computes, bit by bit. `r` int32 [rows, 64] are numbers, the
state of the block first; `t` uint64 [truths] a word each; `w` int64 [rows, 64] wide numbers; `big` int64 constants.
"""

# mypy: disable-error-code="assignment, untyped-decorator, unused-ignore"

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from game.rules.codes import KINDS, LANES, Op
from game.rules.lanes import divided, kept, large, least, luck, most, narrowed, ones, row_op, splat, widened

NOBODY = 2**31 - 1
"""The rank of a card that nobody gets."""


def _op(code: Op, body: Any) -> Any:
    return row_op(KINDS[code], body)


_const = _op(Op.CONST, lambda b, x: x)
_copy = _op(Op.COPY, lambda b, x: x)
_add = _op(Op.ADD, lambda b, x, y: b.add(x, y))
_sub = _op(Op.SUB, lambda b, x, y: b.sub(x, y))
_add_const = _op(Op.ADD_CONST, lambda b, x, y: b.add(x, y))
_times_const = _op(Op.TIMES_CONST, lambda b, x, y: b.mul(x, y))
_add_times = _op(Op.ADD_TIMES, lambda b, x, y, z: b.add(x, b.mul(y, z)))
_product = _op(Op.PRODUCT, lambda b, x, y: b.mul(x, y))
_least = _op(Op.LEAST, least)
_most = _op(Op.MOST, most)
_least_const = _op(Op.LEAST_CONST, least)
_most_const = _op(Op.MOST_CONST, most)
_abs = _op(Op.ABS, lambda b, x: most(b, x, b.sub(splat(0), x)))
_keep = _op(Op.KEEP, kept)
_pick = _op(Op.PICK, lambda b, held, x, y: b.select(held, x, y))
_add_if = _op(Op.ADD_IF, lambda b, x, held, y: b.add(x, kept(b, y, held)))
_select = _op(Op.SELECT, lambda b, held, x, y: b.select(held, x, y))
_divide = _op(Op.DIVIDE, divided)
_less_const = _op(Op.LESS_CONST, lambda b, x, y: b.icmp_signed("<", x, y))
_greater_const = _op(Op.GREATER_CONST, lambda b, x, y: b.icmp_signed(">", x, y))
_equal_const = _op(Op.EQUAL_CONST, lambda b, x, y: b.icmp_signed("==", x, y))
_less = _op(Op.LESS, lambda b, x, y: b.icmp_signed("<", x, y))
_equal = _op(Op.EQUAL, lambda b, x, y: b.icmp_signed("==", x, y))
_draw = _op(
    Op.DRAW,
    lambda b, odds, held, k1, k2, low, high: b.and_(held, b.icmp_signed("<", luck(b, k1, k2, low, high), odds)),
)
_fresh = _op(
    Op.FRESH,
    lambda b, x, wait, now: b.or_(b.icmp_signed("==", x, splat(0)), b.icmp_signed("<=", x, b.sub(now, wait))),
)
_dated = _op(
    Op.DATED,
    lambda b, at, span, now: b.and_(b.icmp_signed(">=", at, now), b.icmp_signed("<", at, b.add(now, span))),
)
_rank = _op(
    Op.RANK,
    lambda b, held, k1, k2, ahead, low, high: b.select(held, b.add(luck(b, k1, k2, low, high), ahead), splat(NOBODY)),
)
_widen = _op(Op.WIDEN, widened)
_narrow = _op(Op.NARROW, narrowed)
_wide_const = _op(Op.WIDE_CONST, lambda b, at: large(b, at, 0))
_wide_add = _op(Op.WIDE_ADD, lambda b, x, y: b.add(x, y))
_wide_product = _op(Op.WIDE_PRODUCT, lambda b, x, y: b.mul(x, y))
_wide_least = _op(Op.WIDE_LEAST, least)
_wide_most = _op(Op.WIDE_MOST, most)
_add_to = _op(Op.ADD_TO, lambda b, x, y, held: b.add(x, kept(b, y, held)))
add_const_to = _op(Op.ADD_CONST_TO, lambda b, x, y, held: b.add(x, kept(b, y, held)))
_finish = _op(Op.FINISH, lambda b, x, y, low, high: least(b, most(b, b.add(x, y), low), high))
_bound = _op(Op.BOUND, lambda b, x, low, high: least(b, most(b, x, low), high))
_stamp = _op(Op.STAMP, lambda b, x, held, now: b.select(held, now, x))
_clear = row_op("N", lambda b: splat(0))


@njit
def _divide_wide(x: Any, out: Any, divisor: int, half: int, even: int) -> None:
    for lane in range(LANES):
        out[lane] = (x[lane] + half - (even if x[lane] < 0 else np.int64(0))) // divisor


@njit
def _quotient(x: Any, y: Any, otherwise: Any, out: Any, factor: int) -> None:
    """x × factor / y, halves away from nought; `otherwise` where y is nought."""
    for lane in range(LANES):
        left, right = x[lane] * factor, y[lane]
        if right == 0:
            out[lane] = otherwise[lane]
        else:
            size = abs(right)
            value = (2 * abs(left) + size) // (2 * size)
            out[lane] = -value if (left < 0) != (right < 0) else value


@njit
def _deal(ops: Any, at: Any, r: Any, t: Any) -> Any:
    """One seat's card: the lowest rank has it. Gives where the operands end.

    Operands: rows of the card and of the best rank, how many cards; of each its number, its rank, and the truth of
    whether it is dealt.
    """
    card, best, count = r[ops[at]], r[ops[at + 1]], ops[at + 2]
    best[:] = NOBODY
    card[:] = 0
    for i in range(count):
        which, x = ops[at + 3 + 3 * i], r[ops[at + 4 + 3 * i]]
        for lane in range(LANES):
            if x[lane] < best[lane]:
                best[lane], card[lane] = x[lane], which
    for i in range(count):
        which, word = ops[at + 3 + 3 * i], np.uint64(0)
        for lane in range(LANES):
            word |= np.uint64(card[lane] == which) << np.uint64(lane)
        t[ops[at + 5 + 3 * i]] = word
    return at + 3 + 3 * count


@njit
def interpret(ops: Any, r: Any, t: Any, w: Any, big: Any, hits: Any, real: Any) -> None:
    """Run a program: code, how many groups of operands, the groups. hits int64: how often each rule took effect.

    real: a bit for each game that there is.
    """
    at = np.int64(0)
    while at < len(ops):
        code, count = ops[at], np.int64(ops[at + 1])
        at += 2
        if code == Op.CONST:
            at = _const(ops, at, count, r, t, w, big)
        elif code == Op.COPY or code == Op.STORE:
            at = _copy(ops, at, count, r, t, w, big)
        elif code == Op.ADD:
            at = _add(ops, at, count, r, t, w, big)
        elif code == Op.SUB:
            at = _sub(ops, at, count, r, t, w, big)
        elif code == Op.ADD_CONST:
            at = _add_const(ops, at, count, r, t, w, big)
        elif code == Op.TIMES_CONST:
            at = _times_const(ops, at, count, r, t, w, big)
        elif code == Op.ADD_TIMES:
            at = _add_times(ops, at, count, r, t, w, big)
        elif code == Op.PRODUCT:
            at = _product(ops, at, count, r, t, w, big)
        elif code == Op.LEAST:
            at = _least(ops, at, count, r, t, w, big)
        elif code == Op.MOST:
            at = _most(ops, at, count, r, t, w, big)
        elif code == Op.LEAST_CONST:
            at = _least_const(ops, at, count, r, t, w, big)
        elif code == Op.MOST_CONST:
            at = _most_const(ops, at, count, r, t, w, big)
        elif code == Op.ABS:
            at = _abs(ops, at, count, r, t, w, big)
        elif code == Op.KEEP:
            at = _keep(ops, at, count, r, t, w, big)
        elif code == Op.PICK:
            at = _pick(ops, at, count, r, t, w, big)
        elif code == Op.ADD_IF:
            at = _add_if(ops, at, count, r, t, w, big)
        elif code == Op.SELECT:
            at = _select(ops, at, count, r, t, w, big)
        elif code == Op.DIVIDE:
            at = _divide(ops, at, count, r, t, w, big)
        elif code == Op.TABLE:
            for _ in range(count):
                x, y, table, last = r[ops[at]], r[ops[at + 1]], ops[at + 2], ops[at + 3]
                for lane in range(LANES):
                    x[lane] = np.int32(big[table + min(max(y[lane], 0), last)])
                at += 4
        elif code == Op.LESS_CONST:
            at = _less_const(ops, at, count, r, t, w, big)
        elif code == Op.GREATER_CONST:
            at = _greater_const(ops, at, count, r, t, w, big)
        elif code == Op.EQUAL_CONST:
            at = _equal_const(ops, at, count, r, t, w, big)
        elif code == Op.LESS:
            at = _less(ops, at, count, r, t, w, big)
        elif code == Op.EQUAL:
            at = _equal(ops, at, count, r, t, w, big)
        elif code == Op.AND:
            for _ in range(count):
                t[ops[at]] = t[ops[at + 1]] & t[ops[at + 2]]
                at += 3
        elif code == Op.OR:
            for _ in range(count):
                t[ops[at]] = t[ops[at + 1]] | t[ops[at + 2]]
                at += 3
        elif code == Op.NOT:
            for _ in range(count):
                t[ops[at]] = ~t[ops[at + 1]]
                at += 2
        elif code == Op.KEEP_WORD:
            for _ in range(count):
                t[ops[at]] = t[ops[at + 1]]
                at += 2
        elif code == Op.DRAW:
            for _ in range(count):
                if t[ops[at + 2]]:
                    _draw(ops, at, 1, r, t, w, big)
                else:
                    t[ops[at]] = 0
                at += 7
        elif code == Op.FRESH:
            at = _fresh(ops, at, count, r, t, w, big)
        elif code == Op.DATED:
            at = _dated(ops, at, count, r, t, w, big)
        elif code == Op.RANK:
            at = _rank(ops, at, count, r, t, w, big)
        elif code == Op.ADD_TO:
            for _ in range(count):
                if t[ops[at + 2]]:
                    _add_to(ops, at, 1, r, t, w, big)
                at += 3
        elif code == Op.ADD_CONST_TO:
            for _ in range(count):
                if t[ops[at + 2]]:
                    add_const_to(ops, at, 1, r, t, w, big)
                at += 3
        elif code == Op.HITS:
            for _ in range(count):
                hits[ops[at + 1]] += ones(t[ops[at]] & real) * ops[at + 2]
                at += 3
        elif code == Op.FINISH:
            for _ in range(count):
                _finish(ops, at, 1, r, t, w, big)
                _clear(ops, at + 2, 1, r, t, w, big)
                at += 5
        elif code == Op.BOUND:
            at = _bound(ops, at, count, r, t, w, big)
        elif code == Op.STAMP:
            for _ in range(count):
                if t[ops[at + 1]]:
                    _stamp(ops, at, 1, r, t, w, big)
                at += 3
        elif code == Op.WORTH:
            for _ in range(count):
                if t[ops[at + 2]]:
                    _const(ops, at, 1, r, t, w, big)
                at += 3
        elif code == Op.WORTH_ADD:
            for _ in range(count):
                if t[ops[at + 2]] & t[ops[at + 3]]:
                    _add_to(ops, at, 1, r, t, w, big)
                at += 4
        elif code == Op.WORTH_ADD_CONST:
            for _ in range(count):
                if t[ops[at + 2]] & t[ops[at + 3]]:
                    add_const_to(ops, at, 1, r, t, w, big)
                at += 4
        elif code == Op.SKIP:
            some = np.uint64(0)
            for i in range(count):
                some |= t[ops[at + 1 + i]]
            at = at + 1 + count if some else np.int64(ops[at])
        elif code == Op.DEAL:
            for _ in range(count):
                at = _deal(ops, at, r, t)
        else:
            at = _rare(code, count, ops, at, r, t, w, big)


@njit
def _rare(code: int, count: int, ops: Any, at: int, r: Any, t: Any, w: Any, big: Any) -> int:
    """Operations on 64 bits: few."""
    if code == Op.WIDEN:
        at = _widen(ops, at, count, r, t, w, big)
    elif code == Op.NARROW:
        at = _narrow(ops, at, count, r, t, w, big)
    elif code == Op.WIDE_CONST:
        at = _wide_const(ops, at, count, r, t, w, big)
    elif code == Op.WIDE_ADD:
        at = _wide_add(ops, at, count, r, t, w, big)
    elif code == Op.WIDE_PRODUCT:
        at = _wide_product(ops, at, count, r, t, w, big)
    elif code == Op.WIDE_LEAST:
        at = _wide_least(ops, at, count, r, t, w, big)
    elif code == Op.WIDE_MOST:
        at = _wide_most(ops, at, count, r, t, w, big)
    elif code == Op.WIDE_DIVIDE:
        for _ in range(count):
            b = ops[at + 2]
            _divide_wide(w[ops[at + 1]], w[ops[at]], big[b], big[b + 1], big[b + 2])
            at += 3
    else:
        for _ in range(count):
            _quotient(w[ops[at + 1]], w[ops[at + 2]], w[ops[at + 3]], w[ops[at]], big[ops[at + 4]])
            at += 5
    return at
