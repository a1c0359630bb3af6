"""Changes: an item of the rulebook with some of its keys said anew, in a scenario's rules or in a chapter."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from game import resources
from game.scenario import load_texts
from game.scenario.book import Book
from game.scenario.expression import Number
from game.scenario.finding import rulebook_files
from game.scenario.marked import read_yaml
from tests.scenario.tiny import mistakes, place, texts

CHAPTER = "tiny/later/pace.yaml"


def with_rules(section: str, changes: str) -> dict[str, bytes]:
    """The tiny scenario whose rules hold a section of changes, in block style without indentation."""
    files = texts()
    text = files["tiny.yaml"].decode()
    if f"\n  {section}:\n" in text:
        head, _, tail = text.partition(f"\n  {section}:\n")
        text = f"{head}\n  {section}:\n{_indented(changes)}{tail}"
    else:
        text = f"{text}  {section}:\n{_indented(changes)}"
    return {**files, "tiny.yaml": text.encode()}


def with_chapter(content: str) -> dict[str, bytes]:
    files = texts()
    text = files["tiny.yaml"].replace(b"rulebook: tiny", b"rulebook: tiny\nchapters: [later]", 1)
    return {**files, "tiny.yaml": text, CHAPTER: content.encode()}


def _indented(lines: str) -> str:
    return "".join(f"    {line}\n" for line in lines.strip("\n").splitlines())


def book(files: Mapping[str, bytes]) -> Book:
    return load_texts(files).book


def model(of: Book, section: str, name: str) -> Mapping[str, object]:
    """An item as its author would see it, without what nobody said."""
    item = next(one for one in getattr(of.whole, section) if one.id == name)
    found: Mapping[str, object] = item.model_dump(by_alias=True, exclude_unset=True)
    return found


def test_a_change_keeps_what_it_does_not_say() -> None:
    before = model(book(texts()), "rules", "tension_fades")
    after = model(
        book(with_rules("rules", "- {change: tension_fades, title: Nothing fades}")), "rules", "tension_fades"
    )
    assert after == {**before, "title": "Nothing fades"}


def test_an_item_that_is_changed_keeps_its_place() -> None:
    before = [rule.id for rule in book(texts()).whole.rules]
    assert [rule.id for rule in book(with_rules("rules", "- {change: weary, title: Tired}")).whole.rules] == before


def test_nothing_takes_a_key_away() -> None:
    assert "when" in model(book(texts()), "rules", "weary")
    assert "when" not in model(book(with_rules("rules", "- {change: weary, when: null}")), "rules", "weary")


def test_a_mapping_is_gone_into() -> None:
    changed = book(with_rules("events", "- {change: clash, slots: {b: governments}}"))
    assert model(changed, "events", "clash")["slots"] == {"a": "governments", "b": "governments"}


def test_parts_with_ids_are_changed_one_by_one() -> None:
    before = model(book(texts()), "rules", "arms_race")["effects"]
    assert isinstance(before, list)
    _rivals, burden, base = before
    changes = """
- change: arms_race
  effects:
    - {change: base, title: Custom}
    - without: rivals
    - {id: fear, title: Fear, do: 'strength[state] += 1'}
"""
    after = model(book(with_rules("rules", changes)), "rules", "arms_race")["effects"]
    fear = {"id": "fear", "title": "Fear", "do": "strength[state] += 1"}
    assert after == [burden, {**base, "title": "Custom"}, fear]


def test_a_part_of_the_same_id_is_said_whole() -> None:
    changes = "- {change: arms_race, effects: [{id: rivals, do: 'strength[state] -= 1'}]}"
    effects = model(book(with_rules("rules", changes)), "rules", "arms_race")["effects"]
    assert isinstance(effects, list)
    assert effects[0] == {"id": "rivals", "do": "strength[state] -= 1"}
    assert len(effects) == 3


def test_a_list_without_ids_is_said_whole() -> None:
    changes = "- {change: arms_race, effects: ['strength[state] += size[state] / 2']}"
    effects = model(book(with_rules("rules", changes)), "rules", "arms_race")["effects"]
    assert effects == [{"do": "strength[state] += size[state] / 2"}]


def test_a_chapter_changes_and_a_scenario_changes_that() -> None:
    files = with_chapter("rules: [{change: weary, title: Tired, when: null}]")
    own = files["tiny.yaml"].replace(
        b"  rules:\n", b"  rules:\n    - {change: weary, help: At the end of the day}\n", 1
    )
    found = model(book({**files, "tiny.yaml": own}), "rules", "weary")
    assert (found["title"], found["help"], "when" in found) == ("Tired", "At the end of the day", False)


def test_a_doctrine_of_the_rulebook_follows_one_that_the_scenario_adds() -> None:
    changes = """
- {change: belen_rules, like: [careful, in_summer]}
- {id: in_summer, title: In summer, rules: [{order: attend, worth: -30}]}
"""
    before, after = book(texts()), book(with_rules("doctrines", changes))
    assert [one.id for one in after.doctrines] == [one.id for one in before.doctrines]
    (belen,) = (one for one in after.doctrines if one.id == "belen_rules")
    worths = [rule.worth for rule in belen.rules if rule.order == "attend"]
    assert Number(Fraction(-30)) in worths and len(worths) == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            "- {change: weery, title: Tired}",
            "there is no 'weery' to change among the rules of the rulebook (did you mean 'weary'?)",
        ),
        ("- {change: weary, id: weary}", "an item has 'change' or 'id', not both"),
        ("- {change: [weary]}", "there is no '['weary']' to change"),
        ("- {change: weary, titel: Tired}", "unknown key 'titel' (did you mean 'title'?)"),
        ("- {change: weary, over: null}", "'state' is neither a slot nor a thing"),
        (
            "- {change: arms_race, effects: [{change: bas, title: B}]}",
            "there is no 'bas' to change among the parts of this list (did you mean 'base'?)",
        ),
        (
            "- {change: arms_race, effects: [{without: rival}]}",
            "there is no 'rival' to take away from this list (did you mean 'rivals'?)",
        ),
        (
            "- {change: arms_race, effects: [{without: base}, {change: base, title: B}]}",
            "'base' stands in this list already",
        ),
        ("- {change: weary, title: A}\\n- {change: weary, title: B}", "the id 'weary' stands in tiny.yaml:"),
    ],
)
def test_a_change_that_cannot_be_made(changes: str, said: str) -> None:
    lines = mistakes(with_rules("rules", changes.replace("\\n", "\n")))
    assert any(said in line for line in lines), lines
    assert len(lines) == 1 or "neither" in said


def test_a_fault_is_told_where_it_was_written() -> None:
    """What the change says is at fault in the scenario; what it leaves, in the rulebook."""
    files = with_rules("rules", "- {change: weary, effects: ['wearines[state] += 1']}")
    assert mistakes(files)[0].startswith(place(files, "tiny.yaml", "wearines").rsplit(":", 1)[0])
    files = with_rules("rules", "- {change: weary, title: Tired}")
    files["tiny/drift.yaml"] = files["tiny/drift.yaml"].replace(b"weariness[state] += 1", b"wearines[state] += 1", 1)
    assert mistakes(files)[0].startswith(place(files, "tiny/drift.yaml", "wearines").rsplit(":", 1)[0])


def test_the_rulebooks_own_files_change_nothing() -> None:
    files = texts()
    files["tiny/drift.yaml"] += b"  - {change: weary, title: Tired}\n"
    (line,) = mistakes(files)
    assert "a change stands in a chapter or in a scenario's rules" in line


SHIPPED = sorted(resources.scenarios().glob("*.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=[file.stem for file in SHIPPED])
def test_a_shipped_scenario_says_nothing_again(file: Path) -> None:
    """A field that is copied no longer follows the rulebook's; a change says what differs, and nothing else."""
    raw = read(file)
    known: dict[tuple[str, str], Any] = {}
    files = rulebook_files(file, file.parent / raw["rulebook"], raw.get("chapters")).values()
    for part in [*map(read, files), raw.get("rules", {})]:
        for section, items in part.items():
            for item in items if isinstance(items, list) else ():
                key = (section, item.get("change", item.get("id")))
                before = known.get(key, {})
                said = {field: value for field, value in item.items() if field not in ("id", "change")}
                again = [field for field, value in said.items() if before.get(field) == value]
                # A whole item is for what has less in common, such as a card with other answers in another order.
                assert len(again) <= (0 if "change" in item else len(said) * 2 / 3), (key, again)
                known[key] = {**before, **said}


def read(file: Path) -> Any:
    return read_yaml(file.read_bytes(), str(file))[0]
