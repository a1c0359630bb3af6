"""A file that is not YAML: the usual slips, each at the place where it was made, in plain words."""

from __future__ import annotations

import pytest

from tests.scenario.tiny import changed, mistakes, place

A, S = "tiny/actions.yaml", "tiny.yaml"

# (file, old, new, the piece of text at whose start the fault stands, the message)
CASES = {
    "a tab": (S, "  - seat: arda", "\t- seat: arda", "\t- seat", "a tab stands here; lines are indented with spaces"),
    "a colon": (
        S,
        "goal: Be invited, and join.",
        "goal: Join: or stay.",
        ": or stay",
        "a text with ': ' in it stands in quotes",
    ),
    "an open quote": (
        A,
        'effects: ["support[actor] -= 1"]',
        'effects: ["support[actor] -= 1]',
        '"support[actor] -= 1]',
        'a quote (") of this line is not closed',
    ),
    "no quotes": (
        A,
        'effects: ["support[actor] -= 1"]',
        "effects: [support[actor] -= 1]",
        "[actor] -= 1]",
        "a comma or a closing bracket is missing; an expression with [ ] stands in quotes inside a list or mapping"
        " in brackets",
    ),
    "an open bracket": (
        S,
        "helps: [reform, attend, gesture]",
        "helps: [reform, attend, gesture",
        "[reform, attend",
        "the bracket '[' that opens here is not closed",
    ),
    "an open text": (S, "briefing: >-", 'briefing: "', '"\n  Arda', "the quote that opens here is not closed"),
    "an apostrophe": (
        A,
        "help: Say something kind.",
        "help: 'Say it's kind.'",
        "s kind.'",
        "a quote ended before this; an apostrophe within single quotes is written twice: ''",
    ),
    "an at sign": (
        A,
        "help: Say something kind.",
        "help: @all",
        "@all",
        "a text that begins with '@' stands in quotes",
    ),
    "no space": (
        A,
        "help: Say something kind.",
        "help:Say something kind.",
        "help:Say",
        "a key is followed by a colon and a space",
    ),
    "too far in": (
        A,
        "    cost: 2\n    runs: 9",
        "    cost: 2\n     runs: 9",
        ": 9",
        "this line stands further in than the lines that it belongs to",
    ),
    "not far enough in": (
        A,
        "    cost: 2\n    runs: 9",
        "    cost: 2\n   runs: 9",
        "runs: 9",
        "this line does not stand as far in as the lines that it belongs to",
    ),
}


@pytest.mark.parametrize("case", list(CASES))
def test_a_slip_stands_at_its_place(case: str) -> None:
    file, old, new, at, message = CASES[case]
    files = changed(file, old, new)
    assert mistakes(files) == [f"{place(files, file, at)}: not YAML: {message}"]
