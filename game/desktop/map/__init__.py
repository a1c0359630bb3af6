"""The map of the desktop: geometry, camera, base map, lettering and hit testing.

It draws plain values (`MapState`) and knows nothing of rules, sessions or scenarios.
Fonts, icons and the assets folder are handed in by the caller.
"""

from game.desktop.map.camera import Camera
from game.desktop.map.geometry import MapData, load_map
from game.desktop.map.model import Arc, Fill, Hit, HotspotMark, MapState, MissionMark, Pattern, Trend
from game.desktop.map.style import MapStyle
from game.desktop.map.view import MapView, still

__all__ = [
    "Arc",
    "Camera",
    "Fill",
    "Hit",
    "HotspotMark",
    "MapData",
    "MapState",
    "MapStyle",
    "MapView",
    "MissionMark",
    "Pattern",
    "Trend",
    "load_map",
    "still",
]
