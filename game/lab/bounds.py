"""What a run may be asked for: how many games, which seeds, what its folder may be called.

Imports nothing that takes a while: commands know their bounds before anything else is loaded.
"""

from __future__ import annotations

from operator import index
from pathlib import Path

SEEDS_PER_RUN = 1_000_000
"""The most games of a run: game i of a run with seed S has the seed S × 1,000,000 + i."""
SEEDS = 2**64
"""The seeds that there are; a game's seed is kept in 64 bits."""
LAST_SEED = (SEEDS - 1) // SEEDS_PER_RUN
"""The last seed of a run; of its games only the first have seeds of their own."""

LINES = ".jsonl"
FILES = (".csv", ".tsv", ".txt", ".json", ".ndjson", ".parquet", ".feather", ".arrow", ".xlsx", ".html", ".gz", ".zip")
"""What a file is called that no run writes."""


def is_lines(out: Path) -> bool:
    """Whether a name is that of a file of JSON lines, and not of a folder."""
    return out.suffix.lower() == LINES


def is_other_file(out: Path) -> bool:
    """Whether a name is that of a file that is not written here, and would surprise as the name of a folder."""
    return out.suffix.lower() in FILES and not out.is_dir()


def whole_number(name: str, value: object) -> int:
    """A whole number of any library as Python's own. Raises TypeError that names what it is for."""
    if isinstance(value, bool):
        raise TypeError(f"{name}: {value!r} is not a whole number")
    try:
        return index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"{name}: {value!r} is not a whole number") from None


def a_scenario(value: object, *kinds: type) -> None:
    """Raise TypeError where something is no id, no path, and none of these kinds of objects."""
    if not isinstance(value, (str, Path, *kinds)):
        raise TypeError(f"scenario: {value!r} is not the id of a scenario, a path, or a loaded scenario")


def checked_games(games: int, seed: int) -> None:
    """Raise ValueError where a run of so many games would be empty, or share games with another run."""
    if games < 1:
        raise ValueError(f"games: a run has at least one game, not {games}")
    if seed < 0:
        raise ValueError(f"seed: a run's seed is at least 0, not {seed}")
    if games > SEEDS_PER_RUN:
        raise ValueError(f"a run has at most {SEEDS_PER_RUN:,} games; use another seed for more")
    if seed * SEEDS_PER_RUN + games > SEEDS:
        whole = LAST_SEED - 1
        raise ValueError(
            f"seed {seed} has too few games left; the largest seed with {SEEDS_PER_RUN:,} games is {whole}"
        )
