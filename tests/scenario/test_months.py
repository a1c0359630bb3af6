"""What has a rate goes on, and months are whole turns."""

from __future__ import annotations

import pytest

from tests.scenario.tiny import changed, mistakes, place

A, E, Q, S = "tiny/actions.yaml", "tiny/events.yaml", "tiny/bodies.yaml", "tiny.yaml"
RATE = "support[actor] += 1.5 per quarter"
ONCE = "acts once, so it has no rate; leave 'per quarter' out"


def test_a_rate_of_an_order_says_for_how_long() -> None:
    files = changed(A, "    runs: 9\n", "")
    told = "'per quarter' goes on for the months in 'runs'; say 'runs', or leave 'per quarter' out to act once"
    assert f"{place(files, A, RATE)}: {told}" in mistakes(files)
    assert len(mistakes(files)) == 2  # of the two effects with a rate


def test_a_free_order_has_no_rate() -> None:
    files = changed(A, "    runs: 9\n", "    runs: 9\n    free: true\n")
    told = "a free order acts once, so it has no rate; leave 'per quarter' out, or let it take a slot and say 'runs'"
    assert f"{place(files, A, RATE)}: {told}" in mistakes(files)


@pytest.mark.parametrize(
    ("file", "old", "what"),
    [
        (E, '"government[arda] = 0", "support[arda] = 55"', "an event"),
        (E, '"tension[a, b] += 1"', "an answer"),
        (S, '"summit = 1"', "what is scheduled"),
    ],
)
def test_what_happens_once_has_no_rate(file: str, old: str, what: str) -> None:
    new = '"prosperity[arda] += 1 per quarter"'
    files = changed(file, old, f"{old}, {new}")
    assert mistakes(files) == [f"{place(files, file, new)}: {what} {ONCE}"]


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        (A, "runs: 9", "runs: 4", "4\n", "4 months run for 6 in turns of 3; write 3 or 6"),
        (A, "runs: 9", "runs: 1", "1\n", "1 month runs for 3 in turns of 3; write 3"),
        (
            A,
            "after 6 months",
            "after 4 months",
            "strength[actor] += 0.5 after",
            "an effect after 4 months comes after 3 in turns of 3; write 3 or 6",
        ),
        (
            A,
            "after 6 months",
            "after 1 month",
            "strength[actor] += 0.5 after",
            "an effect after 1 month comes at once in turns of 3; write 3",
        ),
        (E, "cooldown: 3", "cooldown: 4", "4\n", "a cooldown of 4 months lasts 6 in turns of 3; write 3 or 6"),
    ],
)
def test_months_are_whole_turns(file: str, old: str, new: str, at: str, message: str) -> None:
    files = changed(file, old, new)
    assert mistakes(files) == [f"{place(files, file, at)}: {message}"]


def test_any_month_is_a_turn_of_a_monthly_game() -> None:
    files = changed(A, "after 6 months", "after 4 months")
    files[S] = files[S].replace(b"turn_months: 3", b"turn_months: 1").replace(b"turns: 8", b"turns: 24")
    assert mistakes(files) == []


def test_there_is_no_year_nought() -> None:
    files = changed(S, "start_date: 2001-01", "start_date: 0000-01")
    told = "the game runs from 0000-01 to 0001-12, and years are counted from 1 to 9999"
    assert f"{place(files, S, '0000-01')}: {told}" in mistakes(files)
