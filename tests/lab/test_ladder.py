"""The ladder: intervals and ratings are right, and processes change nothing."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from game.cli import app
from game.lab.ladder import Ladder, elo, scores, standings, wilson
from game.rules import compile_rules
from game.scenario import load

TINY = "tests/data/tiny.yaml"


@pytest.mark.parametrize(
    ("wins", "games", "low", "high"), [(50, 100, 0.4038, 0.5962), (10, 10, 0.7225, 1.0), (0, 5, 0.0, 0.4345)]
)
def test_wilson_intervals_are_those_of_the_tables(wins: float, games: int, low: float, high: float) -> None:
    assert wilson(wins, games) == pytest.approx((low, high), abs=5e-4)


def test_a_tie_counts_half_and_is_reported() -> None:
    found = {"a": np.array([3, 2, 1, 5]), "b": np.array([1, 2, 4, 5])}
    one = standings(found, [("a", "b")])[0]
    assert (one.wins, one.ties, one.games) == (2.0, 2, 4)


def test_who_wins_more_has_the_higher_rating() -> None:
    scenario = load(TINY)
    ladder = Ladder(compile_rules(scenario.book), ["arda"], 4)
    ratings = elo({"a": np.array([3, 3, 3, 1]), "b": np.array([1, 1, 1, 2]), "c": np.zeros(4)}, ladder, "arda")
    assert ratings["a"] > ratings["b"] > ratings["c"]
    assert sum(ratings.values()) == pytest.approx(4500, abs=1)


def test_games_are_spread_over_the_seats_and_processes_change_nothing() -> None:
    scenario = load(TINY)
    ladder = Ladder(compile_rules(scenario.book), ["arda", "belen"], 6)
    assert np.bincount(ladder.seat_of).max() == 3
    kinds = ["planner:24x2", "doctrine"]
    one = scores(ladder, kinds, scenario.text, scenario.path, 1)
    two = scores(ladder, kinds, scenario.text, scenario.path, 2)
    assert all((one[kind] == two[kind]).all() for kind in kinds)


def test_the_command_prints_one_object() -> None:
    result = CliRunner().invoke(app, ["ladder", TINY, "--games", "2", "--workers", "1", "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    pairs = [(pair["a"], pair["b"]) for pair in found["pairs"]]
    assert pairs[0] == ("doctrine", "idle")
    assert pairs[-1] == ("planner:LARGE", "planner:SMALL")
    assert all({"wins", "games", "low", "high"} <= pair.keys() for pair in found["pairs"])


def test_an_unknown_seat_is_refused_with_the_nearest() -> None:
    result = CliRunner().invoke(app, ["ladder", TINY, "--seat", "ardo"])
    assert result.exit_code == 1
    assert "arda" in result.output
