"""How far history, doctrine, a planner and random orders come in each objective of a seat.

All others play as `game balance` has them play. An objective in which the planner and doctrine hardly overlap has no
aim that both meet in 10 to 90 % of games; one in which random orders come as far as history lifts them toward par.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.lab.gauge import Outcome, play_out, reached
from game.rules import Ruleset

HISTORY, DOCTRINE, PLANNER, RANDOM = "history", "doctrine", "planner:SMALL", "random"
QUICK = 16
"""A planner's game takes as long as so many others, or longer: it plays so many fewer."""


@dataclass(frozen=True)
class Spread:
    """One row over many games. points: the mean, its standard deviation and the 5th, 50th and 95th percentile, in
    points; met: in which share of games the aim was reached, of a score par was beaten (of none: nought)."""

    player: str
    mean: float
    deviation: float
    points: tuple[float, float, float]
    met: float


@dataclass(frozen=True)
class Goal:
    """One objective of a seat, or under "" its score, by player."""

    seat: str
    objective: str
    spreads: tuple[Spread, ...]


def goals(ruleset: Ruleset, games: int, seats: Sequence[str] = (), repeated: Sequence[str] = ()) -> Iterator[Goal]:
    """Every objective of some playable seats, or of all, each led by its score.

    games: of history and of doctrine; the planner has a sixteenth. repeated: actions that the seat gives again and
    again, for a look at what they win by. Raises KeyError for a seat that cannot be played.
    """
    pars = {one.seat: one.par for one in ruleset.book.scenario.seats}
    shared = {kind: play_out(ruleset, games, kind) for kind in (HISTORY, DOCTRINE)}
    for seat in seats or pars:
        par = (pars[seat] or 0) * 100
        played = dict(shared)
        played[PLANNER] = play_out(ruleset, max(games // QUICK, 1), {seat: PLANNER})
        for kind in (RANDOM, *(f"repeat:{action}" for action in repeated)):
            played[kind] = play_out(ruleset, games, {seat: kind})
        yield Goal(seat, "", tuple(_score(kind, one, seat, par) for kind, one in played.items()))
        for goal in ruleset.book.objectives:
            if goal.seat == seat:
                row = f"objective[{seat}.{goal.id}]"
                spreads = (
                    _spread(kind, one.row(row), reached(ruleset, one.state, goal)) for kind, one in played.items()
                )
                yield Goal(seat, goal.id, tuple(spreads))


def _score(kind: str, outcome: Outcome, seat: str, par: int) -> Spread:
    scores = outcome.score(seat)
    return _spread(kind, scores, scores > par)


def _spread(kind: str, hundredths: NDArray[np.int32], met: NDArray[np.bool_]) -> Spread:
    points = hundredths / 100
    low, middle, high = (float(one) for one in np.percentile(points, (5, 50, 95)))
    return Spread(kind, float(points.mean()), float(points.std()), (low, middle, high), float(met.mean()))
