"""Chapters, additions to sets and relations, and what a scenario goes without."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.players import make_player
from game.rules import advance, compile_rules, start
from game.scenario import ScenarioError, load
from tests.scenario.tiny import DATA

CHAPTER = """
things:
  - {id: delta, name: Delta, kind: state}
additions:
  - {to: states, members: [delta]}
  - {to: borders, pairs: [[corva, delta]]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "tiny", tmp_path / "tiny")
    (tmp_path / "tiny" / "delta_years").mkdir()
    (tmp_path / "tiny" / "delta_years" / "delta.yaml").write_text(CHAPTER)
    text = (DATA / "tiny.yaml").read_text()
    (tmp_path / "plain.yaml").write_text(text.replace("id: tiny\n", "id: plain\n", 1))
    (tmp_path / "late.yaml").write_text(
        text.replace("id: tiny\n", "id: late\n", 1).replace(
            "rulebook: tiny", "rulebook: tiny\nchapters: [delta_years]", 1
        )
    )
    return tmp_path


def test_a_chapter_adds_to_sets_and_relations_of_the_rulebook(folder: Path) -> None:
    plain, late = load(folder / "plain.yaml"), load(folder / "late.yaml")
    assert late.book.sets["states"] == (*plain.book.sets["states"], "delta")
    assert late.book.relations["borders"] == (*plain.book.relations["borders"], ("corva", "delta"))
    assert "tiny/delta_years/delta.yaml" in late.text
    assert "tiny/delta_years/delta.yaml" not in plain.text
    assert start(compile_rules(late.book), [1]).state.shape[0] > start(compile_rules(plain.book), [1]).state.shape[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("to: states", "to: stats", "there is no set or relation 'stats' (did you mean 'states'?)"),
        ("members: [delta]", "members: [dalta]", "there is no thing 'dalta' (did you mean 'delta'?)"),
        ("[[corva, delta]]", "[[corva, dalta]]", "'dalta' is not in the set"),
        ("to: borders, pairs: [[corva, delta]]", "to: borders, members: [delta]", "it takes 'pairs'"),
    ],
)
def test_a_fault_in_an_addition_is_named_at_its_place(folder: Path, old: str, new: str, said: str) -> None:
    file = folder / "tiny" / "delta_years" / "delta.yaml"
    file.write_text(CHAPTER.replace(old, new, 1))
    with pytest.raises(ScenarioError) as fault:
        load(folder / "late.yaml")
    line = next(line for line in str(fault.value).splitlines() if said in line)
    assert line.startswith(str(file))


def test_a_chapter_that_is_not_there(folder: Path) -> None:
    file = folder / "late.yaml"
    file.write_text(file.read_text().replace("[delta_years]", "[delta_yaers]", 1))
    with pytest.raises(ScenarioError, match="has no folder 'delta_yaers'"):
        load(file)


def test_a_fault_in_the_scenarios_own_addition_is_named_in_the_scenario(folder: Path) -> None:
    file = folder / "late.yaml"
    text = file.read_text()
    added = "  additions: [{to: states, members: [nowhere]}]"
    file.write_text(text.replace("\nrules:\n", f"\nrules:\n{added}\n", 1))
    with pytest.raises(ScenarioError, match=r"late\.yaml:\d+:\d+.*no thing 'nowhere'"):
        load(file)


def test_a_scenario_goes_without_an_action(folder: Path) -> None:
    file = folder / "plain.yaml"
    before = compile_rules(load(file).book)
    text = file.read_text().replace("helps: [sign_treaty, gesture]", "helps: [sign_treaty]", 1)
    text = text.replace("helps: [reform, attend, gesture]", "helps: [reform, attend]")
    file.write_text(text.replace("without: [old_custom]", "without: [old_custom, gesture]"))
    after = compile_rules(load(file).book)
    gone = set(before.catalogue.texts) - set(after.catalogue.texts)
    assert {text.split(".")[1] for text in gone} == {"gesture"}
    world = start(after, [1, 2])
    orders = make_player("doctrine", after).decide(after, world, list(range(len(after.seats))))
    assert advance(after, world, orders).world.turn == 2
