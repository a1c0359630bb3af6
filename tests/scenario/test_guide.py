"""The guide for a first game: read as written, and every fault named at its line."""

from __future__ import annotations

import textwrap

import pytest

from game.scenario import load_texts
from scenario.tiny import changed, mistakes, place

GUIDE = textwrap.dedent("""\
    guide:
      - {id: look, title: Look, text: Look round., points: map}
      - {id: council, title: Councils, text: Open them., points: council, until: opened}
      - {id: give, turn: 2, title: An order, text: Give one., points: orders, until: ordered}
    sources:""")


def with_guide(old: str = "", new: str = "") -> dict[str, bytes]:
    assert old in GUIDE
    return changed("tiny.yaml", "sources:", GUIDE.replace(old, new, 1) if old else GUIDE)


def test_a_guide_is_read() -> None:
    steps = load_texts(with_guide()).book.scenario.guide
    assert [(step.id, step.turn, step.until) for step in steps] == [
        ("look", 1, "read"),
        ("council", 1, "opened"),
        ("give", 2, "ordered"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: council", "id: look", "there is a step 'look' already"),
        ("turn: 2", "turn: 10", "turn 10 never comes; the debrief is turn 9"),
        ("turn: 2", "seat: ardo", "nobody can play 'ardo' (did you mean 'arda'?)"),
        ("until: ordered", "until: ordered, order: quarel", "there is no action 'quarel'"),
        ("until: opened", "until: opened, order: quarel", "'order' needs 'until: ordered'"),
        ("points: orders, until: ordered", "points: orders, until: opened", "'orders' is no screen"),
    ],
)
def test_faults_are_named_where_they_stand(old: str, new: str, says: str) -> None:
    files = with_guide(old, new)
    found = mistakes(files)
    assert any(says in line and line.startswith("tiny.yaml:") for line in found), found


def test_a_place_that_is_none_is_named() -> None:
    files = with_guide("points: map", "points: moon")
    assert mistakes(files)[0].startswith(place(files, "tiny.yaml", "moon"))
