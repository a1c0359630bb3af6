"""Long work off the frames: one thread, jobs in order of urgency, results taken up by the next frame.

A job gets plain values and gives one back. It may read a game that nobody changes meanwhile; it never
touches the display, a surface or a screen.
"""

from __future__ import annotations

import contextvars
import heapq
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

URGENT, SOON, LATER = 0, 1, 2


@dataclass(eq=False)
class Job:
    """One piece of work. `share` 0 to 1 and `note` say how far it is; `cancel` asks it to stop."""

    name: str
    run: Callable[[Job], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None] | None = None
    share: float = 0.0
    note: str = ""
    finished: bool = False
    _stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Its result is not wanted any more."""
        self._stop.set()

    def cancelled(self) -> bool:
        return self._stop.is_set()

    def progress(self, share: float, note: str = "") -> None:
        self.share, self.note = share, note or self.note


class Work:
    """The thread and its jobs. `threaded` off: each job is done at once, for pictures and tests."""

    def __init__(self, threaded: bool = True) -> None:
        self.threaded = threaded
        self._order = count()
        self._waiting: list[tuple[int, int, Job, contextvars.Context]] = []
        self._results: list[tuple[Job, Any, Exception | None]] = []
        self._lock = threading.Condition()
        self._running: Job | None = None
        self._closed = False
        self._thread: threading.Thread | None = None

    def submit(
        self,
        name: str,
        run: Callable[[Job], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
        urgency: int = SOON,
    ) -> Job:
        """Do `run` soon; then `done` gets its result in the frame's own thread.

        `failed` gets the exception; without it the exception is raised from `poll`. A cancelled job
        answers neither.
        """
        job = Job(name, run, done, failed)
        if not self.threaded:
            self._results.append((job, *_attempt(job)))
            return job
        with self._lock:
            heapq.heappush(self._waiting, (urgency, next(self._order), job, contextvars.copy_context()))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="work", daemon=True)
                self._thread.start()
            self._lock.notify()
        return job

    def _work(self) -> None:
        while True:
            with self._lock:
                while not self._waiting and not self._closed:
                    self._lock.wait()
                if self._closed:
                    return
                _urgency, _number, job, context = heapq.heappop(self._waiting)
                self._running = job
            found = (None, None) if job.cancelled() else context.run(_attempt, job)
            with self._lock:
                self._results.append((job, *found))
                self._running = None
                self._lock.notify_all()

    def poll(self) -> bool:
        """Hand over what is finished; whether there was anything. Raises what a job raised unasked."""
        with self._lock:
            results, self._results = self._results, []
        for job, value, fault in results:
            job.finished = True
            if job.cancelled():
                continue
            if fault is None:
                job.done(value)
            elif job.failed is not None:
                job.failed(fault)
            else:
                raise fault
        return bool(results)

    @property
    def current(self) -> Job | None:
        """The job at work now."""
        return self._running

    @property
    def idle(self) -> bool:
        """Whether nothing waits, runs or is to be handed over."""
        with self._lock:
            return not self._waiting and self._running is None and not self._results

    def finish(self, seconds: float = 60.0) -> None:
        """Wait until everything is done and handed over: for tests and pictures."""
        while not self.idle:
            with self._lock:
                self._lock.wait_for(lambda: not self._waiting and self._running is None, seconds)
            self.poll()

    def close(self) -> None:
        """Cancel everything and let the thread end."""
        with self._lock:
            self._closed = True
            for _urgency, _number, job, _context in self._waiting:
                job.cancel()
            if self._running is not None:
                self._running.cancel()
            self._waiting.clear()
            self._lock.notify_all()


def _attempt(job: Job) -> tuple[Any, Exception | None]:
    try:
        return job.run(job), None
    except Exception as fault:
        return None, fault
