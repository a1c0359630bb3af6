"""Bucharest 2008 in both engines: every row after every turn, every legal order, every decision."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import Oracle

from game.players import make_player
from game.rules import Ruleset, advance, compile_rules, legal_mask, start
from game.scenario import load

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def engines() -> tuple[Ruleset, Oracle]:
    book = load("bucharest_2008").book
    return compile_rules(book), Oracle(book)


@pytest.mark.parametrize("luck", [0, 2**63 + 7])
@pytest.mark.parametrize("kind", ["random", "doctrine", "doctrine:reckless"])
def test_both_engines_agree(engines: tuple[Ruleset, Oracle], kind: str, luck: int) -> None:
    ruleset, oracle = engines
    player = make_player(kind, ruleset)
    world, game = start(ruleset, np.array([luck], np.uint64)), oracle.start(luck)
    for _ in range(ruleset.turns):
        assert world.state[:, 0].tolist() == list(game.rows)
        assert legal_mask(ruleset, world)[:, 0].tolist() == oracle.legal(game)
        orders = player.decide(ruleset, world, range(len(ruleset.seats)))
        given = [[order for order in orders[seat, :, 0].tolist() if order >= 0] for seat in range(len(ruleset.seats))]
        if kind.startswith("doctrine"):
            theirs = oracle.doctrine(game, kind.partition(":")[2] or None)
            assert [sorted(queue) for queue in theirs] == [sorted(queue) for queue in given]
        world, game = advance(ruleset, world, orders).world, oracle.advance(game, given)
    assert world.state[:, 0].tolist() == list(game.rows)
