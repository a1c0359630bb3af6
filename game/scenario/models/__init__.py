"""What a rulebook and a scenario say, as frozen pydantic models.

A *rulebook* is a folder of YAML files; each file may hold any of the sections of `Rulebook`, which are
merged. A *scenario* is one file that names its rulebook, says where things start and may override rules.
Texts of the rule language stay text here; `game.scenario.language` reads them.
"""

from game.scenario.models.base import PHASES, Code, Do, Effect, Id, Model, Month, Phase, Test, Text, When
from game.scenario.models.bodies import Condition, CouncilModel, DeedModel, DialogueModel, PledgeModel
from game.scenario.models.outcome import (
    CategoryModel,
    DisplayModel,
    EndingModel,
    LibraryModel,
    MapModeModel,
    ObjectiveModel,
    ReportModel,
)
from game.scenario.models.rulebook import Rulebook
from game.scenario.models.scenario import (
    CareModel,
    CheckModel,
    GuideModel,
    HistoryModel,
    PlayableModel,
    QuestionModel,
    RecordedModel,
    ScenarioModel,
    ScheduledModel,
    StartModel,
    TeachingModel,
)
from game.scenario.models.seats import DoctrineModel, DoctrineRule, PopulationModel, RedLine, SeatModel
from game.scenario.models.templates import ActionModel, Choice, EventModel, Exclusion, RuleModel
from game.scenario.models.vocabulary import (
    AdditionModel,
    DatedName,
    DefineModel,
    LadderModel,
    ParameterModel,
    QuantityModel,
    RelationModel,
    RungModel,
    SetModel,
    Term,
    ThingModel,
)

__all__ = [
    "PHASES",
    "ActionModel",
    "AdditionModel",
    "CareModel",
    "CategoryModel",
    "CheckModel",
    "Choice",
    "Code",
    "Condition",
    "CouncilModel",
    "DatedName",
    "DeedModel",
    "DefineModel",
    "DialogueModel",
    "DisplayModel",
    "Do",
    "DoctrineModel",
    "DoctrineRule",
    "Effect",
    "EndingModel",
    "EventModel",
    "Exclusion",
    "GuideModel",
    "HistoryModel",
    "Id",
    "LadderModel",
    "LibraryModel",
    "MapModeModel",
    "Model",
    "Month",
    "ObjectiveModel",
    "ParameterModel",
    "Phase",
    "PlayableModel",
    "PledgeModel",
    "PopulationModel",
    "QuantityModel",
    "QuestionModel",
    "RecordedModel",
    "RedLine",
    "RelationModel",
    "ReportModel",
    "RuleModel",
    "Rulebook",
    "RungModel",
    "ScenarioModel",
    "ScheduledModel",
    "SeatModel",
    "SetModel",
    "StartModel",
    "TeachingModel",
    "Term",
    "Test",
    "Text",
    "ThingModel",
    "When",
]
