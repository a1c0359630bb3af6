"""The optional accelerator: found out once, used where it is installed, switched off by OPEN_DOOR_FAST=0."""

from __future__ import annotations

import os
from functools import cache

from game.text import _


@cache
def numba_version() -> str | None:
    """The version of Numba that speeds up the engine; None: NumPy alone, not installed or switched off."""
    if os.environ.get("OPEN_DOOR_FAST", "1") == "0":
        return None
    try:
        from importlib.metadata import PackageNotFoundError, version

        return version("numba")
    except PackageNotFoundError:
        return None


def describe() -> str:
    """What `game --version` says of it."""
    found = numba_version()
    return _("Numba {version}").format(version=found) if found else _("without Numba")
