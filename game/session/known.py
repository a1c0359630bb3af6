"""A scenario with its compiled rules, taken from the shelf where it was compiled on this machine before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from game.rules import Ruleset, compile_rules
from game.scenario import Files, Scenario, files_of, load_files, read_files
from game.session import shelf


@dataclass(frozen=True)
class Known:
    """A scenario and its compiled rules."""

    scenario: Scenario
    ruleset: Ruleset


def known_scenario(source: str | Path) -> Known:
    """The scenario of a shipped id, or of a path to its file. Raises ScenarioError with all faults."""
    return known_files(read_files(source))


def known_texts(texts: Mapping[str, bytes], path: str = "") -> Known:
    """The scenario of an embedded copy, as `Scenario.text` gives it. Raises ScenarioError."""
    return known_files(files_of(texts, path))


def known_files(files: Files) -> Known:
    """The scenario of files that have been read. Raises ScenarioError with all faults."""
    return _taken(files.data, files.path) or _made(load_files(files))


def known_of(scenario: Scenario) -> Known:
    """The same of a scenario that has been loaded."""
    return _taken(scenario.text, scenario.path) or _made(scenario)


def _taken(texts: Mapping[str, bytes], path: str) -> Known | None:
    """What the shelf holds of these texts."""
    found = shelf.fetch(texts)
    if not isinstance(found, Known):
        return None
    return replace(found, scenario=replace(found.scenario, path=path))


def _made(scenario: Scenario) -> Known:
    made = Known(scenario, compile_rules(scenario.book))
    shelf.put(scenario.text, made)
    return made
