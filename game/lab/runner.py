"""Many games of one scenario, streamed to a file of one JSON line a game.

Game i of a run with seed S has the seed S × 1,000,000 + i, which is its luck; batches and their size
change nothing.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from game.lab.bounds import SEEDS, SEEDS_PER_RUN
from game.lab.pool import RunStoppedError, told, too_many
from game.lab.record import Record, Tracker, seats_of
from game.players import BUDGETS, KINDS, Player, make_player
from game.rules import Ruleset, World, advance, start
from game.session.lookup import UnknownNameError, hint, nearest_names

BATCH = 256
USUAL = "doctrine"
"""The kind of player that every ruleset has, and that takes a while to make."""


def seeds(seed: int, first: int, games: int) -> NDArray[np.uint64]:
    """The seeds of some games of a run, uint64 [games]. Raises ValueError where there are not so many."""
    begin = seed * SEEDS_PER_RUN + first
    if begin < 0 or begin + games > SEEDS:
        raise ValueError(f"seed {seed} has no game {first + games - 1}; a game's seed lies from 0 to {SEEDS - 1}")
    return np.array([begin + i for i in range(games)], np.uint64)


def players_of(ruleset: Ruleset, everyone: str, some: Mapping[str, str]) -> dict[str, str]:
    """Seat → kind of player. Raises UnknownNameError for a seat, ValueError for a kind that does not exist."""
    for seat in some:
        if seat not in ruleset.seats:
            raise UnknownNameError(seat, nearest_names(seat, ruleset.seats))
    tried = {USUAL}
    for where, kind in (("players", everyone), *some.items()):
        if kind not in tried:
            _check_kind(ruleset, where, kind)
        tried.add(kind)
    return {seat: some.get(seat, everyone) for seat in ruleset.seats}


def _check_kind(ruleset: Ruleset, where: str, kind: str) -> None:
    """Raise ValueError that says where a kind of player was asked for, and the nearest that there is."""
    try:
        make_player(kind, ruleset)
    except ValueError as fault:
        name, _colon, detail = kind.partition(":")
        details: dict[str, list[str]] = {
            "repeat": [action.id for action in ruleset.book.rulebook.actions],
            "doctrine": sorted(ruleset.book.populations),
            "planner": [*BUDGETS],
        }
        wanted, known = (detail, details[name]) if name in details else (kind, [*KINDS])
        told = "" if "did you mean" in str(fault) else hint(wanted, known)
        raise ValueError(f"{where}: {fault}{told}") from None


@dataclass(frozen=True)
class Failure:
    """A game that could not be computed."""

    game: int
    seed: int
    reason: str


class Watching(Protocol):
    """Whoever follows games turn by turn."""

    def opens(self, world: World, orders: NDArray[np.int32]) -> None:
        """A turn is about to be resolved, in the world's own memory: what is wanted of it must be copied."""

    def closes(self, world: World) -> None:
        """It has been resolved."""


class Runner:
    """Plays batches. players: seat → kind."""

    def __init__(self, ruleset: Ruleset, players: Mapping[str, str], seed: int, batch: int = BATCH) -> None:
        self.ruleset, self.seed, self.batch = ruleset, seed, batch
        index = {seat: i for i, seat in enumerate(ruleset.seats)}
        self.players: list[tuple[Player, list[int]]] = [
            (make_player(kind, ruleset), [index[seat] for seat in seats]) for kind, seats in seats_of(players).items()
        ]

    def records(self, games: int) -> Iterator[Record]:
        """One record a game, in order."""
        for first in range(0, games, self.batch):
            yield from self._batch(first, min(self.batch, games - first))

    def outcomes(self, games: int) -> Iterator[Record | Failure]:
        """A record of each game, or why there is none, in order. Raises RunStoppedError where too many fail."""
        failed = 0
        for first in range(0, games, self.batch):
            for outcome in self._tried(first, min(self.batch, games - first)):
                if isinstance(outcome, Failure):
                    failed += 1
                    too_many(failed, outcome.reason)
                yield outcome

    def _tried(self, first: int, games: int) -> Iterator[Record | Failure]:
        """A batch; one that fails is halved until the game stands alone that makes it fail."""
        try:
            records = self._batch(first, games)
        except RunStoppedError:
            raise
        except Exception as fault:
            if games == 1:
                yield Failure(first, int(seeds(self.seed, first, 1)[0]), told(fault))
                return
            half = -(-games // 2)
            yield from self._tried(first, half)
            yield from self._tried(first + half, games - half)
            return
        yield from records

    def _batch(self, first: int, games: int) -> list[Record]:
        luck = seeds(self.seed, first, games)
        tracker = Tracker(self.ruleset, games)
        return tracker.records(first, luck, self.play(start(self.ruleset, luck), [tracker]))

    def play(self, world: World, watching: Sequence[Watching]) -> World:
        """Play games to their ends, in the world's own memory; whoever watches sees every turn."""
        ending = self.ruleset.layout.row("ending")
        for _turn in range(self.ruleset.turns):
            orders = self.decide(world)
            for one in watching:
                one.opens(world, orders)
            world = advance(self.ruleset, world, orders, reuse=True).world
            for one in watching:
                one.closes(world)
            if world.state[ending].all():
                break
        return world

    def decide(self, world: World) -> NDArray[np.int32]:
        """Every seat's orders, int32 [seats, places, games]."""
        (player, seats), *others = self.players
        orders = player.decide(self.ruleset, world, seats)
        for player, seats in others:
            orders[seats] = player.decide(self.ruleset, world, seats)[seats]
        return orders


def write_run(runner: Runner, games: int, out: Path, done: Callable[[Record], None]) -> list[Failure]:
    """Write the records to a file, which appears whole or not at all, and give the games that have none.

    `done` sees each record. Raises RunStoppedError where too many games cannot be computed, OSError.
    """
    failures: list[Failure] = []
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_name(f"{out.name}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            for outcome in runner.outcomes(games):
                if isinstance(outcome, Failure):
                    failures.append(outcome)
                    continue
                file.write(json.dumps(outcome, ensure_ascii=False, separators=(",", ":")) + "\n")
                done(outcome)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(out)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return failures
