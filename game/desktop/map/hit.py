"""What lies under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.desktop.map.arcs import arc_width, distance_to
from game.desktop.map.camera import Camera
from game.desktop.map.geometry import MapData, Point
from game.desktop.map.model import Hit

if TYPE_CHECKING:
    from game.desktop.map.layout import Layout

ARC_REACH = 4.0
"""Design pixels beside an arc that still count as the arc."""


def country_at(data: MapData, point: Point) -> str | None:
    """The country at a world point; None at sea."""
    for country in data.countries.values():
        if country.contains(point):
            return country.id
    return None


def hit(data: MapData, layout: Layout, camera: Camera, pixel: Point, scale: float) -> Hit | None:
    """The topmost thing under a pixel: callout, then marker, then arc, then country of the region.

    Background countries and the sea give None.
    """
    for mark in reversed(layout.callouts):
        if mark.kind != "note" and mark.rect(camera).collidepoint(pixel):
            return Hit(mark.kind, mark.id)
    for mark in reversed(layout.points):
        if mark.kind in ("hotspot", "mission") and mark.rect(camera).collidepoint(pixel):
            return Hit(mark.kind, mark.id)
    for arc, curve in reversed(layout.arcs):
        reach = arc_width(arc.value, scale) / 2 + ARC_REACH * scale
        if distance_to([camera.to_screen(p) for p in curve], pixel) <= reach:
            return Hit("arc", f"{arc.a}-{arc.b}")
    ident = country_at(data, camera.to_world(pixel))
    return Hit("country", ident) if ident and data.countries[ident].regional else None
