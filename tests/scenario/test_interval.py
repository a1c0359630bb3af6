"""Intervals hold every value that an expression can have."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.scenario import expression as ex
from game.scenario import load
from game.scenario.interval import ALWAYS, MAYBE, NEVER, Interval, Ranges, between, compare, contradiction
from game.scenario.language import Reader
from tests.scenario.tiny import DATA

BOOK = load(DATA / "tiny.yaml").book
QUANTITIES = {"attention": (0, 9, 1), "quiet_turns": (0, 1000, 1), "summit": (0, 1, 1), "standing": (0, 100, 100)}
READS = st.sampled_from([ex.Read(q, (ex.Thing("water_treaty"),) if q == "standing" else ()) for q in QUANTITIES])
NUMBERS = st.integers(-400, 400).map(lambda n: ex.Number(Fraction(n, 8)))


def _larger(inner: st.SearchStrategy[ex.Expression]) -> st.SearchStrategy[ex.Expression]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        pairs.map(ex.Add),
        pairs.map(lambda p: ex.Extreme("max", p)),
        pairs.map(lambda p: ex.Extreme("min", p)),
        st.tuples(NUMBERS, inner).map(lambda p: ex.Multiply(*p)),
        st.tuples(inner, st.sampled_from([-4, 3, 7])).map(lambda p: ex.Divide(p[0], ex.Number(Fraction(p[1])), None)),
        inner.map(ex.Absolute),
        st.tuples(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), inner, inner).map(lambda p: ex.Compare(*p)),
        st.tuples(st.sampled_from(["<", "=="]), inner, inner, inner, inner).map(
            lambda p: ex.Choose(ex.Compare(p[0], p[1], p[2]), p[3], p[4])
        ),
    )


def value(node: ex.Expression, state: dict[str, Fraction]) -> Fraction:
    """A plain evaluator of what the strategy makes; nothing in it rounds."""
    match node:
        case ex.Number():
            return node.value
        case ex.Read():
            return state[node.quantity]
        case ex.Add():
            return sum((value(p, state) for p in node.parts), Fraction(0))
        case ex.Multiply():
            return value(node.left, state) * value(node.right, state)
        case ex.Divide():
            return value(node.left, state) / value(node.right, state)
        case ex.Extreme():
            return (max if node.kind == "max" else min)(value(p, state) for p in node.parts)
        case ex.Absolute():
            return abs(value(node.part, state))
        case ex.Choose():
            return value(node.yes if value(node.test, state) else node.no, state)
        case ex.Compare():
            left, right = value(node.left, state), value(node.right, state)
            holds = {
                "<": left < right, "<=": left <= right, ">": left > right,
                ">=": left >= right, "==": left == right, "!=": left != right,
            }  # fmt: skip
            return Fraction(holds[node.op])
    raise AssertionError(node)


@settings(deadline=None, max_examples=150)
@given(st.recursive(st.one_of(READS, NUMBERS), _larger, max_leaves=12), st.integers(0, 10**6))
def test_every_value_lies_within_and_on_the_steps(node: ex.Expression, seed: int) -> None:
    interval = Ranges(BOOK).of(node)
    low, high = interval.ends
    dice = random.Random(seed)
    for _ in range(6):
        state = {
            name: Fraction(dice.choice([least * step, most * step, dice.randint(least * step, most * step)]), step)
            for name, (least, most, step) in QUANTITIES.items()
        }
        found = value(node, state)
        assert low <= found <= high
        assert (found * interval.step).denominator == 1


@pytest.mark.parametrize(
    ("op", "left", "right", "expected"),
    [
        ("<", Interval(0, 3), Interval(4, 9), ALWAYS),
        ("<", Interval(0, 3), Interval(0, 0), NEVER),
        ("<=", Interval(0, 3), Interval(3, 9), ALWAYS),
        (">", Interval(0, 3), Interval(3, 3), NEVER),
        (">=", Interval(0, 3), Interval(3, 3), MAYBE),
        ("==", Interval(200, 200, 100), Interval(2, 2), ALWAYS),
        ("==", Interval(0, 3), Interval(4, 4), NEVER),
        ("!=", Interval(0, 3), Interval(4, 4), ALWAYS),
        ("!=", Interval(2, 2), Interval(2, 2), NEVER),
    ],
)
def test_comparisons(op: str, left: Interval, right: Interval, expected: Interval) -> None:
    assert compare(op, left, right) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["attention > 3", "attention < 3"], True),
        (["attention > 3 and attention < 4"], True),
        (["attention > 3", "attention < 5"], False),
        (["standing[water_treaty] > 3 and standing[water_treaty] < 4"], False),
        (["3 > attention", "attention >= 3"], True),
        (["attention == 3", "attention == 4"], True),
        (["attention > 3 or summit == 1", "attention < 3"], False),
        (["attention > 9"], True),
    ],
)
def test_conditions_that_exclude_each_other(texts: list[str], expected: bool) -> None:
    reader = Reader(BOOK.vocabulary, {})
    assert contradiction([reader.truth(text) for text in texts], Ranges(BOOK)) is expected


def test_bounds_are_rounded_outwards() -> None:
    assert between(Fraction(1, 3), Fraction(2, 3), 100) == Interval(33, 67, 100)
