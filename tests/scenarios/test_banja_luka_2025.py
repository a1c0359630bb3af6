"""Banja Luka 2025: what its ensembles must show. All seats on doctrine unless said otherwise."""

from __future__ import annotations

import pytest

from game.lab.gauge import ATTACKS, WAR, Outcome, play_out, wins
from game.rules import Ruleset, compile_rules
from game.scenario import load

SCENARIO = "banja_luka_2025"


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return compile_rules(load(SCENARIO).book)


@pytest.fixture(scope="module")
def thousand(ruleset: Ruleset) -> Outcome:
    return play_out(ruleset, 1_000, "doctrine")


def test_games_end_in_several_ways_and_hardly_ever_in_war(ruleset: Ruleset) -> None:
    outcome = play_out(ruleset, 100, "doctrine")
    endings = outcome.endings
    assert endings[""] == 0
    assert sum(share > 0.05 for share in endings.values()) >= 3
    assert (outcome.share(WAR) or 0.0) <= 0.03
    assert (outcome.share(ATTACKS) or 0.0) <= 0.35


@pytest.mark.slow
def test_dangers_are_real_and_contained(ruleset: Ruleset, thousand: Outcome) -> None:
    assert thousand.endings[""] == 0
    assert (thousand.share(WAR) or 0.0) < 0.03
    assert 0.10 <= (thousand.share(ATTACKS) or 0.0) <= 0.30
    assert (play_out(ruleset, 1_000, "doctrine:reckless").share(WAR) or 0.0) >= 0.05


@pytest.mark.slow
def test_three_endings_are_common(thousand: Outcome) -> None:
    assert sum(share > 0.05 for share in thousand.endings.values()) >= 3


@pytest.mark.slow
def test_every_objective_can_be_reached_and_missed(thousand: Outcome) -> None:
    assert {goal: share for goal, share in thousand.met().items() if not 0.1 <= share <= 0.9} == {}


@pytest.mark.slow
def test_doctrine_beats_doing_nothing(ruleset: Ruleset, thousand: Outcome) -> None:
    for playable in ruleset.book.scenario.seats:
        idle = play_out(ruleset, 200, {playable.seat: "idle"})
        assert wins(thousand.score(playable.seat)[:200], idle.score(playable.seat)) >= 0.65, playable.seat


@pytest.mark.slow
def test_laws_against_the_state_isolate_who_passes_them(ruleset: Ruleset) -> None:
    row = "standing[republika_srpska]"
    usual = play_out(ruleset, 200, {"republika_srpska": "idle"}).row(row).mean()
    laws = play_out(ruleset, 200, {"republika_srpska": "repeat:pass_laws_against_state"}).row(row).mean()
    assert laws < usual
