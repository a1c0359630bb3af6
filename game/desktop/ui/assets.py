"""Icons and flags from the project's SVG files: rasterised at three times the size, then reduced."""

from __future__ import annotations

from pathlib import Path

import pygame

from .cache import SurfaceCache
from .vision import Colour

OVERSAMPLE = 3


def assets_folder() -> Path:
    """The `assets` folder of an installed wheel or of a checkout.

    Raises FileNotFoundError when neither is there.
    """
    package = Path(__file__).resolve().parents[2]
    for folder in (package / "data" / "assets", package.parent / "assets"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("the assets folder is missing from the installation")


class Pictures:
    """Icons (tinted) and flags by file name without its ending, cached by size and colour."""

    def __init__(self, folder: Path | None = None, cache: SurfaceCache | None = None) -> None:
        self.folder = folder or assets_folder()
        self._cache = cache if cache is not None else SurfaceCache(4_000_000)
        self._names: dict[str, tuple[str, ...]] = {}

    def names(self, kind: str) -> tuple[str, ...]:
        """The names there are of a kind: `icons` or `flags`."""
        if kind not in self._names:
            self._names[kind] = tuple(sorted(path.stem for path in (self.folder / kind).glob("*.svg")))
        return self._names[kind]

    def icon(self, name: str, size: int, colour: Colour) -> pygame.Surface:
        """A square line icon of `size` screen pixels in one colour."""
        return self._cache.get(("icon", name, size, colour), lambda: self._make_icon(name, size, colour))

    def flag(self, name: str, height: int, radius: int = 0) -> pygame.Surface:
        """A flag `height` screen pixels high and half as wide again, its corners rounded, with a hair line."""
        return self._cache.get(("flag", name, height, radius), lambda: self._make_flag(name, height, radius))

    def _load(self, kind: str, name: str, size: tuple[int, int]) -> pygame.Surface:
        path = self.folder / kind / f"{name}.svg"
        if not path.is_file():
            raise KeyError(f"no file {name!r} among the {kind}; there are {', '.join(self.names(kind))}")
        return pygame.image.load_sized_svg(str(path), size)

    def _make_icon(self, name: str, size: int, colour: Colour) -> pygame.Surface:
        big = self._load("icons", name, (size * OVERSAMPLE, size * OVERSAMPLE))
        # Where the drawing is transparent its pixels are black: give them the colour too, or reducing mixes
        # black into every edge.
        flat = pygame.Surface(big.get_size(), pygame.SRCALPHA)
        flat.fill((*colour, 255))
        white = big.copy()
        white.fill((255, 255, 255, 0), special_flags=pygame.BLEND_RGBA_MAX)
        flat.blit(white, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
        return pygame.transform.smoothscale(flat, (size, size))

    def _make_flag(self, name: str, height: int, radius: int) -> pygame.Surface:
        width = round(height * 1.5)
        big_size = (width * OVERSAMPLE, height * OVERSAMPLE)
        big = pygame.Surface(big_size, pygame.SRCALPHA)
        big.blit(self._load("flags", name, big_size), (0, 0))
        big.fill((0, 0, 0, 255), special_flags=pygame.BLEND_RGBA_MAX)  # no seams between touching stripes
        mask = pygame.Surface(big_size, pygame.SRCALPHA)
        mask.fill((255, 255, 255, 0))
        pygame.draw.rect(mask, (255, 255, 255, 255), mask.get_rect(), border_radius=radius * OVERSAMPLE)
        edge = pygame.Surface(big_size, pygame.SRCALPHA)
        pygame.draw.rect(edge, (20, 33, 46, 46), edge.get_rect(), OVERSAMPLE, border_radius=radius * OVERSAMPLE)
        big.blit(edge, (0, 0))
        big.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
        return pygame.transform.smoothscale(big, (width, height))
