"""A mechanism that is switched off changes what games come to: a score or an ending.

The rules and events that carry it are silent and its orders are not given; the luck is the same.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from game.players import make_player
from game.rules import Ruleset, World, advance, start
from tests.mechanisms.bench import ruleset, without

pytestmark = pytest.mark.slow

GAMES = 128
SHARE, POINTS = 0.05, 0.25
"""In how many games somebody's score must change by how many points, or the ending: the luck is the same, so all of
it is the mechanism's doing."""


ELSEWHERE = {21: "banja_luka_2025", 30: "open_door"}
"""Where a mechanism weighs that hardly does in Bucharest 2008: threats of Banja Luka, and bases."""


@cache
def carriers(mechanism: str, scenario: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The rules and events, and the orders, that carry a mechanism."""
    book = ruleset(scenario).book
    models = [*book.rulebook.actions, *book.rulebook.events, *book.rulebook.rules]
    own = [model.id for model in models if mechanism in model.carries and model.id in book.index]
    silent = tuple(name for name in own if book.index[name].kind != "action")
    bodies = [*book.rulebook.councils, *book.rulebook.dialogues]
    made = tuple(
        template.id
        for body in bodies
        if mechanism in body.carries
        for template in book.rules
        if template.path[1:2] == (body.id,) and template.id.endswith(("_adopts", "_round"))
    )
    return (*silent, *made), frozenset(name for name in own if book.index[name].kind == "action")


def play(rules: Ruleset, unsaid: frozenset[str]) -> World:
    player = make_player("doctrine", rules)
    world = start(rules, np.arange(GAMES, dtype=np.uint64))
    dropped = np.array([text.split(".")[1] in unsaid for text in rules.catalogue.texts])
    for _ in range(rules.turns):
        orders = player.decide(rules, world, range(len(rules.seats)))
        orders[(orders >= 0) & dropped[orders]] = -1
        world = advance(rules, world, orders, reuse=True).world
    return world


@cache
def as_it_is(scenario: str) -> World:
    return play(ruleset(scenario), frozenset())


@pytest.mark.parametrize("number", range(1, 61))
def test_switching_it_off_changes_scores_or_endings(number: int) -> None:
    scenario = ELSEWHERE.get(number, "bucharest_2008")
    rules = ruleset(scenario)
    silent, unsaid = carriers(f"m{number}", scenario)
    assert silent or unsaid
    other, usual = play(without(rules, *silent), unsaid), as_it_is(scenario)
    played = [rules.layout.row(f"score[{seat.seat}]") for seat in rules.book.scenario.seats]
    ending = rules.layout.row("ending")
    moved = np.abs(other.state[played] - usual.state[played]).max(axis=0) >= 100 * POINTS
    ended = other.state[ending] != usual.state[ending]
    assert (moved | ended).mean() >= SHARE
