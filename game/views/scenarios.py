"""The list of scenarios for the picker: title, time, length, seats; and how a scenario was gauged, if it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from game.lab.cards import card
from game.scenario import Head, shipped_heads
from game.scenario.language import month_index
from game.text import _, keyed, several
from game.views.names import month_name


@dataclass(frozen=True)
class ScenarioLine:
    """One line of the list. when: `November 1995, 9 quarters`; seats: `7 seats`."""

    id: str
    title: str
    when: str
    seats: str


@dataclass(frozen=True)
class GaugeCard:
    """How a scenario was gauged by many games. lines: (what, figure) as they are shown; note: how it was measured."""

    title: str
    lines: tuple[tuple[str, str], ...]
    note: str


def scenario_lines() -> tuple[ScenarioLine, ...]:
    """Every shipped scenario, the earliest first."""
    return tuple(_line(head) for head in shipped_heads())


def _line(head: Head) -> ScenarioLine:
    if head.turn_months == 1:
        length = several("{count} month", "{count} months", head.turns)
    else:
        length = several("{count} quarter", "{count} quarters", head.turns)
    try:
        start = month_name(month_index(head.start_date))
    except ValueError:
        start = head.start_date
    when = _("{start}, {length}").format(start=start, length=length)
    title = keyed(f"scenario.{head.id}.title", head.title)
    return ScenarioLine(head.id, title, when, several("{count} seat", "{count} seats", head.seats))


def gauge_card(scenario: str) -> GaugeCard | None:
    """The card that says how a scenario was gauged, or None where nobody has.

    It tells what the model gets right and, by name, what it gets wrong. A damaged card counts as none: a picker must
    open all the same.
    """
    held = card(scenario)
    if held is None:
        return None
    try:
        balance, hindcast = held["balance"], held["hindcast"]
        lines = [*_balance_lines(balance), *(_hindcast_lines(hindcast) if hindcast else ())]
        note = _("Measured in {games} games played by the computer.").format(games=balance["games"])
        if hindcast and hindcast["in_sample"]:
            note += " " + _("The rules were tuned on the recorded years, so the skill is in-sample.")
        return GaugeCard(_("How it was gauged"), tuple(lines), note)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _percent(share: float) -> str:
    return _("{share} %").format(share=round(share * 100))


def _balance_lines(balance: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    seats = balance["seats"].values()
    for kind, said in (
        ("planner", _("Above par, looking ahead")),
        ("doctrine", _("Above par by doctrine")),
        ("random", _("Above par at random")),
    ):
        shares = [seat[kind]["beats_par"] for seat in seats if "beats_par" in seat.get(kind, {})]
        if shares:
            low, high = _percent(min(shares)), _percent(max(shares))
            yield said, low if low == high else _("{low} to {high} by seat").format(low=low, high=high)
    if len(seats) > 1:  # one seat alone is always in the lead
        turns = round(balance["turns"]["mean"])
        yield (
            _("Changes of the lead"),
            _("{count} in {turns} turns").format(count=round(balance["lead_changes"], 1), turns=turns),
        )


def _spoken(month: str | None) -> str:
    """`2008-04` in words."""
    return month_name(month_index(month)) if month else ""


def _hindcast_lines(hindcast: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if hindcast["skill"] is not None:
        yield _("Skill against the record"), f"{hindcast['skill']:+.2f}".replace("-", "−")
    yield (
        _("Recorded milestones that most games match"),
        _("{right} of {targets}").format(right=hindcast["right"], targets=hindcast["targets"]),
    )
    for wrong in hindcast["wrong"]:
        happened = _("it did not happen") if wrong["happened"] is None else _("it happened")
        figure = _("in {share} of games; {happened}").format(share=_percent(wrong["share"]), happened=happened)
        yield _("It gets wrong: {target}").format(target=wrong["title"]), figure
    wrong_ones = {wrong["id"] for wrong in hindcast["wrong"]}
    for untimely in hindcast["worse_than_a_simple_rival"]:
        if untimely["id"] in wrong_ones:
            continue
        share = _("in {share} of games").format(share=_percent(untimely["share"]))
        figure = share if untimely["happened"] is None else _("{share}, half of them by {month} instead of {happened}")
        yield (
            _("It gets the time wrong: {target}").format(target=untimely["title"]),
            figure.format(share=share, month=_spoken(untimely["in_half_by"]), happened=_spoken(untimely["happened"])),
        )
