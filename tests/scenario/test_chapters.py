"""Chapters, additions to sets and relations, and what a scenario goes without."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game import resources
from game.players import make_player
from game.rules import advance, compile_rules, start
from game.scenario import ScenarioError, load, load_texts, read_files
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


def test_a_chapter_beside_the_scenario_serves_where_the_rulebook_has_none(folder: Path) -> None:
    inside = load(folder / "late.yaml").book
    (folder / "tiny" / "delta_years").rename(folder / "delta_years")
    beside = load(folder / "late.yaml")
    assert beside.book.sets == inside.sets and beside.book.relations == inside.relations
    assert "delta_years/delta.yaml" in beside.text
    assert load_texts(beside.text).book.sets == inside.sets
    shuffled = dict(sorted(beside.text.items(), reverse=True))
    assert load_texts(shuffled).book.sets == inside.sets


def test_a_chapter_of_the_rulebook_goes_before_one_beside_the_scenario(folder: Path) -> None:
    (folder / "delta_years").mkdir()
    (folder / "delta_years" / "other.yaml").write_text("things: [{id: other, name: Other}]\n")
    late = load(folder / "late.yaml")
    assert "tiny/delta_years/delta.yaml" in late.text and "delta_years/other.yaml" not in late.text


def test_a_chapter_for_a_shipped_rulebook_lies_beside_the_scenario(tmp_path: Path) -> None:
    """A folder with the rulebook's name that holds folders only does not hide the shipped rulebook."""
    file = tmp_path / "mine.yaml"
    text = (resources.scenarios() / "tutorial.yaml").read_text(encoding="utf-8")
    assert "chapters:" not in text
    text = text.replace("id: tutorial\n", "id: mine\n", 1)
    file.write_text(
        text.replace("rulebook: western_balkans\n", "rulebook: western_balkans\nchapters: [moldova_crisis]\n", 1),
        encoding="utf-8",
    )
    hidden = tmp_path / "western_balkans" / "moldova_crisis"
    hidden.mkdir(parents=True)
    (hidden / "a.yaml").write_text("things: [{id: hidden, name: Hidden}]\n")
    with pytest.raises(ScenarioError, match=rf"searched: .*moldova_crisis, {tmp_path / 'moldova_crisis'}"):
        load(file)
    (tmp_path / "moldova_crisis").mkdir()
    (tmp_path / "moldova_crisis" / "a.yaml").write_text(
        "parameters: [{change: incident_echo, value: 12}]\nthings: [{id: chisinau, name: Chișinău}]\n", encoding="utf-8"
    )
    scenario = load(file)
    assert "chisinau" in scenario.book.vocabulary.things and "hidden" not in scenario.book.vocabulary.things
    assert scenario.book.vocabulary.parameters["incident_echo"] == 12
    (tmp_path / "moldova_crisis" / "a.yaml").write_text("things: [{id: chisinau}]\n")
    with pytest.raises(ScenarioError, match=rf"{tmp_path / 'moldova_crisis' / 'a.yaml'}:1:"):
        load(file)


@pytest.mark.parametrize("name", ["..", "../secret", "tiny/../..", "/etc", "tiny"])
def test_a_chapter_never_leads_out_of_the_two_folders(folder: Path, name: str) -> None:
    (folder.parent / "secret").mkdir(exist_ok=True)
    (folder.parent / "secret" / "a.yaml").write_text("things: [{id: secret, name: Secret}]\n")
    file = folder / "late.yaml"
    file.write_text(file.read_text().replace("[delta_years]", f"['{name}']", 1))
    assert not any("secret" in one or "delta" in one for one in read_files(file).data)
    with pytest.raises(ScenarioError):
        load(file)
