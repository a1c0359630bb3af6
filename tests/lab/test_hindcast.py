"""Hindcasts: the scores by hand, rivals, windows, lists that are wrong."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

pytest.importorskip("pyarrow")

from game import lab, resources
from game.cli import app
from game.lab.hindcast import NEVER, Hindcast, hindcast, lines, sampled
from game.lab.hindcast_grades import Grade, grade, interval, skill
from game.lab.hindcast_page import card, page
from game.lab.hindcast_parameters import calibration, frozen_numbers
from game.lab.targets import SHIPPED, Target, Targets, hazard_of, hazards, month, read_targets
from game.scenario import load

TINY = str(Path(__file__).parent.parent / "data" / "tiny.yaml")
FIRST = month("2008-01")


def target(happened: str | None, name: str = "a", actor: str = "x") -> Target:
    return Target(name, actor, "nato", "member", "member", None if happened is None else month(happened))


def window(*targets: Target, months: int = 24) -> Targets:
    return Targets(FIRST, FIRST + months - 1, targets)


def by_hand(months: list[int | None], happened: int | None, size: int) -> float:
    """The sum over the window's months of (share reached so far − whether it had happened)²."""
    total = 0.0
    for t in range(size):
        share = sum(m is not None and m <= t for m in months) / len(months)
        total += (share - (happened is not None and happened <= t)) ** 2
    return total


@pytest.mark.parametrize("happened", [None, 0, 5, 23])
def test_a_score_is_the_censored_one(happened: int | None) -> None:
    months: list[int | None] = [0, 3, 3, 9, 23, None, None, 40]
    found = np.array([NEVER if m is None else FIRST + m for m in months])
    one = Target("a", "x", "nato", "member", "member", None if happened is None else FIRST + happened)
    graded = grade(one, found, window(one), 0.01)
    assert graded.crps == pytest.approx(by_hand([m if m is None or m < 24 else None for m in months], happened, 24))
    assert graded.no_change == (0 if happened is None else 24 - happened)
    assert graded.share == 5 / 8
    base = [(1 - 0.99 ** (t + 1)) - (happened is not None and happened <= t) for t in range(24)]
    assert graded.base_rate == pytest.approx(sum(b * b for b in base))


def test_what_was_reached_before_the_window_counts_as_its_first_month() -> None:
    one = target("2008-01")
    early = grade(one, np.array([FIRST - 30, FIRST - 1, FIRST]), window(one), 0.1)
    assert early.crps == 0 and early.share == 1


def test_both_rivals_know_what_had_happened_before_the_window() -> None:
    earlier = replace(target("2008-01"), held=True)
    graded = grade(earlier, np.array([FIRST, FIRST + 6, NEVER]), window(earlier), 0.1)
    assert graded.no_change == graded.base_rate == 0 < graded.crps


def result_of(*grades: Grade) -> Hindcast:
    grid = window(*(one.target for one in grades))
    return Hindcast("tiny", 50, 0, ("doctrine",), grid, "in", grades, {}, "0")


def test_a_milestone_at_the_wrong_time_is_a_failure_too() -> None:
    """Most games agree that it happened, and a rival that says it never does comes closer."""
    late, good, never = target("2009-11", "late"), target("2008-06", "good"), target(None, "never")
    grid = window(late, good, never)
    found = result_of(
        grade(late, np.full(50, FIRST), grid, 0.001),
        grade(good, np.full(50, good.happened), grid, 0.001),
        grade(never, np.full(50, FIRST + 20), grid, 0.001),
    )
    assert [one.target.id for one in found.failures] == ["late", "never"]
    assert found.figures()["worse_than_a_simple_rival"] == ["late", "never"]
    assert found.figures()["most_games_disagree"] == ["never"]
    assert [one.median(grid) for one in found.failures] == [FIRST, FIRST + 20]
    said = "\n".join(lines(found))
    assert re.search(r"late .*a rival is closer$", said, re.M) and re.search(r"never .*wrong$", said, re.M)
    wrong = next(one for one in page(found).sections if one.title == "What it gets wrong")
    assert [row[0] for row in wrong.rows] == ["late", "never"]
    assert ("2 of 3", "targets on which most games agree; on 1 of them a simple rival is closer") in (
        page(found).sections[0].figures
    )


def test_one_country_has_no_interval() -> None:
    one = target("2008-06")
    grid = window(one)
    found = result_of(grade(one, np.full(50, FIRST), grid, 0.01))
    assert "one country: no interval" in "\n".join(lines(found))
    assert any("no interval" in text for _value, text in page(found).sections[0].figures)


def test_countries_of_which_one_alone_decides_have_no_interval() -> None:
    """All draws have the same skill then: an interval without width would look like certainty."""
    joined, earlier = target("2008-06", "a", "x"), replace(target("2008-01", "b", "y"), held=True)
    grid = window(joined, earlier)
    late = grade(joined, np.array([FIRST, FIRST + 12, NEVER]), grid, 0.01)
    found = result_of(late, grade(earlier, np.full(3, FIRST), grid, 0.01))
    assert found.countries == 2 and found.figures()["skill"] == pytest.approx(skill([late]))
    assert found.figures()["skill_low"] is None and found.figures()["skill_high"] is None
    said = "\n".join(lines(found))
    assert "no interval" in said and "[" not in said and "one country" not in said
    assert any("no interval" in text for _value, text in page(found).sections[0].figures)


def test_who_asks_for_what_happened_after_the_window_is_told(tmp_path: Path) -> None:
    pytest.importorskip("altair")
    file = tmp_path / "list.yaml"
    entry = "{id: joined, actor: croatia, ladder: nato, milestone: member, happened: '2009-04'}"
    file.write_text(f"window: ['2008-01', '2008-12']\ntargets: [{entry}]\n", "utf-8")
    words = ["hindcast", "bucharest_2008", "--games", "4", "--workers", "0", "--targets", str(file)]
    result = CliRunner().invoke(app, [*words, "--out", str(tmp_path / "card")])
    assert result.exit_code == 0, result.output
    assert "count as not having happened: joined." in result.stderr


def test_the_base_rate_is_events_over_exposure() -> None:
    fitted = window(target("2008-03", "a"), target(None, "b"), target("2009-12", "c"))
    rates = hazards(fitted)
    assert rates["nato", "member"] == pytest.approx(2 / (3 + 24 + 24))
    other = Target("d", "x", "eu", "candidate", "candidate", None)
    assert hazard_of(other, rates) == rates["", ""]


def test_skill_compares_with_the_better_rival_and_countries_are_drawn() -> None:
    targets = [target("2008-06", "a", "x"), target(None, "b", "y"), target("2009-06", "c", "z")]
    grid = window(*targets)
    reached = [np.full(50, NEVER if one.happened is None else one.happened) for one in targets]
    perfect = [grade(one, found, grid, 0.03) for one, found in zip(targets, reached, strict=True)]
    assert skill(perfect) == 1
    assert interval(perfect, 200) == (None, None), "a width of nought is no interval"
    still = [grade(one, np.full(50, NEVER), grid, 0.03) for one in targets]
    found = skill(still)
    assert found is not None and found <= 0
    low, high = interval(still, 200)
    assert low is not None and high is not None and low <= found <= high


def test_bucharest_is_graded_on_what_it_covers(tmp_path: Path) -> None:
    data = lab.run("bucharest_2008", tmp_path / "run", games=48, seed=2, workers=0)
    figures = hindcast(data).figures()
    assert figures["window"] == ["2008-01", "2010-12"]
    assert figures["in_sample"] is True
    assert len(figures["targets"]) == 52
    for one in figures["targets"]:
        assert set(one) == {"id", "happened", "share", "crps", "no_change", "base_rate"}
    late = next(one for one in figures["targets"] if one["id"] == "croatia.eu.member")
    assert late["happened"] is None
    assert figures["happened_after_window"]["croatia.eu.member"] == "2013-07"
    assert figures["window_of_targets"] == ["2008-01", "2014-12"]
    graded = hindcast(data)
    said = "\n".join(lines(graded))
    assert re.search(r"croatia.eu.member +not by 2010-12 \(2013-07\) ", said) and "never" not in said
    assert re.search(r"serbia.nato.member +not by 2010-12 ", said)
    cut = "2008-01 to 2014-12, is cut to the months"
    assert cut in said and cut in page(graded).lead
    rows = next(one for one in page(graded).sections if one.title == "Every target").rows
    assert ["croatia.eu.member", "not by 2010-12 (2013-07)"] in [row[:2] for row in rows]
    records = list(data.records())
    expected = sum("member" in r["reached"]["croatia"]["nato"] for r in records) / 48
    assert next(o for o in figures["targets"] if o["id"] == "croatia.nato.member")["share"] == expected
    mean = sum(one["crps"] for one in figures["targets"]) / 52
    assert figures["crps"] == pytest.approx(mean)
    assert figures["skill_low"] <= figures["skill"] <= figures["skill_high"]


def test_the_command_writes_a_page_and_figures(tmp_path: Path) -> None:
    pytest.importorskip("altair")
    words = ["hindcast", "bucharest_2008", "--games", "16", "--workers", "0", "--out", str(tmp_path / "card"), "--json"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert figures == json.loads((tmp_path / "card" / "hindcast.json").read_text("utf-8"))
    page = (tmp_path / "card" / "hindcast.html").read_text("utf-8")
    assert "What it gets wrong" in page and "vegaEmbed" in page
    assert 'src="http' not in page and "<link" not in page
    assert f"game play --from {tmp_path / 'card' / 'run'} --game 0" in page
    mine = tmp_path / "mine.yaml"
    mine.write_text(SHIPPED.read_text("utf-8").replace("actor: croatia", "actor: croatai", 1), "utf-8")
    result = CliRunner().invoke(app, [*words, "--targets", str(mine)])
    assert result.exit_code == 1 and "did you mean 'croatia'" in result.stderr


def test_a_window_is_judged_by_the_months_that_are_graded() -> None:
    fitted = read_targets()
    for first, last, expected in (
        ("2008-01", "2010-12", "in"),
        ("2013-01", "2015-12", "partly"),
        ("2007-01", "2008-06", "partly"),
        ("2015-01", "2017-12", "out"),
    ):
        assert sampled(Targets(month(first), month(last), ()), fitted) == expected


def test_a_longer_list_does_not_make_a_window_out_of_sample(tmp_path: Path) -> None:
    longer = tmp_path / "longer.yaml"
    longer.write_text(SHIPPED.read_text("utf-8").replace("2014-12']", "2015-12']", 1), "utf-8")
    data = lab.run("bucharest_2008", tmp_path / "run", games=4, seed=2, workers=0)
    found = hindcast(data, read_targets(longer))
    assert found.in_sample and found.figures()["in_sample"] is True
    assert any("(in-sample)" in line for line in lines(found))
    assert hindcast(data).shipped and not found.shipped
    fixed = "fixed before any game was played"
    assert fixed in page(hindcast(data)).lead and fixed not in page(found).lead
    partly = replace(found, sample="partly")
    assert partly.figures()["partly_in_sample"] is True and partly.figures()["in_sample"] is False
    assert any("(partly in-sample)" in line for line in lines(partly))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("actor: albania,", "actor: albaniaa,", "target 1 ('albania.nato.invited'): .*'albania'"),
        ("ladder: nato,", "ladder: natoo,", "target 1 .*'nato'"),
        ("milestone: member,", "milestone: membr,", "target 2 .*'member'"),
        ("milestone: recognised.kosovo", "milestone: recognised.kosvo", "target 42 .*'recognised.kosovo'"),
        ("actor: turkey,", "actor: turky,", "target 43 .*'turkey'"),
    ],
)
def test_a_wrong_target_is_named_before_a_game_is_played(tmp_path: Path, old: str, new: str, said: str) -> None:
    mine, out = tmp_path / "mine.yaml", tmp_path / "card"
    mine.write_text(SHIPPED.read_text("utf-8").replace(old, new, 1), "utf-8")
    words = ["hindcast", "bucharest_2008", "--games", "8", "--workers", "0", "--out", str(out), "--targets", str(mine)]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 1 and not out.exists()
    assert re.match(re.escape(f"{mine}:") + r"\d+:\d+: " + said.replace("(", r"\(").replace(")", r"\)"), result.stderr)


def test_a_window_that_a_scenario_does_not_reach_is_found_before_a_game_is_played(tmp_path: Path) -> None:
    out = tmp_path / "card"
    result = CliRunner().invoke(app, ["hindcast", "kosovo_2023", "--games", "16", "--out", str(out)])
    assert result.exit_code == 1 and not out.exists()
    assert "no month in common" in result.stderr and SHIPPED.name in result.stderr and "2008-01" in result.stderr


def test_what_was_calibrated_is_said_with_the_hash_that_is_frozen() -> None:
    """One hash in the report, the page, the card and docs/calibration.json."""
    frozen = json.loads((Path(__file__).parents[2] / "docs" / "calibration.json").read_text("utf-8"))
    book = load("open_door").book
    held = calibration(book, read_targets())
    assert held is not None and held.figures() == frozen
    assert frozen_numbers(book, read_targets()) == held
    one = target("2008-06")
    found = result_of(grade(one, np.full(50, FIRST), window(one), 0.01))
    assert "calibrated" not in found.figures() and "alibrated" not in page(found).foot
    found = replace(found, calibrated=held)
    assert found.figures()["calibrated"] == frozen
    assert card(found, book)["calibrated_hash"] == frozen["hash"]
    assert frozen["hash"] in page(found).foot and "wear 0.035" in page(found).foot
    assert any(frozen["hash"] in line and "wear" in line for line in lines(found))
    for numbers in (calibration, frozen_numbers):
        assert numbers(load("bucharest_2008").book, read_targets()) is None


def test_a_copy_with_another_number_is_not_called_calibrated(tmp_path: Path) -> None:
    """Its numbers are not those that were fitted and frozen, and neither report says so."""
    frozen = json.loads((Path(__file__).parents[2] / "docs" / "calibration.json").read_text("utf-8"))
    folder = tmp_path / "scenarios"
    shutil.copytree(resources.scenarios(), folder)
    file = folder / "open_door.yaml"
    line = "{change: invitation_gate, value: 66, "
    file.write_text(file.read_text("utf-8").replace(line, line.replace("66", "67"), 1), "utf-8")
    book = load(file).book
    held = frozen_numbers(book, read_targets())
    assert held is not None
    assert held.figures() == {**frozen, "changed": {"invitation_gate": 67}}
    one = target("2008-06")
    found = replace(result_of(grade(one, np.full(50, FIRST), window(one), 0.01)), calibrated=held)
    said = [line for line in lines(found) if "alibrated" in line]
    assert said == [f"changed from the calibrated numbers (hash {frozen['hash']}): invitation_gate 67 instead of 66"]
    assert "Changed from the calibrated numbers" in page(found).foot and "invitation_gate 67" in page(found).foot
    assert "Calibrated:" not in page(found).foot and "calibrated_hash" not in card(found, book)
