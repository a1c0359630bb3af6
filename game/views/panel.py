"""What a side panel shows: a country with its path, indicators and neighbours; a pair; a hotspot or mission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.session.columns import Column
from game.text import _, several
from game.views.council import CandidateRow, CouncilView, below_nought
from game.views.places import PlaceRow, of_kind
from game.views.sight import Sight, Value

TURNS = 6
INDICATORS = 6


@dataclass(frozen=True)
class Condition:
    """What the next rung asks. met: None where it is not yet known or not in one's hands."""

    text: str
    met: bool | None
    value: str
    note: str = ""


@dataclass(frozen=True)
class PathView:
    """A ladder that bodies decide on. at: the rung reached, of `rungs`."""

    title: str
    rungs: tuple[str, ...]
    at: int
    next: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Trend:
    """A value with its course over the last turns, oldest first. bounds: lowest and highest possible."""

    value: Value
    course: tuple[float, ...]
    low: float
    high: float


@dataclass(frozen=True)
class Relation:
    """A neighbour and what lies between (the first quantity of the pair in points)."""

    other: str
    name: str
    trend: Trend


@dataclass(frozen=True)
class Near:
    """A hotspot or mission of a country, with one figure."""

    thing: str
    name: str
    text: str
    number: float


@dataclass(frozen=True)
class ThingPanel:
    """Everything the panel of one thing shows. kind: the thing's kind, or `pair`."""

    id: str
    kind: str
    name: str
    detail: str
    note: str
    footnote: str
    things: tuple[str, ...]
    paths: tuple[PathView, ...]
    indicators: tuple[Trend, ...]
    relations: tuple[Relation, ...]
    spots: tuple[Near, ...]
    posts: tuple[Near, ...]


def trail(sight: Sight, turns: int = TURNS) -> tuple[Column, ...]:
    """The last moments of the game as the seat knew them, oldest first, the present last."""
    steps = sight.game.steps[-turns:]
    return (*(sight.observed(step.before) for step in steps), sight.column)


def trend(sight: Sight, columns: Sequence[Column], row: int) -> Trend:
    layout = sight.ruleset.layout
    scale = layout.scale(row)
    course = tuple(int(column[row]) / scale for column in columns)
    low, high = float(layout.low[row, 0]) / scale, float(layout.high[row, 0]) / scale
    return Trend(sight.value(row), course, low, high)


def thing_panel(sight: Sight, thing: str, councils: tuple[CouncilView, ...] = ()) -> ThingPanel | None:
    """The panel of a thing, or of a pair written `a b`; None for what there is nothing to say of."""
    first, _space, second = thing.partition(" ")
    columns = trail(sight)
    if second:
        return _pair(sight, first, second, columns)
    model = sight.names.things.get(thing)
    if model is None:
        return None
    rows = _own(sight, thing)
    shown = _indicators(sight, thing, rows)
    detail = []
    if model.capital and model.kind in ("country", "power", "entity"):
        detail.append(model.capital)
    if thing in sight.ruleset.seats:
        government = sight.column[sight.ruleset.layout.row(f"government[{thing}]")]
        detail.append(sight.government(thing, int(government)))
    if not detail:
        detail.append(_kind(model.kind))
    return ThingPanel(
        thing,
        model.kind,
        sight.names.label(thing),
        " · ".join(detail),
        sight.text("things", thing, "note"),
        sight.names.footnote(thing),
        (thing,),
        tuple(path for view in councils if (path := _path(sight, thing, view)) is not None),
        tuple(trend(sight, columns, row) for row in shown),
        _relations(sight, thing, columns),
        _spots(sight, thing),
        tuple(_near(row) for row in of_kind(sight, "mission") if row.place == thing),
    )


def _kind(kind: str) -> str:
    known = {"hotspot": _("Hotspot"), "mission": _("Mission"), "institution": _("Institution"), "power": _("Power")}
    return known.get(kind, "")


def _own(sight: Sight, thing: str) -> list[int]:
    """Rows of quantities of this thing alone that a person may see, in the order of the rulebook."""
    found = []
    for model in sight.book.rulebook.quantities:
        if model.lasts == "turn" or model.constant:
            continue
        row = sight.ruleset.layout.find(model.id, (thing,))
        if row is not None and not sight.hides(row):
            found.append(row)
    return found


def _indicators(sight: Sight, thing: str, rows: list[int]) -> list[int]:
    """The rulebook's indicators where the thing has them, else its quantities in points."""
    display = sight.book.rulebook.display
    asked = display.indicators if display is not None else []
    quantities = {sight.ruleset.layout.at(row)[0].id: row for row in rows}
    found = [quantities[name] for name in asked if name in quantities]
    if len(found) < 2:
        found = [row for name, row in quantities.items() if sight.unit(name) == "points"][:INDICATORS]
    return found


def _relations(sight: Sight, thing: str, columns: Sequence[Column]) -> tuple[Relation, ...]:
    """Neighbours by the first quantity of pairs in points, the highest first."""
    model = next(
        (q for q in sight.book.rulebook.quantities if q.of in sight.book.symmetric and q.unit == "points"), None
    )
    if model is None:
        return ()
    quantity = sight.ruleset.layout.quantities[model.id]
    found = []
    for place, args in enumerate(quantity.instances):
        row = quantity.first + place
        if thing in args and not sight.hides(row):
            other = args[1] if args[0] == thing else args[0]
            found.append(Relation(other, sight.names.label(other), trend(sight, columns, row)))
    return tuple(sorted(found, key=lambda one: -one.trend.value.number))


def _near(row: PlaceRow) -> Near:
    value = row.values[0]
    text = _("{quantity} {value}").format(quantity=value.label, value=value.text)
    return Near(row.id, row.name, text, value.number)


def _spots(sight: Sight, thing: str) -> tuple[Near, ...]:
    """Hotspots that the thing governs or claims to."""
    display = sight.book.rulebook.display
    if display is None or display.governs is None:
        return ()
    held = {spot for seat, spot in sight.book.relations[display.governs] if seat == thing}
    rows = [row for row in of_kind(sight, "hotspot") if row.id in held]
    return tuple(sorted((_near(row) for row in rows), key=lambda near: -near.number))


def _path(sight: Sight, thing: str, view: CouncilView) -> PathView | None:
    """A candidate's place on a council's ladder and what stands before the next rung."""
    row = next((one for one in view.candidates if one.candidate == thing), None)
    if row is None or not row.next:
        return None
    model = next(one for one in sight.book.rulebook.councils if one.id == view.id)
    rungs = getattr(sight.models["ladders"][model.ladder], "rungs", [])
    names = tuple(sight.rung(model.ladder, place) for place in range(len(rungs)))
    at = names.index(row.rung) if row.rung in names else 0
    title = sight.text("ladders", model.ladder)
    return PathView(title, names, at, row.next, tuple(_conditions(sight, view, row)))


def _conditions(sight: Sight, view: CouncilView, row: CandidateRow) -> list[Condition]:
    found = [
        Condition(_("It is on the agenda"), row.on_agenda, _("yes") if row.on_agenda else _("no")),
        Condition(view.next_meeting, True if view.meets else None, ""),
    ]
    if not row.objecting:
        return [*found, Condition(_("No member would object"), True, "")]
    count = several("{count} member objects", "{count} members object", len(row.objecting))
    found.append(Condition(count, False, "", row.summary))
    reasons: dict[str, list[str]] = {}
    cures: dict[str, str] = {}
    for member in row.members:
        for objection in member.objections[:1]:
            # Here the members' names follow, and not one member's figures.
            reason = _("Below nought") if objection.title == below_nought() else objection.title
            reasons.setdefault(reason, []).append(member.member)
            cures[reason] = objection.cure
    for title, members in sorted(reasons.items(), key=lambda pair: len(pair[1])):
        names = sight.names.joined(members[:3]) if len(members) <= 3 else _others(sight, members)
        text = _("{reason}: {members}").format(reason=title, members=names)
        full = sight.names.joined(members)
        note = f"{cures[title]} ({full})" if cures[title] else full
        found.append(Condition(text, False, "", note))
    return found


def _others(sight: Sight, members: list[str]) -> str:
    first = sight.names.plain(members[0])
    return _("{member} and {count} others").format(member=first, count=len(members) - 1)


def _pair(sight: Sight, first: str, second: str, columns: Sequence[Column]) -> ThingPanel | None:
    rows = []
    for model in sight.book.rulebook.quantities:
        if model.of in sight.book.symmetric and model.lasts != "turn":
            row = sight.ruleset.layout.find(model.id, (first, second))
            row = row if row is not None else sight.ruleset.layout.find(model.id, (second, first))
            if row is not None and not sight.hides(row):
                rows.append(row)
    if not rows:
        return None
    names = [sight.names.label(one) for one in (first, second)]
    return ThingPanel(
        f"{first} {second}",
        "pair",
        _("{first} and {second}").format(first=names[0], second=names[1]),
        _("Between neighbours"),
        "",
        sight.names.footnote(first) or sight.names.footnote(second),
        (first, second),
        (),
        tuple(trend(sight, columns, row) for row in rows),
        (),
        (),
        (),
    )


@dataclass(frozen=True)
class Overview:
    """The region at a glance: the tensest pairs and the hottest places."""

    pairs: tuple[tuple[str, str, str, Trend], ...]
    spots: tuple[tuple[str, str, Trend], ...]


def overview(sight: Sight, most: int = 8) -> Overview:
    columns = trail(sight)
    found = []
    model = next(
        (q for q in sight.book.rulebook.quantities if q.of in sight.book.symmetric and q.unit == "points"), None
    )
    if model is not None:
        quantity = sight.ruleset.layout.quantities[model.id]
        for place, (first, second) in enumerate(quantity.instances):
            if not sight.hides(quantity.first + place):
                name = _("{first} – {second}").format(first=sight.names.label(first), second=sight.names.label(second))
                found.append((first, second, name, trend(sight, columns, quantity.first + place)))
    found.sort(key=lambda one: -one[3].value.number)
    spots = [
        (row.id, row.name, trend(sight, columns, row.values[0].row)) for row in of_kind(sight, "hotspot") if row.values
    ]
    spots.sort(key=lambda one: -one[2].value.number)
    return Overview(tuple(found[:most]), tuple(spots[:most]))
