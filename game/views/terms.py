"""What a term of the library means, in a few lines for a tooltip."""

from __future__ import annotations

from dataclasses import dataclass

from game.scenario.models import LibraryModel
from game.views.sight import Sight


@dataclass(frozen=True)
class Meaning:
    title: str
    text: str
    source: str


def explain(sight: Sight, term: str) -> Meaning | None:
    """An entry of the library by its id, or None."""
    entry = sight.models["library"].get(term)
    if not isinstance(entry, LibraryModel):
        return None
    return Meaning(
        sight.text("library", term), sight.text("library", term, "what"), entry.sources[0] if entry.sources else ""
    )
