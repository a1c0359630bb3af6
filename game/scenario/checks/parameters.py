"""Parameters whose range is none, or that no text of the rule language names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from game.scenario.models import ParameterModel
from game.scenario.shapes import Book, Fault, Path

_WORD = re.compile(r"[a-z]\w*")
_CODE = frozenset(
    (
        *("test", "do", "when", "where", "amount", "odds", "worth", "met", "orders", "active", "unless"),
        *("sits", "meets", "agenda", "allowed", "opens", "step", "slip", "kept", "broken"),
        *("score_factor", "armed_attacks", "war"),
    )
)
"""The fields in which texts of the rule language stand; the others name ids or are read by people."""


def check(book: Book) -> Iterator[Fault]:
    """Faults of parameters.

    Where a chapter or the scenario changes rules, a parameter may be read by what they replace: only the scenario's own
    parameters must be read then.
    """
    rules = book.scenario.rules
    changed = bool(book.scenario.chapters) or bool(rules.model_fields_set - {"parameters"})
    asked = {one.id for one in (rules if changed else book.rulebook).parameters}
    read = _words(book.whole) | _words(book.scenario) if asked else set()
    for one in book.rulebook.parameters:
        path: Path = ("parameters", one.id)
        yield from _range(one, path)
        if one.id in asked - read:
            yield Fault(path, f"nothing reads the parameter '{one.id}'; name it in a condition, an amount or an effect")


def _range(one: ParameterModel, path: Path) -> Iterator[Fault]:
    low, high = one.low, one.high
    if low is None and high is None:
        return
    if low is None or high is None:
        there, lacks = ("low", "high") if high is None else ("high", "low")
        yield Fault((*path, there), f"'{there}' stands without '{lacks}'; a range has both")
    elif low > high:
        yield Fault(
            (*path, "low"), f"the range is written the wrong way round: 'low' is {low:g} and 'high' is {high:g}"
        )
    elif low == high:
        message = f"'low' and 'high' are both {low:g}, which leaves nothing to vary; leave both out"
        yield Fault((*path, "high"), message)
    elif not low <= one.value <= high:
        yield Fault((*path, "value"), f"'{one.id}' is {one.value:g}, outside its range from {low:g} to {high:g}")


def _words(model: Any) -> set[str]:
    """Every name in the texts of the rule language below a model."""
    found: set[str] = set()
    ahead: list[tuple[str, Any]] = [("", model)]
    while ahead:
        field, value = ahead.pop()
        if isinstance(value, BaseModel):
            ahead += value.__dict__.items()
        elif isinstance(value, dict):
            ahead += [(field, one) for one in value.values()]
        elif isinstance(value, list):
            ahead += [(field, one) for one in value]
        elif isinstance(value, str) and field in _CODE:
            found.update(_WORD.findall(value))
    return found
