"""How far a run has come, on standard error: a bar and a table on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.lab.progress_table import EVERY, SoFar
from game.text import _

if TYPE_CHECKING:
    from rich.progress import Progress


class Request:
    """Whether somebody has asked to stop. An exception of the signal's handler is lost where a finalizer runs."""

    made = False

    def heed(self) -> None:
        """Raise KeyboardInterrupt if somebody has."""
        if self.made:
            raise KeyboardInterrupt


STOP = Request()


@contextmanager
def progress(count: int, settings: bool = False) -> Iterator[Callable[[int], None]]:
    """Gives a function to call with the number of games (or settings of a scenario) just finished.

    On a terminal that function has a method `follow`, which takes the folder of a run.
    """
    if sys.stderr.isatty():
        yield from _bar(count, _("Settings") if settings else _("Games"))
    else:
        yield from _lines(count, _("{done} of {count} settings") if settings else _("{done} of {count} games"))


class Bar:
    """A bar; below it, of a folder that it is told to follow, how the games end and score so far."""

    def __init__(self, bar: Progress, title: str, count: int, show: Callable[[Any], None]) -> None:
        self.bar, self.show = bar, show
        self.task = bar.add_task(title, total=count)
        self.so_far: SoFar | None = None
        self.looked = 0.0

    def follow(self, folder: Path) -> None:
        """Show the games of this folder."""
        self.so_far = SoFar(folder)

    def __call__(self, more: int) -> None:
        STOP.heed()
        self.bar.advance(self.task, more)
        if self.so_far is None or time.monotonic() - self.looked < EVERY:
            return
        self.so_far.look()
        self.show(self.so_far.table())
        self.looked = time.monotonic()


def _bar(count: int, title: str) -> Iterator[Callable[[int], None]]:
    from rich.console import Console, Group
    from rich.live import Live
    from rich.progress import Progress

    bar = Progress(auto_refresh=False)
    with Live(bar, console=Console(stderr=True), refresh_per_second=1 / EVERY, transient=True) as live:
        yield Bar(bar, title, count, lambda table: live.update(Group(bar, table) if table is not None else bar))


def _lines(count: int, said: str, parts: int = 10) -> Iterator[Callable[[int], None]]:
    done = 0

    def step(more: int) -> None:
        nonlocal done
        STOP.heed()
        done += more
        if done * parts // count != (done - more) * parts // count:
            sys.stderr.write(said.format(done=done, count=count) + "\n")
            sys.stderr.flush()

    yield step
