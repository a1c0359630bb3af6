"""The classroom from the main menu: a server of its own process, whose console opens in the browser.

One at a time; it ends with the window or when it is asked to.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from game.scenario import read_files, shipped_heads
from game.session.home import logs_folder, saves_folder
from game.text import _

NEEDED = ("starlette", "uvicorn", "websockets", "segno")
LESSON = "bucharest_lesson"
PATIENCE = 8.0  # seconds that a server has to end by itself


@dataclass(frozen=True)
class Lesson:
    """A scenario with notes for teachers. minutes, turns: of the class; 0 where they are not told."""

    id: str
    title: str
    minutes: int
    turns: int


def lessons() -> list[Lesson]:
    """The shipped scenarios with teaching notes, the first lesson before the others."""
    found = []
    for head in shipped_heads():
        parsed = read_files(head.id).parsed
        told = parsed[0].get("teaching") if parsed is not None and isinstance(parsed[0], dict) else None
        if isinstance(told, dict):
            found.append(Lesson(head.id, head.title, told.get("minutes") or 0, told.get("turns") or head.turns))
    return sorted(found, key=lambda lesson: lesson.id != LESSON)


def kept() -> bool:
    """Whether there is a class to go on with."""
    return any(saves_folder().parent.joinpath("classes").glob("*.class.db"))


def lacking() -> str:
    """How to install the classroom where it is not; "" where it is."""
    if all(find_spec(name) is not None for name in NEEDED):
        return ""
    return _(
        "The classroom is not installed. Start it with: uv run --extra classroom game classroom {name} --lan"
    ).format(name=LESSON)


class Host:
    """The server that this window has started, if any."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.about = ""
        self.lan = False
        self.stopping = False
        self.told = ""

    @property
    def runs(self) -> bool:
        """Whether a class is open; notes how it ended once it is not."""
        if self.process is None:
            return False
        status = self.process.poll()
        if status is None:
            return True
        if self.stopping or status == 0:
            self.told = _("The class is closed and kept. You can go on with it.")
        else:
            self.told = _("The class did not open, or has failed. The game's log says why: {folder}").format(
                folder=logs_folder()
            )
        self.process = None
        return False

    def open(self, scenario: str = LESSON, about: str = "", lan: bool = False, resume: bool = False) -> str:
        """Start a new class, or the newest one again, unless one is open; what to tell."""
        if self.runs:
            return _("A class is open already.")
        self.told = lacking()
        if self.told:
            return self.told
        arguments = [sys.executable, "-m", "game.cli", "classroom", *(["--resume"] if resume else [scenario])]
        if lan:
            arguments.append("--lan")
        # In a session of its own: Ctrl+C in the window's terminal is not for it.
        own: dict[str, Any] = {"creationflags": 0x00000008} if os.name == "nt" else {"start_new_session": True}
        with suppress(OSError):
            # An earlier version wrote there what the server says, and with it the key to the teacher's console.
            (logs_folder() / "classroom.log").unlink(missing_ok=True)
        # The browser has the link; what else there is to know the server writes into the game's log.
        nowhere = subprocess.DEVNULL
        self.process = subprocess.Popen(arguments, stdin=nowhere, stdout=nowhere, stderr=nowhere, **own)
        self.about, self.lan, self.stopping = about, lan, False
        atexit.register(self.close)
        return _("The teacher's console opens in your browser. It has the address and the PIN for your pupils.")

    def stop(self) -> None:
        """Ask the server to end; the class is kept."""
        if self.process is not None and not self.stopping:
            self.stopping = True
            self.process.terminate()

    def close(self) -> None:
        """End the server, and wait for it: the window is being closed."""
        atexit.unregister(self.close)
        process = self.process
        if process is not None and self.runs:
            self.stop()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


HOST = Host()
