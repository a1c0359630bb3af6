"""Two settings on the same luck: paired differences, looked at after every batch, until they are settled.

The intervals hold at every look at once (an asymptotic confidence sequence with a normal mixture), so that stopping
early does not make differences out of chance. With several measures the error is shared out among them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.lab.bounds import checked_games
from game.lab.record import Tracker
from game.lab.runner import Runner, seeds
from game.lab.variants import Setting, setting
from game.rules import World, start
from game.session import UnknownNameError, nearest_names
from game.text import _, several

__all__ = ["Comparison", "Difference", "Setting", "compare_settings", "setting"]

BATCH = 256
TUNED_FOR = 512
"""The number of pairs at which the intervals are narrowest."""

SCORE, SHARE, COUNT = 1.0, 0.02, 0.1
"""Differences that do not matter: points of a score, a share of the games, a count a game."""
SCORES = "score."
SHARES = ("war",)

SAME, DIFFERENT, OPEN = "same", "different", "open"


def usual_tolerance(measure: str) -> float:
    """The difference of a measure up to which two settings are the same, in the measure's own unit."""
    return SCORE if measure.startswith(SCORES) else SHARE if measure in SHARES else COUNT


def half_width(games: int, deviation: float, alpha: float) -> float:
    """Half the width of the interval for a mean after so many games; it holds at all of them together."""
    tuned = -2 * math.log(alpha) + math.log(-2 * math.log(alpha) + 1)
    rho = tuned / TUNED_FOR
    inside = (games * rho + 1) / (games**2 * rho) * (2 * math.log(math.sqrt(games * rho + 1) / alpha))
    return deviation * math.sqrt(inside)


@dataclass(frozen=True)
class Difference:
    """B − A of one measure. first, second: means; low, high: the interval of the difference; tolerance: its unit's."""

    measure: str
    first: float
    second: float
    low: float
    high: float
    verdict: str
    tolerance: float = SCORE

    @property
    def mean(self) -> float:
        return self.second - self.first


@dataclass(frozen=True)
class Comparison:
    """What two settings gave. status: 0 the same, 1 different, 3 not settled.

    left_out: measures that only one of them has, where none were chosen; notes: what is odd about the settings.
    """

    first: str
    second: str
    games: int
    differences: tuple[Difference, ...]
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        verdicts = {one.verdict for one in self.differences}
        return 1 if DIFFERENT in verdicts else 3 if OPEN in verdicts else 0

    def figures(self) -> dict[str, Any]:
        found = [{**vars(one), "difference": one.mean} for one in self.differences]
        return {
            "a": self.first, "b": self.second, "games": self.games, "status": self.status, "measures": found,
            "left_out": [*self.left_out], "notes": [*self.notes],
        }  # fmt: skip

    def lines(self) -> Iterator[str]:
        head = _("{games} games each on the same luck; B less A, with an interval; the same up to {tolerance}")
        yield head.format(games=self.games, tolerance=self._tolerances())
        words = {SAME: _("the same"), DIFFERENT: _("different"), OPEN: _("not settled")}
        for one in self.differences:
            interval = f"{one.mean:+9.2f}  [{one.low:+.2f}, {one.high:+.2f}]"
            yield f"  {one.measure:<28}{one.first:>9.2f}{one.second:>9.2f}{interval:>30}  {words[one.verdict]}"

    def _tolerances(self) -> str:
        """The tolerances with the measures that have them: `1 (score), 0.1 (turns)`."""
        measures: dict[float, dict[str, None]] = {}
        for one in self.differences:
            measures.setdefault(one.tolerance, {})[one.measure.partition(".")[0]] = None
        return ", ".join(f"{tolerance:g} ({', '.join(names)})" for tolerance, names in measures.items())


def measures_of(setting_: Setting) -> list[str]:
    """Every name that can be measured."""
    tracker = Tracker(setting_.ruleset, 0)
    return [*(f"score.{seat}" for seat in tracker.scores()), "war", "armed_attacks", "turns", "incidents"]


def left_out(first: Setting, second: Setting) -> list[str]:
    """Scores that only one of two settings has."""
    one, other = measures_of(first), measures_of(second)
    found = [name for name in one if name not in other] + [name for name in other if name not in one]
    return [name for name in found if name.startswith(SCORES)]


def notes_on(first: Setting, second: Setting, measures: Sequence[str] | None) -> list[str]:
    """What to know before two settings are compared, a sentence each: numbers out of range, scores left out."""
    found = [*dict.fromkeys((*first.notes, *second.notes))]
    alone = [] if measures else left_out(first, second)
    if alone:
        said = several("{count} score is in one setting only", "{count} scores are in one setting only", len(alone))
        found.append(_("{scores}, and not compared: {names}.").format(scores=said, names=", ".join(alone)))
    return found


def measured(runner: Runner, first: int, games: int) -> dict[str, NDArray[np.float64]]:
    beginning = start(runner.ruleset, seeds(runner.seed, first, games))
    tracker = Tracker(runner.ruleset, games)
    end: World = runner.play(beginning, [tracker])
    attacks, wars = tracker.measures(end)
    incidents = [row for rows in tracker.incidents().values() for row in rows]
    found = {f"score.{seat}": end.state[row] / 100 for seat, row in tracker.scores().items()}
    found["war"], found["armed_attacks"] = wars * 1.0, attacks * 1.0
    found["turns"] = end.state[runner.ruleset.layout.row("turn")] * 1.0
    found["incidents"] = end.state[incidents].sum(axis=0) * 1.0
    return found


def compare_settings(
    first: Setting,
    second: Setting,
    *,
    games: int = 4096,
    seed: int = 0,
    tolerance: float | None = None,
    confidence: float = 0.95,
    measures: Sequence[str] | None = None,
) -> Comparison:
    """Play both on the same seeds until every measure is settled, or so many games are played.

    A measure is the same when its interval lies within ± tolerance, different when it lies beyond; tolerance: in the
    unit of the measures, that of `usual_tolerance` for each of them if none is given.
    Raises UnknownNameError for a measure that both do not have, ValueError for games that no run has.
    """
    checked_games(games, seed)
    known = [name for name in measures_of(first) if name in measures_of(second)]
    chosen = list(measures or [name for name in known if name.startswith(SCORES)])
    for name in chosen:
        if name not in known:
            raise UnknownNameError(name, nearest_names(name, known))
    if not chosen:
        raise ValueError("the two settings have no measure in common")
    tolerances = {name: usual_tolerance(name) if tolerance is None else tolerance for name in chosen}
    alpha = (1 - confidence) / len(chosen)
    runners = first.runner(seed, BATCH), second.runner(seed, BATCH)
    sums = {name: np.zeros(4) for name in chosen}
    played, found = 0, list[Difference]()
    while played < games:
        count = min(BATCH, games - played)
        one, other = (measured(runner, played, count) for runner in runners)
        played += count
        found = []
        for name in chosen:
            a, b = one[name], other[name]
            sums[name] += (a.sum(), b.sum(), (b - a).sum(), ((b - a) ** 2).sum())
            found.append(_difference(name, sums[name], played, alpha, tolerances[name]))
        if all(each.verdict != OPEN for each in found):
            break
    alone = () if measures else tuple(left_out(first, second))
    return Comparison(first.text, second.text, played, tuple(found), alone, tuple(notes_on(first, second, measures)))


def _difference(name: str, sums: NDArray[np.float64], games: int, alpha: float, tolerance: float) -> Difference:
    first, second, mean, square = (float(value) / games for value in sums)
    # One observation more, a unit off, keeps a run of equal pairs from being certain.
    deviation = math.sqrt(max(square - mean * mean, 0.0) + 1 / (games + 1))
    half = half_width(games, deviation, alpha)
    low, high = mean - half, mean + half
    verdict = OPEN
    if -tolerance <= low and high <= tolerance:
        verdict = SAME
    elif low > tolerance or high < -tolerance:
        verdict = DIFFERENT
    return Difference(name, first, second, low, high, verdict, tolerance)
