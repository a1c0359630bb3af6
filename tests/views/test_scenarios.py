"""The list of scenarios, the gauge card's hook, and sources spelled out."""

from __future__ import annotations

import pytest

from game.scenario import shipped
from game.views.scenarios import gauge_card, scenario_lines
from game.views.sources import spelled


def test_every_shipped_scenario_has_a_line() -> None:
    lines = scenario_lines()
    assert [line.id for line in lines] == [ident for ident, _title in shipped()]
    tutorial = next(line for line in lines if line.id == "tutorial")
    assert (tutorial.when, tutorial.seats) == ("October 2007, 4 quarters", "1 seat")


def test_a_scenario_that_nobody_gauged_has_no_card() -> None:
    assert gauge_card("nobody_gauged_this") is None


def test_one_seat_has_one_figure_and_no_rivals() -> None:
    shown = gauge_card("tutorial")
    assert shown is not None
    figures = dict(shown.lines)
    assert "Changes of the lead" not in figures
    assert figures["Above par, looking ahead"].endswith(" %") and " to " not in figures["Above par, looking ahead"]
    several = gauge_card("bucharest_2008")
    assert several is not None and "Changes of the lead" in dict(several.lines)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("S3", "News article: Leaders of the Western Balkans in Skopje (S3)"),
        ("NATO; S5", "NATO; Analysis of 2025: NATO's commitment to stability in the Western Balkans (S5)"),
        ("NATO press release", "NATO press release"),
        ("S300 deliveries", "S300 deliveries"),
    ],
)
def test_keys_of_sources_are_spelled_out(text: str, shown: str) -> None:
    assert spelled(text) == shown
    assert spelled(shown) == shown
