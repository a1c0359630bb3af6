"""What commands share: how they fail, print and load."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from game.lab.bounds import LAST_SEED, SEEDS_PER_RUN
from game.text import _

if TYPE_CHECKING:
    from game.session import Known

STOPPED = 130
"""The exit status of a command that was stopped, as shells have it."""
Games = Annotated[int, typer.Option(min=1, max=SEEDS_PER_RUN, help="How many games.")]
Seed = Annotated[int, typer.Option(min=0, max=LAST_SEED, help="Game i has the seed SEED × 1,000,000 + i.")]
Scenario = Annotated[str, typer.Argument(help="Id of a shipped scenario, or a file.")]
Workers = Annotated[int | None, typer.Option(min=0, help="Processes; one a core if not given. They change no result.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def fail(message: str, status: int = 1) -> typer.Exit:
    """Say what is wrong on standard error; the command ends with this status."""
    typer.echo(message, err=True)
    return typer.Exit(status)


def print_json(figures: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")


def load_scenario(source: str) -> Known:
    """A scenario of an id or a path, with its rules; its faults, one a line, end the command with 1."""
    from game.lab.texts import compiled_scenario
    from game.scenario import ScenarioError

    try:
        return compiled_scenario(source)
    except ScenarioError as fault:
        raise fail(str(fault)) from None


@contextmanager
def said_clearly(status: int = 1) -> Iterator[None]:
    """What a user can put right ends the command with one sentence and this status."""
    from game.lab.dataset import DataSetError
    from game.lab.extras import MissingExtraError
    from game.lab.pool import RunStoppedError
    from game.scenario import ScenarioError
    from game.session import UnknownNameError

    try:
        yield
    except OSError as fault:
        raise fail(f"{fault.filename or ''}: {fault.strerror or fault}".lstrip(": "), status) from None
    except (MissingExtraError, DataSetError, RunStoppedError, ScenarioError, UnknownNameError, ValueError) as fault:
        raise fail(str(fault), status) from None


@contextmanager
def stoppable(said: Callable[[], str]) -> Iterator[None]:
    """Ctrl-C, or a request to end, ends the command with a sentence of what is kept, which is asked for then."""
    import signal

    from game.lab.progress import STOP

    def interrupt(*_: object) -> None:
        STOP.made = True
        raise KeyboardInterrupt

    STOP.made = False
    before = {one: signal.signal(one, interrupt) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        raise fail(said(), STOPPED) from None
    finally:
        STOP.made = False
        for one, handler in before.items():
            signal.signal(one, handler)


def kept_of(folder: Path, games: int) -> str:
    """What a run that was stopped leaves. A file that is not full is not kept."""
    from game.lab.dataset import DataSet, DataSetError

    try:
        kept = len(DataSet(folder))
    except DataSetError:  # it was stopped before it began
        kept = 0
    said = _("Stopped. {folder} keeps {kept:,} of {games:,} games; the same command goes on from there.")
    return said.format(folder=folder, kept=kept, games=games)


def pair(text: str, shape: str = "SEAT=KIND") -> tuple[str, str]:
    """The two sides of `SEAT=KIND`."""
    left, equals, right = text.partition("=")
    if not equals or not left or not right:
        raise typer.BadParameter(f"'{text}' is not of the form {shape}.")
    return left, right
