"""The map beneath the screens: made once for a window, painted in idle moments, shown in the theme's colours."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from io import BytesIO

import pygame

from game.desktop.map import Arc, Fill, Hit, HotspotMark, MapState, MapStyle, MapView, MissionMark, Pattern, Trend
from game.desktop.map.geometry import MapData, load_map
from game.desktop.ui.assets import assets_folder
from game.desktop.ui.fonts import _FILES as FILES
from game.desktop.ui.kit import Kit
from game.desktop.ui.ledger import Entry, Ledger
from game.desktop.ui.theme import Theme
from game.desktop.ui.vision import Colour
from game.views.map import MapPicture

BUDGET_MS = 5.0
PATTERNS = {
    "": Pattern.NONE,
    "hatch": Pattern.HATCH,
    "back_hatch": Pattern.BACK_HATCH,
    "cross": Pattern.CROSS,
    "dots": Pattern.DOTS,
}
TRENDS = {1: Trend.UP, -1: Trend.DOWN, 0: Trend.FLAT}


class MapFonts:
    """The packaged fonts at their true size, as the map's lettering wants them."""

    def __init__(self, kit: Kit) -> None:
        self._em = kit.type.fonts.em
        self._bytes: dict[str, bytes] = {}
        self._fonts: dict[tuple[str, int], pygame.font.Font] = {}

    def __call__(self, role: str, px: int) -> pygame.font.Font:
        if (role, px) not in self._fonts:
            package, name = FILES[role]
            if name not in self._bytes:
                self._bytes[name] = resources.files(package).joinpath("files", name).read_bytes()
            em = round(self._em(role, px))  # type: ignore[arg-type]
            self._fonts[role, px] = pygame.font.Font(BytesIO(self._bytes[name]), em)
        return self._fonts[role, px]


def colours(theme: Theme, scale: str, count: int) -> tuple[Colour, ...]:
    """The colours of a scale's steps: `ladder` (from outside to inside), `heat` (bad upwards), `health`."""
    ramps: dict[str, tuple[Colour, ...]] = {
        "ladder": theme.ladder,
        "heat": theme.tension,
        "health": (theme.t4, theme.t2, theme.t1, theme.action_plan, theme.member),
    }
    ramp = ramps[scale]
    if count == len(ramp):
        return ramp
    found = []
    for step in range(count):
        at = step * (len(ramp) - 1) / max(1, count - 1)
        low = min(int(at), len(ramp) - 2)
        share = at - low
        r, g, b = (round(x + (y - x) * share) for x, y in zip(ramp[low], ramp[low + 1], strict=True))
        found.append((r, g, b))
    return tuple(found)


class Backdrop:
    """The map of one window. `state` is a picture of the views in the theme's colours."""

    def __init__(self, kit: Kit, patterns: bool, data: MapData | None = None) -> None:
        self.kit, self.patterns = kit, patterns
        self.data = data or load_map(assets_folder())
        self.view = MapView(
            self.data, kit.metrics.size, MapFonts(kit), kit.s, kit.pictures.icon, style(kit.theme), self._free(kit)
        )
        self.view.show(self.state(None))
        self.picture: MapPicture | None = None
        self.hovered: str | None = None
        self._unsettled = 2
        self.moving: bool = False

    @staticmethod
    def _free(kit: Kit) -> tuple[int, int, int, int]:
        """The part of the window that the play screen leaves to the map."""
        m = kit.metrics
        if m.compact:
            rect = kit.rect(92, 60, m.wide - 92 - 410, m.high - 60 - 190)
        else:
            rect = kit.rect(124, 72, m.wide - 124 - 480, m.high - 72 - 264)
        return rect.x, rect.y, rect.w, rect.h

    @property
    def free(self) -> pygame.Rect:
        """The part of the window that the play screen leaves to the map."""
        return pygame.Rect(self._free(self.kit))

    def show(self, picture: MapPicture | None, hovered: str | None = None) -> None:
        """Show another picture, or an empty map."""
        if (picture, hovered) == (self.picture, self.hovered):
            return
        self.picture, self.hovered = picture, hovered
        self.view.show(self.state(picture, hovered))
        self._unsettled = 2

    def state(self, picture: MapPicture | None, hovered: str | None = None) -> MapState:
        """A picture in the theme's colours, without what the map does not know."""
        if picture is None:
            return MapState("empty", labels=dict.fromkeys(self.data.countries, ""))
        shades = colours(self.kit.theme, picture.scale, len(picture.legend))
        known = self.data.countries
        fills = {}
        for place, step in picture.shades.items():
            if place in known:
                pattern = picture.legend[step].pattern
                shown = self.patterns or step == picture.blank
                fills[place] = Fill(shades[step], PATTERNS[pattern] if shown else Pattern.NONE)
        return MapState(
            picture.mode,
            fills,
            {place: name for place, name in picture.labels.items() if place in known},
            tuple(HotspotMark(s.id, s.name, s.heat) for s in picture.spots if s.id in self.data.hotspots),
            tuple(MissionMark(p.id, p.name, p.detail, p.icon) for p in picture.posts if p.id in self.data.missions),
            tuple(
                Arc(a.first, a.second, a.value, TRENDS[a.way])
                for a in picture.arcs
                if a.first in known and a.second in known
            ),
            picture.selected if picture.selected in known else None,
            hovered if hovered in known else None,
            picture.footnote,
        )

    # -- the camera --------------------------------------------------------------------------------

    def move(self, change: Callable[[MapView], None]) -> None:
        """Pan, zoom or fly by a method of the view."""
        before = self.view.camera
        change(self.view)
        if self.view.camera != before:
            self._unsettled = 2

    def hit(self, at: tuple[int, int]) -> Hit | None:
        return self.view.hit(at)

    # -- frames ------------------------------------------------------------------------------------

    def work(self, budget_ms: float = BUDGET_MS) -> bool:
        """Paint a little; whether the picture on the screen is out of date."""
        was = self.view.under_way
        self.share = self.view.work(budget_ms)
        if self.view.under_way != was:
            self._unsettled = max(self._unsettled, 1)
        dirty = self._unsettled > 0
        self._unsettled = max(0, self._unsettled - 1)
        return dirty

    @property
    def ready(self) -> bool:
        """Whether the map can be looked at."""
        return self.view._base.front is not None

    def finish(self) -> None:
        """Paint everything now: for pictures and tests."""
        self.view.finish()
        self._unsettled = 2

    def draw(self, surface: pygame.Surface, ledger: Ledger | None = None) -> None:
        screen = surface.get_rect()
        if ledger is None:
            self.view.draw(surface)
            return
        self.view.draw(surface, lambda text, rect: ledger.record(Entry(text, rect, screen, screen, -1)))


def style(theme: Theme) -> MapStyle:
    """The map's own colours from the interface's theme."""
    return MapStyle(ink=theme.ink, ink2=theme.ink2, navy=theme.navy, panel=theme.panel, amber=theme.amber)
