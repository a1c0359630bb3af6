"""The same units on a Dask cluster: one of this machine, or one at an address."""

from __future__ import annotations

import queue
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from game.lab.extras import need
from game.lab.pool import MOST_DEATHS, Ledger, RunStoppedError
from game.text import _

LOCAL = "local"
LOOK = 1.0
"""Seconds without a result after which is looked whether anybody works."""
SAY_AFTER, STOP_AFTER = 10.0, 300.0
"""Seconds without a single worker after which it is said, and after which the run stops."""


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
            cluster = distributed.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
            client = distributed.Client(cluster)
        else:
            client = distributed.Client(address, timeout="10s")
    except (OSError, ValueError) as fault:
        raise RunStoppedError(f"there is no Dask scheduler at {address}: {fault}") from None
    try:
        yield from _gather(distributed, client, work, common, Ledger.of(chain([first], units)))
    finally:
        client.close()
        if cluster is not None:
            cluster.close()


class _Workers:
    """Who works for a client, and what all of them share."""

    def __init__(self, client: Any, common: object) -> None:
        self.client, self._common = client, common
        self._shared: Any = None
        self._gone: float | None = None  # when the last worker was missed
        self._said = False

    def count(self) -> int:
        """How many there are; none while the scheduler cannot be reached."""
        if self.client.status != "running":
            return 0
        return len(self.client.scheduler_info(n_workers=-1)["workers"])

    def look(self) -> bool:
        """Whether somebody works. Says once that nobody does. Raises RunStoppedError when nobody has for too long."""
        if self.count():
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

    def shared(self) -> Any:
        """What is common to all units, sent to all who work now; who comes later takes it from them.

        Where all that held it have died it is sent again; what was to be computed from it is cancelled by then.
        """
        while self._shared is None or self._shared.status in ("cancelled", "lost", "error"):
            while not self.look():
                time.sleep(LOOK)
            try:
                # In a list, since the items of a dictionary would be sent one by one.
                (self._shared,) = self.client.scatter([self._common], broadcast=True, hash=False)
            except (OSError, TimeoutError):
                continue  # The last of them has just gone.
        return self._shared


def _gather(distributed: Any, client: Any, work: Any, common: object, ledger: Ledger) -> Iterator[Any]:
    flying: dict[Any, tuple[Any, int]] = {}
    arrived: queue.Queue[Any] = queue.Queue()
    workers = _Workers(client, common)

    def submit() -> None:
        room = 2 * max(1, workers.count())
        while len(flying) < room and (taken := ledger.take()) is not None:
            future = client.submit(work, workers.shared(), taken[0], pure=False, retries=0)
            flying[future] = taken
            future.add_done_callback(arrived.put)

    submit()
    while flying:
        try:
            future = arrived.get(timeout=LOOK)
        except queue.Empty:
            workers.look()
            continue
        unit, deaths = flying.pop(future)
        lost = None
        if future.status == "finished":
            try:
                result = future.result()
            except Exception as fault:
                lost = ledger.failed(unit, deaths + 1, f"its result was lost: {fault}")
            else:
                ledger.running -= 1
                yield result
        else:
            error = future.exception() if future.status == "error" else None
            if isinstance(error, RunStoppedError):
                raise error
            killed = error is None or isinstance(error, distributed.scheduler.KilledWorker)
            reason = "its workers died" if killed else f"{type(error).__name__}: {error}"
            lost = ledger.failed(unit, deaths + 1 if killed else MOST_DEATHS, reason)
        if lost is not None:
            yield lost
        future.release()
        submit()
