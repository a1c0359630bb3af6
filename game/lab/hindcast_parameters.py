"""Which numbers were calibrated on recorded outcomes, and the hash under which they are frozen.

Calibrated are the named numbers that one scenario sets itself; the shipped list of targets names it (`calibrated`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from game.lab.record import month_text
from game.lab.targets import Targets
from game.scenario import Book

MOST = 8
"""So many numbers may be calibrated."""


@dataclass(frozen=True)
class Calibration:
    """The calibrated numbers of a scenario. window: first and last month of the targets that they were fitted on."""

    scenario: str
    window: tuple[str, str]
    parameters: Mapping[str, float]

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
        }


def calibration(book: Book, fitted: Targets) -> Calibration | None:
    """The numbers of a scenario that were fitted on a list; None where the list was not used for it."""
    if book.scenario.id != fitted.calibrated:
        return None
    values = {one.id: one.value for one in book.scenario.rules.parameters}
    return Calibration(book.scenario.id, (month_text(fitted.first), month_text(fitted.last)), values)


def named_numbers(book: Book) -> tuple[dict[str, float], str]:
    """All named numbers of the rules, and a hash of them."""
    values = {one.id: one.value for one in book.rulebook.parameters}
    return values, hashlib.blake2b(json.dumps(values, sort_keys=True).encode(), digest_size=8).hexdigest()
