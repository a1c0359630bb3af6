"""What a fair scenario must show, held against what was measured: every criterion, met or missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ENOUGH = 3
"""So many strategies must come close to the best."""
NAMED = 12
JUDGED = "planner"
"""Whose orders are held against the criteria."""


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
        if judged is not None and judged["player"] == JUDGED:
            found += _variety(seat, judged, figures["strategies"][seat])
    return found


def _chances(seat: str, entry: dict[str, Any]) -> list[Finding]:
    """Scores against par, and objectives met by the strongest player."""
    found = []
    best = "planner" if "planner" in entry else "doctrine"
    if best == "planner" and "beats_par" in entry[best]:
        share = entry[best]["beats_par"]["share"]
        text = f"the planner beats par in {share * 100:.3g} % of games; 60 to 90 % are wanted"
        found.append(Finding(seat, text, 0.6 <= share <= 0.9))
    if "random" in entry and "beats_par" in entry["random"]:
        share = entry["random"]["beats_par"]["share"]
        text = f"random orders beat par in {share * 100:.3g} % of games; at most 25 % are wanted"
        found.append(Finding(seat, text, share <= 0.25))
    for name, hits in entry[best]["objectives"].items():
        share = hits["share"]
        text = f"'{name}' is met in {share * 100:.3g} % of games; 10 to 90 % are wanted"
        found.append(Finding(seat, text, 0.1 <= share <= 0.9))
    return found


def _variety(seat: str, orders: dict[str, Any], strategies: dict[str, Any]) -> list[Finding]:
    """What the planner orders, of what it often may, and how many ways lead to a good score.

    An action counts whatever it is aimed at, an answer whatever its card's binding; a rate beyond its line is a miss
    where chance does not explain it (docs/decisions/0005).
    """
    found = []
    lines = (("dominant", "over 60 %"), ("neglected", "under 0.5 %"))
    for kind, line in lines:
        certain = [pick["order"] for pick in orders[kind] if pick["certain"]]
        one = len(certain) == 1
        text = f"{len(certain)} {'action is' if one else 'actions are'} picked in {line} of the turns in which "
        text += "it is legal" if one else "they are legal"
        unsure = len(orders[kind]) - len(certain)
        text += f", {unsure} more within chance" if unsure else ""
        text += f": {', '.join(certain[:NAMED])}" if certain else ""
        found.append(Finding(seat, text + (" …" if len(certain) > NAMED else ""), not certain))
    near = strategies["within_five_points"]
    come = "strategy comes" if near == 1 else "strategies come"
    text = f"{near} {come} within five points of the best; three are wanted"
    found.append(Finding(seat, text, near >= ENOUGH))
    return found


def faults(figures: dict[str, Any]) -> list[str]:
    """Where the scenario misses what a fair one should show."""
    return [f"{one.seat}: {one.text}" for one in criteria(figures) if not one.good]


def dominant_actions(orders: dict[str, Any]) -> set[str]:
    """The actions of a seat that are judged dominant, without the seat's name; none where its player is not judged."""
    if orders["player"] != JUDGED:
        return set()
    return {one["order"].partition(".")[2] for one in orders["dominant"] if one["certain"]}


def best_repeated(figures: dict[str, Any]) -> dict[str, tuple[str, float, float]]:
    """For each seat the order that brings most when it is given turn after turn: its id, its score, and doctrine's.

    Empty where single orders were not measured.
    """
    found = {}
    for seat, scores in figures.get("spam", {}).items():
        if scores:
            best = max(scores, key=lambda action: scores[action])
            found[seat] = (best, scores[best], figures["seats"][seat]["doctrine"]["mean"])
    return found
