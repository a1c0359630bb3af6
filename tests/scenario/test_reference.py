"""The reference of the guide names every key of every model, and none that there is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.scenario.schema import schemas

GUIDE = Path(__file__).parents[2] / "docs" / "rule-language.md"

# Where in the reference the keys of each model stand: the first cell of its rows.
ROWS = {
    "ActionModel": "`actions`",
    "AdditionModel": "`additions`",
    "CategoryModel": "`categories`",
    "Choice": "`choices`",
    "CouncilModel": "`councils`",
    "DefineModel": "`defines`",
    "DialogueModel": "`dialogues`",
    "DisplayModel": "`display`",
    "DoctrineModel": "`doctrines`",
    "Effect": "effects",
    "EndingModel": "`endings`",
    "EventModel": "`events`",
    "GuideModel": "`guide`",
    "HistoryModel": "`history`",
    "LadderModel": "`ladders`",
    "LibraryModel": "`library`",
    "ObjectiveModel": "`objectives`",
    "ParameterModel": "`parameters`",
    "PlayableModel": "`seats`",
    "PledgeModel": "`pledges`",
    "PopulationModel": "`populations`",
    "QuantityModel": "`quantities`",
    "RecordedModel": "`record`",
    "RelationModel": "`relations`",
    "ReportModel": "`report`",
    "RuleModel": "`rules`",
    "ScheduledModel": "`scheduled`",
    "SeatModel": "`seats` (in a rulebook)",
    "SetModel": "`sets`",
    "StartModel": "`start`",
    "TeachingModel": "`teaching`",
    "Test": "conditions",
    "ThingModel": "`things`",
}
# Parts that stand within the rows of others.
WITHIN = {
    "CareModel": "`teaching`",
    "CheckModel": "`teaching`",
    "Condition": "`councils`",
    "DatedName": "`things`",
    "DeedModel": "`dialogues`",
    "DoctrineRule": "`doctrines`",
    "Exclusion": "`actions`",
    "MapModeModel": "`display`",
    "QuestionModel": "`teaching`",
    "RedLine": "`doctrines`",
    "RungModel": "`ladders`",
    "Term": "`defines`",
}
_WORD = re.compile(r"`([a-z_]+)`")


def reference() -> dict[str, list[tuple[str, str]]]:
    """First cell → (keys, meaning) of each row; the scenario's own keys under an empty name."""
    text = GUIDE.read_text("utf-8").partition("## Every key\n")[2].partition("\n## ")[0]
    found: dict[str, list[tuple[str, str]]] = {}
    name = ""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if len(cells) == 2 and "`" in cells[0]:
            found.setdefault("", []).append((cells[0], cells[1]))
        elif len(cells) == 3 and ("`" in cells[1] or "`" in cells[0]):
            name = cells[0] or name
            found.setdefault(name, []).append((cells[1], cells[2]))
    return found


def models() -> dict[str, set[str]]:
    """The keys that can be written of every model, the changes that a chapter may make left aside."""
    found: dict[str, set[str]] = {}
    for name, schema in schemas().items():
        found |= {
            title: set(model["properties"])
            for title, model in schema["$defs"].items()
            if "properties" in model and not title.startswith("ChangeOf")
        }
        found[name] = set(schema["properties"])
    return found


def test_every_model_has_its_place_in_the_reference() -> None:
    assert set(models()) == {*ROWS, *WITHIN, "scenario", "rulebook", "Rulebook"}
    assert set(ROWS.values()) <= set(reference())


@pytest.mark.parametrize("model", ROWS)
def test_the_reference_names_the_keys_of_a_model_and_no_others(model: str) -> None:
    named = {word for keys, _ in reference()[ROWS[model]] for word in _WORD.findall(keys)}
    assert named == models()[model]


@pytest.mark.parametrize("model", WITHIN)
def test_the_reference_names_the_keys_of_a_part(model: str) -> None:
    named = {word for row in reference()[WITHIN[model]] for word in _WORD.findall(" ".join(row))}
    assert models()[model] - {"id", "title"} <= named


def test_the_reference_names_the_keys_of_a_scenario_and_the_sections_of_a_rulebook() -> None:
    rows = reference()
    assert {word for keys, _ in rows[""] for word in _WORD.findall(keys)} == models()["scenario"]
    sections = {word for cell in rows for word in _WORD.findall(cell)}
    assert models()["rulebook"] <= sections
