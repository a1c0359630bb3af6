"""The ways to bind a template's slots to things, fixed at load time."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from game.scenario import expression as ex
from game.scenario.book import Book, Template

MAX_BINDINGS = 20_000


class BindingError(ValueError):
    """A template would have too many bindings."""


def static_value(book: Book, node: ex.Expression, env: Mapping[str, str]) -> bool | None:
    """What a truth is once slots are bound, if that is known at load time; else None."""
    match node:
        case ex.Same():
            return _thing(node.args[0], env) == _thing(node.args[1], env)
        case ex.Member():
            return _thing(node.arg, env) in book.sets[node.set]
        case ex.Related():
            return related(book, node.relation, _thing(node.args[0], env), _thing(node.args[1], env))
        case ex.Not():
            inner = static_value(book, node.part, env)
            return None if inner is None else not inner
        case ex.All() | ex.Any():
            values = [static_value(book, part, env) for part in node.parts]
            decisive = isinstance(node, ex.Any)
            if decisive in values:
                return decisive
            return None if None in values else not decisive
    return None


def conjuncts(node: ex.Expression) -> tuple[ex.Expression, ...]:
    """The parts of a conjunction, or the node itself."""
    return node.parts if isinstance(node, ex.All) else (node,)


def may_be_known(node: ex.Expression) -> bool:
    """Whether `static_value` can ever give anything but None."""
    match node:
        case ex.Same() | ex.Member() | ex.Related():
            return True
        case ex.Not():
            return may_be_known(node.part)
        case ex.All() | ex.Any():
            return not node.parts or any(may_be_known(part) for part in node.parts)
    return False


def _thing(arg: ex.Argument, env: Mapping[str, str]) -> str:
    if isinstance(arg, ex.Slot):
        return env[arg.name]
    if isinstance(arg, ex.Thing):
        return arg.id
    raise BindingError("'any' cannot stand here")


def related(book: Book, relation: str, left: str, right: str) -> bool:
    """Whether a declared relation holds; a symmetric one either way round."""
    pairs = book.relations[relation]
    return (left, right) in pairs or (relation in book.symmetric and (right, left) in pairs)


def bind(book: Book, template: Template) -> list[tuple[str, ...]]:
    """Every binding of a template, in the order of its sets: different things, along its relations.

    Raises BindingError where the product of the sets is above the cap.
    """
    groups = [book.sets[group] for group in template.slots.values()]
    edges = {name: _edges(book, name) for name in template.along}
    size = 1
    for group in groups:
        size *= max(len(group), 1)
    if size > MAX_BINDINGS * 10:
        raise BindingError(f"'{template.id}' would have {size} bindings before its conditions")
    names = list(template.slots)
    places = {name: i for i, name in enumerate(names)}
    joined = [(places[a], places[b], edges[name]) for name, (a, b) in template.along.items()]
    tests = (*template.where, *(test.truth for test in template.tests))
    static = [_Known(book, part, names) for test in tests for part in conjuncts(test) if may_be_known(part)]
    found = []
    for things in product(*groups):
        if len(set(things)) < len(things):
            continue
        if any((things[a], things[b]) not in pairs for a, b, pairs in joined):
            continue
        if any(part.value(things) is False for part in static):
            continue
        found.append(things)
    if len(found) > MAX_BINDINGS:
        raise BindingError(f"'{template.id}' has {len(found)} bindings; {MAX_BINDINGS} are allowed")
    return found


class _Known:
    """A truth known at load time, worked out once for each value of the slots it uses."""

    def __init__(self, book: Book, node: ex.Expression, names: list[str]) -> None:
        self.book, self.node = book, node
        self.slots = [(i, name) for i, name in enumerate(names) if name in free_slots(node)]
        self.values: dict[tuple[str, ...], bool | None] = {}

    def value(self, things: tuple[str, ...]) -> bool | None:
        own = tuple([things[i] for i, _ in self.slots])
        if own not in self.values:
            env = {name: thing for (_, name), thing in zip(self.slots, own, strict=True)}
            self.values[own] = static_value(self.book, self.node, env)
        return self.values[own]


def free_slots(node: ex.Expression) -> set[str]:
    """The slots an expression depends on."""
    match node:
        case ex.Read() | ex.Derived() | ex.Ordered() | ex.Happened() | ex.Related() | ex.Same():
            return {a.name for a in node.args if isinstance(a, ex.Slot)}
        case ex.Member():
            return {node.arg.name} if isinstance(node.arg, ex.Slot) else set()
    found: set[str] = set()
    for part in ex.parts(node):
        found |= free_slots(part)
    if isinstance(node, ex.Aggregate):
        found.discard(node.slot)
    return found


def _edges(book: Book, relation: str) -> set[tuple[str, str]]:
    edges = set(book.relations[relation])
    if relation in book.symmetric:
        edges |= {(b, a) for a, b in edges}
    return edges
