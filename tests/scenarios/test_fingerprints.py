"""One game is one game: alone, in any batch, in any process, on any processor."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from game.players import make_player
from game.rules import Ruleset, advance, compile_rules, fingerprint, start
from game.scenario import load

pytestmark = pytest.mark.slow

SCENARIO = "bucharest_2008"
GAMES = 1_024


def ends(ruleset: Ruleset, luck: np.ndarray, kind: str) -> list[str]:
    """The fingerprint of each game at its end."""
    player = make_player(kind, ruleset)
    world = start(ruleset, luck)
    for _ in range(ruleset.turns):
        world = advance(ruleset, world, player.decide(ruleset, world, range(len(ruleset.seats)))).world
    return [fingerprint(world, game) for game in range(world.games)]


@pytest.mark.parametrize("kind", ["doctrine", "random"])
def test_batches(kind: str) -> None:
    ruleset = compile_rules(load(SCENARIO).book)
    luck = np.arange(GAMES, dtype=np.uint64)
    whole = ends(ruleset, luck, kind)
    for batch, games in ((1, 3), (7, 21), (64, 128), (500, 1_000)):
        found: list[str] = []
        for first in range(0, games, batch):
            found += ends(ruleset, luck[first : first + batch], kind)
        assert found == whole[:games]


CHILD = """
import sys
import numpy as np
from numpy._core import _multiarray_umath as core
off = sys.argv[1].split()
assert not any(core.__cpu_features__.get(name) for name in off), "a feature is still enabled"
sys.path.insert(0, sys.argv[2])
from test_fingerprints import SCENARIO, ends
from game.rules import compile_rules
from game.scenario import load
ruleset = compile_rules(load(SCENARIO).book)
for kind in ("doctrine", "random"):
    print(*ends(ruleset, np.arange(12, dtype=np.uint64), kind))
"""


def child(**changes: str) -> str:
    command = [sys.executable, "-c", CHILD, changes.get("NPY_DISABLE_CPU_FEATURES", ""), str(Path(__file__).parent)]
    result = subprocess.run(
        command, env={**os.environ, **changes}, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_processes_hash_seeds_and_processors() -> None:
    from numpy._core import _multiarray_umath as core

    dispatched = [name for name in core.__cpu_dispatch__ if core.__cpu_features__.get(name)]
    first = child(PYTHONHASHSEED="1")
    assert first == child(PYTHONHASHSEED="2")
    assert first == child(PYTHONHASHSEED="3", NPY_DISABLE_CPU_FEATURES=" ".join(dispatched))
