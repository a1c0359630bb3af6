"""A process beside the server that makes the views, so that acknowledging never waits for them.

It keeps each world's games and follows their logs, which only grow; a job brings what is new in the log. Desks, which
change with every order, go before views, which change once a turn. The process yields to the server (a lower priority)
and ends with it.
"""

from __future__ import annotations

import heapq
import itertools
import multiprocessing
import os
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pydantic import TypeAdapter

from game.classroom import views
from game.classroom.line import text_of
from game.classroom.world import World
from game.session import Game, known_texts
from game.session.records import Act

POLITE = 5
"""How much the helper yields to others, as `nice` counts; more would starve it on a teacher's busy machine."""

_ACT: TypeAdapter[Act] = TypeAdapter(Act)


@dataclass(frozen=True)
class Job:
    """Make a seat's view, or the public one for "". acts: what the log has gained since the last job on this game.

    queue: the orders that wait, by number, to make the seat's desk instead of its view.
    """

    world: int
    practice: bool
    seat: str
    queue: Sequence[int] | None
    acts: list[dict[str, Any]]


@dataclass(order=True)
class _Waiting:
    rank: tuple[bool, int]
    game: Game = field(compare=False)
    world: int = field(compare=False)
    practice: bool = field(compare=False)
    seat: str = field(compare=False)
    queue: Sequence[int] | None = field(compare=False)
    found: Future[str] = field(compare=False)


def view_text(game: Game, world: int, seat: str) -> str:
    """A view as it is sent: of a seat with its orders, or for everybody."""
    if not seat:
        return text_of({"is": "public", "world": world, **views.public_json(game)})
    return text_of({"is": "view", **views.seat_json(game, seat), "orders": views.orders_json(game, seat)})


def desk_text(game: Game, seat: str) -> str:
    """A seat's desk as it is sent: what waits, and which orders are open beside it."""
    texts = game.ruleset.catalogue.texts
    legal = [texts[order] for order in game.legal(seat).nonzero()[0].tolist()]
    return text_of({"is": "desk", **views.desk_json(game, seat), "open": legal})


class Helper:
    """The process, what of each game's log it has been told, and the jobs that wait for it; one is done at a time."""

    def __init__(self, files: Mapping[str, bytes], name: str, seed: int) -> None:
        self.pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin, (dict(files), name, seed))
        self.told: dict[tuple[int, bool], int] = {}
        self._waiting: list[_Waiting] = []
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._busy = True
        # Handing the scenario to a new process takes as long as that needs to begin: not in the server's thread.
        threading.Thread(target=self._start, name="helper", daemon=True).start()

    def ask(self, game: Game, world: int, practice: bool, seat: str, queue: Sequence[int] | None = None) -> Future[str]:
        """A view, or with a queue the seat's desk. The result is a BrokenExecutor when the process has died."""
        found: Future[str] = Future()
        rank = (queue is None, next(self._numbers))
        with self._lock:
            heapq.heappush(self._waiting, _Waiting(rank, game, world, practice, seat, queue, found))
        self._next()
        return found

    def close(self) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> None:
        try:
            self.pool.submit(_ready).result()
        except (BrokenExecutor, OSError, RuntimeError) as fault:
            self._fail(fault)
            return
        with self._lock:
            self._busy = False
        self._next()

    def _next(self) -> None:
        with self._lock:
            if self._busy or not self._waiting:
                return
            self._busy = True
            job = heapq.heappop(self._waiting)
            place = (job.world, job.practice)
            told = self.told.get(place, 0)
            acts = [act.model_dump() for act in job.game.log[told:]]
            # A desk may have overtaken a view that was asked for earlier.
            self.told[place] = max(told, len(job.game.log))
        job.found.set_running_or_notify_cancel()
        try:
            done = self.pool.submit(_work, Job(job.world, job.practice, job.seat, job.queue, acts))
        except (BrokenExecutor, OSError, RuntimeError) as fault:
            job.found.set_exception(BrokenExecutor(str(fault)))
            self._fail(fault)
            return
        done.add_done_callback(partial(self._finished, job.found))

    def _finished(self, found: Future[str], done: Future[str]) -> None:
        fault = BrokenExecutor() if done.cancelled() else done.exception()
        if fault is None:
            found.set_result(done.result())
        else:
            found.set_exception(fault)
        if isinstance(fault, BrokenExecutor):
            self._fail(fault)
            return
        with self._lock:
            self._busy = False
        self._next()

    def _fail(self, fault: BaseException) -> None:
        """Nothing is done any more: who waits, and who asks later, is told so."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
            self._busy = False
        for job in waiting:
            job.found.set_exception(BrokenExecutor(str(fault)))


# -- in the process ----------------------------------------------------------------------------------------


@dataclass
class _Kept:
    make: Any = None
    worlds: dict[int, World] = field(default_factory=dict)


_kept = _Kept()


def _begin(files: dict[str, bytes], name: str, seed: int) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(POLITE)
    known = known_texts(files, name)
    _kept.make = lambda number: World(number, known.scenario, known.ruleset, seed)


def _ready() -> None:
    """Done when the process has begun."""


def _end_with_parent() -> None:
    """A server that was killed leaves no process behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _work(job: Job) -> str:
    world = _kept.worlds.get(job.world)
    if world is None:
        world = _kept.worlds[job.world] = _kept.make(job.world)
    game = world.practice if job.practice else world.real
    for act in job.acts:
        game.follow(_ACT.validate_python(act))
    game.queues.clear()
    if job.queue is None:
        return view_text(game, job.world, job.seat)
    game.queues[job.seat] = list(job.queue)
    return desk_text(game, job.seat)
