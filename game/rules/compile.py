"""From the expressions of a book to array nodes.

An expression over slots becomes a node over the distinct values of the slots it uses; where slots meet
it is expanded. A number is a sum of (rational, node) plus a constant (`Sum`), turned to integers only when
it is compared, rounded, multiplied or stored, so it stays exact until then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor, lcm

from game.rules import nodes as nd
from game.rules.binding import Known
from game.rules.interned import NodeTable
from game.rules.layout import Layout, rounded
from game.rules.terms import Domain, Environment, Placed, Sum, Truth
from game.scenario import expression as ex
from game.scenario.book import Book, rename


class CompileFault(ValueError):
    """An expression cannot be computed, e.g. it reads a quantity that a thing does not have."""


Alias = Mapping[str, ex.Argument]


class Compiler(NodeTable):
    """Compiles expressions of one book against one layout.

    orders(action, args, wildcard places …) finds catalogue indices; it is set once the catalogue is known.
    """

    def __init__(self, book: Book, layout: Layout, turn_months: int) -> None:
        super().__init__(layout)
        self.book, self.turn_months = book, turn_months
        self.find_orders: Callable[[str, tuple[str | None, ...]], list[int]] | None = None
        self._fresh = 0

    # -- domains ---------------------------------------------------------------------------------

    def at(self, placed: Placed, env: Environment, domain: Domain) -> nd.Node:
        """The node expanded to a larger domain (a node without slots just broadcasts)."""
        if placed.domain == domain or not placed.domain:
            return placed.node
        return self.expand(placed.node, env.index(placed.domain, domain))

    def meet(self, parts: Sequence[Placed], env: Environment) -> tuple[list[nd.Node], Domain]:
        domain = env.order({name for part in parts for name in part.domain})
        return [self.at(part, env, domain) for part in parts], domain

    # -- numbers ---------------------------------------------------------------------------------

    def whole(self, number: Sum, env: Environment, factor: int | None = None) -> tuple[Placed, int]:
        """A sum as one integer node and the divisor that makes it exact: number = node / divisor.

        Terms over the same slots are added up before they are expanded.
        """
        divisor = factor or number.denominator
        groups: dict[Domain, list[tuple[int, nd.Node]]] = {}
        for f, placed in number.terms:
            groups.setdefault(placed.domain, []).append((f.numerator * divisor // f.denominator, placed.node))
        constant = number.constant.numerator * divisor // number.constant.denominator
        domain = env.order(number.slots())
        if not groups:
            return Placed(self.static([constant]), ()), divisor
        if len(groups) == 1:
            (only,) = groups
            return Placed(self.total(groups[only], constant), only), divisor
        parts = []
        for own, terms in groups.items():
            factors = {f for f, _ in terms}
            if len(terms) == 1:
                parts.append((terms[0][0], self.at(Placed(terms[0][1], own), env, domain)))
            else:
                shared = 1 if len(factors) > 1 or len(terms) > 1 else factors.pop()
                parts.append((shared, self.at(Placed(self.total(terms, 0), own), env, domain)))
        return Placed(self.total(parts, constant), domain), divisor

    def hundredths(self, number: Sum, env: Environment) -> Placed:
        """A number rounded to hundredths, as raw hundredths."""
        placed, divisor = self.whole(number.times(Fraction(100)), env)
        return Placed(self.rounded(placed.node, divisor), placed.domain)

    def stored(self, number: Sum, env: Environment, scale: int) -> Placed:
        """A number rounded once to the unit of a row."""
        if not number.terms:
            return Placed(self.static([rounded(number.constant * scale)]), ())
        placed, divisor = self.whole(number.times(Fraction(scale)), env)
        return Placed(self.rounded(placed.node, divisor), placed.domain)

    def multiply(self, left: Sum, right: Sum, env: Environment) -> Sum:
        if not left.terms:
            return right.times(left.constant)
        if not right.terms:
            return left.times(right.constant)
        if not left.whole and not right.whole:
            left = Sum(((Fraction(1, 100), self.hundredths(left, env)),))
            right = Sum(((Fraction(1, 100), self.hundredths(right, env)),))
        result = left.times(right.constant).plus(Sum(right.times(left.constant).terms))
        for f, first in left.terms:
            for g, second in right.terms:
                (a, b), domain = self.meet([first, second], env)
                result = result.plus(Sum(((f * g, Placed(self.product(a, b), domain)),)))
        return result

    def number(self, node: ex.Expression, env: Environment, alias: Alias) -> Sum:
        """Compile to a sum. A truth counts as 0 or 1."""
        match node:
            case ex.Number():
                return Sum((), node.value)
            case ex.Read():
                return self._read(node, env, alias)
            case ex.Derived():
                return self._derived(node, env, alias)
            case ex.Ordered():
                placed = self._ordered(node, env, alias)
                return Sum(((Fraction(1), placed),)) if placed else Sum()
            case ex.Add():
                total = Sum()
                for part in node.parts:
                    total = total.plus(self.number(part, env, alias))
                return total
            case ex.Multiply():
                return self.multiply(self.number(node.left, env, alias), self.number(node.right, env, alias), env)
            case ex.Divide():
                return self._divide(node, env, alias)
            case ex.Extreme():
                return self.extreme(node.kind, [self.number(p, env, alias) for p in node.parts], env)
            case ex.Absolute():
                placed, divisor = self.whole(self.number(node.part, env, alias), env)
                made = self.intern(("abs", placed.node.id), lambda: nd.Magnitude(placed.node))
                return Sum(((Fraction(1, divisor), Placed(made, placed.domain)),))
            case ex.Choose():
                return self._choose(node, env, alias)
            case ex.Aggregate() if node.kind in ("sum", "count", "min", "max"):
                return self._aggregate(node, env, alias)
            case _:
                truth = self.truth(node, env, alias)
                if isinstance(truth, bool):
                    return Sum((), Fraction(int(truth)))
                return Sum(((Fraction(1), truth),))

    def _arguments(self, args: tuple[ex.Argument, ...], alias: Alias) -> tuple[ex.Argument, ...]:
        return tuple(alias.get(a.name, a) if isinstance(a, ex.Slot) else a for a in args)

    def _per_value(
        self, args: tuple[ex.Argument, ...], env: Environment
    ) -> tuple[Domain, list[tuple[str | None, ...]]]:
        """The domain of some arguments and the things they stand for at each of its values."""
        domain = env.order({a.name for a in args if isinstance(a, ex.Slot)})
        values = env.domain(domain)
        names = tuple(a.name for a in args if isinstance(a, ex.Slot))
        if names == domain and len(names) == len(args):
            return domain, list[tuple[str | None, ...]](values)
        # Things that are named outright stand behind the values, nothing (any thing) last of all.
        tail = (*(a.id for a in args if isinstance(a, ex.Thing)), None)
        things = iter(range(len(domain), len(domain) + len(tail)))
        places = [
            domain.index(a.name) if isinstance(a, ex.Slot) else next(things) if isinstance(a, ex.Thing) else -1
            for a in args
        ]
        longer = [(*value, *tail) for value in values]
        return domain, [tuple([value[place] for place in places]) for value in longer]

    def _read(self, node: ex.Read, env: Environment, alias: Alias) -> Sum:
        domain, values = self._per_value(self._arguments(node.args, alias), env)
        quantity = self.layout.quantities[node.quantity]
        if not values:
            return Sum()
        rows: list[int] = []
        fill: list[tuple[int, int]] = []
        table = self.layout.table(node.quantity)
        for place, things in enumerate(values):
            row = table.get(things)
            if row is None:
                if quantity.elsewhere is None:
                    name = f"{node.quantity}[{', '.join(map(str, things))}]"
                    raise CompileFault(
                        f"there is no {name}; declare 'elsewhere' or choose the slots' sets so that there is"
                    )
                fill.append((place, quantity.elsewhere * quantity.scale))
                row = 0
            rows.append(row)
        placed = Placed(self.rows(rows, fill), domain)
        return Sum(((Fraction(1, quantity.scale), placed),))

    def _derived(self, node: ex.Derived, env: Environment, alias: Alias) -> Sum:
        define = self.book.defines[node.define]
        inner = dict(zip(define.slots, self._arguments(node.args, alias), strict=True))
        total = Sum()
        for term in define.terms:
            total = total.plus(self.term(term.when, term.amount, env, inner))
        return total

    def term(self, when: ex.Expression | None, amount: ex.Expression, env: Environment, alias: Alias) -> Sum:
        """One term of a define: its amount where its condition holds."""
        value = self.number(amount, env, alias)
        return value if when is None else self.multiply(self.number(when, env, alias), value, env)

    def _ordered(self, node: ex.Ordered, env: Environment, alias: Alias) -> Placed | None:
        assert self.find_orders is not None
        domain, values = self._per_value(self._arguments(node.args, alias), env)
        orders = [self.find_orders(node.action, things) for things in values]
        if not any(orders):
            return None
        ages = None if node.months is None else min(node.months // self.turn_months, nd.MAX_AGES)
        key = ("ordered", tuple(map(tuple, orders)), ages)
        return Placed(self.intern(key, lambda: nd.OrderCount(orders, ages)), domain)

    def _divide(self, node: ex.Divide, env: Environment, alias: Alias) -> Sum:
        left, right = self.number(node.left, env, alias), self.number(node.right, env, alias)
        if not right.terms:
            if right.constant == 0:
                raise CompileFault("division by zero")
            return left.times(1 / right.constant)
        parts = [self.whole(left, env), self.whole(right, env)]
        placed = [p for p, _ in parts]
        if node.otherwise is not None:
            placed.append(self.hundredths(self.number(node.otherwise, env, alias), env))
        met, domain = self.meet(placed, env)
        # left / L ÷ right / R = left × R ÷ (right × L): both divisors are whole constants.
        top, bottom = parts[1][1], parts[0][1]
        denominator = self.total([(bottom, met[1])], 0)
        other = met[2] if len(met) > 2 else None
        key = ("quotient", met[0].id, denominator.id, top, other.id if other else None)
        made = self.intern(key, lambda: nd.Quotient(met[0], denominator, 100 * top, other))
        return Sum(((Fraction(1, 100), Placed(made, domain)),))

    def extreme(self, kind: str, parts: Sequence[Sum], env: Environment) -> Sum:
        divisor = lcm(*(part.denominator for part in parts))
        met, domain = self.meet([self.whole(part, env, divisor)[0] for part in parts], env)
        key = (kind, tuple(n.id for n in met))
        made = self.intern(key, lambda: nd.Extremes("min" if kind == "min" else "max", met))
        return Sum(((Fraction(1, divisor), Placed(made, domain)),))

    def _choose(self, node: ex.Choose, env: Environment, alias: Alias) -> Sum:
        test = self.truth(node.test, env, alias)
        yes, no = self.number(node.yes, env, alias), self.number(node.no, env, alias)
        if isinstance(test, bool):
            return yes if test else no
        gap = yes.plus(no.times(Fraction(-1)))
        return no.plus(self._gate(test, gap, env))

    def _gate(self, test: Placed, number: Sum, env: Environment) -> Sum:
        """number where test holds, else 0; exact."""
        if not number.terms:
            return Sum(((number.constant, test),)) if number.constant else Sum()
        placed, divisor = self.whole(number, env)
        (a, b), domain = self.meet([test, placed], env)
        return Sum(((Fraction(1, divisor), Placed(self.product(a, b), domain)),))

    # -- aggregates ------------------------------------------------------------------------------

    def _inner(
        self, node: ex.Aggregate, env: Environment, alias: Alias
    ) -> tuple[Environment, Alias, list[int], Domain, Truth]:
        """The environment of an aggregate: outer slots it uses, its own slot, and the condition that is left."""
        self._fresh += 1
        name = f"{node.slot}#{self._fresh}"
        used = ex.free_slots(node)
        outer = env.order({a.name for n in used if isinstance(a := alias.get(n, ex.Slot(n)), ex.Slot)})
        inner_alias = {**alias, node.slot: ex.Slot(name)}
        tests = [] if node.condition is None else [node.condition]
        if node.set in self.book.set_conditions:
            self._fresh += 1
            it = f"it#{self._fresh}"
            inner_alias[it] = ex.Slot(name)
            tests.append(rename(self.book.set_conditions[node.set], "it", ex.Slot(it)))
        known = Known.all(self.book, tests, (*outer, name), inner_alias)
        table: list[tuple[str, ...]] = []
        groups: list[int] = []
        for group, value in enumerate(env.domain(outer)):
            for thing in self.book.sets[node.set]:
                things = (*value, thing)
                if all(part.value(things) is not False for part in known):
                    table.append(things)
                    groups.append(group)
        inner = Environment((*outer, name), table)
        condition: Truth = self.conjunction(tests, inner, inner_alias) if table else False
        return inner, inner_alias, groups, outer, condition

    def _fold(
        self, kind: str, inner: Environment, child: Placed, groups: list[int], outer: Domain, size: int
    ) -> Placed:
        full = self.at(child, inner, inner.slots) if child.domain else child.node
        if full.size == 1 and len(inner.table) > 1:
            full = self.intern(("expand", full.id, len(inner.table)), lambda: nd.Expand(full, [0] * len(inner.table)))
        key = ("fold", kind, full.id, tuple(groups), size)
        return Placed(self.intern(key, lambda: nd.Fold(kind, full, groups, size)), outer)

    def _aggregate(self, node: ex.Aggregate, env: Environment, alias: Alias) -> Sum:
        inner, names, groups, outer, condition = self._inner(node, env, alias)
        size = len(env.domain(outer))
        if condition is False or not inner.table:
            return Sum()
        if node.kind in ("sum", "count"):
            body = self.number(node.body, inner, names)
            if not isinstance(condition, bool):
                body = self.multiply(Sum(((Fraction(1), condition),)), body, inner)
            total = Sum()
            if body.constant:
                counts = [0] * size
                for group in groups:
                    counts[group] += 1
                placed = Placed(self.static(counts), outer)
                total = Sum(((body.constant, placed),)) if len(set(counts)) > 1 else Sum((), body.constant * counts[0])
            for factor, child in body.terms:
                total = total.plus(Sum(((factor, self._fold("sum", inner, child, groups, outer, size)),)))
            return total
        placed, divisor = self.whole(self.number(node.body, inner, names), inner)
        if not isinstance(condition, bool):
            # Where the condition fails the element must not win: it gets a value beyond every other.
            beyond = placed.node.high + 1 if node.kind == "min" else placed.node.low - 1
            shifted = Sum(((Fraction(1), placed),), Fraction(-beyond))
            gated = self._gate(condition, shifted, inner).plus(Sum((), Fraction(beyond)))
            child = self.whole(gated, inner)[0]
            best = self._fold(node.kind, inner, child, groups, outer, size)
            some = self._fold("any", inner, condition, groups, outer, size)
            result = self._gate(some, Sum(((Fraction(1), best),)), env)
        else:
            result = Sum(((Fraction(1), self._fold(node.kind, inner, placed, groups, outer, size)),))
        return result.times(Fraction(1, divisor))

    # -- truths ----------------------------------------------------------------------------------

    def truth(self, node: ex.Expression, env: Environment, alias: Alias) -> Truth:
        """Compile to a truth node, or a plain bool where it is known at load time."""
        match node:
            case ex.Compare():
                return self._compare(node, env, alias)
            case ex.All():
                return self.conjunction(node.parts, env, alias)
            case ex.Any():
                return self._disjunction(node.parts, env, alias)
            case ex.Not():
                part = self.truth(node.part, env, alias)
                return not part if isinstance(part, bool) else Placed(self.negation(part.node), part.domain)
            case ex.Same() | ex.Member() | ex.Related():
                return self._known(node, env, alias)
            case ex.Happened():
                return self._happened(node, env, alias)
            case ex.Aggregate():
                return self._quantifier(node, env, alias)
            case ex.Choose():
                chosen = self._choose(node, env, alias)
                return self._sign(chosen, "!=", env)
        raise CompileFault(f"a {type(node).__name__.lower()} is not a condition")

    def _grouped(self, op: str, truths: Sequence[Placed], env: Environment) -> Placed:
        """Truths joined: first those over the same slots, then the groups."""
        groups: dict[Domain, list[nd.Node]] = {}
        for truth in truths:
            groups.setdefault(truth.domain, []).append(truth.node)
        parts = [Placed(self.logic(op, members), domain) for domain, members in groups.items()]
        met, domain = self.meet(parts, env)
        return Placed(self.logic(op, met), domain)

    def conjunction(self, parts: Sequence[ex.Expression], env: Environment, alias: Alias) -> Truth:
        flat: list[ex.Expression] = []
        for part in parts:
            flat += part.parts if isinstance(part, ex.All) else (part,)
        truths = [self.truth(part, env, alias) for part in flat]
        if any(t is False for t in truths):
            return False
        placed = [t for t in truths if isinstance(t, Placed)]
        return self._grouped("and", placed, env) if placed else True

    def _disjunction(self, parts: Sequence[ex.Expression], env: Environment, alias: Alias) -> Truth:
        truths = [self.truth(part, env, alias) for part in parts]
        if any(t is True for t in truths):
            return True
        placed = [t for t in truths if isinstance(t, Placed)]
        return self._grouped("or", placed, env) if placed else False

    def _compare(self, node: ex.Compare, env: Environment, alias: Alias) -> Truth:
        left, right = self.number(node.left, env, alias), self.number(node.right, env, alias)
        return self._sign(left.plus(right.times(Fraction(-1))), node.op, env)

    def _sign(self, gap: Sum, op: str, env: Environment) -> Truth:
        """How a number compares with zero, without rounding."""
        if not gap.terms:
            value = gap.constant
            return {
                "<": value < 0,
                "<=": value <= 0,
                ">": value > 0,
                ">=": value >= 0,
                "==": value == 0,
                "!=": value != 0,
            }[op]
        if len(gap.terms) == 1:
            factor, placed = gap.terms[0]
            bound = -gap.constant / factor
            if factor < 0:
                op = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(op, op)
            return self._threshold(placed, op, bound)
        placed, _ = self.whole(gap, env)
        return self._threshold(placed, op, Fraction(0))

    def _threshold(self, placed: Placed, op: str, bound: Fraction) -> Truth:
        if bound.denominator != 1:
            if op in ("==", "!="):
                return op == "!="
            op, bound = (">=", Fraction(ceil(bound))) if op in (">", ">=") else ("<=", Fraction(floor(bound)))
        node, constant = placed.node, int(bound)
        certain = {
            "<": (node.high < constant, node.low >= constant),
            "<=": (node.high <= constant, node.low > constant),
            ">": (node.low > constant, node.high <= constant),
            ">=": (node.low >= constant, node.high < constant),
            "==": (node.low == node.high == constant, constant < node.low or constant > node.high),
            "!=": (constant < node.low or constant > node.high, node.low == node.high == constant),
        }[op]
        if certain[0] or certain[1]:
            return certain[0]
        if node.truth:
            holds = {"<": 0, "<=": 0, ">": 1, ">=": 1, "==": constant, "!=": 1 - constant}[op]
            return placed if holds else Placed(self.negation(node), placed.domain)
        made = self.intern(("threshold", node.id, op, constant), lambda: nd.Threshold(node, op, constant))
        return Placed(made, placed.domain)

    def _known(self, node: ex.Same | ex.Member | ex.Related, env: Environment, alias: Alias) -> Truth:
        args = (node.arg,) if isinstance(node, ex.Member) else node.args
        domain = env.order({a.name for a in self._arguments(args, alias) if isinstance(a, ex.Slot)})
        known = Known(self.book, node, domain, alias)
        values = [bool(known.value(value)) for value in env.domain(domain)]
        if len(set(values)) <= 1:
            return values[0] if values else False
        return Placed(self.static([int(v) for v in values], truth=True), domain)

    def _happened(self, node: ex.Happened, env: Environment, alias: Alias) -> Truth:
        domain, values = self._per_value(self._arguments(node.args, alias), env)
        instances = self.layout.fired.get(node.event, [])
        rows_by_value = [
            [row for row, args in instances if all(t is None or t == a for t, a in zip(things, args, strict=True))]
            for things in values
        ]
        flat = [row for rows in rows_by_value for row in rows]
        if not flat:
            return False
        groups = [i for i, rows in enumerate(rows_by_value) for _ in rows]
        fired = self.rows(flat)
        key = ("threshold", fired.id, ">", 0)
        truth = self.intern(key, lambda: nd.Threshold(fired, ">", 0))
        if node.months is not None:
            age = self.total([(1, self.rows([self.layout.row("turn")])), (-1, fired)], 0)
            turns = node.months // self.turn_months
            recent = self.intern(("threshold", age.id, "<=", turns), lambda: nd.Threshold(age, "<=", turns))
            truth = self.logic("and", [truth, recent])
        if groups == list(range(len(values))):
            return Placed(truth, domain)
        fold = ("fold", "any", truth.id, tuple(groups), len(values))
        return Placed(self.intern(fold, lambda: nd.Fold("any", truth, groups, len(values))), domain)

    def _quantifier(self, node: ex.Aggregate, env: Environment, alias: Alias) -> Truth:
        inner, names, groups, outer, condition = self._inner(node, env, alias)
        universal = node.kind == "all"
        if condition is False or not inner.table:
            return universal
        body = self.truth(node.body, inner, names)
        if isinstance(body, bool):
            if isinstance(condition, bool) or body == universal:
                return (
                    body
                    if len(set(groups)) == len(env.domain(outer)) or body == universal
                    else self._some(groups, outer, env, universal)
                )
            body = Placed(self.static([int(body)], truth=True), ())
        if not isinstance(condition, bool):
            parts = [Placed(self.negation(condition.node), condition.domain), body] if universal else [condition, body]
            body = self._grouped("or" if universal else "and", parts, inner)
        return self._fold("all" if universal else "any", inner, body, groups, outer, len(env.domain(outer)))

    def _some(self, groups: Sequence[int], outer: Domain, env: Environment, universal: bool) -> Truth:
        """Which groups have any element at all (an aggregate whose body is the same for every element)."""
        present = set(groups)
        values = [int((i in present) != universal) for i in range(len(env.domain(outer)))]
        return Placed(self.static(values, truth=True), outer)
