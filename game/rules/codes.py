"""The operations of the accelerator's machine: their numbers and what their operands are.

An operation works on rows of 64 games. A number is a row of 64 × 32 bits, a truth one word of 64 bits, a bit for
each game; a few numbers are 64 bits wide. Operands by letter: `n` number, `t` truth, `w` wide number, `i` a whole
number in the program itself, `b` a place among the large constants. The first is what is computed, a capital; `A`
is a number that is changed.
"""

from __future__ import annotations

from enum import IntEnum

LANES = 64
"""Games in a block: as many as a word has bits."""
FALSE, TRUE, AWAKE, SCRATCH = 0, 1, 2, 3
"""Truths with a fixed place: in no game, in every game, in the games that are still running; for use in between."""


class Op(IntEnum):
    # What gives a new row, the same from the same operands.
    CONST = 0
    COPY = 1
    ADD = 2
    SUB = 3
    ADD_CONST = 4
    TIMES_CONST = 5
    ADD_TIMES = 6
    PRODUCT = 7
    LEAST = 8
    MOST = 9
    LEAST_CONST = 10
    MOST_CONST = 11
    ABS = 12
    KEEP = 13
    PICK = 14
    ADD_IF = 15
    SELECT = 16
    DIVIDE = 17
    TABLE = 18
    LESS_CONST = 19
    GREATER_CONST = 20
    EQUAL_CONST = 21
    LESS = 22
    EQUAL = 23
    AND = 24
    OR = 25
    NOT = 26
    DRAW = 27
    FRESH = 28
    DATED = 29
    RANK = 30
    WIDEN = 31
    NARROW = 32
    WIDE_CONST = 33
    WIDE_ADD = 34
    WIDE_PRODUCT = 35
    WIDE_LEAST = 36
    WIDE_MOST = 37
    WIDE_DIVIDE = 38
    QUOTIENT = 39
    # What changes rows with a fixed place, in the order in which it is written.
    ADD_TO = 40
    ADD_CONST_TO = 41
    HITS = 42
    FINISH = 43
    BOUND = 44
    STORE = 45
    KEEP_WORD = 46
    STAMP = 47
    WORTH = 48
    WORTH_ADD = 49
    WORTH_ADD_CONST = 50
    # With operands of their own, see `interpreter`.
    DEAL = 51
    SKIP = 52


KINDS = {
    Op.CONST: "Ni",
    Op.COPY: "Nn",
    Op.ADD: "Nnn",
    Op.SUB: "Nnn",
    Op.ADD_CONST: "Nni",
    Op.TIMES_CONST: "Nni",
    Op.ADD_TIMES: "Nnni",
    Op.PRODUCT: "Nnn",
    Op.LEAST: "Nnn",
    Op.MOST: "Nnn",
    Op.LEAST_CONST: "Nni",
    Op.MOST_CONST: "Nni",
    Op.ABS: "Nn",
    Op.KEEP: "Nnt",
    Op.PICK: "Ntii",
    Op.ADD_IF: "Nnti",
    Op.SELECT: "Ntnn",
    Op.DIVIDE: "Nnb",
    Op.TABLE: "Nnbi",
    Op.LESS_CONST: "Tni",
    Op.GREATER_CONST: "Tni",
    Op.EQUAL_CONST: "Tni",
    Op.LESS: "Tnn",
    Op.EQUAL: "Tnn",
    Op.AND: "Ttt",
    Op.OR: "Ttt",
    Op.NOT: "Tt",
    Op.DRAW: "Tntiinn",
    Op.FRESH: "Tnin",
    Op.DATED: "Tiin",
    Op.RANK: "Ntiiinn",
    Op.WIDEN: "Wn",
    Op.NARROW: "Nw",
    Op.WIDE_CONST: "Wb",
    Op.WIDE_ADD: "Www",
    Op.WIDE_PRODUCT: "Www",
    Op.WIDE_LEAST: "Www",
    Op.WIDE_MOST: "Www",
    Op.WIDE_DIVIDE: "Wwb",
    Op.QUOTIENT: "Wwwwb",
    Op.ADD_TO: "Ant",
    Op.ADD_CONST_TO: "Ait",
    Op.HITS: "tii",
    Op.FINISH: "Nnnii",
    Op.BOUND: "Nnii",
    Op.STORE: "Nn",
    Op.KEEP_WORD: "Tt",
    Op.STAMP: "Atn",
    Op.WORTH: "Nit",
    Op.WORTH_ADD: "Antt",
    Op.WORTH_ADD_CONST: "Aitt",
}
