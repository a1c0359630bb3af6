"""The folder of a data set: what was asked for, which files are there in full, and the manifest that signs them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from game.lab.extras import need
from game.lab.plan import Plan
from game.lab.runner import Failure
from game.session.save import Packed, pack, unpack
from game.session.store import write_atomically

FORMAT = 1
RUN, MANIFEST = "run.json", "manifest.json"
GAMES, TURNS = "games", "turns"


class DataSetError(Exception):
    """A folder that is no data set, or holds another run than the one asked for."""


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
    if folder.is_file():
        raise DataSetError(f"{folder} is a file{_lines_hint(folder)}; the folder of a run is needed (`--out DIR`)")
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


def _lines_hint(path: Path) -> str:
    return " of JSON lines" if path.suffix == ".jsonl" else ""


def same_run(folder: Path, plan: Plan) -> None:
    """Make the folder the plan's, or go on with it. Raises DataSetError if it holds another run."""
    if not (folder / RUN).exists():
        others = [path.name for path in folder.iterdir() if not path.name.endswith(".part")] if folder.exists() else []
        if others:
            raise DataSetError(f"{folder} is neither empty nor a data set: it holds {sorted(others)[0]}")
        write_plan(folder, plan)
        return
    held = read_plan(folder)
    if replace(held, games=plan.games, engine=plan.engine) == plan and held.engine != plan.engine:
        raise DataSetError(
            f"{folder} was begun by other code ({held.engine}; this is {plan.engine}), which may play other games: "
            "go on with that code, or choose another folder"
        )
    if replace(held, games=plan.games) != plan:
        names = ("scenario", "files", "players", "seed", "turns", "engine")
        differs = ", ".join(name for name in names if getattr(held, name) != getattr(plan, name))
        raise DataSetError(f"{folder} holds another run (different: {differs}); choose another folder")
    if held.games > plan.games:
        raise DataSetError(f"{folder} holds {held.games} games of this run already, more than {plan.games}")
    if held.games < plan.games:
        write_plan(folder, plan)


# -- its files -------------------------------------------------------------------------------------


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


# -- the manifest ----------------------------------------------------------------------------------


def read_manifest(folder: Path) -> Mapping[str, Any]:
    """What is in the manifest; nothing where there is none. Raises DataSetError where it is damaged."""
    path = folder / MANIFEST
    try:
        held = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as fault:
        raise DataSetError(f"{path} cannot be read: {fault.strerror}") from None
    except ValueError as fault:
        raise DataSetError(f"{path} is damaged: {fault}") from None
    if not isinstance(held, dict) or not isinstance(held.get("files"), dict):
        raise DataSetError(f"{path} is damaged: it lists no files")
    return held


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def unsound(folder: Path, kind: str) -> list[str]:
    """The files of a kind that are not what was signed: changed or gone. None where nothing is signed.

    Raises DataSetError where the manifest is damaged.
    """
    signed = {
        name: held for name, held in read_manifest(folder).get("files", {}).items() if name.startswith(f"{kind}/")
    }
    return [name for name, held in sorted(signed.items()) if not _is(folder / name, held)]


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and _digest(path) == digest


def take_back(folder: Path) -> None:
    """Begin to change a folder: it is no longer signed, and files that are not what was signed are computed anew.

    They go before the manifest does: a run that is stopped in between must find them again, and sign none of them.
    """
    try:
        signed = read_manifest(folder).get("files", {})
    except DataSetError:
        signed = {}
    for name in sorted(path.relative_to(folder).as_posix() for path in folder.glob("*/*.parquet")):
        if name in signed and _digest(folder / name) != signed[name]:
            (folder / name).unlink()
    (folder / MANIFEST).unlink(missing_ok=True)
    for stale in folder.glob("*/*.part"):
        stale.unlink()


def write_manifest(folder: Path, plan: Plan, failures: list[Failure]) -> None:
    names = sorted(path.relative_to(folder).as_posix() for path in folder.glob("*/*.parquet"))
    value = {
        "key": plan.key.hex(),
        "games": plan.games,
        "files": {name: _digest(folder / name) for name in names},
        "failed": [vars(one) for one in sorted(failures, key=lambda one: one.game)],
    }
    write_bytes(folder / MANIFEST, _json(value))
