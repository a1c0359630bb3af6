"""Thick, dashed and curved lines with smooth edges, and smooth filled polygons; screen pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import pygame

from .cache import SurfaceCache
from .surfaces import OVER, blank
from .vision import Colour

Point = tuple[float, float]
Dash = tuple[float, float]


def dashes(points: Sequence[Point], on: float, off: float) -> list[list[Point]]:
    """Cut a line into its dashes: `on` long with gaps `off` long, measured along it."""
    if on <= 0 or off <= 0:
        return [list(points)]
    out: list[list[Point]] = []
    drawing, left = True, on
    current = [points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        length = math.hypot(x1 - x0, y1 - y0)
        gone = 0.0
        while length - gone > left:
            gone += left
            at = (x0 + (x1 - x0) * gone / length, y0 + (y1 - y0) * gone / length)
            if drawing:
                out.append([*current, at])
            drawing = not drawing
            left = on if drawing else off
            current = [at]
        left -= length - gone
        if drawing:
            current.append((x1, y1))
    if drawing and len(current) > 1:
        out.append(current)
    return out


def arc(centre: Point, radius: float, start: float, end: float, steps: int = 48) -> list[Point]:
    """Points on a circle from `start` to `end`, radians clockwise from the right."""
    turn = (end - start) / steps
    return [
        (centre[0] + radius * math.cos(start + turn * i), centre[1] + radius * math.sin(start + turn * i))
        for i in range(steps + 1)
    ]


def bow(start: Point, end: Point, lift: float = 0.18, steps: int = 32) -> list[Point]:
    """A curve between two points that bulges to its left by `lift` of their distance (quadratic Bézier)."""
    mx, my = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    dx, dy = end[0] - start[0], end[1] - start[1]
    cx, cy = mx + dy * lift * 2, my - dx * lift * 2
    out = []
    for i in range(steps + 1):
        t = i / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        out.append((a * start[0] + b * cx + c * end[0], a * start[1] + b * cy + c * end[1]))
    return out


def _draw_thick(target: pygame.Surface, ink: tuple[int, ...], line: Sequence[Point], width: float, cap: bool) -> None:
    half = width / 2
    for (x0, y0), (x1, y1) in pairwise(line):
        length = math.hypot(x1 - x0, y1 - y0)
        if length == 0:
            continue
        nx, ny = -(y1 - y0) / length * half, (x1 - x0) / length * half
        quad = [(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)]
        pygame.draw.polygon(target, ink, quad)
    for x, y in line if cap else line[1:-1]:
        pygame.draw.circle(target, ink, (x, y), half)


def _bounds(points: Sequence[Point], pad: float) -> pygame.Rect:
    left = math.floor(min(x for x, _ in points) - pad)
    top = math.floor(min(y for _, y in points) - pad)
    right = math.ceil(max(x for x, _ in points) + pad)
    bottom = math.ceil(max(y for _, y in points) + pad)
    return pygame.Rect(left, top, max(1, right - left), max(1, bottom - top))


def stroke(
    cache: SurfaceCache,
    points: Sequence[Point],
    width: float,
    colour: Colour,
    dash: Dash | None = None,
    cap: bool = True,
    alpha: int = 255,
) -> tuple[pygame.Surface, tuple[int, int]]:
    """A line through `points`; the surface and where its corner belongs. `dash` is (on, off) in pixels."""
    frame = _bounds(points, width / 2 + 1)
    local = tuple((round(x - frame.x, 2), round(y - frame.y, 2)) for x, y in points)

    def make() -> pygame.Surface:
        over = OVER if frame.w * frame.h < 400_000 else 2
        big = blank((frame.w * over, frame.h * over), colour)
        parts = dashes(local, *dash) if dash else [list(local)]
        for part in parts:
            _draw_thick(big, (*colour, alpha), [(x * over, y * over) for x, y in part], width * over, cap and not dash)
        return pygame.transform.smoothscale(big, frame.size)

    return cache.get(("stroke", local, width, colour, dash, cap, alpha), make), frame.topleft


def area(
    cache: SurfaceCache, points: Sequence[Point], colour: Colour, alpha: int = 255
) -> tuple[pygame.Surface, tuple[int, int]]:
    """A filled polygon with smooth edges; the surface and where its corner belongs."""
    frame = _bounds(points, 1)
    local = tuple((round(x - frame.x, 2), round(y - frame.y, 2)) for x, y in points)

    def make() -> pygame.Surface:
        over = OVER if frame.w * frame.h < 400_000 else 2
        big = blank((frame.w * over, frame.h * over), colour)
        pygame.draw.polygon(big, (*colour, alpha), [(x * over, y * over) for x, y in local])
        return pygame.transform.smoothscale(big, frame.size)

    return cache.get(("area", local, colour, alpha), make), frame.topleft
