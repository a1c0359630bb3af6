"""Names a person typed, and the nearest ones that exist."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from game.text import _


class UnknownNameError(LookupError):
    """A name that does not exist; `nearest` are the valid ones closest to it. advice: what to say instead of them.

    Where no name was said (""), the advice stands alone.
    """

    def __init__(self, name: str, nearest: tuple[str, ...], advice: str = "") -> None:
        self.name, self.nearest, self.advice = name, nearest, advice
        super().__init__(name)

    def __str__(self) -> str:
        if self.advice and not self.name:
            return self.advice
        if self.advice:
            return _("There is no '{name}'. {advice}").format(name=self.name, advice=self.advice)
        if not self.nearest:
            return _("There is no '{name}'.").format(name=self.name)
        names = list(dict.fromkeys(self.nearest))
        if len(names) == 1:
            return _("There is no '{name}'. The nearest is: {other}.").format(name=self.name, other=names[0])
        return _("There is no '{name}'. The nearest are: {names}.").format(name=self.name, names=", ".join(names))


def nearest_names(name: str, names: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """The valid names closest to what was typed: those that contain all its parts, then those spelt alike."""
    known = list(dict.fromkeys(names))
    parts = [part for part in name.lower().replace(".", " ").replace("_", " ").split() if part]
    containing = [known_name for known_name in known if parts and all(part in known_name for part in parts)]
    alike = get_close_matches(name.lower(), known, n=most, cutoff=0.5)
    found = [*containing, *alike] or get_close_matches(name.lower(), known, n=most, cutoff=0.0)
    return tuple(dict.fromkeys(found))[:most]


def hint(name: str, names: Iterable[str]) -> str:
    """The valid names closest to what was typed, to be put behind a sentence; nothing where there is none."""
    found = nearest_names(name, names)
    return _(" (the nearest: {names})").format(names=", ".join(found)) if found else ""
