"""The painter: every mark a widget makes goes through it, every string through `Painter.text`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import pygame

from .kit import Kit
from .ledger import Entry, Ledger
from .strokes import Dash, Point, area, stroke
from .surfaces import Pattern, Shadow
from .text import Ink, Layout, Line, Rich, Style
from .theme import BODY, RADIUS_CARD

Align = Literal["left", "centre", "right"]
Valign = Literal["top", "middle", "bottom"]
PLAIN = Style()


class Painter:
    """Draws on one surface; positions in screen pixels, radii and widths too.

    `parent` is the rectangle strings must stay in, `layer` the height they lie at, `ledger` (if any)
    what records them, `links` the rectangles of the link spans drawn so far.
    """

    def __init__(self, surface: pygame.Surface, kit: Kit, ledger: Ledger | None = None) -> None:
        self.surface = surface
        self.kit = kit
        self.ledger = ledger
        self.parent = surface.get_rect()
        self.layer = 0
        self.links: list[tuple[pygame.Rect, str]] = []

    @contextmanager
    def inside(self, rect: pygame.Rect, clip: bool = False, layer: int = 0) -> Iterator[None]:
        """Strings drawn within must stay in `rect`; with `clip` nothing shows outside it."""
        parent, old_clip, old_layer = self.parent, self.surface.get_clip(), self.layer
        self.parent, self.layer = rect, self.layer + layer
        if clip:
            self.surface.set_clip(rect.clip(old_clip))
        try:
            yield
        finally:
            self.parent, self.layer = parent, old_layer
            self.surface.set_clip(old_clip)

    def text(
        self,
        text: Rich,
        rect: pygame.Rect,
        style: Style = PLAIN,
        align: Align = "left",
        valign: Valign = "middle",
        lines: int | None = 1,
        halo: Ink | None = None,
    ) -> pygame.Rect:
        """Draw text in `rect`, at most `lines` lines (None: all), the last shortened with an ellipsis.

        Returns the rectangle of what was drawn. The one place where strings reach the screen.
        """
        kit = self.kit
        laid = kit.layout(text, style, rect.w, lines)
        box = laid.line_height
        top = {"top": rect.top, "middle": rect.centery - laid.height // 2, "bottom": rect.bottom - laid.height}[valign]
        drawn = pygame.Rect(rect.left, top, 0, 0)
        for i, line in enumerate(laid.lines):
            x = {"left": rect.left, "centre": rect.centerx - line.width // 2, "right": rect.right - line.width}[align]
            drawn.union_ip(self._line(line, x, top + i * box + box // 2, style, halo))
        return drawn

    def _line(self, line: Line, x: int, middle: int, style: Style, halo: Ink | None) -> pygame.Rect:
        kit, px = self.kit, self.kit.text_px(style.size)
        em = kit.type.fonts.em(style.role, px)
        baseline = middle + kit.type.baseline(style.role, px)
        extent = pygame.Rect(x, baseline - round(em * 0.72), line.width, round(em * 0.9))
        for piece in line.pieces:
            at = (x + piece.x, baseline - kit.type.ascent(piece.role, px))
            if halo is not None:
                wide = kit.px(2)
                edge = kit.type.render(piece.text, piece.role, px, kit.ink(halo), style.tracking, wide)
                self.surface.blit(edge, (at[0] - wide, at[1] - wide))
            link = piece.span.link
            ink = kit.ink(piece.span.ink or ("accent" if link and style.ink != "inv" else style.ink))
            self.surface.blit(kit.type.render(piece.text, piece.role, px, ink, style.tracking), at)
            if link:
                under = baseline + kit.px(2)
                wide = kit.type.width(piece.text.rstrip(), piece.role, px)
                for dot in range(at[0], at[0] + wide - 1, kit.px(4)):
                    self.surface.fill(ink, (dot, under, kit.px(2), max(1, kit.px(1))))
                self.links.append((pygame.Rect(at[0], extent.top, piece.width, extent.h), link))
        if self.ledger is not None and line.width:
            clip = self.surface.get_clip()
            self.ledger.record(Entry(line.text, extent, self.parent, clip, self.layer, line.shortened))
        return extent

    def layout(self, text: Rich, style: Style, width: int, lines: int | None = None) -> Layout:
        """Lay out without drawing."""
        return self.kit.layout(text, style, width, lines)

    def fill(self, rect: pygame.Rect, ink: Ink, alpha: int = 255) -> None:
        """A plain rectangle."""
        if alpha == 255:
            self.surface.fill(self.kit.ink(ink), rect)
            return
        veil = pygame.Surface(rect.size, pygame.SRCALPHA)
        veil.fill((*self.kit.ink(ink), alpha))
        self.surface.blit(veil, rect)

    def gradient(self, rect: pygame.Rect, top: Ink, bottom: Ink) -> None:
        """A vertical gradient."""
        self.kit.shapes.draw_gradient(self.surface, rect, self.kit.ink(top), self.kit.ink(bottom))

    def panel(
        self,
        rect: pygame.Rect,
        fill: Ink = "panel",
        radius: float = RADIUS_CARD,
        border: Ink | None = None,
        width: float = 1.0,
        shadow: Shadow | None = None,
    ) -> None:
        """A rounded panel; `radius` and border `width` in design pixels."""
        if rect.w <= 0 or rect.h <= 0:
            return
        kit, r = self.kit, self.kit.px(radius)
        if shadow:
            kit.shapes.draw_shadow(self.surface, rect, r, shadow)
        edge = kit.ink(border) if border is not None else None
        kit.shapes.draw_rounded(self.surface, rect, r, kit.ink(fill), edge, max(1.0, width * kit.s))

    def bar(self, rect: pygame.Rect, ink: Ink) -> None:
        """A pill: a rectangle with round ends."""
        if rect.w > 0:
            self.panel(rect, ink, radius=min(rect.w, rect.h) / 2 / self.kit.s)

    def hline(self, x0: int, x1: int, y: int, ink: Ink = "line", width: float = 1.0) -> None:
        """A horizontal hair line; `width` in design pixels."""
        self.surface.fill(self.kit.ink(ink), (x0, y, x1 - x0, self.kit.px(width)))

    def vline(self, x: int, y0: int, y1: int, ink: Ink = "line", width: float = 1.0) -> None:
        """A vertical hair line; `width` in design pixels."""
        self.surface.fill(self.kit.ink(ink), (x, y0, self.kit.px(width), y1 - y0))

    def stroke(
        self, points: Sequence[Point], width: float, ink: Ink, dash: Dash | None = None, alpha: int = 255
    ) -> None:
        """A thick line; `width` and `dash` in design pixels."""
        s = self.kit.s
        scaled = (dash[0] * s, dash[1] * s) if dash else None
        thick = max(1.0, width * s)
        image, at = stroke(self.kit.shapes.cache, points, thick, self.kit.ink(ink), scaled, alpha=alpha)
        self.surface.blit(image, at)

    def area(self, points: Sequence[Point], ink: Ink, alpha: int = 255) -> None:
        """A filled polygon with smooth edges."""
        image, at = area(self.kit.shapes.cache, points, self.kit.ink(ink), alpha)
        self.surface.blit(image, at)

    def disc(
        self, centre: tuple[float, float], radius: float, fill: Ink, border: Ink | None = None, width: float = 0
    ) -> None:
        """A disc with an inner border; `radius` and `width` in design pixels."""
        kit = self.kit
        edge = kit.ink(border) if border is not None else None
        image = kit.shapes.disc(round(radius * kit.s * 2) / 2, kit.ink(fill), edge, width * kit.s)
        half = image.get_width() / 2
        self.surface.blit(image, (round(centre[0] - half), round(centre[1] - half)))

    def ring(self, centre: tuple[int, int], radius: float, width: float, share: float, ink: Ink, track: Ink) -> None:
        """A ring gauge; `radius` and `width` in design pixels, `share` 0 to 1."""
        kit = self.kit
        image = kit.shapes.ring(kit.px(radius), kit.px(width), round(share, 3), kit.ink(ink), kit.ink(track))
        self.surface.blit(image, image.get_rect(center=centre))

    def triangle(self, centre: tuple[float, float], size: float, ink: Ink, up: bool = True) -> None:
        """A small triangle `size` design pixels wide, pointing up or down."""
        half, tall = size * self.kit.s / 2, size * self.kit.s * 0.42
        sign = 1 if up else -1
        x, y = round(centre[0]), round(centre[1])
        self.area([(x, y - sign * tall), (x + half, y + sign * tall), (x - half, y + sign * tall)], ink)

    def icon(self, name: str, centre: tuple[int, int], size: float, ink: Ink = "ink2") -> None:
        """An icon `size` design pixels wide."""
        image = self.kit.pictures.icon(name, self.kit.px(size), self.kit.ink(ink))
        self.surface.blit(image, image.get_rect(center=centre))

    def flag(self, name: str, rect: pygame.Rect, radius: float = 3) -> None:
        """A flag as high as `rect`, centred in it; `radius` in design pixels."""
        image = self.kit.pictures.flag(name, rect.h, self.kit.px(radius))
        self.surface.blit(image, image.get_rect(center=rect.center))

    def pattern(self, rect: pygame.Rect, kind: Pattern, ink: Ink, radius: float = 0) -> None:
        """A fill pattern; `radius` in design pixels."""
        self.surface.blit(self.kit.shapes.pattern(rect.size, kind, self.kit.ink(ink), self.kit.px(radius)), rect)

    def focus(self, rect: pygame.Rect, radius: float, inner: bool = False) -> None:
        """The focus ring: an amber band in a dark edge in a light one: seen on paper, on navy, and round amber."""
        kit = self.kit
        gap = (-kit.px(4) if inner else kit.px(3)) + max(1, kit.px(0.8))
        outer = rect.inflate(2 * gap, 2 * gap)
        r = max(2, kit.px(radius) + gap)
        wide = max(2, kit.px(2.5))
        key = ("focus", outer.size, r, wide)

        def make() -> pygame.Surface:
            over = 3 if outer.w * outer.h < 250_000 else 1
            big = pygame.Surface((outer.w * over, outer.h * over), pygame.SRCALPHA)
            big.fill((*kit.theme.ink, 0))
            edge, band, corner = max(1, kit.px(0.8)) * over, big.get_rect(), r * over
            # Towards the middle; the dark one reaches below the band, which else showed its ground at round corners.
            for ink, thick in ((kit.theme.inv, 2 * edge), (kit.theme.ink, wide * over), (kit.theme.focus, wide * over)):
                pygame.draw.rect(big, (*ink, 255), band, thick, max(1, corner))
                band, corner = band.inflate(-2 * edge, -2 * edge), corner - edge
            return pygame.transform.smoothscale(big, outer.size)

        self.surface.blit(kit.shapes.cache.get(key, make), outer)


HEADING = Style("serif_bold", 22)
TITLE = Style("semibold", 17)
STRONG = Style("semibold", BODY)
SMALL = Style("ui", 14, "ink2")
CAPTION = Style("ui", 13, "ink2")
OVERLINE = Style("semibold", 12, "ink3", tracking=9)
FIGURE = Style("bold", 18)
