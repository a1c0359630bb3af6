"""Colours and stroke widths of the map, taken from the design tokens."""

from __future__ import annotations

from dataclasses import dataclass

from game.desktop.map.model import Colour

Rgba = tuple[int, int, int, int]


@dataclass(frozen=True)
class MapStyle:
    """Colours as RGB or straight RGBA, widths in design pixels (multiplied by the UI scale)."""

    ink: Colour = (20, 33, 46)
    ink2: Colour = (68, 82, 95)
    inverse: Colour = (246, 244, 238)
    inverse2: Colour = (180, 194, 208)
    navy: Colour = (16, 36, 58)
    panel: Colour = (251, 250, 246)
    edge: Colour = (198, 192, 177)
    white: Colour = (255, 255, 255)
    sea_top: Colour = (212, 222, 227)
    sea_bottom: Colour = (190, 204, 212)
    coast_glow: Colour = (240, 244, 245)
    graticule: Rgba = (255, 255, 255, 120)
    sea_name: Colour = (74, 108, 134)
    land: Colour = (221, 215, 196)
    land_far: Colour = (230, 227, 219)
    far_name: Colour = (110, 116, 118)
    amber: Colour = (224, 161, 0)
    heat_low: Colour = (206, 138, 28)
    heat_mid: Colour = (190, 78, 28)
    heat_high: Colour = (176, 32, 32)
    coast: Rgba = (38, 60, 80, 190)
    border: Rgba = (24, 38, 54, 235)
    border_halo: Rgba = (248, 246, 240, 185)
    border_far: Rgba = (140, 142, 140, 150)
    dash: Rgba = (20, 33, 46, 255)
    dash_halo: Rgba = (250, 248, 242, 240)
    dot: Rgba = (255, 255, 255, 255)
    dot_halo: Rgba = (30, 40, 50, 90)
    shade: Colour = (22, 34, 46)
    shade_alpha: int = 88
    glow_alpha: int = 205
    coast_width: float = 1.15
    border_width: float = 1.25
    border_halo_width: float = 3.3
    far_width: float = 1.0
    graticule_width: float = 1.0
    dash_width: float = 2.0
    dash_halo_width: float = 3.8
    dash_length: float = 7.0
    dash_gap: float = 5.0
    dot_spacing: float = 4.6
    dot_width: float = 2.3
    dot_halo_width: float = 3.9
    selected_width: float = 3.6
    selected_casing: float = 6.4
    hover_width: float = 2.4
    hover_casing: float = 4.6
    hatch_spacing: float = 9.0
    hatch_width: float = 1.5


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """Colour between two: share 0 gives `a`, 1 gives `b`."""
    r, g, bl = (round(p + (q - p) * share) for p, q in zip(a, b, strict=True))
    return r, g, bl


def luminance(colour: Colour) -> float:
    """Perceived lightness, 0-1 (Rec. 709 weights on gamma-coded values)."""
    return (0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]) / 255


def heat_colour(style: MapStyle, heat: int) -> Colour:
    """Colour of a heat or tension of 0-100 points: amber, orange from 34, red from 67."""
    if heat >= 67:
        return style.heat_high
    return style.heat_mid if heat >= 34 else style.heat_low
