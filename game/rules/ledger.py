"""The ledger: one entry for each change in the games that are traced, with its cause.

While a turn is resolved only references are kept; texts and names are looked up when entries are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from game.rules.nodes import Array


class Change(NamedTuple):
    """One change: what rule, bound to what, by which term, moved which row by how much (raw units).

    cause: `action`, `choice`, `event`, `rule`, `cost`, `bound`, `calendar`, `objective`, `score`.
    """

    phase: str
    cause: str
    rule: str
    binding: tuple[str, ...]
    term: str
    row: int
    amount: int


@dataclass
class Note:
    """A block of changes as the phase computed them: amounts [elements, traced games].

    owners: for each element its place among the bindings.
    """

    phase: str
    cause: str
    rule: str
    bindings: Sequence[tuple[str, ...]]
    owners: Sequence[int]
    term: str
    rows: Sequence[int]
    amounts: Array


@dataclass
class Ledger:
    """columns: the games traced, as columns of the world."""

    columns: tuple[int, ...]
    notes: list[Note | tuple[int, Change]] = field(default_factory=list)

    def seen(self, values: Array) -> Array:
        """A copy of the traced games' part of a block [elements, games] (or [elements, 1], the same for all)."""
        if values.shape[1] == 1:
            return values.copy() if len(self.columns) == 1 else np.repeat(values, len(self.columns), axis=1)
        part: Array = values[:, list(self.columns)]
        return part

    def add(self, note: Note) -> None:
        self.notes.append(note)

    def add_one(self, place: int, change: Change) -> None:
        """One change of one traced game, by its place among the columns."""
        self.notes.append((place, change))

    def add_bounds(self, phase: str, rows: Sequence[int], cut: Array) -> None:
        """What bounds took off or added; cut [rows, traced games]."""
        if np.count_nonzero(cut):
            self.add(Note(phase, "bound", "bounds", [()], [0] * len(rows), "bounds", rows, cut))

    def entries(self, column: int) -> list[Change]:
        """Every change of one traced game, in the order of the phases."""
        return list(self._entries(self.columns.index(column)))

    def _entries(self, place: int) -> Iterator[Change]:
        for note in self.notes:
            if isinstance(note, tuple):
                if note[0] == place and note[1].amount:
                    yield note[1]
                continue
            amounts = note.amounts[:, place].tolist()
            if len(amounts) < len(note.rows):
                amounts *= len(note.rows)
            for amount, row, owner in zip(amounts, note.rows, note.owners, strict=True):
                if amount:
                    yield Change(note.phase, note.cause, note.rule, note.bindings[owner], note.term, row, amount)
