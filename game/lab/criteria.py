"""What a fair scenario must show, held against what was measured: every criterion, met or missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ENOUGH = 3
"""So many strategies must come close to the best."""
NAMED = 6


@dataclass(frozen=True)
class Finding:
    """One criterion of a fair scenario. text: what was measured and what is wanted."""

    seat: str
    text: str
    good: bool


def criteria(figures: dict[str, Any]) -> list[Finding]:
    """Every criterion that was measured, seat by seat."""
    found: list[Finding] = []
    for seat, entry in figures["seats"].items():
        found += _chances(seat, entry)
        judged = figures["orders"].get(seat)
        if judged is not None and judged["player"] == "planner":
            found += _variety(seat, judged, figures["strategies"][seat])
    return found


def _chances(seat: str, entry: dict[str, Any]) -> list[Finding]:
    """Scores against par, and objectives met by the strongest player."""
    found = []
    best = "planner" if "planner" in entry else "doctrine"
    if best == "planner" and "beats_par" in entry[best]:
        share = entry[best]["beats_par"]["share"]
        text = f"the planner beats par in {share:.0%} of games; 60 to 90 % are wanted"
        found.append(Finding(seat, text, 0.6 <= share <= 0.9))
    if "random" in entry and "beats_par" in entry["random"]:
        share = entry["random"]["beats_par"]["share"]
        text = f"random orders beat par in {share:.0%} of games; at most 25 % are wanted"
        found.append(Finding(seat, text, share <= 0.25))
    for name, hits in entry[best]["objectives"].items():
        share = hits["share"]
        text = f"'{name}' is met in {share:.0%} of games; 10 to 90 % are wanted"
        found.append(Finding(seat, text, 0.1 <= share <= 0.9))
    return found


def _variety(seat: str, orders: dict[str, Any], strategies: dict[str, Any]) -> list[Finding]:
    """What the planner orders, of what it often may, and how many ways lead to a good score."""
    found = []
    for one in orders["dominant"]:
        text = f"{one['order']} is picked in {one['rate']:.0%} of the turns in which it is legal; at most 60 %"
        found.append(Finding(seat, text, False))
    if not orders["dominant"]:
        found.append(Finding(seat, "no order is picked in over 60 % of the turns in which it is legal", True))
    neglected = [one["order"] for one in orders["neglected"]]
    if neglected:
        certain = [one["order"] for one in orders["neglected"] if one.get("certain")]
        text = (
            f"{len(neglected)} orders are picked in under 0.5 % of the turns in which they are legal, "
            f"{len(certain)} of them beyond chance: {', '.join(neglected[:NAMED])}"
        )
        found.append(Finding(seat, text + (" …" if len(neglected) > NAMED else ""), False))
    else:
        found.append(Finding(seat, "no order is picked in under 0.5 % of the turns in which it is legal", True))
    near = strategies["within_five_points"]
    text = f"{near} strategies come within five points of the best; three are wanted"
    found.append(Finding(seat, text, near >= ENOUGH))
    return found


def faults(figures: dict[str, Any]) -> list[str]:
    """Where the scenario misses what a fair one should show."""
    return [f"{one.seat}: {one.text}" for one in criteria(figures) if not one.good]
