"""Fills as palette entries: a country's index and the texture's coverage share one byte per pixel.

Each country of the region owns sixteen indices. The low four bits say how far a pixel is covered by
a forward line, a backward line or a dot, so changing a whole map mode is a change of palette.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.desktop.map.model import Colour, Fill, Pattern
from game.desktop.map.style import MapStyle, luminance, mix

STATES = 16
DOT_HALF, DOT_FULL = 9, 10


def texture(origin: tuple[int, int], size: tuple[int, int], spacing: int, width: float) -> NDArray[np.uint8]:
    """Texture states of shape [w, h] for a buffer whose first pixel has these world pixel coordinates.

    Tied to world pixels, the lines stand still when the buffer is repainted elsewhere. `spacing` and
    `width` of the lines are in pixels, measured across the lines.
    """
    period = 2 * max(2, round(spacing / 2**0.5))
    x = (np.arange(period) + origin[0]) % period
    y = (np.arange(period) + origin[1]) % period
    forward = _cover((x[:, None] + y[None, :]) % period, period, width)
    backward = _cover((x[:, None] - y[None, :]) % period, period, width)
    states = forward + 3 * backward
    cx = np.minimum(x, period - x)[:, None]
    cy = np.abs(y - period / 2)[None, :]
    radius = np.minimum(np.hypot(cx, cy), np.hypot(period / 2 - cx, period / 2 - cy))
    states[(radius < width * 1.05 + 0.5) & (states == 0)] = DOT_HALF
    states[(radius < width * 1.05 - 0.3) & ((states == 0) | (states == DOT_HALF))] = DOT_FULL
    tiled = np.tile(states.astype(np.uint8), (size[0] // period + 1, size[1] // period + 1))
    return tiled[: size[0], : size[1]]


def _cover(phase: NDArray[np.int64], period: int, width: float) -> NDArray[np.int64]:
    distance = np.minimum(phase, period - phase) / 2**0.5
    return np.round(np.clip(width / 2 + 0.5 - distance, 0, 1) * 2).astype(np.int64)


def shares(pattern: Pattern) -> tuple[float, ...]:
    """Share of pattern ink, 0-1, for each of the sixteen texture states."""
    out = [0.0] * STATES
    for state in range(9):
        forward, backward = state % 3 / 2, state // 3 / 2
        if pattern is Pattern.HATCH:
            out[state] = forward
        elif pattern is Pattern.BACK_HATCH:
            out[state] = backward
        elif pattern is Pattern.CROSS:
            out[state] = max(forward, backward)
    if pattern is Pattern.DOTS:
        out[DOT_HALF], out[DOT_FULL] = 0.5, 1.0
    return tuple(out)


def pattern_ink(fill: Colour, style: MapStyle) -> Colour:
    """Ink of a texture: darker than a light fill, lighter than a dark one."""
    if luminance(fill) > 0.45:
        return mix(fill, style.ink, 0.25)
    return mix(fill, style.white, 0.32)


def entries(fill: Fill, style: MapStyle) -> list[Colour]:
    """The sixteen palette entries of a fill."""
    if fill.pattern is Pattern.NONE:
        return [fill.colour] * STATES
    ink = pattern_ink(fill.colour, style)
    return [mix(fill.colour, ink, share) for share in shares(fill.pattern)]
