"""Where things start: said once, within bounds, and blamed on who said it."""

from __future__ import annotations

import pytest

from tests.scenario.tiny import changed, mistakes, place

Q, S = "tiny/quantities.yaml", "tiny.yaml"
AGAIN = "  - {of: tension, value: 31, source: s, confidence: low}\nscheduled:\n"

# (file, old, new, the piece of text at whose start the fault stands, the message)
CASES = {
    "nothing said": (
        S,
        "    value: 30\n    values: {belen arda: 47.5}\n",
        "",
        "of: tension",
        "say 'value', for all alike, or 'values', for each of them",
    ),
    "said twice": (S, "scheduled:\n", AGAIN, "tension, value: 31", "'tension' stands in line 56 already"),
    "a purse": (
        S,
        "scheduled:\n",
        "  - {of: purse, value: 5, source: s, confidence: low}\nscheduled:\n",
        "purse, value",
        "a purse starts as its seat says: 'start' under 'seats'",
    ),
    "both ways round": (
        S,
        "{belen arda: 47.5}",
        "{belen arda: 47.5, arda belen: 40}",
        "40}\n",
        "'arda belen' stands here as 'belen arda' already",
    ),
    "one value out of bounds": (S, "arda: 47.5", "arda: 147.5", "147.5", None),
    "a value for all out of bounds": (S, "value: 30\n", "value: 300\n", "300", None),
    "the rulebook's own start": (Q, "start: 50, good: up, help: How", "start: 500, good: up, help: How", "500", None),
    "a date for what has none": (
        S,
        "{arda_votes: 2001-10}",
        "{arda_votes: 2001-10, storm: 2001-10}",
        "2001-10}",
        "'storm' is not a dated event, so it has no date",
    ),
}


@pytest.mark.parametrize("case", list(CASES))
def test_one_fault_stands_where_it_was_said(case: str) -> None:
    file, old, new, at, message = CASES[case]
    files = changed(file, old, new)
    (found,) = mistakes(files)
    assert found.startswith(f"{place(files, file, at)}: ")
    if message is None:
        assert f" starts at {at}, outside 0–100" in found
    else:
        assert found.endswith(f": {message}")
