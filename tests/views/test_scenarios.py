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


LATER = {
    "id": "a",
    "title": "A",
    "happened": None,
    "happened_later": "2014-06",
    "share": 0.9,
    "in_half_by": "2009-01",
}
CARD = {
    "balance": {
        "games": 512,
        "planner_games": 48,
        "turns": {"mean": 16.0},
        "lead_changes": 2.25,
        "seats": {
            "north": {
                "par": 20,
                "random": {"mean": -3.25, "beats_par": 0.04},
                "doctrine": {"mean": 19, "beats_par": 0.5},
                "planner": {"mean": 24.1, "beats_par": 0.58},
            },
            "south": {"par": 5, "random": {"mean": 4.0, "beats_par": 0.3}},
        },
        "faults": ["north: the planner beats par in 58% of games", "south: too easy", "south: too dull"],
    },
    "hindcast": {
        "games": 1000,
        "window": ["2008-01", "2010-12"],
        "in_sample": True,
        "skill": 0.83,
        "skill_low": -0.04,
        "skill_high": 0.92,
        "targets": 52,
        "right": 50,
        "wrong": [
            LATER,
            {"id": "b", "title": "B", "happened": None, "share": 0.7, "in_half_by": "2009-01"},
        ],
        "worse_than_a_simple_rival": [
            LATER,
            {"id": "c", "title": "C", "happened": None, "share": 0.4, "in_half_by": None},
            {"id": "d", "title": "D", "happened": "2008-04", "share": 0.9, "in_half_by": "2009-10"},
        ],
    },
}


def test_a_seat_sees_its_own_figures_what_was_missed_and_from_how_many_games(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.views.gauge.card", {"x": CARD}.get)
    shown = gauge_card("x", "north", {"north": "The North", "south": "The South"})
    assert shown is not None
    assert shown.lines == (
        ("Par of this seat", "20"),
        ("Above par, looking ahead", "58 % of games; mean score 24.1"),
        ("Above par by doctrine", "50 % of games; mean score 19"),
        ("Above par at random", "4 % of games; mean score −3.2"),
        ("Changes of the lead", "2.2 in 16 turns"),
        ("Missed for this seat", "the planner beats par in 58% of games"),
        ("Criteria missed for other seats", "The South 2"),
        ("Skill against the record", "+0.83 (−0.04 to 0.92)"),
        ("Recorded milestones that most games match", "50 of 52"),
        ("It gets wrong: A", "in 90 % of games; it happened in June 2014, after the last month of the games"),
        ("It gets wrong: B", "in 70 % of games; it had not happened by December 2010"),
        ("It reaches too often: C", "in 40 % of games; it had not happened by December 2010"),
        ("It gets the time wrong: D", "in 90 % of games, half of them by October 2009 instead of April 2008"),
    )
    assert "512 games for each kind of player, 48 for each seat that looks ahead" in shown.note
    assert "1000 games, January 2008 to December 2010" in shown.note and "in-sample" in shown.note
    assert shown.short == "Games above par: looking ahead 58 %, by doctrine 50 %, at random 4 %; 1 criterion missed"
    whole = gauge_card("x")
    assert whole is not None and whole.short == ""
    assert ("Missed for south", "too dull") in whole.lines and (
        "Above par at random",
        "4 % to 30 % by seat",
    ) in whole.lines


def test_a_card_of_an_earlier_form_is_shown_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    balance = {key: value for key, value in CARD["balance"].items() if key not in ("faults", "planner_games")}
    hindcast = {key: value for key, value in CARD["hindcast"].items() if not key.startswith("skill_")}
    monkeypatch.setattr("game.views.gauge.card", {"x": {"balance": balance, "hindcast": hindcast}}.get)
    shown = gauge_card("x", "south")
    assert shown is not None
    assert ("Skill against the record", "+0.83") in shown.lines
    assert ("Missed for this seat", "nothing that was measured") in shown.lines


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
