"""The names that an expression may use, and the nearest of them to a misspelt one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from heapq import nlargest

MAX_NAME = 48
FUNCTIONS = (
    *("sum", "min", "max", "all", "any", "count", "abs", "bound", "divide", "by_rung"),
    *("ordered", "ordered_within", "happened", "happened_within", "related", "since", "before"),
)

ENGINE_SINGLES = ("turn", "date", "ending")
"""The engine's own quantities of which there is one."""
ENGINE_BY_SEAT = ("government", "card", "score")
"""The engine's own quantities of every seat."""
KEPT_BY_ENGINE = frozenset((*ENGINE_SINGLES, *ENGINE_BY_SEAT)) - {"government"}
"""Quantities that expressions may read and that no effect may change."""

_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")


class LanguageError(ValueError):
    """One fault in an expression. `column` counts from 0 within the text, or is None."""

    def __init__(self, message: str, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.column = column


@dataclass(frozen=True)
class Vocabulary:
    """Every name an expression may use, with what the reader must know of it.

    quantities: name → (number of arguments, ladder id or None); ladders: id → rung ids in order;
    sets: id → member ids in order; defines, actions (the actor counts), events: name → number of
    arguments; parameters: name → value; first_month: index of the scenario's first month.
    """

    things: frozenset[str] = frozenset()
    quantities: Mapping[str, tuple[int, str | None]] = field(default_factory=dict)
    ladders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    relations: frozenset[str] = frozenset()
    defines: Mapping[str, int] = field(default_factory=dict)
    actions: Mapping[str, int] = field(default_factory=dict)
    events: Mapping[str, int] = field(default_factory=dict)
    parameters: Mapping[str, Fraction] = field(default_factory=dict)

    def names(self) -> list[str]:
        return [*self.quantities, *self.defines, *self.parameters, *FUNCTIONS]


def nearest(name: str, names: Iterable[str]) -> str:
    """A hint ` (did you mean 'x'?)`, or nothing when no other known name is near."""
    close = closest(name, (known for known in names if known != name))
    return f" (did you mean '{close}'?)" if close else ""


def closest(name: str, names: Iterable[str]) -> str | None:
    """The known name that a misspelt one most likely means."""
    if len(name) > MAX_NAME:
        return None
    pairs = {name[i : i + 2] for i in range(len(name) - 1)}
    alike = [(sum(known[i : i + 2] in pairs for i in range(len(known) - 1)), known) for known in names]
    likeliest = [known for _, known in nlargest(12, alike, key=lambda pair: pair[0])]
    return next(iter(get_close_matches(name, likeliest, n=1)), None)


def month_index(text: str) -> int:
    """`"2008-04"` → months since year 0 (January = 0). Raises LanguageError on anything else."""
    match = _MONTH.match(text)
    if not match:
        raise LanguageError(f"'{text}' is not a month; a month is written like '2008-04'")
    return int(match[1]) * 12 + int(match[2]) - 1


def month_text(index: int) -> str:
    """The reverse of `month_index`."""
    return f"{index // 12:04d}-{index % 12 + 1:02d}"
