"""What the pointer finds."""

from __future__ import annotations

import pygame
import pytest

from game.desktop.map.arcs import arc_points
from game.desktop.map.geometry import MapData
from game.desktop.map.model import Hit, MapState
from game.desktop.map.view import MapView
from tests.desktop.map.samples import ALLIANCE, TENSION, font


def view_of(data: MapData, state: MapState) -> MapView:
    view = MapView(data, (1920, 1080), font, 1.0)
    view.show(state)
    view.draw(pygame.Surface((1920, 1080)))
    return view


def test_each_country_is_found_at_its_label_anchor(data: MapData) -> None:
    view = view_of(data, MapState("alliance"))
    for country in data.regional:
        assert country.anchor is not None
        view.camera = view.camera.centred(country.anchor)
        assert view.hit(view.camera.to_screen(country.anchor)) == Hit("country", country.id)


def test_sea_and_background_give_nothing(data: MapData) -> None:
    view = view_of(data, MapState("alliance"))
    for lon, lat in ((15.5, 43.2), (12.9, 42.75)):
        assert view.hit(view.camera.to_screen(data.projection.to_world(lon, lat))) is None


def test_markers_come_before_countries(data: MapData) -> None:
    view = view_of(data, ALLIANCE)
    assert view.hit(view.camera.to_screen(data.hotspots["banja_luka"])) == Hit("hotspot", "banja_luka")
    assert view.hit(view.camera.to_screen(data.missions["bondsteel"])) == Hit("mission", "bondsteel")


@pytest.mark.parametrize("index", range(len(TENSION.arcs)))
def test_arcs_are_found_along_their_curve(data: MapData, index: int) -> None:
    view = view_of(data, TENSION)
    arc = TENSION.arcs[index]
    curve = arc_points(data, arc)
    assert curve is not None
    found = {view.hit(view.camera.to_screen(p)) for p in curve[6:19]}
    assert Hit("arc", f"{arc.a}-{arc.b}") in found


def test_panels_hide_what_is_under_them(data: MapData) -> None:
    view = view_of(data, ALLIANCE)
    pixel = view.camera.to_screen(data.hotspots["banja_luka"])
    view.keep_clear([pygame.Rect(round(pixel[0]) - 5, round(pixel[1]) - 5, 10, 10)])
    assert view.hit(pixel) is None
