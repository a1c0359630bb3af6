"""The floods of 2014: what is its own; what every scenario must show is in `test_proofs.py`."""

from __future__ import annotations

import pytest
from scenarios.thousand import rules_of

from game.lab.gauge import play_out
from game.rules import Ruleset

SCENARIO = "floods_2014"


@pytest.fixture
def ruleset() -> Ruleset:
    return rules_of(SCENARIO)


def test_help_from_abroad_dries_houses(ruleset: Ruleset) -> None:
    """The same luck with and without the disaster centre and the Commission."""
    usual, alone = play_out(ruleset, 60, "doctrine"), play_out(ruleset, 60, {"nato": "idle", "eu": "idle"})
    for place, least in (("bosnia", 500), ("republika_srpska", 400)):
        row = f"water[{place}]"
        assert alone.row(row).mean() > usual.row(row).mean() + least
