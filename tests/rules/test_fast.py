"""The accelerator computes what NumPy computes, bit by bit: worlds, orders, and how often every rule took effect."""

from __future__ import annotations

import numpy as np
import pytest

from game.players import DoctrinePlayer, PlannerPlayer, budget_of
from game.rules import Ruleset, World, advance, compile_rules, start
from game.rules import machine as machines
from game.rules.fast import numba_version
from game.scenario import load, shipped

needs_numba = pytest.mark.skipif(numba_version() is None, reason="Numba is not installed (the extra 'fast')")


def _play(rules: Ruleset, games: int, turns: int, population: str | None = None) -> tuple[World, dict[str, int]]:
    player = DoctrinePlayer(rules, population)
    world, fired = start(rules, np.arange(games, dtype=np.uint64)), dict[str, int]()
    for _ in range(turns):
        turn = advance(rules, world, player.decide(rules, world, range(len(rules.seats))))
        for name, times in turn.fired.items():
            fired[name] = fired.get(name, 0) + times
        world = turn.world
    return world, fired


def _both_ways(
    monkeypatch: pytest.MonkeyPatch, source: str, games: int, turns: int | None = None, population: str | None = None
) -> None:
    book = load(source).book
    fast_rules = compile_rules(book)
    assert machines.machine_of(fast_rules, games) is not None, "the machine does not take this ruleset"
    fast = _play(fast_rules, games, turns or fast_rules.turns, population)
    monkeypatch.setattr(machines, "LEAST", 10**9)
    monkeypatch.setattr("game.players.doctrine.LEAST", 10**9)
    plain = _play(compile_rules(book), games, turns or fast_rules.turns, population)
    assert (fast[0].state == plain[0].state).all()
    assert fast[1] == plain[1]


@needs_numba
@pytest.mark.parametrize("games", [33, 64, 200])
def test_whole_games_are_the_same(monkeypatch: pytest.MonkeyPatch, games: int) -> None:
    _both_ways(monkeypatch, "tests/data/tiny.yaml", games)


@needs_numba
def test_a_shipped_scenario_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    _both_ways(monkeypatch, "bucharest_2008", 70, 6)


@needs_numba
@pytest.mark.slow
@pytest.mark.parametrize("scenario", [name for name, _title in shipped()])
@pytest.mark.parametrize("population", [None, "reckless"])
def test_every_scenario_is_the_same(monkeypatch: pytest.MonkeyPatch, scenario: str, population: str | None) -> None:
    _both_ways(monkeypatch, scenario, 300, None, population)


@needs_numba
def test_a_planner_chooses_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    book = load("bucharest_2008").book
    rules = compile_rules(book)
    world, _fired = _play(rules, 1, 3)
    asked = [(0, seat) for seat, wants in enumerate(PlannerPlayer(rules, budget_of("SMALL")).wants) if wants][:4]
    fast = PlannerPlayer(rules, budget_of("96x3")).decide_at(rules, world, asked)
    monkeypatch.setattr(machines, "LEAST", 10**9)
    monkeypatch.setattr("game.players.doctrine.LEAST", 10**9)
    plain_rules = compile_rules(book)
    plain = PlannerPlayer(plain_rules, budget_of("96x3")).decide_at(plain_rules, world, asked)
    assert (fast == plain).all()


@needs_numba
@pytest.mark.parametrize("divisor", [2, 3, 7, 10, 100, 4096, 99_991])
def test_division_by_a_product_is_exact(divisor: int) -> None:
    from game.rules.program import reciprocal

    for low, high in ((0, 1000), (-123_456, 654_321), (-(2**29), 2**29)):
        lift, factor, shift, back = reciprocal(low, high, divisor)
        around = [k * divisor + d for k in (low // divisor + 1, -1, 0, 1, high // divisor) for d in (-1, 0, 1)]
        for x in (low, high, *(x for x in around if low <= x <= high)):
            assert ((x + lift) * factor >> shift) - back == x // divisor
            assert 0 <= (x + lift) * factor < 2**63


def test_without_numba_nothing_is_accelerated(monkeypatch: pytest.MonkeyPatch) -> None:
    numba_version.cache_clear()
    monkeypatch.setenv("OPEN_DOOR_FAST", "0")
    try:
        assert numba_version() is None
        assert machines.machine_of(compile_rules(load("tests/data/tiny.yaml").book), 1000) is None
    finally:
        numba_version.cache_clear()
