"""How the command line comes to the desktop; pygame is imported only when a window or a picture is made."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from game.session import Game
from game.text import _
from game.views.names import Designation

LEAST, MOST = (640, 400), (7680, 4320)


def can_open() -> bool:
    """Whether there is a display to open a window on."""
    if os.environ.get("SDL_VIDEODRIVER") in ("dummy", "offscreen"):
        return False
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def open_menu() -> int:
    """The main menu, until the window is closed; the exit status."""
    from game.desktop.window import run

    return run()


def open_game(game: Game, designation: Designation | None = None) -> int:
    """A game in a window, with a designation other than that of the settings; the exit status."""
    from game.desktop.window import run

    return run(game, designation=designation)


def draw(
    game: Game, file: Path, size: str, screen: str, mode: str, turns: int | None, designation: Designation = "period"
) -> str:
    """One picture of a game; "" or the sentence that says why there is none."""
    width, cross, height = size.lower().partition("x")
    if not (cross and width.isdigit() and height.isdigit()):
        return _("'{size}' is not of the form WIDTHxHEIGHT.").format(size=size)
    pixels = int(width), int(height)
    if not (LEAST[0] <= pixels[0] <= MOST[0] and LEAST[1] <= pixels[1] <= MOST[1]):
        return _("A picture has from {low} to {high} pixels.").format(low="640x400", high="7680x4320")
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from game.desktop.shots import SCREENS, NoPictureError, screenshot, without_display
    from game.views import Sight
    from game.views.map import modes

    if screen not in SCREENS:
        return _("There is no screen '{name}'; there are: {known}.").format(name=screen, known=", ".join(SCREENS))
    known = [one.id for one in modes(Sight(game, None))]
    if mode and mode not in known:
        return _("There is no map mode '{name}'; there are: {known}.").format(name=mode, known=", ".join(known))
    without_display()
    try:
        screenshot(game, file, pixels, screen, mode, turns, designation)
    except NoPictureError as fault:
        return str(fault)
    except OSError as fault:
        return _("{file} could not be written: {reason}").format(file=file, reason=fault.strerror or fault)
    return ""
