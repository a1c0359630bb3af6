"""The classroom from the main menu: a server of its own process, whose console opens in the browser."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec

from game.session.home import logs_folder
from game.text import _

NEEDED = ("starlette", "uvicorn", "websockets", "segno")
LESSON = "bucharest_lesson"


def lacking() -> str:
    """How to install the classroom where it is not; "" where it is."""
    if all(find_spec(name) is not None for name in NEEDED):
        return ""
    return _(
        "The classroom is not installed. Start it with: uv run --extra classroom game classroom {name} --lan"
    ).format(name=LESSON)


def open_class(scenario: str = LESSON) -> str:
    """Start the server for the devices of the network; what to tell. It lives on when the window is closed."""
    lacks = lacking()
    if lacks:
        return lacks
    arguments = [sys.executable, "-m", "game.cli", "classroom", scenario, "--lan"]
    own = {"creationflags": 0x00000008} if os.name == "nt" else {"start_new_session": True}
    with suppress(OSError):
        # An earlier version wrote there what the server says, and with it the key to the teacher's console.
        (logs_folder() / "classroom.log").unlink(missing_ok=True)
    # The browser has the link; what else there is to know the server writes into the game's log.
    nowhere = subprocess.DEVNULL
    subprocess.Popen(arguments, stdin=nowhere, stdout=nowhere, stderr=nowhere, **own)
    return _("The teacher's console opens in your browser. It has the address and the PIN for your pupils.")
