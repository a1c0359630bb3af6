"""What a run computes: scenario, players, seed, games. Everything that decides a row, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import PurePath

from game import __version__
from game.lab.runner import SEEDS_PER_RUN, players_of
from game.rules import Ruleset, compile_rules
from game.scenario import Scenario, ScenarioError, load, load_texts
from game.scenario.collector import uncollected

FILE_GAMES = 1_024
"""Games in one file of a data set: fixed, so that the files are the same however they were computed."""


@dataclass(frozen=True)
class Plan:
    """A run. files: the scenario's texts; players: seat → kind; turns: whether rows of turns are kept.

    engine: the version that computes it.
    """

    scenario: str
    path: str
    files: Mapping[str, bytes] = field(repr=False)
    players: Mapping[str, str]
    seed: int
    games: int
    turns: bool = False
    engine: str = __version__

    @cached_property
    def key(self) -> bytes:
        """What a game's id depends on besides its seed: scenario, players, engine version."""
        digest = blake2b(digest_size=16)
        settings = {"scenario": self.scenario, "players": dict(self.players), "engine": self.engine}
        digest.update(json.dumps(settings, sort_keys=True).encode())
        for name in sorted(self.files):
            digest.update(f"\n{name}\n{len(self.files[name])}\n".encode())
            digest.update(self.files[name])
        return digest.digest()

    def game_id(self, seed: int) -> str:
        """The id of the game with this seed: 32 hexadecimal digits."""
        return blake2b(self.key + seed.to_bytes(8, "little"), digest_size=16).hexdigest()

    def seed_of(self, game: int) -> int:
        """The seed of a game of the run."""
        return (self.seed * SEEDS_PER_RUN + game) & 0xFFFFFFFFFFFFFFFF

    def ranges(self) -> Iterator[tuple[int, int]]:
        """(first game, games) of every file."""
        for first in range(0, self.games, FILE_GAMES):
            yield first, min(FILE_GAMES, self.games - first)

    def ruleset(self) -> Ruleset:
        """The compiled rules; kept for the next call of the same process."""
        return compiled_plan(self).ruleset


@dataclass(frozen=True)
class Compiled:
    scenario: Scenario
    ruleset: Ruleset


MOST_KEPT = 2
_kept: dict[bytes, Compiled] = {}
_ahead: list[Compiled] = []


def compile_ahead(source: str | PurePath | Mapping[str, bytes]) -> None:
    """Compile a scenario before there is a plan for it. What is wrong with it is said where the plan is made.

    source: a shipped id, a path, or a scenario's texts.
    """
    with suppress(ScenarioError), uncollected():
        scenario = load_texts(source) if isinstance(source, Mapping) else load(str(source))
        _ahead[:] = [Compiled(scenario, compile_rules(scenario.book))]


def compiled_plan(plan: Plan) -> Compiled:
    """The plan's scenario, compiled; kept for the next call of the same process."""
    found = _kept.get(plan.key)
    if found is None:
        if _ahead and _ahead[0].scenario.text == plan.files:
            return keep(plan, _ahead.pop())
        scenario = load_texts(plan.files, plan.path)
        found = keep(plan, Compiled(scenario, compile_rules(scenario.book)))
    return found


def keep(plan: Plan, compiled: Compiled) -> Compiled:
    """Keep what was compiled for the plan, so that nobody does it again."""
    while len(_kept) >= MOST_KEPT and plan.key not in _kept:
        del _kept[next(iter(_kept))]
    _kept[plan.key] = compiled
    return compiled


def plan_of(
    scenario: Scenario,
    *,
    games: int = 100,
    seed: int = 0,
    players: str = "doctrine",
    player: Mapping[str, str] | None = None,
    turns: bool = False,
) -> Plan:
    """A plan. player: seat → kind, in place of `players`.

    Raises UnknownNameError for a seat, ValueError for a kind of player or a number that makes no sense.
    """
    if games < 1 or seed < 0:
        raise ValueError(f"a run has at least one game and a seed of at least 0, not {games} and {seed}")
    if games > SEEDS_PER_RUN:
        raise ValueError(f"a run has at most {SEEDS_PER_RUN:,} games; use another seed for more")
    ruleset = compile_rules(scenario.book)
    held = players_of(ruleset, players, player or {})
    plan = Plan(scenario.id, PurePath(scenario.path).name, dict(scenario.text), held, seed, games, turns)
    keep(plan, Compiled(scenario, ruleset))
    return plan
