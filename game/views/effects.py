"""What an order declares that it does, as lines: `Tension: Arda and Belen −3 a quarter for 9 months`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from game.rules.binding import static_value
from game.scenario import expression as ex
from game.scenario.shapes import ReadEffect
from game.text import _, several
from game.views.sight import Sight, signed


def effect_lines(sight: Sight, order: int) -> tuple[str, ...]:
    """The declared effects of an order, in the order of the rulebook; its cost is not among them."""
    return tuple(dict.fromkeys(_lines(sight, order, "")))


def first_effect(sight: Sight, order: int) -> str:
    """The first declared effect in few words, the seat's own quantities without its name; "" without any."""
    seat = sight.ruleset.seats[sight.ruleset.catalogue.entries[order].seat]
    return next(_lines(sight, order, seat), "")


def effects_of_rule(sight: Sight, rule: str, binding: tuple[str, ...], own: str = "") -> tuple[str, ...]:
    """The declared effects of a rule on what it is bound to, without what it does to a pledge itself."""
    template = sight.book.index[rule]
    slots = dict(zip(template.slots, binding, strict=True))
    effects = [effect for effect in template.effects if effect.change.quantity not in sight.pledged]
    return tuple(filter(None, (_line(sight, effect, slots, template.runs, own) for effect in effects)))


def _lines(sight: Sight, order: int, own: str) -> Iterator[str]:
    entry = sight.ruleset.catalogue.entries[order]
    template = sight.book.index[entry.template]
    slots = dict(zip(template.slots, entry.args, strict=True))
    effects = template.effects
    if entry.choice is not None:
        effects = next(choice.effects for choice in template.choices if choice.id == entry.choice)
    for effect in effects:
        line = _line(sight, effect, slots, template.runs, own)
        if line:
            yield line


def _line(sight: Sight, effect: ReadEffect, slots: dict[str, str], runs: int, own: str) -> str:
    change = effect.change
    if change.quantity in sight.pledged:
        return _("It binds for {time}").format(time=_months(sight.pledged[change.quantity].months))
    what = _target(sight, change, slots, own)
    if what is None:
        return ""
    amount = _amount(sight, change)
    line = _("{what} {amount}").format(what=what, amount=amount)
    if change.per_quarter and runs:
        line = _("{effect} a quarter for {time}").format(effect=line, time=_months(runs))
    if change.after:
        line = _("{effect}, after {time}").format(effect=line, time=_months(change.after))
    return line


def _months(count: int) -> str:
    return several("{count} month", "{count} months", count)


def _target(sight: Sight, change: ex.Assignment, slots: dict[str, str], own: str) -> str | None:
    """The quantity with its things; a spread over many names their set instead."""
    if change.spread is None:
        row = _row(sight, change, slots)
        return None if row is None else sight.describe(row, own)
    slot, group, condition = change.spread
    found = []
    for thing in sight.book.sets[group]:
        bound = {**slots, slot: thing}
        known = True if condition is None else static_value(sight.book, condition, bound)
        row = _row(sight, change, bound) if known is not False and thing not in slots.values() else None
        if row is not None and row not in found:
            found.append(row)
    if not found:
        return None
    if len(found) == 1:
        return sight.describe(found[0], own)
    title = sight.text("sets", group) or group.replace("_", " ")
    return _("{quantity} ({group})").format(quantity=sight.quantity_title(change.quantity), group=title)


def _row(sight: Sight, change: ex.Assignment, slots: dict[str, str]) -> int | None:
    things = tuple(
        slots.get(arg.name, "") if isinstance(arg, ex.Slot) else arg.id if isinstance(arg, ex.Thing) else ""
        for arg in change.args
    )
    return sight.ruleset.layout.find(change.quantity, things)


def _amount(sight: Sight, change: ex.Assignment) -> str:
    value = constant(change.amount)
    quantity = sight.ruleset.layout.quantities[change.quantity]
    unit = sight.unit(change.quantity)
    if change.op == "=":
        if value is None:
            return _("is set anew")
        if unit.startswith("ladder:"):
            return _("becomes {value}").format(value=sight.rung(unit.removeprefix("ladder:"), int(value)))
        if unit == "flag":
            return _("becomes {value}").format(value=_("yes") if value else _("no"))
        return _("becomes {value}").format(value=signed(round(value * 100), 100).lstrip("+"))
    if value is None:
        return _("changes as things stand")
    if change.op == "-=":
        value = -value
    return signed(round(value * quantity.scale), quantity.scale)


def constant(node: ex.Expression) -> Fraction | None:
    """The value of an expression of plain numbers, else None."""
    match node:
        case ex.Number():
            return node.value
        case ex.Add():
            parts = [constant(part) for part in node.parts]
            return None if None in parts else sum((part for part in parts if part is not None), Fraction(0))
        case ex.Multiply():
            left, right = constant(node.left), constant(node.right)
            return None if left is None or right is None else left * right
        case ex.Divide():
            left, right = constant(node.left), constant(node.right)
            return None if left is None or not right else left / right
    return None
