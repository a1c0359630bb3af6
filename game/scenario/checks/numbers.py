"""Values that may pass 64 bits, divisors that may be zero, amounts that cannot fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from game.scenario import expression as ex
from game.scenario.interval import LARGEST, Ranges
from game.scenario.places import everything, templates, with_spread
from game.scenario.shapes import Book, Fault, ReadEffect, Template, bounds

HIGHEST = 20
"""The highest rung of the ladder of odds."""
SPARE = 60
"""A time step divides by 3, half effect by 2 and rounding to hundredths multiplies; this leaves room for all."""


def check(book: Book) -> Iterator[Fault]:
    """Faults of single expressions, and assignments of constants outside the bounds of their quantity."""
    large: list[ex.Expression] = []
    zero: list[ex.Expression] = []
    ranges = Ranges(book, too_large=large.append, by_zero=zero.append)
    for place in everything(book):
        large.clear()
        zero.clear()
        value = ranges.of(place.node)
        if large or value.largest * SPARE > LARGEST:
            yield Fault(place.path, "a value may become too large for 64 bits; use smaller numbers, or fewer decimals")
        if zero:
            yield Fault(place.path, "this may divide by zero; use 'divide(a, b, otherwise)'")
    for doctrine in book.doctrines:
        for rule in (*doctrine.rules, *doctrine.never):
            zero.clear()
            for node in (rule.when, rule.worth):
                if node is not None:
                    ranges.of(node)
            if zero:
                message = f"a rule for '{rule.order}' may divide by zero; use 'divide(a, b, otherwise)'"
                yield Fault(("doctrines", doctrine.id, "rules"), message)
    limits = {q.id: bounds(q.unit, q.bounds, book.vocabulary.ladders) for q in book.rulebook.quantities}
    governments = Counter(doctrine.seat for doctrine in book.doctrines if doctrine.seat is not None)
    for template in templates(book):
        yield from _odds(template, ranges)
        for effect in (*template.effects, *(e for choice in template.choices for e in choice.effects)):
            yield from _fits(effect, limits)
            yield from _governs(effect, with_spread(effect, template.slots)[0], book, governments)
    for item in book.scheduled:
        for effect in item.effects:
            yield from _fits(effect, limits)
            yield from _governs(effect, with_spread(effect, {})[0], book, governments)


def _odds(template: Template, ranges: Ranges) -> Iterator[Fault]:
    """Odds that lie beside the ladder in every game. Of events whose odds are nothing another pass speaks."""
    if template.odds is None:
        return
    low, high = ranges.of(template.odds).ends
    if low > HIGHEST or (high < 0 and template.kind == "rule"):
        value = _shown(low) if low == high else f"from {_shown(low)} to {_shown(high)}"
        message = f"odds are a rung from 0 to {HIGHEST}, and this is {value}; a chance in a thousand is 'chance'"
        yield Fault((*template.path, "odds"), message)


def _fits(effect: ReadEffect, limits: Mapping[str, tuple[int, int]]) -> Iterator[Fault]:
    change = effect.change
    if change.op != "=" or not isinstance(change.amount, ex.Number) or change.quantity not in limits:
        return
    low, high = limits[change.quantity]
    if not low <= change.amount.value <= high:
        value = _shown(change.amount.value)
        yield Fault(effect.path, f"'{change.quantity}' cannot be {value}; it lies between {low} and {high}")


def _governs(
    effect: ReadEffect, slots: Mapping[str, str], book: Book, governments: Mapping[str, int]
) -> Iterator[Fault]:
    """A government that none of those who may be meant has: governments are a seat's doctrines, counted from 0."""
    change = effect.change
    if change.quantity != "government" or change.op != "=" or not isinstance(change.amount, ex.Number):
        return
    (whose,) = change.args
    seats = book.sets[slots[whose.name]] if isinstance(whose, ex.Slot) else (getattr(whose, "id", ""),)
    high = max([governments.get(seat, 0) for seat in seats], default=0) - 1
    if high >= 0 and not 0 <= change.amount.value <= high:
        room = f"it lies between 0 and {high}" if high else "there is one doctrine only, number 0"
        yield Fault(effect.path, f"'government' cannot be {_shown(change.amount.value)}; {room}")


def _shown(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else str(float(value))
