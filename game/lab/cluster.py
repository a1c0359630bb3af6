"""The same units on a Dask cluster: one of this machine, or one at an address.

A worker that dies takes others' units with it: those that wait beside the one that killed it, and all whose shared data
it held. So a game is given up only if its workers died while nothing else was computed.
"""

from __future__ import annotations

import queue
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from game.lab.extras import need
from game.lab.pool import MOST_DEATHS, Ledger, RunStoppedError, told
from game.text import _

LOCAL = "local"
LOOK = 1.0
"""Seconds without a result after which is looked whether anybody works."""
SAY_AFTER, STOP_AFTER = 10.0, 300.0
"""Seconds without a single worker after which it is said, and after which the run stops."""
FETCH = 60.0
"""Seconds after which a result that was computed, and does not come, is taken for lost."""
MOST_TRIES = 30
"""So often what all units share is sent in vain, a second apart, before the run stops."""
MOST_LOST_RESULTS = 100
"""So many results lost one after the other stop the run: what is computed does not arrive."""


def outcomes(
    work: Callable[[Any, Any], Any], common: object, units: Iterator[Any], address: str, workers: int
) -> Iterator[Any]:
    """What `work(common, unit)` gives for each unit, or `Lost`, in any order. Without units no cluster is started.

    address: `local`, or a scheduler's address. Raises RunStoppedError where there is no scheduler, or nobody who works.
    """
    distributed = need("distributed", "dask")
    first = next(units, None)
    if first is None:
        return
    cluster = None
    try:
        if address == LOCAL:
            cluster = distributed.LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address=None,
                scheduler_kwargs={"allowed_failures": 0},  # Whether it is done again, and how, is decided here.
            )  # fmt: skip
            client = distributed.Client(cluster)
        else:
            client = distributed.Client(address, timeout="10s")
    except (OSError, ValueError) as fault:
        raise RunStoppedError(f"there is no Dask scheduler at {address}: {fault}") from None
    try:
        again = None if cluster is None else lambda: cluster.scale(workers)
        crowd = _Workers(client, common, workers, again)
        yield from _Flights(distributed, client, crowd, work, Ledger.of(chain([first], units))).outcomes()
    finally:
        client.close()
        if cluster is not None:
            cluster.close()


class _Workers:
    """Who works for a client, and what all of them share.

    wanted, again: how many there should be, and what is called while there are fewer, if we can do anything about it.
    """

    def __init__(self, client: Any, common: object, wanted: int = 0, again: Callable[[], object] | None = None) -> None:
        self.client, self._common = client, common
        self._wanted, self._again = wanted, again
        self._shared: Any = None
        self._gone: float | None = None  # when the last worker was missed
        self._said = False

    def count(self) -> int:
        """How many there are; none while the scheduler cannot be reached."""
        if self.client.status != "running":
            return 0
        return len(self.client.scheduler_info(n_workers=-1)["workers"])

    def look(self) -> bool:
        """Whether somebody works; workers of our own that do not come back are replaced.

        Says once that nobody does. Raises RunStoppedError when nobody has for too long.
        """
        there = self.count()
        if there < self._wanted and self._again is not None:
            # A worker that dies while it starts takes its nanny with it. The cluster forgets such a pair after a
            # while, and then makes another, but only if it is asked to.
            self._again()
        if there:
            self._gone, self._said = None, False
            return True
        now = time.monotonic()
        self._gone = self._gone or now
        if now - self._gone >= STOP_AFTER:
            seconds = round(now - self._gone)
            text = f"the Dask cluster has had no worker for {seconds} seconds; the same command goes on with the run"
            raise RunStoppedError(text)
        if now - self._gone >= SAY_AFTER and not self._said:
            self._said = True
            text = _("The Dask cluster has no workers; the run stops if none comes within {seconds} seconds.")
            sys.stderr.write(text.format(seconds=round(STOP_AFTER - SAY_AFTER)) + "\n")
            sys.stderr.flush()
        return False

    def shared(self, anew: bool = False) -> Any:
        """What is common to all units, sent to all who work now; who comes later takes it from them.

        Where all that held it have died it is sent again; what was to be computed from it is cancelled by then.
        anew: send it again in any case, since that they died may not be known yet.
        """
        if anew:
            self._shared = None
        tries = 0
        while self._shared is None or self._shared.status in ("cancelled", "lost", "error"):
            while not self.look():
                time.sleep(LOOK)
            try:
                # In a list, since the items of a dictionary would be sent one by one.
                (self._shared,) = self.client.scatter([self._common], broadcast=True, hash=False)
            except Exception as fault:
                # A worker has just gone or come, which the scheduler takes for all kinds of mistakes.
                tries += 1
                if tries >= MOST_TRIES:
                    said = f"the scenario could not be sent to the workers, {tries} times in a row; the last: {fault}"
                    raise RunStoppedError(f"{said}; the same command goes on with the run") from None
                time.sleep(LOOK)
        return self._shared


@dataclass(frozen=True)
class _Flight:
    """A unit that is being computed. deaths: those that count; alone: whether nothing else is computed."""

    unit: Any
    deaths: int
    alone: bool = False


class _Flights:
    """What is being computed, and what becomes of what comes back."""

    def __init__(self, distributed: Any, client: Any, workers: _Workers, work: Any, ledger: Ledger) -> None:
        self.distributed, self.client, self.workers = distributed, client, workers
        self.work, self.ledger = work, ledger
        self.flying: dict[Any, _Flight] = {}
        self.arrived: queue.Queue[Any] = queue.Queue()
        self.suspects: deque[_Flight] = deque()
        self.lost_results = 0

    def outcomes(self) -> Iterator[Any]:
        """A result or `Lost` of each unit."""
        looked = time.monotonic()
        self._submit()
        while self.flying:
            if time.monotonic() - looked >= LOOK:
                self.workers.look()
                looked = time.monotonic()
            try:
                future = self.arrived.get(timeout=LOOK)
            except queue.Empty:
                continue
            outcome = self._outcome(future, self.flying.pop(future))
            if outcome is not None:
                yield outcome
            future.release()
            self._submit()

    def _submit(self) -> None:
        """Keep all workers busy; where games are suspected, wait until nothing flies and try them one by one."""
        if self.suspects:
            if not self.flying:
                self._fly(self.suspects.popleft())
            return
        room = 2 * max(1, self.workers.count())
        while len(self.flying) < room and (taken := self.ledger.take()) is not None:
            self._fly(_Flight(*taken))

    def _fly(self, flight: _Flight) -> None:
        shared = self.workers.shared(anew=flight.alone)
        future = self.client.submit(self.work, shared, flight.unit, pure=False, retries=0)
        self.flying[future] = flight
        future.add_done_callback(self.arrived.put)

    def _outcome(self, future: Any, flight: _Flight) -> Any:
        """The result, `Lost`, or None where the unit is to be done again."""
        if future.status == "error":
            error = future.exception()
            if isinstance(error, RunStoppedError):
                raise error
            if isinstance(error, self.distributed.scheduler.KilledWorker):
                return self._died(flight)
            return self.ledger.failed(flight.unit, MOST_DEATHS, told(error))
        if future.status == "cancelled":
            return self._died(flight)
        try:
            result = future.result(timeout=FETCH)
        except Exception as fault:
            # It was computed; only the worker that kept it is gone, whatever took that.
            self._lost(flight, fault)
            return None
        self.lost_results = 0
        self.ledger.running -= 1
        return result

    def _died(self, flight: _Flight) -> Any:
        """A worker died that had the unit, or what is common to all units. More than one game is done in parts."""
        deaths = flight.deaths + 1
        if flight.unit.games > 1 or (flight.alone and deaths >= MOST_DEATHS):
            return self.ledger.failed(flight.unit, deaths, "its workers died")
        self.suspects.append(_Flight(flight.unit, deaths if flight.alone else 0, alone=True))
        return None

    def _lost(self, flight: _Flight, fault: Exception) -> None:
        self.lost_results += 1
        if self.lost_results > MOST_LOST_RESULTS:
            said = f"{MOST_LOST_RESULTS} results were lost on their way, one after the other; the last: {fault}"
            raise RunStoppedError(f"{said}; the same command goes on with the run")
        self.ledger.again(flight.unit, flight.deaths)
