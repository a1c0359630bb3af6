"""The table of countries, and everything known of one of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from game.views.sight import Sight, Value

COLUMNS = 7


@dataclass(frozen=True)
class CountryRow:
    """One country of the table; `values` follow the table's columns, None where it has no such quantity."""

    id: str
    name: str
    seat: bool
    values: tuple[Value | None, ...]


@dataclass(frozen=True)
class CountryTable:
    """columns: quantity ids; titles: their headings; helps: what they mean."""

    columns: tuple[str, ...]
    titles: tuple[str, ...]
    helps: tuple[str, ...]
    rows: tuple[CountryRow, ...]
    footnotes: tuple[str, ...]


@dataclass(frozen=True)
class CountryPanel:
    """One country: its own quantities, then those it shares with others."""

    id: str
    name: str
    capital: str
    note: str
    footnote: str
    government: str
    seat: bool
    values: tuple[Value, ...]
    pairs: tuple[tuple[str, Value], ...]


def country_ids(sight: Sight) -> tuple[str, ...]:
    """The countries of the map: the set that the rulebook reports on, else the widest measured one with every seat."""
    report, sets = sight.book.report, sight.book.sets
    if report is not None:
        return sets[report.of]
    measured = [sets.get(model.of or "", ()) for model in sight.book.rulebook.quantities]
    return max((one for one in measured if set(sets["seats"]) <= set(one)), key=len, default=sets["seats"])


def columns(sight: Sight) -> tuple[str, ...]:
    """What the table shows: reported ladders, then what the objectives and the councils ask most about."""
    report = sight.book.report
    asked = _asked(sight)
    held = set(country_ids(sight))
    public = [(one, set(sight.book.sets.get(one.of or "", ()))) for one in sight.book.rulebook.quantities]
    public = [(model, things) for model, things in public if things & held and model.visible != "owner"]
    if report is not None:
        found = list(dict.fromkeys(report.ladders.values()))
    else:
        found = [model.id for model, things in public if model.unit.startswith("ladder:") and held <= things][:COLUMNS]
    points = [(model, things) for model, things in public if model.unit == "points" and model.good != "neither"]
    fitting = [model.id for model, things in points if held <= things]
    if not fitting:  # rather a table with gaps than one that says next to nothing
        fitting = [model.id for model, _ in points]
    best = sorted(fitting, key=lambda quantity: -asked.get(quantity, 0))[: COLUMNS - len(found)]
    return (*found, *(quantity for quantity in fitting if quantity in best))


def _asked(sight: Sight) -> Counter[str]:
    """How often objectives and derived quantities mention each quantity."""
    texts = [text for seat in sight.book.scenario.seats for goal in seat.objectives for text in (goal.met, goal.amount)]
    texts += [
        text for define in sight.book.rulebook.defines for term in define.terms for text in (term.amount, term.when)
    ]
    return Counter(word for text in texts if text for word in re.findall(r"[a-z_]+(?=\[)", text))


def countries(sight: Sight) -> CountryTable:
    """Every country with the quantities that matter most."""
    shown = columns(sight)
    rows = tuple(
        CountryRow(
            thing,
            sight.names.label(thing),
            thing in sight.ruleset.seats,
            tuple(sight.find(quantity, thing) for quantity in shown),
        )
        for thing in country_ids(sight)
    )
    return CountryTable(
        shown,
        tuple(sight.quantity_title(quantity) for quantity in shown),
        tuple(sight.text("quantities", quantity, "help") for quantity in shown),
        rows,
        sight.names.footnotes(),
    )


def country(sight: Sight, thing: str) -> CountryPanel:
    """Everything a seat may know of one country (or of any other thing)."""
    layout = sight.ruleset.layout
    own: list[Value] = []
    pairs: list[tuple[str, Value]] = []
    for model in sight.book.rulebook.quantities:
        quantity = layout.quantities[model.id]
        for place, args in enumerate(quantity.instances):
            row = quantity.first + place
            passing = model.lasts == "turn" and not int(sight.column[row])
            if thing not in args or sight.hides(row) or passing:
                continue
            if len(args) == 1:
                own.append(sight.value(row))
            elif model.of in sight.book.symmetric:
                other = args[1] if args[0] == thing else args[0]
                pairs.append((sight.names.label(other), sight.value(row)))
    model_of_thing = sight.names.things.get(thing)
    is_seat = thing in sight.ruleset.seats
    government = sight.government(thing, int(sight.column[layout.row(f"government[{thing}]")])) if is_seat else ""
    return CountryPanel(
        thing,
        sight.names.label(thing),
        (model_of_thing.capital if model_of_thing else None) or "",
        sight.text("things", thing, "note"),
        sight.names.footnote(thing),
        government,
        is_seat,
        tuple(own),
        tuple(pairs),
    )
