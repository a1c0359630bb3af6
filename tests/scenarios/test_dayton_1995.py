"""Dayton 1995: what is its own; what every scenario must show is in `test_proofs.py`."""

from __future__ import annotations

import numpy as np
import pytest
from scenarios.thousand import rules_of, thousand

from game.lab.gauge import play_out
from game.players import make_player
from game.rules import Ruleset, advance, start

SCENARIO = "dayton_1995"


@pytest.fixture
def ruleset() -> Ruleset:
    return rules_of(SCENARIO)


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
def test_without_a_plan_there_is_a_gap_after_ifor(ruleset: Ruleset) -> None:
    """The same luck, with allied staffs and Washington that plan nothing: the force comes late."""
    row = "objective[nato.gap]"
    idle = play_out(ruleset, 200, {"nato": "idle", "united_states": "idle"})
    assert (thousand(SCENARIO).row(row)[:200] > 0).mean() >= (idle.row(row) > 0).mean() + 0.2
