"""What waiting is worth, in scenarios that adopt it: a session after a pause, a request that comes late enough."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from game.rules import Ruleset, legal_mask
from tests.ensembles import variant
from tests.mechanisms.bench import played, prepared, resolve, rows, ruleset

CAME = ("greece.attend_talks.name_issue", "north_macedonia.attend_talks.name_issue")
OPEN = {"dossier_state[name_issue]": 1, "talks[name_issue]": 20}


def gains(rules: Ruleset) -> list[float]:
    """By how much two sessions in a row move the talks."""
    worlds = [prepared(0, OPEN)]
    for _ in range(2):
        worlds.append(resolve(rules, worlds[-1], CAME))
    stood = [float(rows(world, "talks[name_issue]").mean()) for world in worlds]
    return [after - before for before, after in pairwise(stood)]


def test_a_session_after_a_pause_moves_more_than_one_in_a_row() -> None:
    first, second = gains(variant("bucharest_2008", {"parameter.pause_gain": 1.1}))
    assert first == pytest.approx(2.1 * second, rel=0.05)
    assert gains(ruleset()) == [pytest.approx(second, rel=0.05)] * 2


def test_a_wider_margin_lets_partners_ask_earlier() -> None:
    usual, wide = (variant("bucharest_2008", {"parameter.asking_margin": margin}) for margin in (5, 12))
    orders = [name for name in usual.catalogue.texts if name.endswith(".request_stage")]
    earlier = 0
    for world in played()[:4]:
        may, might = legal_mask(usual, world), legal_mask(wide, world)
        for name in orders:
            place = usual.catalogue.texts.index(name)
            assert not (may[place] & ~might[place]).any(), name
            earlier += np.count_nonzero(might[place] & ~may[place])
    assert earlier > 0
