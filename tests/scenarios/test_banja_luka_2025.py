"""Banja Luka 2025: what is its own; what every scenario must show is in `test_proofs.py`."""

from __future__ import annotations

import pytest
from scenarios.thousand import rules_of

from game.lab.gauge import play_out
from game.rules import Ruleset

SCENARIO = "banja_luka_2025"


@pytest.fixture
def ruleset() -> Ruleset:
    return rules_of(SCENARIO)


@pytest.mark.slow
def test_laws_against_the_state_isolate_who_passes_them(ruleset: Ruleset) -> None:
    row = "standing[republika_srpska]"
    usual = play_out(ruleset, 200, {"republika_srpska": "idle"}).row(row).mean()
    laws = play_out(ruleset, 200, {"republika_srpska": "repeat:pass_laws_against_state"}).row(row).mean()
    assert laws < usual
