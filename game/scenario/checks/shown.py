"""What the report tells and the screens show: it exists, and is of the kind that it is told as."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from game import resources
from game.scenario.language import nearest
from game.scenario.models import QuantityModel
from game.scenario.shapes import Book, Fault, Path

KINDS = (
    *("country", "background", "power", "entity", "institution"),
    *("hotspot", "mission", "dossier", "agreement", "other"),
)
"""What screens draw, list and call in their own way; any other kind is a name of the author's own."""
_COUNTRIES = ("country", "background", "power")


@cache
def icons() -> tuple[str, ...]:
    """The names of the icons that there are."""
    return tuple(sorted(file.stem for file in (resources.assets() / "icons").glob("*.svg")))


@cache
def places() -> dict[str, tuple[str, ...]]:
    """The names of what the map shows: `countries`, `hotspots`, `missions`, `towns`."""
    drawn: dict[str, Any] = json.loads((resources.assets() / "map" / "map.json").read_text(encoding="utf-8"))
    return {kind: tuple(drawn[kind]) for kind in ("countries", "hotspots", "missions", "towns")}


def check(book: Book) -> Iterator[Fault]:
    """Faults of the report, of `display`, and of the icons, kinds and places of what is shown."""
    yield from _report(book)
    yield from _display(book)
    yield from _icons(book)
    yield from _things(book)


def _report(book: Book) -> Iterator[Fault]:
    report = book.rulebook.report
    if report is None:
        return
    if report.of not in book.sets:
        yield Fault(("report", "", "of"), f"there is no set '{report.of}'{nearest(report.of, book.sets)}")
    models = {quantity.id: quantity for quantity in book.rulebook.quantities}
    things = set(book.sets.get(report.of, ()))
    ladders = [one for one in models.values() if _is_ladder(one) and things & set(book.sets.get(one.of or "", ()))]
    flags = [one for one in models.values() if one.unit == "flag" and one.of is not None]
    counts = [one for one in models.values() if one.unit == "count" and one.of not in book.relations]
    counts = [one for one in counts if one.id != "purse"]
    asked = (
        ("ladders", report.ladders, ladders, f"a quantity on a ladder, of things of the set '{report.of}'"),
        ("recognised", report.recognised, flags, "a flag of things or of pairs"),
        ("incidents", report.incidents, counts, "a count of the world or of things"),
    )
    for section, named, fitting, what in asked:
        known = [one.id for one in fitting]
        for name, quantity in named.items():
            path: Path = ("report", "", section, name)
            if quantity not in models:
                yield Fault(path, f"there is no quantity '{quantity}'{nearest(quantity, known or models)}")
            elif quantity not in known and (section != "ladders" or report.of in book.sets):
                message = f"'{quantity}' is {_told(models[quantity], book)}, and here stands {what}"
                yield Fault(path, f"{message}{nearest(quantity, known) or _all(known)}")


def _is_ladder(quantity: QuantityModel) -> bool:
    return quantity.unit.startswith("ladder:")


def _told(quantity: QuantityModel, book: Book) -> str:
    """A quantity's kind in words."""
    unit = {"points": "in points", "count": "a count", "flag": "a flag"}.get(quantity.unit, "on a ladder")
    if quantity.of is None:
        return f"{unit}, one for the world"
    return f"{unit}, one for each {'pair' if quantity.of in book.relations else 'thing'} of '{quantity.of}'"


def _all(names: Collection[str]) -> str:
    """The names that there are, when they are few."""
    if not 0 < len(names) <= 6:
        return ""
    return f"; there {'is' if len(names) == 1 else 'are'}: {', '.join(names)}"


def _display(book: Book) -> Iterator[Fault]:
    """What the screens are told to show must exist."""
    display = book.rulebook.display
    if display is None:
        return
    known = [quantity.id for quantity in book.rulebook.quantities]
    asked: list[tuple[Path, str]] = []
    asked += [(("display", "", "indicators", place), name) for place, name in enumerate(display.indicators)]
    for number, mode in enumerate(display.modes):
        for field in ("shade", "pairs", "heat", "posts"):
            name = getattr(mode, field)
            if name is not None:
                asked.append((("display", "", "modes", number, field), name))
    for path, name in asked:
        if name not in known:
            yield Fault(path, f"there is no quantity '{name}'{nearest(name, known)}")
    if display.governs is not None and display.governs not in book.relations:
        hint = nearest(display.governs, book.relations)
        yield Fault(("display", "", "governs"), f"there is no relation '{display.governs}'{hint}")


def _icons(book: Book) -> Iterator[Fault]:
    asked: list[tuple[Path, str | None]] = []
    if book.rulebook.display is not None:
        modes = book.rulebook.display.modes
        asked += [(("display", "", "modes", number, "icon"), mode.icon) for number, mode in enumerate(modes)]
    for section in ("categories", "actions"):
        asked += [((section, one.id, "icon"), one.icon) for one in getattr(book.rulebook, section)]
    for path, icon in asked:
        if icon is not None and icon not in icons():
            hint = nearest(icon, icons()) or "; docs/rule-language.md lists them"
            yield Fault(path, f"there is no icon '{icon}'{hint}")


def _things(book: Book) -> Iterator[Fault]:
    for thing in book.rulebook.things:
        path: Path = ("things", thing.id)
        if thing.kind not in KINDS:
            if hint := nearest(thing.kind, KINDS):
                yield Fault((*path, "kind"), f"there is no kind of thing '{thing.kind}'{hint}")
            continue  # a kind of the author's own: no screen draws it
        if thing.place is None:
            continue
        drawn = places()
        if thing.kind in _COUNTRIES:
            what, known = "country", drawn["countries"]
        elif thing.kind == "hotspot":
            what, known = "hotspot", drawn["hotspots"]
        else:
            what, known = "place", tuple(name for names in drawn.values() for name in names)
        if thing.place not in known:
            hint = nearest(thing.place, known) or "; leave 'place' out if it is not drawn there"
            yield Fault((*path, "place"), f"the map has no {what} '{thing.place}'{hint}")
