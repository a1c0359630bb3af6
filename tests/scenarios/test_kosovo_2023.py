"""Kosovo 2023: what is its own; what every scenario must show is in `test_proofs.py`."""

from __future__ import annotations

import pytest
from scenarios.thousand import moved_by, rules_of

from game.lab.gauge import play_out
from game.rules import Ruleset

SCENARIO = "kosovo_2023"


@pytest.fixture
def ruleset() -> Ruleset:
    return rules_of(SCENARIO)


@pytest.mark.slow
def test_mayors_behind_shields_heat_the_north(ruleset: Ruleset) -> None:
    """The same luck in games with and without a government in Pristina that opens the doors again and again."""
    row = "incidents[north_kosovo]"
    usual = play_out(ruleset, 200, {"kosovo": "idle"}).row(row).mean()
    forced = play_out(ruleset, 200, {"kosovo": "repeat:install_mayors"}).row(row).mean()
    assert forced > usual


def test_a_first_step_to_the_association_counts_once_in_nine_months(ruleset: Ruleset) -> None:
    """Self-government that Pristina offers moves talks, name and standing; offered again next month it does not."""
    rows = ["credibility[kosovo]", "standing[kosovo]", "talks[association]"]
    gains = moved_by(ruleset, "kosovo.grant_self_government.north_kosovo", rows, turns=3)
    assert all(gain >= 300 for gain in gains[0])
    assert all(later < first + 300 for later, first in zip(gains[2], gains[0], strict=True)), "twice is once"
