"""Worker processes that may die: the work is done again, and what kills its worker again and again is named.

A worker is a process of its own that reads units from its standard input, so neither a script nor a notebook needs
a guard around its code. It ends when its pipe is closed, so none outlives the run, however that ends.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

MOST_DEATHS = 2
"""So many deaths of its worker condemn a unit: it is split, and a single game is given up."""
MOST_LOST = 100
ONE_CORE = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "4000000",
    "MALLOC_MMAP_THRESHOLD_": "1000000",
}
"""The environment of a worker: one core, and memory that is given back, so that it does not grow with the run."""


class Splittable(Protocol):
    """A unit of work that can be halved down to single games."""

    @property
    def games(self) -> int: ...

    def halves(self) -> list[Any]: ...


@dataclass(frozen=True)
class Lost:
    """A unit of one game that cannot be computed, and why."""

    unit: Any
    reason: str


class RunStoppedError(Exception):
    """A run that makes no sense to go on with: workers do not start, or too many games are lost."""


@dataclass
class Ledger:
    """Which units are still to be done. Retries go first; new ones are taken only when somebody is free."""

    units: Iterator[Any]
    waiting: deque[tuple[Any, int]]
    running: int = 0
    lost: int = 0

    @classmethod
    def of(cls, units: Iterator[Any]) -> Ledger:
        return cls(iter(units), deque())

    def take(self) -> tuple[Any, int] | None:
        """A unit and how often it has failed; None if there is none at present."""
        found = self.waiting.popleft() if self.waiting else next(((unit, 0) for unit in self.units), None)
        self.running += found is not None
        return found

    def failed(self, unit: Splittable, deaths: int, reason: str) -> Lost | None:
        """What becomes of a unit that failed: again, in parts, or given up. Raises RunStoppedError."""
        self.running -= 1
        if deaths < MOST_DEATHS:
            self.waiting.append((unit, deaths))
        elif unit.games > 1:
            self.waiting.extend((part, 0) for part in unit.halves())
        else:
            self.lost += 1
            if self.lost > MOST_LOST:
                raise RunStoppedError(f"more than {MOST_LOST} games cannot be computed; the last: {reason}")
            return Lost(unit, reason)
        return None


_spare: list[subprocess.Popen[bytes]] = []


def _started() -> subprocess.Popen[bytes]:
    """A worker process that waits for its work."""
    return subprocess.Popen(
        [sys.executable, "-m", "game.lab.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **ONE_CORE, "PYTHONPATH": os.pathsep.join(p or str(Path.cwd()) for p in sys.path)},
        start_new_session=True,
    )


@contextmanager
def warmed(workers: int) -> Iterator[None]:
    """Start workers before it is known what they do, so that they import while the caller prepares their work."""
    _spare.extend(_started() for _ in range(workers))
    try:
        yield
    finally:
        while _spare:
            process = _spare.pop()
            process.kill()
            process.wait()


class _Worker:
    """One process. work: `module:function`, called as `function(common, unit)`."""

    def __init__(self, work: str, common: object) -> None:
        self.process = _spare.pop() if _spare else _started()
        try:
            self.send((work, common))
            ready = self.receive()
        except (EOFError, OSError):
            raise RunStoppedError(f"a worker did not start (exit status {self.process.wait()})") from None
        if ready != "ready":
            raise RunStoppedError(f"a worker did not start: {ready}")

    def send(self, message: object) -> None:
        assert self.process.stdin is not None
        pickle.dump(message, self.process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
        self.process.stdin.flush()

    def receive(self) -> Any:
        assert self.process.stdout is not None
        try:
            return pickle.load(self.process.stdout)
        except pickle.UnpicklingError:
            raise EOFError from None

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            try:
                pipe.close()
            except OSError:
                continue


class _Pool:
    """Threads, each of which drives one worker and replaces it when it dies."""

    def __init__(self, work: str, common: object, units: Iterator[Any], workers: int) -> None:
        self.work, self.common = work, common
        self.ledger = Ledger.of(units)
        self.changed = threading.Condition()
        self.results: queue.Queue[Any] = queue.Queue(maxsize=workers)
        self.stopping = False
        self.alive: dict[int, _Worker] = {}
        self.threads = [threading.Thread(target=self._drive, args=(i,), daemon=True) for i in range(workers)]

    def outcomes(self) -> Iterator[Any]:
        for thread in self.threads:
            thread.start()
        left = len(self.threads)
        try:
            while left:
                result = self.results.get()
                if isinstance(result, BaseException):
                    raise result
                if result is None:
                    left -= 1
                else:
                    yield result
        finally:
            self._stop()

    def _stop(self) -> None:
        with self.changed:
            self.stopping = True
            for worker in self.alive.values():
                worker.process.kill()
            self.changed.notify_all()
        for thread in self.threads:
            thread.join(timeout=10)

    def _put(self, result: object) -> None:
        while not self.stopping:
            try:
                self.results.put(result, timeout=0.2)
                return
            except queue.Full:
                continue

    def _take(self) -> tuple[Any, int] | None:
        """Waits while others may still fail and leave something to do."""
        with self.changed:
            while not self.stopping:
                found = self.ledger.take()
                if found is not None or not self.ledger.running:
                    self.changed.notify_all()
                    return found
                self.changed.wait()
        return None

    def _drive(self, place: int) -> None:
        try:
            while (taken := self._take()) is not None:
                self._one(place, *taken)
        except Exception as fault:
            self._put(fault)
        finally:
            worker = self.alive.pop(place, None)
            if worker is not None:
                worker.stop()
            self._put(None)

    def _one(self, place: int, unit: Any, deaths: int) -> None:
        if place not in self.alive:
            fresh = _Worker(self.work, self.common)
            with self.changed:
                self.alive[place] = fresh
                if self.stopping:
                    return
        worker = self.alive[place]
        try:
            worker.send(unit)
            kind, result = worker.receive()
        except (EOFError, OSError):
            worker.stop()
            del self.alive[place]
            self._failed(unit, deaths + 1, f"its worker ended with status {worker.process.returncode}")
            return
        if kind == "done":
            with self.changed:
                self.ledger.running -= 1
                self.changed.notify_all()
            self._put(result)
        else:
            self._failed(unit, MOST_DEATHS, result)

    def _failed(self, unit: Any, deaths: int, reason: str) -> None:
        if self.stopping:
            return
        with self.changed:
            lost = self.ledger.failed(unit, deaths, reason)
            self.changed.notify_all()
        if lost is not None:
            self._put(lost)


def outcomes(work: str, common: object, units: Iterator[Any], workers: int) -> Iterator[Any]:
    """What the function gives for each unit, or `Lost`, in any order, computed by so many processes.

    work: `module:function`, importable by a fresh interpreter. Raises RunStoppedError.
    """
    return _Pool(work, common, units, workers).outcomes()
