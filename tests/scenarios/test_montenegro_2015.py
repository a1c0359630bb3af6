"""Montenegro 2015: ministers may invite once, a contested plot, and help that helps. Every seat on doctrine."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from ensembles import Ensemble, play

from game.lab.gauge import play_out
from game.rules import Ruleset, compile_rules
from game.scenario import load

STATUS = "nato_status[montenegro]"
MEETINGS = {4, 7, 10}
"""The ministers of December 2015, the summit of Warsaw, the leaders in Brussels in May 2017."""


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return compile_rules(load("montenegro_2015").book)


@pytest.fixture(scope="module")
def history(ruleset: Ruleset) -> Ensemble:
    return play(ruleset, 300, [STATUS, "support[montenegro]"])


def rung(ruleset: Ruleset, name: str) -> int:
    ladder = next(ladder for ladder in ruleset.book.rulebook.ladders if ladder.id == "nato")
    return [r.id for r in ladder.rungs].index(name)


def test_an_invitation_comes_from_ministers_in_2015_or_from_a_summit(ruleset: Ruleset, history: Ensemble) -> None:
    first = history.first(STATUS, rung(ruleset, "invited"))
    came = first[first < 10_000]
    assert set(np.unique(came)) <= MEETINGS
    assert (came == 4).mean() > 0.3


def test_accession_takes_a_year_after_the_invitation(ruleset: Ruleset, history: Ensemble) -> None:
    invited, member = (history.first(STATUS, rung(ruleset, name)) for name in ("invited", "member"))
    joined = member < 10_000
    assert joined.mean() > 0.5
    assert np.median(member[joined] - invited[joined]) >= 3


def test_the_plot_is_told_as_contested(ruleset: Ruleset) -> None:
    plot = next(event for event in ruleset.book.rulebook.events if event.id == "election_day_plot")
    assert plot.contested
    for words in ("denies", "annulled", "acquitted"):
        assert words in f"{plot.text} {plot.record}"


def test_campaigns_carry_people_along(ruleset: Ruleset) -> None:
    row = "support[montenegro]"
    silent = play_out(ruleset, 40, {"montenegro": "idle"}).row(row).mean()
    spoken = play_out(ruleset, 40, {"montenegro": "repeat:campaign"}).row(row).mean()
    assert spoken > silent + 300
