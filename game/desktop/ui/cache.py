"""A least-recently-used cache of surfaces bounded by their pixels."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

import pygame


class SurfaceCache:
    """Holds surfaces up to `pixels` in total; the least recently used go first."""

    def __init__(self, pixels: int = 24_000_000) -> None:
        self._room = pixels
        self._used = 0
        self._kept: OrderedDict[Hashable, pygame.Surface] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        """The surface under `key`, made when it is not there."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        made = make()
        self._kept[key] = made
        self._used += made.get_width() * made.get_height()
        while self._used > self._room and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._used -= gone.get_width() * gone.get_height()
        return made

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._used = 0
