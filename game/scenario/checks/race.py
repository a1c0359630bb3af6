"""Rows that drive each other up faster than they come down by themselves (Richardson's arms race).

A race is stable when, for every row, the couplings to the other rows of the same quantity add up to less
than the row's own decay. Both are read off the rules of the phase drift: the partial derivatives of what is
added to a row, as intervals over all states. See docs/decisions/0003-races-are-read-off-the-rules.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from game.scenario import expression as ex
from game.scenario.binding import Edges, Things
from game.scenario.checks.caps import Bindings
from game.scenario.interval import Ranges
from game.scenario.shapes import Book, Fault, ReadEffect, Template

_Slope = tuple[Fraction, Fraction]
_Slopes = dict[Things, _Slope]
_ZERO: _Slope = (Fraction(0), Fraction(0))
_Env = Mapping[str, str]


class SlopeReader:
    """The derivative of an expression by every row of one quantity."""

    def __init__(self, book: Book, edges: Edges, ranges: Ranges, quantity: str) -> None:
        self.book, self.edges, self.ranges, self.quantity = book, edges, ranges, quantity
        self.instances = book.start[quantity]
        self._about: dict[int, bool] = {}
        self._derived: dict[tuple[str, ...], _Slopes] = {}

    def about(self, node: ex.Expression) -> bool:
        """Whether an expression reads the quantity at all."""
        key = id(node)
        if key not in self._about:
            self._about[key] = (
                (isinstance(node, ex.Read) and node.quantity == self.quantity)
                or (
                    isinstance(node, ex.Derived)
                    and any(self.about(term.amount) for term in self.book.defines[node.define].terms)
                )
                or any(self.about(part) for part in ex.parts(node))
            )
        return self._about[key]

    def row(self, args: tuple[ex.Argument, ...], env: _Env) -> Things | None:
        things = tuple(self.edges.thing(arg, env) or "" for arg in args)
        for found in (things, things[::-1]):
            if found in self.instances:
                return found
        return None

    def of(self, node: ex.Expression, env: _Env) -> _Slopes:
        if not self.about(node):
            return {}
        match node:
            case ex.Read():
                row = self.row(node.args, env)
                return {} if row is None else {row: (Fraction(1), Fraction(1))}
            case ex.Add():
                return _sum([self.of(part, env) for part in node.parts])
            case ex.Multiply():
                left, right = self.value(node.left, env), self.value(node.right, env)
                return _sum([_scaled(self.of(node.left, env), right), _scaled(self.of(node.right, env), left)])
            case ex.Divide():
                low, high = self.value(node.right, env)
                if low <= 0 <= high:
                    return {}
                return _scaled(self.of(node.left, env), (min(1 / low, 1 / high), max(1 / low, 1 / high)))
            case ex.Extreme():
                return _either([self.of(part, env) for part in node.parts])
            case ex.Absolute():
                slopes = self.of(node.part, env)
                return _either([slopes, _scaled(slopes, (Fraction(-1), Fraction(-1)))])
            case ex.Choose():
                known = self.edges.known(node.test, env)
                if known is not None:
                    return self.of(node.yes if known else node.no, env)
                return _either([self.of(node.yes, env), self.of(node.no, env)])
            case ex.Derived():
                define = self.book.defines[node.define]
                things = [self.edges.thing(arg, env) or "" for arg in node.args]
                key = (node.define, *things)
                if key not in self._derived:
                    inner = dict(zip(define.slots, things, strict=True))
                    self._derived[key] = _sum([self.under(term.when, term.amount, inner) for term in define.terms])
                return self._derived[key]
            case ex.Aggregate() if node.kind in ("sum", "min", "max"):
                each = [
                    self.under(
                        node.condition, node.body, {**env, node.slot: member}, node.set in self.book.set_conditions
                    )
                    for member in self.book.sets[node.set]
                ]
                return _sum(each) if node.kind == "sum" else _either(each)
        return {}

    def under(self, condition: ex.Expression | None, node: ex.Expression, env: _Env, maybe: bool = False) -> _Slopes:
        """The slopes of a part that counts only under a condition."""
        known = True if condition is None else self.edges.known(condition, env)
        if known is False:
            return {}
        slopes = self.of(node, env)
        return _either([slopes, {}]) if known is None or maybe else slopes

    def value(self, node: ex.Expression, env: _Env) -> _Slope:
        known = self.edges.known(node, env) if ex.is_truth(node) else None
        if known is not None:
            return (Fraction(known), Fraction(known))
        return self.ranges.of(node).ends


def _sum(parts: list[_Slopes]) -> _Slopes:
    total: _Slopes = {}
    for part in parts:
        for row, (low, high) in part.items():
            before = total.get(row, _ZERO)
            total[row] = (before[0] + low, before[1] + high)
    return total


def _scaled(slopes: _Slopes, by: _Slope) -> _Slopes:
    scaled = {}
    for row, slope in slopes.items():
        corners = [a * b for a in slope for b in by]
        scaled[row] = (min(corners), max(corners))
    return scaled


def _either(parts: list[_Slopes]) -> _Slopes:
    rows = dict.fromkeys(row for part in parts for row in part)
    return {row: (min(p.get(row, _ZERO)[0] for p in parts), max(p.get(row, _ZERO)[1] for p in parts)) for row in rows}


def check(book: Book, edges: Edges, bindings: Bindings) -> Iterator[Fault]:
    """One fault for each quantity with an unstable row, at an effect that couples it to the others."""
    drift = [(rule, effect) for rule in book.rules if rule.phase == "drift" for effect in rule.effects]
    ranges = Ranges(book)
    for quantity in book.rulebook.quantities:
        mine = [(t, e) for t, e in drift if e.change.quantity == quantity.id and e.change.op != "="]
        if quantity.of is None or not mine:
            continue
        slopes = SlopeReader(book, edges, ranges, quantity.id)
        mine = [(template, effect) for template, effect in mine if slopes.about(effect.change.amount)]
        coupled = [effect for _, effect in mine if _reads_others(book, effect)]
        if not coupled:
            continue
        rows: dict[Things, _Slopes] = {}
        for template, effect in mine:
            for row, found in _changes(book, slopes, template, effect, bindings):
                rows[row] = _sum([rows.get(row, {}), found])
        for row, found in rows.items():
            decay = -found.get(row, _ZERO)[1]
            driven = sum((max(slope[1], Fraction(0)) for other, slope in found.items() if other != row), Fraction(0))
            if driven > 0 and driven >= decay:
                name = f"{quantity.id}[{', '.join(row)}]"
                message = (
                    f"the race of '{quantity.id}' is unstable: the others may raise {name} by {_short(driven)} of"
                    f" their own size a turn, and it falls by {_short(max(decay, Fraction(0)))} of its own"
                )
                yield Fault(coupled[0].path, message)
                break


def _reads_others(book: Book, effect: ReadEffect) -> bool:
    change = effect.change
    return any(
        isinstance(part, ex.Derived)
        or (isinstance(part, ex.Read) and part.quantity == change.quantity and part.args != change.args)
        for part in ex.walk(change.amount)
    )


def _changes(
    book: Book, slopes: SlopeReader, template: Template, effect: ReadEffect, bindings: Bindings
) -> Iterator[tuple[Things, _Slopes]]:
    """For every binding: the row that an effect changes, and the slopes of what it adds."""
    change = effect.change
    step = Fraction(book.scenario.turn_months, 3) if change.per_quarter else Fraction(1)
    factor = -step if change.op == "-=" else step
    uncertain = template.odds is not None or template.chance is not None
    for things in bindings[template.id]:
        env = dict(zip(template.slots, things, strict=True))
        maybe = uncertain or any(slopes.edges.known(test.truth, env) is None for test in template.tests)
        spread = change.spread
        for member in book.sets[spread[1]] if spread else [""]:
            inner = {**env, spread[0]: member} if spread else env
            row = slopes.row(change.args, inner)
            if row is not None:
                found = slopes.under(spread[2] if spread else None, change.amount, inner, maybe)
                yield row, _scaled(found, (factor, factor))


def _short(value: Fraction) -> str:
    return f"{float(value):.3g}"
