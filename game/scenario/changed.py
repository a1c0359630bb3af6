"""Changes: an item of a rulebook with only some of its keys said anew.

Where an item of a section says `change: ID` instead of `id: ID`, it is the rulebook's item of that id with its own keys
put over it, as RFC 7396 puts one document over another: a key that is said replaces, a mapping is gone into, and
nothing (`null`) takes a key away. One thing is added to that: a list of parts that all have ids (terms, choices,
named effects) is gone into as well. A part of the same id replaces, one with `change` is changed in its turn, `without`
takes one away, a new id follows the others. Any other list replaces.

All this is done to values that nobody has checked yet, together with the marks of where they stand; what comes of it is
checked like any other item, and its faults are told where the value at fault was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from game.scenario.faults import Mistake
from game.scenario.language import nearest
from game.scenario.marked import Marked
from game.scenario.slips import short

CHANGE = "change"
WITHOUT = "without"

Part = tuple[Any, Marked]
"""A value as it was read, and where it stands."""


def is_change(item: Any) -> bool:
    return isinstance(item, dict) and CHANGE in item


def parts_of(items: Sequence[Any], marked: Marked) -> list[Part]:
    """The items of a list with their marks."""
    return list(zip(items, marked.listed, strict=True))


def by_id(parts: Iterable[Part]) -> dict[str, Part]:
    """The parts that have an id, by it."""
    return {part[0]["id"]: part for part in parts if isinstance(part[0], dict) and isinstance(part[0].get("id"), str)}


def changed(change: Part, known: Mapping[str, Part], where: str, mistakes: list[Mistake]) -> Part | None:
    """What a change makes of the one that it names; None with a mistake if it cannot be made.

    known: what may be changed, by id; where: what these are called in a message, such as "events of the rulebook".
    """
    item, marked = change
    if "id" in item:
        mistakes.append(marked.mistake(("id",), f"an item has '{CHANGE}' or 'id', not both", on_key=True))
        return None
    name = _known_name(change, CHANGE, known, f"to change among the {where}", mistakes)
    if name is None:
        return None
    keys = {key: mark for key, mark in (marked.keys or {}).items() if key != CHANGE}
    below = {key: mark for key, mark in marked.named.items() if key != CHANGE}
    over = {key: value for key, value in item.items() if key != CHANGE}
    # The id is said again by the change: faults of the whole item point to it.
    raw, marks = _over(known[name], (over, Marked(marked.start, below, keys)), mistakes)
    return raw, Marked(marked.start, {**marks.named, "id": marked.named[CHANGE]}, marks.keys)


def _known_name(part: Part, key: str, known: Mapping[str, Part], what: str, mistakes: list[Mistake]) -> str | None:
    """The id that stands under a key; None with a mistake if nothing is called that."""
    item, marked = part
    name = item[key]
    if isinstance(name, str) and name in known:
        return name
    mistakes.append(marked.mistake((key,), f"there is no '{short(name)}' {what}{nearest(str(name), list(known))}"))
    return None


def _over(base: Part, over: Part, mistakes: list[Mistake]) -> Part:
    """One value put over another."""
    (old, old_marks), (new, marks) = base, over
    if isinstance(old, dict) and isinstance(new, dict):
        values, below = dict(old), dict(old_marks.named)
        for key, value in new.items():
            if value is None:
                values.pop(key, None)
                below.pop(key, None)
            elif key in old:
                part = (old[key], old_marks.named[key])
                values[key], below[key] = _over(part, (value, marks.named[key]), mistakes)
            else:
                values[key], below[key] = value, marks.named[key]
        return values, Marked(marks.start, below, {**(old_marks.keys or {}), **(marks.keys or {})})
    if isinstance(old, list) and isinstance(new, list) and new and all(_is_named(item) for item in new):
        return _parts_over(parts_of(old, old_marks), parts_of(new, marks), marks, mistakes)
    return over


def _is_named(item: Any) -> bool:
    return isinstance(item, dict) and (isinstance(item.get("id"), str) or CHANGE in item or item.keys() == {WITHOUT})


def _parts_over(old: Sequence[Part], new: Sequence[Part], marks: Marked, mistakes: list[Mistake]) -> Part:
    known = by_id(old)
    said: dict[str, Part | None] = {}
    for part in new:
        item, mark = part
        name: str | None
        one: Part | None = None
        if item.keys() == {WITHOUT}:
            name = _known_name(part, WITHOUT, known, "to take away from this list", mistakes)
        elif is_change(item):
            one = changed(part, known, "parts of this list", mistakes)
            name = one[0]["id"] if one else None
        else:
            name, one = item["id"], part
        if name in said:
            mistakes.append(mark.mistake((), f"'{short(name)}' stands in this list already"))
        elif name is not None:
            said[name] = one
    kept = [said.pop(part[0].get("id"), part) if _is_named(part[0]) else part for part in old]
    together = [part for part in (*kept, *said.values()) if part is not None]
    return [value for value, _ in together], Marked(marks.start, [mark for _, mark in together])


__all__ = ["CHANGE", "Part", "by_id", "changed", "is_change", "parts_of"]
