"""What is bound and applied: actions, events with choices, rules."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from game.scenario.models.base import Code, Do, Id, Model, Month, Phase, Text, When


class Exclusion(Model):
    """Orders of one seat with the same group and the same values of `per` shut each other out."""

    group: Id
    per: list[Id] = []


class ActionModel(Model):
    """An order that seats can give. The slot `actor` is bound to every seat of the set `by`.

    slots: further slots, name → set, all bound to different things. along: relation → the two slots it
    must join. cost: political capital. runs: months that `per quarter` effects go on. free: takes no
    order slot. repeat `half`: half effect when the same order was given within nine months.
    covert: other seats do not see it. tag ids let rules and reports group orders.
    """

    id: Id
    title: Text
    category: Id
    by: Id
    slots: dict[Id, Id] = {}
    along: dict[Id, list[Id]] = {}
    where: list[Code] = []
    when: list[When] = []
    cost: int = Field(ge=0, le=12)
    runs: int = Field(default=0, ge=0, le=36)
    effects: list[Do] = []
    free: bool = False
    repeat: Literal["half", "full"] = "half"
    exclusive: Exclusion | None = None
    covert: bool = False
    tags: list[Id] = []
    icon: Id | None = None
    help: Text
    library: list[Id] = []
    carries: list[Id] = []
    source: Text | None = None


class Choice(Model):
    """One answer to an event, an order of the seat that decides. Exactly one is the default."""

    id: Id
    title: Text
    text: Text
    when: list[When] = []
    cost: int = Field(default=0, ge=0, le=12)
    effects: list[Do] = []
    default: bool = False


class EventModel(Model):
    """Something that happens.

    kind: dated (in the turn of `date`), calendar (its `when` says which turns), hazard (chance each
    turn), state (chance when `when` holds), report (as state, but of a deed that is news only now).
    odds: an expression whose rounded value is a rung of the odds ladder (a rate per quarter); chance:
    per mille, once, the same for any turn length; neither: certain. decided_by: the slot or seat that
    must answer, next turn. cooldown: months before the same binding may fire again; once: never again.
    priority: of several cards the highest reaches the seat; dated and calendar events and reports go
    before all others. unordered: two slots whose pairs count once. text: what happens in the game;
    record: what happened in the real history, which screens set apart.
    """

    id: Id
    title: Text
    kind: Literal["dated", "calendar", "report", "hazard", "state"]
    slots: dict[Id, Id] = {}
    along: dict[Id, list[Id]] = {}
    unordered: list[Id] = Field(default=[], max_length=2)
    where: list[Code] = []
    date: Month | None = None
    when: list[When] = []
    odds: Code | None = None
    chance: int | None = Field(default=None, ge=0, le=1000)
    effects: list[Do] = []
    decided_by: Id | None = None
    choices: list[Choice] = []
    cooldown: int = Field(default=0, ge=0, le=240)
    once: bool = False
    priority: int = Field(default=5, ge=0, le=9)
    news: int = Field(default=5, ge=0, le=9)
    headline: Text
    text: Text
    record: Text | None = None
    contested: bool = False
    library: list[Id] = []
    carries: list[Id] = []
    source: Text


class RuleModel(Model):
    """A rule without an order or an event: drift, decisions, income. odds, unordered as in EventModel."""

    id: Id
    title: Text
    phase: Phase
    over: dict[Id, Id] = {}
    along: dict[Id, list[Id]] = {}
    unordered: list[Id] = Field(default=[], max_length=2)
    where: list[Code] = []
    when: list[When] = []
    odds: Code | None = None
    chance: int | None = Field(default=None, ge=0, le=1000)
    effects: list[Do] = Field(min_length=1)
    priority: int = Field(default=0, ge=0, le=9)
    help: Text | None = None
    carries: list[Id] = []
    source: Text | None = None
