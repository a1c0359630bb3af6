"""Worker processes that may die: the work is done again, and what kills its worker again and again is named.

Workers are processes below one that was started afresh, so neither a script nor a notebook needs a guard around its
code. They end when their pipe is closed, so none outlives the run, however that ends.
"""

from __future__ import annotations

import os
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from game.lab import nursery

MOST_DEATHS = 2
"""So many deaths of its worker condemn a unit: it is split, and a single game is given up."""
MOST_LOST = 100
ONE_CORE = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "64000000",
    "MALLOC_MMAP_THRESHOLD_": "64000000",
}
"""The environment of a worker: one core, one place to take memory from, and no array given back to the system after
every turn, which costs a tenth of the time."""


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processes(workers: int | None) -> int:
    """How many processes are meant: one a core if nobody says."""
    return cores() if workers is None else workers


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


def told(fault: BaseException) -> str:
    """Why a game cannot be computed, where computing it raised this."""
    return f"{type(fault).__name__}: {fault}"


def too_many(lost: int, last: str) -> None:
    """Raise RunStoppedError where so many games are lost that it is not the games which are at fault."""
    if lost > MOST_LOST:
        raise RunStoppedError(f"more than {MOST_LOST} games cannot be computed; the last: {last}")


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

    def again(self, unit: Splittable, deaths: int) -> None:
        """Take back a unit through no fault of its own."""
        self.running -= 1
        self.waiting.append((unit, deaths))

    def failed(self, unit: Splittable, deaths: int, reason: str) -> Lost | None:
        """What becomes of a unit that failed: again, in parts, or given up. Raises RunStoppedError."""
        self.running -= 1
        if deaths < MOST_DEATHS:
            self.waiting.append((unit, deaths))
        elif unit.games > 1:
            self.waiting.extend((part, 0) for part in unit.halves())
        else:
            self.lost += 1
            too_many(self.lost, reason)
            return Lost(unit, reason)
        return None


_spare: list[nursery.Nursery] = []


def _environment() -> dict[str, str]:
    return nursery.environment(ONE_CORE)


@contextmanager
def warmed(workers: int, games: int, source: nursery.Source) -> Iterator[None]:
    """Start what workers need before it is known what they do, so that it is ready when their work is.

    games: how many the run has; source: the scenario that they will probably play.
    """
    if workers and nursery.FORKS and not _spare:
        _spare.append(nursery.Nursery(_environment(), games, source))
    try:
        yield
    finally:
        while _spare:
            _spare.pop().stop()


class _Workers:
    """Where workers come from. Calls from several threads wait for one another. Raises RunStoppedError."""

    def __init__(self, work: str, common: object) -> None:
        self.work, self.common = work, common
        self.lock = threading.Lock()
        self.nurseries: list[nursery.Nursery] = []

    def new(self) -> nursery.ForkedWorker | nursery.OwnWorker:
        """A worker that waits for its first unit."""
        if not nursery.FORKS:
            return self._own()
        with self.lock:
            for _ in range(MOST_DEATHS):
                try:
                    if not self.nurseries:
                        self._nurse()
                    return self.nurseries[-1].fork()
                except nursery.NurseryDiedError:
                    # Its workers go on; what is lost is the process that new ones come from.
                    self._nurse()
            raise RunStoppedError("a worker did not start: its nursery ended again and again")

    def _nurse(self) -> None:
        fresh = _spare.pop() if _spare else nursery.Nursery(_environment())
        self.nurseries.append(fresh)
        try:
            ready = fresh.prepare(self.work, self.common)
        except nursery.NurseryDiedError:
            raise RunStoppedError(f"a worker did not start (exit status {fresh.process.wait()})") from None
        if ready != "ready":
            raise RunStoppedError(f"a worker did not start: {ready}")

    def _own(self) -> nursery.OwnWorker:
        fresh = nursery.OwnWorker(_environment())
        try:
            ready = fresh.prepare(self.work, self.common)
        except (EOFError, OSError):
            raise RunStoppedError(f"a worker did not start (exit status {fresh.stop()})") from None
        if ready != "ready":
            fresh.stop()
            raise RunStoppedError(f"a worker did not start: {ready}")
        return fresh

    def kill(self) -> None:
        """End all that fork, at once, even while others wait for them."""
        for one in list(self.nurseries):
            one.kill()

    def stop(self) -> None:
        """Give back what they held."""
        with self.lock:
            while self.nurseries:
                self.nurseries.pop().stop()


class _Pool:
    """Threads, each of which drives one worker and replaces it when it dies."""

    def __init__(self, work: str, common: object, units: Iterator[Any], workers: int) -> None:
        self.workers = _Workers(work, common)
        self.ledger = Ledger.of(units)
        self.changed = threading.Condition()
        self.results: queue.Queue[Any] = queue.Queue(maxsize=workers)
        self.stopping = False
        self.alive: dict[int, nursery.ForkedWorker | nursery.OwnWorker] = {}
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
            self.workers.kill()
            for worker in list(self.alive.values()):
                worker.kill()
            self.changed.notify_all()
        for thread in self.threads:
            thread.join(timeout=10)
        # A thread that did not end in time may still drop its worker.
        for worker in list(self.alive.values()):
            worker.stop()
        self.workers.stop()

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
            self._put(None)

    def _one(self, place: int, unit: Any, deaths: int) -> None:
        if place not in self.alive:
            fresh = self.workers.new()
            with self.changed:
                self.alive[place] = fresh
                if self.stopping:
                    return
        worker = self.alive[place]
        try:
            worker.send(unit)
            kind, result = worker.receive()
        except (EOFError, OSError):
            with self.changed:
                del self.alive[place]
            status = worker.stop()
            ended = "its worker ended" if status is None else f"its worker ended with status {status}"
            self._failed(unit, deaths + 1, ended)
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


def outcomes_here(work: Callable[[Any, Any], Any], common: object, units: Iterator[Any]) -> Iterator[Any]:
    """The same in this process: what `work(common, unit)` gives for each unit, or `Lost`. Raises RunStoppedError."""
    ledger = Ledger.of(units)
    while (taken := ledger.take()) is not None:
        unit, _deaths = taken
        try:
            outcome = work(common, unit)
        except RunStoppedError:
            raise
        except Exception as fault:
            outcome = ledger.failed(unit, MOST_DEATHS, told(fault))
        else:
            ledger.running -= 1
        if outcome is not None:
            yield outcome
