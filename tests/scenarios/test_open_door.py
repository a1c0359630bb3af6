"""Open Door, 2006 to 2025: what its ensembles must show. All seats on doctrine unless said otherwise."""

from __future__ import annotations

import numpy as np
import pytest
from scenarios.thousand import moved_by

from game.lab.gauge import WAR, Outcome, choices, play_out, wins
from game.players import make_player
from game.rules import Ruleset, World, advance, compile_rules, legal_mask, pack, start
from game.scenario import load

SCENARIO = "open_door"


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return compile_rules(load(SCENARIO).book)


@pytest.fixture(scope="module")
def some(ruleset: Ruleset) -> Outcome:
    return play_out(ruleset, 24, "doctrine")


@pytest.fixture(scope="module")
def thousand(ruleset: Ruleset) -> Outcome:
    return play_out(ruleset, 1_000, "doctrine")


def year_of(ruleset: Ruleset, row: str, rung: int, player: str, games: int) -> list[float]:
    """For each game the year in which a ladder's row first stood at a rung or above; infinity for never."""
    at, everybody = ruleset.layout.row(row), range(len(ruleset.seats))
    deciding = make_player(player, ruleset)
    world = start(ruleset, np.arange(games, dtype=np.uint64))
    found = np.full(games, np.inf)
    for turn in range(ruleset.turns):
        world = advance(ruleset, world, deciding.decide(ruleset, world, everybody), reuse=True).world
        reached = (world.state[at] >= rung) & np.isinf(found)
        found[reached] = (ruleset.first_month + turn * 3) / 12
    return [float(year) for year in found]


def test_games_end_in_several_ways_and_hardly_ever_in_war(some: Outcome) -> None:
    assert some.endings[""] == 0
    assert sum(share > 0.05 for share in some.endings.values()) >= 3
    assert (some.share(WAR) or 0.0) <= 0.02


def test_twenty_years_leave_nobody_at_the_end_of_a_scale(some: Outcome) -> None:
    for name in ("attention", "governance[albania]", "standing[albania]", "credibility[eu]", "autonomy[banja_luka]"):
        assert 20 < np.median(some.row(name)) / 100 < 92, name


def test_the_doors_open_in_the_order_of_the_record(some: Outcome) -> None:
    rungs = {name: np.median(some.row(f"nato_status[{name}]")) for name in ("albania", "croatia", "bosnia", "serbia")}
    assert rungs["albania"] == rungs["croatia"] > rungs["bosnia"] > rungs["serbia"]


def test_montenegro_gives_no_orders_before_it_is_independent(ruleset: Ruleset) -> None:
    seat = ruleset.seats.index("montenegro")
    world = start(ruleset, np.arange(2, dtype=np.uint64))
    player = make_player("doctrine", ruleset)
    for turn in range(3):
        orders = player.decide(ruleset, world, range(len(ruleset.seats)))
        assert (orders[seat] >= 0).any() == (turn == 2)
        world = advance(ruleset, world, orders).world


@pytest.mark.parametrize(
    ("order", "row", "more"),
    [("russia.warn_of_consequences", "cohesion", 40), ("russia.make_energy_deal.serbia", "exposed[russia]", 100)],
)
def test_what_moscow_did_for_three_quarters_turns_against_it(ruleset: Ruleset, order: str, row: str, more: int) -> None:
    """Threats close ranks, and too many deals draw eyes: a drift that begins after three orders in nine months."""
    steps = np.diff(moved_by(ruleset, order, [row], turns=4)[:, 0])
    assert steps[2] >= steps[1] + more, "hundredths of a point"


def applicant(ruleset: Ruleset, turn: int, **rows: float) -> World:
    """Eight games in which Albania has applied to the Union and is fit for it; rows: what else is so."""
    world = start(ruleset, np.arange(8, dtype=np.uint64))
    player = make_player("doctrine", ruleset)
    for _ in range(turn - 1):
        world = advance(ruleset, world, player.decide(ruleset, world, range(len(ruleset.seats)))).world
    fit = {"eu_status": 2, "governance": 75, "eu_alignment": 75, "eu_agenda": 0, "purse": 12, **rows}
    for name, value in fit.items():
        scale = ruleset.layout.quantities[name].scale
        world.state[ruleset.layout.row(f"{name}[albania]")] = round(value * scale)
    return world


def resolved(ruleset: Ruleset, world: World, *orders: str) -> World:
    """A turn in which Albania alone gives orders."""
    queue = [ruleset.catalogue.texts.index(order) for order in orders]
    return advance(ruleset, world, pack(ruleset, {ruleset.seats.index("albania"): queue}, world.games)).world


def test_an_empty_chamber_puts_a_candidacy_off_until_the_opposition_is_back(ruleset: Ruleset) -> None:
    """The turn after a request the European Council has met, in the second and the fourth quarter of a year."""
    at = ruleset.layout.row("eu_status[albania]")
    for stand_off, rung in ((80, 2), (20, 3)):
        world = applicant(ruleset, 13, stand_off=stand_off)
        world = resolved(ruleset, resolved(ruleset, world, "albania.ask_the_union"))
        assert (world.state[at] == rung).mean() >= 0.75, stand_off


def test_the_opposition_comes_back_by_invitation_election_and_time(ruleset: Ruleset) -> None:
    at = ruleset.layout.row("stand_off[albania]")

    def left(*orders: str, **rows: float) -> float:
        return float(resolved(ruleset, applicant(ruleset, 3, stand_off=80, **rows), *orders).state[at].mean()) / 100

    usual = left()
    assert usual < 80
    assert left("albania.invite_opposition") == usual - 25
    assert left(campaigning=3) == usual - 30


def test_the_commission_needs_time_for_its_opinion(ruleset: Ruleset) -> None:
    world = applicant(ruleset, 13, eu_status=1)
    ask = ruleset.catalogue.texts.index("albania.ask_the_union")
    world = resolved(ruleset, world, "albania.apply_to_union")
    legal = []
    for _ in range(8):
        world.state[ruleset.layout.row("eu_status[albania]")] = 2
        legal.append(bool(legal_mask(ruleset, world)[ask].any()))
        world = resolved(ruleset, world)
    assert not any(legal[:6])
    assert any(legal[6:])


@pytest.mark.slow
def test_dated_steps_fall_near_the_record(ruleset: Ruleset) -> None:
    recorded = {
        ("nato_status[albania]", 7): 2009.25,
        ("nato_status[croatia]", 7): 2009.25,
        ("nato_status[montenegro]", 7): 2017.4,
        ("eu_status[croatia]", 5): 2013.5,
        ("eu_status[serbia]", 3): 2012.2,
        ("eu_status[serbia]", 4): 2014.1,
        ("eu_status[montenegro]", 3): 2010.9,
        ("eu_status[albania]", 3): 2014.5,
        ("eu_status[bosnia]", 3): 2022.9,
    }
    for (row, rung), year in recorded.items():
        assert abs(np.median(year_of(ruleset, row, rung, "doctrine", 100)) - year) <= 3, row


@pytest.mark.slow
def test_history_settles_the_name_at_prespa_or_later(ruleset: Ruleset) -> None:
    years = year_of(ruleset, "nato_status[north_macedonia]", 7, "history", 60)
    assert sum(year < 2012 for year in years) <= 12


@pytest.mark.slow
def test_a_playable_seat_has_several_kinds_of_orders(ruleset: Ruleset) -> None:
    offered = choices(ruleset, 12)
    for playable in ruleset.book.scenario.seats:
        assert offered[playable.seat].orders >= 6, playable.seat
        assert offered[playable.seat].kinds >= 3, playable.seat


@pytest.mark.slow
def test_war_is_rare_and_reckless_governments_bring_it_near(ruleset: Ruleset, thousand: Outcome) -> None:
    assert thousand.endings[""] == 0
    assert sum(share > 0.05 for share in thousand.endings.values()) >= 4
    assert (thousand.share(WAR) or 0.0) < 0.01
    assert (play_out(ruleset, 300, "doctrine:reckless").share(WAR) or 0.0) >= 0.05


@pytest.mark.slow
def test_every_objective_can_be_reached_and_missed(thousand: Outcome) -> None:
    assert {goal: share for goal, share in thousand.met().items() if not 0.1 <= share <= 0.9} == {}


@pytest.mark.slow
def test_doctrine_beats_doing_nothing(ruleset: Ruleset, thousand: Outcome) -> None:
    for playable in ruleset.book.scenario.seats:
        idle = play_out(ruleset, 100, {playable.seat: "idle"})
        assert wins(thousand.score(playable.seat)[:100], idle.score(playable.seat)) >= 0.65, playable.seat


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seat", "order"),
    [
        ("romania", "contribute_troops"),
        ("kosovo", "serve_all"),
        ("nato", "mend_fences"),
        ("russia", "make_energy_deal"),
        ("united_states", "visit"),
    ],
)
def test_no_single_order_replaces_a_policy(ruleset: Ruleset, thousand: Outcome, seat: str, order: str) -> None:
    repeated = play_out(ruleset, 100, {seat: f"repeat:{order}"})
    assert wins(thousand.score(seat)[:100], repeated.score(seat)) >= 0.6
