"""Paired comparisons: intervals that hold at every look, verdicts, changed rules, exit statuses."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from game.cli import app
from game.lab.compare import compare_settings, half_width, notes_on, setting
from game.lab.variants import varied
from game.rules import compile_rules
from game.scenario import load, load_texts
from game.session import UnknownNameError
from tests.scenario.tiny import changed

TINY = str(Path(__file__).parent.parent / "data" / "tiny.yaml")


def test_the_intervals_hold_at_all_looks_together() -> None:
    """Of 300 runs of pure noise few ever leave the interval, though it is looked at 40 times."""
    chance = np.random.default_rng(1)
    wrong = 0
    for _ in range(300):
        means = chance.normal(size=40 * 64).cumsum()[63::64] / np.arange(64, 40 * 64 + 1, 64)
        wrong += any(abs(mean) > half_width(64 * (look + 1), 1.0, 0.05) for look, mean in enumerate(means))
    assert wrong <= 24
    assert half_width(1000, 1.0, 0.05) < 0.2


def test_the_same_is_the_same_at_the_first_look() -> None:
    result = compare_settings(setting(TINY), setting(TINY))
    assert result.status == 0 and result.games == 256
    assert all(one.mean == 0 and one.verdict == "same" for one in result.differences)


def test_another_number_or_player_makes_a_difference() -> None:
    calmer = compare_settings(setting(TINY), setting(f"{TINY},parameter.calming=0.2"))
    assert calmer.status == 1 and calmer.games < 4096
    idle = compare_settings(setting(TINY), setting(f"{TINY},belen=idle"), measures=["score.belen"], games=512)
    assert [one.measure for one in idle.differences] == ["score.belen"]
    unsettled = compare_settings(setting(TINY), setting(f"{TINY},players=random"), games=2, tolerance=0.01)
    assert unsettled.status == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [("belan=idle", "belen"), ("parameter.calmin=1", "calming"), ("without.nothing", "nothing"),
     ("what", "not a change"), ("parameter.calming=much", "not a number"), ("players=nobody", "nobody")],
)  # fmt: skip
def test_a_change_that_makes_no_sense_is_refused(text: str, said: str) -> None:
    with pytest.raises((UnknownNameError, ValueError), match=said):
        setting(f"{TINY},{text}")


def test_everything_can_be_left_out() -> None:
    """Each order, event and rule by itself: offered, wanted, asked about, shut out or promised elsewhere or not."""
    scenario = load(TINY)
    whole = scenario.book.whole
    for one in (*whole.actions, *whole.events, *whole.rules):
        book = varied(scenario, without=[one.id])
        assert one.id not in {template.id for template in (*book.actions, *book.events, *book.rules)}
        assert not any(one.id in (*seat.helps, *seat.orders) for seat in book.scenario.seats)
        compile_rules(book)


def test_an_order_that_is_offered_and_wanted_can_be_left_out_of_a_shipped_scenario() -> None:
    """It is in a seat's `helps`, in doctrines, in councils' conditions and in what was recorded."""
    found = compare_settings(
        setting("tutorial,players=history"), setting("tutorial,players=history,without.reform_defence"), games=8
    )
    assert found.games == 8


def test_the_last_order_of_a_seats_list_is_not_left_out() -> None:
    files = changed("tiny.yaml", "helps: [sign_treaty, gesture]", "helps: [gesture]\n    orders: [gesture]")
    with pytest.raises(ValueError, match="without them arda would have no order left: gesture"):
        varied(load_texts(files), without=["gesture"])


def test_the_command_exits_with_the_verdict() -> None:
    same = CliRunner().invoke(app, ["compare", TINY, TINY, "--games", "300", "--json"])
    assert same.exit_code == 0
    figures = json.loads(same.stdout)
    assert {one["verdict"] for one in figures["measures"]} == {"same"}
    assert CliRunner().invoke(app, ["compare", TINY, f"{TINY},parameter.calming=0.2"]).exit_code == 1
    assert CliRunner().invoke(app, ["compare", TINY, f"{TINY},players=random", "--games", "2"]).exit_code == 3
    wrong = CliRunner().invoke(app, ["compare", TINY, TINY, "--measure", "score.ardo"])
    assert wrong.exit_code == 2 and "score.arda" in wrong.stderr


def test_each_measure_has_a_tolerance_of_its_own() -> None:
    names = ["score.arda", "war", "armed_attacks", "turns", "incidents"]
    found = compare_settings(setting(TINY), setting(TINY), games=16, measures=names)
    assert [one.tolerance for one in found.differences] == [1.0, 0.02, 0.1, 0.1, 0.1]
    assert next(found.lines()).endswith("the same up to 1 (score), 0.02 (war), 0.1 (armed_attacks, turns, incidents)")
    given = compare_settings(setting(TINY), setting(TINY), games=16, measures=names, tolerance=3)
    assert {one.tolerance for one in given.differences} == {3}
    said = CliRunner().invoke(app, ["compare", "--help"]).stdout
    assert "armed_attacks" in said and "0.02 of the games" in " ".join(said.split())


def test_a_difference_of_a_share_is_a_difference() -> None:
    """War in a third of the games less: not a point of a score, and many wars."""
    words = ["compare", TINY, f"{TINY},arda=idle", "--games", "1024", "--measure", "war", "--json"]
    result = CliRunner().invoke(app, words)
    (one,) = json.loads(result.stdout)["measures"]
    assert 0.1 < abs(one["difference"]) < 1
    assert (result.exit_code, one["verdict"]) == (1, "different")


@pytest.mark.parametrize("words", [["x"], [f"{TINY},belan=idle"], [f"{TINY},parameter.calming=nan"]])
def test_a_mistake_is_not_a_verdict(words: list[str]) -> None:
    result = CliRunner().invoke(app, ["compare", TINY, *words])
    assert result.exit_code == 2 and result.stdout == "" and result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [("belen=idel", "belen: .*nearest: idle"), ("players=doctrin", "players: .*nearest: doctrine"),
     ("belen=repeat:refrom", "belen: .*reform"), ("parameter.calming=inf", "parameter.calming: 'inf' is not a finite"),
     ("parameter.calming=1e30", "parameter.calming: "), ("parameter.calming=abc", "parameter.calming: 'abc'")],
)  # fmt: skip
def test_a_wrong_change_says_where_and_what_is_near(change: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        setting(f"{TINY},{change}")


def test_what_is_not_compared_is_said() -> None:
    """One of fourteen scores is in both, and the exit status a gate on that one alone."""
    result = CliRunner().invoke(app, ["compare", "bucharest_2008", "tutorial", "--games", "2", "--json"])
    assert result.stderr.count("\n") == 1
    assert "13 scores are in one setting only, and not compared: " in result.stderr and "score.nato" in result.stderr
    figures = json.loads(result.stdout)
    assert [one["measure"] for one in figures["measures"]] == ["score.croatia"]
    assert len(figures["left_out"]) == 13 and figures["notes"] == result.stderr.splitlines()
    first, second = setting("bucharest_2008"), setting("tutorial")
    assert notes_on(first, second, ["score.croatia"]) == [], "who chooses knows"
    assert notes_on(first, first, None) == []


def test_a_parameter_out_of_its_range_is_said() -> None:
    first, second = setting(f"{TINY},parameter.calming=-5"), setting(f"{TINY},parameter.calming=0.2")
    (note,) = first.notes
    assert note == "parameter.calming: -5 is outside 0.02 to 0.2, the declared range."
    assert second.notes == () and notes_on(second, first, None) == [note]
    result = CliRunner().invoke(app, ["compare", TINY, f"{TINY},parameter.calming=-5", "--games", "2"])
    assert result.stderr == note + "\n"
