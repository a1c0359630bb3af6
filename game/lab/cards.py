"""The cards of shipped scenarios: balance and hindcast in short, as committed under `docs/balance/`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from game import resources


def card(scenario: str) -> Mapping[str, Any] | None:
    """`balance` and `hindcast` of a shipped scenario; None where none is kept.

    `balance`: see `game.lab.balance_page.card`; `hindcast`: see `game.lab.hindcast_page.card`, or null where the
    scenario has too few months in common with what is recorded (`LEAST_MONTHS` in scripts/make_cards.py).
    """
    try:
        path = resources.balance() / f"{scenario}.json"
        held: Any = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return held if isinstance(held, dict) else None
