"""Painting: the same bytes twice, in small steps, fast to recolour, lines where they belong."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pygame
import pytest

from game.desktop.map.base import Buffer, paint_buffer
from game.desktop.map.camera import Camera
from game.desktop.map.geometry import MapData
from game.desktop.map.model import Fill, Pattern
from game.desktop.map.pattern import entries, texture
from game.desktop.map.style import MapStyle
from game.desktop.map.view import MapView, still
from tests.desktop.map.samples import ALLIANCE, TENSION, font

SIZE = (640, 360)
STYLE = MapStyle()


def painted(data: MapData, camera: Camera, size: tuple[int, int], spare: Buffer | None = None) -> Buffer:
    painting = paint_buffer(data, camera, size, STYLE, 1.0, spare)
    shares = []
    while True:
        try:
            shares.append(next(painting))
        except StopIteration as finished:
            assert shares == sorted(shares)
            buffer: Buffer = finished.value
            return buffer


def finished_picture(data: MapData) -> bytes:
    view = MapView(data, SIZE, font, 0.6)
    view.show(ALLIANCE)
    view.finish()
    surface = pygame.Surface(SIZE)
    view.draw(surface)
    return pygame.image.tobytes(surface, "RGB")


def test_drawing_gives_the_same_bytes_twice(data: MapData) -> None:
    assert finished_picture(data) == finished_picture(data)


def test_a_reused_buffer_leaves_no_trace(data: MapData) -> None:
    camera = Camera.home(*SIZE)
    fresh = painted(data, camera, SIZE)
    used = painted(data, camera.zoomed(3, (100, 100)), SIZE)
    again = painted(data, camera, SIZE, used)
    for buffer in (fresh, again):
        buffer.recolour(ALLIANCE.fills, data, STYLE)
    assert again.image is used.image
    assert pygame.image.tobytes(fresh.image, "RGB") == pygame.image.tobytes(again.image, "RGB")


def test_panning_within_the_buffer_shows_the_same_land(data: MapData) -> None:
    view = MapView(data, SIZE, font, 0.6)
    view.show(ALLIANCE)
    view.finish()
    before, after = pygame.Surface(SIZE), pygame.Surface(SIZE)
    view._base.draw(before, view.camera)
    view.pan(-40, -20)
    view._base.draw(after, view.camera)
    kept = before.subsurface((40, 20, 600, 340))
    assert pygame.image.tobytes(kept, "RGB") == pygame.image.tobytes(after.subsurface((0, 0, 600, 340)), "RGB")


def test_work_is_cut_into_small_steps(data: MapData) -> None:
    view = MapView(data, SIZE, font, 0.6)
    shares = [view.work(0.0) for _ in range(3)]
    assert not view.crisp and 0 < shares[0] <= shares[2] < 1
    view.finish()
    assert view.crisp and view.work(1.0) == 1.0


def test_zooming_repaints_only_at_rest(data: MapData) -> None:
    view = MapView(data, SIZE, font, 0.6)
    view.finish()
    surface = pygame.Surface(SIZE)
    view.draw(surface)
    view.zoom(1.5, (300, 200))
    assert view.work(50.0) == 1.0 and not view.crisp
    view.draw(surface)
    assert view.work(0.0) < 1.0
    view.finish()
    assert view.crisp


def test_recolouring_a_whole_mode_is_quick(data: MapData) -> None:
    buffer = painted(data, Camera.home(1920, 1080), (1920, 1080))
    times = []
    for fills in (ALLIANCE.fills, TENSION.fills) * 3:
        start = time.perf_counter()
        buffer.recolour(fills, data, STYLE)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.030


def test_fills_reach_the_screen(data: MapData) -> None:
    camera = Camera.home(1920, 1080)
    buffer = painted(data, camera, (1920, 1080))
    buffer.recolour({"serbia": Fill((200, 30, 40)), "romania": Fill((20, 90, 160))}, data, STYLE)
    for lon, lat, colour in ((20.9, 44.3, (200, 30, 40)), (25.0, 46.2, (20, 90, 160)), (25.2, 42.9, STYLE.land)):
        x, y = camera.to_screen(data.projection.to_world(lon, lat))
        shown = buffer.image.get_at((round(x), round(y)))[:3]
        assert all(abs(a - b) <= 6 for a, b in zip(shown, colour, strict=True))


def test_the_disputed_line_is_broken_and_borders_are_not(data: MapData) -> None:
    camera = Camera.home(1920, 1080).centred(data.countries["kosovo"].anchor or (0, 0), 4.0)
    buffer = painted(data, camera, (1920, 1080))
    buffer.recolour({c.id: Fill((230, 220, 190)) for c in data.regional}, data, STYLE)

    def darkness(arc: int) -> float:
        points = np.array([camera.to_screen((x, y)) for x, y in data.arcs[arc].tolist()])
        run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
        at = np.arange(0, run[-1], 1.0)
        xs, ys = np.interp(at, run, points[:, 0]), np.interp(at, run, points[:, 1])
        inner = (xs > 0) & (xs < 1919) & (ys > 0) & (ys < 1079)
        pixels = [buffer.image.get_at((int(x), int(y)))[1] for x, y in zip(xs[inner], ys[inner], strict=True)]
        return float(np.mean(np.array(pixels) < 110))

    kosovo = {max(a, ~a) for ring in data.countries["kosovo"].arcs for a in ring}
    assert 0.3 < darkness(data.lines["disputed"][0]) < 0.8
    assert all(darkness(a) > 0.8 for a in kosovo & set(data.lines["border"]))


def test_patterns_differ_without_colour() -> None:
    states = texture((0, 0), (60, 60), 9, 1.5)
    assert set(np.unique(states)) >= {0, 2, 6, 10}
    looks = set()
    for pattern in Pattern:
        palette = np.array(entries(Fill((200, 180, 140), pattern), STYLE))
        looks.add(palette[states].tobytes())
    assert len(looks) == len(Pattern)


@pytest.mark.parametrize("shift", [(1, 0), (0, 1), (7, 5)])
def test_patterns_are_tied_to_the_land(shift: tuple[int, int]) -> None:
    whole = texture((0, 0), (80, 80), 9, 1.5)
    moved = texture(shift, (60, 60), 9, 1.5)
    assert (whole[shift[0] : shift[0] + 60, shift[1] : shift[1] + 60] == moved).all()


def test_selection_and_hover_change_the_picture_and_go_again(data: MapData) -> None:
    view = MapView(data, SIZE, font, 0.6)
    plain = replace(ALLIANCE, selected=None)
    pictures = []
    view.show(plain)
    view.finish()
    for state in (plain, replace(plain, selected="serbia"), replace(plain, hovered="serbia"), plain):
        view.show(state)
        view.finish()
        surface = pygame.Surface(SIZE)
        view.draw(surface)
        pictures.append(pygame.image.tobytes(surface, "RGB"))
    assert pictures[0] == pictures[3]
    assert len(set(pictures)) == 3


def test_a_still_picture_has_the_size_asked_for(data: MapData) -> None:
    camera = Camera(40.0, 30.0, 2.2, 510, 189)
    surface = still(data, camera, TENSION, font, 0.75)
    assert surface.get_size() == (510, 189)
    x, y = camera.to_screen(data.projection.to_world(20.95, 42.45))
    assert surface.get_at((round(x), round(y)))[:3] != (0, 0, 0)
