"""The ways to bind slots to things, and what is known of a condition once they are bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from game.scenario import expression as ex
from game.scenario.shapes import Book, Template

MOST_BINDINGS = 20_000
MOST_BEFORE_CONDITIONS = 200_000

Things = tuple[str, ...]
Environment = Mapping[str, str]


class Edges:
    """The pairs of every relation, a symmetric one's both ways round."""

    def __init__(self, book: Book) -> None:
        self.pairs = {
            name: frozenset(pairs) | frozenset((b, a) for a, b in pairs if name in book.symmetric)
            for name, pairs in book.relations.items()
        }
        self.sets = {name: frozenset(members) for name, members in book.sets.items()}

    def known(self, node: ex.Expression, env: Environment) -> bool | None:
        """The truth of a condition where the bound slots alone decide it, else None."""
        match node:
            case ex.Same() | ex.Related():
                left, right = self.thing(node.args[0], env), self.thing(node.args[1], env)
                if left is None or right is None:
                    return None
                return left == right if isinstance(node, ex.Same) else (left, right) in self.pairs[node.relation]
            case ex.Member():
                thing = self.thing(node.arg, env)
                return None if thing is None else thing in self.sets[node.set]
            case ex.Not():
                inner = self.known(node.part, env)
                return None if inner is None else not inner
            case ex.All() | ex.Any():
                decisive = isinstance(node, ex.Any)
                open_yet = False
                for part in node.parts:
                    value = self.known(part, env)
                    if value is decisive:
                        return decisive
                    open_yet = open_yet or value is None
                return None if open_yet else not decisive
        return None

    @staticmethod
    def thing(arg: ex.Argument, env: Environment) -> str | None:
        return arg.id if isinstance(arg, ex.Thing) else env.get(arg.name) if isinstance(arg, ex.Slot) else None


def upper_bound(book: Book, template: Template) -> int:
    """How many bindings a template can have at most, from the sizes of its sets and relations alone."""
    bound = 1
    joined: set[str] = set()
    for relation, ends in template.along.items():
        if not joined & set(ends):
            joined |= set(ends)
            bound *= len(book.relations[relation]) * (2 if relation in book.symmetric else 1)
    for slot, group in template.slots.items():
        if slot not in joined:
            bound *= len(book.sets[group])
    return bound


def product_size(sets: Mapping[str, Sequence[str]], slots: Mapping[str, str]) -> int:
    """How many bindings the full product of some slots has."""
    size = 1
    for group in slots.values():
        size *= len(sets[group])
    return size


def bind(book: Book, edges: Edges, template: Template) -> list[Things]:
    """Every binding of a template: different things, along its relations, that no known test rules out."""
    names = list(template.slots)
    tests = [*template.where, *(test.truth for test in template.tests)]
    waiting = [(ex.free_slots(test), test) for test in tests if ex.can_be_known(test)]
    found: list[Things] = [()]
    for count, (name, group) in enumerate(template.slots.items()):
        bound = set(names[: count + 1])
        due = [(slots, test) for slots, test in waiting if slots <= bound]
        waiting = [(slots, test) for slots, test in waiting if not slots <= bound]
        members = book.sets[group]
        joins = [
            (names.index(ends[0]), names.index(ends[1]), edges.pairs[relation])
            for relation, ends in template.along.items()
            if name in ends and set(ends) <= bound
        ]
        if joins:
            left, right, pairs = joins.pop()
            # Whom the relation joins to a thing that is bound already, in the order of the set.
            other, turned = (right, True) if left == count else (left, False)
            partners = {
                one: [m for m in members if ((m, one) if turned else (one, m)) in pairs]
                for one in {things[other] for things in found}
            }
            found = [(*things, m) for things in found for m in partners[things[other]] if m not in things]
        else:
            found = [(*things, m) for things in found for m in members if m not in things]
        for left, right, pairs in joins:
            found = [things for things in found if (things[left], things[right]) in pairs]
        for slots, test in due:
            places = [place for place, slot in enumerate(names) if slot in slots]
            values: dict[Things, bool] = {}
            kept = []
            for things in found:
                own = tuple([things[place] for place in places])
                if own not in values:
                    env = {names[place]: things[place] for place in places}
                    values[own] = edges.known(test, env) is not False
                if values[own]:
                    kept.append(things)
            found = kept
    return found


def edges_of(book: Book) -> Edges:
    """The pairs of a book's relations, made once for each book."""
    found: Edges | None = book.__dict__.get("_edges")
    if found is None:
        found = book.__dict__["_edges"] = Edges(book)
    return found


def bindings_of(book: Book) -> dict[str, list[Things]]:
    """Every binding of every template of a book, by the template's id; found once for each book."""
    found: dict[str, list[Things]] | None = book.__dict__.get("_bindings")
    if found is None:
        edges = edges_of(book)
        found = {template.id: bind(book, edges, template) for template in (*book.actions, *book.events, *book.rules)}
        book.__dict__["_bindings"] = found
    return found
