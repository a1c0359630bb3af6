"""Two governments of one country order different things in the same position with the same luck."""

from __future__ import annotations

import numpy as np
import pytest

from game.players import DoctrinePlayer
from game.rules import Ruleset, World, advance, compile_rules, start
from game.scenario import load

GAMES = 16


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return compile_rules(load("bucharest_2008").book)


def _orders_that_differ(rules: Ruleset, seat: str, other: int) -> float:
    player, place = DoctrinePlayer(rules), rules.seats.index(seat)
    row = rules.layout.row(f"government[{seat}]")
    world = start(rules, np.arange(GAMES, dtype=np.uint64))
    differ = given = 0
    for _ in range(rules.turns):
        found = []
        for government in (0, other):
            state = world.state.copy()
            state[row] = government
            found.append(player.decide(rules, World(state, world.luck, world.turn), [place])[place])
        for game in range(GAMES):
            first, second = ({o for o in orders[:, game].tolist() if o >= 0} for orders in found)
            differ += max(len(first - second), len(second - first))
            given += max(len(first), len(second))
        world = advance(rules, world, player.decide(rules, world, range(len(rules.seats)))).world
    return differ / given


@pytest.mark.parametrize("seat", ["greece", "north_macedonia", "serbia"])
def test_another_government_gives_other_orders(rules: Ruleset, seat: str) -> None:
    assert _orders_that_differ(rules, seat, 1) >= 0.3


def test_elections_may_change_who_rules(rules: Ruleset) -> None:
    changes = {
        effect.change.quantity
        for event in rules.book.events
        for effect in (*event.effects, *(e for choice in event.choices for e in choice.effects))
    }
    changes |= {effect.change.quantity for rule in rules.book.rules for effect in rule.effects}
    assert "government" in changes
