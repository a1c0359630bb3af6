"""A new scenario with a rulebook of its own: commented, small, and playable as it is."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from game import resources

RULES_SUFFIX = "_rules"
MOST_LETTERS = 40


class SkeletonError(ValueError):
    """Nothing was written; the message says why."""


def check_name(name: str) -> None:
    """Raises SkeletonError unless the name can be an id: small letters, digits and `_`, a letter first."""
    fits = name.isidentifier() and name.isascii() and name == name.lower() and not name.startswith("_")
    if not fits or len(name) > MOST_LETTERS:
        message = f"'{name}' is not a name for a scenario: use small letters, digits and '_', a letter first"
        raise SkeletonError(f"{message}, at most {MOST_LETTERS}")


def write_skeleton(name: str, folder: Path) -> tuple[Path, ...]:
    """Write `NAME.yaml` and `NAME_rules/…` into a folder; returns their paths. Whole or not at all.

    Raises SkeletonError for a bad name or where something of the name exists, OSError when it cannot be written.
    """
    check_name(name)
    scenario, rules = folder / f"{name}.yaml", folder / f"{name}{RULES_SUFFIX}"
    for path in (scenario, rules):
        if path.exists():
            raise SkeletonError(f"'{path}' is there already; nothing was written")
    folder.mkdir(parents=True, exist_ok=True)
    title = name.replace("_", " ").capitalize()
    source = resources.assets() / "skeleton"
    beside = folder / f"{rules.name}.{secrets.token_hex(4)}.part"
    beside.mkdir()
    try:
        for file in sorted((source / "rules").glob("*.yaml")):
            text = file.read_text(encoding="utf-8")
            _write(beside / file.name, text.replace("NAME", name).replace("RULES", title))
        text = (source / "scenario.yaml").read_text(encoding="utf-8")
        _write(beside / scenario.name, text.replace("NAME", name).replace("TITLE", title))
        (beside / scenario.name).replace(scenario)
        beside.replace(rules)
    except BaseException:
        for file in beside.glob("*"):
            file.unlink(missing_ok=True)
        beside.rmdir()
        raise
    return (scenario, *sorted(rules.glob("*.yaml")))


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
