"""Recorded, dated outcomes to grade a model by: a window, and a list of countries and milestones.

    window: ['2008-01', '2014-12']
    targets:
      - {id: albania.nato.member, actor: albania, ladder: nato, milestone: member, happened: '2009-04'}

`happened: null` means that it had not happened by the end of the window. Optional keys are `rung` (where the game has
another name for the milestone), `group` (one of GROUPS) and `source`. The optional section `calibrated` names the
scenario whose numbers were fitted on the list.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from game.scenario import ScenarioError
from game.scenario.language import nearest
from game.scenario.marked import read_yaml

SHIPPED = Path(__file__).parent / "data" / "targets_2008_2014.yaml"
GROUPS = ("settled", "conditional", "contested")
RUNGS = {"negotiations": "negotiating", "saa_or_europe_agreement": "saa"}
"""Milestones under the names of public lists, and the rungs that they are here."""
RECOGNISED = "recognised."
"""How a rung begins that is no rung of a ladder: whether a country recognises another."""
FLAGS = {"recognises_kosovo": "recognised.kosovo"}
CONDITIONAL = {("bosnia", "nato", "map", 2010): "map_conditional"}
"""In April 2010 Bosnia was invited to the plan on a condition; the plan proper came later."""

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$")


class TargetsError(Exception):
    """A list of targets that cannot be read; the text says where and what was expected."""


def month(value: object) -> int:
    """Months since year 0 of `2008-04`, or of a date, `2008-04-02`. Raises ValueError."""
    if isinstance(value, datetime.date):
        return value.year * 12 + value.month - 1
    found = _MONTH.match(str(value))
    if not found:
        raise ValueError(f"'{value}' is not a month like '2008-04'")
    return int(found[1]) * 12 + int(found[2]) - 1


@dataclass(frozen=True)
class Target:
    """A milestone of a country.

    milestone: as the list names it; rung: what it is in the game, a rung of the ladder or `recognised.NAME`;
    happened: month, or None; held: it had happened before the window.
    """

    id: str
    actor: str
    ladder: str
    milestone: str
    rung: str
    happened: int | None
    group: str = "settled"
    held: bool = False


@dataclass(frozen=True)
class Targets:
    """window: first month, and the last that belongs to it; source: the file, for what is said about it.

    calibrated: the scenario whose numbers were fitted on the list; none if empty.
    """

    first: int
    last: int
    targets: tuple[Target, ...]
    source: str = field(default="", compare=False)
    calibrated: str = field(default="", compare=False)

    @property
    def months(self) -> int:
        return self.last - self.first + 1

    @property
    def after(self) -> tuple[str, ...]:
        """The targets that happened after the window: within it they count as not having happened."""
        return tuple(one.id for one in self.targets if one.happened is not None and one.happened > self.last)

    def within(self, first: int, last: int) -> Targets:
        """The same list for the part of the window that lies in these months. Raises TargetsError if none does.

        What had happened before counts as having happened in the first month.
        """
        first, last = max(first, self.first), min(last, self.last)
        if first > last:
            raise TargetsError("the scenario and the window of the targets have no month in common")
        held = tuple(
            replace(one, happened=None)
            if one.happened is None or one.happened > last
            else replace(one, happened=max(one.happened, first), held=one.held or one.happened < first)
            for one in self.targets
        )
        return replace(self, first=first, last=last, targets=held)


def read_targets(path: Path = SHIPPED) -> Targets:
    """The targets of a file. Raises TargetsError."""
    try:
        raw, _marks = read_yaml(path.read_bytes(), str(path))
    except OSError as fault:
        raise TargetsError(f"{path} cannot be read: {fault.strerror}") from None
    except ScenarioError as fault:
        raise TargetsError(str(fault)) from None
    if not isinstance(raw, dict) or set(raw) - {"calibrated"} != {"window", "targets"}:
        raise TargetsError(f"{path}: a list of targets has the sections 'window' and 'targets'")
    try:
        first, last = (month(one) for one in raw["window"])
    except (ValueError, TypeError) as fault:
        raise TargetsError(f"{path}: the window is two months, ['2008-01', '2014-12']: {fault}") from None
    if last < first or not isinstance(raw["targets"], list) or not raw["targets"]:
        raise TargetsError(f"{path}: the window ends before it begins, or there is no target")
    found: list[Target] = []
    for place, entry in enumerate(raw["targets"], 1):
        try:
            found.append(_target(entry))
        except (ValueError, KeyError, TypeError) as fault:
            raise TargetsError(f"{path}: target {place}: {_said(fault)}") from None
    ids = [one.id for one in found]
    double = next((one for one in ids if ids.count(one) > 1), None)
    if double is not None:
        raise TargetsError(f"{path}: the id '{double}' stands there twice")
    return Targets(first, last, tuple(found), str(path), str(raw.get("calibrated", "")))


def _said(fault: Exception) -> str:
    return f"{fault} is missing" if isinstance(fault, KeyError) else str(fault)


def _target(entry: Mapping[str, Any]) -> Target:
    if not isinstance(entry, dict):
        raise ValueError("it has id, actor, ladder, milestone and happened")
    known = ("id", "actor", "ladder", "milestone", "rung", "happened", "group", "source")
    for key in entry:
        if key not in known:
            raise ValueError(f"'{key}' is unknown{nearest(str(key), known)}")
    happened = None if entry["happened"] is None else month(entry["happened"])
    milestone = str(entry["milestone"])
    actor, ladder = str(entry["actor"]), str(entry["ladder"])
    rung = str(entry.get("rung", FLAGS.get(milestone, RUNGS.get(milestone, milestone))))
    if happened is not None and "rung" not in entry:
        rung = CONDITIONAL.get((actor, ladder, rung, happened // 12), rung)
    milestone = FLAGS.get(milestone, RUNGS.get(milestone, milestone))
    group = str(entry.get("group", "settled"))
    if group not in GROUPS:
        raise ValueError(f"'{group}' is not one of {', '.join(GROUPS)}")
    return Target(str(entry["id"]), actor, ladder, milestone, rung, happened, group)


def hazards(fitted: Targets) -> dict[tuple[str, str], float]:
    """The constant hazard a month of each ladder and milestone: events over months in which they could happen.

    The keys (ladder, "") and ("", "") pool a ladder and everything, for milestones that were not fitted.
    """
    events: dict[tuple[str, str], int] = {}
    exposed: dict[tuple[str, str], int] = {}
    for one in fitted.targets:
        waited = fitted.months if one.happened is None else max(one.happened - fitted.first, 0) + 1
        for key in ((one.ladder, one.milestone), (one.ladder, ""), ("", "")):
            events[key] = events.get(key, 0) + (one.happened is not None)
            exposed[key] = exposed.get(key, 0) + waited
    return {key: events[key] / exposed[key] for key in events}


def hazard_of(one: Target, fitted: Mapping[tuple[str, str], float]) -> float:
    """The base rate of a target's milestone, or of its ladder, or of everything."""
    keys: Sequence[tuple[str, str]] = ((one.ladder, one.milestone), (one.ladder, ""), ("", ""))
    return next(fitted[key] for key in keys if key in fitted)
