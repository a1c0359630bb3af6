"""Decides what is lettered where, for one camera and one state of the map."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pygame

from game.desktop.map.arcs import arc_points, arc_width
from game.desktop.map.camera import HOME_SCALE, Camera
from game.desktop.map.geometry import Country, MapData, Point, Town
from game.desktop.map.ground import Ground
from game.desktop.map.model import Arc, Colour, Fill, MapState
from game.desktop.map.placement import Room, around
from game.desktop.map.sprites import Lettering, Sprite, Sprites
from game.desktop.map.style import heat_colour, luminance, mix

TOWN_SCALE = {1: 0.0, 2: 1.55, 3: 2.6}
"""Pixels per kilometre, at UI scale 1, from which towns of a rank are shown."""
COUNTRY_SIZE = {"L": (19, 4.0), "M": (14.5, 2.4), "S": (13, 1.8)}
"""Design size and tracking of names of the region's countries."""
NAME_GROWTH = 0.35
"""Names grow with the zoom to this power, between 0.85 and 1.5 times their size."""
FAR_SIZE = {"L": (15, 3.0), "M": (13, 2.0), "S": (12.5, 1.0)}
SEA_SIZE = {"L": (23, 4.0), "M": (19, 3.0), "S": (14, 1.0)}
SEA_REACH_KM = {"L": 140.0, "M": 90.0, "S": 25.0}
"""How far a sea's name may be moved from its place."""
HOTSPOT_GAPS = (22.0, 34.0, 50.0, 72.0, 100.0)
MISSION_GAPS = (34.0, 46.0, 60.0, 80.0, 105.0, 140.0, 190.0, 250.0)


@dataclass(frozen=True)
class Mark:
    """A sprite tied to a world point; `offset` is from there to its top left, in pixels.

    Fixed to the screen if it has no anchor. A leader of that colour runs to a callout.
    """

    kind: str
    id: str
    anchor: Point | None
    offset: tuple[int, int]
    sprite: Sprite
    leader: Colour | None = None

    def rect(self, camera: Camera) -> pygame.Rect:
        """Where the sprite lies on the screen."""
        x, y = camera.to_screen(self.anchor) if self.anchor else (0.0, 0.0)
        return pygame.Rect((round(x) + self.offset[0], round(y) + self.offset[1]), self.sprite.size)


@dataclass
class Layout:
    """All marks in drawing order, and the arcs with their curves in world coordinates."""

    points: list[Mark] = field(default_factory=list)
    labels: list[Mark] = field(default_factory=list)
    callouts: list[Mark] = field(default_factory=list)
    arcs: list[tuple[Arc, list[Point]]] = field(default_factory=list)


class LayoutMaker:
    """Places everything for a state; holds what depends on the map file alone."""

    def __init__(self, data: MapData, sprites: Sprites) -> None:
        self.data = data
        self.sprites = sprites
        self.style = sprites.style
        self._inner: dict[str, list[Point]] = {}
        self._ground = Ground(data)

    def make(self, state: MapState, camera: Camera, keep_out: Sequence[pygame.Rect]) -> Layout:
        """The layout for a camera at rest. The same arguments always give the same layout.

        Raises KeyError for a hotspot, mission or country that is not on the map.
        """
        steps = self.steps(state, camera, keep_out)
        while True:
            try:
                next(steps)
            except StopIteration as done:
                layout: Layout = done.value
                return layout

    def steps(self, state: MapState, camera: Camera, keep_out: Sequence[pygame.Rect]) -> Generator[None, None, Layout]:
        """The same layout in steps of about a millisecond, so that no frame waits for it."""
        room = Room(pygame.Rect(0, 0, camera.width, camera.height).inflate(-8, -8), keep_out)
        out = Layout()
        self._note(state, room, out)
        self._points(state, camera, room, out)
        yield
        self._arcs(state, camera, room, out)
        yield
        for sea in self.data.seas:
            x, y = camera.to_screen(sea.at)
            room.soft.append(pygame.Rect(round(x) - 60, round(y) - 25, 120, 50))
        yield from self._countries(state, camera, room, out, regional=True)
        self._capitals(state, camera, room, out)
        yield
        yield from self._hotspots(state, camera, room, out)
        yield from self._missions(state, camera, room, out)
        yield from self._towns(state, camera, room, out)
        yield from self._countries(state, camera, room, out, regional=False)
        yield from self._seas(state, camera, room, out)
        return out

    def _note(self, state: MapState, room: Room, out: Layout) -> None:
        """The footnote at the foot of the map, in as few lines as find room."""
        for lines in (1, 2, 3) if state.footnote else ():
            sprite = self.sprites.note(state.footnote, lines)
            b, (_, h) = room.bounds, sprite.size
            rows = range(b.bottom - h, b.centery, -self.sprites.px(12))
            corners = ((float(x), float(y)) for y in rows for x in range(b.left, b.right, self.sprites.px(20)))
            if rect := room.first(sprite.size, corners):
                out.callouts.append(Mark("note", "footnote", None, rect.topleft, sprite))
                return

    def _points(self, state: MapState, camera: Camera, room: Room, out: Layout) -> None:
        style, make = self.style, self.sprites
        dot = make.point(4.2, style.panel, style.ink, 1.5)
        pinned = [camera.to_screen(self.data.missions[m.id]) for m in state.missions]
        for country in self.data.countries.values():
            if country.capital_at is None or not self._named(state, country.id, country.capital):
                continue
            if all(math.dist(camera.to_screen(country.capital_at), p) > make.px(7) for p in pinned):
                self._point("capital", country.id, country.capital_at, dot, camera, room, out)
        pin = make.point(5.0, style.navy, style.white, 1.7)
        for mission in state.missions:
            self._point("mission", mission.id, self.data.missions[mission.id], pin, camera, room, out)
        for spot in state.hotspots:
            marker = make.marker(heat_colour(style, spot.heat))
            self._point("hotspot", spot.id, self.data.hotspots[spot.id], marker, camera, room, out)

    def _point(self, kind: str, ident: str, at: Point, sprite: Sprite, camera: Camera, room: Room, out: Layout) -> None:
        w, h = sprite.size
        mark = Mark(kind, ident, at, (-w // 2, -h // 2), sprite)
        rect = mark.rect(camera)
        out.points.append(mark)
        if room.bounds.colliderect(rect):
            core = rect.inflate(-w // 4, -h // 4)
            room.take(core)
            if kind == "hotspot":
                room.markers.append(core)

    def _arcs(self, state: MapState, camera: Camera, room: Room, out: Layout) -> None:
        for arc in state.arcs:
            curve = arc_points(self.data, arc)
            if curve is None:
                continue
            out.arcs.append((arc, curve))
            sprite = self.sprites.value_pill(arc.value, arc.trend, heat_colour(self.style, arc.value))
            w, h = sprite.size
            for i in (12, 10, 14, 8, 16, 6, 18):
                x, y = camera.to_screen(curve[i])
                rect = pygame.Rect(round(x) - w // 2, round(y) - h // 2, w, h)
                if room.free(rect):
                    room.take(rect)
                    offset = (-(w // 2), -(h // 2))
                    out.callouts.append(Mark("arc", f"{arc.a}-{arc.b}", curve[i], offset, sprite))
                    break
        for arc, curve in out.arcs:
            side = round(arc_width(arc.value, self.sprites.scale)) + 4
            strip = [pygame.Rect(0, 0, side, side) for _ in curve]
            for rect, point in zip(strip, curve, strict=True):
                x, y = camera.to_screen(point)
                rect.center = (round(x), round(y))
            # The ends stay free for the capitals' names.
            room.taken += strip[2:-2]

    def _countries(self, state: MapState, camera: Camera, room: Room, out: Layout, regional: bool) -> Iterator[None]:
        # Small countries choose first: large ones have room elsewhere.
        for country in sorted(self.data.countries.values(), key=lambda c: "SML".index(c.size)):
            name = state.labels.get(country.id, country.name)
            if country.regional is not regional or country.anchor is None or not name:
                continue
            sprites = list(self._country_sprites(state, country, name, camera))
            marks = (self._in_country(country, sprite, camera, room) for sprite in sprites)
            mark = next((m for m in marks if m), None)
            if mark is None and regional:
                marks = (self._near_anchor(country, sprite, camera, room) for sprite in sprites)
                mark = next((m for m in marks if m), None)
            if mark:
                out.labels.append(mark)
            yield

    def _country_sprites(self, state: MapState, country: Country, name: str, camera: Camera) -> Iterable[Sprite]:
        growth = (camera.scale / self.sprites.scale / HOME_SCALE) ** NAME_GROWTH
        growth = min(1.5, max(0.85, round(growth * 20) / 20))
        sizes = COUNTRY_SIZE if country.regional else FAR_SIZE
        fill = state.fills.get(country.id, Fill(self.style.land)).colour if country.regional else None
        text = name.upper()
        for size, tracking in [sizes[country.size]] + ([sizes["S"]] if country.size != "S" else []):
            if fill is None:
                colour, halo = self.style.far_name, None
            else:
                colour, halo = self._ink_on(fill)
            letters = Lettering(
                "bold" if country.regional else "semibold",
                self.sprites.text_px(size * growth),
                colour,
                halo,
                self.sprites.px(tracking * growth, 0),
                self.sprites.px(2.2),
            )
            whole, split = (text,), _split(text)
            for lines in (split, whole) if len(text) > 16 else (whole, split):
                yield self.sprites.label(lines, letters)

    def _ink_on(self, fill: Colour) -> tuple[Colour, Colour]:
        """Lettering and halo that stay legible on a fill."""
        if luminance(fill) < 0.56:
            return self.style.white, mix(fill, self.style.ink, 0.62)
        return self.style.ink, mix(fill, self.style.white, 0.78)

    def _in_country(self, country: Country, sprite: Sprite, camera: Camera, room: Room) -> Mark | None:
        w, h = sprite.size
        assert country.anchor is not None
        for point in self._places(country):
            x, y = camera.to_screen(point)
            rect = pygame.Rect(round(x) - w // 2, round(y) - h // 2, w, h)
            if not room.free(rect):
                continue
            by_hand = country.regional and point == country.anchor
            if not by_hand and self._ground_under(rect, camera) != {country.id}:
                continue
            room.take(rect)
            return Mark("country", country.id, point, (-(w // 2), -(h // 2)), sprite)
        return None

    def _near_anchor(self, country: Country, sprite: Sprite, camera: Camera, room: Room) -> Mark | None:
        """A place as near the anchor as may be, the name's centre within the country."""
        assert country.anchor is not None
        (w, h), (x, y) = sprite.size, camera.to_screen(country.anchor)
        step = self.sprites.px(8)
        for dx, dy in SPIRAL:
            centre = (x + dx * step, y + dy * step)
            rect = pygame.Rect(round(centre[0]) - w // 2, round(centre[1]) - h // 2, w, h)
            if room.free(rect) and self._ground.at(camera.to_world(centre)) == country.id:
                room.take(rect)
                offset = (rect.x - round(x), rect.y - round(y))
                return Mark("country", country.id, country.anchor, offset, sprite)
        return None

    def _places(self, country: Country) -> Iterable[Point]:
        """Centres for a country's name, best first; worked out when the anchor is not free."""
        assert country.anchor is not None
        yield country.anchor
        if country.id not in self._inner:
            self._inner[country.id] = _inner_points(country, self._ground)
        yield from self._inner[country.id]

    def _town_letters(self, state: MapState, ground: str | None, design: float) -> Lettering:
        country = self.data.countries[ground] if ground else None
        if country is None or not country.regional:
            fill = self.style.land_far
        else:
            fill = state.fills.get(country.id, Fill(self.style.land)).colour
        colour, halo = self._ink_on(fill)
        return Lettering("ui", self.sprites.text_px(design), colour, halo, 0, self.sprites.px(2))

    def _named(self, state: MapState, ident: str, name: str) -> str:
        return state.places.get(ident, name)

    def _capitals(self, state: MapState, camera: Camera, room: Room, out: Layout) -> None:
        for country in self.data.countries.values():
            name = self._named(state, country.id, country.capital)
            if not country.capital_at or not name:
                continue
            sprite = self.sprites.label((name,), self._town_letters(state, country.id, 13))
            self._beside("capital", country.id, country.capital_at, sprite, 5.0, camera, room, out)

    def _towns(self, state: MapState, camera: Camera, room: Room, out: Layout) -> Iterator[None]:
        zoom = camera.scale / self.sprites.scale
        dot = self.sprites.point(3.2, self.style.panel, self.style.ink2, 1.3)
        for town in sorted(self.data.towns, key=lambda t: (t.rank, t.id)):
            name = self._named(state, town.id, town.name)
            if not name or zoom < TOWN_SCALE[town.rank] or self._marked(state, town, camera):
                continue
            x, y = camera.to_screen(town.at)
            spot = pygame.Rect(round(x) - 4, round(y) - 4, 8, 8)
            if not room.free(spot):
                continue
            sprite = self.sprites.label((name,), self._town_letters(state, self._ground.at(town.at), 12.5))
            room.take(spot)
            if self._beside("town", town.id, town.at, sprite, 4.5, camera, room, out):
                w, h = dot.size
                out.points.append(Mark("town", town.id, town.at, (-w // 2, -h // 2), dot))
            yield

    def _marked(self, state: MapState, town: Town, camera: Camera) -> bool:
        """Whether a hotspot or mission already marks the town."""
        x, y = camera.to_screen(town.at)
        places = [self.data.hotspots[h.id] for h in state.hotspots]
        places += [self.data.missions[m.id] for m in state.missions]
        reach = self.sprites.px(14)
        near = (camera.to_screen(p) for p in places)
        return any(abs(px - x) < reach and abs(py - y) < reach for px, py in near)

    def _beside(
        self,
        kind: str,
        ident: str,
        at: Point,
        sprite: Sprite,
        gap: float,
        camera: Camera,
        room: Room,
        out: Layout,
    ) -> bool:
        x, y = camera.to_screen(at)
        gaps = (gap * self.sprites.scale, 2.2 * gap * self.sprites.scale)
        rect = room.first(sprite.size, [c for g in gaps for c in around(sprite.size, (x, y), g)])
        if rect is None:
            return False
        offset = (rect.x - round(x), rect.y - round(y))
        out.labels.append(Mark(kind, ident, at, offset, sprite))
        return True

    def _hotspots(self, state: MapState, camera: Camera, room: Room, out: Layout) -> Iterator[None]:
        for spot in sorted(state.hotspots, key=lambda h: (-h.heat, h.id)):
            colour = heat_colour(self.style, spot.heat)
            sprite = self.sprites.pill(spot.name, spot.heat, colour)
            at = self.data.hotspots[spot.id]
            self._callout("hotspot", spot.id, at, sprite, colour, HOTSPOT_GAPS, 19, camera, room, out)
            yield

    def _missions(self, state: MapState, camera: Camera, room: Room, out: Layout) -> Iterator[None]:
        for mission in state.missions:
            sprite = self.sprites.plate(mission.name, mission.detail, mission.icon)
            at, colour = self.data.missions[mission.id], self.style.navy
            self._callout("mission", mission.id, at, sprite, colour, MISSION_GAPS, 8, camera, room, out)
            yield

    def _callout(
        self,
        kind: str,
        ident: str,
        at: Point,
        sprite: Sprite,
        colour: Colour,
        gaps: Sequence[float],
        reach: float,
        camera: Camera,
        room: Room,
        out: Layout,
    ) -> None:
        s, (x, y) = self.sprites.scale, camera.to_screen(at)
        rect = room.callout(sprite.size, (x, y), [g * s for g in gaps], reach * s)
        if rect is not None:
            offset = (rect.x - round(x), rect.y - round(y))
            out.callouts.append(Mark(kind, ident, at, offset, sprite, colour))
            room.markers.append(rect)

    def _seas(self, state: MapState, camera: Camera, room: Room, out: Layout) -> Iterator[None]:
        for sea in self.data.seas:
            name = self._named(state, sea.id, sea.name)
            if not name:
                continue
            size, tracking = SEA_SIZE[sea.size]
            px, gap = self.sprites.text_px(size), self.sprites.px(tracking, 0)
            letters = Lettering("serif_italic", px, self.style.sea_name, None, gap)
            sprite = self.sprites.label(_split(name) if sea.size != "S" else (name,), letters)
            w, h = sprite.size
            x, y = camera.to_screen(sea.at)
            step = self.sprites.px(26)
            reach = SEA_REACH_KM[sea.size] * camera.scale
            for dx, dy in SPIRAL:
                if math.hypot(dx, dy) * step > reach:
                    break
                rect = pygame.Rect(round(x + dx * step) - w // 2, round(y + dy * step) - h // 2, w, h)
                if room.free(rect) and self._ground_under(rect, camera) == {None}:
                    room.take(rect)
                    out.labels.append(Mark("sea", sea.id, sea.at, (rect.x - round(x), rect.y - round(y)), sprite))
                    break
            yield

    def _ground_under(self, rect: pygame.Rect, camera: Camera) -> set[str | None]:
        """The countries under a label, None standing for the sea; thin margins do not count."""
        start = (rect.left + rect.w * 0.03, rect.top + rect.h * 0.18)
        end = (rect.right - rect.w * 0.03, rect.bottom - rect.h * 0.18)
        return self._ground.under(camera.to_world(start), camera.to_world(end))


SPIRAL = sorted(((dx, dy) for dx in range(-4, 5) for dy in range(-4, 5)), key=lambda p: (p[0] ** 2 + p[1] ** 2, p))


def _split(text: str) -> tuple[str, ...]:
    """A name on two lines, broken at the space that makes them most alike; one line without spaces."""
    words = text.split(" ")
    if len(words) == 1:
        return (text,)
    cuts = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return min(cuts, key=lambda pair: (max(len(p) for p in pair), pair))


def _inner_points(country: Country, ground: Ground) -> list[Point]:
    """Points inside a country on a grid, the nearest to its anchor first."""
    west, north, east, south = country.bounds
    step = max(18.0, min(east - west, south - north, 900.0) / 9)
    assert country.anchor is not None
    ax, ay = country.anchor
    span = range(-12, 13)
    grid = [(ax + i * step, ay + j * step) for i in span for j in span if i or j]
    found = [p for p in grid if ground.at(p) == country.id]
    return sorted(found, key=lambda p: ((p[0] - ax) ** 2 + (p[1] - ay) ** 2, p))
