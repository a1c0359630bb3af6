"""What answers to cards are worth."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from game.lab.answers import Answering, Card, cards
from game.lab.runner import Runner, players_of
from game.rules import Ruleset, World, compile_rules, legal_mask, start
from game.scenario import load

GAMES = 60


@pytest.fixture(scope="module")
def fishing() -> Card:
    ruleset = compile_rules(load("tutorial").book)
    (card,) = cards(ruleset, GAMES, ["fishing_zone"])
    return card


def test_an_answer_that_is_given_anyway_changes_nothing(fishing: Card) -> None:
    usual = [answer for answer in fishing.answers if answer.share == 1]
    assert [(one.gain, one.error) for one in usual] == [(0.0, 0.0)]
    assert fishing.asked == 1


def test_another_answer_is_weighed_against_it(fishing: Card) -> None:
    others = [answer for answer in fishing.answers if answer.share == 0]
    assert len(others) == len(fishing.answers) - 1 >= 1
    assert all(answer.gain and answer.error > 0 for answer in others)
    gains = sorted(answer.gain for answer in fishing.answers)
    assert fishing.gap == pytest.approx(gains[-1] - gains[-2])


def test_a_gain_is_the_sum_of_what_each_objective_gains(fishing: Card) -> None:
    for answer in fishing.answers:
        assert sum(answer.goals.values()) == pytest.approx(answer.gain, abs=0.01)


class _Watching:
    """Holds each turn's orders of one seat against what is legal, and counts answers by choice."""

    def __init__(self, ruleset: Ruleset, seat: str, event: str) -> None:
        self.ruleset, self.seat = ruleset, ruleset.seats.index(seat)
        catalogue = ruleset.catalogue
        self.orders = {choice: order for choice in ANSWERS for _, order in catalogue.given(event, choice)}
        self.counts = dict.fromkeys(ANSWERS, 0)

    def opens(self, world: World, orders: NDArray[np.int32]) -> None:
        legal = legal_mask(self.ruleset, world)
        for choice, order in self.orders.items():
            games = (orders[self.seat] == order).any(axis=0)
            assert legal[order][games].all()
            self.counts[choice] += int(games.sum())

    def closes(self, world: World) -> None:
        pass


ANSWERS = ("ban_at_once", "appeal_only")


def test_an_answer_that_may_not_be_given_is_left_to_doctrine() -> None:
    ruleset = compile_rules(load("banja_luka_2025").book)
    seat, event = "republika_srpska", "verdict_in_sarajevo"
    watching = _Watching(ruleset, seat, event)
    runner = Runner(ruleset, players_of(ruleset, "doctrine", {}), 0)
    runner.players = [(Answering(ruleset, seat, event, "ban_at_once"), list(range(len(ruleset.seats))))]
    runner.play(start(ruleset, np.arange(GAMES, dtype=np.uint64)), [watching])
    # The ban needs a crowd outside: where there is none the entity appeals, as doctrine would.
    assert watching.counts["ban_at_once"] > 0
    assert watching.counts["appeal_only"] > 0


def test_cards_of_seats_that_nobody_may_play_are_left_out() -> None:
    ruleset = compile_rules(load("tutorial").book)
    assert {card.seat for card in cards(ruleset, 10)} <= {seat.seat for seat in ruleset.book.scenario.seats}
