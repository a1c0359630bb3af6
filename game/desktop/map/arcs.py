"""Tension arcs: curved bands between two capitals."""

from __future__ import annotations

import math
from itertools import pairwise

import pygame

from game.desktop.map.geometry import MapData, Point
from game.desktop.map.model import Arc, Colour
from game.desktop.map.style import MapStyle

SAMPLES = 24
BULGE = 0.17
"""How far an arc bows out, as a share of its length."""


def arc_points(data: MapData, arc: Arc) -> list[Point] | None:
    """The curve in world coordinates from capital to capital; None if a country has no capital.

    Raises KeyError if a country is not on the map.
    """
    a, b = data.countries[arc.a].capital_at, data.countries[arc.b].capital_at
    if a is None or b is None:
        return None
    # Drawn from north to south whichever way round the pair is given.
    (ax, ay), (bx, by) = (a, b) if (a[1], a[0]) <= (b[1], b[0]) else (b, a)
    side = 1.0 if bx >= ax else -1.0
    span = math.dist(a, b)
    nx, ny = (by - ay) / span, -(bx - ax) / span
    cx, cy = (ax + bx) / 2 + nx * span * BULGE * 2 * side, (ay + by) / 2 + ny * span * BULGE * 2 * side
    out = []
    for i in range(SAMPLES + 1):
        t = i / SAMPLES
        p, q, r = (1 - t) ** 2, 2 * t * (1 - t), t**2
        out.append((p * ax + q * cx + r * bx, p * ay + q * cy + r * by))
    return out


def arc_width(value: int, scale: float) -> float:
    """Width of the band in pixels for 0-100 points of tension at a UI scale."""
    return (3.0 + 5.5 * value / 100) * scale


def draw_arc(
    surface: pygame.Surface, points: list[Point], width: float, colour: Colour, style: MapStyle, scale: float
) -> None:
    """A band with a pale casing along screen points."""
    _band(surface, points, width + 3.4 * scale, style.white)
    _band(surface, points, width, colour)


def _band(surface: pygame.Surface, points: list[Point], width: float, colour: Colour) -> None:
    left: list[Point] = []
    right: list[Point] = []
    last = len(points) - 1
    for i, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[max(0, i - 1)], points[min(last, i + 1)]
        span = math.dist((ax, ay), (bx, by)) or 1.0
        nx, ny = -(by - ay) / span * width / 2, (bx - ax) / span * width / 2
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    ring = left + right[::-1]
    pygame.draw.polygon(surface, colour, ring)
    pygame.draw.aalines(surface, colour, True, ring)


def distance_to(points: list[Point], pixel: Point) -> float:
    """Shortest distance in pixels from a pixel to a polyline of screen points."""
    best = math.inf
    px, py = pixel
    for (ax, ay), (bx, by) in pairwise(points):
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        t = 0.0 if length == 0 else max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / length))
        best = min(best, math.hypot(px - ax - t * dx, py - ay - t * dy))
    return best
