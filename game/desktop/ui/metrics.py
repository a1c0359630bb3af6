"""From design pixels to screen pixels: one scale S for the whole window."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

MIN_TEXT = 12  # screen pixels
MIN_USER, MAX_USER = 0.8, 1.6
COMPACT_WIDTH = 1600
FLOOR = 0.85  # screen pixels per design pixel below which small windows cannot be read


@dataclass(frozen=True)
class Metrics:
    """`size` in screen pixels, `user` the person's own scale (0.8 to 1.6).

    S = min(W/1920, H/1080) x user. Below 1600 px of width the layout is compact and S begins at 0.85; it ends where
    1200 x 675 design pixels are left, as in a large window at 1.6, since the layouts need as many.
    """

    size: tuple[int, int]
    user: float = 1.0

    def __post_init__(self) -> None:
        if not MIN_USER <= self.user <= MAX_USER:
            raise ValueError(f"user scale {self.user} is outside {MIN_USER} to {MAX_USER}")

    @property
    def s(self) -> float:
        """Screen pixels per design pixel."""
        least, most = self.users
        return self._base * max(least, min(most, self.user))

    @property
    def _base(self) -> float:
        """S at the person's scale 1."""
        return FLOOR if self.size[0] < COMPACT_WIDTH else self._share

    @property
    def _share(self) -> float:
        """How much of 1920 x 1080 the window has."""
        return min(self.size[0] / 1920, self.size[1] / 1080)

    @property
    def users(self) -> tuple[float, float]:
        """The smallest and the largest scale of a person that this window can show; equal where there is one only."""
        if self.size[0] >= COMPACT_WIDTH:
            return MIN_USER, MAX_USER
        return 1.0, max(1.0, MAX_USER * self._share / FLOOR)

    @property
    def compact(self) -> bool:
        """Whether the compact layout is to be used: too few design pixels for the wide one."""
        return self.size[0] < COMPACT_WIDTH or self.size[0] / self.s < COMPACT_WIDTH

    @property
    def wide(self) -> float:
        """Width of the window in design pixels."""
        return self.size[0] / self.s

    @property
    def high(self) -> float:
        """Height of the window in design pixels."""
        return self.size[1] / self.s

    def rect(self, x: float, y: float, w: float, h: float) -> pygame.Rect:
        """A design rectangle on the screen; neighbours that touch in design pixels touch on the screen."""
        left, top = round(x * self.s), round(y * self.s)
        return pygame.Rect(left, top, round((x + w) * self.s) - left, round((y + h) * self.s) - top)
