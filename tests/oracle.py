"""The rules once more, in plain Python: what `docs/engine.md` says, one game at a time.

It shares only the parsed models with `game.rules`; binding, chance and rounding are its own. Every
expression of the book is bound to things once, as a small function of a `Snapshot`; then a turn is the text
of `docs/engine.md` in code. Where the two engines disagree, one of them has misread that page.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from hashlib import blake2b
from itertools import product
from math import ceil, inf, lcm
from typing import NamedTuple

from game.scenario import expression as ex
from game.scenario.book import Book, Doctrine, ReadEffect, ReadTest, Template, WorthRule, bounds
from game.scenario.language import month_index
from game.scenario.models import PHASES, QuantityModel

Things = tuple[str, ...]
Env = Mapping[str, str]
"""Slot → the thing it is bound to."""

TURN, DATE, ENDING = 0, 1, 2
HIGHEST = 2**31 - 1
SCORE_BOUND = 1_000_000 * 100
FREE_PLACES = 6
MOST_SLOTS = 6
REPEAT_MONTHS = 9
ESTIMATE_STEP = 5 * 100
ODDS_LADDER = (0, 2, 5, 10, 20, 35, 60, 100, 160, 240, 340, 450, 560, 660, 760, 840, 900, 940, 965, 980, 990)


class Game(NamedTuple):
    """One game: its rows, and the luck that all its draws follow from."""

    rows: list[int]
    luck: int


class Snapshot(list[int]):
    """The rows as they were when a phase began, with what is asked of them more than once.

    given: how often each order was given in the turn that is being resolved.
    """

    def __init__(self, rows: Iterable[int], layout: Layout, given: Mapping[int, int] | None = None) -> None:
        super().__init__(rows)
        self.layout = layout
        self.given = given or {}
        self.memo: dict[object, int] = {}
        self.earlier: dict[int, Counter[int]] = {}

    def remembered(self, ages: int) -> Counter[int]:
        """How often each order was given in the last so many turns before this one."""
        if ages not in self.earlier:
            self.earlier[ages] = Counter(order for order, _, _ in self.layout.remembered(self, ages))
        return self.earlier[ages]


Reader = Callable[[Snapshot], int]
Truth = bool | Callable[[Snapshot], bool]
"""A truth that is known once its slots are bound, or a function."""


# -- numbers ---------------------------------------------------------------------------------------


def nearest(numerator: int, denominator: int) -> int:
    """A quotient rounded to a whole number, halves away from zero. The denominator is positive."""
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


def whole(value: Fraction) -> int:
    return nearest(value.numerator, value.denominator)


@dataclass(frozen=True)
class Number:
    """Σ coefficient × part + constant, exact; a part is a function that gives a whole number."""

    parts: Mapping[Reader, Fraction]
    constant: Fraction = Fraction(0)

    def times(self, factor: Fraction) -> Number:
        if not factor:
            return Number({})
        return Number({part: c * factor for part, c in self.parts.items()}, self.constant * factor)

    def plus(self, other: Number) -> Number:
        parts = dict(self.parts)
        for part, coefficient in other.parts.items():
            parts[part] = parts.get(part, Fraction(0)) + coefficient
        return Number({part: c for part, c in parts.items() if c}, self.constant + other.constant)

    @property
    def denominator(self) -> int:
        return lcm(self.constant.denominator, *(c.denominator for c in self.parts.values()))

    @property
    def is_whole(self) -> bool:
        return self.denominator == 1

    def scaled(self, scale: int) -> Reader:
        """A function for the number times `scale`, which makes it whole."""
        constant = int(self.constant * scale)
        terms = [(int(c * scale), part) for part, c in self.parts.items()]
        if not terms:
            return lambda s: constant
        if len(terms) == 1:
            ((weight, part),) = terms
            if weight == 1 and constant == 0:
                return part
            return lambda s: weight * part(s) + constant
        return lambda s: sum([weight * part(s) for weight, part in terms], constant)

    def rounded(self, scale: int) -> Reader:
        """A function for the number times `scale`, rounded to a whole number."""
        number = self.times(Fraction(scale))
        denominator = number.denominator
        exact = number.scaled(denominator)
        return exact if denominator == 1 else lambda s: nearest(exact(s), denominator)


def one(part: Reader, denominator: int = 1) -> Number:
    return Number({part: Fraction(1, denominator)})


def as_reader(truth: Truth) -> Callable[[Snapshot], bool]:
    return truth if callable(truth) else (lambda s: truth)


def conjunction(truths: Iterable[Truth]) -> Truth:
    """All of some truths; the rest is not looked at after the first that is known to fail."""
    tests = []
    for truth in truths:
        if truth is False:
            return False
        if callable(truth):
            tests.append(truth)
    if len(tests) < 2:
        return tests[0] if tests else True

    def every(s: Snapshot) -> bool:
        for test in tests:  # noqa: SIM110 - a generator is slower
            if not test(s):
                return False
        return True

    return every


def negation(truth: Truth) -> Truth:
    return (lambda s: not truth(s)) if callable(truth) else not truth


# -- bindings --------------------------------------------------------------------------------------


class Binding:
    """Which bindings a template has, and what is known of a truth once its slots are bound."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.edges = {
            name: {*pairs, *((b, a) for a, b in pairs if name in book.symmetric)}
            for name, pairs in book.relations.items()
        }

    def thing(self, arg: ex.Argument, env: Env) -> str:
        if isinstance(arg, ex.Slot):
            return env[arg.name]
        assert isinstance(arg, ex.Thing)
        return arg.id

    def things(self, args: Iterable[ex.Argument], env: Env) -> Things:
        return tuple(self.thing(arg, env) for arg in args)

    def known(self, node: ex.Expression, env: Env) -> bool | None:
        """What a truth about things, sets and relations is; None where it depends on the state."""
        match node:
            case ex.Same():
                first, second = self.things(node.args, env)
                return first == second
            case ex.Member():
                return self.thing(node.arg, env) in self.book.sets[node.set]
            case ex.Related():
                return self.things(node.args, env) in self.edges[node.relation]
            case ex.Not():
                part = self.known(node.part, env)
                return None if part is None else not part
            case ex.All() | ex.Any():
                parts = [self.known(part, env) for part in node.parts]
                decisive = isinstance(node, ex.Any)
                if decisive in parts:
                    return decisive
                return None if None in parts else not decisive
        return None

    def of(self, template: Template) -> list[Things]:
        """Every binding of a template, in order."""
        names = list(template.slots)
        tests = [*template.where, *(test.truth for test in template.tests)]
        found = []
        for things in product(*(self.book.sets[group] for group in template.slots.values())):
            env = dict(zip(names, things, strict=True))
            if (
                len(set(things)) == len(things)
                and all((env[a], env[b]) in self.edges[name] for name, (a, b) in template.along.items())
                and all(self.known(test, env) is not False for test in tests)
            ):
                found.append(things)
        return found


# -- rows ------------------------------------------------------------------------------------------


class Layout:
    """Which row is what, between which bounds, and where it starts. scales: 100 for points, else 1.

    ages: how many earlier turns the memory of orders keeps; width: its places, the last for a card's answer.
    """

    def __init__(self, book: Book, fired: Iterable[Things]) -> None:
        self.names: list[str] = []
        self.places: list[tuple[str, Things]] = []
        self.index: dict[tuple[str, Things], int] = {}
        self.scales: list[int] = []
        self.low: list[int] = []
        self.high: list[int] = []
        self.first: list[int] = []
        models = book.rulebook.quantities
        self.elsewhere = {model.id: model.elsewhere for model in models}
        self.symmetric = {model.id for model in models if model.of in book.symmetric}
        seats = [(seat.id,) for seat in book.seats]
        parties = [sum(doctrine.seat == seat.id for doctrine in book.doctrines) for seat in book.seats]
        for name in ("turn", "date", "ending"):
            self._add(name, [()])
        for model in models:
            scale = 100 if model.unit == "points" else 1
            low, high = bounds(model.unit, model.bounds, book.vocabulary.ladders)
            for things, value in book.start[model.id].items():
                self._add(model.id, [things], scale, low * scale, high * scale, whole(value * scale))
        self._add("government", seats, high=max(0, *(number - 1 for number in parties)))
        self._add("card", seats)
        self._add("score", seats, 100, -SCORE_BOUND, SCORE_BOUND)
        goals = [(f"{goal.seat}.{goal.id}",) for goal in book.objectives]
        self._add("objective", goals, 100, -SCORE_BOUND, SCORE_BOUND)
        self._add("last", fired)
        for model in models:
            if model.visible == "estimate":
                self._add(f"estimate_{model.id}", book.start[model.id])

    def add_memory(self, seats: Sequence[str], ages: int, width: int) -> None:
        self.memory, self.seats, self.ages, self.width = len(self.names), len(seats), ages, width
        places = product(seats, range(1, ages + 1), range(width))
        self._add("memory", ((seat, str(age), str(place)) for seat, age, place in places))

    def _add(
        self,
        quantity: str,
        instances: Iterable[Things],
        scale: int = 1,
        low: int = 0,
        high: int = HIGHEST,
        start: int = 0,
    ) -> None:
        for things in instances:
            self.index[quantity, things] = len(self.names)
            self.names.append(f"{quantity}[{', '.join(things)}]" if things else quantity)
            self.places.append((quantity, things))
            self.scales.append(scale)
            self.low.append(low)
            self.high.append(high)
            self.first.append(start)

    def row(self, quantity: str, things: Things) -> int | None:
        """The row of a quantity of things; a symmetric pair is found either way round."""
        if (quantity, things) not in self.index and quantity in self.symmetric:
            things = things[::-1]
        return self.index.get((quantity, things))

    def bounded(self, row: int, value: int) -> int:
        return min(max(value, self.low[row]), self.high[row])

    def latest(self, seat: int) -> int:
        """The first row of what a seat's memory holds of the last turn."""
        return self.memory + seat * self.ages * self.width

    def remembered(self, rows: Sequence[int], ages: int) -> Iterator[tuple[int, int, int]]:
        """(order, age, 1 if it had half effect) for every order in the memory, up to some age."""
        for seat in range(self.seats):
            first = self.latest(seat)
            for place, value in enumerate(rows[first : first + min(ages, self.ages) * self.width]):
                if value:
                    yield (value - 1) // 2, place // self.width + 1, (value - 1) % 2


# -- expressions -----------------------------------------------------------------------------------

COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def walk(item: object) -> Iterator[object]:
    """Everything that a part of a book consists of."""
    yield item
    if isinstance(item, Mapping):
        item = tuple(item.values())
    if is_dataclass(item):
        item = tuple(getattr(item, field.name) for field in fields(item))
    if isinstance(item, tuple | list):
        for part in item:
            yield from walk(part)


def free_slots(node: ex.Expression) -> list[str]:
    """The slots that an expression depends on."""
    found = {part.name for part in walk(node) if isinstance(part, ex.Slot)}
    return sorted(found - {part.slot for part in walk(node) if isinstance(part, ex.Aggregate)})


class Expressions:
    """Binds expressions: slots to things, quantities to rows. What is the same is bound once."""

    def __init__(self, binding: Binding, layout: Layout, orders: Mapping[str, Mapping[Things, int]]) -> None:
        self.book, self.binding, self.layout, self.orders = binding.book, binding, layout, orders
        self.months: int = self.book.scenario.turn_months
        self._spans: dict[Reader, tuple[float, float]] = {}
        self._slots: dict[int, list[str]] = {}
        self._bound: dict[tuple[object, ...], Number | Truth] = {}
        self._rows: dict[int, Reader] = {}

    def _key(self, kind: str, node: ex.Expression, env: Env) -> tuple[object, ...]:
        # Nodes live as long as the book, so their identity names them.
        if id(node) not in self._slots:
            self._slots[id(node)] = free_slots(node)
        return (kind, id(node), *(env[slot] for slot in self._slots[id(node)]))

    def number(self, node: ex.Expression, env: Env) -> Number:
        """A number; a truth counts as 0 or 1."""
        key = self._key("number", node, env)
        if key not in self._bound:
            self._bound[key] = self._number(node, env)
        return self._bound[key]  # type: ignore[return-value]

    def truth(self, node: ex.Expression, env: Env) -> Truth:
        key = self._key("truth", node, env)
        if key not in self._bound:
            self._bound[key] = self._truth(node, env)
        return self._bound[key]  # type: ignore[return-value]

    def test(self, node: ex.Expression, env: Env) -> Truth:
        """A truth that several instances may ask for: it is looked at once in a phase."""
        key = self._key("test", node, env)
        if key not in self._bound:
            truth = self.truth(node, env)
            self._bound[key] = self._once(truth) if callable(truth) else truth
        return self._bound[key]  # type: ignore[return-value]

    def span(self, number: Number) -> tuple[float, float]:
        """Bounds of a number; infinite where they would take thought."""
        low = high = float(number.constant)
        for part, coefficient in number.parts.items():
            ends = [float(coefficient) * end for end in self._spans.get(part, (-inf, inf))]
            low, high = low + min(ends), high + max(ends)
        return low, high

    def _once(self, reader: Reader) -> Reader:
        key = object()

        def remembered(s: Snapshot) -> int:
            value = s.memo.get(key)
            if value is None:
                value = s.memo[key] = reader(s)
            return value

        return remembered

    # -- numbers -------------------------------------------------------------------------------

    def _number(self, node: ex.Expression, env: Env) -> Number:
        match node:
            case ex.Number():
                return Number({}, node.value)
            case ex.Read():
                return self.read(node.quantity, self.binding.things(node.args, env))
            case ex.Derived():
                return self._derived(node.define, self.binding.things(node.args, env))
            case ex.Ordered():
                return self._ordered(node, env)
            case ex.Add():
                total = Number({})
                for part in node.parts:
                    total = total.plus(self.number(part, env))
                return total
            case ex.Multiply():
                return self.product(self.number(node.left, env), self.number(node.right, env))
            case ex.Divide():
                return self._quotient(node, env)
            case ex.Extreme():
                return self._extreme(node.kind, [(True, self.number(part, env)) for part in node.parts])
            case ex.Absolute():
                number = self.number(node.part, env)
                inner = number.scaled(number.denominator)
                return one(lambda s: abs(inner(s)), number.denominator)
            case ex.Choose():
                return self._choice(node, env)
            case ex.Aggregate() if node.kind in ("sum", "count"):
                total = Number({})
                for truth, inside in self._members(node, env):
                    total = total.plus(self._gated(truth, self.number(node.body, inside)))
                return self._shared(total)
            case ex.Aggregate() if node.kind in ("min", "max"):
                members = [(truth, self.number(node.body, inside)) for truth, inside in self._members(node, env)]
                return self._shared(self._extreme(node.kind, members))
        truth = self.truth(node, env)
        if isinstance(truth, bool):
            return Number({}, Fraction(truth))
        self._spans[truth] = (0, 1)
        return one(truth)

    def _shared(self, number: Number) -> Number:
        """A number that is worked out once in a phase."""
        if not number.parts:
            return number
        return one(self._once(number.scaled(number.denominator)), number.denominator)

    def read(self, quantity: str, things: Things) -> Number:
        row = self.layout.row(quantity, things)
        if row is None:
            elsewhere = self.layout.elsewhere[quantity]
            if elsewhere is None:
                raise KeyError(f"there is no {quantity}[{', '.join(things)}]")
            return Number({}, Fraction(elsewhere))
        if row not in self._rows:
            self._rows[row] = lambda s: s[row]
            self._spans[self._rows[row]] = (self.layout.low[row], self.layout.high[row])
        return one(self._rows[row], self.layout.scales[row])

    def _derived(self, name: str, things: Things) -> Number:
        key = ("define", name, *things)
        if key not in self._bound:
            define = self.book.defines[name]
            env = dict(zip(define.slots, things, strict=True))
            total = Number({})
            for term in define.terms:
                when = True if term.when is None else self.truth(term.when, env)
                if when is not False:
                    total = total.plus(self._gated(when, self.number(term.amount, env)))
            self._bound[key] = self._shared(total)
        return self._bound[key]  # type: ignore[return-value]

    def _gated(self, truth: Truth, number: Number) -> Number:
        """The number where the truth holds, else 0."""
        if isinstance(truth, bool):
            return number if truth else Number({})
        inner = number.scaled(number.denominator)
        return one(lambda s: inner(s) if truth(s) else 0, number.denominator)

    def _ordered(self, node: ex.Ordered, env: Env) -> Number:
        wanted = [None if isinstance(arg, ex.Anything) else self.binding.thing(arg, env) for arg in node.args]
        found = [order for things, order in self.orders[node.action].items() if _fits(wanted, things)]
        if node.months is None:
            return one(lambda s: sum([s.given.get(order, 0) for order in found])) if found else Number({})
        ages = node.months // self.months
        return one(lambda s: sum([s.remembered(ages)[order] for order in found])) if found else Number({})

    def product(self, left: Number, right: Number) -> Number:
        for constant, other in ((left, right), (right, left)):
            if not constant.parts:
                return other.times(constant.constant)
        if left.is_whole or right.is_whole:
            denominator = left.denominator * right.denominator
            first, second = left.scaled(left.denominator), right.scaled(right.denominator)
        else:
            denominator = 100 * 100
            first, second = left.rounded(100), right.rounded(100)
        return one(lambda s: first(s) * second(s), denominator)

    def _quotient(self, node: ex.Divide, env: Env) -> Number:
        left, right = self.number(node.left, env), self.number(node.right, env)
        if not right.parts:
            return left.times(1 / right.constant)
        scale = lcm(left.denominator, right.denominator)
        above, below = left.scaled(scale), right.scaled(scale)
        otherwise = None if node.otherwise is None else self.number(node.otherwise, env).rounded(100)

        def quotient(s: Snapshot) -> int:
            divisor = below(s)
            if divisor == 0 and otherwise is not None:
                return otherwise(s)
            return nearest(100 * above(s) if divisor > 0 else -100 * above(s), abs(divisor))

        return one(quotient, 100)

    def _extreme(self, kind: str, members: Sequence[tuple[Truth, Number]]) -> Number:
        """The least or greatest of the members whose truth holds, 0 if none does."""
        denominator = lcm(*(number.denominator for _, number in members))
        pick = min if kind == "min" else max
        readers = [(as_reader(truth), number.scaled(denominator)) for truth, number in members]

        def extreme(s: Snapshot) -> int:
            return pick([value(s) for counts, value in readers if counts(s)], default=0)

        if members and all(truth is True for truth, _ in members):
            low, high = zip(*(self.span(number) for _, number in members), strict=True)
            self._spans[extreme] = (pick(low) * denominator, pick(high) * denominator)
        return one(extreme, denominator)

    def _choice(self, node: ex.Choose, env: Env) -> Number:
        test = self.truth(node.test, env)
        if isinstance(test, bool):
            return self.number(node.yes if test else node.no, env)
        yes, no = self.number(node.yes, env), self.number(node.no, env)
        denominator = lcm(yes.denominator, no.denominator)
        if_yes, if_no = yes.scaled(denominator), no.scaled(denominator)

        def chosen(s: Snapshot) -> int:
            return if_yes(s) if test(s) else if_no(s)

        low, high = zip(self.span(yes), self.span(no), strict=True)
        self._spans[chosen] = (min(low) * denominator, max(high) * denominator)
        return one(chosen, denominator)

    # -- truths --------------------------------------------------------------------------------

    def _members(self, node: ex.Aggregate, env: Env) -> list[tuple[Truth, dict[str, str]]]:
        """The bindings an aggregate runs over, each with the truth that makes it count."""
        found = []
        for thing in self.book.sets[node.set]:
            inside = {**env, node.slot: thing}
            truth = self.member_condition(node.set, node.condition, inside, node.slot)
            if truth is not False:
                found.append((truth, inside))
        return found

    def member_condition(self, group: str, condition: ex.Expression | None, env: Env, slot: str) -> Truth:
        """What must hold for a thing of a set to count: the text's own condition and the set's."""
        tests = [] if condition is None else [self.truth(condition, env)]
        if False not in tests and group in self.book.set_conditions:
            tests.append(self.test(self.book.set_conditions[group], {"it": env[slot]}))
        return conjunction(tests)

    def _truth(self, node: ex.Expression, env: Env) -> Truth:
        match node:
            case ex.Same() | ex.Member() | ex.Related():
                return bool(self.binding.known(node, env))
            case ex.Not():
                return negation(self.truth(node.part, env))
            case ex.All():
                return conjunction(self.truth(part, env) for part in node.parts)
            case ex.Any():
                return negation(conjunction(negation(self.truth(part, env)) for part in node.parts))
            case ex.Compare():
                return self._compared(node, env)
            case ex.Happened():
                return self._happened(node, env)
            case ex.Aggregate():
                return self._quantified(node, env)
        raise TypeError(f"a {type(node).__name__} is not a truth")

    def _compared(self, node: ex.Compare, env: Env) -> Truth:
        left, right = self.number(node.left, env), self.number(node.right, env)
        scale = lcm(left.denominator, right.denominator)
        compare, first = COMPARISONS[node.op], left.scaled(scale)
        if right.parts:
            second = right.scaled(scale)
            return lambda s: compare(first(s), second(s))
        constant = int(right.constant * scale)
        return (lambda s: compare(first(s), constant)) if left.parts else compare(int(left.constant * scale), constant)

    def _happened(self, node: ex.Happened, env: Env) -> Truth:
        wanted = [node.event, *(None if isinstance(a, ex.Anything) else self.binding.thing(a, env) for a in node.args)]
        rows = [row for (name, things), row in self.layout.index.items() if name == "last" and _fits(wanted, things)]
        if not rows:
            return False
        if node.months is None:
            return lambda s: any(s[row] > 0 for row in rows)
        limit, months = node.months, self.months
        return lambda s: any(s[row] > 0 and (s[TURN] - s[row]) * months <= limit for row in rows)

    def _quantified(self, node: ex.Aggregate, env: Env) -> Truth:
        counterexample = node.kind == "all"  # all: none may fail; any: not all may fail
        tests = []
        for truth, inside in self._members(node, env):
            body = self.truth(node.body, inside)
            tests.append(negation(conjunction([truth, negation(body) if counterexample else body])))
        none = conjunction(tests)
        result = none if counterexample else negation(none)
        return self._once(result) if callable(result) else result


def _fits(wanted: Sequence[str | None], things: Things) -> bool:
    """Whether things are those wanted, None standing for any."""
    return len(wanted) == len(things) and all(w in (None, t) for w, t in zip(wanted, things, strict=True))


# -- chance ----------------------------------------------------------------------------------------

LOW32, LOW64 = 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF
CERTAIN = 1 << 24


def threshold(odds: Fraction, months: int = 3) -> int:
    """The number below which a draw means yes. Odds a quarter become odds a month by their cube root."""
    if months == 1:
        with localcontext() as context:
            context.prec = 60
            stays = Decimal((1 - odds).numerator) / Decimal((1 - odds).denominator)
            odds = 1 - Fraction(stays ** (Decimal(1) / 3)) if stays else Fraction(1)
    return whole(odds * CERTAIN)


def instance_words(rule: str, things: Things) -> tuple[int, int]:
    digest = blake2b(f"{rule}|{'.'.join(things)}".encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


def turn_words(luck: int, turn: int) -> tuple[int, int]:
    z = (luck + (2 * turn + 1) * 0x9E3779B97F4A7C15) & LOW64
    z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & LOW64
    z = ((z ^ z >> 27) * 0x94D049BB133111EB) & LOW64
    z ^= z >> 31
    return z & LOW32, z >> 32


def draw(instance: tuple[int, int], turn: tuple[int, int]) -> int:
    x = ((instance[0] ^ turn[0]) * 0x85EBCA6B) & LOW32
    x ^= x >> 15
    x = ((x ^ instance[1]) + turn[1]) & LOW32
    x = (x * 0xC2B2AE35) & LOW32
    x ^= x >> 16
    return x >> 8


# -- what templates become ---------------------------------------------------------------------------

Test = Callable[[Snapshot], bool]


@dataclass(frozen=True)
class Change:
    """One effect on one row.

    rank: priority, template, effect, binding; of several assignments to a row the lowest has its way.
    ages: the turns after its order in which it applies. constant: what it always adds, else None.
    """

    rank: tuple[int, ...]
    row: int
    assigns: bool
    full: Reader
    half: Reader
    condition: Truth
    ages: range
    constant: int | None


@dataclass(frozen=True)
class Instance:
    """A rule or an event bound to things. last: an event's row of that name; seat, card: who must answer."""

    words: tuple[int, int]
    tests: tuple[Test, ...]
    below: Callable[[Snapshot], int] | None
    changes: tuple[Change, ...]
    template: Template
    last: int | None
    seat: int | None
    card: int


@dataclass(frozen=True)
class Order:
    """An order of the catalogue. choice: its place among its event's; card: that card as `card[seat]` shows it."""

    sort: tuple[int, ...]
    text: str
    seat: int
    cost: int
    template: Template
    env: Env
    free: bool
    halves: bool
    exclusion: tuple[str, ...] | None
    choice: int | None = None
    card: int = 0


class Oracle:
    """The rules of one book.

    rows: names of the rows. orders: text forms of the catalogue. The orders of a turn are a list of
    catalogue indices for each seat.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self.months: int = book.scenario.turn_months
        self.seats = [seat.id for seat in book.seats]
        self.binding = Binding(book)
        self.bindings = {t.id: self.binding.of(t) for t in (*book.actions, *book.events, *book.rules)}
        self.cards = [
            (event.id, things) for event in book.events if event.choices for things in self.bindings[event.id]
        ]
        self.catalogue = sorted((*self._action_orders(), *self._answers()), key=lambda order: order.sort)
        fired = [(event.id, *things) for event in book.events for things in self.bindings[event.id]]
        self.layout = Layout(book, fired)
        found: dict[str, dict[Things, int]] = {action.id: {} for action in book.rulebook.actions}
        for place, order in enumerate(self.catalogue):
            if order.choice is None:
                found[order.template.id][tuple(order.env.values())] = place
        self.expressions = Expressions(self.binding, self.layout, found)
        self.limits = [self.expressions.number(seat.orders, {}) for seat in book.seats]
        most = max(self.expressions.span(limit)[1] for limit in self.limits)
        self.slot_places = int(min(max(most, 0), MOST_SLOTS))
        self.layout.add_memory(self.seats, self._ages(), self.slot_places + 1)
        self.rows, self.orders = self.layout.names, [order.text for order in self.catalogue]
        self.purse, self.card, self.government, self.score = (
            [self.layout.index[name, (seat,)] for seat in self.seats]
            for name in ("purse", "card", "government", "score")
        )
        self.tests = [self._order_tests(order) for order in self.catalogue]
        self.changes = [self._order_changes(order) for order in self.catalogue]
        self.active = [self._test(seat.active) for seat in book.seats]
        self.phases = self._phases()
        self.scheduled = self._scheduled()
        self.goals = [
            self.expressions.number(g.amount, {}).times(Fraction(g.weight)).rounded(100) for g in book.objectives
        ]
        self.goal_rows = [self.layout.index["objective", (f"{goal.seat}.{goal.id}",)] for goal in book.objectives]
        self.scores = [self._score(seat).rounded(100) for seat in self.seats]
        self.endings = [(self._test(ending.when), ending.stops) for ending in book.endings]
        self.passing = [self.layout.index[m.id, t] for m in self._models("lasts", "turn") for t in book.start[m.id]]
        self.estimates = [
            (self.layout.index[f"estimate_{model.id}", things], self.layout.index[model.id, things])
            for model in self._models("visible", "estimate")
            for things in book.start[model.id]
        ]
        self.governments: dict[str | None, list[list[Government]]] = {}

    # -- binding the book ------------------------------------------------------------------------

    def _models(self, field: str, value: str) -> list[QuantityModel]:
        return [model for model in self.book.rulebook.quantities if getattr(model, field) == value]

    def _ages(self) -> int:
        """How many turns the memory must reach back."""
        book = self.book
        months = [REPEAT_MONTHS, *(node.months or 0 for node in walk(book) if isinstance(node, ex.Ordered))]
        running = [(effect, action.runs) for action in book.actions for effect in action.effects]
        running += [(effect, 0) for event in book.events for choice in event.choices for effect in choice.effects]
        return max(max(months) // self.months, *(self._ages_of(effect, runs).stop - 1 for effect, runs in running))

    def _ages_of(self, effect: ReadEffect, runs: int) -> range:
        """The turns after an order in which one of its effects applies."""
        first = effect.change.after // self.months
        return range(first, first + (max(1, ceil(runs / self.months)) if effect.change.per_quarter else 1))

    def _action_orders(self) -> Iterator[Order]:
        for place, action in enumerate(self.book.actions):
            for number, things in enumerate(self.bindings[action.id]):
                env = dict(zip(action.slots, things, strict=True))
                seat, exclusion = self.seats.index(things[0]), None
                if action.exclusive is not None:
                    group, per = action.exclusive
                    exclusion = (things[0], group, *(env[slot] for slot in per))
                sort = (seat, 2 if action.free else 0, action.cost, place, number)
                text = ".".join((things[0], action.id, *things[1:]))
                yield Order(sort, text, seat, action.cost, action, env, action.free, action.halves, exclusion)

    def _answers(self) -> Iterator[Order]:
        """The choices of cards."""
        for place, event in enumerate(self.book.events, len(self.book.actions)):
            for number, things in enumerate(self.bindings[event.id] if event.choices else ()):
                env, seat = dict(zip(event.slots, things, strict=True)), self._decider(event, things)
                card = self.cards.index((event.id, things)) + 1
                for answer, choice in enumerate(event.choices):
                    sort = (seat, 1, choice.cost, place, number, answer)
                    text = ".".join((self.seats[seat], "respond", event.id, *things, choice.id))
                    exclusion = ("respond", event.id, *things)
                    yield Order(sort, text, seat, choice.cost, event, env, True, False, exclusion, answer, card)

    def _decider(self, event: Template, things: Things) -> int:
        assert event.decided_by is not None
        return self.seats.index(self.binding.thing(event.decided_by, dict(zip(event.slots, things, strict=True))))

    def _test(self, node: ex.Expression | None, env: Env | None = None) -> Test:
        return as_reader(True if node is None else self.expressions.test(node, env or {}))

    def _tests(self, tests: Iterable[ReadTest], env: Env) -> tuple[Test, ...]:
        """What must hold, without what is known to; what is known not to hold alone."""
        truths = [self.expressions.test(test.truth, env) for test in tests]
        if False in truths:
            return (lambda s: False,)
        return tuple(truth for truth in truths if callable(truth))

    def _order_tests(self, order: Order) -> tuple[Test, ...]:
        source = order.template if order.choice is None else order.template.choices[order.choice]
        return self._tests(source.tests, order.env)

    def _order_changes(self, order: Order) -> list[Change]:
        source = order.template if order.choice is None else order.template.choices[order.choice]
        _, _, _, place, *number = order.sort
        return list(self._changes(source.effects, order.env, (0, place), number, order.template.runs))

    def _changes(
        self, effects: Iterable[ReadEffect], env: Env, before: Iterable[int], after: Iterable[int], runs: int = 0
    ) -> Iterator[Change]:
        """Effects bound to things: one change each, or one for each thing that it spreads over."""
        for place, effect in enumerate(effects):
            change = effect.change
            factor = Fraction(self.months, 3) if change.per_quarter else Fraction(1)
            for number, (bound, condition) in enumerate(self._spread(change, env)):
                row = self.layout.row(change.quantity, self.binding.things(change.args, bound))
                if row is None:
                    raise KeyError(f"there is no {change.quantity} to change")
                amount = self.expressions.number(change.amount, bound).times(-factor if change.op == "-=" else factor)
                scale, adds = self.layout.scales[row], change.op != "="
                full = amount.rounded(scale)
                half = amount.times(Fraction(1, 2)).rounded(scale) if adds else full
                constant = whole(amount.constant * scale) if adds and condition is True and not amount.parts else None
                rank = (*before, place, *after, number)
                yield Change(rank, row, not adds, full, half, condition, self._ages_of(effect, runs), constant)

    def _spread(self, change: ex.Assignment, env: Env) -> Iterator[tuple[Env, Truth]]:
        if change.spread is None:
            yield env, True
            return
        slot, group, condition = change.spread
        for thing in self.book.sets[group]:
            bound = {**env, slot: thing}
            truth = self.expressions.member_condition(group, condition, bound, slot)
            if truth is not False:
                yield bound, truth

    def _phases(self) -> dict[str, list[Instance]]:
        phases: dict[str, list[Instance]] = {phase: [] for phase in PHASES}
        for place, template in enumerate((*self.book.events, *self.book.rules)):
            for number, things in enumerate(self.bindings[template.id]):
                env = dict(zip(template.slots, things, strict=True))
                changes = self._changes(template.effects, env, (-template.priority, place), (number,))
                asks = (template.id, things) in self.cards
                instance = Instance(
                    instance_words(template.id, things),
                    self._tests(template.tests, env),
                    self._chance(template, env),
                    tuple(changes),
                    template,
                    self.layout.index["last", (template.id, *things)] if template.kind == "event" else None,
                    self._decider(template, things) if asks else None,
                    self.cards.index((template.id, things)) + 1 if asks else 0,
                )
                phases[template.phase].append(instance)
        return phases

    def _chance(self, template: Template, env: Env) -> Callable[[Snapshot], int] | None:
        """The number below which the draw of an instance means yes; None: no draw."""
        if template.chance is not None:
            certain = threshold(Fraction(template.chance, 1000))
            return lambda s: certain
        if template.odds is None:
            return None
        rung = self.expressions.number(template.odds, env).rounded(1)
        ladder = [threshold(Fraction(odds, 1000), self.months) for odds in ODDS_LADDER]
        return lambda s: ladder[min(max(rung(s), 0), len(ladder) - 1)]

    def _scheduled(self) -> list[tuple[int, Change]]:
        """Scheduled effects with their months. They rank with rules of priority 5, after them."""
        return [
            (event.month, change)
            for place, event in enumerate(self.book.scheduled, len(self.book.events) + len(self.book.rules))
            for change in self._changes(event.effects, {}, (-5, place), ())
        ]

    def _score(self, seat: str) -> Number:
        goals = [goal for goal in self.book.objectives if goal.seat == seat]
        total = Number({})
        for goal in goals:
            total = total.plus(self.expressions.read("objective", (f"{seat}.{goal.id}",)))
        factor = self.book.score_factor
        return (
            total
            if factor is None
            else self.expressions.product(total, self.expressions.number(factor, {"actor": seat}))
        )

    # -- a game ----------------------------------------------------------------------------------

    def start(self, luck: int) -> Game:
        """A new game."""
        rows = list(self.layout.first)
        rows[TURN], rows[DATE] = 1, month_index(self.book.scenario.start_date)
        for seat, model in enumerate(self.book.seats):
            rows[self.purse[seat]] = model.start
            ruling = [doctrine.id for doctrine in self.book.doctrines if doctrine.seat == model.id]
            chosen = self.book.scenario.governments.get(model.id)
            rows[self.government[seat]] = ruling.index(chosen) if chosen in ruling else 0
        self._estimate(rows)
        return Game(self._changed(Snapshot(rows, self.layout), self._due(rows)), luck)

    def _changed(
        self, s: Snapshot, changes: Iterable[tuple[Change, int, int]], costs: Mapping[int, int] | None = None
    ) -> list[int]:
        """The rows after a phase: (assigned value, else value) + additions, within bounds.

        changes: each with its age (of two assignments the younger has its way) and 1 where it has half effect.
        """
        assigned: dict[int, tuple[int, tuple[int, ...], int]] = {}
        added = Counter(costs or {})
        for change, age, half in changes:
            if change.condition is True or change.condition(s):  # type: ignore[operator]
                amount = change.half(s) if half else change.full(s)
                if change.assigns:
                    mine = (age, change.rank, amount)
                    assigned[change.row] = min(mine, assigned.get(change.row, mine))
                else:
                    added[change.row] += amount
        rows = list(s)
        for row in {*assigned, *added}:
            value = assigned[row][2] if row in assigned else s[row]
            rows[row] = self.layout.bounded(row, int(value + added[row]))
        return rows

    def _due(self, rows: Sequence[int]) -> list[tuple[Change, int, int]]:
        """The scheduled effects whose date lies in the turn that opens."""
        date = rows[DATE]
        return [(change, 0, 0) for month, change in self.scheduled if date <= month < date + self.months]

    def _estimate(self, rows: list[int]) -> None:
        """Bring the estimates up to date, in place."""
        for estimate, row in self.estimates:
            step = ESTIMATE_STEP if self.layout.scales[row] == 100 else 1
            rows[estimate] = nearest(rows[row], step) * step

    # -- what may be ordered, and what governments order -------------------------------------------

    def legal(self, game: Game) -> list[bool]:
        """For each order whether it is legal on its own: seat active, tests hold, card pending."""
        return self._legal(Snapshot(game.rows, self.layout))

    def _legal(self, s: Snapshot) -> list[bool]:
        there = [not s[ENDING] and bool(active(s)) for active in self.active]
        pending = [s[row] for row in self.card]
        return [
            there[order.seat] and order.card in (0, pending[order.seat]) and holds(tests, s)
            for order, tests in zip(self.catalogue, self.tests, strict=True)
        ]

    def slots(self, game: Game) -> list[int]:
        """How many slot orders each seat may give."""
        return [self._slots(Snapshot(game.rows, self.layout), seat) for seat in range(len(self.seats))]

    def _slots(self, s: Snapshot, seat: int) -> int:
        limit = self.limits[seat]
        return min(max(limit.scaled(limit.denominator)(s) // limit.denominator, 0), self.slot_places)

    def _ruling(self, s: Snapshot, seat: int, population: str | None) -> Government:
        if population not in self.governments:
            doctrines = self.book.doctrines if population is None else self.book.populations[population]
            idle = Doctrine("", None, (), (), (), 0)
            self.governments[population] = [
                [Government(self, place, d) for d in doctrines if d.seat == name] or [Government(self, place, idle)]
                for place, name in enumerate(self.seats)
            ]
        ruling = self.governments[population][seat]
        return ruling[min(s[self.government[seat]], len(ruling) - 1)]

    def worth(self, game: Game, population: str | None = None) -> list[int | None]:
        """What each order is worth to the government of its seat, in hundredths; None under a red line."""
        s = Snapshot(game.rows, self.layout)
        ruling = [self._ruling(s, seat, population) for seat in range(len(self.seats))]
        return [ruling[order.seat].worth(place, s) for place, order in enumerate(self.catalogue)]

    def doctrine(self, game: Game, population: str | None = None) -> list[list[int]]:
        """The orders that each seat's government gives."""
        s = Snapshot(game.rows, self.layout)
        legal: list[list[int]] = [[] for _ in self.seats]
        for place, allowed in enumerate(self._legal(s)):
            if allowed:
                legal[self.catalogue[place].seat].append(place)
        return [self._chosen(s, seat, orders, population) for seat, orders in enumerate(legal)]

    def _chosen(self, s: Snapshot, seat: int, legal: Sequence[int], population: str | None) -> list[int]:
        """The card's answer, then slot orders, then free orders, the worthiest first.

        Worths do not change while a seat chooses, so each round's best is the next in order that still fits.
        """
        ruling = self._ruling(s, seat, population)
        worths = {place: worth for place in legal if (worth := ruling.worth(place, s)) is not None}
        ranked = sorted(worths, key=lambda place: (-worths[place], place))
        answers = [place for place in ranked if self.catalogue[place].card]
        wanted = [place for place in ranked if worths[place] > 0 and not self.catalogue[place].card]
        purse, chosen = s[self.purse[seat]], list[int]()
        shut: set[tuple[str, ...]] = set()
        for places, most in (
            (answers, 1),
            ([place for place in wanted if not self.catalogue[place].free], self._slots(s, seat)),
            ([place for place in wanted if self.catalogue[place].free], FREE_PLACES - 1),
        ):
            for place in places:
                order = self.catalogue[place]
                if most and order.cost <= purse and order.exclusion not in shut:
                    chosen.append(place)
                    most, purse = most - 1, purse - order.cost
                    if order.exclusion is not None:
                        shut.add(order.exclusion)
        return chosen

    # -- a turn ----------------------------------------------------------------------------------

    def advance(self, game: Game, orders: Sequence[Sequence[int]]) -> Game:
        """The game one turn later. A game that has ended stays as it is."""
        rows, luck = game
        if rows[ENDING]:
            return game
        chances = turn_words(luck, rows[TURN])
        given = [self._with_default(rows, seat, own) for seat, own in enumerate(orders)]
        counts = Counter(place for own in given for place in own)
        start = Snapshot(rows, self.layout, counts)
        recent = start.remembered(REPEAT_MONTHS // self.months)
        halved = {place: int(self.catalogue[place].halves and recent[place] > 0) for place in counts}
        rows = self._order_phase(start, given, halved)
        for phase in ("vote", "decide", "talk", "deed", "drift"):
            s = Snapshot(rows, self.layout, counts)
            rows = self._changed(s, self._fired(phase, s, chances))
        rows = self._event_phase(Snapshot(rows, self.layout, counts), chances)
        rows = self._measure_phase(Snapshot(rows, self.layout, counts), chances)
        s = Snapshot(rows, self.layout, counts)
        for row, score in zip(self.score, self.scores, strict=True):
            rows[row] = self.layout.bounded(row, score(s))
        rows[ENDING] = self._ending(Snapshot(rows, self.layout, counts))
        if not rows[ENDING]:
            rows = self._calendar_phase(rows, given, halved, chances)
        return Game(rows, luck)

    def _with_default(self, rows: Sequence[int], seat: int, orders: Sequence[int]) -> list[int]:
        """A seat's orders; a pending card that got no answer gets the default."""
        given, pending = list(orders), rows[self.card[seat]]
        if pending and not any(self.catalogue[place].card == pending for place in given):
            for place, order in enumerate(self.catalogue):
                if order.card == pending and order.template.choices[order.choice or 0].default:
                    given.append(place)
        return given

    def _order_phase(self, s: Snapshot, given: Sequence[Sequence[int]], halved: Mapping[int, int]) -> list[int]:
        costs = {
            self.purse[seat]: -sum(self.catalogue[place].cost for place in places) for seat, places in enumerate(given)
        }
        running = [(place, 0, halved[place]) for places in given for place in places]
        running += self.layout.remembered(s, self.layout.ages)
        changes = ((c, age, half) for place, age, half in running for c in self.changes[place] if age in c.ages)
        return self._changed(s, changes, costs)

    def _fired(self, phase: str, s: Snapshot, chances: tuple[int, int]) -> Iterator[tuple[Change, int, int]]:
        """The changes of a phase's rules that take effect."""
        for instance in self.phases[phase]:
            if instance.last is None and happens(instance, s, chances):
                for change in instance.changes:
                    yield change, 0, 0

    def _event_phase(self, s: Snapshot, chances: tuple[int, int]) -> list[int]:
        active = [bool(test(s)) for test in self.active]
        firing: list[Instance] = []
        asking: dict[int, list[tuple[int, int, int, Instance]]] = {}
        for event in self.phases["events"]:
            if event.last is None or not self._may_fire(event, s, active) or not happens(event, s, chances):
                continue
            if event.seat is None:
                firing.append(event)
            else:
                rank = (-event.template.priority, draw(event.words, chances), event.card)
                asking.setdefault(event.seat, []).append((*rank, event))
        dealt = {seat: min(cards)[3] for seat, cards in asking.items()}
        firing += dealt.values()
        changes = [(change, 0, 0) for event in firing for change in event.changes]
        rows = self._changed(s, [*changes, *self._fired("events", s, chances)])
        for event in firing:
            rows[event.last or 0] = s[TURN]
        for seat, row in enumerate(self.card):
            rows[row] = dealt[seat].card if seat in dealt else 0
        return rows

    def _may_fire(self, event: Instance, s: Snapshot, active: Sequence[bool]) -> bool:
        """Not spent, not cooling down, in its turn, and the seat that must answer is there."""
        last, template = s[event.last or 0], event.template
        return (
            not (last and (template.once or s[TURN] - last < ceil(template.cooldown / self.months)))
            and (template.date is None or s[DATE] <= template.date < s[DATE] + self.months)
            and (event.seat is None or active[event.seat])
        )

    def _measure_phase(self, s: Snapshot, chances: tuple[int, int]) -> list[int]:
        rows = self._changed(s, self._fired("measure", s, chances))
        for goal, row, value in zip(self.book.objectives, self.goal_rows, self.goals, strict=True):
            worth = value(s)
            if goal.counts == "ever":
                worth = max(worth, s[row])
            elif goal.counts == "each":
                worth += s[row]
            rows[row] = self.layout.bounded(row, worth)
        return rows

    def _ending(self, s: Snapshot) -> int:
        """1 + the index of the ending that holds, 0 while the game goes on."""
        last = s[TURN] >= self.book.scenario.turns
        for number, (test, stops) in enumerate(self.endings, 1):
            if (stops or last) and test(s):
                return number
        return len(self.endings) if last else 0

    def _calendar_phase(
        self, rows: list[int], given: Sequence[Sequence[int]], halved: Mapping[int, int], chances: tuple[int, int]
    ) -> list[int]:
        """Open the next turn."""
        rows[TURN] += 1
        rows[DATE] += self.months
        for row in self.passing:
            rows[row] = self.layout.first[row]
        self._estimate(rows)
        for seat, places in enumerate(given):
            kept = [1 + 2 * place + halved[place] for place in places if not self.catalogue[place].free]
            answers = [1 + 2 * place for place in places if self.catalogue[place].card] or [0]
            blank = [0] * (self.slot_places - len(kept))
            first, end, width = self.layout.latest(seat), self.layout.latest(seat + 1), self.layout.width
            rows[first:end] = [*kept, *blank, *answers, *rows[first : end - width]]
        s = Snapshot(rows, self.layout)
        return self._changed(s, [*self._due(rows), *self._fired("calendar", s, chances)])


def holds(tests: Iterable[Test], s: Snapshot) -> bool:
    for test in tests:  # noqa: SIM110 - a generator is slower
        if not test(s):
            return False
    return True


def happens(instance: Instance, s: Snapshot, chances: tuple[int, int]) -> bool:
    """Whether an instance's tests hold and its draw succeeds."""
    return holds(instance.tests, s) and (instance.below is None or draw(instance.words, chances) < instance.below(s))


class Government:
    """What the orders of a seat are worth to one doctrine."""

    def __init__(self, oracle: Oracle, seat: int, doctrine: Doctrine) -> None:
        self.oracle, self.doctrine = oracle, doctrine
        self.fixed: dict[int, int] = {}
        self.rules: dict[int, list[tuple[Test, Reader]]] = {}
        self.never: dict[int, list[Test]] = {}
        for place, order in enumerate(oracle.catalogue):
            if order.seat != seat:
                continue
            effects = sum(self._weighed(change) for change in oracle.changes[place] if 0 in change.ages)
            self.fixed[place] = effects - 100 * doctrine.thrift * order.cost
            number = oracle.expressions.number
            self.rules[place] = [
                (oracle._test(rule.when, order.env), number(rule.worth, order.env).rounded(100))
                for rule in self._about(doctrine.rules, order)
                if rule.worth is not None
            ]
            self.never[place] = [oracle._test(line.when, order.env) for line in self._about(doctrine.never, order)]

    def _about(self, rules: Iterable[WorthRule], order: Order) -> list[WorthRule]:
        """The rules that are about an order, or about an answer."""
        choice = None if order.choice is None else order.template.choices[order.choice].id
        about = (order.template.id, choice)
        return [rule for rule in rules if (rule.order, rule.choice) == about and rule.bind.items() <= order.env.items()]

    def _weighed(self, change: Change) -> int:
        """The worth of a constant effect, in hundredths: all matching weights added up. What is paid has none."""
        layout, row = self.oracle.layout, change.row
        quantity, things = layout.places[row]
        if change.constant is None or quantity == "purse":
            return 0
        ways = [things, things[::-1]] if quantity in layout.symmetric else [things]
        weight = sum(w for name, args, w in self.doctrine.weights if name == quantity and self._fits(args, ways))
        return weight * change.constant * (100 // layout.scales[row])

    def _fits(self, args: Sequence[str], ways: Iterable[Things]) -> bool:
        """Whether a weight's arguments (`actor`, `any`, a thing or a set) stand for these things."""
        sets, actor = self.oracle.book.sets, self.doctrine.seat
        return any(
            all(
                arg == "any" or thing == (actor if arg == "actor" else arg) or thing in sets.get(arg, ())
                for arg, thing in zip(args, things, strict=True)
            )
            for things in ways
        )

    def worth(self, order: int, s: Snapshot) -> int | None:
        """In hundredths; None under a red line."""
        if any(line(s) for line in self.never[order]):
            return None
        return self.fixed[order] + sum(worth(s) for when, worth in self.rules[order] if when(s))
