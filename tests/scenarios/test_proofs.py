"""What a scenario's ensembles must show, for those that ask for nothing further. Every seat on doctrine."""

from __future__ import annotations

from functools import cache

import pytest

from game.lab.gauge import WAR, Outcome, choices, play_out, wins
from game.rules import Ruleset, compile_rules
from game.scenario import load

SCENARIOS = ("bucharest_lesson", "montenegro_2015", "prespa_2018")
GAMES, PAIRS = 1_000, 200


@cache
def rules_of(scenario: str) -> Ruleset:
    return compile_rules(load(scenario).book)


@cache
def thousand(scenario: str) -> Outcome:
    return play_out(rules_of(scenario), GAMES, "doctrine")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_games_end_in_several_ways_and_hardly_ever_in_war(scenario: str) -> None:
    outcome = play_out(rules_of(scenario), 40, "doctrine")
    assert outcome.endings[""] == 0
    assert sum(share > 0.05 for share in outcome.endings.values()) >= 2
    assert (outcome.share(WAR) or 0.0) <= 0.02


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_playable_seat_has_several_kinds_of_orders(scenario: str) -> None:
    offered = choices(rules_of(scenario), 12)
    for playable in rules_of(scenario).book.scenario.seats:
        assert offered[playable.seat].orders >= 6, playable.seat
        assert offered[playable.seat].kinds >= 3, playable.seat


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_three_endings_are_common_and_war_is_rare(scenario: str) -> None:
    outcome = thousand(scenario)
    assert outcome.endings[""] == 0
    assert sum(share > 0.05 for share in outcome.endings.values()) >= 3
    assert (outcome.share(WAR) or 0.0) < 0.01


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_objective_can_be_reached_and_missed(scenario: str) -> None:
    met = thousand(scenario).met()
    assert {goal: share for goal, share in met.items() if not 0.1 <= share <= 0.9} == {}


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_doctrine_beats_doing_nothing(scenario: str) -> None:
    for playable in rules_of(scenario).book.scenario.seats:
        idle = play_out(rules_of(scenario), PAIRS, {playable.seat: "idle"})
        usual = thousand(scenario).score(playable.seat)[:PAIRS]
        assert wins(usual, idle.score(playable.seat)) >= 0.65, playable.seat
