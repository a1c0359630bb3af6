"""The camera: round trips, zoom to the pointer, limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.desktop.map.camera import BOUNDS, Camera

PIXELS = st.tuples(st.floats(0, 1920), st.floats(0, 1080))


def shown(camera: Camera) -> tuple[float, float, float, float]:
    return (*camera.to_world((0, 0)), *camera.to_world((camera.width, camera.height)))


@given(pixel=PIXELS, factor=st.floats(0.2, 5))
def test_screen_to_world_and_back(pixel: tuple[float, float], factor: float) -> None:
    camera = Camera.home(1920, 1080).zoomed(factor, pixel)
    assert camera.to_screen(camera.to_world(pixel)) == pytest.approx(pixel, abs=1e-6)


@given(pixel=PIXELS, factor=st.floats(1.0, 3))
def test_zooming_in_keeps_the_land_under_the_pointer(pixel: tuple[float, float], factor: float) -> None:
    camera = Camera.home(1920, 1080)
    under = camera.to_world(pixel)
    assert camera.zoomed(factor, pixel).to_world(pixel) == pytest.approx(under, abs=1e-6)


@given(moves=st.lists(st.tuples(st.floats(-900, 900), st.floats(-900, 900), st.floats(0.5, 2)), max_size=6))
def test_the_screen_never_leaves_the_limits(moves: list[tuple[float, float, float]]) -> None:
    camera = Camera.home(1280, 720)
    for dx, dy, factor in moves:
        camera = camera.panned(dx, dy).zoomed(factor, (dx % 1280, dy % 720))
    west, north, east, south = shown(camera)
    assert west >= BOUNDS[0] - 1e-6 and north >= BOUNDS[1] - 1e-6
    assert east <= BOUNDS[2] + 1e-6 and south <= BOUNDS[3] + 1e-6


def test_panning_moves_the_land_with_the_hand() -> None:
    camera = Camera.home(1920, 1080)
    place = camera.to_world((500, 500))
    assert camera.panned(40, -25).to_screen(place) == pytest.approx((540, 475))


def test_resizing_keeps_the_land_in_view() -> None:
    small = Camera.home(1920, 1080).resized(1280, 720)
    assert shown(small) == pytest.approx(shown(Camera.home(1920, 1080)), abs=1e-6)
