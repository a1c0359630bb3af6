"""What a scenario says: models, YAML with file:line:col, the rule language, checks, JSON Schema.

Knows nothing of the numbers of a running game.
"""

from game.scenario.book import Book, Template
from game.scenario.faults import Mistake, ScenarioError
from game.scenario.load import (
    Files,
    Head,
    Scenario,
    files_of,
    load,
    load_files,
    load_texts,
    read_files,
    shipped,
    shipped_heads,
)
from game.scenario.schema import schema, schemas

__all__ = [
    "Book",
    "Files",
    "Head",
    "Mistake",
    "Scenario",
    "ScenarioError",
    "Template",
    "files_of",
    "load",
    "load_files",
    "load_texts",
    "read_files",
    "schema",
    "schemas",
    "shipped",
    "shipped_heads",
]
