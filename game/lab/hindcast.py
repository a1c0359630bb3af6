"""How well ensembles match what happened: right-censored scores of recorded milestones, against two simple rivals.

For a target, F(t) is the share of games in which it had happened by month t of the window. Its CRPS is the sum over
the window's months of (F(t) − [it had happened by t])²; what had not happened by the end is censored there. The rivals
are *no change* (F stays at 0) and *base rate* (a constant hazard, fitted on 2008 to 2014 alone).
skill = 1 − crps / min(crps of the rivals). Intervals come from drawing countries anew; over so few countries they
describe, they prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.lab.dataset import DataSet
from game.lab.record import month_text
from game.lab.targets import GROUPS, Target, Targets, hazard_of, hazards, read_targets
from game.lab.whereabouts import Place, places_of, window_of
from game.rules import Ruleset
from game.scenario.language import month_index

Floats = NDArray[np.float64]
DRAWS = 2_000
NEVER = 10**6
HALF = 0.5
SLACK = 0.5
"""Months: what happens in a turn carries the turn's first month, which costs about as much where turns are quarters."""
IN, PARTLY, OUT = "in", "partly", "out"


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


@dataclass(frozen=True)
class Hindcast:
    """All grades of a run. window: the months that scenario and targets have in common.

    sample: how much of the window lies within that of the shipped list, on which the rules were tuned: `in`, `partly`
    or `out`; shipped: whether the targets are those of that list.
    """

    scenario: str
    games: int
    seed: int
    players: tuple[str, ...]
    window: Targets
    sample: str
    grades: tuple[Grade, ...]
    parameters: Mapping[str, float]
    parameters_hash: str
    shipped: bool = True

    @property
    def in_sample(self) -> bool:
        """Whether the whole window was tuned on."""
        return self.sample == IN

    @property
    def failures(self) -> list[Grade]:
        """Targets on which most games disagree with the record or a simple rival comes closer, the worst first."""
        return sorted((one for one in self.grades if not one.right or one.beaten), key=lambda one: -one.crps)

    @property
    def countries(self) -> int:
        """How many countries the targets are of."""
        return len({one.target.actor for one in self.grades})

    def figures(self) -> dict[str, Any]:
        """The keys of `hindcast.json`."""
        low, high = interval(self.grades)
        ends = checkpoints(self.window)
        held = sum(one.target.held for one in self.grades)
        return {
            "scenario": self.scenario,
            "games": self.games,
            "seed": self.seed,
            "players": list(self.players),
            "window": [month_text(self.window.first), month_text(self.window.last)],
            "in_sample": self.in_sample,
            **({"partly_in_sample": True} if self.sample == PARTLY else {}),
            "parameters": dict(self.parameters),
            "parameters_hash": self.parameters_hash,
            **means(self.grades),
            "skill": skill(self.grades),
            "skill_low": low,
            "skill_high": high,
            "brier": float(np.mean([one.brier for one in self.grades])),
            "brier_by_checkpoint": {
                month_text(self.window.first + end): float(np.mean([one.brier[i] for one in self.grades]))
                for i, end in enumerate(ends)
            },
            **({"held_before": held} if held else {}),
            "worse_than_a_simple_rival": [one.target.id for one in self.failures if one.right],
            "groups": {
                group: {"targets": len(some), **means(some), "skill": skill(some)}
                for group in GROUPS
                if (some := [one for one in self.grades if one.target.group == group])
            },
            "targets": [
                {
                    "id": one.target.id,
                    "happened": None if one.target.happened is None else month_text(one.target.happened),
                    "share": one.share,
                    "crps": one.crps,
                    "no_change": one.no_change,
                    "base_rate": one.base_rate,
                }
                for one in self.grades
            ],
        }


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
    """2.5 and 97.5 % of the skill when countries are drawn anew."""
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
    return float(low), float(high)


def checkpoints(window: Targets) -> list[int]:
    """The last month of each calendar year of the window, counted from its first; always its end."""
    ends = [m - window.first for m in range(window.first, window.last + 1) if m % 12 == 11]
    return ends if ends and ends[-1] == window.months - 1 else [*ends, window.months - 1]


# -- what the games say ------------------------------------------------------------------------------


def first_months(data: DataSet, targets: Targets) -> list[NDArray[np.int64]]:
    """For each target the month of each game in which it was reached; NEVER where it was not. Raises TargetsError."""
    ruleset = data.plan.ruleset()
    start = month_index(ruleset.book.scenario.start_date)
    places = places_of(ruleset, targets)
    found: list[list[NDArray[np.int64]]] = [[] for _ in places]
    for table in data.tables("games", sorted({one.path[0] for one in places})):
        for parts, one in zip(found, places, strict=True):
            months = np.min([_as_months(_field(table, one, name)) for name in one.names], axis=0)
            parts.append(np.full_like(months, start) if one.held else months)
    return [np.concatenate(parts) if parts else np.zeros(0, np.int64) for parts in found]


def _field(table: Any, place: Place, name: str) -> Any:
    """The Arrow array of months of a name at a place of the rows."""
    column = table.column(place.path[0]).combine_chunks()
    for part in (*place.path[1:], name):
        column = column.field(part)
    return column


def _as_months(column: Any) -> NDArray[np.int64]:
    """Texts of months as numbers; null is never."""
    encoded = column.dictionary_encode()
    words = [month_index(word) for word in encoded.dictionary.to_pylist()]
    codes = encoded.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)
    found: NDArray[np.int64] = np.array([*words, NEVER], np.int64)[codes]
    return found


# -- grading ------------------------------------------------------------------------------------------


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


def hindcast(data: DataSet, targets: Targets | None = None) -> Hindcast:
    """Grade a run's games. targets: those of 2008 to 2014 if none are given. Raises TargetsError."""
    fitted = read_targets()
    asked = targets or fitted
    ruleset = data.plan.ruleset()
    window = window_of(ruleset, asked)
    rates = hazards(fitted)
    months = first_months(data, window)
    grades = [
        grade(one, found, window, hazard_of(one, rates)) for one, found in zip(window.targets, months, strict=True)
    ]
    parameters, digest = frozen_parameters(ruleset)
    players = tuple(sorted(set(data.plan.players.values())))
    return Hindcast(
        data.plan.scenario, len(data), data.plan.seed, players, window, sampled(window, fitted), tuple(grades),
        parameters, digest, asked == fitted,
    )  # fmt: skip


def sampled(window: Targets, fitted: Targets) -> str:
    """How much of the months that are graded was tuned on: all (`in`), some (`partly`) or none (`out`)."""
    if fitted.first <= window.first and window.last <= fitted.last:
        return IN
    return OUT if window.last < fitted.first or fitted.last < window.first else PARTLY


def frozen_parameters(ruleset: Ruleset) -> tuple[dict[str, float], str]:
    """The named numbers of the rules, and a hash of them."""
    import json
    from hashlib import blake2b

    values = {one.id: one.value for one in ruleset.book.rulebook.parameters}
    return values, blake2b(json.dumps(values, sort_keys=True).encode(), digest_size=8).hexdigest()


def lines(result: Hindcast) -> Iterator[str]:
    """The result as text."""
    found = result.figures()
    yield f"{found['scenario']}, {found['games']} games, {found['window'][0]} to {found['window'][1]}"
    low, high = found["skill_low"], found["skill_high"]
    sample = {IN: "in-sample", PARTLY: "partly in-sample", OUT: "out of sample"}[result.sample]
    shown = ["none" if one is None else f"{one:+.3f}" for one in (found["skill"], low, high)]
    around = f"[{shown[1]}, {shown[2]}]" if result.countries > 1 else "(one country: no interval)"
    yield f"skill ({sample}) {shown[0]} {around}, Brier {found['brier']:.3f}"
    yield (
        f"crps {found['crps']:.2f}, no change {found['crps_no_change']:.2f}, "
        f"base rate {found['crps_base_rate']:.2f} months"
    )
    if "held_before" in found:
        yield f"{found['held_before']} of {len(result.grades)} targets had been reached before the window"
    for one in result.grades:
        happened = "never" if one.target.happened is None else month_text(one.target.happened)
        mark = "" if one.right and not one.beaten else "  a rival is closer" if one.right else "  wrong"
        yield (
            f"  {one.target.id:<36}{happened:>8}{one.share * 100:>7.0f} %"
            f"{one.crps:>8.2f}{one.no_change:>8.2f}{one.base_rate:>8.2f}{mark}"
        )
