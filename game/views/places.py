"""Pairs of neighbours, hotspots and missions."""

from __future__ import annotations

from dataclasses import dataclass

from game.views.countries import country_ids
from game.views.sight import Sight, Value


@dataclass(frozen=True)
class PairRow:
    """Two things and what lies between them (tension, grievance …)."""

    first: str
    second: str
    names: tuple[str, str]
    values: tuple[Value, ...]


@dataclass(frozen=True)
class PlaceRow:
    """A hotspot or a mission. place: where the map shows it."""

    id: str
    name: str
    place: str
    note: str
    values: tuple[Value, ...]


def pairs(sight: Sight) -> tuple[PairRow, ...]:
    """Every declared pair with its quantities in points, the worst first."""
    found: dict[tuple[str, str], list[Value]] = {}
    for model in sight.book.rulebook.quantities:
        if model.of not in sight.book.symmetric:
            continue
        quantity = sight.ruleset.layout.quantities[model.id]
        for place, (first, second) in enumerate(quantity.instances):
            if not sight.hides(quantity.first + place):
                found.setdefault((first, second), []).append(sight.value(quantity.first + place))
    rows = [
        PairRow(first, second, (sight.names.label(first), sight.names.marked(second)), tuple(values))
        for (first, second), values in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: -_heat(row.values, sight)))


def _heat(values: tuple[Value, ...], sight: Sight) -> float:
    """What is worse the higher it is, added up."""
    bad = {model.id for model in sight.book.rulebook.quantities if model.good == "down"}
    return sum(value.number for value in values if value.quantity in bad)


def of_kind(sight: Sight, kind: str) -> tuple[PlaceRow, ...]:
    """Every thing of a kind that has quantities, in the order of the rulebook."""
    rows = []
    for thing in sight.book.rulebook.things:
        if thing.kind != kind:
            continue
        values = []
        for quantity in sight.ruleset.layout.quantities.values():
            if quantity.id.startswith("estimate_"):
                continue
            row = sight.ruleset.layout.find(quantity.id, (thing.id,))
            if row is not None and not sight.hides(row):
                values.append(sight.value(row))
        note = sight.text("things", thing.id, "note")
        if values:
            rows.append(PlaceRow(thing.id, sight.names.label(thing.id), thing.place or "", note, tuple(values)))
    return tuple(rows)


def hotspots(sight: Sight) -> tuple[PlaceRow, ...]:
    """Places close to violence, the hottest first."""
    return tuple(sorted(of_kind(sight, "hotspot"), key=lambda row: -_heat(row.values, sight)))


def missions(sight: Sight) -> tuple[PlaceRow, ...]:
    return of_kind(sight, "mission")


@dataclass(frozen=True)
class MapValue:
    """What a map mode colours: one country's value of a quantity."""

    thing: str
    value: Value


def map_values(sight: Sight, quantity: str) -> tuple[MapValue, ...]:
    """One quantity over the countries of the map."""
    found = []
    for thing in country_ids(sight):
        value = sight.find(quantity, thing)
        if value is not None:
            found.append(MapValue(thing, value))
    return tuple(found)
