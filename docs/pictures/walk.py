"""Walks a first-time player's path through a real window and photographs it: `python docs/pictures/walk.py`.

Needs Xvfb, xdotool and ImageMagick. From the main menu through the tutorial's first two turns, by mouse and keyboard.
The same app runs beside it without a display and is given the same clicks; it knows where every button is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pygame

from game.desktop.app import App
from game.desktop.shots import nobodys_home, still_app, without_display
from game.desktop.ui.node import Node

HERE = Path(__file__).parent
SIZE = (1280, 720)
SHOWN = "960x540"
ASIDE = (932, 300)
PATIENCE = 60.0
SCENARIO = "tutorial"


@contextmanager
def virtual_screen() -> Iterator[str]:
    """A virtual screen on a free number; it must not start anew whenever a client of it ends."""
    reader, writer = os.pipe()
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader, encoding="ascii") as numbers:
            yield f":{numbers.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


class Walk:
    """A window on a virtual screen, and the same app beside it."""

    def __init__(self, display: str, mirror: App) -> None:
        self.environment = {**os.environ, "DISPLAY": display, "SDL_AUDIODRIVER": "dummy"}
        self.environment.pop("SDL_VIDEODRIVER", None)
        self.mirror = mirror
        self.number = 0
        mirror.settle()

    def node(self, key: str) -> Node:
        """A node of the mirror by its key, or by how its key begins."""
        every = [node for root in self.mirror.top.ui.roots for node in root.walk() if node.key]
        named = [node for node in every if node.key == key] or [node for node in every if node.key.startswith(key)]
        found = next(iter(named), None)
        if found is None:
            raise LookupError(f"{self.mirror.screen.name} has no '{key}': {', '.join(n.key for n in every)}")
        return found

    def xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment, check=True)

    def point(self, key: str) -> None:
        """Rest the pointer on something."""
        at = self.node(key).rect.center
        self.xdotool("mousemove", str(at[0]), str(at[1]))
        self.mirror.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
        self.mirror.settle()

    def click(self, key: str) -> None:
        self.point(key)
        at = self.node(key).rect.center
        self.xdotool("click", "1")
        for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            self.mirror.handle(pygame.event.Event(kind, pos=at, button=1))
        self.mirror.settle()
        self.still()

    def order(self, action: str) -> str:
        """The key of the first order of an action on the palette."""
        desk = self.mirror.desk
        assert desk is not None
        shown = [n.key for root in self.mirror.top.ui.roots for n in root.walk() if n.key.startswith("order:")]
        template = desk.game.ruleset.catalogue.template
        return next(key for key in shown if template[int(key.removeprefix("order:"))] == action)

    def rest(self) -> None:
        """Take the pointer away from everything."""
        self.xdotool("mousemove", *map(str, ASIDE))
        self.mirror.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=ASIDE, rel=(0, 0), buttons=(0, 0, 0)))
        self.mirror.settle()
        self.still()

    def press(self, name: str, key: int, letter: str = "") -> None:
        self.xdotool("key", name)
        self.mirror.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=letter))
        self.mirror.settle()
        self.still()

    def seen(self) -> bytes:
        """The window's pixels."""
        command = ["import", "-silent", "-window", "root", "rgb:-"]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True).stdout

    def opened(self) -> None:
        """Wait until the window shows something."""
        limit = time.monotonic() + PATIENCE
        while len(set(self.seen()[: SIZE[0] * SIZE[1]])) < 20 and time.monotonic() < limit:
            time.sleep(0.5)
        self.still(3.0)

    def still(self, least: float = 1.0) -> None:
        """Wait until nothing moves any more."""
        time.sleep(least)
        limit, before = time.monotonic() + PATIENCE, self.seen()
        while time.monotonic() < limit:
            time.sleep(0.5)
            after = self.seen()
            if after == before:
                return
            before = after

    def photograph(self, name: str) -> None:
        """Keep what the window shows, small."""
        self.number += 1
        file = HERE / f"walk_{self.number:02}_{name}.png"
        command = ["import", "-silent", "-window", "root", "-resize", SHOWN, "-dither", "None", "-colors", "200"]
        subprocess.run([*command, "-strip", f"png8:{file}"], env=self.environment, check=True)
        print(file.name)


def walk(by: Walk) -> None:
    """From the main menu to the third turn."""
    by.opened()
    by.photograph("menu")
    by.click("menu:flag")
    by.click(f"scenario:{SCENARIO}")
    by.photograph("scenario")
    by.click("start")
    by.photograph("map")
    by.click("guide:on")
    by.photograph("goal")
    by.click("way:objectives")
    by.photograph("objectives")
    by.press("Escape", pygame.K_ESCAPE)
    by.click("way:council")
    by.photograph("council")
    by.press("Escape", pygame.K_ESCAPE)
    by.point("order:")
    by.still(10.0)
    by.photograph("forecast")
    by.click("order:")
    by.click("order:")
    by.rest()
    by.photograph("queued")
    by.click("end_turn")
    by.still(3.0)
    by.photograph("report")
    by.press("Escape", pygame.K_ESCAPE)
    by.press("3", pygame.K_3, "3")
    by.still(3.0)
    by.photograph("decision")
    by.press("3", pygame.K_3, "3")
    by.press("Escape", pygame.K_ESCAPE) if by.mirror.screen.cards else None
    by.click("orders_tab:council")
    stage = by.order("request_stage")
    by.click(stage)
    by.click(stage)
    by.rest()
    ally = by.order("canvass")
    by.click(ally)
    by.still(3.0)
    by.photograph("ally")
    by.click(ally)
    by.rest()
    by.photograph("second")
    by.click("end_turn")
    by.still(3.0)
    by.photograph("summit")


def main() -> None:
    with virtual_screen() as display, nobodys_home(), tempfile.TemporaryFile() as log:
        without_display()
        mirror = still_app(SIZE)
        by = Walk(display, mirror)
        window = subprocess.Popen([sys.executable, "-m", "game.cli"], env=by.environment, stdout=log, stderr=log)
        try:
            walk(by)
            if window.poll() is not None:
                log.seek(0)
                raise SystemExit(log.read().decode())
        finally:
            window.terminate()
            window.wait(20)


if __name__ == "__main__":
    main()
