"""One game's column of the world matrix, as values by row name."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from game.rules import Ruleset, World

Column = NDArray[np.int32]
HALF = " half"


def luck_of(seed: int) -> NDArray[np.uint64]:
    """The luck of one game from its seed. Shape [1]."""
    return np.array([seed & 0xFFFFFFFFFFFFFFFF], dtype=np.uint64)


def world_of(ruleset: Ruleset, column: Column, seed: int) -> World:
    """A world of one game."""
    return World(column.reshape(-1, 1).copy(), luck_of(seed), int(column[ruleset.layout.row("turn")]))


def column_of(world: World) -> Column:
    """The only game of a world as an array of shape [rows], which nobody may write."""
    column = np.ascontiguousarray(world.state[:, 0])
    column.flags.writeable = False
    return column


def _remembers(name: str) -> bool:
    return name.startswith("memory[")


def value_of(ruleset: Ruleset, name: str, raw: int) -> int | str:
    """A row's value as it is written: a remembered order as its text."""
    if not _remembers(name) or raw == 0:
        return raw
    order, half = divmod(raw - 1, 2)
    return ruleset.catalogue.texts[order] + (HALF if half else "")


def raw_of(ruleset: Ruleset, name: str, value: int | str) -> int:
    """The raw value of a row. Raises ValueError on an order that is not in the catalogue."""
    if isinstance(value, int):
        return value
    text = value.removesuffix(HALF)
    if not _remembers(name) or text not in ruleset.catalogue.index:
        raise ValueError(f"{name} cannot be '{value}'")
    return 1 + 2 * ruleset.catalogue.index[text] + (text != value)


def named(ruleset: Ruleset, column: Column) -> dict[str, int | str]:
    """Every row by name."""
    values = column.tolist()
    return {name: value_of(ruleset, name, raw) for name, raw in zip(ruleset.layout.names, values, strict=True)}


def differences(ruleset: Ruleset, before: Column, after: Column) -> dict[str, int | str]:
    """The rows that differ, with their values afterwards."""
    names = ruleset.layout.names
    return {names[row]: value_of(ruleset, names[row], int(after[row])) for row in np.nonzero(before != after)[0]}


def changed(ruleset: Ruleset, before: Column, changes: Mapping[str, int | str]) -> Column:
    """A column with some rows replaced. Raises ValueError naming a row that does not exist or cannot be so."""
    after = before.copy()
    for name, value in changes.items():
        try:
            row = ruleset.layout.row(name)
        except KeyError:
            raise ValueError(f"there is no quantity '{name}'") from None
        raw = raw_of(ruleset, name, value)
        if not int(ruleset.layout.low[row, 0]) <= raw <= int(ruleset.layout.high[row, 0]):
            raise ValueError(f"{name} cannot be {value}")
        after[row] = raw
    after.flags.writeable = False
    return after
