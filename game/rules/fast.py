"""The optional accelerator: found out once, used where it is installed, switched off by OPEN_DOOR_FAST=0.

Loading its code takes about a second, compiling it the first time on a machine ten to twenty. Nobody at a desk
waits for that: it is loaded only when so many games are asked for that it pays. OPEN_DOOR_FAST=1 loads it at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import ModuleType

from game.text import _

READY, NEW = 256, 1024
"""From so many games on the code is loaded where it has been compiled before, and where it has not."""


@cache
def numba_version() -> str | None:
    """The version of Numba that speeds up the engine; None: NumPy alone, not installed or switched off."""
    if os.environ.get("OPEN_DOOR_FAST", "") == "0":
        return None
    try:
        from importlib.metadata import PackageNotFoundError, version

        return version("numba")
    except PackageNotFoundError:
        return None


def describe() -> str:
    """What `game --version` says of it."""
    found = numba_version()
    return _("Numba {version}").format(version=found) if found else _("without Numba")


def worth_loading(games: int) -> bool:
    """Whether the accelerator is loaded, or so many games are worth the wait for it."""
    if numba_version() is None:
        return False
    if "game.rules.kernels" in sys.modules or os.environ.get("OPEN_DOOR_FAST") == "1":
        return True
    return games >= READY and (games >= NEW or _note().exists())


def load() -> ModuleType:
    """The compiled kernels. One process at a time compiles them, the others find them on disk. Raises ImportError."""
    with _alone():
        from game.rules import kernels

        with suppress(OSError):
            _note().touch()
        return kernels


@cache
def _note() -> Path:
    """The file that says that these kernels have been compiled on this machine."""
    import platformdirs

    source = Path(__file__).with_name("kernels.py")
    parts = (numba_version(), sys.version, str(source), os.environ.get("NUMBA_CACHE_DIR"))
    name = blake2b(repr(parts).encode() + source.read_bytes(), digest_size=8).hexdigest()
    return Path(platformdirs.user_cache_dir("open-door", appauthor=False)) / f"kernels-{name}"


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other process of this user compiles or reads the kernels; where that cannot be told, go on."""
    try:
        lock = _note().with_suffix(".lock")
        lock.parent.mkdir(parents=True, exist_ok=True)
        held = lock.open("a")
    except OSError:
        yield
        return
    with held:
        _lock(held.fileno())
        yield  # Closing the file gives the lock back.


def _lock(number: int) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(number, msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(number, fcntl.LOCK_EX)
    except OSError:
        # A file system without locks; after ten seconds on Windows.
        return
