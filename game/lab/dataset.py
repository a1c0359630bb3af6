"""A data set: many games' rows as Parquet files in a folder, made in any order, by anybody, at any time.

    OUT/run.json            what was asked for, the scenario's texts included
    OUT/games/*.parquet     one row a game; a file holds 1,024 games, or 32 of players who look ahead
    OUT/turns/*.parquet     one row a turn, seat and quantity, where asked for
    OUT/manifest.json       what there is when all is done: files with their hashes, games that could not be computed

A file appears whole or not at all, so a run that was stopped goes on where it was when it is started again.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from glob import escape
from pathlib import Path
from typing import Any

from game.lab import cluster, pool
from game.lab.bounds import whole_number
from game.lab.engine import engine
from game.lab.extras import need
from game.lab.files import GAMES, KINDS, TURNS, DataSetError, files_of, missing, rows_of, unexplained
from game.lab.folder import (
    read_manifest,
    read_plan,
    same_run,
    sound_files,
    take_back,
    write_bytes,
    write_manifest,
    write_plan,
)
from game.lab.plan import FILE_GAMES, Plan, compiled_plan
from game.lab.runner import Failure
from game.lab.unit import Done, Unit, compute, games_file, turns_file
from game.rules import fast
from game.session import PERSON, Game, UnknownNameError, nearest_names
from game.text import _

LEAST_UNIT = 64
WORK = "game.lab.unit:compute"

Step = Callable[[int], None]


class OtherEngineWarning(UserWarning):
    """A row was computed by other code than the one that plays it again."""


# -- computing --------------------------------------------------------------------------------------


def unit_size(plan: Plan, batch: int, workers: int) -> int:
    """Games that a worker is given at a time: at most `batch`, fewer where there are few or they take long.

    Memory depends on it alone. Where NumPy computes the rules it is twice as large, since every call costs more there.
    """
    if plan.slow:
        return min(batch, plan.file_games)
    most = plan.file_games // 2 if fast.worth_loading(plan.games) else plan.file_games
    return min(batch, most, max(LEAST_UNIT, -(-plan.games // workers)))


def units(ranges: list[tuple[int, int]], size: int) -> Iterator[Unit]:
    """The units of files, in order; none reaches over the end of its file."""
    for first, games in ranges:
        for at in range(first, first + games, size):
            count = min(size, first + games - at)
            yield Unit(at, count, count, first)


class _Assembly:
    """Puts units together into files as soon as all of a file's are there."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder, self.plan = folder, plan
        self.sizes = dict(plan.ranges())
        self.parts: dict[int, list[Done]] = {}
        self.counted: dict[int, int] = {}
        self.failures: list[Failure] = []

    def add(self, outcome: Done | pool.Lost) -> None:
        unit = outcome.unit
        self.counted[unit.file] = self.counted.get(unit.file, 0) + unit.games
        if isinstance(outcome, Done):
            self.parts.setdefault(unit.file, []).append(outcome)
        else:
            self.failures.append(Failure(unit.first, self.plan.seed_of(unit.first), outcome.reason))
        if self.counted[unit.file] == self.sizes[unit.file]:
            self._write(unit.file)

    def _write(self, first: int) -> None:
        parts = sorted(self.parts.pop(first, []), key=lambda part: part.unit.first)
        if not parts:
            return
        name = self.plan.file_name(first)
        if self.plan.turns:
            write_bytes(self.folder / "turns" / name, turns_file(parts))
        write_bytes(self.folder / "games" / name, games_file(parts))


def write_dataset(
    plan: Plan,
    folder: Path,
    *,
    workers: int,
    dask: str | None = None,
    batch: int = FILE_GAMES,
    done: Step = lambda games: None,
) -> DataSet:
    """Compute what is missing of a run in a folder.

    workers: processes, 0 for this one; dask: `local` or a scheduler's address; done: called with the number of games
    that are finished, first with those there already. Raises ValueError for a batch or a number of workers that
    makes no sense, DataSetError, RunStoppedError, OSError.
    """
    if batch < 1 or workers < 0:
        raise ValueError(f"a batch is at least 1 game and there are at least 0 workers, not {batch} and {workers}")
    need("pyarrow", "lab")
    same_run(folder, plan)
    take_back(folder, plan)
    ranges = missing(folder, plan)
    computed = sum(games for _, games in ranges)
    done(plan.games - computed)
    work = units(ranges, unit_size(plan, batch, max(workers, 1)))
    assembly = _Assembly(folder, plan)
    if dask is not None:
        outcomes = cluster.outcomes(compute, plan, work, dask, max(workers, 1))
    elif workers:
        outcomes = pool.outcomes(WORK, plan, work, workers)
    else:
        outcomes = pool.outcomes_here(compute, plan, work)
    try:
        for outcome in outcomes:
            assembly.add(outcome)
            done(outcome.unit.games)
    finally:
        close = getattr(outcomes, "close", None)
        if close is not None:
            close()
    for first, games in unexplained(folder, plan, assembly.failures):
        said = f"{folder / GAMES / plan.file_name(first)} lacks some of the games {first} to {first + games - 1}"
        raise DataSetError(f"{said}, and nothing says why; start the same command again")
    write_manifest(folder, plan, assembly.failures)
    return DataSet(folder, computed)


# -- reading ----------------------------------------------------------------------------------------


class DataSet:
    """A folder of results. Raises DataSetError if it is none.

    computed: how many of the games the call that gave it has computed; none where a folder is only read.
    """

    def __init__(self, folder: Path | str, computed: int = 0) -> None:
        self.folder, self.computed = Path(folder), computed
        self.plan = read_plan(self.folder)
        self._sound: set[str] = set()

    def __repr__(self) -> str:
        plan = self.plan
        return f"DataSet({str(self.folder)!r}: {plan.games} games of {plan.scenario}, seed {plan.seed})"

    def __len__(self) -> int:
        """How many games are there. Raises DataSetError for files that are not what was signed."""
        return sum(rows_of(path) for path in self._files("games"))

    def _files(self, kind: str) -> list[Path]:
        """The files of a kind, looked at once: what is not the run's own would be read as if it were."""
        if kind in self._sound:
            return files_of(self.folder, self.plan, kind)
        found = sound_files(self.folder, self.plan, kind)
        self._sound.add(kind)
        return found

    @property
    def failures(self) -> list[Failure]:
        """Games that could not be computed."""
        return [Failure(**one) for one in read_manifest(self.folder).get("failed", [])]

    def tables(self, kind: str = "games", columns: list[str] | None = None) -> Iterator[Any]:
        """A pyarrow table of each file, in order; columns: only these.

        Raises UnknownNameError for one of them, DataSetError for a file that is damaged.
        """
        parquet = need("pyarrow.parquet", "lab")
        invalid = need("pyarrow", "lab").ArrowInvalid
        for path in self._files(kind):
            try:
                file = parquet.ParquetFile(path)
                _check_columns(file, columns or [])
                table = file.read(columns=columns, use_threads=False)
            except (invalid, OSError) as fault:
                message = f"{path} cannot be read; the same command computes it again ({fault})"
                raise DataSetError(message) from None
            yield table

    @property
    def columns(self) -> list[str]:
        """The names of a game's columns."""
        parquet = need("pyarrow.parquet", "lab")
        files = self._files("games")
        return list(parquet.ParquetFile(files[0]).schema_arrow.names) if files else []

    def games(self, columns: list[str] | None = None) -> Any:
        """All rows as one pyarrow table. Raises UnknownNameError for a column, DataSetError where no game is there."""
        if not self._files(GAMES):
            raise DataSetError(f"no game of {self.folder} is finished yet; the same command goes on with the run")
        return need("pyarrow", "lab").concat_tables(self.tables("games", columns))

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows as JSON lines hold them, with `id`: rungs that were not reached are left out."""
        for table in self.tables():
            for row in table.to_pylist():
                for ladders in row.get("reached", {}).values():
                    for ladder, rungs in ladders.items():
                        ladders[ladder] = dict(sorted(_held(rungs).items(), key=lambda one: one[1]))
                for flag, things in row.get("recognised", {}).items():
                    row["recognised"][flag] = dict(sorted(_held(things).items(), key=lambda one: one[1]))
                yield row

    def query(self, sql: str) -> Any:
        """A DuckDB relation of a query over `games` and `turns`; None of a statement that gives no rows.

        What writes (`copy … to`) is done. Raises ValueError where nothing is asked, DataSetError for a table that is
        not there, duckdb.Error.
        """
        duckdb = need("duckdb", "lab")
        connection = duckdb.connect()
        if not connection.extract_statements(sql):
            raise ValueError(
                "the query asks nothing; ask something like 'select outcome, count(*) from games group by 1'"
            )
        connection.execute("set threads to 2")
        for kind in KINDS:
            if paths := self._files(kind):
                # The folder's own brackets and stars are letters, not a pattern.
                names = ", ".join("'" + escape(str(path)).replace("'", "''") + "'" for path in paths)
                connection.execute(f"create view {kind} as select * from read_parquet([{names}])")
        try:
            return connection.sql(sql)
        except duckdb.CatalogException as fault:
            raise self._no_table(str(fault)) or fault from None

    def _no_table(self, said: str) -> DataSetError | None:
        """Why a table of a run is not there; None where another was asked for."""
        if f"Table with name {TURNS} does not exist" in said and not self.plan.turns:
            return DataSetError(f"{self.folder}: this run kept no turns (`--turns`)")
        if any(f"Table with name {kind} does not exist" in said for kind in (GAMES, TURNS)):
            return DataSetError(f"no game of {self.folder} is finished yet; the same command goes on with the run")
        return None

    def seed_of(self, game: str) -> int:
        """The seed of a game by its id, the beginning of its id, or its number. Raises DataSetError."""
        columns = ["id", "game", "seed"]
        found: list[tuple[str, int]] = []
        for table in self.tables("games", columns):
            for name, number, seed in zip(*(table.column(c).to_pylist() for c in columns), strict=True):
                if game in (name, str(number)):
                    return int(seed)
                if name.startswith(game):
                    found.append((name, seed))
        if not found or not game:
            raise DataSetError(self._no_game(game))
        if len(found) > 1:
            raise DataSetError(f"'{game}' is the beginning of {len(found)} ids in {self.folder}; give more of it")
        return found[0][1]

    def _no_game(self, game: str) -> str:
        if game.isdecimal() and int(game) < self.plan.games:
            lost = next((one.reason for one in self.failures if one.game == int(game)), None)
            if lost is not None:
                return f"game {game} of {self.folder} could not be computed: {lost}"
            return f"game {game} of {self.folder} has not been played yet; the same command goes on with the run"
        most = self.plan.games - 1
        return f"there is no game '{game}' in {self.folder}; its games are 0 to {most}, or the beginnings of their ids"

    def play(self, game: str | int, turn: int = 1, people: Iterable[str] = ()) -> Game:
        """A row as a game, at the opening of a turn (or at its end, where it ended before).

        game: an id, the beginning of one, or a number; turn: from 1; people: seats that a person takes over at that
        turn.
        Warns with OtherEngineWarning where other code computed the row: this one may play another game. Raises
        DataSetError, UnknownNameError for a seat, ValueError for a turn before the first, TypeError for one that is no
        whole number.
        """
        turn = whole_number("turn", turn)
        if turn < 1:
            raise ValueError(f"turn: a game's first turn is 1, not {turn}")
        if self.plan.engine != engine():
            told = _("{folder} was computed by other code ({theirs}; this is {ours}): the game may go another way.")
            text = told.format(folder=self.folder, theirs=self.plan.engine, ours=engine())
            warnings.warn(text, OtherEngineWarning, stacklevel=2)
        held = compiled_plan(self.plan)
        played = Game(held.scenario, held.ruleset, self.seed_of(str(game)), self.plan.players)
        while not played.over and played.turn < turn:
            played.end_turn()
        for seat in people:
            played.hand_over(seat, PERSON)
        return played


def _held(named: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in named.items() if value is not None}


def _check_columns(file: Any, columns: Iterable[str]) -> None:
    """Raise UnknownNameError for a column, or a field of one, that a Parquet file does not have."""
    paths = [file.schema.column(place).path for place in range(len(file.schema))]
    for name in columns:
        if not any(path == name or path.startswith(f"{name}.") for path in paths):
            raise UnknownNameError(name, nearest_names(name, paths if "." in name else file.schema_arrow.names))


__all__ = [
    "DataSet", "DataSetError", "Failure", "OtherEngineWarning", "Step", "Unit", "compute", "missing", "read_plan",
    "unit_size", "units", "write_bytes", "write_dataset", "write_plan",
]  # fmt: skip
