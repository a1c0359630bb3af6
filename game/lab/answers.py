"""What each answer to a card is worth to the seat that gives it: the same games, with one answer given always.

Everybody plays by doctrine. For each card of a seat and each of its choices the games are played again on the same
luck, and the seat gives that choice wherever it is legal; what changes in its score is what the answer brings. A card
is a dilemma when its best two answers are close.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.lab.runner import Runner, players_of
from game.players import Player, make_player
from game.rules import Ruleset, World, legal_mask, start

LEAST_ASKED = 0.1
"""A card that comes in fewer games says nothing about its answers."""


@dataclass(frozen=True)
class Answer:
    """One choice. share: how often doctrine gives it; gain: the seat's score in points against doctrine's own answers,
    mean over games; error: the standard error of that mean; goals: the same gain by objective, in points."""

    choice: str
    share: float
    gain: float
    error: float
    goals: dict[str, float]


@dataclass(frozen=True)
class Card:
    """One card of one seat. asked: how often it comes in a game."""

    seat: str
    event: str
    asked: float
    answers: tuple[Answer, ...]

    @property
    def gap(self) -> float:
        """How many points the best answer is ahead of the second; 0 for a card with one answer."""
        gains = sorted((answer.gain for answer in self.answers), reverse=True)
        return gains[0] - gains[1] if len(gains) > 1 else 0.0


class Answering:
    """Doctrine for all, but for one seat's answers to one event, which are always the same choice where it is legal."""

    def __init__(self, ruleset: Ruleset, seat: str, event: str, choice: str) -> None:
        self.doctrine: Player = make_player("doctrine", ruleset)
        self.seat = ruleset.seats.index(seat)
        catalogue = ruleset.catalogue
        wanted = dict(catalogue.given(event, choice))
        others = {name for name, one in zip(catalogue.choice, catalogue.template, strict=True) if one == event and name}
        self.instead = [
            (order, wanted[args])
            for name in sorted(others - {choice})
            for args, order in catalogue.given(event, name)
            if args in wanted and catalogue.seat[order] == self.seat
        ]

    def decide(self, ruleset: Ruleset, world: World, seats: Sequence[int]) -> NDArray[np.int32]:
        orders = self.doctrine.decide(ruleset, world, seats)
        own = orders[self.seat]
        given = np.isin(own, [order for order, _ in self.instead])
        if given.any():
            legal = legal_mask(ruleset, world)
            for order, wanted in self.instead:
                own[(own == order) & legal[wanted]] = wanted
        return orders


class _Counting:
    """How often each order was given."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.given = np.zeros(ruleset.catalogue.size, np.int64)

    def opens(self, world: World, orders: NDArray[np.int32]) -> None:
        np.add.at(self.given, orders[orders >= 0], 1)

    def closes(self, world: World) -> None:
        """Nothing is counted at the end of a turn."""


def cards(ruleset: Ruleset, games: int, events: Sequence[str] = ()) -> Iterator[Card]:
    """Every card of a playable seat, or those of these events, on luck 0, 1 … games − 1.

    Costs as many ensembles as there are choices.
    """
    luck = np.arange(games, dtype=np.uint64)
    runner = Runner(ruleset, players_of(ruleset, "doctrine", {}), 0)
    counting = _Counting(ruleset)
    usual = runner.play(start(ruleset, luck), [counting]).state.copy()
    catalogue = ruleset.catalogue
    playable = {seat.seat for seat in ruleset.book.scenario.seats}
    times: dict[tuple[str, str], dict[str, int]] = {}
    for order in np.flatnonzero(catalogue.is_choice):
        card = ruleset.seats[catalogue.seat[order]], catalogue.template[order]
        if card[0] in playable and (not events or card[1] in events):
            given = times.setdefault(card, {})
            choice = str(catalogue.choice[order])
            given[choice] = given.get(choice, 0) + int(counting.given[order])
    everybody = list(range(len(ruleset.seats)))
    for (seat, event), given in times.items():
        total = sum(given.values())
        if total < LEAST_ASKED * games:
            continue
        answers = []
        for choice, count in given.items():
            runner.players = [(Answering(ruleset, seat, event, choice), everybody)]
            state = runner.play(start(ruleset, luck), []).state
            answers.append(_answer(ruleset, seat, choice, count / total, state - usual))
        yield Card(seat, event, total / games, tuple(answers))


def _answer(ruleset: Ruleset, seat: str, choice: str, share: float, change: NDArray[np.int32]) -> Answer:
    """change: int32 [rows, games], what is different with this answer, in hundredths."""
    scores = change[ruleset.layout.row(f"score[{seat}]")] / 100
    goals = {
        goal.id: float(change[ruleset.layout.row(f"objective[{seat}.{goal.id}]")].mean()) / 100
        for goal in ruleset.book.objectives
        if goal.seat == seat
    }
    return Answer(choice, share, float(scores.mean()), float(scores.std()) / len(scores) ** 0.5, goals)
