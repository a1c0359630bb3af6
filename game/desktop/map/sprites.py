"""Small cached pictures of the overlay: lettering with halos, pills, plates and markers."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Hashable
from dataclasses import dataclass

import pygame

from game.desktop.map.model import Colour, Trend
from game.desktop.map.strokes import FINE, halved, premultiplied
from game.desktop.map.style import MapStyle, Rgba
from game.desktop.recent import Recent

FontFor = Callable[[str, int], pygame.font.Font]
"""A font for a role (ui, semibold, bold, serif_italic) and a nominal size in pixels."""
IconFor = Callable[[str, int, Colour], pygame.Surface]
"""A square icon for a name, a side in pixels and a colour. Raises KeyError for an unknown name."""
MIN_TEXT = 12
"""Smallest lettering, nominal pixels."""
ROOM = 900_000
"""Pixels of pictures that are kept: what one view of the map needs, and as much again of the views before."""


@dataclass(frozen=True)
class Lettering:
    """How a label is set: font role, nominal pixels, colours, tracking in pixels, lines and halo width."""

    role: str
    px: int
    colour: Colour
    halo: Colour | None
    tracking: int = 0
    halo_width: int = 2


@dataclass(frozen=True)
class Sprite:
    """A picture with the strings on it and their rectangles, relative to its top left."""

    surface: pygame.Surface
    texts: tuple[tuple[str, pygame.Rect], ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, pixels."""
        return self.surface.get_size()


class Sprites:
    """Makes and keeps the overlay's pictures for one UI scale."""

    def __init__(self, font: FontFor, scale: float, style: MapStyle, icon: IconFor | None = None) -> None:
        self.font = font
        self.scale = scale
        self.style = style
        self.icon = icon
        self._kept: Recent[Sprite] = Recent(ROOM, lambda sprite: math.prod(sprite.size))

    def px(self, design: float, least: int = 1) -> int:
        """Design pixels in screen pixels."""
        return max(least, round(design * self.scale))

    def text_px(self, design: float) -> int:
        """A lettering size in screen pixels, never under the smallest legible one."""
        return self.px(design, MIN_TEXT)

    def label(self, lines: tuple[str, ...], letters: Lettering) -> Sprite:
        """Lines of text, centred, with a halo."""
        return self._keep(("label", lines, letters), lambda: self._make_label(lines, letters))

    def pill(self, name: str, heat: int, colour: Colour) -> Sprite:
        """A hotspot's name with three bars of heat."""
        return self._keep(("pill", name, heat, colour), lambda: self._make_pill(name, heat, colour))

    def value_pill(self, value: int, trend: Trend, colour: Colour) -> Sprite:
        """A tension value with the direction it moved."""
        return self._keep(("value", value, trend, colour), lambda: self._make_value(value, trend, colour))

    def plate(self, title: str, detail: str, icon: str) -> Sprite:
        """A mission's callout: icon, title and a line of detail."""
        return self._keep(("plate", title, detail, icon), lambda: self._make_plate(title, detail, icon))

    def note(self, text: str, lines: int = 1) -> Sprite:
        """The footnote on a pale strip, in about so many lines of equal width."""
        return self._keep(("note", text, lines), lambda: self._make_note(text, lines))

    def marker(self, colour: Colour) -> Sprite:
        """A hotspot's target: core, ring and two soft discs."""
        return self._keep(("marker", colour), lambda: self._make_marker(colour))

    def point(self, radius: float, fill: Colour, edge: Colour, width: float) -> Sprite:
        """A disc with an edge; radius and width in design pixels."""
        return self._keep(
            ("point", radius, fill, edge, width),
            lambda: Sprite(self._discs(radius + 1, [(radius, (*edge, 255)), (radius - width, (*fill, 255))])),
        )

    def _keep(self, key: Hashable, make: Callable[[], Sprite]) -> Sprite:
        return self._kept.get(key, make)

    def _line(self, text: str, letters: Lettering, outline: int, colour: Colour) -> pygame.Surface:
        font = self.font(letters.role, letters.px)
        before = font.outline
        font.outline = outline
        try:
            if not letters.tracking:
                return font.render(text, True, colour)
            parts = [font.render(c, True, colour) for c in text]
        finally:
            font.outline = before
        width = sum(p.get_width() - 2 * outline + letters.tracking for p in parts) - letters.tracking
        line = pygame.Surface((width + 2 * outline, max(p.get_height() for p in parts)), pygame.SRCALPHA)
        x = 0
        for part in parts:
            line.blit(part, (x, 0))
            x += part.get_width() - 2 * outline + letters.tracking
        return line

    def _make_label(self, lines: tuple[str, ...], letters: Lettering) -> Sprite:
        halo = letters.halo_width if letters.halo else 0
        fills = [self._line(t, letters, 0, letters.colour) for t in lines]
        pitch = round(self.font(letters.role, letters.px).get_height() * 0.92)
        height = pitch * (len(lines) - 1) + fills[-1].get_height() + 2 * halo
        width = max(f.get_width() for f in fills) + 2 * halo
        surface = pygame.Surface((width, height), pygame.SRCALPHA)
        places = [((width - f.get_width()) // 2, halo + pitch * i) for i, f in enumerate(fills)]
        if letters.halo:
            for text, (x, y) in zip(lines, places, strict=True):
                surface.blit(self._line(text, letters, halo, letters.halo), (x - halo, y - halo))
        texts = []
        for text, fill, (x, y) in zip(lines, fills, places, strict=True):
            surface.blit(fill, (x, y))
            texts.append((text, pygame.Rect(x, y + halo, fill.get_width(), min(pitch, fill.get_height()) - halo)))
        return Sprite(surface, tuple(texts))

    def _panel(
        self, size: tuple[int, int], radius: int, fill: Rgba, edge: Rgba | None, width: float
    ) -> tuple[pygame.Surface, int]:
        """A rounded panel with a soft shadow, straight alpha, and the width of the shadow's margin."""
        margin = self.px(5)
        full = (size[0] + 2 * margin, size[1] + 2 * margin)
        shadow = pygame.Surface(full, pygame.SRCALPHA)
        body = pygame.Rect(margin, margin, *size)
        pygame.draw.rect(shadow, (12, 26, 40, 110), body.move(0, self.px(1.5)), border_radius=radius)
        shadow = pygame.transform.gaussian_blur(shadow, self.px(2.5))
        fine = pygame.Surface((full[0] * FINE, full[1] * FINE), pygame.SRCALPHA)
        big = pygame.Rect(*(v * FINE for v in body))
        pygame.draw.rect(fine, premultiplied(edge or fill), big, border_radius=radius * FINE)
        if edge:
            inset = round(width * FINE)
            inner = big.inflate(-2 * inset, -2 * inset)
            pygame.draw.rect(fine, premultiplied(fill), inner, border_radius=max(0, radius * FINE - inset))
        dark = shadow.premul_alpha()
        dark.blit(halved(fine), (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
        return dark, margin

    def _finish(self, base: pygame.Surface, marks: pygame.Surface) -> pygame.Surface:
        base.blit(marks.premul_alpha(), (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
        return base

    def _text(self, role: str, size: float, text: str, colour: Colour) -> pygame.Surface:
        return self.font(role, self.text_px(size)).render(text, True, colour)

    def _make_pill(self, name: str, heat: int, colour: Colour) -> Sprite:
        text = self._text("semibold", 13, name, self.style.ink)
        pad, bar, gap = self.px(9), self.px(4), self.px(2)
        bars = 3 * bar + 2 * gap
        size = (pad + bars + self.px(6) + text.get_width() + pad, text.get_height() + self.px(4))
        base, m = self._panel(size, size[1] // 2, (*self.style.white, 255), (*colour, 255), 1.6 * self.scale)
        marks = pygame.Surface(base.get_size(), pygame.SRCALPHA)
        lit = 1 + (heat >= 34) + (heat >= 67)
        foot = m + size[1] - self.px(6)
        for i in range(3):
            tall = self.px(4 + 4 * i)
            shade = colour if i < lit else self.style.edge
            rect = (m + pad + i * (bar + gap), foot - tall, bar, tall)
            pygame.draw.rect(marks, (*shade, 255), rect, border_radius=self.px(1))
        at = (m + pad + bars + self.px(6), m + self.px(2))
        marks.blit(text, at)
        return Sprite(self._finish(base, marks), ((name, text.get_rect(topleft=at)),))

    def _make_value(self, value: int, trend: Trend, colour: Colour) -> Sprite:
        text = self._text("bold", 14, str(value), self.style.ink)
        pad, side, gap = self.px(8), self.px(9), self.px(4)
        size = (2 * pad + text.get_width() + gap + side, text.get_height() + self.px(3))
        base, m = self._panel(size, size[1] // 2, (*self.style.white, 255), (*colour, 255), 1.8 * self.scale)
        big = pygame.Surface((side * FINE, side * FINE), pygame.SRCALPHA)
        w = side * FINE
        shapes = {
            Trend.UP: [(0, w * 0.86), (w, w * 0.86), (w / 2, w * 0.08)],
            Trend.DOWN: [(0, w * 0.14), (w, w * 0.14), (w / 2, w * 0.92)],
            Trend.FLAT: [(w * 0.15, w * 0.38), (w * 0.85, w * 0.38), (w * 0.85, w * 0.62), (w * 0.15, w * 0.62)],
        }
        pygame.draw.polygon(big, (*colour, 255), shapes[trend])
        marks = pygame.Surface(base.get_size(), pygame.SRCALPHA)
        at = (m + pad, m + self.px(1.5))
        marks.blit(text, at)
        done = self._finish(base, marks)
        corner = (m + size[0] - pad - side, m + (size[1] - side) // 2)
        done.blit(halved(big), corner, special_flags=pygame.BLEND_PREMULTIPLIED)
        return Sprite(done, ((str(value), text.get_rect(topleft=at)),))

    def _make_plate(self, title: str, detail: str, icon: str) -> Sprite:
        head = self._text("semibold", 13, title, self.style.inverse)
        small = self._text("ui", 12.5, detail, self.style.inverse2) if detail else None
        side = self.px(18) if icon and self.icon else 0
        pad, gap = self.px(10), self.px(9) if side else 0
        wide = max(head.get_width(), small.get_width() if small else 0)
        line = round(head.get_height() * 0.9)
        size = (2 * pad + side + gap + wide, line * (2 if small else 1) + self.px(9))
        base, m = self._panel(size, self.px(6), (*self.style.navy, 255), None, 0)
        marks = pygame.Surface(base.get_size(), pygame.SRCALPHA)
        if side and self.icon:
            drawn = self.icon(icon, side, self.style.inverse)
            marks.blit(drawn, (m + pad, m + (size[1] - side) // 2))
        x, y = m + pad + side + gap, m + self.px(4)
        marks.blit(head, (x, y))
        texts = [(title, pygame.Rect(x, y, head.get_width(), line))]
        if small:
            marks.blit(small, (x, y + line))
            texts.append((detail, pygame.Rect(x, y + line, small.get_width(), line)))
        return Sprite(self._finish(base, marks), tuple(texts))

    def _make_note(self, text: str, lines: int) -> Sprite:
        parts = textwrap.wrap(text, -(-len(text) // lines) + (8 if lines > 1 else 0))
        inks = [self._text("ui", 12.5, part, self.style.ink2) for part in parts]
        pad, line = self.px(12), inks[0].get_height()
        size = (max(ink.get_width() for ink in inks) + 2 * pad, len(inks) * line + self.px(6))
        base, m = self._panel(size, (line + self.px(6)) // 2, (*self.style.panel, 232), None, 0)
        marks = pygame.Surface(base.get_size(), pygame.SRCALPHA)
        texts = []
        for number, (part, ink) in enumerate(zip(parts, inks, strict=True)):
            at = (m + pad, m + self.px(3) + number * line)
            marks.blit(ink, at)
            texts.append((part, ink.get_rect(topleft=at)))
        return Sprite(self._finish(base, marks), tuple(texts))

    def _discs(self, reach: float, discs: list[tuple[float, Rgba]]) -> pygame.Surface:
        """Concentric discs, largest first, each replacing what it covers; premultiplied."""
        half = self.px(reach) + 1
        fine = pygame.Surface((2 * half * FINE, 2 * half * FINE), pygame.SRCALPHA)
        centre = (half * FINE, half * FINE)
        for radius, colour in discs:
            pygame.draw.circle(fine, premultiplied(colour), centre, radius * self.scale * FINE)
        return halved(fine)

    def _make_marker(self, colour: Colour) -> Sprite:
        white = (255, 255, 255, 255)
        return Sprite(
            self._discs(
                17,
                [(16.5, (*colour, 70)), (12.0, (*colour, 140)), (7.6, white), (5.6, (*colour, 255))],
            )
        )
