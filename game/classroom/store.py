"""The journal of a class on the disk: SQLite, one file a class. What `append` has returned from is kept.

Entries of many callers are written in one transaction, so that waiting for the disk is shared.
"""

from __future__ import annotations

import asyncio
import json
import queue
import re
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from game.classroom.records import FORMAT, Begun, DamagedError, Entry, entry_of
from game.session.home import saves_folder
from game.text import _

SUFFIX = ".class.db"
_NAME = re.compile(r"^[a-z0-9][a-z0-9_-]{0,79}$")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))}
MOST_AT_ONCE = 500


class StoreError(Exception):
    """A class cannot be opened or written; the message says which and why."""


class _Line(NamedTuple):
    """A line of the file, with its data no longer as text once it is read."""

    n: int
    kind: str
    data: Any
    world: int
    person: int
    key: str | None
    at: float


def classes_folder() -> Path:
    folder = saves_folder().parent / "classes"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def class_path(name: str, folder: Path | None = None) -> Path:
    """The file of a class. Names are ids, never paths. Raises StoreError."""
    if not _NAME.match(name) or name.split("-")[0] in _DEVICES or name in _DEVICES:
        raise StoreError(_("'{name}' is not the name of a class.").format(name=name[:80].replace("\0", "")))
    path = (folder or classes_folder()) / f"{name}{SUFFIX}"
    if path.is_symlink():
        raise StoreError(_("{path} is a link, not a class.").format(path=path))
    return path


def class_names(folder: Path | None = None) -> list[str]:
    """The classes that are kept, newest first."""
    found = [path for path in (folder or classes_folder()).glob(f"*{SUFFIX}") if not path.is_symlink()]
    found.sort(key=lambda path: (-_written(path), path.name))
    return [path.name.removesuffix(SUFFIX) for path in found]


def _written(path: Path) -> int:
    """When a class was written last: until it is closed, and after a power cut, that is in the log beside its file."""
    times = [0]
    for file in (path, path.with_name(f"{path.name}-wal")):
        with suppress(OSError):
            times.append(file.stat().st_mtime_ns)
    return max(times)


def not_open(name: str, folder: Path | None = None) -> Path:
    """The file of a class that no server has open. Raises StoreError."""
    path = class_path(name, folder)
    if not path.exists():
        raise StoreError(_("There is no class '{name}'.").format(name=name))
    base = sqlite3.connect(path, isolation_level=None, timeout=0.2)
    try:
        base.execute("BEGIN EXCLUSIVE")
        base.execute("ROLLBACK")
    except sqlite3.OperationalError as fault:
        if _held(fault):
            raise _open_already(path) from None
    except sqlite3.DatabaseError:
        pass  # A damaged class can be deleted, too.
    finally:
        base.close()
    return path


def _held(fault: sqlite3.Error) -> bool:
    """Whether another program has the file."""
    # Above the lowest byte stands which kind of it.
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _open_already(path: Path) -> StoreError:
    text = _("The class '{name}' is open. Stop its program first (Ctrl+C in its window).")
    return StoreError(text.format(name=path.name.removesuffix(SUFFIX)))


def purge(name: str, folder: Path | None = None) -> None:
    """Delete everything that is kept of a class. Raises StoreError, also for a class that is open."""
    path = not_open(name, folder)
    for part in (path, *(path.with_name(path.name + tail) for tail in ("-wal", "-shm", "-journal"))):
        part.unlink(missing_ok=True)


def purge_named(name: str, folder: Path | None = None) -> list[str]:
    """Delete a class, or `all` of them; which were deleted. Without a name nothing is. Raises StoreError."""
    known = class_names(folder)
    if not name:
        text = _("Say which class, or `all`. Kept are: {known}.")
        raise StoreError(text.format(known=", ".join(known) or _("none")))
    chosen = known if name == "all" else [name]
    for one in chosen:
        not_open(one, folder)
    for one in chosen:
        purge(one, folder)
    return chosen


class Journal:
    """The entries of one class; one thread writes them."""

    def __init__(self, path: Path, *, new: bool = False) -> None:
        """Open a class, or begin one. Raises StoreError."""
        if new == path.exists():
            text = _("The class {path} exists already.") if new else _("There is no class {path}.")
            raise StoreError(text.format(path=path))
        self.path = path
        try:
            self._base = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=1.0)
        except sqlite3.Error as fault:
            raise StoreError(_("{path} cannot be opened: {reason}").format(path=path, reason=fault)) from None
        try:
            self._base.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=FULL")
            self._base.execute("PRAGMA secure_delete=ON")
            self._base.execute("BEGIN IMMEDIATE")
            self._base.execute(
                "CREATE TABLE IF NOT EXISTS journal (n INTEGER PRIMARY KEY, at REAL NOT NULL, world INTEGER NOT NULL, "
                "person INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT, data TEXT NOT NULL, UNIQUE (person, key))"
            )
            self._base.execute("COMMIT")
        except sqlite3.Error as fault:
            self._base.close()
            if _held(fault):
                raise _open_already(path) from None
            raise StoreError(_("{path} cannot be opened: {reason}").format(path=path, reason=fault)) from None
        self._fault: StoreError | None = None
        self._waiting: queue.SimpleQueue[tuple[Sequence[Entry], asyncio.Future[None]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
        self._thread.start()

    def begun(self) -> Begun:
        """The first entry. Raises StoreError, also for a class that is written otherwise than this version does."""
        for line in self._lines("LIMIT 1"):
            # Asked before the entry is read: what another version writes need not be one.
            if line.kind == "begun" and isinstance(line.data, dict) and line.data.get("format") == FORMAT:
                entry = self._entry(line)
                if isinstance(entry, Begun):
                    return entry
        raise StoreError(_("{path} is not a class of this version.").format(path=self.path))

    def entries(self) -> list[Entry]:
        """Everything written so far, in its order. Raises StoreError, which names the first line that is damaged."""
        return [self._entry(line) for line in self._lines()]

    def _lines(self, some: str = "") -> Iterator[_Line]:
        try:
            rows = self._base.execute(f"SELECT {', '.join(_Line._fields)} FROM journal ORDER BY n {some}").fetchall()
        except sqlite3.Error as fault:
            raise self._unreadable(fault) from None
        for row in map(_Line._make, rows):
            try:
                yield row._replace(data=json.loads(row.data))
            except (TypeError, ValueError) as fault:
                raise self._unreadable(fault, row.n) from None

    def _entry(self, line: _Line) -> Entry:
        try:
            return entry_of(*line[1:])
        except DamagedError as fault:
            raise self._unreadable(fault, line.n) from None

    def _unreadable(self, fault: Exception, n: int = 0) -> StoreError:
        """n: the line, where it is one."""
        reason = _("line {number}: {reason}").format(number=n, reason=fault) if n else str(fault)
        return StoreError(_("{path} cannot be read: {reason}").format(path=self.path, reason=reason))

    def write(self, entries: Sequence[Entry]) -> None:
        """Write some entries and wait for the disk, while nothing runs yet. Raises StoreError."""
        fault = self._commit(list(entries))
        if fault is not None:
            raise fault

    async def append(self, entries: Sequence[Entry]) -> None:
        """Write some entries together; returns when they are on the disk. Raises StoreError."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.put((entries, done))
        await done

    def close(self) -> None:
        """Write what waits, and close the file."""
        self._waiting.put(None)
        self._thread.join(timeout=10)
        self._base.close()

    def _write(self) -> None:
        while True:
            batch = [self._waiting.get()]
            while len(batch) < MOST_AT_ONCE and not self._waiting.empty():
                batch.append(self._waiting.get())
            work = [item for item in batch if item is not None]
            fault = self._commit([entry for entries, _done in work for entry in entries])
            for _entries, done in work:
                done.get_loop().call_soon_threadsafe(_settle, done, fault)
            if len(work) < len(batch):
                return

    def _commit(self, entries: list[Entry]) -> StoreError | None:
        """Write entries, unless others could not be: what comes after them may build on them."""
        if self._fault is None:
            self._fault = self._insert(entries)
        return self._fault

    def _insert(self, entries: list[Entry]) -> StoreError | None:
        now = time.time()
        rows = [
            (e.at or now, e.world, e.person, e.kind, e.key, json.dumps(e.data, ensure_ascii=False)) for e in entries
        ]
        try:
            self._base.execute("BEGIN IMMEDIATE")
            self._base.executemany(
                "INSERT INTO journal (at, world, person, kind, key, data) VALUES (?, ?, ?, ?, ?, ?)", rows
            )
            self._base.execute("COMMIT")
        except sqlite3.Error as fault:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            return StoreError(_("The journal could not be written: {reason}").format(reason=fault))
        return None


def _settle(done: asyncio.Future[None], fault: StoreError | None) -> None:
    if done.done():
        return
    if fault is None:
        done.set_result(None)
    else:
        done.set_exception(fault)
