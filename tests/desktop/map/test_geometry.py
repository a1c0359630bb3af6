"""The map file: shared borders, countries, disputed places, projection."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from game.desktop.map.clip import clip_ring
from game.desktop.map.geometry import MapData, inside, load_map
from tests.desktop.map.samples import ASSETS

REGION = [
    "albania", "bosnia", "bulgaria", "croatia", "greece", "hungary", "kosovo",
    "montenegro", "north_macedonia", "romania", "serbia", "slovenia", "turkey",
]  # fmt: skip


def edges(data: MapData, country: str) -> set[frozenset[tuple[float, float]]]:
    found = set()
    for ring in data.outline(country):
        corners = [tuple(p) for p in ring.tolist()]
        found |= {frozenset(pair) for pair in zip(corners, corners[1:] + corners[:1], strict=True)}
    return found


def test_all_countries_of_the_region_are_there(data: MapData) -> None:
    assert sorted(c.id for c in data.regional) == REGION
    for country in data.regional:
        assert country.anchor and country.capital and country.capital_at
        assert country.contains(country.anchor)
        assert country.contains(country.capital_at)


@pytest.mark.parametrize(
    ("one", "other"),
    [("serbia", "kosovo"), ("bosnia", "croatia"), ("greece", "turkey"), ("albania", "north_macedonia")],
)
def test_neighbours_share_their_border_point_by_point(data: MapData, one: str, other: str) -> None:
    shared = edges(data, one) & edges(data, other)
    assert len(shared) > 10


def test_crimea_is_drawn_as_ukraine(data: MapData) -> None:
    point = data.projection.to_world(34.2, 45.2)
    assert data.countries["ukraine"].contains(point)
    assert not data.countries["russia"].contains(point)


def test_the_disputed_line_is_the_one_between_serbia_and_kosovo(data: MapData) -> None:
    disputed = {a for ring in data.countries["kosovo"].arcs for a in ring}
    serbia = {a for ring in data.countries["serbia"].arcs for a in ring}
    both = {max(a, ~a) for a in disputed} & {max(a, ~a) for a in serbia}
    assert set(data.lines["disputed"]) == both
    assert not set(data.lines["disputed"]) & set(data.lines["border"])


def test_the_inter_entity_line_lies_in_bosnia(data: MapData) -> None:
    bosnia = data.countries["bosnia"]
    points = np.concatenate(data.entity_line)
    share = np.mean([bosnia.contains((x, y)) for x, y in points.tolist()])
    assert len(points) > 150 and share > 0.9


@pytest.mark.parametrize(
    ("place", "country"),
    [("banja_luka", "bosnia"), ("brcko", "bosnia"), ("north_kosovo", "kosovo"), ("presevo", "serbia"),
     ("tetovo", "north_macedonia"), ("sandzak", "serbia")],
)  # fmt: skip
def test_hotspots_lie_in_their_countries(data: MapData, place: str, country: str) -> None:
    assert data.countries[country].contains(data.hotspots[place])


def test_missions_lie_in_their_hosts(data: MapData) -> None:
    raw = json.loads((ASSETS / "map" / "map.json").read_text(encoding="utf-8"))
    for ident, at in data.missions.items():
        assert data.countries[raw["missions"][ident]["host"]].contains(at), ident


def test_projection_agrees_with_the_file(data: MapData) -> None:
    assert data.projection.to_world(20.5, 43.0) == pytest.approx((0.0, 0.0), abs=1e-6)
    belgrade = data.countries["serbia"].capital_at
    assert belgrade == pytest.approx(data.projection.to_world(20.46, 44.80), abs=0.06)


def test_the_file_stays_small() -> None:
    assert (ASSETS / "map" / "map.json").stat().st_size < 250_000


def test_an_unknown_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "map.json").write_text('{"version": 9}', encoding="utf-8")
    with pytest.raises(ValueError, match="version 9 found, 1 expected"):
        load_map(tmp_path)


def test_clipping_keeps_what_is_inside() -> None:
    square = np.array([(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)])
    part = clip_ring(square, (5.0, -5.0, 20.0, 5.0))
    assert {tuple(p) for p in part.tolist()} == {(5.0, 0.0), (10.0, 0.0), (10.0, 5.0), (5.0, 5.0)}
    assert len(clip_ring(square, (11.0, 0.0, 12.0, 1.0))) == 0
    assert clip_ring(square, (-1.0, -1.0, 11.0, 11.0)).tolist() == square.tolist()
    assert inside(square, (9.0, 1.0)) and not inside(square, (11.0, 1.0))
