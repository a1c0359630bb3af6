"""How far each kind of player comes in each objective."""

from __future__ import annotations

import pytest

from game.lab.gauge import play_out
from game.lab.goals import Goal, goals
from game.rules import Ruleset, compile_rules
from game.scenario import load

GAMES = 64


@pytest.fixture(scope="module")
def tutorial() -> Ruleset:
    return compile_rules(load("tutorial").book)


@pytest.fixture(scope="module")
def found(tutorial: Ruleset) -> list[Goal]:
    return list(goals(tutorial, GAMES, ["croatia"], ["make_gesture"]))


def test_the_score_comes_first_and_then_every_objective(tutorial: Ruleset, found: list[Goal]) -> None:
    own = [goal.id for goal in tutorial.book.objectives if goal.seat == "croatia"]
    assert [one.objective for one in found] == ["", *own]
    players = [one.player for one in found[0].spreads]
    assert players == ["history", "doctrine", "planner:SMALL", "random", "repeat:make_gesture"]


def test_the_means_of_all_objectives_are_the_mean_score(found: list[Goal]) -> None:
    for place, score in enumerate(found[0].spreads):
        assert sum(goal.spreads[place].mean for goal in found[1:]) == pytest.approx(score.mean, abs=0.03)


def test_shares_are_those_of_the_games(tutorial: Ruleset, found: list[Goal]) -> None:
    outcome = play_out(tutorial, GAMES, "doctrine")
    for goal in found[1:]:
        (doctrine,) = (one for one in goal.spreads if one.player == "doctrine")
        assert doctrine.met == outcome.met()["croatia", goal.objective]
    (par,) = (one.par for one in tutorial.book.scenario.seats if one.seat == "croatia")
    assert found[0].spreads[1].met == pytest.approx((outcome.score("croatia") > par * 100).mean())


def test_what_differs_between_players_is_told(found: list[Goal]) -> None:
    border = next(goal for goal in found if goal.objective == "border")
    means = {one.player: one.mean for one in border.spreads}
    assert means["repeat:make_gesture"] > means["random"]
