"""A coarse raster of which country lies where: quick answers for placing labels."""

from __future__ import annotations

import math

import numpy as np
import pygame

from game.desktop.map.camera import BOUNDS
from game.desktop.map.clip import clip_ring
from game.desktop.map.geometry import MapData, Point

CELL_KM = 2.0


class Ground:
    """Countries on a grid of two-kilometre cells over the whole map; a cell touched by land is land."""

    def __init__(self, data: MapData) -> None:
        west, north, east, south = BOUNDS
        size = (math.ceil((east - west) / CELL_KM), math.ceil((south - north) / CELL_KM))
        surface = pygame.Surface(size, 0, 8)
        self._names: list[str | None] = [None]
        for country in data.countries.values():
            self._names.append(country.id)
            for ring in country.rings:
                part = clip_ring((ring - (west, north)) / CELL_KM, (-2.0, -2.0, size[0] + 2.0, size[1] + 2.0))
                if len(part):
                    pygame.draw.polygon(surface, len(self._names) - 1, part.tolist())
        self._cells = pygame.surfarray.array2d(surface)

    def at(self, point: Point) -> str | None:
        """The country at a world point; None at sea and outside the map's limits."""
        x, y = self._cell(point)
        w, h = self._cells.shape
        return self._names[int(self._cells[x, y])] if 0 <= x < w and 0 <= y < h else None

    def under(self, start: Point, end: Point) -> set[str | None]:
        """All countries in a box between two world points, None standing for the sea."""
        (x0, y0), (x1, y1) = self._cell(start), self._cell(end)
        box = self._cells[max(0, x0) : max(0, x1 + 1), max(0, y0) : max(0, y1 + 1)]
        return {self._names[int(i)] for i in np.unique(box)}

    @staticmethod
    def _cell(point: Point) -> tuple[int, int]:
        return math.floor((point[0] - BOUNDS[0]) / CELL_KM), math.floor((point[1] - BOUNDS[1]) / CELL_KM)
