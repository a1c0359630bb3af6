"""The packaged fonts by role, rasterised anew for each pixel size asked for and never stretched."""

from __future__ import annotations

from importlib import resources
from io import BytesIO
from typing import Final, Literal

import pygame

Role = Literal["ui", "semibold", "bold", "display", "serif_bold", "serif_italic"]

_FILES: Final[dict[str, tuple[str, str]]] = {
    "ui": ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    "semibold": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    "bold": ("font_source_sans_pro", "SourceSansPro-Bold.ttf"),
    "display": ("font_source_sans_pro", "SourceSansPro-Bold.ttf"),
    "serif_bold": ("font_source_serif_pro", "SourceSerifPro-Bold.ttf"),
    "serif_italic": ("font_source_serif_pro", "SourceSerifPro-It.ttf"),
}
# Source Sans has a small eye for its em; the factor gives it the size the tokens mean.
_OPTICAL: Final[dict[str, float]] = {"serif_bold": 1.04, "serif_italic": 1.04}
_SANS_OPTICAL: Final = 1.12
CAP_HEIGHT: Final = 0.66  # of the em, both families within 0.01


class Fonts:
    """A cache of `pygame.font.Font` by role and pixel size."""

    def __init__(self) -> None:
        if not pygame.font.get_init():
            pygame.font.init()
        self._bytes: dict[str, bytes] = {}
        self._fonts: dict[tuple[str, int], pygame.font.Font] = {}

    def em(self, role: Role, px: int) -> float:
        """Em in screen pixels for a nominal size `px`."""
        return px * _OPTICAL.get(role, _SANS_OPTICAL)

    def over(self, role: Role, px: int) -> int:
        """How many times too large the role's letters are rasterised before they are reduced.

        Small letters set on whole pixels stand unevenly; those of 40 px and more do not need it.
        """
        em = self.em(role, px)
        return 4 if em < 24 else 2 if em < 40 else 1

    def get(self, role: Role, px: int) -> pygame.font.Font:
        """The font of `role` for nominal size `px` screen pixels, `over` times too large."""
        key = (role, px)
        if key not in self._fonts:
            package, name = _FILES[role]
            if name not in self._bytes:
                self._bytes[name] = resources.files(package).joinpath("files", name).read_bytes()
            size = round(self.em(role, px) * self.over(role, px))
            self._fonts[key] = pygame.font.Font(BytesIO(self._bytes[name]), size)
        return self._fonts[key]
