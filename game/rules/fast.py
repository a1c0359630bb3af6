"""The optional accelerator: found out once, used where it is installed, switched off by OPEN_DOOR_FAST=0.

Loading its code takes two seconds, compiling it the first time on a machine half a minute. Nobody at a desk waits for
that: it is loaded at once only when so many games are asked for that it pays, and meanwhile, while NumPy computes, when
it soon will. OPEN_DOOR_FAST=1 loads it at once.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import ModuleType
from typing import Any

from game.text import _

OTHERS = 3
"""So many folders of kernels compiled from other sources, or for other versions of Python and Numba, are kept."""
SOON, READY, NEW = 64, 256, 1024
"""From so many games on the code is loaded in the background where it has been compiled before; at once; at once also
where it has not."""
NOTE = "compiled"
_loaded = threading.Event()
_single = threading.Event()


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
    if _loaded.is_set() or os.environ.get("OPEN_DOOR_FAST") == "1" or games >= NEW:
        return True
    if games < SOON or not _note().exists():
        return False
    if games < READY and not _single.is_set():
        _load_soon()
    return games >= READY


@cache
def _load_soon() -> None:
    """Load the code in the background, once in this process."""

    def attempt() -> None:
        with suppress(ImportError):
            load()

    threading.Thread(target=attempt, name="accelerator", daemon=True).start()


def stay_single() -> None:
    """Load nothing in the background in this process and those forked from it.

    For one that forks: a child waits for ever for the modules that a thread was importing when it was forked, since
    that thread is not there to give their locks back.
    """
    _single.set()


def load() -> ModuleType:
    """The compiled kernels. One process at a time compiles them, the others find them on disk. Raises ImportError."""
    with _alone():
        import numba

        config: Any = numba.config

        # Numba looks at the file of a kernel alone to tell whether what it kept still holds; these have several.
        outer, config.CACHE_DIR = config.CACHE_DIR, str(_home())
        try:
            from game.rules import kernels
        finally:
            config.CACHE_DIR = outer
        with suppress(OSError):
            fresh = not _note().exists()
            _note().touch()
            if fresh:
                _make_room()
        _loaded.set()
        return kernels


def _used(folder: Path) -> float:
    """When kernels were last loaded from a folder; 0 where they were never complete."""
    try:
        return folder.joinpath(NOTE).stat().st_mtime
    except OSError:
        return 0


def _make_room() -> None:
    """Delete what was compiled for other sources, but for what was used last: an update leaves its folder behind."""
    others = [folder for folder in _home().parent.glob("kernels-*") if folder.is_dir() and folder != _home()]
    others.sort(key=_used, reverse=True)
    for folder in others[OTHERS:]:
        shutil.rmtree(folder, ignore_errors=True)
        folder.with_suffix(".lock").unlink(missing_ok=True)


@cache
def _home() -> Path:
    """Where compiled code is kept: a folder for these sources, this Numba and this Python."""
    import platformdirs

    folder = Path(__file__).parent
    parts = (numba_version(), sys.version, str(folder))
    digest = blake2b(repr(parts).encode(), digest_size=8)
    for name in ("codes", "lanes", "interpreter", "kernels"):
        digest.update(folder.joinpath(f"{name}.py").read_bytes())
    outer = os.environ.get("NUMBA_CACHE_DIR") or platformdirs.user_cache_dir("open-door", appauthor=False)
    return Path(outer) / f"kernels-{digest.hexdigest()}"


def _note() -> Path:
    """The file that says that these kernels have been compiled on this machine."""
    return _home() / NOTE


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other process of this user compiles or reads the kernels; where that cannot be told, go on."""
    try:
        lock = _home().with_suffix(".lock")
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
