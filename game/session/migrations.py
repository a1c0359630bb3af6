"""Saves of earlier schema versions, brought up to date one version at a time by pure functions.

`MIGRATIONS[n]` takes the content of a save of schema n and returns that of schema n + 1. A frozen save
of every released version stays in `tests/data/saves/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

SCHEMA = 2
Content = dict[str, Any]


def _never_frozen(content: Content) -> Content:
    """A game could once be stopped and go on; only a class is, and that is no part of the game."""
    rest = {key: value for key, value in content.items() if key != "frozen"}
    if isinstance(log := rest.get("log"), list):
        rest["log"] = [act for act in log if not (isinstance(act, dict) and act.get("act") == "freeze")]
    return rest


MIGRATIONS: Mapping[int, Callable[[Content], Content]] = {1: _never_frozen}


class MigrationError(ValueError):
    """A save's schema version is not one this game can read."""


def migrate(content: Content) -> Content:
    """The content as the current schema has it. Raises MigrationError."""
    version = content.get("schema")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise MigrationError("it has no schema version")
    if version > SCHEMA:
        raise MigrationError(
            f"it was written by a newer version of the game (schema {version}; this one reads {SCHEMA})"
        )
    while version < SCHEMA:
        content = MIGRATIONS[version](content)
        version += 1
        content = {**content, "schema": version}
    return content
