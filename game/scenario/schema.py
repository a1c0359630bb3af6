"""JSON Schema of scenario and rulebook files, for editors that complete and check while one types."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from game.scenario.changed import CHANGE, WITHOUT
from game.scenario.models import Rulebook, ScenarioModel

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FILES: dict[str, tuple[type[BaseModel], str]] = {
    "scenario": (ScenarioModel, "An Open Door scenario"),
    "rulebook": (Rulebook, "A file of an Open Door rulebook"),
}
_REFERENCE = "#/$defs/"


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas by name: `scenario` for `scenarios/ID.yaml`, `rulebook` for the files of its folder."""
    return {
        name: {"$schema": _DRAFT, **_with_changes(model.model_json_schema(by_alias=True)), "title": title}
        for name, (model, title) in _FILES.items()
    }


def schema(name: str = "scenario") -> dict[str, Any]:
    """One of the schemas. Raises KeyError for a name that is none."""
    return schemas()[name]


def schema_text(name: str) -> str:
    """A schema as it is committed in `docs/schema/`."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _with_changes(whole: dict[str, Any]) -> dict[str, Any]:
    """The schema in which the sections of a rulebook hold changes as well as items."""
    models: dict[str, Any] = whole["$defs"]
    changes: dict[str, Any] = {}
    sections = models.get("Rulebook", whole)["properties"]
    for section in sections.values():
        if (name := _named_items(section, models)) is not None:
            section["items"] = {"anyOf": [section["items"], _change_of(name, models, changes)]}
    models.update(changes)
    return whole


def _named_items(field: dict[str, Any], models: dict[str, Any]) -> str | None:
    """The model of a list's items, if these have an id."""
    items = field.get("items", {})
    options = [items, *items.get("anyOf", [])]
    names = [option["$ref"].removeprefix(_REFERENCE) for option in options if "$ref" in option]
    return next((name for name in names if "id" in models[name]["properties"]), None)


def _change_of(name: str, models: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A reference to what may be said of an item in a change: any of its keys or nothing, none of them required."""
    title = f"ChangeOf{name}"
    if title not in changes:
        changes[title] = {}
        model = models[name]
        properties = {CHANGE: _id_of(model)}
        for key, field in model["properties"].items():
            if key == "id":
                continue
            said = {other: value for other, value in field.items() if other != "default"}
            if (part := _named_items(field, models)) is not None:
                parts = [field["items"], _change_of(part, models, changes), _taken_away(models[part])]
                said["items"] = {"anyOf": parts}
            properties[key] = {"anyOf": [said, {"type": "null"}]}
        changes[title] = {
            "title": title,
            "description": f"Keys of {name} that a chapter or a scenario says anew.",
            "type": "object",
            "properties": properties,
            "required": [CHANGE],
            "additionalProperties": False,
        }
    return {"$ref": _REFERENCE + title}


def _id_of(model: dict[str, Any]) -> dict[str, Any]:
    """The schema of an id, also where an item may be without one."""
    field: dict[str, Any] = model["properties"]["id"]
    found: dict[str, Any] = next((one for one in field.get("anyOf", []) if one["type"] != "null"), field)
    return found


def _taken_away(model: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {WITHOUT: _id_of(model)},
        "required": [WITHOUT],
        "additionalProperties": False,
    }
