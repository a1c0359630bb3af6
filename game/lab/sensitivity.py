"""Which named numbers of the rules matter: Morris screening of their effect on the results."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.lab.bounds import checked_games
from game.lab.compare import measured, measures_of
from game.lab.extras import need
from game.lab.runner import players_of
from game.lab.texts import compiled
from game.lab.variants import Setting, varied
from game.rules import compile_rules
from game.scenario import Scenario
from game.session import UnknownNameError, nearest_names

LEVELS = 4
DIGITS = 4


@dataclass(frozen=True)
class Effect:
    """A parameter's effect on one measure. mu_star: mean size; sigma: how much it depends on the other numbers;
    interval: half the width of 95 % for mu_star. All per full range of the parameter."""

    parameter: str
    measure: str
    mu: float
    mu_star: float
    sigma: float
    interval: float


def screen(
    scenario: Scenario,
    *,
    trajectories: int = 6,
    games: int = 128,
    seed: int = 0,
    players: str = "doctrine",
    measures: Sequence[str] | None = None,
    done: Callable[[int], None] = lambda count: None,
) -> list[Effect]:
    """Morris screening over every parameter that has `low` and `high`; the luck is the same for all settings.

    Raises UnknownNameError for a measure, ValueError if the scenario has fewer than two such parameters, or
    for games that no run has.
    """
    checked_games(games, seed)
    sample = need("SALib.sample.morris", "lab")
    analyze = need("SALib.analyze.morris", "lab")
    numbers = [one for one in scenario.book.rulebook.parameters if one.low is not None and one.high is not None]
    if len(numbers) < 2:
        raise ValueError(f"{scenario.id} has fewer than two parameters with 'low' and 'high'")
    usual = compiled(scenario).ruleset
    held = players_of(usual, players, {})
    known = measures_of(Setting("", usual, held))
    chosen = list(measures or known)
    for name in chosen:
        if name not in known:
            raise UnknownNameError(name, nearest_names(name, known))
    problem = {
        "num_vars": len(numbers),
        "names": [one.id for one in numbers],
        "bounds": [
            [float(one.low), float(one.high)] for one in numbers if one.low is not None and one.high is not None
        ],
    }
    points = np.round(sample.sample(problem, trajectories, num_levels=LEVELS, seed=seed), DIGITS)
    results: dict[str, list[float]] = {name: [] for name in chosen}
    for point in points:
        book = varied(scenario, {one.id: float(value) for one, value in zip(numbers, point, strict=True)})
        found = measured(Setting("", compile_rules(book), held).runner(seed, games), 0, games)
        for name in chosen:
            results[name].append(float(found[name].mean()))
        done(1)
    effects = []
    for name in chosen:
        with np.errstate(all="ignore"):
            got: Any = analyze.analyze(problem, points, np.array(results[name]), num_levels=LEVELS, seed=seed)
        for place, one in enumerate(numbers):
            values = (float(np.nan_to_num(got[key][place])) for key in ("mu", "mu_star", "sigma", "mu_star_conf"))
            effects.append(Effect(one.id, name, *values))
    return sorted(effects, key=lambda one: (chosen.index(one.measure), -one.mu_star))


def runs(scenario: Scenario, trajectories: int) -> int:
    """How many settings a screening plays."""
    numbers = [one for one in scenario.book.rulebook.parameters if one.low is not None and one.high is not None]
    return trajectories * (len(numbers) + 1)


def lines(effects: Sequence[Effect], most: int = 5) -> Iterator[str]:
    """The strongest parameters of every measure as text."""
    for name in dict.fromkeys(one.measure for one in effects):
        yield name
        for one in [one for one in effects if one.measure == name][:most]:
            yield f"  {one.parameter:<28}{one.mu_star:>9.2f} ±{one.interval:>7.2f}   sigma {one.sigma:.2f}"
