"""A scenario: where things start, who plays, what was recorded, what is taught."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from game.scenario.models.base import LONGEST_TEXT_FORM, Do, Id, Model, Month, Text
from game.scenario.models.outcome import ObjectiveModel
from game.scenario.models.rulebook import Rulebook


class StartModel(Model):
    """Starting values of one quantity with their source. A pair is written `serbia kosovo`."""

    of: Id
    value: float | int | str | None = None
    values: dict[str, float | int | str] = {}
    source: Text
    confidence: Literal["high", "medium", "low"]
    note: Text | None = None


class ScheduledModel(Model):
    """Something on the calendar: in the turn that holds `date` its effects apply as the turn opens."""

    date: Month
    title: Text
    effects: list[Do] = Field(min_length=1)
    source: Text


class PlayableModel(Model):
    """What a playable seat is told and wants. par: the median score of a doctrine ensemble, frozen.

    orders: the only actions the seat may give besides free ones; none listed: all.
    """

    seat: Id
    briefing: Text
    goal: Text
    objections: Text
    helps: list[Id] = Field(min_length=1, max_length=3)
    orders: list[Id] = []
    objectives: list[ObjectiveModel] = Field(min_length=1, max_length=6)
    par: int | None = None


class HistoryModel(Model):
    """A recorded fact, for the debrief.

    reached: quantity on a ladder → thing (a pair as `serbia kosovo`) → the rung on which the fact leaves it.
    """

    date: Month
    title: Text
    source: Text
    reached: dict[Id, dict[str, Id]] = {}


class QuestionModel(Model):
    """A question of a role check. right: which answer is, counted from 1."""

    ask: Text
    answers: list[Text] = Field(min_length=2, max_length=5)
    right: int = Field(ge=1)


class CareModel(Model):
    """A seat that a teacher should give with care, and why."""

    seat: Id
    why: Text


class CheckModel(Model):
    """The three questions that show whether a pupil has understood the role card of a seat."""

    seat: Id
    questions: list[QuestionModel] = Field(min_length=3, max_length=3)


class TeachingModel(Model):
    """What a teacher needs to know of a scenario.

    age: youngest and oldest; minutes: a whole lesson, debrief included; turns: how many the class plays
    (the computer plays the rest for the epilogue; without it the class plays all); goals: what pupils can
    do afterwards. A seat without `checks` is asked three questions made from its role card.
    """

    age: list[int] = Field(min_length=2, max_length=2)
    minutes: int = Field(ge=10, le=600)
    turns: int | None = Field(default=None, ge=1)
    goals: list[Text] = Field(min_length=1, max_length=6)
    care: list[CareModel] = []
    checks: list[CheckModel] = []


class RecordedModel(Model):
    """What a seat is recorded to have ordered in the turn that holds `date`, for the player `history`.

    orders: in their text form without the seat, e.g. `recognise.kosovo`, or `respond.EVENT.….CHOICE`.
    """

    date: Month
    seat: Id
    orders: list[Annotated[str, Field(max_length=LONGEST_TEXT_FORM)]] = Field(min_length=1, max_length=12)
    source: Text | None = None


class GuideModel(Model):
    """A step that leads a first-time player: what is said, where it points, what completes it.

    turn: from which turn on; one more than the scenario has is the debrief. seat: only for who plays it.
    points: part of the map screen or another screen. until: `read` (the player goes on), `opened` (the screen it
    points to), `forecast` (an order's forecast is shown), `ordered` (an order is queued; with `order` one of that
    action, if one may be given), `answered` (no decision waits), `ended` (the turn).
    """

    id: Id
    turn: int = Field(default=1, ge=1)
    seat: Id | None = None
    title: Text
    text: Text
    points: Literal[
        "map", "orders", "end_turn", "card", "report", "news", "council", "dialogue", "objectives", "charts",
        "library", "debrief",
    ] = "map"  # fmt: skip
    until: Literal["read", "opened", "forecast", "ordered", "answered", "ended"] = "read"
    order: Id | None = None


class ScenarioModel(Model):
    """One file `scenarios/ID.yaml`.

    chapters: parts of the rulebook that only some scenarios need, each a folder below the rulebook's own or, where
    that has none of the name, beside the scenario.
    without: rules and actions of the rulebook that the scenario leaves out.
    """

    id: Id
    title: Text
    rulebook: Id
    chapters: list[Id] = []
    start_date: Month
    turn_months: Literal[1, 3]
    turns: int = Field(ge=1, le=120)
    summary: Text
    briefing: Text
    seats: list[PlayableModel] = Field(min_length=1)
    computer_seats: Text | None = None
    governments: dict[Id, Id] = {}
    start: list[StartModel] = []
    scheduled: list[ScheduledModel] = []
    dates: dict[Id, Month] = {}
    events: list[Id] = []
    without: list[Id] = []
    history: list[HistoryModel] = []
    record: list[RecordedModel] = []
    debrief: list[Text] = []
    guide: list[GuideModel] = Field(default=[], max_length=40)
    teaching: TeachingModel | None = None
    sources: list[Text] = Field(min_length=1)
    rules: Rulebook = Rulebook()
