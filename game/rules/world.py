"""The world: one int32 matrix [rows, games], and the luck of each game."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class World:
    """state int32 [rows, games]; luck uint64 [games]; turn: the turn that is open (from 1).

    A value: `advance` gives a new one and never writes into the old one.
    """

    state: NDArray[np.int32]
    luck: NDArray[np.uint64]
    turn: int

    @property
    def games(self) -> int:
        return int(self.state.shape[1])

    def column(self, game: int) -> World:
        """One game on its own."""
        return World(self.state[:, game : game + 1].copy(), self.luck[game : game + 1].copy(), self.turn)

    def repeat(self, times: int, luck: NDArray[np.uint64]) -> World:
        """The first game's state `times` over, each with luck of its own. luck uint64 [times]."""
        return World(np.repeat(self.state[:, :1], times, axis=1), luck, self.turn)


def fingerprint(world: World, game: int = 0) -> str:
    """A hash of everything that can change in one game: 32 hexadecimal digits."""
    column = np.ascontiguousarray(world.state[:, game]).astype("<i4", copy=False)
    return blake2b(column.tobytes(), digest_size=16).hexdigest()
