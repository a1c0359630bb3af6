"""Bindings: which things may stand in a template's slots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from game.scenario import expression as ex
from game.scenario.book import Book, Template

Things = tuple[str, ...]
Env = Mapping[str, str]
"""Slot → the thing it is bound to."""


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
