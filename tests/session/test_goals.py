"""What objectives read, what they are worth, and which rows made the difference."""

from __future__ import annotations

import numpy as np
import pytest

from game.rules import Ruleset, compile_rules, start
from game.scenario import load
from game.session import Game
from game.session.goals import goal_of, rows_read, shares, worths


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return compile_rules(load("tutorial").book)


def moved(rules: Ruleset, objective: str, **values: float) -> dict[str, float]:
    """What each row did to an objective of Croatia, in points, had it gone from its start to some value in points."""
    before = start(rules, np.array([1], np.uint64)).state
    after = before.copy()
    names = {
        "tension": "tension[slovenia, croatia]",
        "nationalism": "nationalism[croatia]",
        "support": "support[croatia]",
    }
    for name, value in values.items():
        after[rules.layout.row(names[name])] = round(100 * value)
    goal = goal_of(rules, "croatia", objective)
    assert goal is not None
    short = {row: name for name, row in ((name, rules.layout.row(full)) for name, full in names.items())}
    return {short[row]: share / 100 for row, share in shares(rules, goal, before, after).items()}


def test_a_row_that_breaks_a_condition_bears_the_loss(rules: Ruleset) -> None:
    assert moved(rules, "border", tension=50, nationalism=45) == {"tension": -10}


def test_rows_that_each_break_it_share_the_loss(rules: Ruleset) -> None:
    assert moved(rules, "border", tension=50, nationalism=50) == {"tension": -5, "nationalism": -5}


def test_what_an_objective_does_not_read_has_no_share(rules: Ruleset) -> None:
    assert moved(rules, "support", support=46, nationalism=50) == {"support": 1}


def test_rows_that_do_not_change_its_worth_are_left_out(rules: Ruleset) -> None:
    assert moved(rules, "border", tension=45) == {}


def test_the_worth_is_what_the_engine_counts() -> None:
    game = Game.new(load("tutorial"), ["croatia"], seed=4)
    for _turn in range(3):
        game.end_turn()
    layout = game.ruleset.layout
    state = game.world.state.copy()
    state[layout.row("turn")] -= 1
    for goal in game.ruleset.book.objectives:
        assert worths(game.ruleset, goal, state)[0] == game.value(f"objective[{goal.seat}.{goal.id}]")
        assert rows_read(game.ruleset, goal.amount)
