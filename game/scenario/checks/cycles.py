"""A derived quantity, or the condition of a set, that asks for itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game.scenario import expression as ex
from game.scenario.shapes import Book, Fault

_Name = tuple[str, str]

MOST_LEVELS = 12


def check(book: Book) -> Iterator[Fault]:
    """One fault for each derived quantity or set that its own value depends on."""
    needs: dict[_Name, set[_Name]] = {}
    for define in book.defines.values():
        wanted: set[_Name] = set()
        for term in define.terms:
            wanted |= _needs(term.amount) | (_needs(term.when) if term.when is not None else set())
        needs[("defines", define.id)] = wanted
    for group, truth in book.set_conditions.items():
        needs[("sets", group)] = _needs(truth)
    for name in needs:
        seen: set[_Name] = set()
        ahead = list(needs[name])
        while ahead:
            other = ahead.pop()
            if other not in seen:
                seen.add(other)
                ahead += needs.get(other, ())
        if name in seen:
            what = "the derived quantity" if name[0] == "defines" else "the condition of the set"
            yield Fault(name, f"{what} '{name[1]}' depends on itself")
            return
    depths: dict[_Name, int] = {}
    for name in needs:
        if _depth(name, needs, depths) > MOST_LEVELS:
            yield Fault(name, f"'{name[1]}' stands on more than {MOST_LEVELS} levels of derived quantities")
            return


def _depth(name: _Name, needs: Mapping[_Name, set[_Name]], depths: dict[_Name, int]) -> int:
    """How many levels a name stands on, without recursion; `needs` has no cycles."""
    ahead = [name]
    while ahead:
        top = ahead[-1]
        open_yet = [other for other in needs.get(top, ()) if other not in depths]
        if open_yet:
            ahead += open_yet
        else:
            depths[top] = 1 + max((depths[other] for other in needs.get(top, ())), default=0)
            ahead.pop()
    return depths[name]


def _needs(node: ex.Expression) -> set[_Name]:
    found: set[_Name] = set()
    for part in ex.walk(node):
        if isinstance(part, ex.Derived):
            found.add(("defines", part.define))
        elif isinstance(part, ex.Aggregate):
            found.add(("sets", part.set))
    return found
