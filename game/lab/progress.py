"""How far a run has come, on standard error: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from game.text import _


@contextmanager
def progress(games: int) -> Iterator[Callable[[int], None]]:
    """Gives a function to call with the number of games just finished."""
    if sys.stderr.isatty():
        yield from _bar(games)
    else:
        yield from _lines(games)


def _bar(games: int) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("Games"), total=games)
        yield lambda games: bar.advance(task, games)


def _lines(games: int, parts: int = 10) -> Iterator[Callable[[int], None]]:
    done = 0

    def step(more: int) -> None:
        nonlocal done
        done += more
        if done * parts // games != (done - more) * parts // games:
            sys.stderr.write(_("{done} of {games} games").format(done=done, games=games) + "\n")
            sys.stderr.flush()

    yield step
