"""Keeps a painted buffer round the screen and a small picture of the whole map behind it.

Panning copies from the buffer; zooming stretches the old buffer until a crisp one is painted.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Mapping

import pygame

from game.desktop.map.base import Buffer, empty_buffer, paint_buffer
from game.desktop.map.camera import BOUNDS, Camera
from game.desktop.map.geometry import MapData
from game.desktop.map.lines import outline_strokes
from game.desktop.map.model import Fill
from game.desktop.map.strokes import paint_strokes, tiles_of
from game.desktop.map.style import MapStyle

BUFFER_FACTOR = 1.5
"""Width and height of the buffer in screens."""
LEAST_MARGIN = 0.08
"""Share of a screen that must remain beside the view before a new buffer is begun."""
OVERVIEW_SHARE = 0.6
"""Width of the overview in screens."""
OUTLINE_TILE = 240
"""Side of the tiles an outline is painted in, pixels."""

OutlineTiles = list[tuple[pygame.Surface, pygame.Rect]]
OUTLINES = 4
"""Outlines that are kept: the two that are wanted, and two for a pointer that comes back."""
Outlines = dict[tuple[str, bool], OutlineTiles]
Painting = Generator[float, None, tuple[Buffer, Outlines]]


class BaseMap:
    """The base map for a moving camera. Call `aim` and `work` every frame, then `draw`."""

    def __init__(self, data: MapData, style: MapStyle, scale: float) -> None:
        self.data = data
        self.style = style
        self.scale = scale
        self.front: Buffer | None = None
        self._overview: Buffer | None = None
        self._spare: Buffer | None = None
        self._job: Painting | None = None
        self._job_camera: Camera | None = None
        self._progress = 0.0
        self._fills: Mapping[str, Fill] = {}
        self._outlined: tuple[str | None, str | None] = (None, None)
        self._outlines: Outlines = {}
        self._tracing: tuple[tuple[str, bool], Generator[None, None, OutlineTiles]] | None = None
        self._stale = True

    def show(self, fills: Mapping[str, Fill], selected: str | None, hovered: str | None) -> None:
        """Set colours and outlines; takes effect at the next draw."""
        if (fills, (selected, hovered)) == (self._fills, self._outlined):
            return
        if fills != self._fills and self._overview:
            self._overview.recolour(fills, self.data, self.style)
        self._fills, self._outlined, self._stale = dict(fills), (selected, hovered), True

    def crisp(self, camera: Camera) -> bool:
        """Whether the buffer was painted for this zoom and covers the view."""
        return self.front is not None and self._covers(self.front, camera, 0.0)

    def aim(self, camera: Camera, zooming: bool = False) -> None:
        """Begin a new buffer where the present one no longer serves; not amid a zoom."""
        if zooming and self.front is not None:
            return
        if self._job is not None and self._job_camera is not None:
            if self._view_inside(self._job_camera, self._buffer_size(camera), camera, 0.0):
                return
            self._job = None
        if self.front is None or not self._covers(self.front, camera, LEAST_MARGIN):
            size = self._buffer_size(camera)
            self._job = self._paint(camera, size)
            self._job_camera, self._progress = camera, 0.0

    def work(self, budget_ms: float) -> float:
        """Paint for about that long; returns the share done, 1.0 when nothing is left to paint.

        At least one step is done; another is begun only if it should end within the budget.
        """
        start = before = time.perf_counter()
        while self._job is not None:
            try:
                self._progress = next(self._job)
            except StopIteration as finished:
                self._finish(*finished.value)
            now = time.perf_counter()
            if (now - start) + (now - before) > budget_ms / 1000:
                break
            before = now
        if self._job is None:
            return 1.0 if self.outlined or self._trace(start + budget_ms / 2000) else 0.99
        return self._progress

    @property
    def outlined(self) -> bool:
        """Whether the outlines that are wanted are painted."""
        return self.front is None or all(key in self._outlines for key in self._wanted())

    def _wanted(self) -> list[tuple[str, bool]]:
        """Outlines of the country under the pointer and of the selected one, the latter above."""
        selected, hovered = self._outlined
        wanted = [(hovered, False)] if hovered and hovered != selected else []
        return wanted + ([(selected, True)] if selected else [])

    def _trace(self, end: float) -> bool:
        """Paint missing outlines until that moment; whether all are there."""
        wanted = [key for key in self._wanted() if key not in self._outlines]
        if self._tracing is None or self._tracing[0] not in wanted:
            while len(self._outlines) >= OUTLINES:  # a large country's outline is half a megabyte
                del self._outlines[next(k for k in self._outlines if k not in self._wanted())]
            assert self.front is not None
            self._tracing = wanted[-1], self._outline(self.front, *wanted[-1])
        key, steps = self._tracing
        while True:
            try:
                next(steps)
            except StopIteration as finished:
                self._outlines[key] = finished.value
                self._tracing, self._stale = None, True
                return self.outlined
            if time.perf_counter() > end:
                return False

    def paint_overview(self, camera: Camera) -> Generator[float, None, None]:
        """Paint the small picture of the whole map in steps; once for each size of window."""
        west, north, east, south = BOUNDS
        width = round(camera.width * OVERVIEW_SHARE)
        scale = width / (east - west)
        size = (width, math.ceil((south - north) * scale))
        whole = Camera((west + east) / 2, (north + south) / 2, scale, *size)
        painting = paint_buffer(self.data, whole, size, self.style, max(0.5, self.scale * scale / camera.scale))
        self._overview = yield from painting
        self._overview.recolour(self._fills, self.data, self.style)

    def draw(self, surface: pygame.Surface, camera: Camera) -> None:
        """Draw the map; where nothing is painted yet, the stretched overview or the sea."""
        front = self.front
        if front is None:
            surface.fill(self.style.sea_bottom)
        else:
            if self._stale:
                self._compose(front)
            if self._covers(front, camera, 0.0):
                surface.blit(front.image, (0, 0), self._source(front, camera))
                return
        for buffer in (self._overview, front):
            if buffer is not None:
                _stretch(surface, buffer, camera)

    def _paint(self, camera: Camera, size: tuple[int, int]) -> Painting:
        """Paint a buffer with its outlines, so that none is missing when it is shown."""
        painted = yield from paint_buffer(self.data, camera, size, self.style, self.scale, self._spare)
        outlines: Outlines = {}
        for key in self._wanted():
            steps = self._outline(painted, *key)
            while key not in outlines:
                try:
                    next(steps)
                except StopIteration as finished:
                    outlines[key] = finished.value
                yield 0.99
        return painted, outlines

    def _finish(self, painted: Buffer, outlines: Outlines) -> None:
        if self.front is None or self.front.size != painted.size:
            self.front = empty_buffer(painted.camera, painted.size)
        self._spare, self.front, self._job = self.front, painted, None
        self._outlines = outlines
        self._tracing = None
        self._stale = True

    def _compose(self, buffer: Buffer) -> None:
        buffer.recolour(self._fills, self.data, self.style)
        for key in self._wanted():
            for tile, place in self._outlines.get(key, ()):
                buffer.image.blit(tile, place, special_flags=pygame.BLEND_PREMULTIPLIED)
        self._stale = False

    def _outline(self, buffer: Buffer, country: str, strong: bool) -> Generator[None, None, OutlineTiles]:
        found = self.data.countries[country]
        strokes = outline_strokes(self.data, found, buffer.camera, buffer.size, self.style, self.scale, strong)
        painted: OutlineTiles = []
        for tile in tiles_of(pygame.Rect(0, 0, *buffer.size), OUTLINE_TILE, OUTLINE_TILE):
            yield
            surface = paint_strokes(tile, strokes)
            if surface is not None:
                painted.append((surface, tile))
        return painted

    def _buffer_size(self, camera: Camera) -> tuple[int, int]:
        return round(camera.width * BUFFER_FACTOR), round(camera.height * BUFFER_FACTOR)

    def _source(self, buffer: Buffer, camera: Camera) -> pygame.Rect:
        """The part of a buffer of the same zoom that the camera sees."""
        x = (camera.x - buffer.camera.x) * camera.scale + (buffer.size[0] - camera.width) / 2
        y = (camera.y - buffer.camera.y) * camera.scale + (buffer.size[1] - camera.height) / 2
        return pygame.Rect(round(x), round(y), camera.width, camera.height)

    def _covers(self, buffer: Buffer, camera: Camera, margin: float) -> bool:
        return self._view_inside(buffer.camera, buffer.size, camera, margin)

    @staticmethod
    def _view_inside(painted: Camera, size: tuple[int, int], camera: Camera, margin: float) -> bool:
        """Whether a view and a margin (share of a screen, within the map's limits) lie in a buffer."""
        if abs(painted.scale - camera.scale) > 1e-9 or painted.width != camera.width:
            return False
        west, north, east, south = BOUNDS
        half_w, half_h = camera.width / camera.scale / 2, camera.height / camera.scale / 2
        reach_x, reach_y = half_w * (1 + 2 * margin), half_h * (1 + 2 * margin)
        have_x, have_y = size[0] / camera.scale / 2, size[1] / camera.scale / 2
        slack = 2.0 / camera.scale
        return (
            max(camera.x - reach_x, min(west, camera.x - half_w)) >= painted.x - have_x + slack
            and min(camera.x + reach_x, max(east, camera.x + half_w)) <= painted.x + have_x - slack
            and max(camera.y - reach_y, min(north, camera.y - half_h)) >= painted.y - have_y + slack
            and min(camera.y + reach_y, max(south, camera.y + half_h)) <= painted.y + have_y - slack
        )


def _stretch(surface: pygame.Surface, buffer: Buffer, camera: Camera) -> None:
    """Draw the part of a buffer of another zoom that the camera sees, stretched."""
    k = camera.scale / buffer.camera.scale
    left, top = camera.to_world((0, 0))
    x = (left - buffer.camera.x) * buffer.camera.scale + buffer.size[0] / 2
    y = (top - buffer.camera.y) * buffer.camera.scale + buffer.size[1] / 2
    seen = pygame.Rect(math.floor(x), math.floor(y), 0, 0)
    seen.w = math.ceil(x + camera.width / k) - seen.x
    seen.h = math.ceil(y + camera.height / k) - seen.y
    part = seen.clip(pygame.Rect(0, 0, *buffer.size))
    if part.w <= 0 or part.h <= 0:
        return
    size = (round(part.w * k), round(part.h * k))
    place = (round((part.x - x) * k), round((part.y - y) * k))
    surface.blit(pygame.transform.scale(buffer.image.subsurface(part), size), place)
