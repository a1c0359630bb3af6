"""Sample states of the map and the packaged fonts, for tests and for looking at the result."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import pygame

from game.desktop.map.model import Arc, Fill, HotspotMark, MapState, MissionMark, Pattern, Trend

ASSETS = Path(__file__).parents[3] / "assets"
FILES = {
    "ui": ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    "semibold": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    "bold": ("font_source_sans_pro", "SourceSansPro-Bold.ttf"),
    "serif_italic": ("font_source_serif_pro", "SourceSerifPro-It.ttf"),
}


@cache
def font(role: str, px: int) -> pygame.font.Font:
    """A packaged font; the sans faces are set a little larger, as the interface does."""
    package, name = FILES[role]
    em = round(px * (1.04 if role == "serif_italic" else 1.12))
    with resources.as_file(resources.files(package) / "files" / name) as path:
        return pygame.font.Font(str(path), em)


MEMBER, INVITED, PLAN = (95, 135, 172), (134, 174, 205), (174, 204, 228)
DIALOGUE, PARTNER, NONE = (205, 186, 136), (231, 218, 180), (247, 243, 234)
T1, T2, T3, T4, T5 = (244, 235, 211), (240, 207, 147), (228, 162, 90), (201, 104, 58), (150, 58, 50)
NAMES = {"kosovo": "Kosovo*", "north_macedonia": "FYR Macedonia¹"}
NOTE = "* Status-neutral designation (UNSCR 1244).   ¹ Name used at the UN until 2019."
HOTSPOTS = (
    HotspotMark("north_kosovo", "North Mitrovica", 78),
    HotspotMark("banja_luka", "Banja Luka", 45),
    HotspotMark("presevo", "Preševo valley", 20),
    HotspotMark("tetovo", "Tetovo", 24),
    HotspotMark("brcko", "Brčko", 15),
)

ALLIANCE = MapState(
    mode="alliance",
    fills={
        **{c: Fill(MEMBER) for c in ("romania", "bulgaria", "greece", "turkey", "hungary", "slovenia")},
        "albania": Fill(INVITED),
        "croatia": Fill(INVITED),
        "north_macedonia": Fill(PLAN),
        "bosnia": Fill(DIALOGUE),
        "montenegro": Fill(DIALOGUE),
        "serbia": Fill(PARTNER),
        "kosovo": Fill(NONE, Pattern.HATCH),
    },
    labels=NAMES,
    hotspots=HOTSPOTS,
    missions=(
        MissionMark("nato_hq_sarajevo", "NATO HQ Sarajevo", "Reform advice", "building"),
        MissionMark("mlo_belgrade", "MLO Belgrade", "Liaison office", "document"),
        MissionMark("kfor", "KFOR Pristina", "15,900 troops", "shield"),
        MissionMark("bondsteel", "Camp Bondsteel", "KFOR East", "radio"),
        MissionMark("nato_hq_skopje", "NATO HQ Skopje", "Liaison", "building"),
        MissionMark("kogalniceanu", "M. Kogălniceanu", "Air base", "plane"),
    ),
    selected="bosnia",
    footnote=NOTE,
)

TENSION = MapState(
    mode="tension",
    fills={
        "serbia": Fill(T4, Pattern.HATCH),
        "kosovo": Fill(T5, Pattern.CROSS),
        "bosnia": Fill(T3, Pattern.DOTS),
        "north_macedonia": Fill(T3, Pattern.DOTS),
        "croatia": Fill(T2),
        "montenegro": Fill(T2),
        "albania": Fill(T2),
        "greece": Fill(T1),
        "bulgaria": Fill(T1),
    },
    labels=NAMES,
    hotspots=HOTSPOTS,
    arcs=(
        Arc("serbia", "kosovo", 78, Trend.UP),
        Arc("bosnia", "serbia", 38, Trend.UP),
        Arc("north_macedonia", "greece", 35, Trend.DOWN),
        Arc("albania", "serbia", 31, Trend.UP),
        Arc("croatia", "serbia", 27, Trend.FLAT),
    ),
    footnote=NOTE,
)
