"""The player that repeats one order."""

from __future__ import annotations

import numpy as np
import pytest

from game.players import make_player
from game.rules import advance, compile_rules, legal_mask, start
from game.scenario import load


def test_it_gives_one_action_and_answers_cards() -> None:
    ruleset = compile_rules(load("tutorial").book)
    croatia = ruleset.seats.index("croatia")
    player = make_player("repeat:campaign", ruleset)
    world = start(ruleset, np.arange(8, dtype=np.uint64))
    given = []
    for _ in range(ruleset.turns):
        orders = player.decide(ruleset, world, [croatia])
        chosen = orders[orders >= 0]
        assert legal_mask(ruleset, world)[chosen].any(axis=1).all()
        given += [ruleset.catalogue.entries[i] for i in chosen.tolist()]
        world = advance(ruleset, world, orders).world
    assert {entry.template for entry in given if not entry.choice} == {"campaign"}
    assert any(entry.choice for entry in given)


def test_an_unknown_action_is_named_with_the_nearest() -> None:
    ruleset = compile_rules(load("tutorial").book)
    with pytest.raises(ValueError, match=r"no action 'campain' to repeat \(did you mean 'campaign'"):
        make_player("repeat:campain", ruleset)
