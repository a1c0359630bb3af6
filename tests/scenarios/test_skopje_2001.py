"""Skopje 2001: what its ensembles must show. All seats on doctrine unless said otherwise."""

from __future__ import annotations

import numpy as np
import pytest

from game.lab.gauge import ATTACKS, WAR, Outcome, play_out, wins
from game.rules import Ruleset, compile_rules, legal_mask, start
from game.scenario import load

SCENARIO = "skopje_2001"


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return compile_rules(load(SCENARIO).book)


@pytest.fixture(scope="module")
def thousand(ruleset: Ruleset) -> Outcome:
    return play_out(ruleset, 1_000, "doctrine")


def test_games_end_in_several_ways_and_hardly_ever_in_war(ruleset: Ruleset) -> None:
    outcome = play_out(ruleset, 60, "doctrine")
    assert outcome.endings[""] == 0
    assert sum(share > 0.05 for share in outcome.endings.values()) >= 3
    assert (outcome.share(WAR) or 0.0) <= 0.03


def test_nothing_is_harvested_before_something_is_signed(ruleset: Ruleset) -> None:
    world = start(ruleset, np.arange(1, dtype=np.uint64))
    send = ruleset.catalogue.texts.index("nato.send_harvest")
    state = world.state
    for row, value in (("harvest_ready", 6_000), ("ceasefire", 6_000)):
        state[ruleset.layout.row(row)] = value
    assert not legal_mask(ruleset, world)[send, 0]
    state[ruleset.layout.row("dossier_state[framework_talks]")] = 2
    assert legal_mask(ruleset, world)[send, 0]


def test_parties_have_no_army(ruleset: Ruleset) -> None:
    mine = {text.split(".")[1] for text in ruleset.catalogue.texts if text.startswith("albanian_parties.")}
    assert not mine & {"alert_forces", "close_border", "economic_programme", "launch_offensive"}


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
def test_envoys_make_an_agreement_likelier(ruleset: Ruleset, thousand: Outcome) -> None:
    """The same luck with and without the envoys of the Union and of the United States."""
    row = "dossier_state[framework_talks]"
    alone = play_out(ruleset, 200, {"eu": "idle", "united_states": "idle"})
    assert (thousand.row(row)[:200] >= 2).mean() >= (alone.row(row) >= 2).mean() + 0.2
