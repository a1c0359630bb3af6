"""What keeps a long evening at the desk within the memory of its first minutes."""

from __future__ import annotations

import ctypes
import gc

LARGE = 1 << 20
"""Bytes from which a piece of memory goes back to the system as soon as it is free."""
M_MMAP_THRESHOLD = -3
"""The GNU C library's number for that setting, see its mallopt(3)."""


def return_large_pieces() -> bool:
    """Have pictures and arrays returned to the system when they are dropped; whether the C library can.

    The GNU library raises the limit by itself after the first large piece is freed, to 32 MB; then the holes that
    pictures leave among small things stay in the process for good.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another C library, another system
        return False
    return bool(mallopt(M_MMAP_THRESHOLD, LARGE))


def spare_the_collector() -> None:
    """Tell the garbage collector that what is there now stays: a scenario and its rules are a million things,
    and looking through them all takes a tenth of a second in the middle of a frame."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
