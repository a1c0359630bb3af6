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
from game.session import UnknownNameError, nearest_names
from game.text import _

SECTIONS = ("actions", "events", "rules")


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
    changed: dict[str, Any] = {
        "parameters": [
            one.model_copy(update={"value": parameters[one.id]}) if one.id in parameters else one
            for one in rulebook.parameters
        ]
    }
    ids = [one.id for section in SECTIONS for one in getattr(rulebook, section)]
    for name in without:
        if name not in ids:
            raise UnknownNameError(name, nearest_names(name, ids))
    for section in SECTIONS:
        changed[section] = [one for one in getattr(rulebook, section) if one.id not in without]
    read, faults = read_book(rulebook.model_copy(update=changed), book.scenario)
    if faults:
        raise ValueError(f"{scenario.id} cannot be so changed: {faults[0].message}")
    return read


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
