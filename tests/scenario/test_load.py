"""Where scenarios are found, how they are put together and taken along."""

from __future__ import annotations

import multiprocessing
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from game import resources
from game.scenario import ScenarioError, load, load_texts, shipped
from tests.scenario.tiny import DATA, changed, mistakes, place, texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tiny scenario in a folder with spaces and letters beyond ASCII."""
    home = tmp_path / "Meine Szenarien für Šabac"
    shutil.copytree(DATA / "tiny", home / "tiny")
    shutil.copy(DATA / "tiny.yaml", home / "tiny.yaml")
    return home


def test_a_path_with_its_sibling_rulebook(folder: Path) -> None:
    scenario = load(folder / "tiny.yaml")
    assert scenario.id == "tiny"
    assert scenario.path == str(folder / "tiny.yaml")
    assert scenario.text == texts()
    assert load(str(folder / "tiny.yaml")).book == scenario.book


def test_an_embedded_copy_gives_the_same_book() -> None:
    scenario = load(DATA / "tiny.yaml")
    copy = load_texts(scenario.text)
    assert (copy.id, copy.book, copy.text) == (scenario.id, scenario.book, scenario.text)


def test_line_ends_and_a_byte_order_mark_change_nothing(folder: Path) -> None:
    before = load(folder / "tiny.yaml").book
    for file in folder.rglob("*.yaml"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder / "tiny.yaml").book == before


def test_places_are_right_in_files_with_carriage_returns() -> None:
    files = changed("tiny/drift.yaml", "weariness[state] += 1", "wearines[state] += 1")
    line = mistakes(files)
    assert mistakes({name: data.replace(b"\n", b"\r\n") for name, data in files.items()}) == line


def test_the_scenario_overrides_and_adds_rules() -> None:
    book = load(DATA / "tiny.yaml").book
    assert float(book.vocabulary.parameters["calming"]) == 0.08
    assert {"spring_floods", "tension_fades"} <= set(book.index)
    assert "old_custom" not in book.index
    assert "flood" not in book.index


def test_faults_name_the_path_as_it_was_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    rules = folder / "tiny" / "drift.yaml"
    rules.write_text(rules.read_text("utf-8").replace("weariness[state] +=", "wearines[state] +="), "utf-8")
    with pytest.raises(ScenarioError) as caught:
        load("tiny.yaml")
    assert str(caught.value).startswith("tiny/drift.yaml:")
    with pytest.raises(ScenarioError) as caught:
        load("./tiny.yaml")
    assert "drift.yaml:" in str(caught.value)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "bucarest_2008",
            "bucarest_2008:1:1: there is no shipped scenario 'bucarest_2008' (did you mean 'bucharest_2008'?)",
        ),
        ("no/such.yaml", "no/such.yaml:1:1: the file cannot be read: no such file or directory"),
    ],
)
def test_what_is_not_there(source: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(source)
    assert str(caught.value) == message


def test_a_rulebook_that_is_not_there() -> None:
    files = {name: data for name, data in texts().items() if name == "tiny.yaml"}
    at = place(files, "tiny.yaml", "tiny\nstart_date")
    assert mistakes(files)[0] == f"{at}: there is no rulebook 'tiny' beside the scenario or among the shipped"


def test_shipped_scenarios_are_listed_with_titles() -> None:
    listed = shipped()
    assert [name for name, _ in listed] and all(title for _, title in listed)
    assert {name for name, _ in listed} == {file.stem for file in resources.scenarios().glob("*.yaml")}


def test_resources_are_folders() -> None:
    assert resources.scenarios().is_dir()
    assert resources.assets().is_dir()


def _name_of(path: str) -> str:
    return load(path).id


def test_loading_in_a_process_that_was_spawned(folder: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(_name_of, (str(folder / "tiny.yaml"),)) == "tiny"


def test_the_order_of_a_book_does_not_hang_on_the_hash_seed() -> None:
    script = "import sys; from game.scenario import load; b = load(sys.argv[1]).book; print(repr(b))"
    printed = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-c", script, str(DATA / "tiny.yaml")]
        done = subprocess.run(
            command, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(DATA.parents[1])}, capture_output=True, check=True
        )
        printed.add(done.stdout.replace(b"frozenset", b""))
    assert len({_without_sets(text.decode()) for text in printed}) == 1


def _without_sets(text: str) -> str:
    """The text without the members of frozen sets, which have no order."""
    return re.sub(r"\(\{[^{}]*\}\)", "", text)


def test_a_large_scenario_loads_quickly() -> None:
    """The figure is 0.35 s for 5,000 lines; the test allows for busy machines."""
    files = texts()
    actions = files["tiny/actions.yaml"].decode().removeprefix("actions:\n")
    copies = []
    for number in range(18):
        copy = actions
        for name in ("reform", "gesture", "threaten", "arm", "reassure", "sign_treaty", "attend", "do_deed", "mediate"):
            copy = copy.replace(f"id: {name}\n", f"id: {name}_{number}\n").replace(
                f"id: {name},", f"id: {name}_{number},"
            )
        for name in ("assent", "declare", "hold", "call_summit"):
            copy = copy.replace(f"id: {name}\n", f"id: {name}_{number}\n").replace(
                f"id: {name},", f"id: {name}_{number},"
            )
        copies.append(copy)
    files["tiny/more.yaml"] = ("actions:\n" + "".join(copies) + "# padding\n" * 3_000).encode()
    assert sum(data.count(b"\n") for data in files.values()) > 5_000
    load_texts(files)
    times = []
    for _ in range(3):
        start = time.process_time()
        scenario = load_texts(files)
        times.append(time.process_time() - start)
    assert len(scenario.book.actions) == 13 * 19
    assert min(times) < 1.0
