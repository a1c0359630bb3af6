"""The committed JSON Schema is the models' own, and says what the loader accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.scenario.schema import schema, schema_text, schemas

FOLDER = Path(__file__).parents[2] / "docs" / "schema"


@pytest.mark.parametrize("name", ["scenario", "rulebook"])
def test_the_committed_schema_is_fresh(name: str) -> None:
    committed = (FOLDER / f"{name}.schema.json").read_text("utf-8")
    assert committed == schema_text(name), "write it anew with `game schema`"


def test_there_is_one_schema_for_each_kind_of_file() -> None:
    assert set(schemas()) == {file.name.removesuffix(".schema.json") for file in FOLDER.iterdir()}


def test_keys_are_those_that_authors_write() -> None:
    definitions = schema("rulebook")["$defs"]
    assert "else" in definitions["Test"]["properties"]
    assert "for" in definitions["DoctrineRule"]["properties"]
    when = definitions["RuleModel"]["properties"]["when"]["items"]["anyOf"]
    assert {"type": ["string", "number", "boolean"]} in when
    assert not definitions["RuleModel"]["additionalProperties"]
