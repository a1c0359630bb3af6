"""A data set: many games' rows as Parquet files in a folder, made in any order, by anybody, at any time.

    OUT/run.json            what was asked for, the scenario's texts included
    OUT/games/*.parquet     one row a game; a file holds 1,024 games
    OUT/turns/*.parquet     one row a turn, seat and quantity, where asked for
    OUT/manifest.json       what there is when all is done: files with their hashes, games that could not be computed

A file appears whole or not at all, so a run that was stopped goes on where it was when it is started again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from game import __version__
from game.lab import cluster, pool
from game.lab.extras import need
from game.lab.plan import FILE_GAMES, Plan, compiled_plan
from game.lab.unit import Done, Unit, compute, games_file, turns_file
from game.rules import fast
from game.session import PERSON, Game
from game.session.save import Packed, pack, unpack
from game.session.store import write_atomically

FORMAT = 1
RUN, MANIFEST = "run.json", "manifest.json"
SLOW = ("planner", "minister", "strategist")
SLOW_UNIT = 32
LEAST_UNIT = 64
WORK = "game.lab.unit:compute"

Step = Callable[[int], None]


class DataSetError(Exception):
    """A folder that is no data set, or holds another run than the one asked for."""


@dataclass(frozen=True)
class Failure:
    """A game that could not be computed."""

    game: int
    seed: int
    reason: str


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file that appears whole or not at all, and its folder where there is none. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, data)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


# -- what was asked for ----------------------------------------------------------------------------


def write_plan(folder: Path, plan: Plan) -> None:
    """Keep the plan in the folder. Raises OSError."""
    value = {
        "format": FORMAT,
        "engine": plan.engine,
        "scenario": {"id": plan.scenario, "path": plan.path, "files": _packed(plan.files)},
        "players": dict(plan.players),
        "seed": plan.seed,
        "games": plan.games,
        "turns": plan.turns,
        "key": plan.key.hex(),
    }
    write_bytes(folder / RUN, _json(value))


def _packed(files: Mapping[str, bytes]) -> dict[str, Any]:
    return {name: one.model_dump(exclude_none=True) for name, one in pack(dict(files)).items()}


def read_plan(folder: Path) -> Plan:
    """The plan of a folder. Raises DataSetError."""
    path = folder / RUN
    try:
        value = json.loads(path.read_bytes())
        held = value["scenario"]
        files = unpack({name: Packed(**one) for name, one in held["files"].items()})
        plan = Plan(
            held["id"], held["path"], files, dict(value["players"]), int(value["seed"]), int(value["games"]),
            bool(value["turns"]), str(value["engine"]),
        )  # fmt: skip
        format_ = value["format"]
    except FileNotFoundError:
        raise DataSetError(f"{folder} holds no data set: there is no {RUN} in it") from None
    except OSError as fault:
        raise DataSetError(f"{path} cannot be read: {fault.strerror}") from None
    except Exception as fault:
        raise DataSetError(f"{path} is damaged: {fault}") from None
    if format_ != FORMAT:
        raise DataSetError(f"{path} has the format {format_}; this version reads {FORMAT}")
    return plan


def _same(folder: Path, plan: Plan) -> None:
    """Make the folder the plan's, or go on with it. Raises DataSetError if it holds another run."""
    if not (folder / RUN).exists():
        others = [path.name for path in folder.iterdir() if not path.name.endswith(".part")] if folder.exists() else []
        if others:
            raise DataSetError(f"{folder} is neither empty nor a data set: it holds {sorted(others)[0]}")
        write_plan(folder, plan)
        return
    held = read_plan(folder)
    if replace(held, games=plan.games) != plan:
        names = ("scenario", "files", "players", "seed", "turns", "engine")
        differs = ", ".join(name for name in names if getattr(held, name) != getattr(plan, name))
        raise DataSetError(f"{folder} holds another run (different: {differs}); choose another folder")
    if held.games > plan.games:
        raise DataSetError(f"{folder} holds {held.games} games of this run already, more than {plan.games}")
    if held.games < plan.games:
        write_plan(folder, plan)


# -- computing --------------------------------------------------------------------------------------


def file_name(first: int) -> str:
    """The name of the file whose first game is this."""
    return f"{first // FILE_GAMES:06d}.parquet"


def _rows(path: Path) -> int:
    """How many rows a file holds; 0 where there is no readable one."""
    parquet = need("pyarrow.parquet", "lab")
    try:
        return int(parquet.ParquetFile(path).metadata.num_rows) if path.is_file() else 0
    except Exception:
        return 0


def missing(folder: Path, plan: Plan) -> list[tuple[int, int]]:
    """(first game, games) of every file that is not there in full."""
    found = []
    for first, games in plan.ranges():
        name = file_name(first)
        whole = _rows(folder / "games" / name) == games
        if not whole or (plan.turns and not (folder / "turns" / name).is_file()):
            found.append((first, games))
    return found


def unit_size(plan: Plan, batch: int, workers: int) -> int:
    """Games that a worker is given at a time: at most `batch`, fewer where there are few or they take long.

    Memory depends on it alone. Where NumPy computes the rules it is twice as large, since every call costs more there.
    """
    if any(kind.partition(":")[0] in SLOW for kind in plan.players.values()):
        return min(batch, SLOW_UNIT)
    most = FILE_GAMES // 2 if fast.worth_loading(plan.games) else FILE_GAMES
    return min(batch, most, max(LEAST_UNIT, -(-plan.games // workers)))


def units(ranges: list[tuple[int, int]], size: int) -> Iterator[Unit]:
    """The units of files, in order; none reaches over the end of its file."""
    for first, games in ranges:
        for at in range(first, first + games, size):
            count = min(size, first + games - at)
            yield Unit(at, count, count)


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
        name = file_name(first)
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
    that are finished, first with those there already. Raises DataSetError, RunStoppedError, OSError.
    """
    need("pyarrow", "lab")
    _same(folder, plan)
    (folder / MANIFEST).unlink(missing_ok=True)
    for stale in folder.glob("*/*.part"):
        stale.unlink()
    ranges = missing(folder, plan)
    done(plan.games - sum(games for _, games in ranges))
    work = units(ranges, unit_size(plan, batch, max(workers, 1)))
    assembly = _Assembly(folder, plan)
    if dask is not None:
        outcomes = cluster.outcomes(compute, plan, work, dask, max(workers, 1))
    elif workers:
        outcomes = pool.outcomes(WORK, plan, work, workers)
    else:
        outcomes = (compute(plan, unit) for unit in work)
    try:
        for outcome in outcomes:
            assembly.add(outcome)
            done(outcome.unit.games)
    finally:
        close = getattr(outcomes, "close", None)
        if close is not None:
            close()
    _write_manifest(folder, plan, assembly.failures)
    return DataSet(folder)


def _write_manifest(folder: Path, plan: Plan, failures: list[Failure]) -> None:
    names = sorted(path.relative_to(folder).as_posix() for path in folder.glob("*/*.parquet"))
    value = {
        "key": plan.key.hex(),
        "games": plan.games,
        "files": {name: sha256((folder / name).read_bytes()).hexdigest() for name in names},
        "failed": [vars(one) for one in sorted(failures, key=lambda one: one.game)],
    }
    write_bytes(folder / MANIFEST, _json(value))


# -- reading ----------------------------------------------------------------------------------------


class DataSet:
    """A folder of results. Raises DataSetError if it is none."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.plan = read_plan(self.folder)

    def __repr__(self) -> str:
        plan = self.plan
        return f"DataSet({str(self.folder)!r}: {plan.games} games of {plan.scenario}, seed {plan.seed})"

    def __len__(self) -> int:
        return sum(_rows(path) for path in self._files("games"))

    def _files(self, kind: str) -> list[Path]:
        return sorted((self.folder / kind).glob("*.parquet"))

    @property
    def failures(self) -> list[Failure]:
        """Games that could not be computed."""
        path = self.folder / MANIFEST
        held: Mapping[str, Any] = json.loads(path.read_bytes()) if path.exists() else {}
        return [Failure(**one) for one in held.get("failed", [])]

    def tables(self, kind: str = "games", columns: list[str] | None = None) -> Iterator[Any]:
        """A pyarrow table of each file, in order; columns: only these."""
        parquet = need("pyarrow.parquet", "lab")
        for path in self._files(kind):
            yield parquet.ParquetFile(path).read(columns=columns, use_threads=False)

    @property
    def columns(self) -> list[str]:
        """The names of a game's columns."""
        parquet = need("pyarrow.parquet", "lab")
        files = self._files("games")
        return list(parquet.ParquetFile(files[0]).schema_arrow.names) if files else []

    def games(self, columns: list[str] | None = None) -> Any:
        """All rows as one pyarrow table."""
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
        """A DuckDB relation of a query over `games` and `turns`. Raises duckdb.Error."""
        duckdb = need("duckdb", "lab")
        connection = duckdb.connect()
        connection.execute("set threads to 2")
        for kind in ("games", "turns"):
            if self._files(kind):
                pattern = str(self.folder / kind / "*.parquet").replace("'", "''")
                connection.execute(f"create view {kind} as select * from read_parquet('{pattern}')")
        return connection.sql(sql)

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
            raise DataSetError(f"there is no game '{game}' in {self.folder}")
        if len(found) > 1:
            raise DataSetError(f"'{game}' is the beginning of {len(found)} ids in {self.folder}; give more of it")
        return found[0][1]

    def play(self, game: str | int, turn: int = 1, people: Iterable[str] = ()) -> Game:
        """A row as a game, at the opening of a turn (or at its end, where it ended before).

        game: an id, the beginning of one, or a number; people: seats that a person takes over at that turn.
        Raises DataSetError, UnknownNameError for a seat.
        """
        if self.plan.engine != __version__:
            raise DataSetError(f"{self.folder} was computed by version {self.plan.engine}, this is {__version__}")
        held = compiled_plan(self.plan)
        played = Game(held.scenario, held.ruleset, self.seed_of(str(game)), self.plan.players)
        while not played.over and played.turn < turn:
            played.end_turn()
        for seat in people:
            played.hand_over(seat, PERSON)
        return played


def _held(named: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in named.items() if value is not None}
