"""The accelerator of a ruleset: its phases and its players' scoring as programs, run on blocks of games.

Made when first asked for, where Numba is installed; `machine_of` gives None where it is not, and where a
ruleset needs something that the machine does not compute. NumPy stays the reference.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from game.rules.fast import load, numba_version, worth_loading

if TYPE_CHECKING:
    from game.rules.phase import Phase
    from game.rules.program import Sealed
    from game.rules.ruleset import Ruleset

Array = NDArray[Any]
SMALL, LARGE = 64, 256
"""Widths of a block in games: a row costs less in a wide one, but few games leave it empty."""
LEAST = 32
"""With fewer games the machine is not worth being loaded."""
_NONE, _NOBODY = np.zeros((1, 1), np.int32), np.zeros(1, np.int32)
_making = threading.Lock()


def machine_of(ruleset: Ruleset, games: int) -> Machine | None:
    """The machine of a ruleset for so many games, made once; None: NumPy computes it."""
    if games < LEAST:
        return None
    found = ruleset.__dict__.get("_machine", False)
    if found is False:
        if not worth_loading(games):
            return None
        with _making:
            found = ruleset.__dict__.get("_machine", False)
            if found is False:
                found = ruleset.__dict__["_machine"] = _make(ruleset)
    machine: Machine | None = found
    return machine


def _make(ruleset: Ruleset) -> Machine | None:
    if numba_version() is None or not ruleset.catalogue.size:
        return None
    try:
        load()
    except ImportError:
        warnings.warn("Numba is installed but cannot be loaded; NumPy computes the rules", stacklevel=2)
        return None
    from game.rules.program import UnsupportedError

    try:
        return Machine(ruleset)
    except UnsupportedError:
        return None


class Block:
    """Some games while programs run: their state and luck, the orders given and remembered."""

    def __init__(self, ruleset: Ruleset, lanes: int) -> None:
        self.lanes, size, seats = lanes, ruleset.catalogue.size, len(ruleset.seats)
        self.state = np.zeros((ruleset.layout.size, lanes), np.int32)
        self.given = np.zeros((size, lanes), np.int8)
        self.recalled, self.halved = np.zeros((2, size, lanes), np.uint16)
        self.low, self.high = np.zeros((2, lanes), np.uint32)
        self.orders = np.full((seats, ruleset.places, lanes), -1, np.int32)
        self.kept = np.zeros((seats, ruleset.orders.places, lanes), np.int32)
        self.memory = ruleset.orders.memory_block(self.state)


class Machine:
    """Programs of one ruleset. Calls from several threads wait for one another. Raises UnsupportedError."""

    def __init__(self, ruleset: Ruleset) -> None:
        from game.rules import kernels
        from game.rules.turning import Turning

        self.ruleset, self.kernels = ruleset, kernels
        self.lock = threading.RLock()
        self.blocks = {lanes: Block(ruleset, lanes) for lanes in (SMALL, LARGE)}
        self.programs: dict[int, tuple[Phase, Sealed]] = {}
        for phase in (*ruleset.phases.values(), ruleset.measure, ruleset.score, ruleset.calendar):
            self.program(phase)
        self.turning = Turning(ruleset, self)

    def program(self, phase: Phase) -> Sealed:
        """A phase as a program, made once."""
        from game.rules.program import twice

        if id(phase) not in self.programs:
            self.programs[id(phase)] = phase, twice(lambda program: program.phase(phase))[0]
        return self.programs[id(phase)][1]

    def cut(self, games: int) -> Iterator[tuple[slice, Block]]:
        """Parts of so many games and the block each fits in."""
        first = 0
        while first < games:
            block = self.blocks[LARGE if games - first > 2 * SMALL else SMALL]
            end = min(first + block.lanes, games)
            yield slice(first, end), block
            first = end

    def recall(self, block: Block) -> None:
        """Make bits of a block's memory."""
        self.kernels.remember(block.memory, block.recalled, self.ruleset.ages)

    def run(
        self,
        block: Block,
        program: Sealed,
        lanes: int,
        count: Array,
        code: Array = _NONE,
        legal: Array = _NONE,
        tables: Array = _NONE,
        alive: Array = _NOBODY,
    ) -> None:
        """Run a program on a block as it stands. count: how often each rule took effect, added up."""
        program.registers(block.lanes).delta[:] = 0
        self.go_on(block, program, lanes, count, code, legal, tables, alive)

    def go_on(
        self,
        block: Block,
        program: Sealed,
        lanes: int,
        count: Array,
        code: Array = _NONE,
        legal: Array = _NONE,
        tables: Array = _NONE,
        alive: Array = _NOBODY,
    ) -> None:
        """The same with what has been added to the program's rows already."""
        own = program.registers(block.lanes)
        self.kernels.run(
            program.ops, program.pool, program.big, program.keys, own.narrow, own.wide,
            block.state, block.given, block.recalled, block.halved, block.low, block.high,
            own.delta, own.work, program.bounds, count, lanes, code, legal, tables, alive,
        )  # fmt: skip
