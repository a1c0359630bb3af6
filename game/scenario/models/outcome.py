"""What comes of a game and how it is told: endings, objectives, report, display, library."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from game.scenario.models.base import Code, Id, Model, Text


class EndingModel(Model):
    """A named end; the first in order whose `when` holds is the game's. stops: ends it at once."""

    id: Id
    title: Text
    when: Code
    stops: bool = False
    text: Text


class ObjectiveModel(Model):
    """What a seat wants. `met` (a truth) is worth `weight`; `amount` (a number) times `weight` is added.

    counts: `end` (as the state stands at the end), `ever` (kept once met), `each` (every turn).
    aim: the amount from which the objective is called met (of one that costs: the amount up to which); it moves no
    score. Without it an amount is met when it adds points, or when it costs none.
    """

    id: Id
    title: Text
    help: Text | None = None
    weight: int
    met: Code | None = None
    amount: Code | None = None
    aim: float | int | None = None
    counts: Literal["end", "ever", "each"] = "end"


class ReportModel(Model):
    """What `game run` writes for each game. status, reached: name → quantity on a ladder over `of`."""

    of: Id
    ladders: dict[Id, Id] = {}
    recognised: dict[Id, Id] = {}
    incidents: dict[Id, Id] = {}
    armed_attacks: Code = "0"
    war: Code = "0 > 0"


class MapModeModel(Model):
    """One way to look at the map.

    shade: the quantity that colours countries (over a symmetric relation: the highest of a country's
    pairs). pairs, heat, posts: quantities of pairs, hotspots and missions whose marks are shown.
    """

    id: Id
    title: Text
    icon: Id
    legend: Text
    shade: Id | None = None
    pairs: Id | None = None
    heat: Id | None = None
    posts: Id | None = None


class DisplayModel(Model):
    """What screens show of the quantities: map modes, a country's indicators, who answers for a hotspot."""

    modes: list[MapModeModel] = Field(min_length=1, max_length=5)
    indicators: list[Id] = []
    governs: Id | None = None


class LibraryModel(Model):
    """An entry of the encyclopedia."""

    id: Id
    title: Text
    mechanism: int | None = Field(default=None, ge=1, le=60)
    what: Text
    game: Text | None = None
    history: Text | None = None
    contested: Text | None = None
    sources: list[Text] = Field(min_length=1)


class CategoryModel(Model):
    id: Id
    title: Text
    icon: Id | None = None
