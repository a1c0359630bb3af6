"""The vocabulary of a rulebook: things, sets, relations, ladders, quantities, definitions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from game.scenario.models.base import Code, Id, Model, Month, Text


class DatedName(Model):
    """An earlier name. before: it is used up to this month (exclusive); unless: and as long as this does not hold.

    One of the two is there, or both. `unless` compares quantities that everybody sees, of named things.
    """

    before: Month | None = None
    unless: Code | None = None
    name: Text


class ThingModel(Model):
    """Anything a quantity can belong to: a country, an institution, a hotspot, a mission, a dossier."""

    id: Id
    name: Text
    names: list[DatedName] = []
    kind: Id = "other"
    adjective: Text | None = None
    place: Id | None = None
    capital: Text | None = None
    note: Text | None = None
    source: Text | None = None


class SetModel(Model):
    """A declared, ordered set of things; `of` joins other sets, in order, before `members`.

    when: a condition over the slot `it` that decides who counts at the moment (`allies`: the states that
    may be members, `nato_status[it] >= member`). It is added, with the sentence `else`, to the conditions
    of every template with a slot over the set and to every aggregate over it.
    """

    id: Id
    title: Text | None = None
    of: list[Id] = []
    members: list[Id] = []
    when: Code | None = None
    otherwise: Text | None = Field(default=None, alias="else")


class RelationModel(Model):
    """Declared edges between the things of two sets. `all` takes every pair of different things."""

    id: Id
    title: Text | None = None
    between: list[Id] = Field(min_length=2, max_length=2)
    symmetric: bool = False
    all: bool = False
    pairs: list[list[Id]] = []


class AdditionModel(Model):
    """More members of a set, or more pairs of a relation, that a chapter or a scenario brings along."""

    to: Id
    members: list[Id] = []
    pairs: list[list[Id]] = []


class RungModel(Model):
    id: Id
    title: Text
    text: Text | None = None


class LadderModel(Model):
    id: Id
    title: Text
    rungs: list[RungModel] = Field(min_length=2)


class QuantityModel(Model):
    """One kind of number.

    of: none (one for the world), a set, or a relation (one for each edge; a symmetric relation is read
    either way round). unit: `points` (0–100, kept in hundredths), `count` (whole), `flag` (0 or 1), or
    `ladder:ID`. lasts `turn`: set to `start` again when a turn opens. elsewhere: what reading it gives
    for things without it. visible: `public`, `owner` (first argument's seat only) or `estimate` (others
    see a rounded, lagged figure). constant: nothing changes it after the start.
    """

    id: Id
    title: Text
    of: Id | None = None
    unit: str = "points"
    bounds: list[int] | None = None
    start: float | int | str = 0
    lasts: Literal["game", "turn"] = "game"
    constant: bool = False
    elsewhere: int | None = None
    visible: Literal["public", "owner", "estimate"] = "public"
    good: Literal["up", "down", "neither"] = "neither"
    help: Text
    source: Text | None = None
    carries: list[Id] = []


class ParameterModel(Model):
    """A named number of the rules, for tuning and sensitivity; any number with at most six digits."""

    id: Id
    title: Text
    value: float | int
    low: float | int | None = None
    high: float | int | None = None
    source: Text | None = None


class Term(Model):
    """One named part of a define: `amount` counts when `when` holds."""

    id: Id
    title: Text
    when: Code | None = None
    amount: Code


class DefineModel(Model):
    """A derived quantity: the sum of named terms over the full product of its slots."""

    id: Id
    title: Text
    over: dict[Id, Id] = {}
    terms: list[Term] = Field(min_length=1)
    help: Text | None = None
