"""What keeps a long evening at the desk within the memory of its first minutes."""

from __future__ import annotations

import ctypes
import gc


def settle_memory() -> None:
    """Between two games: forget the one before, give its memory back, and tell the collector what stays.

    A scenario and its rules are a million things, and looking through them all would take a tenth of a second in
    the middle of a frame. The GNU C library keeps what large pictures leave until it is asked; others need no asking.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):  # another C library, another system
        return
