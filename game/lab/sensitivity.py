"""Which named numbers of the rules matter: Morris screening of their effect on the results.

The mean size of an effect is above zero by luck alone, since settings differ a little in every game. Each step from
one setting to the next is therefore also held against what its games differ among themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.lab import pool
from game.lab.bounds import checked_games
from game.lab.compare import measured, measures_of
from game.lab.extras import need
from game.lab.runner import players_of
from game.lab.texts import compiled
from game.lab.variants import Setting, varied
from game.rules import compile_rules
from game.scenario import Scenario
from game.session import UnknownNameError, nearest_names
from game.text import _

LEVELS = 4
DIGITS = 4
MOST_CHANCE = 0.05
"""So often luck alone may pass for the effect of any parameter on a measure."""

Results = dict[str, NDArray[np.float64]]
"""Measure → its value in every game of a setting, float64 [games]."""


@dataclass(frozen=True)
class Effect:
    """A parameter's effect on one measure. mu_star: mean size; sigma: how much it depends on the other numbers;
    interval: half the width of 95 % for mu_star. All per full range of the parameter.
    chance: how probable such differences are by luck alone; certain: whether luck is ruled out."""

    parameter: str
    measure: str
    mu: float
    mu_star: float
    sigma: float
    interval: float
    chance: float = 1.0
    certain: bool = False


@dataclass(frozen=True)
class Screening:
    """What all settings of a screening have in common. players: seat → kind."""

    scenario: Scenario = field(repr=False)
    players: Mapping[str, str]
    measures: Sequence[str]
    plays: int
    seed: int


@dataclass(frozen=True)
class Point:
    """One setting: a unit of work. place: its row among the points; values: parameter → number."""

    place: int
    values: Mapping[str, float]
    games: int = 1  # a setting is one piece, however many games it has

    def halves(self) -> list[Point]:
        return [self]


def compute(screening: Screening, point: Point) -> tuple[Point, Results]:
    """Play the games of one setting, in any process."""
    ruleset = compile_rules(varied(screening.scenario, point.values))
    runner = Setting("", ruleset, screening.players).runner(screening.seed, screening.plays)
    found = measured(runner, 0, screening.plays)
    return point, {name: found[name] for name in screening.measures}


def screen(
    scenario: Scenario,
    *,
    trajectories: int = 6,
    games: int = 128,
    seed: int = 0,
    players: str = "doctrine",
    measures: Sequence[str] | None = None,
    workers: int = 0,
    done: Callable[[int], None] = lambda count: None,
) -> list[Effect]:
    """Morris screening over every parameter that has `low` and `high`; the luck is the same for all settings.

    games: of each setting; workers: processes, 0 for this one; done: called with numbers of finished settings.
    Raises UnknownNameError for a measure, ValueError if the scenario has fewer than two such parameters, or for games
    that no run has, RunStoppedError, MissingExtraError.
    """
    checked_games(games, seed)
    sample = need("SALib.sample.morris", "lab")
    analyze = need("SALib.analyze.morris", "lab")
    bounds = _bounds(scenario)
    if len(bounds) < 2:
        raise ValueError(f"{scenario.id} has fewer than two parameters with 'low' and 'high'")
    usual = compiled(scenario).ruleset
    held = players_of(usual, players, {})
    known = measures_of(Setting("", usual, held))
    chosen = list(dict.fromkeys(measures or known))
    for name in chosen:
        if name not in known:
            raise UnknownNameError(name, nearest_names(name, known))
    problem = {"num_vars": len(bounds), "names": [*bounds], "bounds": [list(ends) for ends in bounds.values()]}
    points = np.round(sample.sample(problem, trajectories, num_levels=LEVELS, seed=seed), DIGITS)
    results = _results(Screening(scenario, held, chosen, games, seed), [*bounds], points, workers, done)
    effects = []
    for name in chosen:
        values = np.array([found[name] for found in results])
        with np.errstate(all="ignore"):
            got: Any = analyze.analyze(problem, points, values.mean(axis=1), num_levels=LEVELS, seed=seed)
        luck = chances(points, values)
        for place, one in enumerate(bounds):
            mu, mu_star, sigma, interval = (
                float(np.nan_to_num(got[key][place])) for key in ("mu", "mu_star", "sigma", "mu_star_conf")
            )
            chance = float(luck[place])
            certain = chance < MOST_CHANCE / len(bounds)
            effects.append(Effect(one, name, mu, mu_star, sigma, interval, chance, certain))
    return sorted(effects, key=lambda one: (chosen.index(one.measure), -one.mu_star))


def _bounds(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """The parameters that are varied, and between what."""
    return {
        one.id: (float(one.low), float(one.high))
        for one in scenario.book.rulebook.parameters
        if one.low is not None and one.high is not None
    }


def _results(
    screening: Screening,
    names: Sequence[str],
    points: NDArray[np.float64],
    workers: int,
    done: Callable[[int], None],
) -> list[Results]:
    """The games of every setting, in the order of the points. points: [settings, parameters]."""
    units = [
        Point(place, dict(zip(names, map(float, point), strict=True))) for place, point in enumerate(points.tolist())
    ]
    found: dict[int, Results] = {}
    if workers > 1:
        outcomes = pool.outcomes(f"{__name__}:compute", screening, iter(units), min(workers, len(units)))
    else:
        outcomes = (compute(screening, unit) for unit in units)
    for outcome in outcomes:
        if isinstance(outcome, pool.Lost):
            text = ", ".join(f"{name}={value:g}" for name, value in outcome.unit.values.items())
            raise pool.RunStoppedError(f"{text}: {outcome.reason}")
        point, results = outcome
        found[point.place] = results
        done(1)
    return [found[place] for place in range(len(units))]


def chances(points: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """How probable the differences that each parameter makes are by luck alone, float64 [parameters].

    points: [settings, parameters], trajectories one after the other; values: of a measure, [settings, games]. Every
    step of a trajectory is a paired t-test, those of a parameter are combined by Fisher's method.
    """
    stats = need("scipy.stats", "lab")
    settings, parameters = points.shape
    games = values.shape[1]
    logs, steps = np.zeros(parameters), np.zeros(parameters, np.intp)
    for place in range(1, settings):
        if place % (parameters + 1) == 0:
            continue  # another trajectory begins
        moved = int(np.abs(points[place] - points[place - 1]).astype(bool).argmax())
        steps[moved] += 1
        difference = values[place] - values[place - 1]
        mean, error = float(difference.mean()), float(difference.std(ddof=1)) / games**0.5 if games > 1 else 0.0
        if games > 1 and mean:
            size = abs(mean) / error if error else np.inf
            logs[moved] += max(np.log(2) + stats.t.logsf(size, games - 1), -700.0)
    found: NDArray[np.float64] = stats.chi2.sf(-2 * logs, 2 * np.maximum(steps, 1))
    return found


def runs(scenario: Scenario, trajectories: int) -> int:
    """How many settings a screening plays."""
    return trajectories * (len(_bounds(scenario)) + 1)


def figures(
    scenario: Scenario, effects: Sequence[Effect], *, trajectories: int, games: int, seed: int
) -> dict[str, Any]:
    """A screening as one JSON object."""
    asked = {"trajectories": trajectories, "games": games, "seed": seed, "settings": runs(scenario, trajectories)}
    return {"scenario": scenario.id, **asked, "effects": [vars(one) for one in effects]}


def lines(effects: Sequence[Effect], most: int = 5) -> Iterator[str]:
    """The strongest parameters of every measure as text."""
    for name in dict.fromkeys(one.measure for one in effects):
        yield name
        some = [one for one in effects if one.measure == name and one.mu_star > 0][:most]
        if not some:
            yield "  " + _("no parameter changes it")
        for one in some:
            luck = "" if one.certain else "  " + _("within chance")
            yield f"  {one.parameter:<28}{one.mu_star:>9.2f} ±{one.interval:>7.2f}   sigma {one.sigma:>7.2f}{luck}"
