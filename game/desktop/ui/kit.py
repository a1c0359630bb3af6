"""What every widget needs to measure and draw: metrics, theme, fonts, pictures, shapes."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pygame

from .assets import Pictures
from .fonts import Fonts
from .metrics import MIN_TEXT, Metrics
from .surfaces import Shapes
from .text import Ink, Layout, Rich, Style, Typesetter
from .theme import STANDARD, Theme, colour
from .vision import Colour


class Kit:
    """Made anew when the window, the user's scale or the palette changes; holds all caches.

    `size` in screen pixels, `user` the person's scale 0.8 to 1.6, `calm` for reduced motion.
    """

    def __init__(
        self,
        size: tuple[int, int],
        user: float = 1.0,
        theme: Theme = STANDARD,
        calm: bool = False,
        assets: Path | None = None,
        fonts: Fonts | None = None,
    ) -> None:
        self.metrics = Metrics(size, user)
        self.s = self.metrics.s  # screen pixels per design pixel
        self.theme = theme
        self.calm = calm
        self.type = Typesetter(fonts or Fonts())
        self.pictures = Pictures(assets)
        self.shapes = Shapes(self.metrics.s)

    @cached_property
    def scratch(self) -> pygame.Surface:
        """A transparent surface of the window's size, for whoever composes a picture just now."""
        return pygame.Surface(self.metrics.size, pygame.SRCALPHA)

    @property
    def screen(self) -> pygame.Rect:
        """The whole window in screen pixels."""
        return pygame.Rect((0, 0), self.metrics.size)

    def px(self, design: float) -> int:
        """Design pixels as screen pixels."""
        if design <= 0:
            return round(design * self.s)
        return max(1, round(design * self.s))

    def text_px(self, design: float) -> int:
        """Type size in screen pixels, never under 12."""
        return max(MIN_TEXT, round(design * self.s))

    def rect(self, x: float, y: float, w: float, h: float) -> pygame.Rect:
        """A rectangle in design pixels as one in screen pixels."""
        return self.metrics.rect(x, y, w, h)

    def ink(self, ink: Ink) -> Colour:
        """A colour by theme field name, or itself."""
        return colour(self.theme, ink) if isinstance(ink, str) else ink

    def layout(self, text: Rich, style: Style, width: int | None = None, lines: int | None = 1) -> Layout:
        """Text laid out in `style` within `width` screen pixels."""
        return self.type.layout(text, style, self.text_px(style.size), width, lines)

    def width(self, text: Rich, style: Style) -> int:
        """Width in screen pixels on one line."""
        return self.layout(text, style).width

    def height(self, text: Rich, style: Style, width: int, lines: int | None = None) -> int:
        """Height in screen pixels when wrapped to `width` screen pixels."""
        return self.layout(text, style, width, lines).height

    def line(self, style: Style) -> int:
        """Height in screen pixels of one line of `style`."""
        return round(self.text_px(style.size) * style.line_height)
