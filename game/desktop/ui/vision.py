"""Colour arithmetic: WCAG contrast, and how far apart two colours look with a colour-vision deficiency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Colour = tuple[int, int, int]
Deficiency = Literal["none", "protan", "deutan", "tritan"]

# Machado, Oliveira & Fernandes (2009), "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", severity 1.0; applied to linear RGB.
_MACHADO: dict[str, tuple[tuple[float, float, float], ...]] = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_WHITE = (0.95047, 1.0, 1.08883)


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _times(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> tuple[float, float, float]:
    a, b, c = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return a, b, c


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 (black) to 1 (white); WCAG 2.2."""
    r, g, b = (_linear(c) for c in colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two opaque colours, 1 to 21; WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def simulate(colour: Colour, deficiency: Deficiency) -> tuple[float, float, float]:
    """The colour as seen with a full deficiency: linear RGB, each 0 to 1."""
    linear = (_linear(colour[0]), _linear(colour[1]), _linear(colour[2]))
    if deficiency == "none":
        return linear
    r, g, b = (min(1.0, max(0.0, c)) for c in _times(_MACHADO[deficiency], linear))
    return r, g, b


def _lab(linear: tuple[float, float, float]) -> tuple[float, float, float]:
    def root(t: float) -> float:
        return t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116

    x, y, z = (root(v / w) for v, w in zip(_times(_XYZ, linear), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: Colour, other: Colour, deficiency: Deficiency = "none") -> float:
    """CIE 1976 colour difference (Delta E*ab) of two colours as seen with `deficiency`; about 2.3 is just visible."""
    a, b = _lab(simulate(one, deficiency)), _lab(simulate(other, deficiency))
    return float(sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with `share` (0 to 1) of `other` mixed in, in sRGB."""
    r, g, b = (round(p + (q - p) * share) for p, q in zip(one, other, strict=True))
    return r, g, b
