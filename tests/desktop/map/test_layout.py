"""Lettering: nothing overlaps, nothing is cut, the same view always looks the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pygame
import pytest

from game.desktop.map.geometry import MapData
from game.desktop.map.model import MapState
from game.desktop.map.view import MapView
from tests.desktop.map.samples import ALLIANCE, TENSION, font

SIZES = [((1280, 720), 0.85), ((1920, 1080), 1.0), ((3840, 2160), 2.0)]
PANELS = [(0, 0, 1920, 56), (16, 72, 92, 420), (1456, 72, 448, 992), (16, 832, 1424, 232)]


def panels(size: tuple[int, int]) -> list[pygame.Rect]:
    return [pygame.Rect(*(round(v * size[0] / 1920) for v in p)) for p in PANELS]


def written(
    data: MapData, state: MapState, size: tuple[int, int], scale: float, keep_out: Sequence[pygame.Rect] = ()
) -> list[tuple[str, pygame.Rect]]:
    """All strings drawn, with their rectangles; the base map stays unpainted."""
    view = MapView(data, size, font, scale)
    view.show(state)
    view.keep_clear(keep_out)
    ledger: list[tuple[str, pygame.Rect]] = []
    view.draw(pygame.Surface(size), lambda text, rect: ledger.append((text, rect)))
    return ledger


@pytest.mark.parametrize(("size", "scale"), SIZES)
@pytest.mark.parametrize("state", [ALLIANCE, TENSION], ids=lambda s: s.mode)
@pytest.mark.parametrize("covered", [False, True])
def test_no_label_overlaps_another_or_leaves_the_screen(
    data: MapData, state: MapState, size: tuple[int, int], scale: float, covered: bool
) -> None:
    keep_out = panels(size) if covered else []
    ledger = written(data, state, size, scale, keep_out)
    assert len(ledger) > 20
    for place, (text, rect) in enumerate(ledger):
        assert pygame.Rect(0, 0, *size).contains(rect), text
        assert rect.collidelist(keep_out) < 0, text
        for other, other_rect in ledger[:place]:
            assert not rect.colliderect(other_rect), f"{text} overlaps {other}"


@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_the_countries_at_issue_are_named(data: MapData, size: tuple[int, int], scale: float) -> None:
    texts = " ".join(text for text, _ in written(data, ALLIANCE, size, scale))
    for name in ("HERZEGOVINA", "SERBIA", "KOSOVO*", "MACEDONIA¹", "ALBANIA", "MONTENEGRO", "CROATIA"):
        assert name in texts
    assert "UNSCR 1244" in texts


def test_every_hotspot_and_mission_in_view_is_called_out(data: MapData) -> None:
    texts = {text for text, _ in written(data, ALLIANCE, (1920, 1080), 1.0)}
    assert {h.name for h in ALLIANCE.hotspots} <= texts
    assert {m.name for m in ALLIANCE.missions} <= texts
    assert {m.detail for m in ALLIANCE.missions} <= texts


def test_names_can_be_replaced_and_hidden(data: MapData) -> None:
    state = replace(ALLIANCE, labels={"serbia": "Србија"}, places={"serbia": "Београд", "adriatic_sea": ""})
    texts = {text for text, _ in written(data, state, (1920, 1080), 1.0)}
    assert {"СРБИЈА", "Београд"} <= texts
    assert not {"SERBIA", "Belgrade", "Adriatic"} & texts


@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_a_long_footnote_is_broken_into_lines_rather_than_left_out(
    data: MapData, size: tuple[int, int], scale: float
) -> None:
    note = "* This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999."
    state = replace(ALLIANCE, footnote=f"{note} {note[2:]}")
    found = written(data, state, size, scale, panels(size))
    lines = [text for text, _rect in found if text in state.footnote and len(text) > 40]
    assert " ".join(lines) == state.footnote


def test_an_unknown_hotspot_is_an_error(data: MapData) -> None:
    with pytest.raises(KeyError, match="atlantis"):
        written(data, replace(ALLIANCE, hotspots=(replace(ALLIANCE.hotspots[0], id="atlantis"),)), (640, 360), 0.5)


def test_lettering_moves_with_the_land_and_is_laid_out_anew_at_rest(data: MapData) -> None:
    view = MapView(data, (1280, 720), font, 0.85)
    view.show(ALLIANCE)
    surface = pygame.Surface((1280, 720))

    def place() -> tuple[int, int] | None:
        found: list[tuple[int, int]] = []
        view.draw(surface, lambda text, rect: found.append(rect.topleft) if text == "SERBIA" else None)
        return found[0] if found else None

    before = place()
    view.pan(-30, 12)
    during = place()
    assert before and during
    assert abs(during[0] - before[0] + 30) <= 1 and abs(during[1] - before[1] - 12) <= 1
    assert place() is not None


@pytest.mark.parametrize("state", [ALLIANCE, TENSION], ids=lambda s: s.mode)
def test_the_same_view_is_laid_out_the_same(data: MapData, state: MapState) -> None:
    one, other = (written(data, state, (1280, 720), 0.85) for _ in range(2))
    assert one == other
