"""Which player is stronger: paired games on the same seeds, one seat on each of two players, all others on doctrine.

A pair of games is won by the player with whom the seat's score is higher; a tie counts half. Games of one
seat and player are played in batches; the result does not depend on batches or processes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.lab.bounds import checked_games
from game.lab.runner import seeds
from game.lab.texts import compiled
from game.players import PlannerPlayer, Player, make_player
from game.rules import Ruleset, World, advance, start
from game.scenario import Scenario
from game.session.known import known_texts
from game.session.lookup import UnknownNameError, nearest_names
from game.text import _

PAIRS = (
    ("doctrine", "idle"),
    ("doctrine", "random"),
    ("history", "random"),
    ("planner:SMALL", "doctrine"),
    ("planner:LARGE", "planner:SMALL"),
)
"""Stronger first."""
Z = 1.959963984540054
BATCH = 32


@dataclass(frozen=True)
class Standing:
    """One pair of players. wins: ties count half; low, high: the Wilson interval of wins over games."""

    a: str
    b: str
    wins: float
    ties: int
    games: int
    low: float
    high: float


def wilson(wins: float, games: int) -> tuple[float, float]:
    """The Wilson score interval of a share, 95 %."""
    if not games:
        return 0.0, 1.0
    share, square = wins / games, Z * Z / games
    middle = (share + square / 2) / (1 + square)
    half = Z * math.sqrt(share * (1 - share) / games + square / 4 / games) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


class Ladder:
    """The games of a ladder, spread evenly over some seats. seats: ids."""

    def __init__(self, ruleset: Ruleset, seats: Sequence[str], games: int, seed: int = 0) -> None:
        self.ruleset, self.seats, self.games = ruleset, tuple(seats), games
        self.luck = seeds(seed, 0, games)
        index = {seat: place for place, seat in enumerate(ruleset.seats)}
        self.seat_of = np.array([index[self.seats[i % len(self.seats)]] for i in range(games)], np.intp)

    def batches(self) -> list[tuple[int, int]]:
        """(first, end) of the games played together."""
        return [(first, min(first + BATCH, self.games)) for first in range(0, self.games, BATCH)]

    def play(self, kind: str, first: int, end: int) -> list[int]:
        """The final scores of the seat in some games, raw units."""
        ruleset, own = self.ruleset, self.seat_of[first:end]
        doctrine, player = make_player("doctrine", ruleset), make_player(kind, ruleset)
        world = start(ruleset, self.luck[first:end])
        columns = np.arange(end - first)
        for _turn in range(ruleset.turns):
            orders = doctrine.decide(ruleset, world, range(len(ruleset.seats)))
            mine = decide_at(player, ruleset, world, own)
            orders[own, :, columns] = mine
            world = advance(ruleset, world, orders).world
        scores: list[int] = world.state[ruleset.layout.quantities["score"].first + own, columns].tolist()
        return scores


def decide_at(player: Player, ruleset: Ruleset, world: World, seats: NDArray[np.intp]) -> NDArray[np.int32]:
    """The orders of one seat in each game, int32 [games, places]."""
    columns = np.arange(world.games)
    if isinstance(player, PlannerPlayer):
        orders = player.decide_at(ruleset, world, list(zip(columns.tolist(), seats.tolist(), strict=True)))
    else:
        orders = player.decide(ruleset, world, sorted(set(seats.tolist())))
    found: NDArray[np.int32] = orders[seats, :, columns]
    return found


_ladder: list[Ladder] = []


def _open(files: Mapping[str, bytes], path: str, seats: Sequence[str], games: int, seed: int) -> None:
    _ladder[:] = [Ladder(known_texts(files, path).ruleset, seats, games, seed)]


def _play(kind: str, first: int, end: int) -> list[int]:
    return _ladder[0].play(kind, first, end)


def scores(
    ladder: Ladder,
    kinds: Sequence[str],
    files: Mapping[str, bytes],
    path: str,
    workers: int,
    seed: int = 0,
    done: Callable[[int], None] = lambda games: None,
) -> dict[str, NDArray[np.int64]]:
    """The final scores of every kind of player, int64 [games] each. `done` hears how many games have ended."""
    # What takes longest goes first, so that no process waits at the end.
    jobs = [(kind, *batch) for kind in sorted(kinds, key=_weight, reverse=True) for batch in ladder.batches()]
    found = {kind: np.zeros(ladder.games, np.int64) for kind in kinds}
    if workers < 2:
        for kind, first, end in jobs:
            found[kind][first:end] = ladder.play(kind, first, end)
            done(end - first)
        return found
    given = (dict(files), path, ladder.seats, ladder.games, seed)
    with ProcessPoolExecutor(workers, get_context("spawn"), _open, given) as pool:
        waiting = [pool.submit(_play, *job) for job in jobs]
        for (kind, first, end), result in zip(jobs, waiting, strict=True):
            found[kind][first:end] = result.result()
            done(end - first)
    return found


def _weight(kind: str) -> int:
    return 1 if kind.startswith("planner") else 0


def standings(found: Mapping[str, NDArray[np.int64]], pairs: Sequence[tuple[str, str]]) -> list[Standing]:
    """How each pair of players fared."""
    result = []
    for a, b in pairs:
        difference = found[a] - found[b]
        ties = int(np.count_nonzero(difference == 0))
        wins = int(np.count_nonzero(difference > 0)) + ties / 2
        low, high = wilson(wins, len(difference))
        result.append(Standing(a, b, wins, ties, len(difference), low, high))
    return result


def elo(found: Mapping[str, NDArray[np.int64]], ladder: Ladder, seat: str, rounds: int = 200) -> dict[str, float]:
    """The rating of every player in one seat, 1,500 on average: Bradley and Terry's model of all pairs of players.

    Half a win and half a loss are added to each pair, so that who wins every game still has a finite rating.
    """
    own = ladder.seat_of == ladder.ruleset.seats.index(seat)
    kinds = sorted(found)
    if not own.any():
        return {}
    size = len(kinds)
    wins = np.zeros((size, size))
    for i, a in enumerate(kinds):
        for j, b in enumerate(kinds):
            if i != j:
                difference = found[a][own] - found[b][own]
                wins[i, j] = float((difference > 0).sum() + (difference == 0).sum() / 2) + 0.5
    strength = np.ones(size)
    games = wins + wins.T
    for _round in range(rounds):
        strength = wins.sum(axis=1) / (games / (strength[:, None] + strength[None, :])).sum(axis=1)
        strength /= np.exp(np.log(strength).mean())
    return {kind: round(1500 + 400 * math.log10(float(s)), 1) for kind, s in zip(kinds, strength, strict=True)}


def figures(
    scenario: Scenario, seats: Sequence[str], games: int, seed: int, workers: int, step: Callable[[int], None]
) -> dict[str, Any]:
    """The ladder of a scenario: `pairs` and `elo`. `step` is called after each of `games` shares of the work.

    Raises UnknownNameError for a seat that nobody can play, ValueError for games that no run has.
    """
    checked_games(games, seed)
    playable = [one.seat for one in scenario.book.scenario.seats]
    for seat in seats:
        if seat not in playable:
            raise UnknownNameError(seat, nearest_names(seat, playable))
    ruleset = compiled(scenario).ruleset
    ladder = Ladder(ruleset, list(seats) or playable, games, seed)
    kinds = sorted({kind for pair in PAIRS for kind in pair})
    ended, told = 0, 0

    def done(count: int) -> None:
        nonlocal ended, told
        ended += count
        while told * len(kinds) < ended:
            told += 1
            step(1)

    found = scores(ladder, kinds, scenario.text, scenario.path, workers, seed, done)
    pairs = [{**asdict(one), "low": round(one.low, 4), "high": round(one.high, 4)} for one in standings(found, PAIRS)]
    ratings = [
        {"player": kind, "seat": seat, "elo": rating, "games": int((ladder.seat_of == place).sum())}
        for place, seat in enumerate(ruleset.seats)
        for kind, rating in elo(found, ladder, seat).items()
    ]
    return {"scenario": scenario.id, "seed": seed, "games": games, "pairs": pairs, "elo": ratings}


def lines(found: Mapping[str, Any]) -> list[str]:
    """The ladder as lines of text."""
    told = []
    for pair in found["pairs"]:
        text = _("{a} beats {b} in {share} of {games} games ({low} to {high}; {ties} ties)")
        shares = {name: f"{value:.0%}" for name, value in (("low", pair["low"]), ("high", pair["high"]))}
        share = f"{pair['wins'] / pair['games']:.0%}"
        told.append(text.format(**{**pair, **shares, "share": share}))
    for rating in found["elo"]:
        told.append(_("{player} as {seat}: {elo}").format(**rating))
    return told
