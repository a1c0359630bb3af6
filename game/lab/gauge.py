"""What an ensemble of a scenario must show: how it ends, how dangerous it is, and that no seat is won by one order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.lab import pool
from game.lab.paired import IDLE, strategies
from game.lab.runner import Runner
from game.lab.texts import Texts, prepare, rules_of
from game.players import make_player
from game.rules import Ruleset, advance, legal_mask, start
from game.scenario import Scenario
from game.scenario.book import Objective

WAR, ATTACKS = "war_broke_out", "armed_attacks"
"""Rows that a rulebook may have: whether war broke out, and how many armed attacks there were."""
LINE = 0.65
"""In so many of the paired games doctrine must beat a seat that does nothing, or one thing only."""


def _luck(first: int, games: int) -> NDArray[np.uint64]:
    return np.arange(first, first + games, dtype=np.uint64)


def reached(ruleset: Ruleset, state: NDArray[np.int32], goal: Objective) -> NDArray[np.bool_]:
    """In which games an objective's points reached its aim. state: int32 [rows, games]; bool [games]."""
    points: NDArray[np.int32] = state[ruleset.layout.row(f"objective[{goal.seat}.{goal.id}]")]
    return points >= goal.aim


@dataclass(frozen=True)
class Outcome:
    """Where many games of one ensemble ended. state: int32 [rows, games]."""

    ruleset: Ruleset
    state: NDArray[np.int32]

    def row(self, name: str) -> NDArray[np.int32]:
        """One row at the end, int32 [games]. Raises KeyError if there is none of the name."""
        row: NDArray[np.int32] = self.state[self.ruleset.layout.row(name)]
        return row

    def share(self, name: str) -> float | None:
        """In which share of games a row ended above nothing; None if the rulebook has no such row."""
        try:
            return float((self.row(name) > 0).mean())
        except KeyError:
            return None

    @property
    def endings(self) -> dict[str, float]:
        """Share of each named ending, and under "" of games that did not end."""
        names = ["", *(ending.id for ending in self.ruleset.book.endings)]
        counts = np.bincount(self.row("ending"), minlength=len(names))
        return {name: float(count) / self.state.shape[1] for name, count in zip(names, counts, strict=True)}

    def score(self, seat: str) -> NDArray[np.int32]:
        """A seat's scores in hundredths, int32 [games]."""
        return self.row(f"score[{seat}]")

    def met(self) -> dict[tuple[str, str], float]:
        """(seat, objective) → share of games in which its points reached its aim at the end."""
        shares = {}
        for goal in self.ruleset.book.objectives:
            shares[goal.seat, goal.id] = float(reached(self.ruleset, self.state, goal).mean())
        return shares


def play_out(ruleset: Ruleset, games: int, players: Mapping[str, str] | str, first: int = 0) -> Outcome:
    """Play games on luck first, first + 1 … players: one kind for all, or seat → kind with doctrine for the rest."""
    everyone, some = (players, {}) if isinstance(players, str) else ("doctrine", players)
    runner = Runner(ruleset, {seat: some.get(seat, everyone) for seat in ruleset.seats}, 0)
    return Outcome(ruleset, runner.play(start(ruleset, _luck(first, games)), []).state)


@dataclass(frozen=True)
class Choices:
    """What a seat has to choose from in its median turn, and the actions it may ever give."""

    orders: float
    kinds: float
    actions: tuple[str, ...]


def choices(ruleset: Ruleset, games: int, first: int = 0) -> dict[str, Choices]:
    """For each seat the medians over the turns of doctrine games: legal orders, and categories among them."""
    categories = {action.id: action.category for action in ruleset.book.rulebook.actions}
    kinds = sorted(set(categories.values()))
    catalogue = ruleset.catalogue
    kind = np.array([kinds.index(categories[t]) if t in categories else -1 for t in catalogue.template])
    player = make_player("doctrine", ruleset)
    world = start(ruleset, _luck(first, games))
    counts: list[list[NDArray[np.int64]]] = [[] for _ in ruleset.seats]
    found: list[list[NDArray[np.int64]]] = [[] for _ in ruleset.seats]
    seen = np.zeros(catalogue.size, bool)
    for _ in range(ruleset.turns):
        legal = legal_mask(ruleset, world)
        seen |= legal.any(axis=1)
        for place, part in enumerate(catalogue.seats):
            mine, of = legal[part], kind[part]
            counts[place].append(mine[of >= 0].sum(axis=0))
            present = [mine[of == k].any(axis=0) for k in range(len(kinds)) if (of == k).any()]
            found[place].append(np.sum(present, axis=0) if present else np.zeros(games, np.int64))
        world = advance(ruleset, world, player.decide(ruleset, world, range(len(ruleset.seats))), reuse=True).world
    answer = {}
    for place, part in enumerate(catalogue.seats):
        templates = dict.fromkeys(
            catalogue.template[i] for i in range(part.start, part.stop) if seen[i] and kind[i] >= 0
        )
        answer[ruleset.seats[place]] = Choices(
            float(np.median(counts[place])), float(np.median(found[place])), tuple(templates)
        )
    return answer


def wins(better: NDArray[np.int32], worse: NDArray[np.int32]) -> float:
    """Share of paired games in which the first scores more; ties count half."""
    return float(((better > worse) + 0.5 * (better == worse)).mean())


def repeaters(
    ruleset: Ruleset, seat: str, actions: Sequence[str], doctrine: NDArray[np.int32], first: int = 0
) -> Iterator[tuple[str, float]]:
    """(strategy, share of paired games that doctrine wins) for `idle` and each action given again and again.

    doctrine: the seat's scores by doctrine in games on luck first, first + 1 …, int32 [pairs].
    """
    for one in strategies(ruleset, seat, actions, _luck(first, len(doctrine))):
        yield one.kind, wins(doctrine, one.scores)


def doubtful(share: float, pairs: int, line: float = LINE) -> bool:
    """Whether a share of so many pairs is within the noise around a line: one and a half standard errors."""
    error: float = (share * (1 - share) / pairs) ** 0.5
    return abs(share - line) <= 1.5 * error


@dataclass(frozen=True)
class SeatPairs:
    """One seat's paired games. doctrine: its scores by doctrine, int32 [pairs]; doubted: pairs for what is close."""

    seat: str
    actions: tuple[str, ...]
    doctrine: NDArray[np.int32]
    doubted: NDArray[np.int32]

    @property
    def games(self) -> int:
        return 1

    def halves(self) -> list[SeatPairs]:
        return [self]


@dataclass(frozen=True)
class Share:
    """In which share of so many paired games doctrine beats a strategy."""

    kind: str
    share: float
    pairs: int


def seat_shares(texts: Texts, unit: SeatPairs) -> tuple[str, list[Share]]:
    """Every strategy of a seat; those close to the line with more pairs."""
    return unit.seat, shares(rules_of(texts), unit)


def shares(ruleset: Ruleset, unit: SeatPairs) -> list[Share]:
    """The same with the rules at hand."""
    pairs, more = len(unit.doctrine), len(unit.doubted)
    found = [Share(kind, share, pairs) for kind, share in repeaters(ruleset, unit.seat, unit.actions, unit.doctrine)]
    if more <= pairs:
        return found
    close = [one.kind for one in found if doubtful(one.share, pairs)]
    actions = [kind.partition(":")[2] for kind in close if kind != IDLE]
    again = strategies(ruleset, unit.seat, actions, _luck(0, more), idle=IDLE in close) if close else ()
    better = {one.kind: Share(one.kind, wins(unit.doubted, one.scores), more) for one in again}
    return [better.get(one.kind, one) for one in found]


def sweep(scenario: Scenario, units: Sequence[SeatPairs], workers: int) -> dict[str, list[Share]]:
    """Every strategy of some seats, computed by so many processes. Raises RunStoppedError."""
    found: dict[str, list[Share]] = {}
    for outcome in pool.outcomes(f"{__name__}:seat_shares", Texts.of(scenario), iter(units), workers):
        if isinstance(outcome, pool.Lost):
            raise pool.RunStoppedError(f"{outcome.unit.seat}: {outcome.reason}")
        seat, held = outcome
        found[seat] = held
    return found


__all__ = [
    "ATTACKS", "LINE", "WAR", "Choices", "Outcome", "SeatPairs", "Share", "choices", "doubtful", "play_out", "prepare",
    "reached", "repeaters", "seat_shares", "shares", "sweep", "wins",
]  # fmt: skip
