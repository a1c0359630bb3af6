"""The map as the desktop uses it: one object with a camera, a state, drawing and hit testing."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence

import pygame

from game.desktop.map.base import paint_buffer
from game.desktop.map.basemap import BaseMap
from game.desktop.map.camera import Camera
from game.desktop.map.geometry import MapData, Point, Polyline
from game.desktop.map.hit import hit
from game.desktop.map.layout import Layout, LayoutMaker
from game.desktop.map.model import Hit, MapState
from game.desktop.map.overlay import LedgerEntry, draw_overlay
from game.desktop.map.sprites import FontFor, IconFor, Sprites
from game.desktop.map.style import MapStyle

Bounds = tuple[float, float, float, float]
STEPS = 20
IN_SIGHT = 0.6
"""Share of a country's bounds that has to lie in the free part of the screen for it to be in sight."""
FOCUS_FILL = 0.55
"""Share of the screen a country takes up when it is brought into view."""


class MapView:
    """The map on a screen of `size` pixels at UI scale `scale`.

    Every frame: `work(budget_ms)`, then `draw(surface)`. Lettering is laid out anew when the camera
    rests, a little in every `work`; until then, and while the map moves, lettering moves along.
    """

    def __init__(
        self,
        data: MapData,
        size: tuple[int, int],
        font: FontFor,
        scale: float,
        icon: IconFor | None = None,
        style: MapStyle | None = None,
        free: tuple[int, int, int, int] | None = None,
    ) -> None:
        self.data = data
        self.style = style or MapStyle()
        self.camera = Camera.home(*size, free)
        self.state = MapState("")
        self.keep_out: tuple[pygame.Rect, ...] = ()
        self.scale = scale
        self._font, self._icon, self._free = font, icon, free
        self._restyle()

    def _restyle(self) -> None:
        self._base = BaseMap(self.data, self.style, self.scale)
        self._maker = LayoutMaker(self.data, Sprites(self._font, self.scale, self.style, self._icon))
        self._overview: Generator[float, None, None] | None = self._base.paint_overview(self.camera)
        self._layout = Layout()
        self._laid_out_for: tuple[object, object, Camera] | None = None
        self._setting: tuple[tuple[object, object, Camera], Generator[None, None, Layout]] | None = None
        self._drawn_camera: Camera | None = None
        self._base.show(self.state.fills, self.state.selected, self.state.hovered)

    def show(self, state: MapState) -> None:
        """Show another state: recolouring at once, lettering at the next draw."""
        self.state = state
        self._base.show(state.fills, state.selected, state.hovered)

    def keep_clear(self, panels: Sequence[pygame.Rect]) -> None:
        """Keep lettering and callouts off these screen rectangles."""
        self.keep_out = tuple(r.copy() for r in panels)

    def resize(self, size: tuple[int, int], scale: float, free: tuple[int, int, int, int] | None = None) -> None:
        """Another window size or UI scale: the same land stays in view."""
        if (self.camera.width, self.camera.height, self.scale) == (*size, scale):
            return
        self.camera, self.scale, self._free = self.camera.resized(*size), scale, free
        self._restyle()

    def restyle(self, style: MapStyle) -> None:
        """Other colours for sea, land and marks."""
        self.style = style
        self._restyle()

    def pan(self, dx: float, dy: float) -> None:
        """Drag the land by pixels."""
        self.camera = self.camera.panned(dx, dy)

    def zoom(self, factor: float, pixel: Point) -> None:
        """Zoom by a factor about a pixel."""
        self.camera = self.camera.zoomed(factor, pixel)

    def home(self) -> None:
        """Go back to the opening view."""
        self.camera = Camera.home(self.camera.width, self.camera.height, self._free)

    def focus(self, country: str) -> None:
        """Bring a country into the middle of the free part of the screen, zooming if it is small."""
        west, north, east, south = self.data.countries[country].bounds
        left, top, width, height = self._free or (0, 0, self.camera.width, self.camera.height)
        scale = FOCUS_FILL * min(width / (east - west), height / (south - north))
        camera = self.camera.centred(((west + east) / 2, (north + south) / 2), scale)
        dx, dy = left + width / 2 - camera.width / 2, top + height / 2 - camera.height / 2
        self.camera = camera.panned(dx, dy)

    def bring(self, country: str) -> None:
        """Move as little as needed until most of a country lies in the free part of the screen; nothing if it does.

        Islands and what lies apart do not count.
        """
        known = self.data.countries.get(country)
        if known is None:
            return
        bounds = max((_bounds(ring) for ring in known.rings), key=_area)
        free = self._free or (0, 0, self.camera.width, self.camera.height)
        if self._share(self.camera, bounds, free) >= IN_SIGHT:
            return
        west, north, east, south = _on_screen(self.camera, bounds)
        fits = min(1.0, free[2] / (east - west), free[3] / (south - north))
        camera = self.camera.zoomed(fits, (free[0] + free[2] / 2, free[1] + free[3] / 2))
        west, north, east, south = _on_screen(camera, bounds)
        dx, dy = _shift(west, east, free[0], free[2]), _shift(north, south, free[1], free[3])
        for step in range(STEPS + 1):
            self.camera = camera.panned(dx * step / STEPS, dy * step / STEPS)
            if self._share(self.camera, bounds, free) >= IN_SIGHT:
                return

    @staticmethod
    def _share(camera: Camera, bounds: Bounds, free: tuple[int, int, int, int]) -> float:
        """How much of what has these bounds lies in a part of the screen, 0 to 1."""
        west, north, east, south = _on_screen(camera, bounds)
        across = min(east, free[0] + free[2]) - max(west, free[0])
        down = min(south, free[1] + free[3]) - max(north, free[1])
        return max(0.0, across) * max(0.0, down) / ((east - west) * (south - north))

    def work(self, budget_ms: float) -> float:
        """Paint in the background for about that long; returns the share done, 1.0 when all is crisp."""
        if self._setting is not None:
            self._set(budget_ms)
            return 0.99
        zooming = self._drawn_camera is not None and self._drawn_camera.scale != self.camera.scale
        self._base.aim(self.camera, zooming)
        share = self._base.work(budget_ms)
        if share >= 1.0 and self._overview is not None and self._base.front is not None:
            share = 0.99
            if next(self._overview, None) is None:
                self._overview, share = None, 1.0
        return share

    def finish(self) -> None:
        """Paint until everything is crisp: for start-up, screenshots and tests."""
        self._drawn_camera = self.camera
        self._setting = None
        while self.work(1000.0) < 1.0:
            pass
        self._lay_out()

    @property
    def crisp(self) -> bool:
        """Whether the base map is painted sharply for the present view."""
        return self._base.crisp(self.camera)

    def draw(self, surface: pygame.Surface, ledger: LedgerEntry | None = None) -> None:
        """Draw the map and its overlay at the surface's top left."""
        self._base.draw(surface, self.camera)
        at_rest = self._drawn_camera is None or self._drawn_camera == self.camera
        self._drawn_camera = self.camera
        wanted, known = self._wanted(), self._laid_out_for
        if known is None or wanted[0] != known[0] or ledger is not None:
            self._lay_out()
        elif wanted == known or not at_rest:
            self._setting = None
        elif self._setting is None or self._setting[0] != wanted:
            # The old lettering serves until the new is set.
            self._setting = wanted, self._maker.steps(self.state, self.camera, self.keep_out)
        draw_overlay(surface, self._layout, self.camera, self.keep_out, self.style, self.scale, ledger)

    def hit(self, pixel: Point) -> Hit | None:
        """What lies under a pixel; None at sea, on background countries and under panels."""
        if any(r.collidepoint(pixel) for r in self.keep_out):
            return None
        return hit(self.data, self._layout, self.camera, pixel, self.scale)

    @property
    def under_way(self) -> tuple[bool, bool, bool]:
        """What changes as work goes on: crisp base, outlines painted, lettering being set."""
        return self.crisp, self._base.outlined, self._setting is not None

    def _wanted(self) -> tuple[object, object, Camera]:
        """What the lettering depends on."""
        return _content(self.state), tuple(tuple(r) for r in self.keep_out), self.camera

    def _lay_out(self) -> None:
        """Lay out at once, unless it is done."""
        self._setting, wanted = None, self._wanted()
        if wanted != self._laid_out_for:
            self._layout = self._maker.make(self.state, self.camera, self.keep_out)
            self._laid_out_for = wanted

    def _set(self, budget_ms: float) -> None:
        """Go on laying out for about that long."""
        assert self._setting is not None
        wanted, steps = self._setting
        end = time.perf_counter() + budget_ms / 1000
        try:
            next(steps)
            while time.perf_counter() < end:
                next(steps)
        except StopIteration as done:
            self._layout, self._laid_out_for, self._setting = done.value, wanted, None


def _bounds(ring: Polyline) -> Bounds:
    """West, north, east, south of a ring."""
    west, north = ring.min(axis=0).tolist()
    east, south = ring.max(axis=0).tolist()
    return west, north, east, south


def _on_screen(camera: Camera, bounds: Bounds) -> Bounds:
    return *camera.to_screen(bounds[:2]), *camera.to_screen(bounds[2:])


def _area(bounds: Bounds) -> float:
    return (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])


def _shift(low: float, high: float, begin: float, room: float) -> float:
    """How far low to high has to move to lie within `room` pixels from `begin`; in the middle where it is larger."""
    if high - low >= room:
        return begin + room / 2 - (low + high) / 2
    return max(0.0, begin - low) + min(0.0, begin + room - high)


def still(
    data: MapData,
    camera: Camera,
    state: MapState,
    font: FontFor,
    scale: float,
    icon: IconFor | None = None,
    style: MapStyle | None = None,
) -> pygame.Surface:
    """A finished picture of the map of the camera's size, for a card or an export."""
    style = style or MapStyle()
    painting = paint_buffer(data, camera, _padded(camera), style, scale)
    while True:
        try:
            next(painting)
        except StopIteration as finished:
            buffer = finished.value
            break
    buffer.recolour(state.fills, data, style)
    surface = pygame.Surface((camera.width, camera.height))
    offset = ((camera.width - buffer.size[0]) // 2, (camera.height - buffer.size[1]) // 2)
    surface.blit(buffer.image, offset)
    layout = LayoutMaker(data, Sprites(font, scale, style, icon)).make(state, camera, ())
    draw_overlay(surface, layout, camera, (), style, scale)
    return surface


def _padded(camera: Camera) -> tuple[int, int]:
    """A buffer size that covers the camera and is even about its centre."""
    return (camera.width + 15) // 8 * 8, (camera.height + 15) // 8 * 8


def _content(state: MapState) -> tuple[object, ...]:
    """What the lettering shows: everything but selection and the pointer."""
    return (
        state.mode,
        dict(state.fills),
        dict(state.labels),
        tuple(state.hotspots),
        tuple(state.missions),
        tuple(state.arcs),
        state.footnote,
        dict(state.places),
    )
