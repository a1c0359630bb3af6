"""A process beside the server that makes the views, so that acknowledging never waits for them.

It keeps each world's games and follows their logs, which only grow; a job brings what is new in the log. It yields to
the server (a lower priority) and ends with it.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

from game.classroom import views
from game.classroom.line import text_of
from game.classroom.world import World
from game.rules import compile_rules
from game.scenario import load_texts
from game.session import Game
from game.session.records import Act

POLITE = 10
"""How much the helper yields to others, as `nice` counts."""

_ACT: TypeAdapter[Act] = TypeAdapter(Act)


@dataclass(frozen=True)
class Job:
    """Make a seat's view, or the public one for "". acts: what the log has gained since the last job on this game."""

    world: int
    practice: bool
    seat: str
    acts: list[dict[str, Any]]


def view_text(game: Game, world: int, seat: str) -> str:
    """A view as it is sent: of a seat with its orders, or for everybody."""
    if not seat:
        return text_of({"is": "public", "world": world, **views.public_json(game)})
    return text_of({"is": "view", **views.seat_json(game, seat), "orders": views.orders_json(game, seat)})


class Helper:
    """The process, and what of each game's log it has been told."""

    def __init__(self, files: Mapping[str, bytes], name: str, seed: int) -> None:
        self.pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin, (dict(files), name, seed))
        self.told: dict[tuple[int, bool], int] = {}

    def ask(self, game: Game, world: int, practice: bool, seat: str) -> Future[str]:
        """Jobs are done in their order. Raises BrokenExecutor, now or as the result, when the process has died."""
        place = (world, practice)
        acts = [act.model_dump() for act in game.log[self.told.get(place, 0) :]]
        found = self.pool.submit(_work, Job(world, practice, seat, acts))
        self.told[place] = len(game.log)
        return found

    def close(self) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)


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
    scenario = load_texts(files, name)
    ruleset = compile_rules(scenario.book)
    _kept.make = lambda number: World(number, scenario, ruleset, seed)


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
    return view_text(game, job.world, job.seat)
