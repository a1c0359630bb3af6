"""Skopje 2001: what is its own; what every scenario must show is in `test_proofs.py`."""

from __future__ import annotations

import numpy as np
import pytest
from scenarios.thousand import rules_of, thousand

from game.lab.gauge import play_out
from game.rules import Ruleset, legal_mask, start

SCENARIO = "skopje_2001"


@pytest.fixture
def ruleset() -> Ruleset:
    return rules_of(SCENARIO)


def test_nothing_is_harvested_before_something_is_signed(ruleset: Ruleset) -> None:
    world = start(ruleset, np.arange(1, dtype=np.uint64))
    send = ruleset.catalogue.texts.index("nato.send_harvest")
    state = world.state
    for row, value in (("harvest_ready", 6_000), ("ceasefire", 6_000)):
        state[ruleset.layout.row(row)] = value
    assert not legal_mask(ruleset, world)[send, 0]
    state[ruleset.layout.row("dossier_state[framework_talks]")] = 2
    assert legal_mask(ruleset, world)[send, 0]


def test_parties_have_no_army(ruleset: Ruleset) -> None:
    mine = {text.split(".")[1] for text in ruleset.catalogue.texts if text.startswith("albanian_parties.")}
    assert not mine & {"alert_forces", "close_border", "economic_programme", "launch_offensive"}


@pytest.mark.slow
def test_envoys_make_an_agreement_likelier(ruleset: Ruleset) -> None:
    """The same luck with and without the envoys of the Union and of the United States."""
    row = "dossier_state[framework_talks]"
    alone = play_out(ruleset, 200, {"eu": "idle", "united_states": "idle"})
    assert (thousand(SCENARIO).row(row)[:200] >= 2).mean() >= (alone.row(row) >= 2).mean() + 0.2
