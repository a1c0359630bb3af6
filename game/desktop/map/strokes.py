"""Smooth thick, dashed and dotted strokes, painted tile by tile at four times the resolution."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pygame
from numpy.typing import NDArray

from game.desktop.map.style import Rgba

Segments = NDArray[np.float64]
"""Shape [n, 4]: x0, y0, x1, y1 in pixels."""
FINE = 4
"""Supersampling factor."""


@dataclass(frozen=True)
class Stroke:
    """Segments of one width (pixels) and straight RGBA colour, round at both ends."""

    segments: Segments
    width: float
    colour: Rgba

    def near(self, tile: pygame.Rect) -> Segments:
        """The segments that may touch a tile."""
        s, reach = self.segments, self.width / 2 + 1
        x0, y0 = np.minimum(s[:, 0], s[:, 2]), np.minimum(s[:, 1], s[:, 3])
        x1, y1 = np.maximum(s[:, 0], s[:, 2]), np.maximum(s[:, 1], s[:, 3])
        hit = (x1 >= tile.left - reach) & (x0 <= tile.right + reach)
        hit &= (y1 >= tile.top - reach) & (y0 <= tile.bottom + reach)
        return s[hit]


def no_segments() -> Segments:
    """An empty set of segments."""
    return np.empty((0, 4))


def segments_of(lines: Iterable[NDArray[np.float64]], closed: bool = False) -> Segments:
    """All segments of polylines given as points of shape [n, 2]."""
    parts = []
    for line in lines:
        after = np.roll(line, -1, axis=0) if closed else line[1:]
        parts.append(np.hstack([line if closed else line[:-1], after]))
    return np.concatenate(parts) if parts else no_segments()


def dashes(lines: Iterable[NDArray[np.float64]], length: float, gap: float) -> Segments:
    """Cut polylines into dashes of a length with gaps, both in pixels, carried round corners."""
    out: list[tuple[float, float, float, float]] = []
    for line in lines:
        position, cycle = 0.0, length + gap
        for (ax, ay), (bx, by) in zip(line[:-1].tolist(), line[1:].tolist(), strict=True):
            span = float(np.hypot(bx - ax, by - ay))
            if span == 0.0:
                continue
            start = position - position % cycle
            while start < position + span:
                t0 = max(0.0, (start - position) / span)
                t1 = min(1.0, (start + length - position) / span)
                if t1 > t0:
                    dx, dy = bx - ax, by - ay
                    out.append((ax + dx * t0, ay + dy * t0, ax + dx * t1, ay + dy * t1))
                start += cycle
            position += span
    return np.array(out) if out else no_segments()


def dots(lines: Iterable[NDArray[np.float64]], spacing: float) -> Segments:
    """Points every `spacing` pixels along polylines, as segments of no length."""
    out: list[NDArray[np.float64]] = []
    for line in lines:
        run = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
        at = np.arange(spacing / 2, run[-1], spacing)
        x, y = np.interp(at, run, line[:, 0]), np.interp(at, run, line[:, 1])
        out.append(np.stack([x, y, x, y], axis=1))
    return np.concatenate(out) if out else no_segments()


def premultiplied(colour: Rgba) -> Rgba:
    """RGBA with the colour scaled by its alpha."""
    r, g, b, a = colour
    return round(r * a / 255), round(g * a / 255), round(b * a / 255), a


def halved(fine: pygame.Surface) -> pygame.Surface:
    """A tile painted at FINE times its size, averaged down in two halvings (the fast path)."""
    w, h = fine.get_size()
    half = pygame.transform.smoothscale(fine, (w // 2, h // 2))
    return pygame.transform.smoothscale(half, (w // 4, h // 4))


def paint_strokes(tile: pygame.Rect, strokes: Sequence[Stroke]) -> pygame.Surface | None:
    """A premultiplied tile holding the strokes, later ones over earlier; None if none come near."""
    chosen = [(s, s.near(tile)) for s in strokes]
    if not any(len(found) for _, found in chosen):
        return None
    fine = pygame.Surface((tile.w * FINE, tile.h * FINE), pygame.SRCALPHA)
    for stroke, found in chosen:
        colour = premultiplied(stroke.colour)
        width = max(1, round(stroke.width * FINE))
        _thick(fine, (found - (tile.x, tile.y, tile.x, tile.y)) * FINE, width, colour)
    return halved(fine)


def _thick(surface: pygame.Surface, segments: Segments, width: int, colour: Rgba) -> None:
    line, circle, radius = pygame.draw.line, pygame.draw.circle, width / 2
    for x0, y0, x1, y1 in segments.tolist():
        if x0 != x1 or y0 != y1:
            line(surface, colour, (x0, y0), (x1, y1), width)
            circle(surface, colour, (x1, y1), radius)
        circle(surface, colour, (x0, y0), radius)


def tiles_of(area: pygame.Rect, width: int, height: int) -> list[pygame.Rect]:
    """An area cut into tiles of at most that size, row by row."""
    return [
        pygame.Rect(x, y, min(width, area.right - x), min(height, area.bottom - y))
        for y in range(area.top, area.bottom, height)
        for x in range(area.left, area.right, width)
    ]
