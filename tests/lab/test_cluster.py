"""A Dask cluster whose workers come late, go, or never come."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from game.lab import RunStoppedError, cluster

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
