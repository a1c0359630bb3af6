"""Recorded, dated outcomes to grade a model by: a window, and a list of countries and milestones.

    window: ['2008-01', '2014-12']
    targets:
      - {id: albania.nato.member, actor: albania, ladder: nato, milestone: member, happened: '2009-04'}

`happened: null` means that it had not happened by the end of the window. Optional keys are `rung` (where the game has
another name for the milestone), `group` (one of GROUPS) and `source`. What a target does not say of these is taken from
the shipped list. Optional sections are `calibrated`, the scenario whose numbers were fitted on the list, and `names`,
milestones under the names of public lists with what they are in the game.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from game.scenario import ScenarioError
from game.scenario.language import nearest
from game.scenario.marked import Marked, read_yaml
from game.scenario.marked import Path as Path_

SHIPPED = Path(__file__).parent / "data" / "targets_2008_2014.yaml"
GROUPS = ("settled", "conditional", "contested")
RECOGNISED = "recognised."
"""How a rung begins that is no rung of a ladder: whether a country recognises another."""
RECOGNITION = "recognition"
"""What is written as the ladder of such a milestone."""
SETTLED, CONTESTED = GROUPS[0], GROUPS[2]
KEYS = ("id", "actor", "ladder", "milestone", "rung", "happened", "group", "source")
SECTIONS = ("window", "targets", "calibrated", "names")

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$")


class TargetsError(Exception):
    """A list of targets that cannot be read; the text says where and what was expected."""


class _Fault(Exception):
    """What is wrong with the value at a path, or with the name of a key."""

    def __init__(self, path: Path_, text: str, on_key: bool = False) -> None:
        super().__init__(text)
        self.path, self.on_key = path, on_key


def month(value: object) -> int:
    """Months since year 0 of `2008-04`, or of a date, `2008-04-02`. Raises ValueError."""
    if isinstance(value, datetime.date):
        return value.year * 12 + value.month - 1
    if (kind := _kind(value)) is not None:
        raise ValueError(f"a month like '2008-04' is needed, not {kind}")
    found = _MONTH.match(str(value))
    if not found:
        raise ValueError(f"'{value}' is not a month like '2008-04'")
    return int(found[1]) * 12 + int(found[2]) - 1


def _kind(value: object) -> str | None:
    """What a value is that is neither a text nor a number, in words; None where it is one of these."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else None


@dataclass(frozen=True)
class Target:
    """A milestone of a country.

    milestone: as the list names it; rung: what it is in the game, a rung of the ladder or `recognised.NAME`;
    happened: month, or None; held: it had happened before the window; later: the month after the window's end in which
    it happened, if it is known; lines: key → line and column of its value in the file, `12:5`, with the target's own
    under the empty key; none where it is of no file.
    """

    id: str
    actor: str
    ladder: str
    milestone: str
    rung: str
    happened: int | None
    group: str = "settled"
    held: bool = False
    later: int | None = None
    lines: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Targets:
    """window: first month, and the last that belongs to it; source: the file, for what is said about it.

    calibrated: the scenario whose numbers were fitted on the list; none if empty. names: public name of a milestone →
    rung; whole: the window before it was cut to the months of a scenario's games.
    """

    first: int
    last: int
    targets: tuple[Target, ...]
    source: str = field(default="", compare=False)
    calibrated: str = field(default="", compare=False)
    names: Mapping[str, str] = field(default_factory=dict, compare=False)
    whole: tuple[int, int] | None = field(default=None, compare=False)

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
            replace(one, happened=None, later=one.happened or one.later)
            if one.happened is None or one.happened > last
            else replace(one, happened=max(one.happened, first), held=one.held or one.happened < first)
            for one in self.targets
        )
        whole = self.whole if (first, last) == (self.first, self.last) else (self.first, self.last)
        return replace(self, first=first, last=last, targets=held, whole=whole)


def read_targets(path: Path = SHIPPED) -> Targets:
    """The targets of a file. Raises TargetsError that names the line."""
    return _shipped() if path == SHIPPED else _read(path, _shipped())


@cache
def _shipped() -> Targets:
    return _read(SHIPPED, None)


def _read(path: Path, shipped: Targets | None) -> Targets:
    """shipped: the list that says what this one leaves out."""
    try:
        raw, marks = read_yaml(path.read_bytes(), str(path))
    except OSError as fault:
        raise TargetsError(f"{path} cannot be read: {fault.strerror}") from None
    except ScenarioError as fault:
        raise TargetsError(str(fault)) from None
    try:
        held = _list(raw, str(path), shipped)
    except _Fault as fault:
        raise TargetsError(str(marks.mistake(fault.path, str(fault), fault.on_key))) from None
    placed = (replace(one, lines=_lines(marks, place)) for place, one in enumerate(held.targets))
    return replace(held, targets=tuple(placed))


def _lines(marks: Marked, place: int) -> dict[str, str]:
    """Where a target and each of its keys stand."""
    paths: list[Path_] = [("targets", place), *(("targets", place, key) for key in KEYS)]
    found = [marks.mistake(path, "") for path in paths]
    return {key: f"{one.line}:{one.column}" for key, one in zip(("", *KEYS), found, strict=True)}


def _list(raw: Any, source: str, shipped: Targets | None) -> Targets:
    if not isinstance(raw, dict) or not {"window", "targets"} <= set(raw):
        raise _Fault((), "a list of targets has the sections 'window' and 'targets'")
    for key in raw:
        if key not in SECTIONS:
            raise _Fault((key,), f"'{key}' is unknown{nearest(str(key), SECTIONS)}", on_key=True)
    first, last = _window(raw["window"])
    if not isinstance(raw["targets"], list):
        said = _kind(raw["targets"]) or "a text"
        raise _Fault(("targets",), f"'targets' is a list, each target after '- ', not {said}")
    if not raw["targets"]:
        raise _Fault(("targets",), "there is no target")
    names = raw.get("names", {})
    if not isinstance(names, dict):
        raise _Fault(("names",), "milestones with what they are in the game: {negotiations: negotiating}")
    own = {str(name): _word(names, name, ("names",)) for name in names}
    names = {**(shipped.names if shipped else {}), **own}
    found: list[Target] = []
    for place, entry in enumerate(raw["targets"]):
        try:
            one = _target(entry, names, shipped.targets if shipped else ())
            if any(one.id == other.id for other in found):
                raise _Fault(("id",), f"the id '{one.id}' stands there twice")
        except _Fault as fault:
            raise _Fault(("targets", place, *fault.path), f"target {place + 1}: {fault}", fault.on_key) from None
        found.append(one)
    calibrated = _word(raw, "calibrated") if "calibrated" in raw else ""
    return Targets(first, last, tuple(found), source, calibrated, names)


def _window(value: Any) -> tuple[int, int]:
    """The first and the last month of a window."""
    said = "the window is two months, ['2008-01', '2014-12']"
    if not isinstance(value, list) or len(value) != 2:
        what = (_kind(value) or "a text") if not isinstance(value, list) else f"a list of {len(value)}"
        raise _Fault(("window",), f"{said}, not {what}")
    found = []
    for place, one in enumerate(value):
        try:
            found.append(month(one))
        except ValueError as fault:
            raise _Fault(("window", place), f"{said}: {fault}") from None
    if found[1] < found[0]:
        raise _Fault(("window",), "the window ends before it begins")
    return found[0], found[1]


def _word(entry: Mapping[str, Any], key: str, path: Path_ = ()) -> str:
    """The text or number under a key, as text."""
    value = entry[key]
    kind = _kind(value)
    if kind is not None or not str(value).strip():
        raise _Fault((*path, key), f"'{key}' is a name, not {kind or 'an empty text'}")
    return str(value)


def _target(entry: Any, names: Mapping[str, str], known: Sequence[Target]) -> Target:
    """known: the targets of the shipped list."""
    if not isinstance(entry, dict):
        raise _Fault((), "it has id, actor, ladder, milestone and happened")
    for key in entry:
        if key not in KEYS:
            raise _Fault((key,), f"'{key}' is unknown{nearest(str(key), KEYS)}", on_key=True)
    for key in ("id", "actor", "ladder", "milestone", "happened"):
        if key not in entry:
            raise _Fault((), f"'{key}' is missing")
    try:
        happened = None if entry["happened"] is None else month(entry["happened"])
    except ValueError as fault:
        raise _Fault(("happened",), str(fault)) from None
    name, actor, ladder, said = (_word(entry, key) for key in ("id", "actor", "ladder", "milestone"))
    milestone = names.get(said, said)
    same = _same(known, actor, ladder, milestone, happened)
    rung = _word(entry, "rung") if "rung" in entry else same.rung if same else milestone
    if (ladder == RECOGNITION) != rung.startswith(RECOGNISED):
        raise _Fault(("rung" if "rung" in entry else "milestone",), _misplaced(ladder, said, rung, names))
    if "group" in entry:
        group = _word(entry, "group")
    else:
        group = same.group if same and same.rung == rung else _usual(known, actor, ladder)
    if group not in GROUPS:
        raise _Fault(("group",), f"'{group}' is not one of {', '.join(GROUPS)}")
    return Target(name, actor, ladder, milestone, rung, happened, group)


def _same(known: Sequence[Target], actor: str, ladder: str, milestone: str, happened: int | None) -> Target | None:
    """The known target of the same outcome: of a country's milestone that was reached in the same year, or not."""

    def year(when: int | None) -> int | None:
        return None if when is None else when // 12

    meant = (actor, ladder, milestone, year(happened))
    return next((one for one in known if (one.actor, one.ladder, one.milestone, year(one.happened)) == meant), None)


def _usual(known: Sequence[Target], actor: str, ladder: str) -> str:
    """Contested where all is that is known of a country on a ladder, or of the ladder if nothing is of the country."""
    there = [one for one in known if one.ladder == ladder]
    there = [one for one in there if one.actor == actor] or there
    return CONTESTED if there and all(one.group == CONTESTED for one in there) else SETTLED


def _misplaced(ladder: str, milestone: str, rung: str, names: Mapping[str, str]) -> str:
    if ladder != RECOGNITION:
        return f"'{milestone}' is a recognition: its ladder is '{RECOGNITION}', not '{ladder}'"
    recognitions = [name for name, one in names.items() if one.startswith(RECOGNISED)]
    return f"'{milestone}' is no recognition{nearest(milestone, recognitions) or f', like {recognitions[0]}'}"


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
