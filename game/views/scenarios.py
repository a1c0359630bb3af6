"""The list of scenarios for the picker: title, time, length, seats; and how a scenario was gauged, if it was."""

from __future__ import annotations

import json
from dataclasses import dataclass

from game import resources
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

    Read from `balance/ID.json` beside the shipped scenarios: `title`, `lines` as a list of [what, figure], `note`.
    A file that says otherwise counts as none: a picker must open all the same.
    """
    file = resources.scenarios() / "balance" / f"{scenario}.json"
    try:
        raw = json.loads(file.read_text("utf-8"))
        lines = tuple((str(what), str(figure)) for what, figure in raw["lines"])
        return GaugeCard(str(raw["title"]), lines, str(raw.get("note", "")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
