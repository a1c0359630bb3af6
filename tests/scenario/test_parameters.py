"""Parameters have a range that can be varied, and something reads them."""

from __future__ import annotations

import pytest

from tests.scenario.tiny import changed, mistakes, place

FILE, S = "tiny/vocabulary.yaml", "tiny.yaml"
GATE = "value: 45}"


@pytest.mark.parametrize(
    ("written", "piece", "message"),
    [
        ("value: 45, low: 60, high: 30}", "60",
         "the range is written the wrong way round: 'low' is 60 and 'high' is 30"),
        ("value: 45, low: 45, high: 45}", "45}",
         "'low' and 'high' are both 45, which leaves nothing to vary; leave both out"),
        ("value: 45, low: 50, high: 60}", "45, low", "'gate' is 45, outside its range from 50 to 60"),
        ("value: 45, low: 30}", "30}", "'low' stands without 'high'; a range has both"),
        ("value: 45, high: 60}", "60}", "'high' stands without 'low'; a range has both"),
    ],
)  # fmt: skip
def test_a_range_is_one(written: str, piece: str, message: str) -> None:
    files = changed(FILE, GATE, written)
    assert mistakes(files) == [f"{place(files, FILE, piece)}: {message}"]


def test_a_range_around_the_value_is_accepted() -> None:
    assert mistakes(changed(FILE, GATE, "value: 45, low: 30, high: 60}")) == []


def test_a_parameter_of_the_scenario_that_nobody_reads() -> None:
    files = changed(S, "  parameters:\n", "  parameters:\n    - {id: idle, title: Calming, value: 3}\n")
    message = "nothing reads the parameter 'idle'; name it in a condition, an amount or an effect"
    assert mistakes(files) == [f"{place(files, S, '{id: idle')}: {message}"]


def test_a_parameter_of_a_rulebook_that_nobody_reads() -> None:
    files = changed(FILE, GATE, GATE + "\n  - {id: idle, title: Idle, value: 3}")
    assert mistakes(files) == []  # the scenario changes rules, and may have changed the one that read it
    files[S] = files[S].partition(b"\nrules:\n")[0] + b"\n"
    message = "nothing reads the parameter 'idle'; name it in a condition, an amount or an effect"
    assert mistakes(files) == [f"{place(files, FILE, '{id: idle')}: {message}"]
