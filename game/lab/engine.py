"""Which code computes: what it gives may differ from what any other code gives, whatever version that calls itself."""

from __future__ import annotations

from game import __version__
from game.session.sources import COMPILING, digest_of

ROWS = (*COMPILING, "players/**/*.py", *(f"lab/{name}.py" for name in ("columns", "record", "runner", "unit")))
"""The code that decides the rows of a data set."""
FIGURES = (*ROWS, *(f"lab/{name}.py" for name in ("deeds", "gauge", "tasks")))
"""The code that decides the figures of a report, which are kept piece by piece."""


def engine() -> str:
    """What computes the rows of a data set here: version and digest, like `0.1.0+1f0c…` (12 hexadecimal digits)."""
    return f"{__version__}+{digest_of(*ROWS).hex()[:12]}"
