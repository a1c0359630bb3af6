"""Reading or changing a quantity that a thing does not have, for every actual binding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from game.scenario import expression as ex
from game.scenario.binding import Edges, Things
from game.scenario.checks.caps import Bindings
from game.scenario.places import Place, elsewhere, of_define, of_template, templates, with_spread
from game.scenario.shapes import Book, Fault, Path, ReadEffect, WorthRule, rename
from game.scenario.vocabulary import ENGINE_BY_SEAT, ENGINE_SINGLES


class Domain:
    """The ways in which some slots are bound. rows: None for the full product of the slots' sets."""

    def __init__(self, sets: Mapping[str, Sequence[str]], slots: Mapping[str, str], rows: Sequence[Things] | None):
        self.sets, self.slots, self.rows = sets, slots, rows
        self._bound = list(slots)
        self._cache: dict[tuple[str, ...], list[Things]] = {}
        self.exist: dict[tuple[str, tuple[ex.Argument, ...], tuple[str | None, ...]], bool] = {}

    def project(self, wanted: tuple[str, ...], inner: Mapping[str, str]) -> list[Things]:
        """The distinct values of the wanted slots; inner: slots of aggregates around, free over their sets."""
        if any(slot in inner for slot in wanted):
            outer = tuple(slot for slot in wanted if slot not in inner)
            free = [slot for slot in wanted if slot in inner]
            found = []
            for things in self.project(outer, {}):
                env = dict(zip(outer, things, strict=True))
                for more in product(*(self.sets[inner[slot]] for slot in free)):
                    env.update(zip(free, more, strict=True))
                    found.append(tuple(env[slot] for slot in wanted))
            return found
        if wanted not in self._cache:
            if self.rows is None:
                self._cache[wanted] = list(product(*(self.sets[self.slots[slot]] for slot in wanted)))
            else:
                places = [self._bound.index(slot) for slot in wanted]
                self._cache[wanted] = list(dict.fromkeys(tuple(row[p] for p in places) for row in self.rows))
        return self._cache[wanted]


class _Reads:
    def __init__(self, book: Book, edges: Edges) -> None:
        self.book, self.edges = book, edges
        symmetric = {q.id for q in book.rulebook.quantities if q.of in book.symmetric}
        self.instances: dict[str, set[Things]] = {}
        for name, values in book.start.items():
            self.instances[name] = set(values)
            if name in symmetric:
                self.instances[name] |= {args[::-1] for args in values}
        for name in ENGINE_BY_SEAT:
            self.instances[name] = {(seat,) for seat in book.sets["seats"]}
        for name in ENGINE_SINGLES:
            self.instances[name] = {()}
        self.lenient = {q.id for q in book.rulebook.quantities if q.elsewhere is not None}

    def place(self, place: Place, domain: Domain) -> Iterator[Fault]:
        spread = {slot: group for slot, group in place.slots.items() if slot not in domain.slots}
        for wrong in self.node(place.node, domain, spread, place.guards):
            yield Fault(place.path, wrong)

    def target(self, effect: ReadEffect, domain: Domain) -> Iterator[Fault]:
        slots, around = with_spread(effect, domain.slots)
        inner = {slot: group for slot, group in slots.items() if slot not in domain.slots}
        change = effect.change
        wrong = self.missing(change.quantity, change.args, domain, inner, around)
        if wrong:
            yield Fault(effect.path, f"{wrong}, so it cannot be changed")

    def node(
        self, node: ex.Expression, domain: Domain, inner: Mapping[str, str], guards: tuple[ex.Expression, ...]
    ) -> Iterator[str]:
        """What is wrong in an expression. Only conditions of aggregates and spreads leave bindings out."""
        match node:
            case ex.Read():
                if node.quantity not in self.lenient:
                    wrong = self.missing(node.quantity, node.args, domain, inner, guards)
                    if wrong:
                        yield f"{wrong}; narrow the sets of the slots, or let the quantity say 'elsewhere'"
            case ex.Aggregate():
                within = {**inner, node.slot: node.set}
                if node.set in self.book.set_conditions:
                    guards = (*guards, rename(self.book.set_conditions[node.set], "it", ex.Slot(node.slot)))
                if node.condition is not None:
                    guards = (*guards, node.condition)
                    yield from self.node(node.condition, domain, within, guards)
                yield from self.node(node.body, domain, within, guards)
            case _:
                for part in ex.parts(node):
                    yield from self.node(part, domain, inner, guards)

    def missing(
        self,
        quantity: str,
        args: tuple[ex.Argument, ...],
        domain: Domain,
        inner: Mapping[str, str],
        guards: tuple[ex.Expression, ...],
    ) -> str | None:
        """The first instance that is asked for and does not exist."""
        instances = self.instances[quantity]
        names = tuple(dict.fromkeys(arg.name for arg in args if isinstance(arg, ex.Slot)))
        question = (quantity, args, tuple(inner.get(name) for name in names))
        if question not in domain.exist:
            bound = domain.project(names, inner)
            if len(names) < len(args):
                bound = [_named(args, names, things) for things in bound]
            domain.exist[question] = instances.issuperset(bound)
        if domain.exist[question]:
            return None
        guards = tuple(guard for guard in guards if ex.can_be_known(guard))
        more = {slot for guard in guards for slot in ex.free_slots(guard)} & {*domain.slots, *inner}
        wanted = (*names, *sorted(more - set(names)))
        for things in domain.project(wanted, inner):
            wanted_args = _named(args, wanted, things)
            if wanted_args in instances:
                continue
            env = dict(zip(wanted, things, strict=True))
            if not any(self.edges.known(guard, env) is False for guard in guards):
                return f"there is no {quantity}[{', '.join(wanted_args)}]"
        return None


def _named(args: tuple[ex.Argument, ...], names: tuple[str, ...], things: Things) -> Things:
    env = dict(zip(names, things, strict=True))
    return tuple(arg.id if isinstance(arg, ex.Thing) else env.get(getattr(arg, "name", ""), "any") for arg in args)


def check(book: Book, edges: Edges, bindings: Bindings) -> Iterator[Fault]:
    """One fault for each place that asks for an instance which does not exist."""
    reads = _Reads(book, edges)
    for template in templates(book):
        domain = Domain(book.sets, template.slots, bindings[template.id])
        for place in of_template(template):
            yield from reads.place(place, domain)
        for effect in template.effects:
            yield from reads.target(effect, domain)
        for choice in template.choices:
            for effect in choice.effects:
                yield from reads.target(effect, domain)
    for define in book.defines.values():
        domain = Domain(book.sets, define.slots, None)
        for place in of_define(define):
            yield from reads.place(place, domain)
    for place in elsewhere(book):
        yield from reads.place(place, Domain(book.sets, place.slots, None))
    for item in book.scheduled:
        for effect in item.effects:
            yield from reads.target(effect, Domain(book.sets, {}, None))
    by_seat: dict[str, dict[str, list[Things]]] = {}
    for template in (*book.actions, *(event for event in book.events if event.choices)):
        own = by_seat.setdefault(template.id, {})
        for things in bindings[template.id]:
            own.setdefault(template.decider(things), []).append(things)
    users: dict[int, set[str]] = {}
    for doctrine in book.doctrines:
        for rule in (*doctrine.rules, *doctrine.never):
            users.setdefault(id(rule), set()).add(doctrine.seat or "")
    # Many doctrines share a rule: it is looked at for all of them at once, and singly only if something is wrong.
    sound: dict[int, bool] = {}
    for doctrine in book.doctrines:
        for kind, rules in (("rules", doctrine.rules), ("never", doctrine.never)):
            for rule in rules:
                path: Path = ("doctrines", doctrine.id, kind)
                if id(rule) not in sound:
                    sound[id(rule)] = not any(_worth(reads, book, rule, by_seat, users[id(rule)], path))
                if not sound[id(rule)]:
                    yield from _worth(reads, book, rule, by_seat, {doctrine.seat or ""}, path)


def _worth(
    reads: _Reads,
    book: Book,
    rule: WorthRule,
    by_seat: Mapping[str, Mapping[str, list[Things]]],
    seats: set[str],
    path: Path,
) -> Iterator[Fault]:
    """What is wrong in a doctrine's rule for the orders of some seats."""
    slots = list(rule.slots)
    fits = [
        things
        for seat in seats
        for things in by_seat[rule.order].get(seat, ())
        if all(things[slots.index(s)] == t for s, t in rule.bind.items())
    ]
    domain = Domain(book.sets, rule.slots, fits)
    for node in (rule.when, rule.worth):
        if node is not None:
            yield from reads.place(Place(path, node, rule.slots), domain)
