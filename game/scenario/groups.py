"""What is said of sets and relations that do not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from game.scenario.language import nearest
from game.scenario.models import RelationModel, SetModel


def within(groups: Iterable[SetModel], name: str) -> set[str]:
    """The sets that a set is made of, straight or by others."""
    parts = {group.id: group.of for group in groups}
    found: set[str] = set()
    ahead = list(parts.get(name, ()))
    while ahead:
        part = ahead.pop()
        if part not in found:
            found.add(part)
            ahead += parts.get(part, ())
    return found


def misfit(relation: RelationModel, pair: tuple[str, str], left: Sequence[str], right: Sequence[str]) -> str:
    """Why a pair does not go into a relation."""
    (a, b), (one, two) = pair, relation.between
    if a in right and b in left:
        return f"the pair stands the wrong way round; write [{b}, {a}]"
    if relation.symmetric:
        either = (*left, *right)
        wrong = next((thing for thing in pair if thing not in either), None)
        if wrong is None:
            return f"a pair joins one thing of the set '{one}' and one of the set '{two}'"
        sets = f"the set '{one}'" if one == two else f"the sets '{one}' and '{two}'"
        return f"'{wrong}' is not in {sets}{nearest(wrong, either)}"
    wrong, name, things = (a, one, left) if a not in left else (b, two, right)
    return f"'{wrong}' is not in the set '{name}'{nearest(wrong, things)}"
