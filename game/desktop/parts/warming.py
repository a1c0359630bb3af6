"""Tiles of tabs that nobody has opened yet, drawn out of sight while nothing else is to be done.

Setting the lettering of a tab takes as long as a frame may; a tile at a time nobody notices it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

import pygame

from game.desktop.ui.canvas import REACH
from game.desktop.ui.kit import Kit
from game.desktop.ui.node import Look, Node
from game.desktop.ui.paint import Painter


class Warming:
    """What is still to be drawn out of sight; begun anew when `key` is another one."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._tabs: list[str] = []
        self._tiles: list[Node] = []
        self._scratch: pygame.Surface | None = None

    def step(self, kit: Kit, key: Hashable, tabs: Iterable[str], build: Callable[[str], Node]) -> bool:
        """Lay out the next tab or draw its next tile; False when nothing is left."""
        if key != self._key:
            self._key, self._tabs, self._tiles = key, list(tabs), []
        if self._tiles:
            self._draw(kit, self._tiles.pop())
        elif self._tabs:
            self._tiles = list(_in_sight(build(self._tabs.pop(0)), 2 * kit.px(REACH)))
        else:
            self._scratch = None
            return False
        return True

    def _draw(self, kit: Kit, tile: Node) -> None:
        if self._scratch is None or self._scratch.get_size() != tile.rect.size:
            self._scratch = pygame.Surface(tile.rect.size, pygame.SRCALPHA)
        # Strings are drawn where the tile stands, so most fall outside the scratch: only their making counts.
        if tile.draw is not None:
            tile.draw(Painter(self._scratch, kit), Look())


def _in_sight(root: Node, reach: int, clip: pygame.Rect | None = None) -> Iterable[Node]:
    """The tiles that would be drawn without scrolling: the canvas draws `reach` pixels beyond what is seen."""
    if clip is not None and not root.rect.colliderect(clip):
        return
    if root.key.startswith("order:"):
        yield root
    for child in root.children:
        yield from _in_sight(child, reach, root.rect.inflate(reach, reach) if root.clip else clip)
