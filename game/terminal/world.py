"""Screens of the world: countries, pairs, places, councils, talks."""

from __future__ import annotations

from collections.abc import Iterator

from game.terminal.speaker import Line, Part, Style, Table
from game.text import _
from game.views import (
    CountryRow,
    PairRow,
    PlaceRow,
    Sight,
    Value,
    councils,
    countries,
    country,
    dialogues,
    hotspots,
    missions,
    pairs,
)
from game.views.council import CandidateRow, MemberGroup, member_groups
from game.views.names import capital
from game.views.stance import stance_text, stances


def tone(value: Value | None) -> Style:
    if value is None or value.tone == "":
        return "plain"
    return "good" if value.tone == "good" else "bad"


def value_text(value: Value) -> str:
    """`Stability 52 (+1)`; an estimate says so."""
    text = _("{label} {value}").format(label=value.label, value=value.text)
    if value.unit.startswith("ladder:") or value.unit == "flag":
        text = _("{label}: {value}").format(label=value.label, value=value.text)
        return _("{value} (new)").format(value=text) if value.change else text
    if value.change_text:
        text = _("{value} ({change})").format(value=text, change=value.change_text)
    return _("{value}, estimated").format(value=text) if value.estimated else text


def cell(value: Value | None) -> str:
    if value is None:
        return "·"
    text = f"~{value.text}" if value.estimated else value.text
    return f"{text} {value.change_text}" if value.change_text and not value.unit.startswith("ladder:") else text


def countries_screen(sight: Sight) -> Iterator[Part]:
    table = countries(sight)
    yield Line(_("Countries"), "heading")

    def line(row: CountryRow) -> Line:
        values = "; ".join(value_text(value) for value in row.values if value is not None)
        text = _("{country}. {values}.") if values else _("{country}.")
        return Line(text.format(country=row.name, values=values))

    yield Table(
        (_("Country"), *table.titles),
        (True, *(sight.unit(quantity).startswith("ladder:") for quantity in table.columns)),
        tuple((row.name, *(cell(value) for value in row.values)) for row in table.rows),
        tuple(("plain", *(tone(value) for value in row.values)) for row in table.rows),
        tuple(line(row) for row in table.rows),
    )
    for note in table.footnotes:
        yield Line(note, "dim")


def country_screen(sight: Sight, thing: str) -> Iterator[Part]:
    panel = country(sight, thing)
    title = (
        panel.name
        if not panel.capital
        else _("{name}, capital {capital}").format(name=panel.name, capital=panel.capital)
    )
    yield Line(title, "heading")
    if panel.note:
        yield Line(panel.note, "dim", 1)
    if panel.government:
        yield Line(_("Government: {government}.").format(government=panel.government), indent=1)
    for value in panel.values:
        yield Line(_("{value}.").format(value=value_text(value)), tone(value), 1)
    for name, value in panel.pairs:
        yield Line(_("With {other}: {value}.").format(other=name, value=value_text(value)), tone(value), 1)
    for one in stances(sight, thing) if panel.seat else ():
        yield Line(stance_text(one), one.tone or "plain", 1)
    if panel.footnote:
        yield Line(f"* {panel.footnote}", "dim")


def pairs_screen(sight: Sight, most: int = 12) -> Iterator[Part]:
    yield Line(_("Relations, the worst first"), "heading")

    def line(row: PairRow) -> Line:
        values = "; ".join(value_text(value) for value in row.values if value.raw or value.change)
        return Line(_("{first} and {second}. {values}.").format(first=row.names[0], second=row.names[1], values=values))

    shown = [row for row in pairs(sight) if any(value.raw or value.change for value in row.values)]
    for row in shown[:most]:
        yield line(row)


def places_screen(sight: Sight, kind: str) -> Iterator[Part]:
    hot = kind == "hotspots"
    yield Line(_("Hotspots, the hottest first") if hot else _("Missions"), "heading")
    rows: tuple[PlaceRow, ...] = hotspots(sight) if hot else missions(sight)
    if not rows:
        yield Line(_("There are none in this scenario."))
    for row in (row for row in rows if any(value.raw or value.change for value in row.values)):
        values = "; ".join(value_text(value) for value in row.values if value.raw or value.change)
        yield Line(_("{place}. {values}.").format(place=row.name, values=values))


# -- councils ------------------------------------------------------------------------------------------


def council_screen(sight: Sight, about: str = "") -> Iterator[Part]:
    """What is on each agenda in full, the rest in a line each. about: a candidate to be told in full, or `all`."""
    found = councils(sight)
    if not found:
        yield Line(_("No council decides anything in this scenario."))
    for view in found:
        yield Line(_("{council}. {meeting}").format(council=view.title, meeting=view.next_meeting), "heading")
        if not view.candidates:
            yield Line(_("There is no candidate left."), indent=1)
        for row in view.candidates:
            full = row.on_agenda or about in (row.candidate, "all") or row.candidate == sight.seat
            yield from _candidate(sight, row, full)
    if found and not about:
        yield Line(_("Say 'council' with a candidate's name for every member's terms."), "dim")


def _candidate(sight: Sight, row: CandidateRow, full: bool) -> Iterator[Part]:
    style: Style = "plain" if not row.next else "bad" if row.objecting else "good"
    step = row.rung if not row.next else _("{rung}, next {step}").format(rung=row.rung, step=row.next)
    agenda = _("on the agenda") if row.on_agenda else _("not on the agenda")
    text = _("{name}: {step}; {agenda}. {summary}.")
    yield Line(text.format(name=row.name, step=step, agenda=agenda, summary=row.summary), style, 1)
    if row.last_vote:
        yield Line(_("Last turn: {vote}.").format(vote=row.last_vote), "dim", 2)
    if full:
        for group in member_groups(row):
            yield from _members(sight, group)


def _members(sight: Sight, group: MemberGroup) -> Iterator[Part]:
    """Members that see it alike, in one sentence for the margin and one for each objection."""
    one = group.first
    terms = ", ".join(f"{term.title} {term.text}" for term in one.terms) or _("nothing")
    names = capital(sight.names.joined([member.member for member in group.members]))
    style: Style = "bad" if one.objections else "plain"
    text = _("{names}: margin {margin} ({terms}).").format(names=names, margin=one.margin_text, terms=terms)
    yield Line(text, style, 2)
    for objection in one.objections:
        if objection.cure:
            text = _("Objection: {title}. What would lift it: {cure}")
            text = text.format(title=objection.title, cure=objection.cure)
        else:
            text = _("Objection: {title}.").format(title=objection.title)
        yield Line(text, "bad", 3)


def talks_screen(sight: Sight) -> Iterator[Part]:
    found = dialogues(sight)
    if not found:
        yield Line(_("There are no talks in this scenario."))
    for view in found:
        yield Line(_("{title}. {help}").format(title=view.title, help=view.help), "heading")
        for row in view.dossiers:
            yield Line(row.told, indent=1)
            if row.power is not None:
                yield Line(
                    _("Bargaining power points to {point:.0f}; that does not make it fair.").format(point=row.power),
                    "dim",
                    2,
                )
            for side in row.sides:
                terms = ", ".join(f"{term.title} {term.text}" for term in side.terms)
                values = ", ".join(f"{value.label} {value.text}" for value in side.values)
                yield Line(
                    _("{side}: gains {gain} by agreeing ({terms}). Promised deed: {deed}. {values}")
                    .format(side=side.name, gain=side.gain_text, terms=terms, deed=side.deed, values=values)
                    .rstrip(),
                    "good" if side.accepts else "bad",
                    2,
                )
