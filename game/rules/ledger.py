"""The ledger: one entry for each change in the games that are traced, with its cause.

While a turn is resolved only references are kept; texts and names are looked up when entries are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from game.rules.nodes import Array


@dataclass(frozen=True)
class Change:
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
    """A block of changes as the phase computed them: amounts [elements, traced games]."""

    phase: str
    cause: str
    rule: str
    bindings: Sequence[tuple[str, ...]]
    term: str
    rows: Sequence[int]
    amounts: Array


@dataclass
class Ledger:
    """columns: the games traced, as columns of the world."""

    columns: tuple[int, ...]
    notes: list[Note] = field(default_factory=list)

    def add(self, note: Note) -> None:
        self.notes.append(note)

    def entries(self, column: int) -> list[Change]:
        """Every change of one traced game, in the order of the phases."""
        return list(self._entries(self.columns.index(column)))

    def _entries(self, place: int) -> Iterator[Change]:
        for note in self.notes:
            for element in note.amounts[:, place].nonzero()[0].tolist():
                yield Change(
                    note.phase,
                    note.cause,
                    note.rule,
                    note.bindings[element],
                    note.term,
                    int(note.rows[element]),
                    int(note.amounts[element, place]),
                )
