"""Who decides: seats, doctrines, populations of doctrines."""

from __future__ import annotations

from pydantic import Field

from game.scenario.models.base import Code, Id, Model, Text


class SeatModel(Model):
    """A thing that gives orders. orders: how many slots a turn (an expression over `actor`)."""

    id: Id
    title: Text | None = None
    orders: Code = "3"
    start: int = Field(default=4, ge=0, le=12)
    active: Code | None = None
    reason: Text | None = None


class DoctrineRule(Model):
    """Worth of an order that works through a council, a dialogue or time. slots: as the action's.

    `for` fixes slots to things; `worth` is a whole number of points, or an expression over the slots.
    """

    order: Id
    bind: dict[Id, Id] = Field(default={}, alias="for")
    when: Code | None = None
    worth: Code | int


class RedLine(Model):
    order: Id
    bind: dict[Id, Id] = Field(default={}, alias="for")
    when: Code | None = None


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
