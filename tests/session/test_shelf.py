"""Compiled scenarios kept on disk: what is taken plays as what is compiled, and nothing that changed is taken."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from game.lab import Runner, players_of, seeds
from game.rules import Ruleset, start
from game.scenario import Scenario, ScenarioError, load
from game.session import known, known_of, known_scenario, shelf
from tests.conftest import DATA


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch, home: Path) -> Path:
    """The shelf is used; its folder."""
    monkeypatch.setenv(shelf.VARIABLE, "1")
    return home / "cache" / "scenarios"


def copied(folder: Path) -> Path:
    """The small scenario's file in another folder, with its rulebook beside it."""
    shutil.copytree(DATA / "tiny", folder / "tiny")
    return Path(shutil.copy(DATA / "tiny.yaml", folder))


def played(ruleset: Ruleset) -> np.ndarray:
    """Where twenty games end."""
    runner = Runner(ruleset, players_of(ruleset, "doctrine", {}), 1)
    return runner.play(start(ruleset, seeds(1, 0, 20)), []).state


@pytest.mark.parametrize("source", [DATA / "tiny.yaml", "tutorial"])
def test_what_is_taken_plays_as_what_was_compiled(source: str | Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = known_scenario(source)
    monkeypatch.setattr(known, "compile_rules", None)
    taken = known_scenario(source)
    assert taken.ruleset is not made.ruleset
    assert taken.scenario.text == made.scenario.text
    assert taken.scenario.book is taken.ruleset.book
    assert np.array_equal(played(taken.ruleset), played(made.ruleset))


def test_a_loaded_scenario_is_kept_too(tiny: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    made = known_of(tiny)
    monkeypatch.setattr(known, "compile_rules", None)
    assert known_of(tiny).ruleset.catalogue.texts == made.ruleset.catalogue.texts


def test_the_path_is_the_one_that_was_given(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    first = known_scenario(DATA / "tiny.yaml")
    assert known_scenario(copy).scenario.path == str(copy)
    assert first.scenario.path == str(DATA / "tiny.yaml")


def test_a_changed_text_is_compiled(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    before = known_scenario(copy)
    text = copy.read_text("utf-8")
    changed = text.replace(f"turns: {before.ruleset.turns}", f"turns: {before.ruleset.turns - 1}")
    assert changed != text
    copy.write_text(changed, "utf-8")
    assert known_scenario(copy).ruleset.turns == before.ruleset.turns - 1


def test_faults_are_told_and_nothing_is_kept(tmp_path: Path, kept: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text((DATA / "tiny.yaml").read_text("utf-8").replace("turns:", "turnz:"), "utf-8")
    with pytest.raises(ScenarioError, match="turnz"):
        known_scenario(broken)
    assert not list(kept.glob("*"))


def spoilt_end(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def sealed_rubbish(data: bytes) -> bytes:
    rubbish = b"\x80\x05no pickle"
    return shelf._digest(rubbish) + rubbish


@pytest.mark.parametrize("spoil", [lambda data: b"", lambda data: data[:100], spoilt_end, sealed_rubbish])
def test_what_is_damaged_is_made_again(spoil: object, kept: Path) -> None:
    known_scenario(DATA / "tiny.yaml")
    (file,) = kept.glob("*.pickle")
    good = file.read_bytes()
    assert callable(spoil)
    file.write_bytes(spoil(good))
    assert played(known_scenario(DATA / "tiny.yaml").ruleset).shape[1] == 20
    assert file.read_bytes()[: shelf.CHECK] == shelf._digest(file.read_bytes()[shelf.CHECK :])


def test_other_code_is_another_name(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known_scenario(DATA / "tiny.yaml")
    monkeypatch.setattr(shelf, "_code", lambda: b"another version")
    known_scenario(DATA / "tiny.yaml")
    assert len(list(kept.glob("*.pickle"))) == 2


def test_the_oldest_make_room(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST", 2)
    for code in (b"1", b"2", b"3"):
        monkeypatch.setattr(shelf, "_code", lambda code=code: code)
        shelf.put({"a.yaml": code}, code)
    assert len(list(kept.glob("*.pickle"))) == 2
    assert shelf.fetch({"a.yaml": b"3"}) == b"3"


def test_nothing_is_kept_when_switched_off(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(shelf.VARIABLE, "0")
    known_scenario(DATA / "tiny.yaml")
    assert not kept.exists()


def test_a_folder_that_cannot_be_written_costs_nothing(home: Path) -> None:
    (home / "cache").write_text("no folder", "utf-8")
    assert known_scenario(DATA / "tiny.yaml").scenario.id == "tiny"


def test_what_is_nested_too_deeply_is_not_kept(kept: Path) -> None:
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    shelf.put({"a.yaml": b""}, nested)
    assert not list(kept.glob("*.pickle"))


def test_loading_may_be_spared_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is the text of a kept scenario checked again: it is the same text that was checked."""
    known_scenario("tutorial")
    monkeypatch.setattr(known, "load_files", None)
    assert known_scenario("tutorial").scenario.id == "tutorial"
    assert load("tutorial").id == "tutorial"
