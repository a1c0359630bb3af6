"""The accelerator of a ruleset: its phases and its players' scoring as programs, run on blocks of games.

Made when first asked for, where Numba is installed; `machine_of` gives None where it is not, and where a
ruleset needs something that the machine does not compute. NumPy stays the reference.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from game.rules.fast import numba_version

if TYPE_CHECKING:
    from game.rules.phase import Phase, Words
    from game.rules.program import Sealed
    from game.rules.ruleset import Ruleset

Array = NDArray[Any]
LANE = 64
_NONE = np.zeros((1, LANE), np.int32)
_NO_TABLE = np.zeros((1, 1), np.int32)
_making = threading.Lock()


def machine_of(ruleset: Ruleset) -> Machine | None:
    """The machine of a ruleset, made once; None: NumPy computes it."""
    found = ruleset.__dict__.get("_machine", False)
    if found is False:
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
        from game.rules.program import UnsupportedError
    except ImportError:
        warnings.warn("Numba is installed but cannot be loaded; NumPy computes the rules", stacklevel=2)
        return None
    try:
        return Machine(ruleset)
    except UnsupportedError:
        return None


class Block:
    """Up to LANE games while a program runs: their state and luck, the orders given and remembered."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.state = np.zeros((ruleset.layout.size, LANE), np.int32)
        self.given = np.zeros((ruleset.catalogue.size, LANE), np.int8)
        self.recalled = np.zeros((ruleset.catalogue.size, LANE), np.uint16)
        self.low = np.zeros(LANE, np.uint32)
        self.high = np.zeros(LANE, np.uint32)
        self.memory = np.zeros((len(ruleset.seats), max(ruleset.ages, 1), ruleset.orders.places, LANE), np.int32)


class Machine:
    """Programs of one ruleset. Calls from several threads wait for one another."""

    def __init__(self, ruleset: Ruleset) -> None:
        from game.rules import kernels

        self.ruleset, self.kernels = ruleset, kernels
        self.lock = threading.RLock()
        self.block = Block(ruleset)
        self.programs: dict[int, tuple[Phase, Sealed]] = {}
        for phase in (*ruleset.phases.values(), ruleset.measure, ruleset.score, ruleset.calendar):
            self.program(phase)

    def program(self, phase: Phase) -> Sealed:
        """A phase as a program, made once."""
        from game.rules.program import Program

        if id(phase) not in self.programs:
            first = Program()
            first.phase(phase)
            program = Program(first.asked)
            program.phase(phase)
            self.programs[id(phase)] = phase, program.seal()
        return self.programs[id(phase)][1]

    def phases(
        self,
        phases: Sequence[Phase],
        state: Array,
        words: Words,
        orders: Array | None,
        fired: dict[str, int],
    ) -> None:
        """Run phases one after the other on every game of a state, in place; count what took effect.

        orders: given this turn, int32 [seats, places, games]; None between turns.
        """
        programs = [self.program(phase) for phase in phases if phase.rules]
        if not programs:
            return
        games, block, kernels = state.shape[1], self.block, self.kernels
        reads = np.unique(np.concatenate([program.reads for program in programs]))
        writes = np.unique(np.concatenate([program.writes for program in programs]))
        counts = [np.zeros(len(program.names), np.int64) for program in programs]
        memory = self.ruleset.orders.memory_block(state)
        with self.lock:
            for first in range(0, games, LANE):
                lanes = min(LANE, games - first)
                part = slice(first, first + lanes)
                block.low[:lanes], block.high[:lanes] = words[0][part], words[1][part]
                kernels.take_in(state, reads, first, lanes, block.state)
                if any(program.asks_given for program in programs):
                    self._give(orders, part, lanes)
                if any(program.asks_memory for program in programs):
                    self.recall(memory, part, lanes)
                for program, count in zip(programs, counts, strict=True):
                    self.run(program, lanes, count, _NONE, _NONE, _NO_TABLE)
                kernels.give_back(state, writes, first, lanes, block.state)
        for program, count in zip(programs, counts, strict=True):
            for name, hits in [*zip(program.names, count.tolist(), strict=True)]:
                if hits:
                    fired[name] = fired.get(name, 0) + hits
            for name, size in program.always:
                fired[name] = fired.get(name, 0) + size * games

    def _give(self, orders: Array | None, part: slice, lanes: int) -> None:
        self.block.given[:] = 0
        if orders is not None:
            own = orders[:, :, part]
            seats, places, columns = (own >= 0).nonzero()
            self.block.given[own[seats, places, columns], columns] = 1

    def recall(self, memory: Array, part: slice, lanes: int) -> None:
        """Take up the memory of a block. memory [seats, ages, places, games]."""
        block = self.block
        block.memory[:, : memory.shape[1], :, :lanes] = memory[:, :, :, part]
        self.kernels.remember(block.memory, block.recalled, min(memory.shape[1], 12))

    def run(self, program: Sealed, lanes: int, count: Array, code: Array, legal: Array, tables: Array) -> None:
        """Run a program on the block as it stands."""
        block = self.block
        self.kernels.run(
            program.ops, program.pool, program.big, program.keys, program.narrow, program.wide,
            block.state, block.given, block.recalled, block.low, block.high,
            program.delta(), program.work, program.bounds, count, lanes, code, legal, tables,
        )  # fmt: skip
