"""The work of one worker: some games of a run, to tables. The same wherever it is computed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from game.lab.columns import Table, Watch, file_bytes, games_table, part_bytes, part_table
from game.lab.engine import engine
from game.lab.extras import need
from game.lab.plan import Plan
from game.lab.pool import RunStoppedError
from game.lab.record import Tracker
from game.lab.runner import Runner, seeds
from game.players import DoctrinePlayer
from game.rules import fast, start
from game.rules.machine import LEAST, machine_of


@dataclass(frozen=True)
class Unit:
    """Some games of one file. batch: games that the engine computes at a time; file: the file's first game."""

    first: int
    games: int
    batch: int
    file: int

    def halves(self, parts: int = 16) -> list[Unit]:
        """Smaller units of the same games."""
        size = max(1, -(-self.games // parts))
        ends = self.first + self.games
        return [Unit(at, min(size, ends - at), self.batch, self.file) for at in range(self.first, ends, size)]


@dataclass(frozen=True)
class Done:
    """A unit's rows. games: a Parquet file's bytes if the unit is a whole file, else a part of one.

    turns: always a Parquet file's bytes, since they are many; empty where none are kept.
    """

    unit: Unit
    games: bytes
    turns: bytes
    whole: bool


def prepare(plan: Plan) -> None:
    """Make everything ready that `compute` needs, so that processes forked from this one share it."""
    runner = _runner(plan)
    quick = all(isinstance(player, DoctrinePlayer) for player, _ in runner.players)
    if quick and machine_of(runner.ruleset, LEAST) is not None:
        # The accelerator makes its programs when they are first used, some of them turn by turn. A game that fails
        # here is told with its seed when it is computed in earnest.
        with suppress(Exception):
            compute(plan, Unit(0, LEAST, LEAST, 0))


def compute(plan: Plan, unit: Unit) -> Done:
    """Play a unit's games. Raises RunStoppedError where this is not the code that the run was begun by."""
    ruleset = plan.ruleset()
    runner = _runner(plan)
    games: list[Table] = []
    turns: list[Table] = []
    for first in range(unit.first, unit.first + unit.games, unit.batch):
        count = min(unit.batch, unit.first + unit.games - first)
        luck = seeds(plan.seed, first, count)
        tracker = Tracker(ruleset, count)
        watch = Watch(ruleset, count) if plan.turns else None
        end = runner.play(start(ruleset, luck), [tracker, watch] if watch else [tracker])
        games.append(games_table(plan, tracker, first, luck, end))
        if watch is not None:
            turns.append(watch.table(plan, first, luck))
    whole = (unit.first, unit.games) in plan.ranges()
    rows = file_bytes(games) if whole else part_bytes(games)
    return Done(unit, rows, file_bytes(turns) if turns else b"", whole)


def games_file(parts: Sequence[Done]) -> bytes:
    """One Parquet file of the games of units that follow each other."""
    if len(parts) == 1 and parts[0].whole:
        return parts[0].games
    return file_bytes([part_table(part.games) for part in parts])


def turns_file(parts: Sequence[Done]) -> bytes:
    """One Parquet file of their turns."""
    if len(parts) == 1:
        return parts[0].turns
    pa, parquet = need("pyarrow", "lab"), need("pyarrow.parquet", "lab")
    return file_bytes([parquet.read_table(pa.BufferReader(part.turns), use_threads=False) for part in parts])


_runners: dict[tuple[bytes, int], Runner] = {}


def _runner(plan: Plan) -> Runner:
    """The plan's runner; the last one is kept, since its players' tables take a while."""
    key = (plan.key, plan.seed)
    if key not in _runners:
        if plan.engine != engine():
            raise RunStoppedError(f"the run was begun by other code ({plan.engine}) than a worker has ({engine()})")
        _runners.clear()
        # It is the run that must be worth the wait for the accelerator, not the unit.
        if fast.worth_loading(plan.games):
            with suppress(ImportError):
                fast.load()
        _runners[key] = Runner(plan.ruleset(), plan.players, plan.seed)
    return _runners[key]
