"""The files of a data set: which a run has, whether they hold its games, and which are still to be computed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from game.lab.extras import need
from game.lab.plan import Plan
from game.lab.runner import Failure

GAMES, TURNS = "games", "turns"
KINDS = (GAMES, TURNS)


class DataSetError(Exception):
    """A folder that is no data set, or holds another run than the one asked for."""


def names_of(plan: Plan, kind: str) -> dict[str, tuple[int, int]]:
    """Every file that a run has of a kind, by its name below the folder → (first game, games)."""
    if kind == TURNS and not plan.turns:
        return {}
    return {f"{kind}/{plan.file_name(first)}": (first, games) for first, games in plan.ranges()}


def files_of(folder: Path, plan: Plan, kind: str) -> list[Path]:
    """The files of a kind that are there, in order. Raises DataSetError for one that the run does not have.

    Such a file would be counted among the games, and nobody knows whose it is: it is neither read nor removed.
    """
    known = names_of(plan, kind)
    found = sorted((folder / kind).glob("*.parquet"))
    for path in found:
        if f"{kind}/{path.name}" not in known:
            names = [name.partition("/")[2] for name in known]
            has = f"which has {names[0]} to {names[-1]} there" if names else f"which keeps no {kind}"
            raise DataSetError(f"{path} is no file of this run, {has}; move it to another folder")
    return found


def fault_of(path: Path, plan: Plan, kind: str, first: int, games: int) -> str | None:
    """What is wrong with a file that should hold some of these games and no others; None if nothing is.

    What else stands in the rows only the manifest vouches for.
    """
    parquet = need("pyarrow.parquet", "lab")
    try:
        file = parquet.ParquetFile(path)
        wrong = _strange_games(file, plan, first, games) if kind == GAMES else _strange_turns(file, plan, first, games)
    except Exception as fault:
        return f"cannot be read ({fault})"
    return f"does not hold games {first} to {first + games - 1} of this run ({wrong})" if wrong else None


def _strange_games(file: Any, plan: Plan, first: int, games: int) -> str | None:
    """The first row that is not one of these games, or comes again."""
    names = ("id", "game", "seed")
    table = file.read(columns=list(names), use_threads=False)
    before = first - 1
    for identity, game, seed in zip(*(table.column(name).to_pylist() for name in names), strict=True):
        if not before < game < first + games:
            return f"game {game} stands after game {before}" if game <= before else f"game {game} is there"
        if seed != plan.seed_of(game) or identity != plan.game_id(seed):
            return f"game {game} has the seed {seed} and the id {identity}"
        before = game
    return None


def _strange_turns(file: Any, plan: Plan, first: int, games: int) -> str | None:
    """The same of rows of turns, which are too many to look at: of each group the lowest and the highest are."""
    names = file.schema_arrow.names
    ids = {plan.game_id(plan.seed_of(game)) for game in range(first, first + games)}
    for place in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(place)
        game, identity = (group.column(names.index(name)).statistics for name in ("game", "id"))
        if not first <= game.min <= game.max < first + games:
            return f"games {game.min} to {game.max} are there"
        for one in (identity.min, identity.max):
            if one not in ids:
                return f"the id {one} is there"
    return None


def rows_of(path: Path) -> int:
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
        name = plan.file_name(first)
        whole = rows_of(folder / GAMES / name) == games
        if not whole or (plan.turns and not rows_of(folder / TURNS / name)):
            found.append((first, games))
    return found


def unexplained(folder: Path, plan: Plan, failures: list[Failure]) -> list[tuple[int, int]]:
    """(first game, games) of every file that lacks games of which nobody said that they cannot be computed."""
    found = []
    for first, games in missing(folder, plan):
        lost = sum(first <= one.game < first + games for one in failures)
        name = plan.file_name(first)
        there = rows_of(folder / GAMES / name)
        turns = not plan.turns or not there or rows_of(folder / TURNS / name) > 0
        if there + lost != games or not turns:
            found.append((first, games))
    return found
