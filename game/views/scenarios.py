"""The list of scenarios for the picker: title, time, length, seats."""

from __future__ import annotations

from dataclasses import dataclass

from game.scenario import Head, shipped_heads
from game.scenario.language import month_index
from game.text import _, keyed, several
from game.views.gauge import GaugeCard, gauge_card
from game.views.names import month_name

__all__ = ["GaugeCard", "ScenarioLine", "gauge_card", "scenario_lines"]


@dataclass(frozen=True)
class ScenarioLine:
    """One line of the list. when: `November 1995, 9 quarters`; seats: `7 seats`."""

    id: str
    title: str
    when: str
    seats: str


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
