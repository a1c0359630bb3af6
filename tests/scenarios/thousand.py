"""What tests of scenarios share: rules and a thousand doctrine games, made once a process; a repeated order."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from game.lab.gauge import Outcome, play_out
from game.rules import Ruleset, advance, compile_rules, pack, start
from game.scenario import load

GAMES = 1_000


@cache
def rules_of(scenario: str) -> Ruleset:
    return compile_rules(load(scenario).book)


@cache
def thousand(scenario: str) -> Outcome:
    return play_out(rules_of(scenario), GAMES, "doctrine")


def moved_by(ruleset: Ruleset, order: str, rows: list[str], turns: int) -> NDArray[np.int64]:
    """[turn, row] in hundredths: how far an order given every turn has moved rows; nobody orders anything else."""
    at = [ruleset.layout.row(row) for row in rows]
    seat = ruleset.seats.index(order.partition(".")[0])
    given, nothing = pack(ruleset, {seat: (ruleset.catalogue.texts.index(order),)}), pack(ruleset, {})
    usual = moved = start(ruleset, np.array([1], np.uint64))
    apart = []
    for _turn in range(turns):
        usual, moved = advance(ruleset, usual, nothing).world, advance(ruleset, moved, given).world
        apart.append(moved.state[at, 0].astype(np.int64) - usual.state[at, 0])
    return np.array(apart)
