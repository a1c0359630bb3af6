"""Answers of a database as plain JSON: every column under a name of its own, and nothing that JSON does not have."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any


def own_names(names: Sequence[str]) -> list[str]:
    """The names of columns; one that comes again gets `_1`, `_2` … behind it, as DuckDB's own tables do."""
    found: list[str] = []
    for name in names:
        own, count = name, 0
        while own in found or (count and own in names):
            count += 1
            own = f"{name}_{count}"
        found.append(own)
    return found


def named_rows(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """Rows as JSON objects."""
    own = own_names(names)
    return [dict(zip(own, map(plain, row), strict=True)) for row in rows]


def plain(value: Any) -> Any:
    """A value that JSON has: null for what is no number or has no end, a number for a decimal, a text for a date."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
