"""The layout ledger: every drawn string with its rectangle, and the faults a layout can have."""

from __future__ import annotations

from dataclasses import dataclass, field

import pygame


@dataclass(frozen=True)
class Entry:
    """One drawn line of text, in screen pixels.

    `parent` is the rectangle of the widget it belongs to, `clip` what was visible of it, `layer` 0 for the
    screen and higher for what lies over it, `shortened` whether an ellipsis took its end.
    """

    text: str
    rect: pygame.Rect
    parent: pygame.Rect
    clip: pygame.Rect
    layer: int = 0
    shortened: bool = False

    @property
    def seen(self) -> pygame.Rect:
        """The part of the text inside its clip."""
        return self.rect.clip(self.clip)


@dataclass
class Ledger:
    """Attach to a painter before a whole redraw, then ask for `faults`."""

    size: tuple[int, int]
    entries: list[Entry] = field(default_factory=list)

    def record(self, entry: Entry) -> None:
        """Keep one line of text; lines scrolled wholly out of sight do not count."""
        if entry.text.strip() and entry.seen.w > 0 and entry.seen.h > 0:
            self.entries.append(entry)

    def faults(self, tolerance: int = 1) -> list[str]:
        """Every fault as a sentence: text over text in one layer, out of its parent, off the screen.

        `tolerance` in screen pixels. A text cut by a scrolled clip may leave its parent downwards or
        upwards, never sideways.
        """
        return [*self._leaving(tolerance), *self._overlapping(tolerance)]

    def shortened(self) -> list[str]:
        """Texts that lost their end to an ellipsis."""
        return [entry.text for entry in self.entries if entry.shortened]

    def _leaving(self, tolerance: int) -> list[str]:
        found = []
        screen = pygame.Rect((0, 0), self.size)
        for entry in self.entries:
            seen = entry.rect if entry.rect.h <= entry.clip.h and _whole(entry) else entry.seen
            room = entry.parent.inflate(2 * tolerance, 2 * tolerance)
            if not room.contains(seen) or entry.rect.w > entry.clip.w + 2 * tolerance:
                found.append(f"{entry.text!r} at {tuple(entry.rect)} leaves its parent {tuple(entry.parent)}")
            if not screen.contains(seen):
                found.append(f"{entry.text!r} at {tuple(entry.rect)} leaves the screen {self.size}")
        return found

    def _overlapping(self, tolerance: int) -> list[str]:
        found = []
        ordered = sorted(self.entries, key=lambda e: (e.layer, e.rect.top, e.rect.left, e.text))
        for i, one in enumerate(ordered):
            for other in ordered[i + 1 :]:
                if other.layer != one.layer or other.rect.top >= one.rect.bottom:
                    break
                both = one.seen.clip(other.seen)
                if both.w > tolerance and both.h > tolerance:
                    found.append(f"{one.text!r} at {tuple(one.rect)} overlaps {other.text!r} at {tuple(other.rect)}")
        return found


def _whole(entry: Entry) -> bool:
    """Whether the clip cuts nothing off upwards or downwards."""
    return entry.clip.top <= entry.rect.top and entry.rect.bottom <= entry.clip.bottom
