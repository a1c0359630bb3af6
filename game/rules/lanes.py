"""Operations on rows of 64 games as vector instructions, made once for the machine's loop.

Numba's own loops over such short rows spend more on checks than on the work, and it cannot make a word of 64
comparisons; so each operation is written in the compiler's terms, sixteen games at a time.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, untyped-decorator, unused-ignore"

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba.extending
from llvmlite import ir  # type: ignore[import-untyped, unused-ignore]
from numba import types
from numba.core import cgutils

from game.rules.codes import LANES

intrinsic: Any = numba.extending.intrinsic
PART = 16
_I16, _I32, _I64 = ir.IntType(16), ir.IntType(32), ir.IntType(64)
_BITS, _NARROW, _WIDE = (ir.VectorType(kind, PART) for kind in (ir.IntType(1), _I32, _I64))


def splat(value: int) -> Any:
    """One number in every lane."""
    return ir.Constant(_NARROW, [value] * PART)


def _spread(builder: Any, value: Any) -> Any:
    kind = ir.VectorType(value.type, PART)
    one = builder.insert_element(ir.Constant(kind, ir.Undefined), value, ir.Constant(_I32, 0))
    return builder.shuffle_vector(one, ir.Constant(kind, ir.Undefined), ir.Constant(_NARROW, [0] * PART))


def row_op(kinds: str, body: Callable[..., Any]) -> Any:
    """An operation over `count` groups of operands that stand in a program from `at` on; gives where they end.

    kinds: of the operands, see `codes`; body: (builder, *operands) → result, on sixteen lanes.
    """

    @intrinsic
    def operation(typing, ops, at, count, r, t, w, big):
        def generate(context, builder, signature, arguments):
            data = [
                context.make_array(kind)(context, builder, value).data
                for kind, value in zip(signature.args, arguments, strict=True)
                if isinstance(kind, types.Array)
            ]
            at, count = arguments[1], arguments[2]
            width = ir.Constant(_I64, len(kinds))
            with cgutils.for_range(builder, count) as loop:
                _one(builder, kinds, body, builder.add(at, builder.mul(loop.index, width)), data)
            return builder.add(at, builder.mul(count, width))

        return types.int64(ops, types.int64, types.int64, r, t, w, big), generate

    return operation


def _one(builder: Any, kinds: str, body: Callable[..., Any], place: Any, data: list[Any]) -> None:
    """The operation on one group of operands."""
    program, numbers, truths, wides, constants = data
    fixed = []
    for offset, kind in enumerate(kinds):
        operand = builder.load(builder.gep(program, [builder.add(place, ir.Constant(_I64, offset))]))
        index = builder.sext(operand, _I64)
        if kind in "nNA":
            fixed.append(builder.gep(numbers, [builder.mul(index, ir.Constant(_I64, LANES))]))
        elif kind in "wW":
            fixed.append(builder.gep(wides, [builder.mul(index, ir.Constant(_I64, LANES))]))
        elif kind in "tT":
            fixed.append(builder.gep(truths, [index]))
        else:
            fixed.append(_spread(builder, operand) if kind == "i" else builder.gep(constants, [index]))
    words = {offset: builder.load(fixed[offset]) for offset, kind in enumerate(kinds) if kind == "t"}
    made = ir.Constant(_I64, 0)
    for part in range(LANES // PART):
        shift = ir.Constant(_I64, part * PART)
        inputs = []
        for offset, kind in enumerate(kinds):
            if kind in "nwA":
                vector = (_WIDE if kind == "w" else _NARROW).as_pointer()
                start = builder.gep(fixed[offset], [shift])
                inputs.append(builder.load(builder.bitcast(start, vector), align=4))
            elif kind == "t":
                bits = builder.trunc(builder.lshr(words[offset], shift), _I16)
                inputs.append(builder.bitcast(bits, _BITS))
            elif kind in "ib":
                inputs.append(fixed[offset])
        result = body(builder, *inputs)
        if kinds[0] == "T":
            word = builder.zext(builder.bitcast(result, _I16), _I64)
            made = builder.or_(made, builder.shl(word, shift))
        else:
            start = builder.gep(fixed[0], [shift])
            vector = (_WIDE if kinds[0] == "W" else _NARROW).as_pointer()
            builder.store(result, builder.bitcast(start, vector), align=4)
    if kinds[0] == "T":
        builder.store(made, fixed[0])


def large(builder: Any, pointer: Any, place: int) -> Any:
    """A large constant in every lane."""
    return _spread(builder, builder.load(builder.gep(pointer, [ir.Constant(_I64, place)])))


def least(builder: Any, x: Any, y: Any) -> Any:
    return builder.select(builder.icmp_signed("<", x, y), x, y)


def most(builder: Any, x: Any, y: Any) -> Any:
    return builder.select(builder.icmp_signed(">", x, y), x, y)


def kept(builder: Any, x: Any, held: Any) -> Any:
    return builder.select(held, x, splat(0))


def divided(builder: Any, x: Any, at: Any) -> Any:
    """The floor of (x + half) / divisor by a product: exact within the node's bounds, see `program.reciprocal`.

    From `at` on: half, lift, factor, shift, back, and 1 where halves below nought go down.
    """
    half, lift, factor, shift, back, even = (large(builder, at, place) for place in range(6))
    below = builder.zext(builder.icmp_signed("<", x, splat(0)), _WIDE)
    value = builder.add(builder.sext(x, _WIDE), half)
    value = builder.sub(value, builder.and_(even, below))
    value = builder.ashr(builder.mul(builder.add(value, lift), factor), shift)
    return builder.trunc(builder.sub(value, back), _NARROW)


def luck(builder: Any, first: Any, second: Any, low: Any, high: Any) -> Any:
    """A draw of 24 bits, see `chance.draws`."""
    x = builder.mul(builder.xor(first, low), splat(0x85EBCA6B - (1 << 32)))
    x = builder.xor(x, builder.lshr(x, splat(15)))
    x = builder.add(builder.xor(x, second), high)
    x = builder.mul(x, splat(0xC2B2AE35 - (1 << 32)))
    x = builder.xor(x, builder.lshr(x, splat(16)))
    return builder.lshr(x, splat(8))


def widened(builder: Any, x: Any) -> Any:
    return builder.sext(x, _WIDE)


def narrowed(builder: Any, x: Any) -> Any:
    return builder.trunc(x, _NARROW)


def _row(builder: Any, start: Any, offset: Any, part: int) -> Any:
    """Where sixteen lanes of a row stand."""
    at = builder.add(offset, ir.Constant(_I64, part * PART))
    return builder.bitcast(builder.gep(start, [at]), _NARROW.as_pointer())


@intrinsic
def carry(typing, source, begin, stride, target, first, leap, count):
    """Copy `count` rows of 64 lanes. begin, first: where the first row stands; stride, leap: from row to row.

    Rows of many games stand far from one another, so each is asked for some rows ahead.
    """

    def generate(context, builder, signature, arguments):
        source, begin, stride, target, first, leap, count = arguments
        data = context.make_array(signature.args[0])(context, builder, source).data
        goal = context.make_array(signature.args[3])(context, builder, target).data
        pointer = ir.IntType(8).as_pointer()
        kind = ir.FunctionType(ir.VoidType(), [pointer, _I32, _I32, _I32])
        fetch = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        flags = [ir.Constant(_I32, flag) for flag in (0, 3, 1)]
        writing = [ir.Constant(_I32, flag) for flag in (1, 3, 1)]
        with cgutils.for_range(builder, count) as loop:
            here = builder.add(begin, builder.mul(loop.index, stride))
            there = builder.add(first, builder.mul(loop.index, leap))
            for part in range(LANES // PART):
                ahead = builder.add(here, builder.mul(stride, ir.Constant(_I64, AHEAD)))
                builder.call(fetch, [builder.bitcast(_row(builder, data, ahead, part), pointer), *flags])
                ahead = builder.add(there, builder.mul(leap, ir.Constant(_I64, AHEAD)))
                builder.call(fetch, [builder.bitcast(_row(builder, goal, ahead, part), pointer), *writing])
            for part in range(LANES // PART):
                value = builder.load(_row(builder, data, here, part), align=4)
                builder.store(value, _row(builder, goal, there, part), align=4)
        return context.get_dummy_value()

    whole = types.int64
    return types.void(source, whole, whole, target, whole, whole, whole), generate


AHEAD = 16
"""So many rows ahead memory is asked for what will be copied."""


@intrinsic
def where_not(typing, r, row, value):
    """The word of the lanes in which a row differs from a value."""

    def generate(context, builder, signature, arguments):
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        start = builder.mul(arguments[1], ir.Constant(_I64, LANES))
        other, word = _spread(builder, arguments[2]), ir.Constant(_I64, 0)
        for part in range(LANES // PART):
            values = builder.load(_row(builder, data, start, part), align=4)
            bits = builder.bitcast(builder.icmp_signed("!=", values, other), _I16)
            word = builder.or_(word, builder.shl(builder.zext(bits, _I64), ir.Constant(_I64, part * PART)))
        return word

    return types.uint64(r, types.int64, types.int32), generate


@intrinsic
def lowest(typing, word):
    """The number of the lowest bit that is set; of a word that is not nought."""

    def generate(context, builder, signature, arguments):
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), generate


@intrinsic
def ones(typing, word):
    """How many bits of a word are set."""

    def generate(context, builder, signature, arguments):
        return builder.ctpop(arguments[0])

    return types.int64(types.uint64), generate
