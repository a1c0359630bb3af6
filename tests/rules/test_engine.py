"""Laws of the engine: pure, independent of batch and process, exact, within bounds."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.players import make_player
from game.rules import Ruleset, World, advance, compile_rules, legal_mask, observe, pack, reasons, start
from game.rules.nodes import Frame, Node, Rounded, Rows
from game.scenario import load

TINY = "tests/data/tiny.yaml"


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return compile_rules(load(TINY).book)


def play(ruleset: Ruleset, luck: np.ndarray, kind: str, turns: int | None = None) -> World:
    """Play games to their end, or for some turns, with every seat on one kind of player."""
    player = make_player(kind, ruleset)
    world = start(ruleset, luck)
    for _ in range(turns or ruleset.turns):
        orders = player.decide(ruleset, world, range(len(ruleset.seats)))
        world = advance(ruleset, world, orders).world
    return world


@pytest.mark.parametrize("kind", ["doctrine", "random"])
@pytest.mark.parametrize("batch", [1, 7, 64])
def test_batch_size_never_changes_a_game(ruleset: Ruleset, kind: str, batch: int) -> None:
    luck = np.arange(64, dtype=np.uint64)
    whole = play(ruleset, luck, kind)
    for first in range(0, 64, batch):
        part = play(ruleset, luck[first : first + batch], kind)
        assert np.array_equal(part.state, whole.state[:, first : first + batch])


def test_more_games_than_a_chunk_give_the_same(ruleset: Ruleset) -> None:
    luck = np.arange(600, dtype=np.uint64)
    whole = play(ruleset, luck, "random", 3)
    part = play(ruleset, luck[500:], "random", 3)
    assert np.array_equal(part.state, whole.state[:, 500:])


def test_advance_is_pure(ruleset: Ruleset) -> None:
    world = start(ruleset, np.arange(8, dtype=np.uint64))
    before = world.state.copy()
    orders = make_player("random", ruleset).decide(ruleset, world, range(len(ruleset.seats)))
    kept = orders.copy()
    first, second = advance(ruleset, world, orders), advance(ruleset, world, orders, trace=range(8))
    assert np.array_equal(world.state, before)
    assert np.array_equal(orders, kept)
    assert np.array_equal(first.world.state, second.world.state)
    assert first.fired == second.fired


def test_the_ledger_explains_every_change(ruleset: Ruleset) -> None:
    """Start value + the ledger's entries = end value, for every quantity of the rulebook that rules change."""
    world = start(ruleset, np.arange(4, dtype=np.uint64))
    player = make_player("random", ruleset)
    counted = {q.id for q in load(TINY).book.rulebook.quantities if q.lasts == "game"} | {"score"}
    for _ in range(ruleset.turns):
        orders = player.decide(ruleset, world, range(len(ruleset.seats)))
        turn = advance(ruleset, world, orders, trace=range(4))
        for column in range(4):
            if turn.world.state[ruleset.layout.row("ending"), column]:
                continue
            total = world.state[:, column].copy()
            for change in turn.ledger.entries(column):
                total[change.row] += change.amount
            for row in range(ruleset.layout.size):
                if ruleset.layout.at(row)[0].id in counted:
                    assert total[row] == turn.world.state[row, column], ruleset.layout.names[row]
        world = turn.world


def test_memoised_arrays_are_never_written(ruleset: Ruleset, monkeypatch: pytest.MonkeyPatch) -> None:
    original = Node.read

    def guarded(self: Node, frame: Frame) -> np.ndarray:
        array = original(self, frame)
        if array.base is None:
            array.flags.writeable = False
        return array

    monkeypatch.setattr(Node, "read", guarded)
    assert play(ruleset, np.arange(4, dtype=np.uint64), "doctrine").turn > 1


def test_rows_stay_within_their_bounds(ruleset: Ruleset) -> None:
    world = start(ruleset, np.arange(32, dtype=np.uint64))
    player = make_player("random", ruleset)
    for _ in range(ruleset.turns):
        world = advance(ruleset, world, player.decide(ruleset, world, range(len(ruleset.seats)))).world
        assert (world.state >= ruleset.layout.low).all()
        assert (world.state <= ruleset.layout.high).all()


def test_an_ended_game_stays_as_it_is(ruleset: Ruleset) -> None:
    world = play(ruleset, np.arange(8, dtype=np.uint64), "random")
    assert (world.state[ruleset.layout.row("ending")] != 0).all()
    again = advance(ruleset, world, pack(ruleset, {}, 8)).world
    assert np.array_equal(again.state, world.state)


def test_legality_and_reasons_agree(ruleset: Ruleset) -> None:
    """An order is legal exactly when there is no reason against it."""
    world = start(ruleset, np.arange(3, dtype=np.uint64))
    player = make_player("random", ruleset)
    for _ in range(4):
        mask = legal_mask(ruleset, world)
        for column in range(3):
            for order in range(ruleset.catalogue.size):
                tests = [r for r in reasons(ruleset, world, column, order) if r.kind in ("test", "seat", "card")]
                assert bool(mask[order, column]) == (not tests), ruleset.catalogue.texts[order]
        world = advance(ruleset, world, player.decide(ruleset, world, range(len(ruleset.seats)))).world


@pytest.mark.parametrize("kind", ["doctrine", "random"])
def test_players_give_only_legal_orders(ruleset: Ruleset, kind: str) -> None:
    world = start(ruleset, np.arange(16, dtype=np.uint64))
    player = make_player(kind, ruleset)
    for _ in range(ruleset.turns):
        orders = player.decide(ruleset, world, range(len(ruleset.seats)))
        for column in range(16):
            for seat in range(len(ruleset.seats)):
                queue: list[int] = []
                for order in orders[seat, :, column]:
                    if order >= 0:
                        assert not reasons(ruleset, world, column, int(order), queue)
                        queue.append(int(order))
        world = advance(ruleset, world, orders).world


def test_hidden_rows_never_show(ruleset: Ruleset) -> None:
    """Changing what a seat may not see leaves its view unchanged."""
    world = start(ruleset, np.arange(1, dtype=np.uint64))
    changed = world.state.copy()
    hidden = 0
    for quantity in ruleset.layout.quantities.values():
        if quantity.visible != "public":
            for place, args in enumerate(quantity.instances):
                if args[0] != ruleset.seats[0]:
                    changed[quantity.first + place] = quantity.high
                    hidden += 1
    assert hidden
    other = World(changed, world.luck + np.uint64(1), world.turn)
    assert np.array_equal(observe(ruleset, world, 0).state, observe(ruleset, other, 0).state)
    assert (observe(ruleset, other, 0).luck == 0).all()


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
@settings(max_examples=200)
def test_rounding_is_half_away_from_zero(value: int, divisor: int) -> None:
    expected = (2 * abs(value) + divisor) // (2 * divisor)
    row = Rows([0], [], -(10**9), 10**9)
    row.id = 0
    result = int(Frame(np.array([[value]], np.int32)).value(Rounded(row, divisor))[0, 0])
    assert result == (expected if value >= 0 else -expected)


CHILD = """
import sys
import numpy as np
from numpy._core import _multiarray_umath as core
if sys.argv[1] != "-":
    off = sys.argv[1].split()
    assert not any(core.__cpu_features__[name] for name in off if name in core.__cpu_features__), "still enabled"
sys.path.insert(0, "tests/rules")
from game.rules import fingerprint
from test_engine import TINY, compile_rules, load, play
ruleset = compile_rules(load(TINY).book)
for kind in ("doctrine", "random"):
    world = play(ruleset, np.arange(5, dtype=np.uint64), kind)
    print(*(fingerprint(world, game) for game in range(5)))
"""


def child(**changes: str) -> str:
    features = changes.get("NPY_DISABLE_CPU_FEATURES", "-")
    result = subprocess.run(
        [sys.executable, "-c", CHILD, features],
        env={**os.environ, **changes},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_processes_agree_whatever_their_hash_seed_and_cpu_features() -> None:
    from numpy._core import _multiarray_umath as core

    features = " ".join(f for f in core.__cpu_dispatch__ if core.__cpu_features__.get(f))
    first = child(PYTHONHASHSEED="1")
    assert first == child(PYTHONHASHSEED="2")
    assert first == child(PYTHONHASHSEED="3", NPY_DISABLE_CPU_FEATURES=features)
