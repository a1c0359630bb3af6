"""The camera: where the screen looks and how large a kilometre appears."""

from __future__ import annotations

from dataclasses import dataclass, replace

from game.desktop.map.geometry import Point

BOUNDS = (-1000.0, -840.0, 2000.0, 1080.0)
"""West, north, east, south limits of what the screen may show, kilometres."""
HOME = (35.0, -55.0)
"""Centre of the opening view, kilometres: the Western Balkans."""
HOME_SCALE = 1.13
"""Pixels per kilometre of the opening view at 1920 x 1080."""
MAX_SCALE = 6.0
"""Pixels per kilometre at the closest zoom at 1920 x 1080."""


@dataclass(frozen=True)
class Camera:
    """A view of the plane: `x`, `y` in kilometres at the screen's centre, `scale` in pixels a kilometre.

    Every method returns a new camera kept inside the limits.
    """

    x: float
    y: float
    scale: float
    width: int
    height: int

    @staticmethod
    def home(width: int, height: int, free: tuple[int, int, int, int] | None = None) -> Camera:
        """The opening view for a screen of that size in pixels.

        `free` is the part not hidden by panels (left, top, width, height); the region is centred there.
        """
        scale = HOME_SCALE * min(width / 1920, height / 1080)
        left, top, free_width, free_height = free or (0, 0, width, height)
        x = HOME[0] + (width / 2 - left - free_width / 2) / scale
        y = HOME[1] + (height / 2 - top - free_height / 2) / scale
        return Camera(x, y, scale, width, height).limited()

    @property
    def min_scale(self) -> float:
        """The widest zoom: the screen never shows more than the limits."""
        west, north, east, south = BOUNDS
        return max(self.width / (east - west), self.height / (south - north))

    @property
    def max_scale(self) -> float:
        """The closest zoom."""
        return max(self.min_scale, MAX_SCALE * min(self.width / 1920, self.height / 1080))

    def limited(self) -> Camera:
        """This camera moved and scaled as little as needed to stay inside the limits."""
        scale = min(max(self.scale, self.min_scale), self.max_scale)
        west, north, east, south = BOUNDS
        half_w, half_h = self.width / scale / 2, self.height / scale / 2
        x = min(max(self.x, west + half_w), east - half_w)
        y = min(max(self.y, north + half_h), south - half_h)
        return replace(self, x=x, y=y, scale=scale)

    def to_screen(self, point: Point) -> Point:
        """Pixels from the screen's top left for a world point."""
        return (
            (point[0] - self.x) * self.scale + self.width / 2,
            (point[1] - self.y) * self.scale + self.height / 2,
        )

    def to_world(self, pixel: Point) -> Point:
        """World point under a pixel."""
        return (
            (pixel[0] - self.width / 2) / self.scale + self.x,
            (pixel[1] - self.height / 2) / self.scale + self.y,
        )

    def panned(self, dx: float, dy: float) -> Camera:
        """Drag the map by pixels: the land moves with the hand."""
        return replace(self, x=self.x - dx / self.scale, y=self.y - dy / self.scale).limited()

    def zoomed(self, factor: float, pixel: Point) -> Camera:
        """Zoom by a factor and keep the world point under the pixel where it is, limits permitting."""
        scale = min(max(self.scale * factor, self.min_scale), self.max_scale)
        under = self.to_world(pixel)
        return replace(
            self,
            x=under[0] - (pixel[0] - self.width / 2) / scale,
            y=under[1] - (pixel[1] - self.height / 2) / scale,
            scale=scale,
        ).limited()

    def centred(self, point: Point, scale: float | None = None) -> Camera:
        """Look at a world point, at another scale if given."""
        return replace(self, x=point[0], y=point[1], scale=scale or self.scale).limited()

    def resized(self, width: int, height: int) -> Camera:
        """The same view on a screen of another size: the same land, larger or smaller."""
        factor = min(width / self.width, height / self.height)
        return replace(self, width=width, height=height, scale=self.scale * factor).limited()
