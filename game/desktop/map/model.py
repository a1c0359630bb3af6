"""What the map is asked to show: plain values, free of pygame and of the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

Colour = tuple[int, int, int]
"""Red, green and blue, 0-255."""


class Pattern(Enum):
    """Texture that accompanies a colour, so that no meaning rests on colour alone."""

    NONE = "none"
    HATCH = "hatch"
    BACK_HATCH = "back_hatch"
    CROSS = "cross"
    DOTS = "dots"


class Trend(Enum):
    """Direction of a value since the last turn."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"


@dataclass(frozen=True)
class Fill:
    """A country's colour and texture in the current map mode."""

    colour: Colour
    pattern: Pattern = Pattern.NONE


@dataclass(frozen=True)
class HotspotMark:
    """A hotspot of the map file with its shown name and heat in points, 0-100."""

    id: str
    name: str
    heat: int


@dataclass(frozen=True)
class MissionMark:
    """A mission or base of the map file: title, one line of detail, name of an icon."""

    id: str
    name: str
    detail: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Arc:
    """Tension between two countries in points, 0-100, drawn from capital to capital."""

    a: str
    b: str
    value: int
    trend: Trend = Trend.FLAT


@dataclass(frozen=True)
class MapState:
    """Everything the map shows at one moment.

    Countries of the region without a fill get the plain land colour. `labels` gives the shown name of
    a country (others keep the name in the map file, background countries included); `places`
    replaces names of towns, capitals (by country id) and seas; an empty string hides a name.
    """

    mode: str
    fills: Mapping[str, Fill] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    hotspots: Sequence[HotspotMark] = ()
    missions: Sequence[MissionMark] = ()
    arcs: Sequence[Arc] = ()
    selected: str | None = None
    hovered: str | None = None
    footnote: str = ""
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Hit:
    """What lies under a point: `kind` is country, hotspot, mission or arc.

    `id` is the id of the thing; an arc's id is "a-b" of its two countries in the order given.
    """

    kind: str
    id: str
