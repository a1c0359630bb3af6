"""Dayton 1995: what its ensembles must show. All seats on doctrine unless said otherwise."""

from __future__ import annotations

import numpy as np
import pytest

from game.lab.gauge import ATTACKS, WAR, Outcome, play_out, wins
from game.players import make_player
from game.rules import Ruleset, advance, compile_rules, start
from game.scenario import load

SCENARIO = "dayton_1995"


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return compile_rules(load(SCENARIO).book)


@pytest.fixture(scope="module")
def thousand(ruleset: Ruleset) -> Outcome:
    return play_out(ruleset, 1_000, "doctrine")


def test_games_end_in_several_ways_and_never_yet_in_war(ruleset: Ruleset) -> None:
    outcome = play_out(ruleset, 100, "doctrine")
    assert outcome.endings[""] == 0
    assert sum(share > 0.05 for share in outcome.endings.values()) >= 3
    assert (outcome.share(WAR) or 0.0) <= 0.02


def test_montenegro_and_kosovo_have_no_seat_before_their_time(ruleset: Ruleset) -> None:
    world = start(ruleset, np.arange(4, dtype=np.uint64))
    seats = [ruleset.seats.index(seat) for seat in ("montenegro", "kosovo")]
    assert (make_player("random", ruleset).decide(ruleset, world, seats) == -1).all()


def test_there_is_no_action_plan_before_1999(ruleset: Ruleset) -> None:
    """Who is invited comes from the dialogue; nobody ever stands on the rungs between."""
    player, world = make_player("doctrine", ruleset), start(ruleset, np.arange(60, dtype=np.uint64))
    rungs = [rung.id for ladder in ruleset.book.rulebook.ladders if ladder.id == "nato" for rung in ladder.rungs]
    rows = [ruleset.layout.row(f"nato_status[{c}]") for c in ("hungary", "romania", "slovenia", "croatia")]
    seen: set[int] = set()
    for _ in range(ruleset.turns):
        world = advance(ruleset, world, player.decide(ruleset, world, range(len(ruleset.seats)))).world
        seen |= set(np.unique(world.state[rows]).tolist())
    assert rungs.index("invited") in seen or rungs.index("ratifying") in seen
    assert not seen & {rungs.index("map"), rungs.index("map_conditional")}


def test_the_breach_with_pale_brings_the_reformers(ruleset: Ruleset) -> None:
    """The event names a government by its place among the entity's doctrines."""
    names = [doctrine.id for doctrine in ruleset.book.doctrines if doctrine.seat == "republika_srpska"]
    assert names.index("banja_luka_reformers") == 2
    assert names.index("pale_leadership") == 1


@pytest.mark.slow
def test_dangers_are_real_and_contained(ruleset: Ruleset, thousand: Outcome) -> None:
    assert thousand.endings[""] == 0
    assert (thousand.share(WAR) or 0.0) < 0.01
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
def test_without_a_plan_there_is_a_gap_after_ifor(ruleset: Ruleset, thousand: Outcome) -> None:
    """The same luck, with allied staffs and Washington that plan nothing: the force comes late."""
    row = "objective[nato.gap]"
    idle = play_out(ruleset, 200, {"nato": "idle", "united_states": "idle"})
    assert (thousand.row(row)[:200] > 0).mean() >= (idle.row(row) > 0).mean() + 0.2
