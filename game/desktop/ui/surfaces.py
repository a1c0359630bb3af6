"""Cached shapes: rounded panels, shadows, gradients, discs, ring gauges and fill patterns.

All sizes in screen pixels. Shapes are drawn four times too large and reduced; a large panel is put together
from small corners and plain fills.
"""

from __future__ import annotations

import math
from typing import Literal

import pygame

from .cache import SurfaceCache
from .vision import Colour

OVER = 4
Shadow = Literal["card", "modal"]
Pattern = Literal["hatch", "back_hatch", "cross", "dots", "rows"]
SHADOW_COLOUR: Colour = (12, 26, 40)
STRIP = 240
"""Width of the piece of a gradient that is kept and repeated, pixels."""
# blur, downward shift (design pixels) and opacity of 255
SHADOWS: dict[str, tuple[float, float, int]] = {"card": (18, 6, 70), "modal": (30, 14, 150)}


def blank(size: tuple[int, int], colour: Colour) -> pygame.Surface:
    """A transparent surface whose hidden pixels already have the colour, so that reducing does not darken."""
    surface = pygame.Surface((max(1, size[0]), max(1, size[1])), pygame.SRCALPHA)
    surface.fill((*colour, 0))
    return surface


class Shapes:
    """Makes and caches shapes; `scale` is S, screen pixels per design pixel, and sets blur and hatching."""

    def __init__(self, scale: float, cache: SurfaceCache | None = None) -> None:
        self.scale = scale
        self.cache = cache if cache is not None else SurfaceCache()

    def draw_rounded(
        self, target: pygame.Surface, rect: pygame.Rect, radius: int, fill: Colour, border: Colour | None, width: float
    ) -> None:
        """Draw a rounded rectangle with an inner border `width` wide."""
        radius = max(0, min(radius, min(rect.size) // 2))
        corner = radius + math.ceil(width) + 1
        side = 2 * corner + 2
        if rect.w <= side or rect.h <= side:
            key = ("rounded", rect.size, radius, fill, border, width)
            target.blit(self.cache.get(key, lambda: self._small_rounded(rect.size, radius, fill, border, width)), rect)
            return
        key = ("rounded", (side, side), radius, fill, border, width)
        tile = self.cache.get(key, lambda: self._small_rounded((side, side), radius, fill, border, width))
        x0, y0, x1, y1, c = rect.left, rect.top, rect.right, rect.bottom, corner
        for x, sx in ((x0, 0), (x1 - c, side - c)):
            for y, sy in ((y0, 0), (y1 - c, side - c)):
                target.blit(tile, (x, y), (sx, sy, c, c))
        # Between the corners every row of the edge has one colour: a few fills instead of a large blit.
        edge = math.ceil(width) + 1 if border else 0
        for i in range(edge):
            ink = tile.get_at((c, i))
            target.fill(ink, (x0 + c, y0 + i, rect.w - 2 * c, 1))
            target.fill(ink, (x0 + c, y1 - 1 - i, rect.w - 2 * c, 1))
            target.fill(ink, (x0 + i, y0 + c, 1, rect.h - 2 * c))
            target.fill(ink, (x1 - 1 - i, y0 + c, 1, rect.h - 2 * c))
        target.fill(fill, (x0 + c, y0 + edge, rect.w - 2 * c, rect.h - 2 * edge))
        target.fill(fill, (x0 + edge, y0 + c, c - edge, rect.h - 2 * c))
        target.fill(fill, (x1 - c, y0 + c, c - edge, rect.h - 2 * c))

    def _small_rounded(
        self, size: tuple[int, int], radius: int, fill: Colour, border: Colour | None, width: float
    ) -> pygame.Surface:
        big = blank((size[0] * OVER, size[1] * OVER), border or fill)
        whole = big.get_rect()
        if border:
            pygame.draw.rect(big, (*border, 255), whole, border_radius=radius * OVER)
            whole = whole.inflate(-2 * round(width * OVER), -2 * round(width * OVER))
        inner = max(0, round((radius - (width if border else 0)) * OVER))
        pygame.draw.rect(big, (*fill, 255), whole, border_radius=inner)
        return pygame.transform.smoothscale(big, size)

    def draw_shadow(self, target: pygame.Surface, rect: pygame.Rect, radius: int, kind: Shadow) -> None:
        """Draw the shadow of a panel, leaving out what the panel covers."""
        blur, shift, alpha = SHADOWS[kind]
        blur, shift = blur * self.scale, shift * self.scale
        margin = math.ceil(blur * 1.5 / 4) * 4
        whole = pygame.Rect(-margin, round(shift) - margin, rect.w + 2 * margin, rect.h + 2 * margin)
        hidden = pygame.Rect((0, 0), rect.size).inflate(-2 * radius, -2 * radius)
        places = [
            part
            for part in (
                pygame.Rect(whole.left, whole.top, whole.w, hidden.top - whole.top),
                pygame.Rect(whole.left, hidden.bottom, whole.w, whole.bottom - hidden.bottom),
                pygame.Rect(whole.left, hidden.top, hidden.left - whole.left, hidden.h),
                pygame.Rect(hidden.right, hidden.top, whole.right - hidden.right, hidden.h),
            )
            if part.w > 0 and part.h > 0
        ]

        def make() -> tuple[pygame.Surface, ...]:
            # Only what shows beside the panel is kept: a fifth of the picture for a large panel.
            image = self._make_shadow(rect.size, radius, blur, margin, alpha)
            return tuple(image.subsurface(part.move(-whole.x, -whole.y)).copy() for part in places)

        for part, image in zip(places, self.cache.parts(("shadow", rect.size, radius, kind), make), strict=True):
            target.blit(image, part.move(rect.topleft))

    @staticmethod
    def _make_shadow(size: tuple[int, int], radius: int, blur: float, margin: int, alpha: int) -> pygame.Surface:
        w, h = size[0] + 2 * margin, size[1] + 2 * margin
        small = blank((math.ceil(w / 4), math.ceil(h / 4)), SHADOW_COLOUR)
        inner = pygame.Rect(margin // 4, margin // 4, max(1, size[0] // 4), max(1, size[1] // 4))
        pygame.draw.rect(small, (*SHADOW_COLOUR, alpha), inner, border_radius=max(1, radius // 4))
        soft = pygame.transform.gaussian_blur(small, max(1, round(blur / 4 / 1.6)), repeat_edge_pixels=False)
        # Blurring mixes in black from beyond the edge: put the shadow's own colour back, keep the opacity.
        soft.fill((0, 0, 0, 255), special_flags=pygame.BLEND_RGBA_MULT)
        soft.fill((*SHADOW_COLOUR, 0), special_flags=pygame.BLEND_RGBA_ADD)
        return pygame.transform.smoothscale(soft, (w, h))

    def draw_gradient(self, target: pygame.Surface, rect: pygame.Rect, top: Colour, bottom: Colour) -> None:
        """Fill a rectangle with an opaque vertical gradient."""
        width = min(rect.w, STRIP)

        def make() -> pygame.Surface:
            strip = pygame.Surface((1, rect.h))
            for y in range(rect.h):
                t = y / max(1, rect.h - 1)
                strip.set_at((0, y), [round(a + (b - a) * t) for a, b in zip(top, bottom, strict=True)])
            return pygame.transform.scale(strip, (width, rect.h))

        strip = self.cache.get(("gradient", (width, rect.h), top, bottom), make)
        for x in range(rect.left, rect.right, width or 1):
            target.blit(strip, (x, rect.top), (0, 0, min(width, rect.right - x), rect.h))

    def disc(self, radius: float, fill: Colour, border: Colour | None = None, width: float = 0.0) -> pygame.Surface:
        """A disc with an inner border; the surface is square, its centre that of the disc."""
        side = math.ceil(2 * radius)
        side += side % 2

        def make() -> pygame.Surface:
            big = blank((side * OVER, side * OVER), border or fill)
            centre = (side * OVER / 2, side * OVER / 2)
            if border:
                pygame.draw.circle(big, (*border, 255), centre, radius * OVER)
            pygame.draw.circle(big, (*fill, 255), centre, (radius - (width if border else 0)) * OVER)
            return pygame.transform.smoothscale(big, (side, side))

        return self.cache.get(("disc", radius, fill, border, width), make)

    def ring(self, radius: int, width: float, share: float, colour: Colour, track: Colour) -> pygame.Surface:
        """A ring gauge filled clockwise from the top by `share` (0 to 1), with round ends."""

        def make() -> pygame.Surface:
            side = 2 * radius * OVER
            big = blank((side, side), track)
            centre, outer, thick = side / 2, float(side // 2 - 1), width * OVER
            pygame.draw.circle(big, (*track, 255), (centre, centre), outer)
            filled = max(0.0, min(1.0, share))
            middle = outer - thick / 2
            if filled > 0:
                steps = max(2, round(filled * 240))
                angles = [2 * math.pi * filled * i / steps - math.pi / 2 for i in range(steps + 1)]
                rim = [(centre + outer * math.cos(a), centre + outer * math.sin(a)) for a in angles]
                pygame.draw.polygon(big, (*colour, 255), [*rim, (centre, centre)])
            pygame.draw.circle(big, (*track, 0), (centre, centre), outer - thick)
            for angle in (-math.pi / 2, 2 * math.pi * filled - math.pi / 2) if filled > 0 else ():
                end = (centre + middle * math.cos(angle), centre + middle * math.sin(angle))
                pygame.draw.circle(big, (*colour, 255), end, thick / 2)
            return pygame.transform.smoothscale(big, (2 * radius, 2 * radius))

        return self.cache.get(("ring", radius, width, share, colour, track), make)

    def pattern(self, size: tuple[int, int], kind: Pattern, colour: Colour, radius: int = 0) -> pygame.Surface:
        """A transparent fill pattern, to tell areas apart without colour; lines at one pitch of 6 design pixels."""

        def make() -> pygame.Surface:
            over = 3
            w, h = size[0] * over, size[1] * over
            big = blank((w, h), colour)
            pitch = max(3, round(6 * self.scale)) * over
            thick = max(1, round(1.2 * self.scale * over))
            ink = (*colour, 255)
            if kind in ("hatch", "cross"):
                for x in range(-h, w, pitch):
                    pygame.draw.line(big, ink, (x, h), (x + h, 0), thick)
            if kind in ("back_hatch", "cross"):
                for x in range(-h, w, pitch):
                    pygame.draw.line(big, ink, (x, 0), (x + h, h), thick)
            if kind == "rows":
                for y in range(pitch // 2, h, pitch):
                    pygame.draw.line(big, ink, (0, y), (w, y), thick)
            if kind == "dots":
                for y in range(pitch // 2, h, pitch):
                    for x in range(pitch // 2, w, pitch):
                        pygame.draw.circle(big, ink, (x, y), thick)
            if radius:
                mask = pygame.Surface((w, h), pygame.SRCALPHA)
                mask.fill((255, 255, 255, 0))
                pygame.draw.rect(mask, (255, 255, 255, 255), mask.get_rect(), border_radius=radius * over)
                big.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
            return pygame.transform.smoothscale(big, size)

        return self.cache.get(("pattern", size, kind, colour, radius), make)
