"""The folder of a data set: what was asked for, and the manifest that signs the files which are there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from game.lab.files import KINDS, DataSetError, fault_of, files_of, names_of
from game.lab.plan import Plan
from game.lab.runner import Failure
from game.session.save import Packed, pack, unpack
from game.session.store import write_atomically

FORMAT = 1
RUN, MANIFEST = "run.json", "manifest.json"


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
    """Make the folder the plan's, or go on with it. Raises DataSetError if it holds another run, or files of none."""
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
    for kind in KINDS:
        files_of(folder, plan, kind)
    if held.games < plan.games:
        write_plan(folder, plan)


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


def _signed(folder: Path, plan: Plan) -> dict[str, str]:
    """The files of the run that are signed, with their hashes. Raises DataSetError where the manifest is damaged."""
    manifest = read_manifest(folder)
    if manifest.get("key") != plan.key.hex():
        return {}
    return {
        name: manifest["files"][name] for kind in KINDS for name in names_of(plan, kind) if name in manifest["files"]
    }


def sound_files(folder: Path, plan: Plan, kind: str) -> list[Path]:
    """The files of a kind that are there, in order: what is signed is what was signed, all else holds its own games.

    Raises DataSetError that names a file which is not, or the manifest where that is damaged.
    """
    found = files_of(folder, plan, kind)
    for path, fault in _faults(folder, plan, kind, _signed(folder, plan)):
        raise DataSetError(f"{path} {fault}; the same command computes it again")
    return found


def _faults(folder: Path, plan: Plan, kind: str, signed: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """(file, what is wrong with it) of those that are signed and changed or gone, or not signed and not the run's."""
    for name, (first, games) in names_of(plan, kind).items():
        path, fault = folder / name, None
        if name in signed:
            if not path.is_file() or _digest(path) != signed[name]:
                fault = "is not what the run wrote"
        elif path.is_file():
            fault = fault_of(path, plan, kind, first, games)
        if fault is not None:
            yield path, fault


def take_back(folder: Path, plan: Plan) -> None:
    """Begin to change a folder: it is no longer signed, and files that are not what they should be are computed anew.

    They go before the manifest does: a run that is stopped in between must find them again, and sign none of them.
    """
    try:
        signed = _signed(folder, plan)
    except DataSetError:
        signed = {}
    for kind in KINDS:
        for path, _fault in _faults(folder, plan, kind, signed):
            path.unlink(missing_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    for stale in folder.glob("*/*.part"):
        stale.unlink()


def write_manifest(folder: Path, plan: Plan, failures: list[Failure]) -> None:
    """Sign the files of the run that are there, and say which games could not be computed. Raises OSError."""
    names = sorted(path.relative_to(folder).as_posix() for kind in KINDS for path in files_of(folder, plan, kind))
    value = {
        "key": plan.key.hex(),
        "games": plan.games,
        "files": {name: _digest(folder / name) for name in names},
        "failed": [vars(one) for one in sorted(failures, key=lambda one: one.game)],
    }
    write_bytes(folder / MANIFEST, _json(value))
