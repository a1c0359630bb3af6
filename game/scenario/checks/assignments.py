"""Two assignments to one row in one phase, where it can be proved that both apply."""

from __future__ import annotations

from collections.abc import Iterator

from game.scenario import expression as ex
from game.scenario.checks.caps import Bindings
from game.scenario.places import templates
from game.scenario.shapes import Book, Fault, ReadEffect, Template

_Key = tuple[str, str, int]


def check(book: Book, bindings: Bindings) -> Iterator[Fault]:
    """Faults at the second of two assignments with different amounts that surely meet."""
    by_row: dict[_Key, list[tuple[Template, ReadEffect]]] = {}
    for template in templates(book):
        assigned = [effect for effect in template.effects if effect.change.op == "="]
        for place, effect in enumerate(assigned):
            yield from _with_itself(template, effect, bindings)
            for before in assigned[:place]:
                if _same_row(effect, before) and effect.change.amount != before.change.amount:
                    yield Fault(effect.path, f"'{template.id}' sets {_row(effect)} twice")
            if template.kind == "rule":
                key = (template.phase, effect.change.quantity, template.priority)
                by_row.setdefault(key, []).append((template, effect))
    for effects in by_row.values():
        for place, (template, effect) in enumerate(effects):
            for other, earlier in effects[:place]:
                if other is not template and _meet(template, effect, other, earlier, bindings):
                    message = f"'{template.id}' and '{other.id}' both set {_row(effect)}; give one a higher priority"
                    yield Fault(effect.path, message)


def _same_row(one: ReadEffect, two: ReadEffect) -> bool:
    return (
        one.change.quantity == two.change.quantity
        and one.change.args == two.change.args
        and one.change.spread == two.change.spread
        and one.change.after == two.change.after
    )


def _with_itself(template: Template, effect: ReadEffect, bindings: Bindings) -> Iterator[Fault]:
    """Bindings that differ only in a slot of the amount set the same row to different values."""
    if template.kind != "rule" or template.odds is not None or template.chance is not None:
        return
    row = {arg.name for arg in effect.change.args if isinstance(arg, ex.Slot)}
    asked = {slot for test in template.tests for slot in ex.free_slots(test.truth)}
    for slot in ex.free_slots(effect.change.amount):
        if slot in template.slots and slot not in row | asked and _varies(template, slot, row, bindings):
            yield Fault(
                effect.path, f"'{template.id}' sets {_row(effect)} once for every '{slot}', each time otherwise"
            )


def _varies(template: Template, slot: str, row: set[str], bindings: Bindings) -> bool:
    """Whether one row has bindings with different values of the slot."""
    names = list(template.slots)
    seen: dict[tuple[str, ...], str] = {}
    for things in bindings[template.id]:
        key = tuple(things[names.index(name)] for name in sorted(row) if name in names)
        if seen.setdefault(key, things[names.index(slot)]) != things[names.index(slot)]:
            return True
    return False


def _meet(template: Template, effect: ReadEffect, other: Template, earlier: ReadEffect, bindings: Bindings) -> bool:
    """Whether two rules with the same slots, one's conditions among the other's, set one row differently."""
    if effect.change.amount == earlier.change.amount and isinstance(effect.change.amount, ex.Number):
        return False
    if not _same_row(effect, earlier) or dict(template.slots) != dict(other.slots):
        return False
    if not set(bindings[template.id]) & set(bindings[other.id]):
        return False
    for one, two in ((template, other), (other, template)):
        free = one.odds is None and one.chance is None
        if free and {test.truth for test in one.tests} <= {test.truth for test in two.tests}:
            return True
    return False


def _row(effect: ReadEffect) -> str:
    change = effect.change
    args = ", ".join(getattr(arg, "name", getattr(arg, "id", "any")) for arg in change.args)
    return f"{change.quantity}[{args}]" if args else change.quantity
