"""Long work: off the frames, in order of urgency, cancelled when nobody wants it any more."""

from __future__ import annotations

import threading

import pytest

from game.desktop.work import LATER, URGENT, Job, Work


def test_results_are_handed_over_by_poll_in_the_callers_thread() -> None:
    work, found = Work(), []
    here = threading.get_ident()
    work.submit("sum", lambda job: threading.get_ident(), lambda there: found.append((there, threading.get_ident())))
    work.finish()
    assert found[0][0] != here and found[0][1] == here
    work.close()


def test_urgent_work_goes_first() -> None:
    work, order, gate = Work(), [], threading.Event()
    work.submit("first", lambda job: gate.wait(5), lambda value: None)
    work.submit("later", lambda job: "later", order.append, urgency=LATER)
    work.submit("urgent", lambda job: "urgent", order.append, urgency=URGENT)
    gate.set()
    work.finish()
    assert order == ["urgent", "later"]
    work.close()


def test_a_cancelled_job_answers_nothing() -> None:
    work, found, started, gate = Work(), [], threading.Event(), threading.Event()

    def run(job: Job) -> str:
        started.set()
        gate.wait(5)
        return "stopped" if job.cancelled() else "done"

    job = work.submit("slow", run, found.append)
    started.wait(5)
    job.cancel()
    gate.set()
    work.finish()
    assert found == []
    work.close()


def test_a_fault_is_told_or_raised() -> None:
    work, told = Work(threaded=False), []

    def fail(job: Job) -> None:
        raise ValueError("no")

    work.submit("told", fail, lambda value: None, told.append)
    work.poll()
    assert str(told[0]) == "no"
    work.submit("raised", fail, lambda value: None)
    with pytest.raises(ValueError, match="no"):
        work.poll()
