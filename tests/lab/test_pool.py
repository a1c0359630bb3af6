"""A pool of workers that is stopped while its workers end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game.lab.pool import _Pool


class Ending:
    """A worker; that it is killed is noticed at once by the thread which drives it."""

    def __init__(self, noticed: Callable[[], object]) -> None:
        self.noticed, self.stopped = noticed, False

    def kill(self) -> None:
        self.noticed()

    def stop(self) -> None:
        self.stopped = True


def test_workers_may_end_while_the_pool_is_stopped() -> None:
    pool = _Pool("json:dumps", None, iter(()), 0)
    alive: dict[int, Any] = pool.alive
    last = Ending(lambda: None)
    alive.update({0: Ending(lambda: alive.pop(1)), 1: Ending(lambda: None), 2: last})
    pool._stop()
    assert last.stopped
