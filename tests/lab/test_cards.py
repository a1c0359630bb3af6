"""The cards that are shipped: whole, and shown by the picker; a scenario without one opens all the same."""

from __future__ import annotations

import pytest

from game import resources
from game.lab.cards import card
from game.scenario import load, shipped
from game.views.scenarios import gauge_card

CARDS = sorted(path.stem for path in resources.balance().glob("*.json"))


@pytest.mark.parametrize("scenario", CARDS)
def test_a_card_fits_its_scenario(scenario: str) -> None:
    assert scenario in {name for name, _title in shipped()}
    held = card(scenario)
    assert held is not None
    assert set(held["balance"]["seats"]) == {one.seat for one in load(scenario).book.scenario.seats}
    shown = gauge_card(scenario)
    assert shown is not None and len(shown.lines) >= 2 and shown.note
    ungraded = "Too little is recorded for these months to grade this scenario against history."
    assert (ungraded in shown.note) is (held["hindcast"] is None)
    if held["hindcast"]:
        assert held["hindcast"]["right"] + len(held["hindcast"]["wrong"]) == held["hindcast"]["targets"]
        for wrong in [*held["hindcast"]["wrong"], *held["hindcast"]["worse_than_a_simple_rival"]]:
            assert any(wrong["title"] in what for what, _figure in shown.lines), "failures are shown"


def test_a_scenario_without_a_card_has_none() -> None:
    assert CARDS
    assert card("nowhere") is None and gauge_card("nowhere") is None
