"""Who decides: seats, doctrines, populations of doctrines."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from game.scenario.models.base import Code, Id, Model, Text


class SeatModel(Model):
    """A thing that gives orders. orders: how many slots a turn (an expression over `actor`)."""

    id: Id
    title: Text | None = None
    orders: Code = "3"
    start: int = Field(default=4, ge=0, le=12)
    active: Code | None = None
    reason: Text | None = None


class Wish(Model):
    """What a rule of a doctrine speaks of: an `order`, or an `answer` to an event's card, written `EVENT.CHOICE`.

    slots: as the action's or the event's; `for` fixes them to things.
    """

    order: Id | None = None
    answer: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")] | None = None
    bind: dict[Id, Id] = Field(default={}, alias="for")
    when: Code | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.order is None) == (self.answer is None):
            raise ValueError("a rule of a doctrine speaks of an 'order' or of an 'answer'")
        return self


class DoctrineRule(Wish):
    """Worth of an order that works through a council, a dialogue or time, or of an answer that a party would give.

    `worth` is a whole number of points, or an expression over the slots.
    """

    worth: Code | int


class RedLine(Wish):
    """What is never ordered or answered while `when` holds."""


class DoctrineModel(Model):
    """What a government wants. weights: `quantity[arg, …]` → worth of one point up.

    An argument is `actor`, a thing, a set or `any`; matching weights add up. like: doctrines whose
    weights, rules and red lines are taken over. thrift: worth given up per unit of cost. A doctrine
    with `seat` is one that may rule that seat; the first in order rules at the start unless the
    scenario says otherwise. population: used instead of the ordinary one when that population plays.
    """

    id: Id
    title: Text
    seat: Id | None = None
    like: list[Id] = []
    weights: dict[str, int] = {}
    rules: list[DoctrineRule] = []
    never: list[RedLine] = []
    thrift: int = 0
    help: Text | None = None


class PopulationModel(Model):
    """A change to every seat's doctrine, such as `reckless`: more weights and rules on top."""

    id: Id
    title: Text
    weights: dict[str, int] = {}
    rules: list[DoctrineRule] = []
    lifts_red_lines: bool = False
    help: Text | None = None
