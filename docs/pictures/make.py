"""Makes the pictures of README and `docs/playing.md`: `python docs/pictures/make.py`. No display is needed."""

from __future__ import annotations

from pathlib import Path

import pygame

from game.desktop.shots import NoPictureError, shoot
from game.scenario import load
from game.session import Game

HERE = Path(__file__).parent
SHOWN = (1024, 576)
SCENARIO, SEED = "bucharest_2008", 4
# name: seat, screen, mode, turns, what the side panel shows, the action whose forecast is shown
PICTURES: dict[str, tuple[str, str, str, int | None, str | None, str]] = {
    "menu": ("croatia", "menu", "", None, None, ""),
    "setup": ("croatia", "setup", "", None, None, ""),
    "map": ("croatia", "map", "alliance", 4, None, "reform_defence"),
    "tension": ("serbia", "map", "tension", 6, "", ""),
    "event": ("serbia", "event", "", None, None, ""),
    "report": ("croatia", "report", "", 5, None, ""),
    "council": ("croatia", "council", "", 5, None, ""),
    "debrief": ("croatia", "debrief", "", None, None, ""),
}


def main() -> None:
    scenario = load(SCENARIO)
    for name, (seat, screen, mode, turns, select, action) in PICTURES.items():
        game = Game.new(scenario, [seat], seed=SEED)
        order = game.order(f"{seat}.{action}") if action else None
        try:
            surface = shoot(game, (1920, 1080), screen, mode, turns, select=select, order=order)
        except NoPictureError as fault:
            print(f"{name}: {fault}")
            continue
        small = pygame.transform.smoothscale(surface, SHOWN)
        pygame.image.save(small, str(HERE / f"{name}.png"))
        print(name)


if __name__ == "__main__":
    main()
