"""A scenario with something changed: other numbers, rules left out, other players."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from game.lab.runner import Runner, players_of
from game.rules import Ruleset, compile_rules
from game.scenario import Book, Scenario, load
from game.scenario.book import read_book
from game.scenario.models import ScenarioModel
from game.session import UnknownNameError, nearest_names
from game.text import _

SECTIONS = ("actions", "events", "rules")
OFFERED = ("helps", "orders")


def varied(scenario: Scenario, parameters: Mapping[str, float] | None = None, without: Sequence[str] = ()) -> Book:
    """A book with other parameters, or without some actions, events or rules.

    Raises UnknownNameError for a name, ValueError where the rest does not make sense without them.
    """
    parameters = parameters or {}
    if not parameters and not without:
        return scenario.book
    book = scenario.book
    rulebook: Any = book.whole
    known = [one.id for one in rulebook.parameters]
    for name in parameters:
        if name not in known:
            raise UnknownNameError(name, nearest_names(name, known))
    parts = [
        one.model_copy(update={"value": parameters[one.id]}) if one.id in parameters else one
        for one in rulebook.parameters
    ]
    ids = [one.id for section in SECTIONS for one in getattr(rulebook, section)]
    for name in without:
        if name not in ids:
            raise UnknownNameError(name, nearest_names(name, ids))
    events = [one.id for one in rulebook.events if one.id in without]
    rulebook = rulebook.model_copy(update={"parameters": parts})
    read, faults = read_book(rulebook, _without_events(_without_orders(book.scenario, without), rulebook, events))
    if faults:
        raise ValueError(f"{scenario.id} cannot be so changed: {faults[0].message}")
    return read


def _without_orders(scenario: ScenarioModel, names: Sequence[str]) -> ScenarioModel:
    """The scenario that goes without some orders and rules as well: they stay known, and nobody is offered them."""
    seats = [
        one.model_copy(update={key: [name for name in getattr(one, key) if name not in names] for key in OFFERED})
        for one in scenario.seats
    ]
    for before, after in zip(scenario.seats, seats, strict=True):
        if before.orders and not after.orders:
            raise ValueError(f"without them {before.seat} would have no order left: {', '.join(before.orders)}")
    return scenario.model_copy(update={"seats": seats, "without": [*scenario.without, *names]})


def _without_events(scenario: ScenarioModel, rulebook: Any, names: Sequence[str]) -> ScenarioModel:
    """The scenario in which some events are not in play: they stay known, and never happen."""
    if not names:
        return scenario
    playing = [name for name in scenario.events or [one.id for one in rulebook.events] if name not in names]
    if not playing:
        raise ValueError(f"{scenario.id} has no event but '{names[0]}', and needs one")
    own = scenario.rules.model_copy(update={"events": [one for one in scenario.rules.events if one.id in playing]})
    left = [name for name in scenario.without if name not in names]
    return scenario.model_copy(update={"events": playing, "rules": own, "without": left})


@dataclass(frozen=True)
class Setting:
    """What is played: rules and players. text: as it was asked for; notes: what is odd about it, a sentence each."""

    text: str
    ruleset: Ruleset = field(repr=False)
    players: Mapping[str, str]
    notes: tuple[str, ...] = ()

    def runner(self, seed: int, batch: int) -> Runner:
        return Runner(self.ruleset, self.players, seed, batch)


def setting(text: str) -> Setting:
    """A setting of `SCENARIO,players=KIND,SEAT=KIND,parameter.NAME=NUMBER,without.ID`.

    Raises ScenarioError, UnknownNameError, ValueError.
    """
    source, *changes = text.split(",")
    scenario = load(source)
    everyone, seats = "doctrine", dict[str, str]()
    parameters, without = dict[str, float](), list[str]()
    for change in changes:
        name, equals, value = change.strip().partition("=")
        group, _, rest = name.partition(".")
        if group == "without" and rest and not equals:
            without.append(rest)
        elif group == "parameter" and rest and equals:
            parameters[rest] = _number(name, value)
        elif name == "players" and value:
            everyone = value
        elif equals and value and not rest:
            seats[name] = value
        else:
            raise ValueError(
                f"'{change}' is not a change; write players=KIND, SEAT=KIND, parameter.NAME=NUMBER or without.ID"
            )
    book = varied(scenario, parameters, without)
    try:
        ruleset = compile_rules(book)
    except ValueError as fault:
        where = ", ".join([*(f"parameter.{name}" for name in parameters), *(f"without.{name}" for name in without)])
        raise ValueError(f"{where or source}: {fault}") from None
    return Setting(text, ruleset, players_of(ruleset, everyone, seats), tuple(_out_of_range(book, parameters)))


def _out_of_range(book: Book, parameters: Mapping[str, float]) -> Iterator[str]:
    """Which parameters lie outside what the rulebook declares: allowed, and perhaps a slip."""
    for one in book.whole.parameters:
        value = parameters.get(one.id)
        if value is None:
            continue
        if one.low is not None and one.high is not None and not one.low <= value <= one.high:
            said = _("parameter.{name}: {value:g} is outside {low:g} to {high:g}, the declared range.")
            yield said.format(name=one.id, value=value, low=one.low, high=one.high)


def _number(name: str, text: str) -> float:
    """A finite number. Raises ValueError that says where it stands."""
    try:
        number = int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        raise ValueError(f"{name}: '{text}' is not a number; write one like 2 or 0.05") from None
    if not math.isfinite(number):
        raise ValueError(f"{name}: '{text}' is not a finite number; write one like 2 or 0.05")
    return number
