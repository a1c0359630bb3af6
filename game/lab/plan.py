"""What a run computes: scenario, players, seed, games. Everything that decides a row, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import PurePath

from game.lab.bounds import SEEDS_PER_RUN, checked_games, whole_number
from game.lab.engine import engine
from game.lab.runner import players_of
from game.lab.texts import compiled
from game.rules import Ruleset
from game.scenario import Scenario, files_of
from game.session import Known

FILE_GAMES = 1_024
"""Games in one file of a data set: fixed, so that the files are the same however they were computed."""
SLOW = ("planner", "minister", "strategist")
"""Kinds of player with which a game takes seconds."""
SLOW_FILE_GAMES = 32
"""Games in one file of theirs: a file is what a stopped run keeps."""


@dataclass(frozen=True)
class Plan:
    """A run. files: the scenario's texts; players: seat → kind; turns: whether rows of turns are kept.

    engine: the version and the code that compute it.
    """

    scenario: str
    path: str
    files: Mapping[str, bytes] = field(repr=False)
    players: Mapping[str, str]
    seed: int
    games: int
    turns: bool = False
    engine: str = field(default_factory=engine)

    @cached_property
    def key(self) -> bytes:
        """What a game's id depends on besides its seed: scenario, players, engine."""
        digest = blake2b(digest_size=16)
        settings = {"scenario": self.scenario, "players": dict(self.players), "engine": self.engine}
        digest.update(json.dumps(settings, sort_keys=True).encode())
        for name in sorted(self.files):
            digest.update(f"\n{name}\n{len(self.files[name])}\n".encode())
            digest.update(self.files[name])
        return digest.digest()

    @property
    def slow(self) -> bool:
        """Whether somebody plays who takes seconds for a game."""
        return any(kind.partition(":")[0] in SLOW for kind in self.players.values())

    @property
    def file_games(self) -> int:
        """Games in one file: a matter of the plan alone."""
        return SLOW_FILE_GAMES if self.slow else FILE_GAMES

    def file_name(self, first: int) -> str:
        """The name of the file whose first game is this."""
        return f"{first // self.file_games:06d}.parquet"

    def game_id(self, seed: int) -> str:
        """The id of the game with this seed: 32 hexadecimal digits."""
        return blake2b(self.key + seed.to_bytes(8, "little"), digest_size=16).hexdigest()

    def seed_of(self, game: int) -> int:
        """The seed of a game of the run."""
        return (self.seed * SEEDS_PER_RUN + game) & 0xFFFFFFFFFFFFFFFF

    def ranges(self) -> Iterator[tuple[int, int]]:
        """(first game, games) of every file."""
        for first in range(0, self.games, self.file_games):
            yield first, min(self.file_games, self.games - first)

    def ruleset(self) -> Ruleset:
        """The compiled rules; kept for the next call of the same process."""
        return compiled_plan(self).ruleset


def compiled_plan(plan: Plan) -> Known:
    """The plan's scenario, compiled; kept for the next call of the same process."""
    return compiled(files_of(plan.files, plan.path))


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

    Raises UnknownNameError for a seat, ValueError for a kind of player or a number that makes no sense, TypeError.
    """
    games, seed = whole_number("games", games), whole_number("seed", seed)
    checked_games(games, seed)
    _check_players(players, player)
    held = players_of(compiled(scenario).ruleset, players, player or {})
    return Plan(scenario.id, PurePath(scenario.path).name, dict(scenario.text), held, seed, games, turns)


def _check_players(everyone: object, some: object) -> None:
    """Raise TypeError where the two ways to name players are mixed up."""
    if not isinstance(everyone, str):
        told = "; use player={...} for single seats" if isinstance(everyone, Mapping) else ""
        raise TypeError(f"players: {everyone!r} is not a kind of player, like 'doctrine'{told}")
    if some is None:
        return
    if not isinstance(some, Mapping):
        told = "; use players='...' for every seat" if isinstance(some, str) else ""
        raise TypeError(f"player: {some!r} is not a mapping of seats to kinds of player{told}")
    for seat, kind in some.items():
        if not isinstance(kind, str):
            raise TypeError(f"player: {kind!r} of {seat} is not a kind of player, like 'doctrine'")
