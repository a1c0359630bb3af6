"""What the ensembles of every scenario that has no more to prove than the others must show. Every seat on doctrine."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from scenarios.thousand import rules_of, thousand

from game.lab.gauge import ATTACKS, WAR, choices, play_out, wins

PAIRS = 200


@dataclass(frozen=True)
class Proof:
    """quick: games, common endings, war and armed attacks at most, of the test that is always run.

    war: below this share in the thousand; crisis: armed attacks in 10–30 % of games, and reckless governments in
    whose hands war comes in one game of twenty or more; kinds: whether the choice of orders is looked at here.
    """

    games: int
    endings: int
    quick_war: float = 1.0
    quick_attacks: float = 1.0
    war: float = 0.01
    crisis: bool = False
    kinds: bool = False


PROOFS = {
    "banja_luka_2025": Proof(100, 3, 0.03, 0.35, war=0.03, crisis=True),
    "bucharest_lesson": Proof(40, 2, 0.02, kinds=True),
    "dayton_1995": Proof(100, 3, 0.02, crisis=True),
    "floods_2014": Proof(100, 2),
    "kosovo_2023": Proof(100, 3, 0.03, 0.35, war=0.03, crisis=True),
    "montenegro_2015": Proof(40, 2, 0.02, kinds=True),
    "prespa_2018": Proof(40, 2, 0.02, kinds=True),
    "skopje_2001": Proof(60, 3, 0.03, war=0.03, crisis=True),
}


@pytest.mark.parametrize("scenario", PROOFS)
def test_games_end_in_several_ways_and_hardly_ever_in_war(scenario: str) -> None:
    proof = PROOFS[scenario]
    outcome = play_out(rules_of(scenario), proof.games, "doctrine")
    assert outcome.endings[""] == 0
    assert sum(share > 0.05 for share in outcome.endings.values()) >= proof.endings
    assert (outcome.share(WAR) or 0.0) <= proof.quick_war
    assert (outcome.share(ATTACKS) or 0.0) <= proof.quick_attacks


@pytest.mark.parametrize("scenario", [name for name, proof in PROOFS.items() if proof.kinds])
def test_a_playable_seat_has_several_kinds_of_orders(scenario: str) -> None:
    offered = choices(rules_of(scenario), 12)
    for playable in rules_of(scenario).book.scenario.seats:
        assert offered[playable.seat].orders >= 6, playable.seat
        assert offered[playable.seat].kinds >= 3, playable.seat


@pytest.mark.slow
@pytest.mark.parametrize("scenario", PROOFS)
def test_three_endings_are_common_and_war_is_rare(scenario: str) -> None:
    outcome = thousand(scenario)
    assert outcome.endings[""] == 0
    assert sum(share > 0.05 for share in outcome.endings.values()) >= 3
    assert (outcome.share(WAR) or 0.0) < PROOFS[scenario].war


@pytest.mark.slow
@pytest.mark.parametrize("scenario", [name for name, proof in PROOFS.items() if proof.crisis])
def test_dangers_are_real_and_contained(scenario: str) -> None:
    assert 0.10 <= (thousand(scenario).share(ATTACKS) or 0.0) <= 0.30
    assert (play_out(rules_of(scenario), 1_000, "doctrine:reckless").share(WAR) or 0.0) >= 0.05


@pytest.mark.slow
@pytest.mark.parametrize("scenario", PROOFS)
def test_every_objective_can_be_reached_and_missed(scenario: str) -> None:
    met = thousand(scenario).met()
    assert {goal: share for goal, share in met.items() if not 0.1 <= share <= 0.9} == {}


@pytest.mark.slow
@pytest.mark.parametrize("scenario", PROOFS)
def test_doctrine_beats_doing_nothing(scenario: str) -> None:
    for playable in rules_of(scenario).book.scenario.seats:
        idle = play_out(rules_of(scenario), PAIRS, {playable.seat: "idle"})
        usual = thousand(scenario).score(playable.seat)[:PAIRS]
        assert wins(usual, idle.score(playable.seat)) >= 0.65, playable.seat
