"""The map file in memory: arcs, countries, lines and places in kilometres on the projected plane.

World coordinates are kilometres from 20.5 E 43 N on a Lambert conformal cone, x east and y south.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Polyline = NDArray[np.float64]
"""Points of shape [n, 2], kilometres."""
Point = tuple[float, float]
LINE_KINDS = ("coast", "border", "far", "disputed")


@dataclass(frozen=True)
class Country:
    """A country's outline and lettering. `size` is L, M or S; `anchor` is None for unnamed land."""

    id: str
    name: str
    regional: bool
    rings: tuple[Polyline, ...]
    arcs: tuple[tuple[int, ...], ...]
    bounds: tuple[float, float, float, float]
    anchor: Point | None
    size: str
    capital: str
    capital_at: Point | None

    def contains(self, point: Point) -> bool:
        """Whether a world point lies in the country."""
        west, north, east, south = self.bounds
        if not (west <= point[0] <= east and north <= point[1] <= south):
            return False
        return any(inside(ring, point) for ring in self.rings)


@dataclass(frozen=True)
class Town:
    """A town; rank 1 shows at every zoom, 3 only close up."""

    id: str
    name: str
    at: Point
    rank: int


@dataclass(frozen=True)
class Sea:
    """A sea's name and where it is lettered; `size` is L, M or S."""

    id: str
    name: str
    at: Point
    size: str


@dataclass(frozen=True)
class Projection:
    """Lambert conformal conic, degrees to kilometres (Snyder 1987, Map Projections, pp. 104-107)."""

    parallels: tuple[float, float]
    origin: Point
    radius_km: float

    def to_world(self, lon: float, lat: float) -> Point:
        """World coordinates of a longitude and latitude in degrees."""
        p1, p2 = (math.radians(p) for p in self.parallels)
        n = math.log(math.cos(p1) / math.cos(p2)) / math.log(_cone(p2) / _cone(p1))
        f = math.cos(p1) * _cone(p1) ** n / n
        rho0 = self.radius_km * f / _cone(math.radians(self.origin[1])) ** n
        rho = self.radius_km * f / _cone(math.radians(lat)) ** n
        theta = n * math.radians(lon - self.origin[0])
        return rho * math.sin(theta), rho * math.cos(theta) - rho0


def _cone(lat: float) -> float:
    return math.tan(math.pi / 4 + lat / 2)


@dataclass(frozen=True)
class MapData:
    """All of map.json. Countries keep the file's order, which is alphabetical by id."""

    projection: Projection
    arcs: tuple[Polyline, ...]
    lines: dict[str, tuple[int, ...]]
    entity_line: tuple[Polyline, ...]
    countries: dict[str, Country]
    lakes: tuple[Polyline, ...]
    towns: tuple[Town, ...]
    seas: tuple[Sea, ...]
    hotspots: dict[str, Point]
    missions: dict[str, Point]

    @cached_property
    def segments(self) -> dict[str, Polyline]:
        """End points of all segments of each kind of line, two rows a segment, lake shores among coasts.

        Besides the kinds of `lines` there is the graticule, every five degrees.
        """
        out = {kind: [self.arcs[a] for a in self.lines[kind]] for kind in LINE_KINDS}
        out["coast"] += [np.concatenate([lake, lake[:1]]) for lake in self.lakes]
        out["graticule"] = _graticule(self.projection)
        return {
            kind: np.concatenate([np.hstack([p[:-1], p[1:]]).reshape(-1, 2) for p in lines])
            for kind, lines in out.items()
        }

    @property
    def regional(self) -> tuple[Country, ...]:
        """The countries the game models, by id."""
        return tuple(c for c in self.countries.values() if c.regional)

    def outline(self, country: str) -> tuple[Polyline, ...]:
        """The closed rings of one country."""
        return self.countries[country].rings


def load_map(assets: Path) -> MapData:
    """Read `map/map.json` under the assets folder.

    Raises FileNotFoundError if it is missing, ValueError if its version is unknown.
    """
    path = assets / "map" / "map.json"
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if raw.get("version") != 1:
        raise ValueError(f"{path}: version {raw.get('version')!r} found, 1 expected")
    unit = float(raw["projection"]["unit_km"])
    arcs = tuple(_unpack(a, unit) for a in raw["arcs"])
    return MapData(
        projection=_projection(raw["projection"]),
        arcs=arcs,
        lines={kind: tuple(raw["lines"][kind]) for kind in LINE_KINDS},
        entity_line=tuple(_unpack(a, unit) for a in raw["entity_line"]),
        countries={k: _country(k, c, arcs, unit) for k, c in raw["countries"].items()},
        lakes=tuple(_unpack(lake["ring"], unit) for lake in raw["lakes"].values()),
        towns=tuple(Town(k, t["name"], _point(t["at"], unit), t["rank"]) for k, t in raw["towns"].items()),
        seas=tuple(Sea(k, s["name"], _point(s["at"], unit), s["size"]) for k, s in raw["seas"].items()),
        hotspots={k: _point(p, unit) for k, p in raw["hotspots"].items()},
        missions={k: _point(m["at"], unit) for k, m in raw["missions"].items()},
    )


def inside(ring: Polyline, point: Point) -> bool:
    """Whether a point lies in a ring, by the even-odd rule."""
    x, y = point
    ax, ay = ring[:, 0], ring[:, 1]
    bx, by = np.roll(ax, -1), np.roll(ay, -1)
    across = (ay > y) != (by > y)
    if not across.any():
        return False
    ax, ay, bx, by = ax[across], ay[across], bx[across], by[across]
    return bool(np.count_nonzero(x < (bx - ax) * (y - ay) / (by - ay) + ax) % 2)


def _projection(raw: dict[str, Any]) -> Projection:
    p, o = raw["parallels"], raw["origin"]
    return Projection((p[0], p[1]), (o[0], o[1]), raw["radius_km"])


def _unpack(packed: list[int], unit: float) -> Polyline:
    units: Polyline = np.array(packed, dtype=np.float64).reshape(-1, 2)
    return np.asarray(np.cumsum(units, axis=0) * unit, dtype=np.float64)


def _point(raw: list[int], unit: float) -> Point:
    return raw[0] * unit, raw[1] * unit


def _graticule(projection: Projection) -> list[Polyline]:
    lons, lats = np.arange(0.0, 56.0, 5.0), np.arange(30.0, 56.0, 5.0)
    meridians = [[projection.to_world(lon, lat) for lat in np.arange(28.0, 57.0, 1.0)] for lon in lons]
    parallels = [[projection.to_world(lon, lat) for lon in np.arange(0.0, 56.0, 1.0)] for lat in lats]
    return [np.array(line) for line in meridians + parallels]


def _ring(refs: list[int], arcs: tuple[Polyline, ...]) -> Polyline:
    parts = [arcs[r] if r >= 0 else arcs[~r][::-1] for r in refs]
    return np.concatenate([part[:-1] for part in parts])


def _country(ident: str, raw: dict[str, Any], arcs: tuple[Polyline, ...], unit: float) -> Country:
    rings = tuple(_ring(refs, arcs) for refs in raw["rings"])
    points = np.concatenate(rings)
    low, high = points.min(axis=0), points.max(axis=0)
    capital = raw.get("capital")
    return Country(
        id=ident,
        name=raw["name"],
        regional=raw["role"] == "region",
        rings=rings,
        arcs=tuple(tuple(refs) for refs in raw["rings"]),
        bounds=(float(low[0]), float(low[1]), float(high[0]), float(high[1])),
        anchor=_point(raw["anchor"], unit) if "anchor" in raw else None,
        size=raw.get("size", "S"),
        capital=capital["name"] if capital else "",
        capital_at=_point(capital["at"], unit) if capital else None,
    )
