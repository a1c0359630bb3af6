"""Rules and a thousand doctrine games of a scenario, made once for all tests of a process."""

from __future__ import annotations

from functools import cache

from game.lab.gauge import Outcome, play_out
from game.rules import Ruleset, compile_rules
from game.scenario import load

GAMES = 1_000


@cache
def rules_of(scenario: str) -> Ruleset:
    return compile_rules(load(scenario).book)


@cache
def thousand(scenario: str) -> Outcome:
    return play_out(rules_of(scenario), GAMES, "doctrine")
