"""Bucharest 2008 behaves as the region did, for the reasons it had. All figures: every seat on doctrine."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from ensembles import Ensemble, play, variant

from game.rules import compile_rules
from game.scenario import load

pytestmark = pytest.mark.slow

GAMES = 2_000
MID_2008, END_2008 = 6, 8
"""Turns by whose end the middle and the end of 2008 have passed (the first turn is the first quarter of 2007)."""

STATUS = [f"nato_status[{c}]" for c in ("albania", "croatia", "north_macedonia", "bosnia", "montenegro", "serbia")]
ROWS = [
    *STATUS,
    "kosovo_declared",
    "war_broke_out",
    "armed_attacks",
    "incidents[north_kosovo]",
    *(f"eu_status[{c}]" for c in ("albania", "croatia", "north_macedonia", "bosnia", "montenegro", "serbia")),
]


def rung(name: str) -> int:
    ladders = {ladder.id: [r.id for r in ladder.rungs] for ladder in load("bucharest_2008").book.rulebook.ladders}
    return ladders["nato"].index(name)


@pytest.fixture(scope="module")
def history() -> Ensemble:
    return play(compile_rules(load("bucharest_2008").book), GAMES, ROWS)


@pytest.mark.parametrize("country", ["albania", "croatia"])
def test_the_adriatic_candidates_are_invited_in_most_games(history: Ensemble, country: str) -> None:
    share = history.reached(f"nato_status[{country}]", rung("invited"), MID_2008).mean()
    assert 0.60 <= share <= 0.97


def test_macedonia_waits_for_its_name(history: Ensemble) -> None:
    assert 1 - history.reached("nato_status[north_macedonia]", rung("invited")).mean() >= 0.60


def test_macedonia_is_invited_without_the_name_condition() -> None:
    council = next(
        c for c in load("bucharest_2008").book.rulebook.councils if any("name" in x.id for x in c.conditions)
    )
    names = [x.id for x in council.conditions if "name" in x.id]
    other = play(variant("bucharest_2008", {f"without.{council.id}": names}), 500, ROWS)
    assert other.reached("nato_status[north_macedonia]", rung("invited")).mean() > 0.5


@pytest.mark.parametrize("country", ["bosnia", "montenegro"])
def test_intensified_dialogue_in_2008(history: Ensemble, country: str) -> None:
    share = history.reached(f"nato_status[{country}]", rung("intensified_dialogue"), END_2008).mean()
    assert 0.60 <= share <= 0.97


def test_montenegro_has_its_action_plan_before_bosnia_has_a_full_one(history: Ensemble) -> None:
    montenegro = history.first("nato_status[montenegro]", rung("map"))
    bosnia = history.first("nato_status[bosnia]", rung("map"))
    assert ((montenegro < bosnia) & (montenegro < 10_000)).mean() > 0.5


def test_kosovo_declares(history: Ensemble) -> None:
    assert history.reached("kosovo_declared", 1, END_2008).mean() >= 0.85


def test_serbia_stays_a_partner(history: Ensemble) -> None:
    assert (history.history["nato_status[serbia]"][-1] == rung("pfp")).mean() >= 0.90


def test_war_is_rare_and_attacks_are_not_unheard_of(history: Ensemble) -> None:
    assert history.reached("war_broke_out", 1).mean() < 0.01
    assert 0.05 <= history.reached("armed_attacks", 1).mean() <= 0.30


def odds_ratio(ensemble: Ensemble) -> float:
    """Odds of an incident in north Kosovo in the turn after one of the same game, over the odds after none."""
    happened = np.diff(ensemble.history["incidents[north_kosovo]"], axis=0) > 0
    before, after = happened[:-1], happened[1:]
    odds = [after[before == one].mean() for one in (True, False)]
    return float(odds[0] / (1 - odds[0]) * (1 - odds[1]) / odds[1])


def test_incidents_cluster_and_the_echo_is_the_reason(history: Ensemble) -> None:
    with_echo = odds_ratio(history)
    assert with_echo >= 1.5
    without = play(variant("bucharest_2008", {"parameter.incident_echo": 0}), GAMES, ROWS)
    assert odds_ratio(without) < with_echo


def test_games_take_many_paths(history: Ensemble) -> None:
    ladders = [row for row in ROWS if "_status" in row]
    paths = np.concatenate([history.history[row] for row in ladders])
    assert len({column.tobytes() for column in paths.T.copy()}) >= 200


def test_an_idle_albania_is_invited_less_often(history: Ensemble) -> None:
    """The same luck; only Albania's own orders are missing."""
    row = "nato_status[albania]"
    idle = play(history.ruleset, GAMES, ROWS, others={"albania": "idle"})
    gap = history.reached(row, rung("invited"), MID_2008).mean() - idle.reached(row, rung("invited"), MID_2008).mean()
    assert gap >= 0.30


def test_a_reckless_population_doubles_armed_attacks(history: Ensemble) -> None:
    reckless = play(history.ruleset, GAMES, ROWS, kind="doctrine:reckless")
    assert reckless.reached("armed_attacks", 1).mean() >= 2 * history.reached("armed_attacks", 1).mean()
