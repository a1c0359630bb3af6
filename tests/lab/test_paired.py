"""Strategies of one seat in one batch: the same games as one by one, and what is close to the line is played again."""

from __future__ import annotations

import numpy as np
import pytest

from game.lab import paired
from game.lab.gauge import LINE, SeatPairs, doubtful, play_out, shares, sweep, wins
from game.lab.paired import strategies
from game.rules import Ruleset, compile_rules
from game.scenario import Scenario, load

PAIRS = 40


def actions_of(ruleset: Ruleset, seat: str) -> tuple[str, ...]:
    catalogue = ruleset.catalogue
    part = catalogue.seats[ruleset.seats.index(seat)]
    own = (i for i in range(part.start, part.stop) if not catalogue.is_choice[i])
    return tuple(dict.fromkeys(catalogue.template[i] for i in own))


def same_games(ruleset: Ruleset, seat: str, actions: tuple[str, ...], pairs: int) -> set[tuple[int, ...]]:
    seen = set()
    found = list(strategies(ruleset, seat, actions, np.arange(pairs, dtype=np.uint64)))
    assert [one.kind for one in found] == ["idle", *(f"repeat:{action}" for action in actions)]
    for one in found:
        assert one.scores.tolist() == play_out(ruleset, pairs, {seat: one.kind}).score(seat).tolist(), one.kind
        seen.add(tuple(one.scores.tolist()))
    return seen


@pytest.mark.parametrize("columns", [1024, 33])
def test_a_strategys_games_are_those_it_plays_alone(
    tiny_rules: Ruleset, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setattr(paired, "COLUMNS", columns)
    for playable in tiny_rules.book.scenario.seats:
        seen = same_games(tiny_rules, playable.seat, actions_of(tiny_rules, playable.seat), PAIRS)
        assert len(seen) > 1


@pytest.mark.slow
@pytest.mark.parametrize(("scenario", "seat"), [("dayton_1995", "bosnia"), ("kosovo_2023", "serbia")])
def test_so_they_are_with_cards_and_changes_of_government(scenario: str, seat: str) -> None:
    ruleset = compile_rules(load(scenario).book)
    assert len(same_games(ruleset, seat, actions_of(ruleset, seat), 20)) > 10


def test_what_is_close_to_the_line_is_played_again(tiny: Scenario, tiny_rules: Ruleset) -> None:
    assert doubtful(0.69, 200) and not doubtful(0.71, 200)
    assert doubtful(LINE, 1000) and not doubtful(0.70, 1000)
    seat = tiny_rules.book.scenario.seats[0].seat
    actions = actions_of(tiny_rules, seat)
    few, many = (play_out(tiny_rules, pairs, "doctrine").score(seat) for pairs in (5, 200))
    unit = SeatPairs(seat, actions, few, many)
    found = shares(tiny_rules, unit)
    again = [one for one in found if one.pairs == 200]
    assert again and len(again) < len(found)
    for one in again:
        assert one.share == wins(many, play_out(tiny_rules, 200, {seat: one.kind}).score(seat))
    assert sweep(tiny, [unit], 1) == {seat: found}
