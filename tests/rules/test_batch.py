"""Few games, resolved with all nodes of a kind at once, are what the rules give one after the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from game.players import make_player
from game.rules import advance, compile_rules, legal_mask, start
from game.rules.batch import FEW
from game.scenario import load, shipped

MODULES = ("phase", "events", "legality")


def _play(source: str, player: str, games: int) -> list[Any]:
    rules = compile_rules(load(source).book)
    plays = make_player(player, rules)
    world, seen = start(rules, np.arange(7, 7 + games, dtype=np.uint64)), list[Any]()
    for _ in range(rules.turns):
        legal = legal_mask(rules, world)
        orders = plays.decide(rules, world, range(len(rules.seats)))
        turn = advance(rules, world, orders, trace=range(games))
        told = [turn.ledger.entries(game) for game in range(games)]
        seen.append((legal.tolist(), orders.tolist(), turn.world.state.tolist(), list(turn.fired.items()), told))
        world = turn.world
    return seen


def _both_ways(monkeypatch: pytest.MonkeyPatch, source: str, player: str, games: int) -> None:
    assert games <= FEW
    few = _play(source, player, games)
    for module in MODULES:
        monkeypatch.setattr(f"game.rules.{module}.FEW", 0)
    monkeypatch.setattr("game.players.doctrine.FEW", 0)
    for turn, (mine, plain) in enumerate(zip(few, _play(source, player, games), strict=True)):
        for part, one, other in zip(("legal", "orders", "state", "fired", "ledger"), mine, plain, strict=True):
            assert one == other, f"{part} in turn {turn + 1}"


@pytest.mark.parametrize("player", ["random", "doctrine", "doctrine:reckless"])
@pytest.mark.parametrize("games", [1, 3])
def test_whole_games_are_the_same(monkeypatch: pytest.MonkeyPatch, player: str, games: int) -> None:
    _both_ways(monkeypatch, "tests/data/tiny.yaml", player, games)


def test_a_shipped_scenario_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    _both_ways(monkeypatch, "bucharest_2008", "doctrine", 2)


@pytest.mark.slow
@pytest.mark.parametrize("scenario", [name for name, _title in shipped()])
@pytest.mark.parametrize("player", ["random", "doctrine:reckless"])
def test_every_scenario_is_the_same(monkeypatch: pytest.MonkeyPatch, scenario: str, player: str) -> None:
    _both_ways(monkeypatch, scenario, player, 2)
