"""Makes the pictures of README and `docs/playing.md`: `python docs/pictures/make.py`. No display is needed."""

from __future__ import annotations

from pathlib import Path

import pygame

from game.desktop.shots import NoPictureError, shoot
from game.scenario import Scenario, load
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


def picture(name: str, scenario: Scenario) -> pygame.Surface:
    """One of the pictures, 1024×576. Raises NoPictureError where there is nothing to show."""
    seat, screen, mode, turns, select, action = PICTURES[name]
    game = Game.new(scenario, [seat], seed=SEED)
    order = game.order(f"{seat}.{action}") if action else None
    surface = shoot(game, (1920, 1080), screen, mode, turns, select=select, order=order)
    return pygame.transform.smoothscale(surface, SHOWN)


def main() -> None:
    scenario = load(SCENARIO)
    for name in PICTURES:
        try:
            pygame.image.save(picture(name, scenario), str(HERE / f"{name}.png"))
        except NoPictureError as fault:
            print(f"{name}: {fault}")
            continue
        print(name)


if __name__ == "__main__":
    main()
