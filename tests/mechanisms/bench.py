"""One mechanism at a time: the same games, the same luck, with and without what carries it.

Games of Bucharest 2008 under doctrine are played once; a test takes them after some turn, sets what it is about, and
resolves one turn or more twice. Nobody gives an order but those that the test names.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.players import make_player
from game.rules import Ruleset, World, advance, compile_rules, legal_mask, pack, start
from game.rules.events import EventPhase
from game.rules.phase import Phase
from game.scenario import load

GAMES = 32
Values = Mapping[str, float]


@cache
def ruleset(scenario: str = "bucharest_2008") -> Ruleset:
    return compile_rules(load(scenario).book)


@cache
def played(scenario: str = "bucharest_2008") -> list[World]:
    """The games after no turn, one turn, two turns …"""
    rules = ruleset(scenario)
    player = make_player("doctrine", rules)
    worlds = [start(rules, np.arange(GAMES, dtype=np.uint64))]
    for _ in range(rules.turns - 1):
        orders = player.decide(rules, worlds[-1], range(len(rules.seats)))
        worlds.append(advance(rules, worlds[-1], orders).world)
    return worlds


def _silent(phase: Phase, off: frozenset[str]) -> Phase:
    """A phase whose rules `off` do nothing."""
    quiet: Any = copy.copy(phase)

    def run_rule(place: int, *rest: object) -> None:
        if phase.rules[place].id not in off:
            Phase.run_rule(phase, place, *rest)  # type: ignore[arg-type]

    quiet.run_rule = run_rule
    result: Phase = quiet
    return result


def without(rules: Ruleset, *off: str) -> Ruleset:
    """The ruleset with some rules and events switched off. Raises KeyError for what is neither."""
    for name in off:
        if rules.book.index[name].kind == "action":
            raise KeyError(f"{name} is an order: give it or do not")
    names = frozenset(off)
    quiet = copy.copy(rules)
    quiet.phases = {name: _silent(phase, names) for name, phase in rules.phases.items()}
    quiet.measure = _silent(rules.measure, names)
    events: EventPhase = copy.copy(rules.events)
    events.happenings = [one for one in events.happenings if one.template.id not in names]
    events.phase = _silent(events.phase, names)
    quiet.events = events
    # What was compiled of the whole ruleset would bring the rules back: the plain way is taken.
    quiet.__dict__["_machine"] = None
    return quiet


def prepared(after: int, values: Values, scenario: str = "bucharest_2008") -> World:
    """The games after some turns, with quantities set as given (points in points; a trailing name fits many rows)."""
    rules, world = ruleset(scenario), played(scenario)[after]
    state = world.state.copy()
    for name, value in values.items():
        rows = [i for i, row in enumerate(rules.layout.names) if row == name or row.partition("[")[0] == name]
        assert rows, f"there is no row {name}"
        for row in rows:
            quantity = rules.layout.quantities[name.partition("[")[0]]
            state[row] = round(value * quantity.scale)
    return World(state, world.luck, world.turn)


def resolve(
    rules: Ruleset, world: World, orders: Sequence[str] = (), turns: int = 1, scenario: str = "bucharest_2008"
) -> World:
    """Some turns, the orders given in the first of them. Each must be legal in every game."""
    queues: dict[int, list[int]] = {}
    allowed = legal_mask(rules, world)
    for text in orders:
        order = rules.catalogue.texts.index(text)
        assert allowed[order].all(), f"{text} is not legal in {np.count_nonzero(~allowed[order])} games"
        queues.setdefault(rules.seats.index(text.partition(".")[0]), []).append(order)
    for turn in range(turns):
        given = pack(rules, queues if turn == 0 else {}, world.games)
        world = advance(rules, world, given).world
    return world


def rows(world: World, name: str, scenario: str = "bucharest_2008") -> NDArray[np.float64]:
    """A quantity in every game, in its own unit; of several rows their sum."""
    layout = ruleset(scenario).layout
    found = [i for i, row in enumerate(layout.names) if row == name or row.partition("[")[0] == name]
    assert found, f"there is no row {name}"
    total: NDArray[np.float64] = world.state[found].sum(axis=0) / layout.quantities[name.partition("[")[0]].scale
    return total


class Difference:
    """What became of two futures; `diff["tension[serbia, croatia]"]` is with less without, the mean over games."""

    def __init__(self, more: World, less: World, scenario: str = "bucharest_2008") -> None:
        self.more, self.less, self.scenario = more, less, scenario

    def __getitem__(self, name: str) -> float:
        both = rows(self.more, name, self.scenario), rows(self.less, name, self.scenario)
        return float((both[0] - both[1]).mean())


def switch(*off: str, after: int = 4, turns: int = 1, given: Sequence[str] = (), **values: Any) -> Difference:
    """With and without some rules. values: `set={row: value}`."""
    rules, world = ruleset(), prepared(after, values.get("set", {}))
    return Difference(resolve(rules, world, given, turns), resolve(without(rules, *off), world, given, turns))


def order(*texts: str, after: int = 4, turns: int = 1, **values: Any) -> Difference:
    """With and without some orders."""
    rules, world = ruleset(), prepared(after, {"purse": 12, **values.get("set", {})})
    return Difference(resolve(rules, world, texts, turns), resolve(rules, world, (), turns))


def instead(these: Values, those: Values, after: int = 4, turns: int = 1, given: Sequence[str] = ()) -> Difference:
    """The same games from one state of things and from another."""
    worlds = [prepared(after, {"purse": 12, **values}) for values in (these, those)]
    return Difference(*(resolve(ruleset(), world, given, turns) for world in worlds))
