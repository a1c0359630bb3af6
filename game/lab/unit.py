"""The work of one worker: some games of a run, to tables. The same wherever it is computed."""

from __future__ import annotations

from dataclasses import dataclass

from game.lab.columns import Table, Watch, file_bytes, games_table
from game.lab.extras import need
from game.lab.plan import FILE_GAMES, Plan
from game.lab.record import Tracker
from game.lab.runner import Runner, seeds
from game.rules import start


@dataclass(frozen=True)
class Unit:
    """Some games of one file. batch: games that the engine computes at a time."""

    first: int
    games: int
    batch: int

    @property
    def file(self) -> int:
        """The first game of the file to which these belong."""
        return self.first // FILE_GAMES * FILE_GAMES

    def halves(self, parts: int = 16) -> list[Unit]:
        """Smaller units of the same games."""
        size = max(1, -(-self.games // parts))
        ends = self.first + self.games
        return [Unit(at, min(size, ends - at), self.batch) for at in range(self.first, ends, size)]


@dataclass(frozen=True)
class Done:
    """A unit's rows: two Parquet files' bytes (turns empty where none are kept)."""

    unit: Unit
    games: bytes
    turns: bytes


def compute(plan: Plan, unit: Unit) -> Done:
    """Play a unit's games."""
    ruleset = plan.ruleset()
    runner = _runner(plan, unit.batch)
    games: list[Table] = []
    turns: list[Table] = []
    for first in range(unit.first, unit.first + unit.games, unit.batch):
        count = min(unit.batch, unit.first + unit.games - first)
        luck = seeds(plan.seed, first, count)
        beginning = start(ruleset, luck)
        tracker = Tracker(ruleset, count)
        watch = Watch(ruleset, count) if plan.turns else None
        end = runner.play(beginning, [tracker, watch] if watch else [tracker])
        games.append(games_table(plan, tracker, first, luck, beginning, end))
        if watch is not None:
            turns.append(watch.table(plan, first, luck))
    return Done(unit, file_bytes(games), file_bytes(turns) if turns else b"")


def joined(parts: list[bytes]) -> bytes:
    """One Parquet file of the rows of several."""
    if len(parts) == 1:
        return parts[0]
    pa, parquet = need("pyarrow", "lab"), need("pyarrow.parquet", "lab")
    return file_bytes([parquet.read_table(pa.BufferReader(part)) for part in parts])


_runners: dict[tuple[bytes, int, int], Runner] = {}


def _runner(plan: Plan, batch: int) -> Runner:
    """The plan's runner; the last one is kept, since its players' tables take a while."""
    key = (plan.key, plan.seed, batch)
    if key not in _runners:
        _runners.clear()
        _runners[key] = Runner(plan.ruleset(), plan.players, plan.seed, batch)
    return _runners[key]
