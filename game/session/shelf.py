"""Compiled scenarios kept on disk: taking one from there takes a quarter of the time that reading and compiling takes.

What is kept is a pickle in the user's own cache folder, as trustworthy as the compiled modules Python keeps. Its name
depends on every text of the scenario, on the code that compiles it, and on Python, NumPy and Pydantic, so nothing that
has changed is ever found; what is damaged is made again. `OPEN_DOOR_CACHE=0` keeps nothing and looks for nothing.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy
import pydantic

from game.scenario.collector import uncollected
from game.session.home import cache_folder
from game.session.sources import COMPILING, digest_of
from game.session.store import write_atomically

VARIABLE = "OPEN_DOOR_CACHE"
MOST = 16
"""So many scenarios are kept; those that were not asked for the longest make room."""
CHECK = 32
"""Bytes of the digest that stands before a pickle."""


def fetch(files: Mapping[str, bytes]) -> object | None:
    """What was kept of these files; None if nothing is, or it is damaged."""
    path = _path(files)
    if path is None:
        return None
    try:
        data = path.read_bytes()
        body = memoryview(data)[CHECK:]
        if _digest(body) != data[:CHECK]:
            return None
        os.utime(path)
        with uncollected():
            found: object = pickle.loads(body)
    except Exception:
        # Of a pickle anything can be wrong, and whatever it is, the files are there to be compiled.
        return None
    return found


def put(files: Mapping[str, bytes], compiled: object) -> None:
    """Keep what was made of these files; where it cannot be written, or is nested too deeply for a pickle, it is made
    again next time."""
    path = _path(files)
    if path is None:
        return
    with suppress(OSError, RecursionError, pickle.PicklingError):
        data = pickle.dumps(compiled, protocol=pickle.HIGHEST_PROTOCOL)
        path.parent.mkdir(exist_ok=True)
        write_atomically(path, _digest(data) + data)
        _make_room(path.parent)


def _make_room(folder: Path) -> None:
    ranked = sorted(folder.glob("*.pickle"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in ranked[MOST:]:
        path.unlink(missing_ok=True)


def _path(files: Mapping[str, bytes]) -> Path | None:
    """Where the scenario of these files is kept; None where nothing is to be kept."""
    if os.environ.get(VARIABLE) == "0":
        return None
    digest = blake2b(_code(), digest_size=16)
    for name in sorted(files):
        digest.update(f"{name}\n{len(files[name])}\n".encode() + files[name])
    try:
        return cache_folder() / "scenarios" / f"{digest.hexdigest()}.pickle"
    except OSError:
        return None


@cache
def _code() -> bytes:
    """What depends on all code that a compiled scenario depends on."""
    versions = repr((sys.version, numpy.__version__, pydantic.VERSION)).encode()
    return blake2b(digest_of(*COMPILING) + versions, digest_size=16).digest()


def _digest(data: bytes | memoryview) -> bytes:
    return blake2b(data, digest_size=CHECK).digest()
