"""How far a run has come, on standard error: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from game.text import _


@contextmanager
def progress(count: int, settings: bool = False) -> Iterator[Callable[[int], None]]:
    """Gives a function to call with the number of games (or settings of a scenario) just finished."""
    if sys.stderr.isatty():
        yield from _bar(count, _("Settings") if settings else _("Games"))
    else:
        yield from _lines(count, _("{done} of {count} settings") if settings else _("{done} of {count} games"))


def _bar(count: int, title: str) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=count)
        yield lambda more: bar.advance(task, more)


def _lines(count: int, said: str, parts: int = 10) -> Iterator[Callable[[int], None]]:
    done = 0

    def step(more: int) -> None:
        nonlocal done
        done += more
        if done * parts // count != (done - more) * parts // count:
            sys.stderr.write(said.format(done=done, count=count) + "\n")
            sys.stderr.flush()

    yield step
