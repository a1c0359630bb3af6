"""The map in one of its modes: which step every country is shaded in, marks, names by date, legend, footnotes.

The modes are the rulebook's (`display`); a rulebook without them gets some that follow from its quantities.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from game.scenario.models import MapModeModel, ThingModel
from game.text import _, keyed
from game.views.names import capital
from game.views.places import PlaceRow, of_kind
from game.views.sight import Sight, Value

Scale = Literal["ladder", "heat", "health"]
ARCS = 7
LEAST_ARC = 20
# Rungs between the outermost (hatched) and the innermost (plain): neighbours differ in texture as well as in colour.
LADDER_PATTERNS = ("", "dots", "cross", "", "back_hatch", "dots")
POINT_PATTERNS = ("", "dots", "back_hatch", "cross", "hatch")


@dataclass(frozen=True)
class MapMode:
    id: str
    title: str
    icon: str
    legend: str


@dataclass(frozen=True)
class LegendStep:
    """One step of the scale. pattern: `hatch`, `back_hatch`, `cross`, `dots` or "" beside its colour."""

    label: str
    pattern: str


@dataclass(frozen=True)
class Spot:
    """A hotspot. id: its place on the map; heat in points."""

    id: str
    thing: str
    name: str
    heat: int


@dataclass(frozen=True)
class Post:
    """A mission. id: its place on the map."""

    id: str
    thing: str
    name: str
    detail: str
    icon: str


@dataclass(frozen=True)
class ArcRow:
    """What lies between two countries, in points. way: +1 rising, −1 falling since the last turn."""

    first: str
    second: str
    value: int
    way: int


@dataclass(frozen=True)
class MapPicture:
    """shades: place → step of the legend. blank: the step of those outside, or −1. values: thing → text.

    keys: what the marks mean, as (kind, sentence) with kinds `spots`, `posts`, `arcs`.
    """

    mode: str
    title: str
    legend: tuple[LegendStep, ...]
    scale: Scale
    blank: int
    shades: dict[str, int]
    values: dict[str, str]
    labels: dict[str, str]
    spots: tuple[Spot, ...]
    posts: tuple[Post, ...]
    arcs: tuple[ArcRow, ...]
    keys: tuple[tuple[str, str], ...]
    selected: str | None
    footnote: str
    places: dict[str, str]

    def thing(self, place: str) -> str:
        """The thing that a place of the map stands for."""
        return self.places.get(place, place)


def modes(sight: Sight) -> tuple[MapMode, ...]:
    return tuple(
        MapMode(
            mode.id,
            keyed(f"display.{mode.id}.title", mode.title),
            mode.icon,
            keyed(f"display.{mode.id}.legend", mode.legend),
        )
        for mode in mode_models(sight)
    )


def mode_models(sight: Sight) -> tuple[MapModeModel, ...]:
    """The rulebook's modes, else a ladder, pairs and the first quantities of countries that it has."""
    display = sight.book.rulebook.display
    if display is not None:
        return tuple(display.modes)
    found: list[MapModeModel] = []
    quantities = sight.book.rulebook.quantities
    seen: set[str] = set()
    for quantity in quantities:
        of = quantity.of or ""
        kind = "pairs" if of in sight.book.symmetric else "ladder" if quantity.unit.startswith("ladder:") else "points"
        fits = of in sight.book.sets or of in sight.book.symmetric
        if not fits or quantity.visible == "owner" or (kind in ("pairs", "ladder") and kind in seen) or len(found) == 5:
            continue
        if kind == "pairs" and quantity.unit != "points":
            continue
        if kind == "points" and (quantity.unit != "points" or quantity.good == "neither"):
            continue
        seen.add(kind)
        icon = {"pairs": "flame", "ladder": "flag", "points": "activity"}[kind]
        arcs = quantity.id if kind == "pairs" else None
        found.append(
            MapModeModel(
                id=quantity.id,
                title=quantity.title,
                icon=icon,
                legend=quantity.title,
                shade=quantity.id,
                pairs=arcs,
            )
        )
    if not found:
        found.append(MapModeModel(id="names", title=_("Countries"), icon="map", legend=_("Countries")))
    return tuple(found)


def map_picture(sight: Sight, mode: str, selected: str | None = None) -> MapPicture:
    """The map in a mode; an unknown mode is the first one."""
    model = next((one for one in mode_models(sight) if one.id == mode), mode_models(sight)[0])
    values = shaded(sight, model.shade)
    legend, scale, blank = _legend(sight, model.shade)
    shades: dict[str, int] = {}
    places: dict[str, str] = {}
    for thing in sight.book.rulebook.things:
        place = thing.place or thing.id
        if thing.kind == "country":
            places[place] = thing.id
        if thing.id in values and thing.kind in ("country", "background", "power"):
            shades[place] = _step(sight, values[thing.id], len(legend))
    spots = _spots(sight, model.heat)
    posts = _posts(sight, model.posts)
    arcs = _arcs(sight, model.pairs)
    things = sight.names.things
    keys = [
        (kind, sight.quantity_title(quantity))
        for kind, quantity, shown in (
            ("spots", model.heat, spots),
            ("posts", model.posts, posts),
            ("arcs", model.pairs, arcs),
        )
        if quantity and shown
    ]
    return MapPicture(
        model.id,
        keyed(f"display.{model.id}.legend", model.legend),
        legend,
        scale,
        blank,
        shades,
        {thing: value.text for thing, value in values.items()},
        _labels(sight),
        spots,
        posts,
        arcs,
        tuple(keys),
        _place(things, selected),
        "   ".join(sight.names.footnotes()),
        places,
    )


def _place(things: Mapping[str, ThingModel], selected: str | None) -> str | None:
    """Where the map shows a thing."""
    if selected is None or selected not in things:
        return selected
    return things[selected].place or selected


def _labels(sight: Sight) -> dict[str, str]:
    """Names on the map: a short form where the name within a sentence begins with an article."""
    found = {}
    for thing in sight.book.rulebook.things:
        if thing.kind in ("country", "background", "power"):
            name = sight.names.label(thing.id)
            found[thing.place or thing.id] = short_name(name)
    return found


def short_name(name: str) -> str:
    """`The former Yugoslav Republic of X` as maps print it."""
    return capital(name.removeprefix("The ").removeprefix("the "))


def shaded(sight: Sight, quantity: str | None) -> dict[str, Value]:
    """Every thing with the quantity; over pairs the highest of the thing's pairs."""
    if quantity is None or quantity not in sight.ruleset.layout.quantities:
        return {}
    found: dict[str, Value] = {}
    layout = sight.ruleset.layout.quantities[quantity]
    for place, args in enumerate(layout.instances):
        row = layout.first + place
        if sight.hides(row):
            continue
        value = sight.value(row)
        for thing in args if len(args) == 2 else args[:1]:
            if thing not in found or value.raw > found[thing].raw:
                found[thing] = value
    return found


def _legend(sight: Sight, quantity: str | None) -> tuple[tuple[LegendStep, ...], Scale, int]:
    if quantity is None:
        return (), "heat", -1
    unit = sight.unit(quantity)
    if unit.startswith("ladder:"):
        ladder = unit.removeprefix("ladder:")
        rungs = getattr(sight.models["ladders"][ladder], "rungs", [])
        names = [sight.rung(ladder, place) for place in range(len(rungs))]
        middle = [LADDER_PATTERNS[place % len(LADDER_PATTERNS)] for place in range(len(names) - 2)]
        patterns = ["hatch", *middle, ""]
        return tuple(LegendStep(n, p) for n, p in zip(names, patterns, strict=True)), "ladder", 0
    good = str(getattr(sight.models["quantities"].get(quantity), "good", "neither"))
    words = (_("very low"), _("low"), _("middling"), _("high"), _("very high"))
    steps = []
    patterns = list(POINT_PATTERNS) if good != "up" else ["hatch", "back_hatch", "", "dots", "cross"]
    for place, word in enumerate(words):
        low, high = place * 20, place * 20 + 19 if place < 4 else 100
        label = _("{low}–{high}  {word}").format(low=low, high=high, word=word)
        steps.append(LegendStep(label, patterns[place]))
    return tuple(steps), "health" if good == "up" else "heat", -1


def _step(sight: Sight, value: Value, count: int) -> int:
    if sight.unit(value.quantity).startswith("ladder:"):
        return max(0, min(count - 1, value.raw))
    return max(0, min(count - 1, int(value.number // (100 / count))))


def _find(row: PlaceRow, quantity: str) -> Value | None:
    return next((value for value in row.values if value.quantity == quantity), None)


def _spots(sight: Sight, quantity: str | None) -> tuple[Spot, ...]:
    found = []
    for row in of_kind(sight, "hotspot") if quantity else ():
        value = _find(row, quantity or "")
        if value is not None:
            found.append(Spot(row.place or row.id, row.id, row.name, round(value.number)))
    return tuple(found)


def _posts(sight: Sight, quantity: str | None) -> tuple[Post, ...]:
    """Missions that are there at all."""
    found = []
    for row in of_kind(sight, "mission") if quantity else ():
        value = _find(row, quantity or "")
        if value is not None and value.raw:
            detail = _("{quantity} {value}").format(quantity=value.label, value=value.text)
            found.append(Post(row.id, row.id, row.name, detail, ""))
    return tuple(found)


def _arcs(sight: Sight, quantity: str | None) -> tuple[ArcRow, ...]:
    """The highest pairs."""
    if quantity is None:
        return ()
    layout = sight.ruleset.layout.quantities[quantity]
    things = sight.names.things
    found = []
    for place, args in enumerate(layout.instances):
        row = layout.first + place
        if len(args) == 2 and not sight.hides(row):
            value = sight.value(row)
            if value.number >= LEAST_ARC:
                way = (value.change > 0) - (value.change < 0)
                ends = [things[arg].place or arg for arg in args]
                found.append(ArcRow(ends[0], ends[1], round(value.number), way))
    return tuple(sorted(found, key=lambda arc: -arc.value)[:ARCS])
