"""Plays the cues when there is a mixer and the setting is on; otherwise silent. Never raises."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pygame

from .assets import assets_folder

CUES: Final = ("select", "queue", "undo", "end_turn", "event", "chapter")


class Sounds:
    """`volume` 0 to 1. The mixer is opened at the first cue that is to be heard."""

    def __init__(self, on: bool = False, volume: float = 0.6, folder: Path | None = None) -> None:
        self.on = on
        self.volume = volume
        self._folder = folder
        self._loaded: dict[str, pygame.mixer.Sound] = {}
        self._broken = False

    def play(self, cue: str) -> bool:
        """Play a cue; whether it was started."""
        if not self.on or self._broken:
            return False
        try:
            if not pygame.mixer.get_init():
                pygame.mixer.init(22_050, -16, 1, 512)
            if cue not in self._loaded:
                folder = self._folder or assets_folder() / "sounds"
                self._loaded[cue] = pygame.mixer.Sound(str(folder / f"{cue}.wav"))
            sound = self._loaded[cue]
            sound.set_volume(max(0.0, min(1.0, self.volume)))
            return sound.play() is not None
        except (pygame.error, OSError):
            self._broken = not pygame.mixer.get_init()
            return False
