"""The surfaces used most recently, bounded by their pixels."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import pygame

from game.desktop.recent import Recent


class SurfaceCache:
    """Holds surfaces up to `pixels` in total; the least recently used go first."""

    def __init__(self, pixels: int = 24_000_000) -> None:
        self._kept: Recent[tuple[pygame.Surface, ...]] = Recent(pixels, _pixels)

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        """The surface under `key`, made when it is not there."""
        return self.parts(key, lambda: (make(),))[0]

    def parts(self, key: Hashable, make: Callable[[], tuple[pygame.Surface, ...]]) -> tuple[pygame.Surface, ...]:
        """The surfaces that belong together under `key`, made when they are not there."""
        return self._kept.get(key, make)

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()


def _pixels(surfaces: tuple[pygame.Surface, ...]) -> int:
    return sum(surface.get_width() * surface.get_height() for surface in surfaces)
