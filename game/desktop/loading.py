"""Scenarios and saves are read and compiled off the frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.desktop.work import SOON, URGENT, Job
from game.scenario import ScenarioError
from game.session import Game, Known, SaveError, known_scenario, load_game
from game.text import _

if TYPE_CHECKING:
    from game.desktop.app import App


def read_scenario(app: App, source: str, done: Callable[[Known], None]) -> Job:
    """Load and compile a scenario; its first faults are told in a note."""

    def run(job: Job) -> Known:
        job.progress(0.1, _("Reading the scenario …"))
        return known_scenario(source)

    def failed(fault: Exception) -> None:
        _told(app, fault, ScenarioError)

    return app.work.submit("scenario", run, done, failed, SOON)


def new_game(
    app: App, known: Known, people: Sequence[str], seed: int, computers: Mapping[str, str] | None = None
) -> Job:
    """Start a game and show it."""

    def run(job: Job) -> Game:
        job.progress(0.2, _("Setting up the game …"))
        return Game.new(known.scenario, people, seed=seed, computers=computers, ruleset=known.ruleset)

    return app.work.submit("new", run, app.take_up, urgency=URGENT)


def open_save(app: App, path: Path) -> Job:
    """Load a save and go on with it; a fault is told and nothing is touched."""
    known = app.known

    def run(job: Job) -> Game:
        job.progress(0.2, _("Reading the saved game …"))
        return load_game(path, known)

    return app.work.submit("load", run, app.take_up, lambda fault: _told(app, fault, SaveError), URGENT)


def _told(app: App, fault: Exception, expected: type[Exception]) -> None:
    if not isinstance(fault, expected):
        raise fault
    app.say("\n".join(str(fault).splitlines()[:3]), "bad", "warning")
