"""The floods of 2014: what their ensembles must show. All seats on doctrine unless said otherwise."""

from __future__ import annotations

import pytest

from game.lab.gauge import WAR, Outcome, play_out, wins
from game.rules import Ruleset, compile_rules
from game.scenario import load

SCENARIO = "floods_2014"


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return compile_rules(load(SCENARIO).book)


@pytest.fixture(scope="module")
def thousand(ruleset: Ruleset) -> Outcome:
    return play_out(ruleset, 1_000, "doctrine")


def test_games_end_in_several_ways(ruleset: Ruleset) -> None:
    outcome = play_out(ruleset, 100, "doctrine")
    assert outcome.endings[""] == 0
    assert sum(share > 0.05 for share in outcome.endings.values()) >= 2


def test_help_from_abroad_dries_houses(ruleset: Ruleset) -> None:
    """The same luck with and without the disaster centre and the Commission."""
    usual, alone = play_out(ruleset, 60, "doctrine"), play_out(ruleset, 60, {"nato": "idle", "eu": "idle"})
    for place in ("bosnia", "republika_srpska"):
        row = f"water[{place}]"
        assert alone.row(row).mean() > usual.row(row).mean() + 500


@pytest.mark.slow
def test_three_endings_are_common_and_war_is_rare(thousand: Outcome) -> None:
    assert thousand.endings[""] == 0
    assert sum(share > 0.05 for share in thousand.endings.values()) >= 3
    assert (thousand.share(WAR) or 0.0) < 0.01


@pytest.mark.slow
def test_every_objective_can_be_reached_and_missed(thousand: Outcome) -> None:
    assert {goal: share for goal, share in thousand.met().items() if not 0.1 <= share <= 0.9} == {}


@pytest.mark.slow
def test_doctrine_beats_doing_nothing(ruleset: Ruleset, thousand: Outcome) -> None:
    for playable in ruleset.book.scenario.seats:
        idle = play_out(ruleset, 200, {playable.seat: "idle"})
        assert wins(thousand.score(playable.seat)[:200], idle.score(playable.seat)) >= 0.65, playable.seat
