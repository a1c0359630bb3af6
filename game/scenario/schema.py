"""JSON Schema of scenario and rulebook files, for editors that complete and check while one types."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from game.scenario.models import Rulebook, ScenarioModel

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FILES: dict[str, tuple[type[BaseModel], str]] = {
    "scenario": (ScenarioModel, "An Open Door scenario"),
    "rulebook": (Rulebook, "A file of an Open Door rulebook"),
}


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas by name: `scenario` for `scenarios/ID.yaml`, `rulebook` for the files of its folder."""
    return {
        name: {"$schema": _DRAFT, **model.model_json_schema(by_alias=True), "title": title}
        for name, (model, title) in _FILES.items()
    }


def schema(name: str = "scenario") -> dict[str, Any]:
    """One of the schemas. Raises KeyError for a name that is none."""
    return schemas()[name]


def schema_text(name: str) -> str:
    """A schema as it is committed in `docs/schema/`."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
