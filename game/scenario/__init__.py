"""What a scenario says: models, YAML with file:line:col, the rule language, checks, JSON Schema.

Knows nothing of the numbers of a running game.
"""

from game.scenario.book import Book, Template
from game.scenario.faults import Mistake, ScenarioError
from game.scenario.load import Head, Scenario, load, load_texts, shipped, shipped_heads
from game.scenario.schema import schema, schemas

__all__ = [
    "Book",
    "Head",
    "Mistake",
    "Scenario",
    "ScenarioError",
    "Template",
    "load",
    "load_texts",
    "schema",
    "schemas",
    "shipped",
    "shipped_heads",
]
