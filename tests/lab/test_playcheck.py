"""The quick check finds what is certain: endings that always come, objectives that nobody can miss or reach."""

from __future__ import annotations

from pathlib import Path

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
