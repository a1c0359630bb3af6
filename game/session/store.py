"""Files written so that a crash, a full disk or a power cut never costs the last good one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

KEPT = 5
LARGEST = 64_000_000


class SaveError(Exception):
    """A save cannot be written or read; the message says which and why."""


def write_atomically(path: Path, data: bytes) -> None:
    """Write beside, flush to the disk, rename. On any fault the file at `path` is as it was.

    Raises OSError.
    """
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def backups(path: Path) -> list[Path]:
    """The earlier versions of a file that are kept, newest first."""
    found = [path.with_name(f"{path.name}.{n}") for n in range(1, KEPT + 1)]
    return [backup for backup in found if backup.exists()]


def write_save(path: Path, data: bytes, *, keep: bool = True) -> None:
    """Write a save atomically; with `keep` the versions before it become `.1` (newest) to `.5`.

    The new version is on the disk before anything is renamed. Raises SaveError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not keep or not path.exists():
            write_atomically(path, data)
            return
        fresh = path.with_name(f"{path.name}.new")
        write_atomically(fresh, data)
        for n in range(KEPT - 1, 0, -1):
            older = path.with_name(f"{path.name}.{n}")
            if older.exists():
                older.replace(path.with_name(f"{path.name}.{n + 1}"))
        _copy_name(path, path.with_name(f"{path.name}.1"))
        fresh.replace(path)
        _flush_folder(path.parent)
    except OSError as fault:
        raise SaveError(f"{path} could not be written: {fault.strerror or fault}") from fault


def _copy_name(path: Path, other: Path) -> None:
    """Give a file a second name, so that the first is never missing; copy where links are not possible."""
    other.unlink(missing_ok=True)
    try:
        os.link(path, other)
    except OSError:
        write_atomically(other, path.read_bytes())


def read_save(path: Path) -> bytes:
    """The bytes of a save. Raises SaveError."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as fault:
        raise SaveError(f"{path} could not be read: {fault.strerror or fault}") from fault
    if len(data) > LARGEST:
        raise SaveError(f"{path} is larger than any save of this game")
    return data
