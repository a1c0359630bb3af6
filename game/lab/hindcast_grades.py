"""Scores of recorded milestones, one by one and over many: right-censored CRPS, Brier, skill and its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.lab.targets import Target, Targets

Floats = NDArray[np.float64]
DRAWS = 2_000
ROUNDING = 1e-9
"""The same skill from other sums may differ by so much."""
HALF = 0.5
SLACK = 0.5
"""Months: what happens in a turn carries the turn's first month, which costs about as much where turns are quarters."""


@dataclass(frozen=True)
class Grade:
    """One target. share: of games in which it happened within the window; the rest are sums over months.

    expected: the share in which it had happened, by month of the window.
    """

    target: Target
    share: float
    crps: float
    no_change: float
    base_rate: float
    expected: Floats
    brier: Floats

    @property
    def right(self) -> bool:
        """Whether most games agree with the record about whether it happened within the window."""
        return (self.share >= HALF) == (self.target.happened is not None)

    @property
    def beaten(self) -> bool:
        """Whether a simple rival comes closer to the record, by more than the length of turns explains."""
        return self.crps > min(self.no_change, self.base_rate) + SLACK

    def median(self, window: Targets) -> int | None:
        """The month by which it had happened in half of the games; None where it did not within the window."""
        return window.first + int((self.expected >= HALF).argmax()) if self.share >= HALF else None


def grade(target: Target, months: NDArray[np.int64], window: Targets, hazard: float) -> Grade:
    """The scores of one target from the months of many games."""
    size = window.months
    at = np.maximum(months - window.first, 0)
    counts = np.bincount(at[at < size], minlength=size)[:size]
    expected = np.cumsum(counts) / max(len(months), 1)
    truth = np.zeros(size)
    if target.happened is not None:
        truth[target.happened - window.first :] = 1
    base = 1 - (1 - hazard) ** np.arange(1, size + 1)
    ends = checkpoints(window)
    return Grade(
        target,
        float(expected[-1]),
        float(((expected - truth) ** 2).sum()),
        # What had happened before the window is known to everybody: both rivals are right about it.
        0.0 if target.held else float((truth**2).sum()),
        0.0 if target.held else float(((base - truth) ** 2).sum()),
        expected,
        (expected[ends] - truth[ends]) ** 2,
    )


def means(grades: Sequence[Grade]) -> dict[str, float]:
    """Mean scores over targets, in months."""
    return {
        "crps": float(np.mean([one.crps for one in grades])),
        "crps_no_change": float(np.mean([one.no_change for one in grades])),
        "crps_base_rate": float(np.mean([one.base_rate for one in grades])),
    }


def skill(grades: Sequence[Grade]) -> float | None:
    """1 − crps / the better rival's; None where a rival is perfect."""
    found = means(grades)
    rival = min(found["crps_no_change"], found["crps_base_rate"])
    return 1 - found["crps"] / rival if rival > 0 else None


def interval(grades: Sequence[Grade], draws: int = DRAWS) -> tuple[float | None, float | None]:
    """2.5 and 97.5 % of the skill when countries are drawn anew; None where every draw has the same skill.

    So it is with one country, and where one alone decides: a width of nought would look like certainty.
    """
    actors = sorted({one.target.actor for one in grades})
    by_actor = {actor: [one for one in grades if one.target.actor == actor] for actor in actors}
    sums = np.array(
        [
            [sum(getattr(one, kind) for one in by_actor[a]) for kind in ("crps", "no_change", "base_rate")]
            for a in actors
        ]
    )
    chance = np.random.default_rng(2008)
    drawn = sums[chance.integers(len(actors), size=(draws, len(actors)))].sum(axis=1)
    rival = drawn[:, 1:].min(axis=1)
    skills = 1 - drawn[rival > 0, 0] / rival[rival > 0]
    if not len(skills):
        return None, None
    low, high = np.percentile(skills, [2.5, 97.5])
    return (None, None) if high - low < ROUNDING else (float(low), float(high))


def checkpoints(window: Targets) -> list[int]:
    """The last month of each calendar year of the window, counted from its first; always its end."""
    ends = [m - window.first for m in range(window.first, window.last + 1) if m % 12 == 11]
    return ends if ends and ends[-1] == window.months - 1 else [*ends, window.months - 1]
