"""What is reported and shown exists, and is of the kind that it is told as."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game import resources
from game.scenario.checks.shown import KINDS, icons
from tests.scenario.tiny import changed, mistakes, place, texts

WHO, VOCABULARY = "tiny/who.yaml", "tiny/vocabulary.yaml"
GUIDE = Path(__file__).parents[2] / "docs" / "rule-language.md"
LADDER = "and here stands a quantity on a ladder, of things of the set 'states'"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "{league: status}",
            "{league: support}",
            f"'support' is in points, one for each thing of 'governments', {LADDER}",
        ),
        (
            "{league: status}",
            "{league: talk_state}",
            f"'talk_state' is on a ladder, one for each thing of 'dossiers', {LADDER}",
        ),
        ("{league: status}", "{league: statsu}", "there is no quantity 'statsu' (did you mean 'status'?)"),
        (
            "{treaty: signed}",
            "{treaty: tension}",
            "'tension' is in points, one for each pair of 'borders', and here stands",
        ),
        ("{treaty: signed}", "{treaty: status}", "'status' is on a ladder, one for each thing of 'states', and"),
        ("{treaty: signed}", "{treaty: signd}", "there is no quantity 'signd' (did you mean 'signed'?)"),
        (
            "{shore: clashes}",
            "{shore: tension}",
            "'tension' is in points, one for each pair of 'borders', and here stands a count",
        ),
        ("{shore: clashes}", "{shore: clash}", "there is no quantity 'clash' (did you mean 'clashes'?)"),
    ],
)
def test_the_report_names_what_it_can_tell(old: str, new: str, message: str) -> None:
    files = changed(WHO, old, new)
    name, line, column = place(files, WHO, new).split(":")
    at = f"{name}:{line}:{int(column) + new.index(' ') + 1}"
    assert any(one.startswith(f"{at}: {message}") for one in mistakes(files))


MODE = "display:\n  modes:\n    - {{id: quarrel, title: Quarrel, icon: {icon}, legend: Who quarrels, shade: tension}}\n"


def with_mode(icon: str) -> dict[str, bytes]:
    files = texts()
    files["tiny/display.yaml"] = MODE.format(icon=icon).encode()
    return files


def test_a_mode_has_an_icon_that_there_is() -> None:
    assert mistakes(with_mode("flame")) == []
    files = with_mode("flam")
    at = place(files, "tiny/display.yaml", "flam,")
    assert mistakes(files) == [f"{at}: there is no icon 'flam' (did you mean 'flame'?)"]


def test_an_order_and_a_category_have_icons_that_there_are() -> None:
    file = "tiny/actions.yaml"
    files = changed(file, "title: Make a friendly gesture", "title: Make a friendly gesture\n    icon: handshak")
    at = place(files, file, "handshak")
    assert mistakes(files) == [f"{at}: there is no icon 'handshak' (did you mean 'handshake'?)"]


@pytest.mark.parametrize(
    ("kind", "piece", "message"),
    [
        ("kind: contry", "contry", "there is no kind of thing 'contry' (did you mean 'country'?)"),
        ("kind: state, place: atlantis", "atlantis", ""),
        ("kind: country, place: atlantis", "atlantis", "the map has no country 'atlantis'"),
        ("kind: country, place: albnia", "albnia", "the map has no country 'albnia' (did you mean 'albania'?)"),
        ("kind: hotspot, place: albania", "albania", "the map has no hotspot 'albania'"),
        ("kind: entity, place: tetvo", "tetvo", "the map has no place 'tetvo' (did you mean 'tetovo'?)"),
    ],
)
def test_a_thing_is_of_a_kind_and_at_a_place_that_there_is(kind: str, piece: str, message: str) -> None:
    files = changed(VOCABULARY, "kind: state, place: arda", kind)
    found = mistakes(files)
    assert bool(found) == bool(message)
    assert all(line.startswith(f"{place(files, VOCABULARY, piece)}: {message}") for line in found)


def test_the_guide_lists_the_icons_and_the_kinds() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    (listed,) = re.findall(r"^Icons: (.*?)\n\n", guide, re.M | re.S)
    assert re.findall(r"`(\w+)`", listed) == list(icons())
    (told,) = re.findall(r"^A thing's `kind` is (.*?)\n\n", guide, re.M | re.S)
    assert set(KINDS) <= set(re.findall(r"`(\w+)`", told))


def test_every_icon_is_a_file() -> None:
    assert all((resources.assets() / "icons" / f"{name}.svg").is_file() for name in icons())


def test_a_report_of_the_scenario_itself_is_at_fault_there() -> None:
    files = changed("tiny.yaml", "\nrules:\n", "\nrules:\n  report: {of: states, ladders: {league: support}}\n")
    at = place(files, "tiny.yaml", "support}}")
    assert any(line.startswith(f"{at}: 'support' is in points") for line in mistakes(files))
