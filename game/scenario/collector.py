"""When Python's collector of rubbish has nothing to find."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(stays: bool = True) -> Iterator[None]:
    """No collection of rubbish while many small objects are made, none of which is rubbish yet: a fifth of the time.

    stays: what is made stays, and is put among the old objects at once, or the next collection would look through it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if stays and not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
