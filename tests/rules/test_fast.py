"""The accelerator computes what NumPy computes, bit by bit: worlds, orders, and how often every rule took effect."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from game.players import DoctrinePlayer, PlannerPlayer, budget_of
from game.rules import Ruleset, World, advance, compile_rules, fast, start
from game.rules import machine as machines
from game.rules.fast import numba_version
from game.scenario import load, shipped

needs_numba = pytest.mark.skipif(numba_version() is None, reason="Numba is not installed (the extra 'fast')")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPEN_DOOR_FAST", "1")


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
@pytest.mark.parametrize(
    ("scenario", "population"),
    [*((name, None) for name, _title in shipped()), ("bucharest_2008", "reckless"), ("kosovo_2023", "reckless")],
)
def test_every_scenario_is_the_same(monkeypatch: pytest.MonkeyPatch, scenario: str, population: str | None) -> None:
    _both_ways(monkeypatch, scenario, 80, None, population)


@needs_numba
def test_a_part_of_a_world_and_one_that_may_not_be_written_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = compile_rules(load("tests/data/tiny.yaml").book)
    world, seats = _play(rules, 80, 2)[0], range(len(rules.seats))
    player = DoctrinePlayer(rules)
    orders = player.decide(rules, world, seats)
    whole = advance(rules, world, orders).world.state
    part = World(world.state.copy()[:, 10:60], world.luck[10:60], world.turn)
    half = advance(rules, part, orders[:, :, 10:60], reuse=True).world.state
    assert (half == whole[:, 10:60]).all()
    world.state.flags.writeable = orders.flags.writeable = False
    assert (player.decide(rules, world, seats) == orders).all()
    assert (advance(rules, world, orders).world.state == whole).all()


@needs_numba
def test_threads_do_not_disturb_one_another() -> None:
    rules = compile_rules(load("tests/data/tiny.yaml").book)
    alone = {games: _play(rules, games, 3)[0].state for games in (40, 90)}
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda games: (games, _play(rules, games, 3)[0].state), [40, 90] * 8))
    assert all((state == alone[games]).all() for games, state in together)


@needs_numba
def test_a_planner_chooses_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    book = load("bucharest_2008").book
    rules = compile_rules(book)
    world, _fired = _play(rules, 1, 3)
    asked = [(0, seat) for seat, wants in enumerate(PlannerPlayer(rules, budget_of("SMALL")).wants) if wants][:4]
    fast = PlannerPlayer(rules, budget_of("96x3")).decide_at(rules, world, asked)
    monkeypatch.setattr(machines, "LEAST", 10**9)
    plain_rules = compile_rules(book)
    plain = PlannerPlayer(plain_rules, budget_of("96x3")).decide_at(plain_rules, world, asked)
    assert (fast == plain).all()


@needs_numba
@pytest.mark.parametrize("divisor", [2, 3, 7, 10, 100, 4096, 99_991])
def test_division_by_a_product_is_exact(divisor: int) -> None:
    from game.rules.expressions import reciprocal

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


@pytest.mark.parametrize(
    ("games", "compiled", "loads", "soon"),
    [(40, True, False, False), (64, True, False, True), (256, True, True, False), (512, False, False, False)],
)
def test_nobody_waits_for_the_accelerator(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, games: int, compiled: bool, loads: bool, soon: bool
) -> None:
    note, begun = tmp_path / "kernels", list[bool]()
    if compiled:
        note.touch()
    monkeypatch.delenv("OPEN_DOOR_FAST")
    monkeypatch.setattr(fast, "_loaded", threading.Event())
    monkeypatch.setattr(fast, "numba_version", lambda: "0")
    monkeypatch.setattr(fast, "_note", lambda: note)
    monkeypatch.setattr(fast, "_load_soon", lambda: begun.append(True))
    assert fast.worth_loading(games) == loads
    assert bool(begun) == soon


AT_A_DESK = """
import sys
import numpy as np
from game.scenario import load
from game.session import Forecaster, Game
loaded = load("tutorial")
seat = loaded.book.scenario.seats[0].seat
game = Game.new(loaded, [seat], seed=1)
order = int(np.flatnonzero(game.legal(seat))[0])
Forecaster(game, futures=200, turns=2).forecast(seat, [order])
game.play(game.decide())
assert "numba" not in sys.modules
"""


def test_a_person_plays_without_the_accelerator_where_it_was_never_compiled(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OPEN_DOOR_FAST"}
    subprocess.run([sys.executable, "-c", AT_A_DESK], env={**environment, "NUMBA_CACHE_DIR": str(tmp_path)}, check=True)


def test_kernels_of_earlier_sources_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "_home", lambda: tmp_path / "kernels-own")
    for age, name in enumerate(("own", "first", "second", "third", "fourth")):
        folder = tmp_path / f"kernels-{name}"
        folder.mkdir()
        folder.with_suffix(".lock").touch()
        note = folder / fast.NOTE
        note.touch()
        os.utime(note, (1_000 - age, 1_000 - age))
    (tmp_path / "kernels-unfinished").mkdir()
    (tmp_path / "scenarios").mkdir()
    fast._make_room()
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == [
        "kernels-first", "kernels-own", "kernels-second", "kernels-third", "scenarios",
    ]  # fmt: skip
    assert not (tmp_path / "kernels-fourth.lock").exists()


SEVERAL = """
import numpy as np
from game.players import DoctrinePlayer
from game.rules import advance, compile_rules, start
from game.scenario import load
players = [(rules := compile_rules(load(name).book), DoctrinePlayer(rules)) for name in {names!r}]
for games in (33, 300):
    for rules, player in players:
        world = start(rules, np.arange(games, dtype=np.uint64))
        for _turn in range(4):
            world = advance(rules, world, player.decide(rules, world, range(len(rules.seats)))).world
assert all(rules.__dict__["_machine"] is not None for rules, _player in players)
"""


def _apart(names: list[str], cache: Path, **variables: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "OPEN_DOOR_FAST": "1", "NUMBA_CACHE_DIR": str(cache), **variables}
    command = [sys.executable, "-X", "faulthandler", "-c", SEVERAL.format(names=names)]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


@needs_numba
@pytest.mark.slow
def test_kernels_stay_within_their_arrays(tmp_path: Path) -> None:
    process = _apart([name for name, _title in shipped()], tmp_path, NUMBA_BOUNDSCHECK="1")
    assert process.communicate()[1] == ""
    assert process.returncode == 0


@needs_numba
@pytest.mark.slow
def test_processes_share_what_they_compile(tmp_path: Path) -> None:
    processes = [_apart(["tutorial", "tests/data/tiny.yaml"], tmp_path) for _ in range(3)]
    for process in processes:
        assert process.communicate()[1] == ""
        assert process.returncode == 0


@needs_numba
def test_every_kernel_has_one_signature() -> None:
    from numba.core.dispatcher import Dispatcher

    from game.rules import kernels

    kept = [f for f in vars(kernels).values() if isinstance(f, Dispatcher) and type(f._cache).__name__ != "NullCache"]
    assert {"turn", "decide"} == {f.__name__ for f in kept}
    assert all(len(f.signatures) == 1 and not f._can_compile for f in kept)
