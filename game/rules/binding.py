"""The ways to bind a template's slots to things, fixed at load time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from game.scenario import expression as ex
from game.scenario.binding import MOST_BEFORE_CONDITIONS, MOST_BINDINGS, bindings_of, edges_of, product_size
from game.scenario.book import Book
from game.scenario.places import templates


class BindingError(ValueError):
    """A template would have too many bindings."""


def static_value(book: Book, node: ex.Expression, env: Mapping[str, str]) -> bool | None:
    """What a truth is once slots are bound, if that is known at load time; else None."""
    return edges_of(book).known(node, env)


def conjuncts(node: ex.Expression) -> tuple[ex.Expression, ...]:
    """The parts of a conjunction, or the node itself."""
    return node.parts if isinstance(node, ex.All) else (node,)


def bindings(book: Book) -> dict[str, list[tuple[str, ...]]]:
    """Every binding of every template, by its id. Raises BindingError where there are too many."""
    for template in templates(book):
        size = product_size(book.sets, template.slots)
        if size > MOST_BEFORE_CONDITIONS:
            raise BindingError(f"'{template.id}' would have {size} bindings before its conditions")
    found = bindings_of(book)
    for name, args in found.items():
        if len(args) > MOST_BINDINGS:
            raise BindingError(f"'{name}' has {len(args)} bindings; {MOST_BINDINGS} are allowed")
    return found


class Known:
    """A truth known at load time, worked out once for each value of the slots it uses.

    names: the slots of the tuples that `value` is asked about; alias: what slots of the truth stand for there.
    """

    def __init__(
        self, book: Book, node: ex.Expression, names: Sequence[str], alias: Mapping[str, ex.Argument] | None = None
    ) -> None:
        self.edges, self.node = edges_of(book), node
        self.fixed: dict[str, str] = {}
        self.slots: list[tuple[int, str]] = []
        for slot in sorted(ex.free_slots(node)):
            arg = (alias or {}).get(slot, ex.Slot(slot))
            if isinstance(arg, ex.Thing):
                self.fixed[slot] = arg.id
            elif isinstance(arg, ex.Slot) and arg.name in names:
                self.slots.append((names.index(arg.name), slot))
        self.places = [place for place, _ in self.slots]
        self.values: dict[tuple[str, ...], bool | None] = {}

    @classmethod
    def all(
        cls,
        book: Book,
        tests: Sequence[ex.Expression],
        names: Sequence[str],
        alias: Mapping[str, ex.Argument] | None = None,
    ) -> list[Known]:
        """The parts of some tests that may be known at load time."""
        return [cls(book, part, names, alias) for test in tests for part in conjuncts(test) if ex.can_be_known(part)]

    def value(self, things: tuple[str, ...]) -> bool | None:
        own = tuple([things[place] for place in self.places])
        if own not in self.values:
            env = {**self.fixed, **{slot: things[place] for place, slot in self.slots}}
            self.values[own] = self.edges.known(self.node, env)
        return self.values[own]
