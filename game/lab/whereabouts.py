"""Where a target stands in the rows of a scenario's games: known before a single one is played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.lab.record import month_text
from game.lab.targets import RECOGNISED, Target, Targets, TargetsError
from game.rules import Ruleset
from game.scenario.language import month_index, nearest


class _Unknown(Exception):
    """What a scenario does not have. key: the target's key that asks for it; empty where it is none by itself."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__(text)
        self.key = key


@dataclass(frozen=True)
class Place:
    """path: a column of the rows and fields in it; names: fields below that hold a month, of which the first counts.

    held: whether the target is reached when the games begin, so that no row tells its month.
    """

    path: tuple[str, ...]
    names: tuple[str, ...]
    held: bool


def months_of(ruleset: Ruleset) -> tuple[int, int]:
    """The first and the last month of a scenario's games."""
    start = month_index(ruleset.book.scenario.start_date)
    return start, start + ruleset.turns * ruleset.turn_months - 1


def window_of(ruleset: Ruleset, targets: Targets) -> Targets:
    """The targets for the months that they and the games have in common. Raises TargetsError where there are none."""
    first, last = months_of(ruleset)
    try:
        return targets.within(first, last)
    except TargetsError as fault:
        said = f"{fault}: the games go from {month_text(first)} to {month_text(last)}, "
        said += f"the window from {month_text(targets.first)} to {month_text(targets.last)}"
        raise TargetsError(f"{targets.source}: {said}" if targets.source else said) from None


def check_targets(ruleset: Ruleset, targets: Targets) -> None:
    """Find every target in a scenario. Raises TargetsError that names the line, the target, and the nearest name."""
    places_of(ruleset, window_of(ruleset, targets))


def places_of(ruleset: Ruleset, targets: Targets) -> list[Place]:
    """Where each target stands. Raises TargetsError that names the line, the target, and the nearest name."""
    found = []
    for number, one in enumerate(targets.targets, 1):
        try:
            found.append(_recognised(ruleset, one) if one.rung.startswith(RECOGNISED) else _reached(ruleset, one))
        except _Unknown as fault:
            raise TargetsError(f"{_where(targets.source, number, one, fault.key)}: {fault}") from None
    return found


def _where(source: str, number: int, target: Target, key: str) -> str:
    """The file, the line and column of a key's value, and the target; its id alone where it is of no file."""
    if not source:
        return target.id
    at = target.lines.get(key) or target.lines.get("")
    return f"{source}:{at}: target {number} ('{target.id}')" if at else f"{source}: target {number} ('{target.id}')"


def _reached(ruleset: Ruleset, target: Target) -> Place:
    """A rung of a ladder; the rungs above it count as well."""
    report = ruleset.book.report
    if report is None:
        raise _Unknown("", f"{ruleset.book.scenario.id} reports no ladders to grade")
    known = ruleset.book.sets[report.of]
    if target.actor not in known:
        raise _Unknown("actor", f"there is no '{target.actor}' in the scenario{_near(target.actor, known)}")
    if target.ladder not in report.ladders:
        raise _Unknown("ladder", f"there is no ladder '{target.ladder}'{_near(target.ladder, [*report.ladders])}")
    quantity = next(q for q in ruleset.book.rulebook.quantities if q.id == report.ladders[target.ladder])
    rungs = list(ruleset.book.vocabulary.ladders[quantity.unit.removeprefix("ladder:")])
    if target.rung not in rungs:
        raise _Unknown(
            _asked(target), f"'{target.rung}' is no rung of the ladder '{target.ladder}'{_near(target.rung, rungs)}"
        )
    row = ruleset.layout.find(quantity.id, (target.actor,))
    if row is None:
        able = [name for name in known if ruleset.layout.find(quantity.id, (name,)) is not None]
        raise _Unknown("actor", f"{target.actor} does not stand on the ladder '{target.ladder}'{_known(able)}")
    above = rungs[rungs.index(target.rung) :]
    held = rungs[int(ruleset.layout.start[row, 0])] in above
    return Place(("reached", target.actor, target.ladder), tuple(above), held)


def _recognised(ruleset: Ruleset, target: Target) -> Place:
    """A recognition."""
    flag = target.rung.removeprefix(RECOGNISED)
    report = ruleset.book.report
    flags = {} if report is None else report.recognised
    if flag not in flags:
        near = _near(target.rung, [RECOGNISED + one for one in flags])
        raise _Unknown(_asked(target), f"the scenario does not report who recognises '{flag}'{near}")
    quantity = ruleset.layout.quantities[flags[flag]]
    places = [i for i, args in enumerate(quantity.instances) if args[0] == target.actor]
    if not places:
        near = _near(target.actor, [args[0] for args in quantity.instances])
        raise _Unknown("actor", f"the scenario does not report whether {target.actor} recognises '{flag}'{near}")
    return Place(("recognised", flag), (target.actor,), any(quantity.start[i] > 0 for i in places))


def _asked(target: Target) -> str:
    """The key that says which rung is meant: `rung` where the file has one, which then has a place of its own."""
    return "milestone" if target.lines.get("rung", "") == target.lines.get("", "") else "rung"


def _near(name: str, known: Sequence[str]) -> str:
    """The nearest name; where none is near, those that there are."""
    return nearest(name, known) or _known(known)


def _known(names: Sequence[str]) -> str:
    return f"; there are: {', '.join(names)}" if names else ""
