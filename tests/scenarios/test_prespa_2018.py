"""Prespa 2018: first the name, then the invitation, then Athens' signature. Every seat on doctrine."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from ensembles import Ensemble, play

from game.lab.variants import varied
from game.rules import Ruleset, World, advance, compile_rules, pack, start
from game.scenario import load
from game.scenario.language import month_index
from game.session import Game
from game.views import Sight
from game.views.names import opening_names

STATUS, NAME, PAST = "nato_status[north_macedonia]", "dossier_state[name_issue]", "dossier_state[shared_past]"
GREECE = "ratified[greece, north_macedonia]"
REFERENCE = "the former Yugoslav Republic of Macedonia"


@pytest.fixture(scope="module")
def ruleset() -> Ruleset:
    return compile_rules(load("prespa_2018").book)


@pytest.fixture(scope="module")
def history(ruleset: Ruleset) -> Ensemble:
    return play(ruleset, 40, [STATUS, NAME, GREECE])


def rung(ruleset: Ruleset, ladder: str, name: str) -> int:
    return [r.id for r in next(x for x in ruleset.book.rulebook.ladders if x.id == ladder).rungs].index(name)


def test_nobody_is_invited_before_the_name_is_agreed(ruleset: Ruleset, history: Ensemble) -> None:
    invited = history.first(STATUS, rung(ruleset, "nato", "invited"))
    agreed = history.first(NAME, rung(ruleset, "dossier", "agreed"))
    came = invited < 10_000
    assert came.mean() > 0.5
    assert (agreed[came] < invited[came]).all()


def test_athens_ratifies_when_the_name_is_carried_out(ruleset: Ruleset, history: Ensemble) -> None:
    ratified = history.history[GREECE] == 1
    name = history.history[NAME]
    first = ratified & ~np.roll(ratified, 1, axis=0)
    assert first[1:].any()
    assert (np.roll(name, 1, axis=0)[1:][first[1:]] == rung(ruleset, "dossier", "carried_out")).all()


def test_without_the_condition_the_door_opens_sooner(ruleset: Ruleset) -> None:
    """Summits are windows: what is not ready in July 2018 waits for December 2019."""
    invited = rung(ruleset, "nato", "invited")
    usual = play(ruleset, 24, [STATUS]).reached(STATUS, invited, 3).mean()
    free = play(compile_rules(varied(load("prespa_2018"), {"name_condition": 0})), 24, [STATUS])
    assert free.reached(STATUS, invited, 3).mean() > usual


def called(ruleset: Ruleset, month: str, state: str) -> str:
    """What the state is called in a month, with the dossier of the name in some state."""
    game = Game.new(load("prespa_2018"), ["greece"], seed=1, ruleset=ruleset)
    column = game.column.copy()
    column[ruleset.layout.row("date")] = month_index(month)
    column[ruleset.layout.row(NAME)] = rung(ruleset, "dossier", state)
    return Sight(game, None).as_of(column).names.plain("north_macedonia")


@pytest.mark.parametrize("state", ["open", "agreed", "defaulted"])
def test_without_an_agreement_carried_out_the_reference_stays(ruleset: Ruleset, state: str) -> None:
    for month in ("2019-01", "2019-02", "2020-10"):
        assert called(ruleset, month, state) == REFERENCE


def test_the_state_is_called_anew_when_the_agreement_is_carried_out(ruleset: Ruleset) -> None:
    for month in ("2018-10", "2019-04"):
        assert called(ruleset, month, "carried_out") == "North Macedonia"


def test_where_no_game_has_begun_the_start_decides() -> None:
    for name, expected in (("prespa_2018", REFERENCE), ("kosovo_2023", "North Macedonia")):
        assert opening_names(load(name).book).plain("north_macedonia") == expected


def agreed(ruleset: Ruleset) -> World:
    """A game in which the name has been agreed and the experts have sat down."""
    world = start(ruleset, np.array([1], np.uint64))
    world.state[ruleset.layout.row(NAME)] = rung(ruleset, "dossier", "agreed")
    return advance(ruleset, world, pack(ruleset, {})).world


def test_the_experts_wait_for_an_agreed_name(ruleset: Ruleset) -> None:
    opened, past = rung(ruleset, "dossier", "open"), ruleset.layout.row(PAST)
    waiting = start(ruleset, np.array([1], np.uint64))
    assert advance(ruleset, waiting, pack(ruleset, {})).world.state[past, 0] < opened
    assert agreed(ruleset).state[past, 0] == opened


def test_a_chapter_takes_two_committees(ruleset: Ruleset) -> None:
    """Read together it calms both publics and eases the quarrel; one delegation alone calms nobody."""
    before = agreed(ruleset)
    sides = ("greece", "north_macedonia")
    names = [*(f"nationalism[{side}]" for side in sides), "tension[greece, north_macedonia]"]
    rows = [ruleset.layout.row(name) for name in names]

    def after(*who: str) -> NDArray[np.int32]:
        texts = {side: f"{side}.attend_talks.shared_past" for side in who}
        orders = {ruleset.seats.index(side): (ruleset.catalogue.texts.index(text),) for side, text in texts.items()}
        return advance(ruleset, before, pack(ruleset, orders)).world.state[rows, 0]

    nobody, one, both = after(), after("greece"), after(*sides)
    assert (both < one).all()
    assert (one[:2] == nobody[:2]).all()
