"""Which numbers were calibrated on recorded outcomes, and the hash under which they are frozen.

Calibrated are the named numbers that one scenario sets itself; the shipped list of targets names it (`calibrated`).
Frozen are those of the shipped one: a scenario of that name with other numbers, a copy that somebody tries things on,
has changed them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from game import resources
from game.lab.record import month_text
from game.lab.targets import Targets
from game.scenario import Book

MOST = 8
"""So many numbers may be calibrated."""


@dataclass(frozen=True)
class Calibration:
    """The calibrated numbers of a scenario. window: first and last month of the targets that they were fitted on.

    changed: name → what the scenario at hand has in place of a calibrated number; None where it has no such number.
    """

    scenario: str
    window: tuple[str, str]
    parameters: Mapping[str, float]
    changed: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        """What freezes the numbers."""
        text = json.dumps(dict(self.parameters), sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def figures(self) -> dict[str, Any]:
        """What `docs/calibration.json` holds, and `calibrated` in `hindcast.json`."""
        return {
            "scenario": self.scenario,
            "window": list(self.window),
            "parameters": dict(self.parameters),
            "hash": self.hash,
            **({"changed": dict(self.changed)} if self.changed else {}),
        }


def calibration(book: Book, fitted: Targets) -> Calibration | None:
    """The numbers of a scenario that were fitted on a list; None where the list was not used for it."""
    if book.scenario.id != fitted.calibrated:
        return None
    values = {one.id: one.value for one in book.scenario.rules.parameters}
    return Calibration(book.scenario.id, (month_text(fitted.first), month_text(fitted.last)), values)


def frozen_numbers(book: Book, fitted: Targets) -> Calibration | None:
    """The numbers that were fitted on a list, as they are frozen, with those that a scenario has changed.

    None where the list was not used for the scenario, and where nothing is frozen that its hash vouches for.
    """
    if book.scenario.id != fitted.calibrated:
        return None
    try:
        held = json.loads(resources.calibration().read_bytes())
        first, last = held["window"]
        frozen = Calibration(held["scenario"], (first, last), dict(held["parameters"]))
        vouched = frozen.scenario == book.scenario.id and frozen.hash == held["hash"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not vouched:
        return None
    values, _digest = named_numbers(book)
    changed = {name: values.get(name) for name, value in frozen.parameters.items() if values.get(name) != value}
    return replace(frozen, changed=changed)


def named_numbers(book: Book) -> tuple[dict[str, float], str]:
    """All named numbers of the rules, and a hash of them."""
    values = {one.id: one.value for one in book.rulebook.parameters}
    return values, hashlib.blake2b(json.dumps(values, sort_keys=True).encode(), digest_size=8).hexdigest()
