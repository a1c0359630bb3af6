"""A rulebook: every section that its files may hold."""

from __future__ import annotations

from game.scenario.models.base import Code, Model, Text
from game.scenario.models.bodies import CouncilModel, DialogueModel, PledgeModel
from game.scenario.models.outcome import CategoryModel, DisplayModel, EndingModel, LibraryModel, ReportModel
from game.scenario.models.seats import DoctrineModel, PopulationModel, SeatModel
from game.scenario.models.templates import ActionModel, EventModel, RuleModel
from game.scenario.models.vocabulary import (
    AdditionModel,
    DefineModel,
    LadderModel,
    ParameterModel,
    QuantityModel,
    RelationModel,
    SetModel,
    ThingModel,
)


class Rulebook(Model):
    """Every section that a rulebook's files may hold."""

    title: Text | None = None
    parameters: list[ParameterModel] = []
    things: list[ThingModel] = []
    sets: list[SetModel] = []
    relations: list[RelationModel] = []
    additions: list[AdditionModel] = []
    ladders: list[LadderModel] = []
    quantities: list[QuantityModel] = []
    defines: list[DefineModel] = []
    categories: list[CategoryModel] = []
    actions: list[ActionModel] = []
    events: list[EventModel] = []
    rules: list[RuleModel] = []
    councils: list[CouncilModel] = []
    dialogues: list[DialogueModel] = []
    pledges: list[PledgeModel] = []
    seats: list[SeatModel] = []
    doctrines: list[DoctrineModel] = []
    populations: list[PopulationModel] = []
    endings: list[EndingModel] = []
    score_factor: Code | None = None
    report: ReportModel | None = None
    display: DisplayModel | None = None
    library: list[LibraryModel] = []
