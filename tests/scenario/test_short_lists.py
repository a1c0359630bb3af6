"""A playable seat with a short list of orders."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.rules import compile_rules
from game.scenario import ScenarioError, load
from tests.scenario.tiny import DATA


@pytest.fixture
def file(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "tiny", tmp_path / "tiny")
    text = (DATA / "tiny.yaml").read_text()
    short = text.replace("    par: 20\n", "    orders: [sign_treaty, gesture]\n    par: 20\n", 1)
    (tmp_path / "tiny.yaml").write_text(short)
    return tmp_path / "tiny.yaml"


def given(file: Path, seat: str) -> set[str]:
    catalogue = compile_rules(load(file).book).catalogue
    pairs = zip(catalogue.texts, catalogue.free, strict=True)
    return {text.split(".")[1] for text, free in pairs if text.startswith(f"{seat}.") and not free}


def test_the_seat_gives_no_others_and_the_rest_give_all(file: Path) -> None:
    assert given(file, "arda") == {"sign_treaty", "gesture"}
    assert given(file, "belen") == given(DATA / "tiny.yaml", "belen")


def test_free_orders_and_answers_stay(file: Path) -> None:
    def free(path: Path) -> set[str]:
        catalogue = compile_rules(load(path).book).catalogue
        pairs = zip(catalogue.texts, catalogue.free, strict=True)
        return {text for text, is_free in pairs if is_free and text.startswith("arda.")}

    assert free(file) == free(DATA / "tiny.yaml") != set()


def test_what_helps_must_be_on_the_list(file: Path) -> None:
    file.write_text(file.read_text().replace("orders: [sign_treaty, gesture]", "orders: [gesture, gestrue]", 1))
    with pytest.raises(ScenarioError) as fault:
        load(file)
    assert "'sign_treaty' is not among the seat's orders" in str(fault.value)
    assert "there is no action 'gestrue' (did you mean 'gesture'?)" in str(fault.value)


def test_a_scenario_may_go_without_an_ending(file: Path) -> None:
    endings = [ending.id for ending in load(file).book.endings]
    file.write_text(file.read_text().replace("without: [old_custom]", f"without: [old_custom, {endings[0]}]", 1))
    assert [ending.id for ending in load(file).book.endings] == endings[1:]
