"""The map as SVG, from the same file as the desktop's."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import quoteattr

from game import resources

BOX = (-9000, -6200, 19500, 12600)
"""West, north, width and height of the picture, in tenths of a kilometre from 20.5 E 43 N."""
STEP = 5
"""Coordinates are rounded to so many tenths of a kilometre: a phone shows no more."""
MARGIN = 300

Point = tuple[int, int]


@lru_cache(maxsize=1)
def map_svg() -> bytes:
    """Land, borders, lakes; countries carry `data-place`, so that a page can shade and name them."""
    raw: dict[str, Any] = json.loads((resources.assets() / "map" / "map.json").read_text("utf-8"))
    arcs = [_points(arc) for arc in raw["arcs"]]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{" ".join(map(str, BOX))}" role="img" '
        'preserveAspectRatio="xMidYMid slice">'
    ]
    for region in (False, True):
        parts.append(f'<g class="{"region" if region else "far"}">')
        for ident, country in raw["countries"].items():
            if (country["role"] == "region") == region:
                rings = [_ring(refs, arcs) for refs in country["rings"]]
                path = "".join(_path(ring, True) for ring in rings if _near(ring))
                if path:
                    parts.append(f"<path data-place={quoteattr(ident)} d={quoteattr(path)}/>")
        parts.append("</g>")
    for kind in ("coast", "far", "border", "disputed"):
        path = "".join(_path(arcs[n], False) for n in raw["lines"][kind] if _near(arcs[n]))
        parts.append(f"<path class={quoteattr('line ' + kind)} d={quoteattr(path)}/>")
    entity = "".join(_path(_points(line), False) for line in raw["entity_line"])
    parts.append(f'<path class="line entity" d={quoteattr(entity)}/>')
    lakes = "".join(_path(_points(lake["ring"]), True) for lake in raw["lakes"].values())
    parts.append(f'<path class="lake" d={quoteattr(lakes)}/></svg>')
    return "".join(parts).encode()


@lru_cache(maxsize=1)
def map_places() -> dict[str, Any]:
    """Where the page puts names and marks: anchors of countries, hotspots, missions, towns."""
    raw: dict[str, Any] = json.loads((resources.assets() / "map" / "map.json").read_text("utf-8"))
    return {
        "box": list(BOX),
        "countries": {
            ident: {
                "at": one["anchor"],
                "size": one.get("size", "S"),
                "region": one["role"] == "region",
                "capital": one.get("capital", {}).get("at", one["anchor"]),
            }
            for ident, one in raw["countries"].items()
            if "anchor" in one
        },
        "hotspots": raw["hotspots"],
        "missions": {ident: one["at"] for ident, one in raw["missions"].items()},
        "towns": {t["name"]: t["at"] for t in raw["towns"].values() if t["rank"] == 1},
    }


def _points(packed: list[int]) -> list[Point]:
    found, x, y = [], 0, 0
    for dx, dy in zip(packed[::2], packed[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x, y))
    return found


def _ring(refs: list[int], arcs: list[list[Point]]) -> list[Point]:
    found: list[Point] = []
    for ref in refs:
        arc = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        found.extend(arc[:-1])
    return found


def _near(points: list[Point]) -> bool:
    """Whether any of a line can be seen."""
    west, north, wide, high = BOX
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return (
        max(xs) >= west - MARGIN
        and min(xs) <= west + wide + MARGIN
        and max(ys) >= north - MARGIN
        and min(ys) <= north + high + MARGIN
    )


def _path(points: list[Point], closed: bool) -> str:
    """Relative steps, rounded; points that fall together are left out."""
    rounded = [(round(x / STEP) * STEP, round(y / STEP) * STEP) for x, y in points]
    kept = [point for place, point in enumerate(rounded) if not place or point != rounded[place - 1]]
    if len(kept) < 2:
        return ""
    text = f"M{kept[0][0]} {kept[0][1]}l"
    steps = [f"{x - px} {y - py}" for (px, py), (x, y) in pairwise(kept)]
    return text + " ".join(steps).replace(" -", "-") + ("z" if closed else "")
