"""A Dask cluster whose workers come late, go, die of what they compute, or never come."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from game.lab import RunStoppedError, cluster, pool

distributed = pytest.importorskip("distributed")


@dataclass(frozen=True)
class Unit:
    number: int
    games: int = 1

    def halves(self) -> list[Unit]:
        return [self]


def work(common: dict[str, int], unit: Unit) -> int:
    time.sleep(0.05)
    return common["first"] + unit.number


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A cluster without workers, in this process; who waits for some is soon impatient."""
    # Nothing is connected to, but Dask would ask the network by which address this machine could be reached.
    monkeypatch.setattr("distributed.utils._get_ip", lambda *_, **__: "127.0.0.1")
    monkeypatch.setattr(cluster, "LOOK", 0.05)
    monkeypatch.setattr(cluster, "SAY_AFTER", 0.1)
    monkeypatch.setattr(cluster, "STOP_AFTER", 60.0)
    with distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=None) as made:
        yield made


def outcomes(made: Any, count: int) -> Iterator[int]:
    return cluster.outcomes(work, {"first": 100}, iter([Unit(i) for i in range(count)]), made.scheduler_address, 1)


def later(made: Any, workers: int) -> None:
    threading.Timer(0.5, made.scale, [workers]).start()


def test_a_run_without_workers_says_so_once_and_stops(
    idle: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "STOP_AFTER", 1.1)
    with pytest.raises(RunStoppedError, match="no worker for 1 seconds; the same command goes on"):
        list(outcomes(idle, 3))
    assert capsys.readouterr().err == "The Dask cluster has no workers; the run stops if none comes within 1 seconds.\n"


def test_workers_may_come_late(idle: Any, capsys: pytest.CaptureFixture[str]) -> None:
    later(idle, 1)
    assert sorted(outcomes(idle, 3)) == [100, 101, 102]
    assert capsys.readouterr().err.count("no workers") == 1


def test_workers_may_all_go_and_others_come(idle: Any) -> None:
    """With them goes what all units share."""
    idle.scale(1)
    found = []
    for outcome in outcomes(idle, 9):
        found.append(outcome)
        if len(found) == 2:
            idle.scale(0)
            while idle.scheduler.workers:
                time.sleep(0.01)
            later(idle, 2)
    assert sorted(found) == [100 + i for i in range(9)]


def test_what_units_share_is_sent_once(idle: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    idle.scale(2)
    sent: list[object] = []
    scatter = distributed.Client.scatter

    def counted(client: Any, data: Any, **how: Any) -> Any:
        sent.append(how)
        return scatter(client, data, **how)

    monkeypatch.setattr(distributed.Client, "scatter", counted)
    assert len(list(outcomes(idle, 12))) == 12
    assert sent == [{"broadcast": True, "hash": False}]


def test_a_finished_run_starts_no_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distributed, "LocalCluster", None)
    assert list(cluster.outcomes(work, {}, iter([]), cluster.LOCAL, 2)) == []


# -- units that kill their workers ------------------------------------------------------------------


@dataclass(frozen=True)
class Numbers:
    """Some whole numbers; 13 kills its worker."""

    first: int
    games: int

    def halves(self) -> list[Numbers]:
        half = -(-self.games // 2)
        return [Numbers(self.first, half), Numbers(self.first + half, self.games - half)]

    @property
    def deadly(self) -> bool:
        return self.first <= 13 < self.first + self.games


def deadly(common: int, unit: Numbers) -> list[int]:
    if unit.deadly:
        os._exit(9)
    return [common + number for number in range(unit.first, unit.first + unit.games)]


class Future:
    status, error, result_lost = "pending", None, False

    def __init__(self, function: Callable[..., Any], common: int, unit: Numbers) -> None:
        self.unit, self.compute = unit, lambda: function(common, unit)

    def add_done_callback(self, call: Callable[[Future], None]) -> None:
        self.call = call

    def exception(self) -> Exception | None:
        return self.error

    def result(self, timeout: float = 0) -> Any:
        if self.result_lost:
            raise distributed.client.FutureCancelledError("key", "unknown")
        return self.compute()

    def release(self) -> None:
        pass


class Unlucky:
    """A client whose whole cluster goes with each death: all that it was given is killed, cancelled, or lost."""

    status = "running"

    def __init__(self, *_: object, **__: object) -> None:
        self.given: list[Future] = []
        self.lock = threading.Lock()
        self.ways = cycle(["killed", "cancelled", "lost"])

    def scheduler_info(self, n_workers: int) -> dict[str, Any]:
        return {"workers": {"one": {}, "two": {}}}

    def scatter(self, data: list[Any], **_: object) -> list[Any]:
        return data

    def submit(self, function: Any, common: Any, unit: Numbers, **_: object) -> Future:
        future = Future(function, common, unit)
        with self.lock:
            self.given.append(future)
            if len(self.given) == 1:
                threading.Timer(0.05, self.settle).start()
        return future

    def settle(self) -> None:
        with self.lock:
            settled, self.given = self.given, []
        dies = any(one.unit.deadly for one in settled)
        for one in settled:
            way = next(self.ways) if dies else "finished"
            if way == "lost" and one.unit.deadly:
                way = "cancelled"
            if way == "killed":
                one.error = distributed.scheduler.KilledWorker("key", None, 0)
            one.result_lost = way == "lost"
            one.status = {"killed": "error", "lost": "finished"}.get(way, way)
            one.call(one)

    def close(self) -> None:
        pass


class Shared(int):
    status = "finished"


def told_apart(address: str, common: int, size: int) -> None:
    units = iter([Numbers(first, size) for first in range(0, 40, size)])
    found, lost = [], {}
    for outcome in cluster.outcomes(deadly, common, units, address, 2):
        if isinstance(outcome, pool.Lost):
            lost[outcome.unit.first] = outcome.reason
        else:
            found += outcome
    assert lost == {13: "its workers died"}
    assert sorted(found) == [100 + number for number in range(40) if number != 13]


@pytest.mark.parametrize("size", [1, 4, 20])
def test_what_kills_its_worker_takes_no_other_games_with_it(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(distributed, "Client", Unlucky)
    told_apart("tcp://there", Shared(100), size)


@pytest.mark.parametrize("fault", [ValueError("Can not use replicate to delete data"), OSError("gone")])
def test_workers_may_come_and_go_while_they_are_sent_what_they_share(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    faults = [fault, fault]

    def scatter(client: Unlucky, data: list[Any], **_: object) -> list[Any]:
        if faults:
            raise faults.pop()
        return data

    monkeypatch.setattr(distributed, "Client", Unlucky)
    monkeypatch.setattr(Unlucky, "scatter", scatter)
    monkeypatch.setattr(cluster, "LOOK", 0.01)
    told_apart("tcp://there", Shared(100), 20)
    faults = [fault] * 1000
    with pytest.raises(RunStoppedError, match=rf"could not be sent.*{fault}; the same command goes on"):
        told_apart("tcp://there", Shared(100), 20)


def test_results_that_never_arrive_stop_the_run_and_condemn_no_game(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distributed, "Client", Unlucky)
    monkeypatch.setattr(Future, "result_lost", True)
    monkeypatch.setattr(Unlucky, "settle", arrives_lost)
    with pytest.raises(RunStoppedError, match=r"results were lost on their way.*the same command goes on"):
        list(cluster.outcomes(deadly, Shared(100), iter([Numbers(0, 1), Numbers(1, 1)]), "tcp://there", 2))


def arrives_lost(client: Unlucky) -> None:
    with client.lock:
        settled, client.given = client.given, []
    for one in settled:
        one.status = "finished"
        one.call(one)


def by_itself(call: str) -> None:
    """Call a function of this module in a process that may listen and connect, as its workers must."""
    here = Path(__file__).parent
    code = f"import sys; sys.path.insert(0, {str(here)!r}); import test_cluster; test_cluster.{call}"
    there = {**os.environ, "PYTHONPATH": os.pathsep.join([str(here), *sys.path])}
    ended = subprocess.run([sys.executable, "-c", code], env=there, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.slow
def test_what_kills_its_worker_is_told_apart_on_a_real_cluster() -> None:
    by_itself("told_apart('local', 100, 8)")


def slow_work(common: int, unit: Unit) -> int:
    time.sleep(0.2)
    return common + unit.number


def lose_all_workers() -> None:
    """End the workers of a cluster of our own together with the nannies that would start them again."""
    made: list[Any] = []
    local = distributed.LocalCluster

    def kept(**settings: Any) -> Any:
        made.append(local(**settings))
        return made[0]

    distributed.LocalCluster, cluster.STOP_AFTER = kept, 60.0
    dask = pytest.importorskip("dask")
    found = []
    with dask.config.set({"distributed.deploy.lost-worker-timeout": "500ms"}):
        for outcome in cluster.outcomes(slow_work, 100, iter([Unit(i) for i in range(20)]), cluster.LOCAL, 2):
            found.append(outcome)
            if len(found) == 2:
                for nanny in list(made[0].workers.values()):
                    made[0].sync(nanny.close)
    assert sorted(found) == [100 + i for i in range(20)]


@pytest.mark.slow
def test_workers_of_our_own_cluster_that_went_for_good_are_replaced() -> None:
    """A worker that dies while it starts ends the nanny that would start it again."""
    by_itself("lose_all_workers()")
