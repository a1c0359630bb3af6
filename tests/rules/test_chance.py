"""Chance is fair, is a function, and its odds are exact."""

from __future__ import annotations

from decimal import Decimal, getcontext
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from game.rules import chance
from game.rules.phase import keys_of

GAMES = np.arange(40_000, dtype=np.uint64)


def drawn(rule: str, turn: int, luck: np.ndarray = GAMES) -> np.ndarray:
    return chance.draws(keys_of(rule, [("a",)]), chance.game_words(luck, turn))[0]


def test_draws_are_a_function_of_luck_turn_rule_and_binding() -> None:
    """Frozen values: a change of the function would change every saved game."""
    assert drawn("riot", 3, np.array([0, 1, 2**40], np.uint64)).tolist() == FROZEN


FROZEN = [16305332, 5667923, 13357976]


def test_draws_are_even() -> None:
    """Each of 64 boxes holds its share to within five standard deviations."""
    for rule, turn in (("riot", 1), ("riot", 2), ("flood", 1)):
        boxes = np.bincount(drawn(rule, turn) >> (chance.BITS - 6), minlength=64)
        expected = len(GAMES) / 64
        assert np.abs(boxes - expected).max() < 5 * expected**0.5


def test_draws_of_rules_turns_and_games_are_unrelated() -> None:
    first = drawn("riot", 1)
    for other in (drawn("riot", 2), drawn("flood", 1), drawn("riot", 1, GAMES + np.uint64(1))):
        correlation = np.corrcoef(first, other)[0, 1]
        assert abs(correlation) < 0.025


@given(st.integers(0, 1000))
def test_monthly_odds_make_up_the_quarter(per_mille: int) -> None:
    getcontext().prec = 60
    exact = (
        1 - (Decimal(1) - Decimal(per_mille) / 1000) ** (Decimal(1) / Decimal(3)) if per_mille < 1000 else Decimal(1)
    )
    month = chance.monthly(Fraction(per_mille, 1000))
    assert abs(Decimal(month.numerator) / Decimal(month.denominator) - exact) < Decimal(10) ** -20


def test_the_ladder_rises() -> None:
    for months in (1, 3):
        steps = chance.ladder_thresholds(months)
        assert (np.diff(steps) > 0).all()
    assert (chance.ladder_thresholds(1)[1:] < chance.ladder_thresholds(3)[1:]).all()
