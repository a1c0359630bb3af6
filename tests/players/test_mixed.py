"""Futures in which the others act in two ways: one look at all of them gives what two separate looks give."""

from __future__ import annotations

import numpy as np
import pytest

from game.players.doctrine import DoctrinePlayer, decide_mixed
from game.rules import World, advance, compile_rules, start
from game.scenario import load


@pytest.mark.parametrize("games", [9, 40])
def test_several_ways_side_by_side_are_each_way_alone(games: int) -> None:
    ruleset = compile_rules(load("kosovo_2023").book)
    usual, other = DoctrinePlayer(ruleset), DoctrinePlayer(ruleset, "reckless")
    seats, columns = range(len(ruleset.seats)), np.arange(games)
    manner, mine = columns % 3 % 2, columns % len(seats)
    world, differed = start(ruleset, np.arange(games, dtype=np.uint64)), False
    for _ in range(6):
        expected = usual.decide(ruleset, world, seats)
        own = np.flatnonzero(manner == 1)
        part = World(np.ascontiguousarray(world.state[:, own]), world.luck[own], world.turn)
        theirs = other.decide(ruleset, part, seats)
        theirs[mine[own], :, np.arange(len(own))] = expected[mine[own], :, own]
        differed |= bool((theirs != expected[:, :, own]).any())
        expected[:, :, own] = theirs
        mixed = decide_mixed([usual, other], ruleset, world, seats, manner, mine)
        assert np.array_equal(mixed, expected)
        world = advance(ruleset, world, expected).world
    assert differed, "the two ways must not be one"
