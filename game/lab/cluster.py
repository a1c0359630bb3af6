"""The same units on a Dask cluster: one of this machine, or one at an address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from game.lab.extras import need
from game.lab.pool import MOST_DEATHS, Ledger, RunStoppedError

LOCAL = "local"


def outcomes(
    work: Callable[[Any, Any], Any], common: object, units: Iterator[Any], address: str, workers: int
) -> Iterator[Any]:
    """What `work(common, unit)` gives for each unit, or `Lost`, in any order.

    address: `local`, or a scheduler's address. Raises RunStoppedError where there is no scheduler.
    """
    distributed = need("distributed", "dask")
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
        yield from _gather(distributed, client, work, common, Ledger.of(units))
    finally:
        client.close()
        if cluster is not None:
            cluster.close()


def _gather(distributed: Any, client: Any, work: Any, common: object, ledger: Ledger) -> Iterator[Any]:
    flying: dict[Any, tuple[Any, int]] = {}
    arriving = distributed.as_completed()

    def submit() -> None:
        room = 2 * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
        while len(flying) < room and (taken := ledger.take()) is not None:
            unit, deaths = taken
            future = client.submit(work, common, unit, pure=False, retries=0)
            flying[future] = (unit, deaths)
            arriving.add(future)

    submit()
    while flying:
        future = next(arriving)
        unit, deaths = flying.pop(future)
        if future.status == "finished":
            try:
                result = future.result()
            except Exception as fault:
                result = None
                lost = ledger.failed(unit, deaths + 1, f"its result was lost: {fault}")
            else:
                ledger.running -= 1
                lost = None
            if result is not None:
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
