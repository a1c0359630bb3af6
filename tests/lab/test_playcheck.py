"""The quick check finds what is certain: endings that always come, objectives that nobody can miss or reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from game.cli import app
from game.lab.playcheck import play_check
from game.rules import compile_rules
from game.scenario import load


def test_the_starter_is_told_what_is_certain_in_it(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["new-scenario", "starter", "--folder", str(tmp_path)]).exit_code == 0
    found = {(one.kind, one.name): one.text for one in play_check(compile_rules(load(tmp_path / "starter.yaml").book))}
    assert found["sure_ending", "joined"] == "100% of the games by doctrine end with 'joined'."
    said = "'north.steps' is met in 100% of the games by doctrine, in 0% at random."
    assert found["sure_objective", "north.steps"] == said
    assert ("sure_objective", "south.support") in found and "hopeless_objective" not in {kind for kind, _ in found}


def test_an_objective_that_nobody_reaches_is_named(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["new-scenario", "starter", "--folder", str(tmp_path)]).exit_code == 0
    file = tmp_path / "starter.yaml"
    wrong = file.read_text("utf-8").replace("tension[north, south] < 44", "tension[north, south] < 1", 1)
    file.write_text(wrong, "utf-8")
    found = play_check(compile_rules(load(file).book), games=40)
    assert ("hopeless_objective", "north.calm", "'north.calm' is met in no game.") in {
        (one.kind, one.name, one.text) for one in found
    }


def test_a_count_that_runs_away_is_named_and_one_that_is_used_up_is_not(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["new-scenario", "starter", "--folder", str(tmp_path)]).exit_code == 0
    file = tmp_path / "starter_rules" / "rules.yaml"
    line = (
        "  - {{id: {name}, title: {name}, of: seats, unit: count, bounds: [0, 100], start: {start}, help: A hoard.}}\n"
    )
    more = line.format(name="gold", start=0) + line.format(name="bread", start=100)
    rules = file.read_text("utf-8").replace("quantities:", f"quantities:\n{more}  #", 1)
    income = "effects: ['purse[seat] += 2', 'gold[seat] += 40', 'bread[seat] -= 40']"
    file.write_text(rules.replace("effects: ['purse[seat] += 2']", income, 1), "utf-8")
    top = tmp_path / "starter.yaml"
    wanted = top.read_text("utf-8").replace("'support[actor] - 40', aim: 6", "'gold[actor] + bread[actor]', aim: 6", 1)
    top.write_text(wanted, "utf-8")
    found = play_check(compile_rules(load(top).book), games=40)
    text = "'gold' ends up at its highest value in nearly every game."
    assert [(one.name, one.text) for one in found if one.kind == "runaway_quantity"] == [("gold", text)]


@pytest.mark.slow
@pytest.mark.parametrize("scenario", ["bucharest_2008", "dayton_1995", "montenegro_2015"])
def test_nothing_runs_away_in_what_is_shipped(scenario: str) -> None:
    found = play_check(compile_rules(load(scenario).book), games=60)
    assert [one.name for one in found if one.kind == "runaway_quantity"] == []
