"""Soft light on the map: the sea's gradient with its coastal glow, and the shade inside borders."""

from __future__ import annotations

from collections.abc import Generator, Sequence

import numpy as np
import pygame

from game.desktop.map.geometry import Polyline
from game.desktop.map.strokes import Stroke
from game.desktop.map.style import MapStyle

COARSE = 4
"""Side of a coarse pixel in pixels."""
STRIP = 72
"""Columns treated in one step."""


def _blank(size: tuple[int, int]) -> pygame.Surface:
    return pygame.Surface((size[0] // COARSE + 1, size[1] // COARSE + 1), pygame.SRCALPHA)


def _blurred(surface: pygame.Surface, radius: int, passes: int = 2) -> Generator[None, None, pygame.Surface]:
    for _ in range(passes):
        surface = pygame.transform.box_blur(surface, max(1, radius))
        yield
    return surface


def sea_colours(
    land: Sequence[Polyline], size: tuple[int, int], style: MapStyle, s: float
) -> Generator[None, None, pygame.Surface]:
    """Opaque colours of the sea at quarter resolution: lighter near the coast, darker southwards."""
    mask = _blank(size)
    for ring in land:
        pygame.draw.polygon(mask, (255, 255, 255, 255), (ring / COARSE).tolist())
    yield
    wide = yield from _blurred(mask, round(15 * s))
    narrow = yield from _blurred(mask, round(5 * s))
    yield
    south = np.linspace(0.0, 1.0, mask.get_height(), dtype=np.float32)[:, None]
    top, bottom, light = (np.array(c, np.float32) for c in (style.sea_top, style.sea_bottom, style.coast_glow))
    ramp = (top + (bottom - top) * south)[None, :, :]
    sea = pygame.Surface(mask.get_size(), pygame.SRCALPHA)
    sea.fill((0, 0, 0, 255))
    for start in range(0, mask.get_width(), STRIP):
        columns = slice(start, start + STRIP)
        far = pygame.surfarray.pixels_alpha(wide)[columns].astype(np.float32) * 0.75
        near = pygame.surfarray.pixels_alpha(narrow)[columns].astype(np.float32) * 0.85
        share = np.minimum(np.maximum(far, near) / 128, 1)[:, :, None] * (style.glow_alpha / 255)
        pygame.surfarray.pixels3d(sea)[columns] = ramp + (light - ramp) * share
        yield
    return sea


def inner_shade(
    strokes: Sequence[Stroke], size: tuple[int, int], style: MapStyle, s: float
) -> Generator[None, None, pygame.Surface]:
    """Premultiplied shade at quarter resolution, darkest along coasts and borders."""
    mask = _blank(size)
    width = max(1, round(7 * s / COARSE))
    bounds = pygame.Rect(0, 0, *size).inflate(40, 40)
    for stroke in strokes:
        for x0, y0, x1, y1 in (stroke.near(bounds) / COARSE).tolist():
            pygame.draw.line(mask, (255, 255, 255, 255), (x0, y0), (x1, y1), width)
        yield
    soft = yield from _blurred(mask, max(1, round(2.4 * s)), 2)
    shade = pygame.Surface(mask.get_size(), pygame.SRCALPHA)
    tint = np.array(style.shade, np.float32) / 255
    for start in range(0, mask.get_width(), STRIP):
        columns = slice(start, start + STRIP)
        strength = pygame.surfarray.pixels_alpha(soft)[columns].astype(np.float32) * (1.5 / 255)
        alpha = np.minimum(strength, 1) * style.shade_alpha
        pygame.surfarray.pixels3d(shade)[columns] = alpha[:, :, None] * tint
        pygame.surfarray.pixels_alpha(shade)[columns] = alpha
        yield
    return shade
