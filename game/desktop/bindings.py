"""What keys can do, and the keys that do it until somebody changes them."""

from __future__ import annotations

from typing import Final

from game.text import _

DEFAULTS: Final[dict[str, str]] = {
    "end_turn": "e",
    "queue": "q",
    "undo": "ctrl+z",
    "orders": "o",
    "find": "/",
    "card": "x",
    "mode_1": "1",
    "mode_2": "2",
    "mode_3": "3",
    "mode_4": "4",
    "mode_5": "5",
    "next_thing": ".",
    "last_thing": ",",
    "overview": "v",
    "map_home": "h",
    "zoom_in": "+",
    "zoom_out": "-",
    "map_left": "alt+left",
    "map_right": "alt+right",
    "map_up": "alt+up",
    "map_down": "alt+down",
    "report": "r",
    "news": "n",
    "council": "k",
    "dialogue": "t",
    "objectives": "g",
    "charts": "c",
    "adviser": "a",
    "library": "l",
    "pause": "p",
    "save": "ctrl+s",
    "load": "ctrl+o",
    "guide": "f2",
    "settings": "f10",
    "fullscreen": "f11",
}
"""Action to key. Digits answer a card where one is open."""


def action_title(action: str) -> str:
    """What an action is called in the settings."""
    titles = {
        "end_turn": _("End the turn"),
        "queue": _("Queue the chosen order"),
        "undo": _("Take back the last order"),
        "orders": _("Go to the orders"),
        "find": _("Search the orders"),
        "card": _("Open the waiting decision"),
        "mode_1": _("First map mode"),
        "mode_2": _("Second map mode"),
        "mode_3": _("Third map mode"),
        "mode_4": _("Fourth map mode"),
        "mode_5": _("Fifth map mode"),
        "next_thing": _("Next country, hotspot or mission"),
        "last_thing": _("Last country, hotspot or mission"),
        "overview": _("Overview instead of one country"),
        "map_home": _("Map back to the opening view"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "map_left": _("Move the map left"),
        "map_right": _("Move the map right"),
        "map_up": _("Move the map up"),
        "map_down": _("Move the map down"),
        "report": _("Turn report"),
        "news": _("News and history"),
        "council": _("Councils"),
        "dialogue": _("Talks"),
        "objectives": _("Objectives"),
        "charts": _("Charts"),
        "adviser": _("Adviser"),
        "library": _("Library"),
        "pause": _("Pause or go on while watching"),
        "save": _("Save"),
        "load": _("Load"),
        "guide": _("Go on in the guide"),
        "settings": _("Settings"),
        "fullscreen": _("Full screen on or off"),
    }
    return titles[action]
