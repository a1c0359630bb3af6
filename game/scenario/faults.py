"""What is wrong with a scenario, said to the person who can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST_FAULTS = 200


@dataclass(frozen=True, order=True)
class Mistake:
    """One fault at its place. line and column count from 1; path is the file as it was given."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {' '.join(self.message.split())}"


class ScenarioError(Exception):
    """A scenario that cannot be used. `mistakes` holds all faults, in order of file and line."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        found = sorted(set(mistakes))
        self.left_out = max(len(found) - MOST_FAULTS, 0)
        self.mistakes = tuple(found[:MOST_FAULTS])
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        lines = [str(mistake) for mistake in self.mistakes]
        if self.left_out:
            last = self.mistakes[-1]
            lines.append(f"{last.path}:{last.line}:{last.column}: {self.left_out} more faults are not shown")
        return "\n".join(lines)
