"""The lesson of 45 minutes: eight seats, eight orders each, and the summit in the fifth turn."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from game.players import make_player
from game.rules import Ruleset, World, advance, compile_rules, legal_mask, start
from game.scenario import load


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return compile_rules(load("bucharest_lesson").book)


def test_eight_seats_have_eight_orders_at_most(ruleset: Ruleset) -> None:
    seats = [playable.seat for playable in ruleset.book.scenario.seats]
    assert len(seats) == 8
    catalogue = ruleset.catalogue
    for seat in seats:
        mine = {
            catalogue.template[i]
            for i in range(catalogue.size)
            if catalogue.texts[i].startswith(f"{seat}.") and not catalogue.free[i]
        }
        assert 6 <= len(mine) <= 8, seat


def test_the_summit_falls_into_the_last_turn_of_the_class(ruleset: Ruleset) -> None:
    teaching = ruleset.book.scenario.teaching
    assert teaching is not None
    assert teaching.minutes == 45
    world = start(ruleset, np.array([1], np.uint64))
    player = make_player("doctrine", ruleset)
    summit = ruleset.layout.row("summit")
    held = []
    for _ in range(ruleset.turns):
        held.append(int(world.state[summit, 0]))
        world = advance(ruleset, world, player.decide(ruleset, world, range(len(ruleset.seats)))).world
    assert held.index(1) + 1 == teaching.turns == 5


def test_every_seat_is_asked_three_questions_of_its_own(ruleset: Ruleset) -> None:
    scenario = ruleset.book.scenario
    assert scenario.teaching is not None
    assert {check.seat for check in scenario.teaching.checks} == {playable.seat for playable in scenario.seats}


def test_the_other_way_round_the_name_can_be_settled(ruleset: Ruleset) -> None:
    """Pupils who both come and both move find a text, whatever the computer's governments do in its games."""
    world = start(ruleset, np.arange(20, dtype=np.uint64))
    player = make_player("doctrine", ruleset)
    index, seats = ruleset.catalogue.index, {seat: i for i, seat in enumerate(ruleset.seats)}
    state = ruleset.layout.row("dossier_state[name_issue]")
    deed = ruleset.layout.row("deed[name_issue, greece]")
    best = np.zeros(20, np.int32)
    for _ in range(ruleset.turns):
        orders = player.decide(ruleset, world, range(len(ruleset.seats)))
        signed = int(world.state[deed, 0]) > 0
        for seat in ("greece", "north_macedonia"):
            orders[seats[seat]] = -1
            wanted = ["honour_deed"] if signed else ["attend_talks", "concede"]
            for place, action in enumerate(wanted):
                orders[seats[seat], place] = index[f"{seat}.{action}.name_issue"]
        world = advance(ruleset, world, legal_only(ruleset, world, orders)).world
        best = np.maximum(best, world.state[state])
    assert (best >= 2).mean() > 0.2


def legal_only(ruleset: Ruleset, world: World, orders: NDArray[np.int32]) -> NDArray[np.int32]:
    """The orders without those that are illegal or cannot be paid for."""
    mask = legal_mask(ruleset, world)
    purse = world.state[[ruleset.layout.row(f"purse[{seat}]") for seat in ruleset.seats]]
    kept = orders.copy()
    for game in range(orders.shape[2]):
        for seat in range(orders.shape[0]):
            left = int(purse[seat, game])
            for place in range(orders.shape[1]):
                order = int(orders[seat, place, game])
                if order >= 0 and (not mask[order, game] or ruleset.catalogue.cost[order] > left):
                    kept[seat, place, game] = -1
                elif order >= 0:
                    left -= int(ruleset.catalogue.cost[order])
    return kept
