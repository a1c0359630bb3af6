"""Until when a thing bears an earlier name: a month, or a condition on what everybody can see, read."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne

from game.scenario import expression as ex
from game.scenario.language import Reader, month_index
from game.scenario.models import ThingModel
from game.scenario.models.vocabulary import DatedName
from game.scenario.naming import Names
from game.scenario.shapes import Path

Value = Callable[[str, tuple[str, ...]], Fraction]
"""The value of a quantity of some things, in the quantity's own unit."""

CLOCK = ("date", "turn")
_COMPARED = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq, "!=": ne}


def in_order(thing: ThingModel) -> list[DatedName]:
    """A thing's earlier names in the order in which they are tried: by month, those without one last."""
    return sorted(thing.names, key=lambda name: (name.before is None, name.before or ""))


def called(thing: ThingModel, month: int, ended: Callable[[int], bool]) -> tuple[str, str]:
    """(key of its translation, text) of what a thing is called in a month.

    ended: whether the condition on the earlier name at this place, in order, says that it is no longer used.
    """
    for place, dated in enumerate(in_order(thing)):
        passed = dated.before is not None and month >= month_index(dated.before)
        if not passed and not ended(place):
            return f"things.{thing.id}.names.{place}", dated.name
    return f"things.{thing.id}.name", thing.name


def conditions(names: Names) -> dict[str, dict[int, ex.Expression]]:
    """Thing → {place in order: the condition that ends the name's use}."""
    reader = Reader(names.vocabulary, {})
    found: dict[str, dict[int, ex.Expression]] = {}
    for thing in names.rulebook.things:
        ordered = in_order(thing)
        for number, name in enumerate(thing.names):
            path: Path = ("things", thing.id, "names", number)
            if name.before is None and name.unless is None:
                names.fault(path, "an earlier name says until when: 'before' (a month), 'unless' (a condition) or both")
            if name.unless is None:
                continue
            path = (*path, "unless")
            truth = names.truth(reader, name.unless, path)
            if truth is not None and _seen(names, truth, path):
                found.setdefault(thing.id, {})[ordered.index(name)] = truth
    return found


def holds(truth: ex.Expression, value: Value) -> bool:
    """Whether a name's condition holds."""
    match truth:
        case ex.All():
            return all(holds(part, value) for part in truth.parts)
        case ex.Any():
            return any(holds(part, value) for part in truth.parts)
        case ex.Not():
            return not holds(truth.part, value)
        case ex.Compare():
            return bool(_COMPARED[truth.op](_number(truth.left, value), _number(truth.right, value)))
    raise TypeError(f"{truth!r} is no condition of a name")


def _number(node: ex.Expression, value: Value) -> Fraction:
    if isinstance(node, ex.Number):
        return node.value
    assert isinstance(node, ex.Read)
    return value(node.quantity, _things(node))


def _things(node: ex.Read) -> tuple[str, ...]:
    return tuple(arg.id for arg in node.args if isinstance(arg, ex.Thing))


def _seen(names: Names, truth: ex.Expression, path: Path) -> bool:
    """Whether a condition compares figures that everybody can see, and no more; else it is a fault."""
    match truth:
        case ex.All() | ex.Any():
            return all(_seen(names, part, path) for part in truth.parts)
        case ex.Not():
            return _seen(names, truth.part, path)
        case ex.Compare(left=ex.Number() | ex.Read(), right=ex.Number() | ex.Read()):
            return all(_public(names, side, path) for side in (truth.left, truth.right))
    names.fault(path, "a name's condition compares quantities of named things, as in 'dossier_state[border] == agreed'")
    return False


def _public(names: Names, side: ex.Expression, path: Path) -> bool:
    if not isinstance(side, ex.Read) or side.quantity in CLOCK:
        return True
    model = next((quantity for quantity in names.rulebook.quantities if quantity.id == side.quantity), None)
    if model is None or model.visible != "public":
        names.fault(path, f"not everybody sees '{side.quantity}'; a name depends on what is public")
        return False
    args, rows = _things(side), names.instances(model.of)
    if args not in rows and not (model.of in names.symmetric and args[::-1] in rows):
        names.fault(path, f"'{side.quantity}' has no '{' '.join(args)}'")
        return False
    return True
