"""The accelerator of a ruleset: its phases and its players' scoring as programs, run on blocks of games.

Made when first asked for, where Numba is installed; `machine_of` gives None where it is not, and where a
ruleset needs something that the machine does not compute. NumPy stays the reference.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from game.rules.fast import load, numba_version, worth_loading

if TYPE_CHECKING:
    from game.rules.phase import Phase, Words
    from game.rules.program import Sealed
    from game.rules.ruleset import Ruleset

Array = NDArray[Any]
SMALL, LARGE = 64, 256
"""Widths of a block in games: a row costs less in a wide one, but few games leave it empty."""
LEAST = 32
"""With fewer games the machine is not worth being loaded."""
_NONE = np.zeros((1, 1), np.int32)
_NO_TABLE = np.zeros((1, 1), np.int32)
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
    """Some games while a program runs: their state and luck, the orders given and remembered."""

    def __init__(self, ruleset: Ruleset, lanes: int) -> None:
        self.lanes = lanes
        self.state = np.zeros((ruleset.layout.size, lanes), np.int32)
        self.given = np.zeros((ruleset.catalogue.size, lanes), np.int8)
        self.recalled = np.zeros((ruleset.catalogue.size, lanes), np.uint16)
        self.low = np.zeros(lanes, np.uint32)
        self.high = np.zeros(lanes, np.uint32)
        self.memory = np.zeros((len(ruleset.seats), max(ruleset.ages, 1), ruleset.orders.places, lanes), np.int32)


class Machine:
    """Programs of one ruleset. Calls from several threads wait for one another."""

    def __init__(self, ruleset: Ruleset) -> None:
        from game.rules import kernels

        self.ruleset, self.kernels = ruleset, kernels
        self.lock = threading.RLock()
        self.blocks = {lanes: Block(ruleset, lanes) for lanes in (SMALL, LARGE)}
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

    def cut(self, games: int) -> Iterator[tuple[slice, Block]]:
        """Parts of so many games and the block each fits in."""
        first = 0
        while first < games:
            block = self.blocks[LARGE if games - first > 2 * SMALL else SMALL]
            end = min(first + block.lanes, games)
            yield slice(first, end), block
            first = end

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
        games, kernels = state.shape[1], self.kernels
        reads = np.unique(np.concatenate([program.reads for program in programs]))
        writes = np.unique(np.concatenate([program.writes for program in programs]))
        counts = [np.zeros(len(program.names), np.int64) for program in programs]
        memory = self.ruleset.orders.memory_block(state)
        with self.lock:
            for part, block in self.cut(games):
                first, lanes = part.start, part.stop - part.start
                block.low[:lanes], block.high[:lanes] = words[0][part], words[1][part]
                kernels.take_in(state, reads, first, lanes, block.state)
                if any(program.asks_given for program in programs):
                    self._give(block, orders, part)
                if any(program.asks_memory for program in programs):
                    self.recall(block, memory, part)
                for program, count in zip(programs, counts, strict=True):
                    self.run(block, program, lanes, count, _NONE, _NONE, _NO_TABLE)
                kernels.give_back(state, writes, first, lanes, block.state)
        for program, count in zip(programs, counts, strict=True):
            for name, hits in [*zip(program.names, count.tolist(), strict=True)]:
                if hits:
                    fired[name] = fired.get(name, 0) + hits
            for name, size in program.always:
                fired[name] = fired.get(name, 0) + size * games

    @staticmethod
    def _give(block: Block, orders: Array | None, part: slice) -> None:
        block.given[:] = 0
        if orders is not None:
            own = orders[:, :, part]
            seats, places, columns = (own >= 0).nonzero()
            block.given[own[seats, places, columns], columns] = 1

    def recall(self, block: Block, memory: Array, part: slice) -> None:
        """Take up the memory of a block. memory [seats, ages, places, games]."""
        block.memory[:, : memory.shape[1], :, : part.stop - part.start] = memory[:, :, :, part]
        self.kernels.remember(block.memory, block.recalled, min(memory.shape[1], 12))

    def run(
        self, block: Block, program: Sealed, lanes: int, count: Array, code: Array, legal: Array, tables: Array
    ) -> None:
        """Run a program on a block as it stands."""
        own = program.registers(block.lanes)
        own.delta[:] = 0
        self.kernels.run(
            program.ops, program.pool, program.big, program.keys, own.narrow, own.wide,
            block.state, block.given, block.recalled, block.low, block.high,
            own.delta, own.work, program.bounds, count, lanes, code, legal, tables,
        )  # fmt: skip
