"""Two hundred quick games of any scenario: what is never used, what always wins, what runs away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.lab.balance import never_fired
from game.lab.deeds import Deeds, Played, picks
from game.lab.runner import Runner, Watching, players_of, seeds
from game.lab.tasks import met
from game.rules import Ruleset, World, start
from game.scenario.spelled import RESPOND

GAMES = 200
DOMINANT = 0.9
AT_BOUND = 0.9
LATE = 0.5
SURE = 0.95
"""What comes in so many of the games that are played by doctrine is taken for certain."""


@dataclass(frozen=True)
class Finding:
    """kind: `dead_action`, `silent_event`, `dominant_order`, `sure_ending`, `hopeless_seat`, `sure_objective`,
    `hopeless_objective` or `runaway_quantity`.
    """

    kind: str
    name: str
    text: str


class _Bounds:
    """How often each row stands at a bound at which it did not start, over the second half of the game."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.low = np.zeros(ruleset.layout.size)
        self.high = np.zeros(ruleset.layout.size)
        self.turns = 0
        self.late = False

    def opens(self, world: World, orders: NDArray[np.int32]) -> None:
        self.late = world.turn > self.ruleset.turns * LATE

    def closes(self, world: World) -> None:
        if self.late:
            self.low += (world.state == self.ruleset.layout.low).mean(axis=1)
            self.high += (world.state == self.ruleset.layout.high).mean(axis=1)
            self.turns += 1


def play_check(ruleset: Ruleset, games: int = GAMES, seed: int = 0) -> list[Finding]:
    """Play half of the games by doctrine and half at random, and list what a designer should look at."""
    half = max(games // 2, 1)
    bounds = _Bounds(ruleset)
    played = []
    for kind in ("doctrine", "random"):
        runner = Runner(ruleset, players_of(ruleset, kind, {}), seed)
        deeds = Deeds(ruleset, half)
        watching: list[Watching] = [deeds, bounds] if kind == "doctrine" else [deeds]
        end = runner.play(start(ruleset, seeds(seed, 0, half)), watching)
        played.append(Played(deeds, end))
    doctrine, random = played
    found = _dead(doctrine, random)
    silent = set(never_fired(ruleset, doctrine.end)) & set(never_fired(ruleset, random.end))
    for event in (event for event in ruleset.layout.fired if event in silent):
        found.append(Finding("silent_event", event, f"The event '{event}' fired in none of {2 * half} games."))
    found += _dominant(doctrine)
    found += _sure_ending(doctrine)
    hopeless = _hopeless(ruleset, doctrine, random)
    found += hopeless
    found += _objectives(doctrine, random, {one.name for one in hopeless})
    found += _runaway(bounds)
    return found


def _dead(doctrine: Played, random: Played) -> list[Finding]:
    ruleset = doctrine.deeds.ruleset
    legal = doctrine.deeds.legal + random.deeds.legal
    picked = doctrine.deeds.picked + random.deeds.picked
    found = []
    for action in ruleset.book.rulebook.actions:
        own = np.array([t == action.id for t in ruleset.catalogue.template])
        if not own.any():
            found.append(Finding("dead_action", action.id, f"Nobody can ever give '{action.id}'."))
        elif not legal[own].any():
            found.append(Finding("dead_action", action.id, f"'{action.id}' was legal in no turn of any game."))
        elif not picked[own].any():
            found.append(Finding("dead_action", action.id, f"'{action.id}' was legal, but no player ever gave it."))
    return found


def _given(deeds: Deeds, seat: str) -> dict[str, int]:
    """How often a seat gave each action, whatever it was aimed at; answers to cards are left out."""
    given: dict[str, int] = {}
    for one in picks(deeds, seat):
        name = one.order.split(".")[1]
        if name != RESPOND:
            given[name] = given.get(name, 0) + one.picked
    return given


def _dominant(doctrine: Played) -> list[Finding]:
    found = []
    for seat in doctrine.deeds.ruleset.seats:
        given = _given(doctrine.deeds, seat)
        total = sum(given.values())
        for action, times in given.items():
            if times > DOMINANT * total and len(given) > 1:
                text = f"{times / total:.0%} of the orders of '{seat}' are '{action}'."
                found.append(Finding("dominant_order", f"{seat}.{action}", text))
    return found


def _hopeless(ruleset: Ruleset, *played: Played) -> list[Finding]:
    found = []
    for one in ruleset.book.scenario.seats:
        goals = [goal for goal in ruleset.book.objectives if goal.seat == one.seat]
        best = max(float(each.score(one.seat).max()) for each in played)
        rows = [ruleset.layout.row(f"objective[{goal.seat}.{goal.id}]") for goal in goals]
        aims = np.array([[goal.aim] for goal in goals])
        reached = any((each.end.state[rows] >= aims).any() for each in played) if goals else True
        if one.par is not None and best <= one.par:
            text = f"'{one.seat}' never scored more than {best:.1f}; its par is {one.par}."
            found.append(Finding("hopeless_seat", one.seat, text))
        elif not reached:
            found.append(Finding("hopeless_seat", one.seat, f"'{one.seat}' met none of its objectives in any game."))
    return found


def _sure_ending(doctrine: Played) -> list[Finding]:
    """An ending that comes in nearly all games, where there are others."""
    ruleset = doctrine.deeds.ruleset
    reached = doctrine.end.state[ruleset.layout.row("ending")]
    found = []
    for place, ending in enumerate(ruleset.book.endings, 1):
        share = float((reached == place).mean())
        if share >= SURE and len(ruleset.book.endings) > 1:
            text = f"{share:.0%} of the games by doctrine end with '{ending.id}'."
            found.append(Finding("sure_ending", ending.id, text))
    return found


def _objectives(doctrine: Played, random: Played, hopeless: set[str]) -> list[Finding]:
    """Objectives that are met in nearly all games by doctrine, or in none of any kind. hopeless: seats left out."""
    ruleset = doctrine.deeds.ruleset
    found = []
    for seat in (one.seat for one in ruleset.book.scenario.seats if one.seat not in hopeless):
        at_random = met(ruleset, random.end, seat)
        for goal, hits in met(ruleset, doctrine.end, seat).items():
            name, by_chance = f"{seat}.{goal}", float(at_random[goal].mean())
            if hits.mean() >= SURE:
                text = f"'{name}' is met in {hits.mean():.0%} of the games by doctrine, in {by_chance:.0%} at random."
                found.append(Finding("sure_objective", name, text))
            elif not hits.any() and not by_chance:
                found.append(Finding("hopeless_objective", name, f"'{name}' is met in no game."))
    return found


def _runaway(bounds: _Bounds) -> list[Finding]:
    """Points and counts most of whose rows end up at a bound, in nearly all turns of the second half.

    A count is looked at only above: what is used up, or counts down, comes to nought as it should. Flags and ladders
    have no other place to come to than their ends.
    """
    layout, turns = bounds.ruleset.layout, max(bounds.turns, 1)
    units = {one.id: one.unit for one in bounds.ruleset.book.rulebook.quantities}
    found = []
    for quantity in layout.quantities.values():
        unit = units.get(quantity.id)
        if unit not in ("points", "count") or not quantity.instances or quantity.lasts_turn:
            continue
        start = np.array(quantity.start)
        part = slice(quantity.first, quantity.first + len(quantity.instances))
        ends = (("lowest", bounds.low, quantity.low), ("highest", bounds.high, quantity.high))
        for where, share, bound in ends if unit == "points" else ends[1:]:
            stuck = (share[part] / turns >= AT_BOUND) & (start != bound)
            if stuck.mean() > 0.5:
                text = f"'{quantity.id}' ends up at its {where} value in nearly every game."
                found.append(Finding("runaway_quantity", quantity.id, text))
    return found
