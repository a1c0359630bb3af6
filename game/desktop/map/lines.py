"""The map's lines as strokes: coasts, borders, the dashed and the dotted line, graticule, outlines."""

from __future__ import annotations

import numpy as np

from game.desktop.map.camera import Camera
from game.desktop.map.geometry import Country, MapData, Polyline
from game.desktop.map.strokes import Stroke, dashes, dots, segments_of
from game.desktop.map.style import MapStyle, Rgba


def to_buffer(points: Polyline, camera: Camera, size: tuple[int, int]) -> Polyline:
    """World points in pixels of a buffer of that size centred on a camera."""
    centre = np.array((camera.x, camera.y))
    return np.asarray((points - centre) * camera.scale + np.array(size) / 2, dtype=np.float64)


def line_strokes(data: MapData, camera: Camera, size: tuple[int, int], style: MapStyle, s: float) -> dict[str, Stroke]:
    """Strokes by kind: graticule, coast, far, border and its halo, disputed and dash_halo, dot and its halo.

    The disputed line is dashed, the inter-entity line dotted. `s` is the UI scale.
    """
    segments = {k: to_buffer(v, camera, size).reshape(-1, 4) for k, v in data.segments.items()}
    disputed = [to_buffer(data.arcs[a], camera, size) for a in data.lines["disputed"]]
    entity = [to_buffer(line, camera, size) for line in data.entity_line]
    broken = dashes(disputed, style.dash_length * s, style.dash_gap * s)
    marks = dots(entity, style.dot_spacing * s)
    return {
        "graticule": Stroke(segments["graticule"], style.graticule_width * s, style.graticule),
        "coast": Stroke(segments["coast"], style.coast_width * s, style.coast),
        "far": Stroke(segments["far"], style.far_width * s, style.border_far),
        "border_halo": Stroke(segments["border"], style.border_halo_width * s, style.border_halo),
        "border": Stroke(segments["border"], style.border_width * s, style.border),
        "dash_halo": Stroke(segments["disputed"], style.dash_halo_width * s, style.dash_halo),
        "disputed": Stroke(broken, style.dash_width * s, style.dash),
        "dot_halo": Stroke(marks, style.dot_halo_width * s, style.dot_halo),
        "dot": Stroke(marks, style.dot_width * s, style.dot),
    }


def outline_strokes(
    data: MapData,
    country: Country,
    camera: Camera,
    size: tuple[int, int],
    style: MapStyle,
    s: float,
    selected: bool,
) -> list[Stroke]:
    """A thick outline for a selected country, a thinner one under the pointer.

    Where it follows the disputed line, the dashes stay visible on it.
    """
    bright: Rgba = (*style.amber, 255) if selected else (*style.white, 255)
    edge: Rgba = (*style.white, 235) if selected else (*style.navy, 150)
    width = style.selected_width if selected else style.hover_width
    casing = style.selected_casing if selected else style.hover_casing
    segments = segments_of([to_buffer(r, camera, size) for r in country.rings], closed=True)
    strokes = [Stroke(segments, casing * s, edge), Stroke(segments, width * s, bright)]
    owned = {max(ref, ~ref) for ring in country.arcs for ref in ring}
    disputed = [to_buffer(data.arcs[a], camera, size) for a in data.lines["disputed"] if a in owned]
    if disputed:
        marks = dashes(disputed, style.dash_length * s, style.dash_gap * s)
        strokes.append(Stroke(marks, style.dash_width * s, style.dash))
    return strokes
