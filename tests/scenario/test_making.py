"""From nothing to a scenario of another region: the skeleton, the sample, and the page that leads there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from game.cli import app
from game.lab.gauge import play_out, repeaters
from game.rules import Ruleset, compile_rules
from game.scenario import load
from game.scenario.skeleton import SkeletonError, write_skeleton
from tests.scenario.tiny import DATA

GUIDE = Path(__file__).parents[2] / "docs" / "making-a-scenario.md"


@pytest.fixture(scope="module")
def sample() -> Ruleset:
    return compile_rules(load(DATA / "timor_leste_2022.yaml").book)


def test_every_example_of_the_page_stands_in_the_sample() -> None:
    files = [DATA / "timor_leste_2022.yaml", *sorted((DATA / "southeast_asia").glob("*.yaml"))]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    blocks = re.findall(r"^```yaml\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.M | re.S)
    assert len(blocks) >= 15
    for block in blocks:
        assert block in text, block


def test_the_sample_shares_nothing_with_the_western_balkans(sample: Ruleset) -> None:
    other = load("bucharest_2008").book.rulebook
    mine = sample.book.rulebook
    shared = {rule.id for rule in mine.rules} & {rule.id for rule in other.rules} - {"income"}
    assert not shared
    assert not {action.id for action in mine.actions} & {action.id for action in other.actions}
    assert not {event.id for event in mine.events} & {event.id for event in other.events} - {"flood"}
    assert not {ladder.id for ladder in mine.ladders} & {ladder.id for ladder in other.ladders}


def test_the_sample_is_worth_playing(sample: Ruleset) -> None:
    outcome = play_out(sample, 300, "doctrine")
    endings = outcome.endings
    assert endings[""] == 0
    assert sum(share > 0.05 for share in endings.values()) >= 3
    assert all(0.1 <= share <= 0.9 for share in outcome.met().values())
    for seat in sample.seats:
        _, idle = next(iter(repeaters(sample, seat, (), outcome.score(seat))))
        assert idle >= 0.65, seat


def test_the_skeleton_passes_the_check_and_is_not_won_by_doing_nothing(tmp_path: Path) -> None:
    scenario, rules = write_skeleton("west_africa", tmp_path)
    assert {scenario.name, rules.parent.name} == {"west_africa.yaml", "west_africa_rules"}
    result = CliRunner().invoke(app, ["check", str(scenario)])
    assert result.exit_code == 0, result.output
    ruleset = compile_rules(load(scenario).book)
    outcome = play_out(ruleset, 100, "doctrine")
    assert outcome.endings[""] == 0
    for seat in ruleset.seats:
        _, idle = next(iter(repeaters(ruleset, seat, (), outcome.score(seat))))
        assert idle >= 0.65, seat


def test_the_skeleton_tells_what_it_is_about(tmp_path: Path) -> None:
    scenario, rules = write_skeleton("west_africa", tmp_path)
    words = "countries\nquit\n"
    play = ["play", str(scenario), "--as", "north", "--text"]
    told = CliRunner().invoke(app, play, input=words).output
    assert "North. Place in the Union: Outside; Reform 36; Support at home 50." in told
    run = ["run", str(scenario), "--games", "2", "--out", str(tmp_path / "runs.jsonl")]
    assert "member 100 %" in CliRunner().invoke(app, run).output
    rules.write_text(rules.read_text(encoding="utf-8").partition("report:")[0], encoding="utf-8", newline="\n")
    told = CliRunner().invoke(app, play, input=words).output
    assert "North. Place in the Union: Outside; Reform 36; Support at home 50." in told
    (tmp_path / "runs.jsonl").unlink()
    assert "Rungs reached" not in CliRunner().invoke(app, run).output


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    write_skeleton("mine", tmp_path)
    before = (tmp_path / "mine.yaml").read_bytes()
    with pytest.raises(SkeletonError, match="is there already"):
        write_skeleton("mine", tmp_path)
    assert (tmp_path / "mine.yaml").read_bytes() == before
    (tmp_path / "mine.yaml").unlink()
    with pytest.raises(SkeletonError, match="mine_rules' is there already"):
        write_skeleton("mine", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine_rules"]


@pytest.mark.parametrize("name", ["../up", "Kosovo", "a-b", "", "_x", "1848", "x" * 41, "śląsk"])
def test_a_name_that_cannot_be_an_id(name: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["new-scenario", name, "--folder", str(tmp_path / "there")])
    assert result.exit_code == 2
    assert not (tmp_path / "there").exists()
