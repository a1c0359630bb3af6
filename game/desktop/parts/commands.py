"""Commands that several parts of the play screen answer with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mode:
    """Look at the map in another way."""

    mode: str


@dataclass(frozen=True)
class Select:
    """Show a thing (country, hotspot, mission), a pair (`a b`), or the overview ("")."""

    thing: str


@dataclass(frozen=True)
class Fold:
    """Fold the legend away, or unfold it."""
