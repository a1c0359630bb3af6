"""How well ensembles match what happened: right-censored scores of recorded milestones, against two simple rivals.

For a target, F(t) is the share of games in which it had happened by month t of the window. Its CRPS is the sum over
the window's months of (F(t) − [it had happened by t])²; what had not happened by the end is censored there. The rivals
are *no change* (F stays at 0) and *base rate* (a constant hazard, fitted on 2008 to 2014 alone).
skill = 1 − crps / min(crps of the rivals). Intervals come from drawing countries anew; over so few countries they
describe, they prove nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.lab.dataset import DataSet
from game.lab.hindcast_grades import Grade, checkpoints, grade, interval, means, skill
from game.lab.hindcast_parameters import Calibration, frozen_numbers, named_numbers
from game.lab.hindcast_text import IN, OUT, PARTLY, lines
from game.lab.record import month_text
from game.lab.targets import GROUPS, Targets, hazard_of, hazards, read_targets
from game.lab.whereabouts import Place, places_of, window_of
from game.scenario.language import month_index

__all__ = ["IN", "NEVER", "OUT", "PARTLY", "Hindcast", "first_months", "hindcast", "lines", "sampled"]

NEVER = 10**6


@dataclass(frozen=True)
class Hindcast:
    """All grades of a run. window: the months that scenario and targets have in common.

    sample: how much of the window lies within that of the shipped list, on which the rules were tuned: `in`, `partly`
    or `out`; shipped: whether the targets are those of that list. parameters: every named number of the rules, with
    their hash; calibrated: those that were fitted on the shipped list and frozen, with what the
    scenario has changed; None where the scenario is another.
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
    calibrated: Calibration | None = None
    title: str = ""

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
        later = {one.target.id: month_text(one.target.later) for one in self.grades if one.target.later is not None}
        return {
            "scenario": self.scenario,
            "games": self.games,
            "seed": self.seed,
            "players": list(self.players),
            "window": [month_text(self.window.first), month_text(self.window.last)],
            **({"window_of_targets": [month_text(one) for one in self.window.whole]} if self.window.whole else {}),
            "in_sample": self.in_sample,
            **({"partly_in_sample": True} if self.sample == PARTLY else {}),
            **({"calibrated": self.calibrated.figures()} if self.calibrated else {}),
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
            **({"happened_after_window": later} if later else {}),
            "most_games_disagree": [one.target.id for one in self.failures if not one.right],
            "worse_than_a_simple_rival": [one.target.id for one in self.failures if one.beaten],
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


def hindcast(data: DataSet, targets: Targets | None = None) -> Hindcast:
    """Grade a run's games. targets: those of 2008 to 2014 if none are given. Raises TypeError, TargetsError."""
    if not isinstance(data, DataSet):
        raise TypeError(f"data: {data!r} is not a data set, which `lab.run` gives and `DataSet(FOLDER)` opens")
    if targets is not None and not isinstance(targets, Targets):
        raise TypeError(f"targets: {targets!r} is not a list of targets, which `read_targets(FILE)` reads")
    fitted = read_targets()
    asked = targets or fitted
    ruleset = data.plan.ruleset()
    window = window_of(ruleset, asked)
    rates = hazards(fitted)
    months = first_months(data, window)
    grades = [
        grade(one, found, window, hazard_of(one, rates)) for one, found in zip(window.targets, months, strict=True)
    ]
    parameters, digest = named_numbers(ruleset.book)
    players = tuple(sorted(set(data.plan.players.values())))
    return Hindcast(
        data.plan.scenario, len(data), data.plan.seed, players, window, sampled(window, fitted), tuple(grades),
        parameters, digest, asked == fitted, frozen_numbers(ruleset.book, fitted), ruleset.book.scenario.title,
    )  # fmt: skip


def sampled(window: Targets, fitted: Targets) -> str:
    """How much of the months that are graded was tuned on: all (`in`), some (`partly`) or none (`out`)."""
    if fitted.first <= window.first and window.last <= fitted.last:
        return IN
    return OUT if window.last < fitted.first or fitted.last < window.first else PARTLY
