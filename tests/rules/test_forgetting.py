"""What a turn computes on the way is given back as soon as nothing asks for it again, and never a moment sooner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from game.players import make_player
from game.rules import Ruleset, World, advance, compile_rules, start
from game.rules import nodes as nd
from game.rules.spent import LARGE, spent
from game.scenario import load

GAMES = 40
"""More than `FEW`, so that node after node is computed, and so few that no accelerator is made."""


class Memory(dict[int, Any]):
    """A frame's memory, which knows what was ever put into it."""

    def __init__(self) -> None:
        self.ever: set[int] = set()
        self.again: list[int] = []
        frames.append(self)

    def __setitem__(self, node: int, values: Any) -> None:
        if node in self.ever:
            self.again.append(node)
        self.ever.add(node)
        super().__setitem__(node, values)


frames: list[Memory] = []


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Memory]]:
    """The memory of every frame from here on."""
    begin = nd.Frame.__init__

    def watched(self: nd.Frame, *args: Any, **more: Any) -> None:
        begin(self, *args, **more)
        self.memo = Memory()

    frames.clear()
    monkeypatch.setattr(nd.Frame, "__init__", watched)
    yield frames
    frames.clear()


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return compile_rules(load("tutorial").book)


def play(ruleset: Ruleset) -> World:
    """Whole games on doctrine, with NumPy."""
    ruleset.__dict__["_machine"] = None
    player = make_player("doctrine", ruleset)
    world = start(ruleset, np.arange(GAMES, dtype=np.uint64))
    for _ in range(ruleset.turns):
        orders = player.decide(ruleset, world, range(len(ruleset.seats)))
        world = advance(ruleset, world, orders).world
    return world


def test_nothing_is_forgotten_that_is_asked_for_again(ruleset: Ruleset, remembered: list[Memory]) -> None:
    play(ruleset)
    assert sum(len(one.ever) for one in remembered) > 1000
    assert [one.again for one in remembered if one.again] == []


def test_little_is_left_of_a_decision_and_of_a_phase(ruleset: Ruleset, remembered: list[Memory]) -> None:
    play(ruleset)
    largest = max(remembered, key=lambda one: len(one.ever))
    kept = [values for values in largest.values() if len(values) >= LARGE]
    assert len(largest.ever) > 10 * len(kept)


def test_games_are_the_same_whether_anything_is_forgotten(ruleset: Ruleset, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = play(ruleset).state
    monkeypatch.setattr(nd.Frame, "forget", lambda self, nodes: None)
    assert np.array_equal(play(ruleset).state, usual)


def test_a_step_gives_back_what_no_later_step_reads() -> None:
    shared, alone = nd.Rows(range(0, 12, 3), [(0, 1)], 0, 9), nd.Rows(range(4), [(1, 2)], 0, 9)
    first, second = nd.Product(shared, alone), nd.Negation(nd.Threshold(shared, ">", 3))
    for number, node in enumerate((shared, alone, first, second.child, second)):
        node.id = number
    given_back = spent([[first, None], [second], []])
    assert [sorted(step) for step in given_back] == [[1, 2], [0, 3, 4], []]
