"""The styled base map as a buffer larger than the screen, painted in small steps.

A buffer holds a palette image of the countries and one overlay with all that does not depend on the
map mode: sea with coastal glow, graticule, lakes, inner shade, coasts and borders. Recolouring is a
palette change and two blits.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pygame
from numpy.typing import NDArray

from game.desktop.map.camera import Camera
from game.desktop.map.clip import clip_ring
from game.desktop.map.geometry import MapData, Polyline
from game.desktop.map.glow import COARSE, inner_shade, sea_colours
from game.desktop.map.lines import line_strokes, to_buffer
from game.desktop.map.model import Fill
from game.desktop.map.pattern import STATES, entries, texture
from game.desktop.map.strokes import (
    FINE,
    Stroke,
    halved,
    paint_strokes,
    tiles_of,
)
from game.desktop.map.style import MapStyle

T = TypeVar("T")
TILE = (320, 96)
"""Pixels of a tile; painting one takes a few milliseconds."""
STRIP = 240
"""Columns textured in one step."""
MARGIN = 8.0
"""Rings are clipped this many pixels outside what is drawn."""


@dataclass
class Buffer:
    """A painted map. `camera` is what it was painted for; its centre is the buffer's centre."""

    camera: Camera
    size: tuple[int, int]
    index: pygame.Surface
    overlay: pygame.Surface
    image: pygame.Surface
    first_index: dict[str, int]

    def recolour(self, fills: Mapping[str, Fill], data: MapData, style: MapStyle) -> None:
        """Compose the image anew for these fills; countries without one get the land colour."""
        palette = [style.land_far] * 256
        for country, first in self.first_index.items():
            if data.countries[country].regional:
                palette[first : first + STATES] = entries(fills.get(country, Fill(style.land)), style)
        self.index.set_palette(palette)
        self.image.blit(self.index, (0, 0))
        self.image.blit(self.overlay, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)


def empty_buffer(camera: Camera, size: tuple[int, int]) -> Buffer:
    """Surfaces for a buffer of that size, touched once so that painting finds its memory ready."""
    size = (size[0] - size[0] % COARSE, size[1] - size[1] % COARSE)
    index = pygame.Surface(size, 0, 8)
    overlay, image = pygame.Surface(size, pygame.SRCALPHA), pygame.Surface(size)
    for surface in (index, overlay, image):
        surface.fill(1)
    return Buffer(camera, size, index, overlay, image, {})


def paint_buffer(
    data: MapData,
    camera: Camera,
    size: tuple[int, int],
    style: MapStyle,
    s: float,
    spare: Buffer | None = None,
) -> Generator[float, None, Buffer]:
    """Paint a buffer of that size around a camera; yields the share done, returns the buffer.

    `s` is the UI scale, which widens strokes and textures. Steps take about five milliseconds each.
    A spare buffer of the same size lends its surfaces, which saves asking the system for memory.
    """
    size = (size[0] - size[0] % COARSE, size[1] - size[1] % COARSE)
    if spare is not None and spare.size != size:
        spare = None
    frame = pygame.Rect(0, 0, *size)
    rings: dict[str, list[Polyline]] = {}
    for ident, country in data.countries.items():
        found = [clip_ring(to_buffer(r, camera, size), _box(frame)) for r in country.rings]
        if kept := [r for r in found if len(r)]:
            rings[ident] = kept
    yield 0.02
    index = spare.index if spare else pygame.Surface(size, 0, 8)
    first_index = yield from _at(0.05, _paint_index(index, data, rings, camera, style, s))
    yield 0.10
    strokes = line_strokes(data, camera, size, style, s)
    lakes = [clip_ring(to_buffer(lake, camera, size), _box(frame)) for lake in data.lakes]
    flat = [r for found in rings.values() for r in found]
    water = [lake for lake in lakes if len(lake)]
    sea = yield from _at(0.12, sea_colours(flat, size, style, s))
    shade = yield from _at(0.18, inner_shade([strokes[k] for k in ("coast", "border", "disputed")], size, style, s))
    yield 0.20
    overlay = spare.overlay if spare else pygame.Surface(size, pygame.SRCALPHA)
    overlay.fill((0, 0, 0, 0))
    yield 0.20
    tiles = tiles_of(frame, *TILE)
    order = [strokes[k] for k in ("far", "coast", "border_halo", "border", "dot_halo", "dot", "dash_halo", "disputed")]
    row_top, row_land, row_water = -1, flat, water
    for done, tile in enumerate(tiles):
        if tile.top != row_top:
            row_top = tile.top
            row = _box(pygame.Rect(0, tile.top, size[0], tile.height))
            row_land, row_water = _clipped(flat, row), _clipped(water, row)
        _paint_tile(overlay, tile, row_land, row_water, sea, shade, strokes["graticule"])
        yield 0.20 + 0.78 * (done + 0.5) / len(tiles)
        lines = paint_strokes(tile, order)
        if lines is not None:
            overlay.blit(lines, tile, special_flags=pygame.BLEND_PREMULTIPLIED)
        yield 0.20 + 0.78 * (done + 1) / len(tiles)
    image = spare.image if spare else pygame.Surface(size)
    return Buffer(camera, size, index, overlay, image, first_index)


def _at(share: float, steps: Generator[None, None, T]) -> Generator[float, None, T]:
    """The same steps, each reported as that share of the whole."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            value: T = done.value
            return value
        yield share


def _box(rect: pygame.Rect) -> tuple[float, float, float, float]:
    return rect.left - MARGIN, rect.top - MARGIN, rect.right + MARGIN, rect.bottom + MARGIN


def _clipped(rings: Sequence[Polyline], box: tuple[float, float, float, float]) -> list[Polyline]:
    return [part for part in (clip_ring(r, box) for r in rings) if len(part)]


def _indices(data: MapData) -> dict[str, int]:
    """First palette index of each country: sixteen for those of the region, one shared by all others."""
    regional = [c.id for c in data.regional]
    if (len(regional) + 1) * STATES > 256:
        raise ValueError(f"{len(regional)} countries of the region found, at most {256 // STATES - 1} expected")
    out = {ident: STATES * (place + 1) for place, ident in enumerate(regional)}
    return {c: out.get(c, 1) for c in data.countries}


def _paint_index(
    index: pygame.Surface,
    data: MapData,
    rings: Mapping[str, list[Polyline]],
    camera: Camera,
    style: MapStyle,
    s: float,
) -> Generator[None, None, dict[str, int]]:
    first, size = _indices(data), index.get_size()
    index.set_palette([(i, i, i) for i in range(256)])
    index.fill(1)
    # Land bleeds a few pixels out to sea, so that the smooth edge of the sea has land below it.
    for ident, found in rings.items():
        for ring in found:
            pygame.draw.lines(index, first[ident], True, ring.tolist(), 5)
        yield
    for ident, found in rings.items():
        for ring in found:
            pygame.draw.polygon(index, first[ident], ring.tolist())
        yield
    pixels = pygame.surfarray.pixels2d(index)
    origin = (
        round(camera.x * camera.scale - size[0] / 2),
        round(camera.y * camera.scale - size[1] / 2),
    )
    spacing, width = round(style.hatch_spacing * s), style.hatch_width * s
    for start in range(0, size[0], STRIP):
        part = pixels[start : start + STRIP]
        states = texture((origin[0] + start, origin[1]), part.shape, spacing, width)
        np.add(part, states, out=part, where=part >= STATES)
        yield
    del pixels
    return first


def _upscaled(coarse: pygame.Surface, tile: pygame.Rect) -> pygame.Surface:
    """A tile of a coarse surface, which has one sample per COARSE pixels and one more at the end."""
    part = pygame.Rect(tile.x // COARSE, tile.y // COARSE, tile.w // COARSE + 1, tile.h // COARSE + 1)
    return pygame.transform.smoothscale(coarse.subsurface(part), tile.size)


def _paint_tile(
    overlay: pygame.Surface,
    tile: pygame.Rect,
    land: Sequence[Polyline],
    water: Sequence[Polyline],
    sea: pygame.Surface,
    shade: pygame.Surface,
    graticule: Stroke,
) -> None:
    overlay.blit(_upscaled(shade, tile), tile)
    box = _box(tile)
    here = _clipped(land, box)
    colours = _upscaled(sea, tile)
    if grid := paint_strokes(tile, [graticule]):
        colours.blit(grid, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)
    if here:
        cover = pygame.Surface((tile.w * FINE, tile.h * FINE), pygame.SRCALPHA)
        cover.fill((255, 255, 255, 255))
        corner: NDArray[np.float64] = np.array(tile.topleft, dtype=np.float64)
        for ring in here:
            pygame.draw.polygon(cover, (0, 0, 0, 0), ((ring - corner) * FINE).tolist())
        for lake in _clipped(water, box):
            pygame.draw.polygon(cover, (255, 255, 255, 255), ((lake - corner) * FINE).tolist())
        colours.blit(halved(cover), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    overlay.blit(colours, tile, special_flags=pygame.BLEND_PREMULTIPLIED)
