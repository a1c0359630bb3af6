"""How smoothly the desktop runs at 1920×1080 under the dummy driver: `python benchmarks/desktop.py [--json]`.

p99_ms: 99th percentile of a frame while panning, zooming and pointing at orders with forecasts coming in.
redrawn: share of those frames in which something was drawn. forecasts: how many were shown.
first_screen_s: from starting Python to the first picture of the main menu. recolour_ms: another map mode.
growth_mb: growth of memory over 2,000 frames and 50 turns after a warm-up of 200 frames.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from game.desktop.app import App
from game.desktop.parts.commands import Mode
from game.desktop.parts.orders import Tab
from game.desktop.shots import still_app
from game.desktop.ui.node import Node
from game.desktop.window import SWITCH_SECONDS
from game.desktop.work import Work
from game.scenario import load
from game.session import Game

SIZE = (1920, 1080)
FRAME = 1 / 60
FIRST = (
    "import time, sys; began = float(sys.argv[1])\n"
    "from game.desktop.shots import still_app\n"
    "import game.desktop.shots as s; s.without_display()\n"
    "app = still_app((1920, 1080)); app.frame(); print(time.time() - began)"
)


def resident_mb() -> float:
    """Memory in use by the process, MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def motion(app: App, at: tuple[int, int], buttons: tuple[int, int, int] = (0, 0, 0)) -> None:
    app.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=buttons))


def order_tiles(app: App) -> list[Node]:
    return [n for root in app.top.ui.roots for n in root.walk() if n.key.startswith("order:")]


def playing_app(game: Game) -> App:
    """An app with a thread and a real clock, its map painted."""
    app = still_app(SIZE)
    app.work = Work()
    app.clock = time.monotonic
    app.take_up(game)
    app.settle()
    return app


class Hand:
    """What a person does: drags the map, zooms, points at orders one after the other."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.number = 0
        self.tile = 0

    def move(self) -> None:
        app, number = self.app, self.number
        self.number += 1
        phase = number // 60 % 4
        if phase == 0:
            angle = number * 0.11
            at = (700 + round(160 * math.cos(angle)), 420 + round(90 * math.sin(angle)))
            if number % 60 == 0:
                motion(app, at)
                app.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
            motion(app, at, (1, 0, 0))
            if number % 60 == 59:
                app.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))
        elif phase == 1:
            if number % 60 == 0:
                motion(app, (700, 420))
            app.handle(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=1 if number % 10 < 5 else -1))
        else:
            tiles = order_tiles(app)
            if tiles and number % 20 == 0:
                self.tile += 1
            if tiles:
                rect = tiles[self.tile % len(tiles)].rect
                motion(app, (rect.x + 10 + number % 40, rect.centery))
            app.backdrop.move(lambda view: view.pan(math.sin(number / 9) * 2, 0))


def frames(app: App, count: int) -> tuple[list[float], int, int]:
    """Milliseconds of each frame, frames with something drawn, forecasts that came in."""
    hand, took, drawn = Hand(app), [], 0
    seen: set[tuple[int, ...]] = set()
    assert app.desk is not None
    tabs = ("now", "reform", "diplomacy", "council", "defence", "pressure", "dialogue")
    for number in range(count):
        began = time.perf_counter()
        hand.move()
        if number % 240 == 120:
            app.obey(Tab(tabs[number // 240 % len(tabs)]))
        app.frame(time.monotonic())
        spent = time.perf_counter() - began
        took.append(1000 * spent)
        drawn += bool(app.dirty)
        for tile in order_tiles(app):
            orders = (int(tile.key.removeprefix("order:")),)
            if orders not in seen and app.desk.known_forecast(orders) is not None:
                seen.add(orders)
        time.sleep(max(0.0, FRAME - spent))
    return took, drawn, len(seen)


def recolouring(app: App) -> float:
    """The median of ten changes of the map mode with their drawing, milliseconds."""
    took = []
    for number in range(10):
        began = time.perf_counter()
        app.obey(Mode("tension" if number % 2 else "stability"))
        app.frame(time.monotonic())
        took.append(1000 * (time.perf_counter() - began))
    return sorted(took)[5]


def warm(app: App, number: int) -> None:
    """See the screens and map modes once, so that only growth is counted, not first use."""
    known = [mode for mode in ("alliance", "tension", "stability", "missions", "influence") if number % 40 == 20]
    for mode in known[number // 40 : number // 40 + 1]:
        app.obey(Mode(mode))
    if number in (10, 30, 50, 70):
        app.open(("report", "news", "charts", "council")[number // 20])
    elif number in (15, 35, 55, 75):
        app.back()
    elif number in (100, 199):
        app.backdrop.finish()


def growing(seed: int) -> float:
    """Megabytes gained over 2,000 frames and 50 turns after 200 frames."""
    scenario = load("bucharest_2008")
    app = playing_app(Game.new(scenario, [], seed=seed))
    hand = Hand(app)
    turns, base = 0, 0.0
    for number in range(2_200):
        if number < 200:
            warm(app, number)
        if number == 200:
            gc.collect()
            base = resident_mb()
        if number >= 200 and number % 40 == 0 and turns < 50:
            assert app.desk is not None
            if app.desk.game.over:
                app.take_up(Game.new(scenario, [], seed=seed + turns, ruleset=app.desk.game.ruleset))
                hand = Hand(app)
            app.screen.turn.resolve()  # type: ignore[attr-defined]
            app.work.finish()
            turns += 1
        if app.screen.cards:
            app.close_card()
        hand.move()
        app.frame(time.monotonic())
    gc.collect()
    grown = resident_mb() - base
    app.close()
    return grown


def first_screen() -> float:
    """Seconds from starting Python to the first picture, the best of three."""
    command = [sys.executable, "-c", FIRST]
    return min(float(subprocess.check_output([*command, str(time.time())]).split()[-1]) for _again in range(3))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--frames", type=int, default=2_400)
    given = parser.parse_args()
    pygame.display.init()
    pygame.display.set_mode((64, 64))
    sys.setswitchinterval(SWITCH_SECONDS)
    app = playing_app(Game.new(load("bucharest_2008"), ["croatia"], seed=4))
    frames(app, 200)
    took, drawn, forecasts = frames(app, given.frames)
    took.sort()
    figures = {
        "p99_ms": round(took[len(took) * 99 // 100], 2),
        "median_ms": round(took[len(took) // 2], 2),
        "first_screen_s": round(first_screen(), 2),
        "recolour_ms": round(recolouring(app), 1),
        "frames": len(took),
        "redrawn": round(drawn / len(took), 3),
        "forecasts": forecasts,
    }
    app.close()
    figures["growth_mb"] = round(growing(7), 1)
    if given.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:>15} {value}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
