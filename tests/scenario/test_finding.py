"""Files that are not where they should be, or not what they should be: one line that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import resources
from game.scenario import ScenarioError, load
from game.scenario.skeleton import write_skeleton


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    return write_skeleton("mine", tmp_path)[0]


def told(path: Path) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        load(str(path))
    return [line.removeprefix(f"{path.parent}/") for line in str(caught.value).splitlines()]


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


@pytest.mark.parametrize("name", ["more.yml", "more.YAML", "more.YML"])
def test_files_that_would_not_be_read_are_named(scenario: Path, name: str) -> None:
    (scenario.parent / "mine_rules" / name).write_text("nonsense: [", encoding="utf-8")
    assert told(scenario) == [f"mine_rules/{name}:1:1: files of a rulebook end in .yaml; this one would not be read"]


def test_a_rulebook_of_misnamed_files_only_is_no_missing_rulebook(scenario: Path) -> None:
    rules = scenario.parent / "mine_rules" / "rules.yaml"
    rules.rename(rules.with_suffix(".yml"))
    assert told(scenario) == ["mine_rules/rules.yml:1:1: files of a rulebook end in .yaml; this one would not be read"]


@pytest.mark.parametrize(("name", "near"), [("mine_rulse", "mine_rules"), ("western_balkan", "western_balkans")])
def test_the_nearest_rulebook_is_named(scenario: Path, name: str, near: str) -> None:
    rewrite(scenario, "rulebook: mine_rules", f"rulebook: {name}")
    (line,) = told(scenario)
    assert line.endswith(
        f"there is no rulebook '{name}' beside the scenario or among the shipped (did you mean '{near}'?)"
    )


def test_the_nearest_chapter_is_named(scenario: Path) -> None:
    rewrite(scenario, "rulebook: mine_rules", "rulebook: western_balkans\nchapters: [ohrid_crysis]")
    message = (
        "the rulebook 'western_balkans' has no folder 'ohrid_crysis' with files, and none is beside the scenario"
        " (did you mean 'ohrid_crisis'?); searched: "
        f"{resources.scenarios() / 'western_balkans' / 'ohrid_crysis'}, {scenario.parent / 'ohrid_crysis'}"
    )
    assert told(scenario)[0].endswith(message)


def test_a_rulebook_that_is_a_path_is_told_once(scenario: Path) -> None:
    rewrite(scenario, "rulebook: mine_rules", "rulebook: ./mine_rules")
    (line,) = told(scenario)
    assert line.endswith("'./mine_rules' is not an id (small letters, digits and _, at most 48)")


def test_the_nearest_file_is_named(scenario: Path) -> None:
    (line,) = told(scenario.with_name("mien.yaml"))
    assert line.endswith("no such file or directory (did you mean 'mine.yaml'?)")


def test_a_file_of_a_rulebook_is_no_scenario(scenario: Path) -> None:
    file = scenario.parent / "mine_rules" / "rules.yaml"
    message = "this is a file of a rulebook; name the file of a scenario, which says 'rulebook: …'"
    assert told(file) == [f"rules.yaml:1:1: {message}"]
