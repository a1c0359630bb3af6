"""The accelerator of a ruleset: its turns and its players' scoring as programs, run on blocks of 64 games.

Made when first asked for, where Numba is installed; `machine_of` gives None where it is not, and where a
ruleset needs something that the machine does not compute. NumPy stays the reference.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from game.rules.codes import LANES
from game.rules.fast import load, numba_version, worth_loading
from game.scenario.collector import uncollected

if TYPE_CHECKING:
    from game.rules.assemble import Sealed
    from game.rules.places import Places
    from game.rules.program import Program
    from game.rules.ruleset import Ruleset

Array = NDArray[Any]
LEAST = 32
"""With fewer games the machine is not worth being made; once there is one, it takes any number."""
GAP = 3
"""Rows that nobody asks for between two that are asked for: so many are copied rather than left out."""
_making = threading.Lock()


def machine_of(ruleset: Ruleset, games: int) -> Machine | None:
    """The machine of a ruleset for so many games, made once; None: NumPy computes it."""
    found = ruleset.__dict__.get("_machine", False)
    if found is False:
        if games < LEAST or not worth_loading(games):
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
    from game.rules.expressions import UnsupportedError

    try:
        return Machine(ruleset)
    except UnsupportedError:
        return None


class Registers:
    """What programs work in. numbers int32 [rows, 64], truths uint64, wides int64 [rows, 64], see `Places`."""

    def __init__(self) -> None:
        self.numbers: NDArray[np.int32] = _aligned(0)
        self.truths: NDArray[np.uint64] = np.zeros(0, np.uint64)
        self.wides: NDArray[np.int64] = np.zeros((1, LANES), np.int64)

    def reach(self, reach: dict[str, int]) -> None:
        """Make them large enough; what stood in them is lost."""
        if reach["n"] > len(self.numbers):
            self.numbers = _aligned(reach["n"])
        if reach["t"] > len(self.truths):
            self.truths = np.zeros(reach["t"], np.uint64)
        if reach["w"] > len(self.wides):
            self.wides = np.zeros((reach["w"], LANES), np.int64)


def _aligned(rows: int) -> NDArray[np.int32]:
    """Noughts in rows that begin where a line of the processor's cache does."""
    raw = np.zeros((rows + 1) * LANES, np.int32)
    first = -raw.ctypes.data % 64 // 4
    return raw[first : first + rows * LANES].reshape(rows, LANES)


class Machine:
    """Programs of one ruleset. Calls from several threads wait for one another. Raises UnsupportedError.

    scorers: what players have made to choose orders with, by their doctrines.
    """

    def __init__(self, ruleset: Ruleset) -> None:
        from game.rules import kernels
        from game.rules.places import Places
        from game.rules.turning import Turning

        self.ruleset, self.kernels = ruleset, kernels
        self.lock = threading.RLock()
        self.places, self.registers = Places(ruleset), Registers()
        self.facts = _facts(ruleset, self.places)
        self.big = np.zeros(1, np.int64)
        self.scorers: dict[tuple[Any, ...], Any] = {}
        self.turning = Turning(ruleset, self)

    def program(self, build: Callable[[Program], None]) -> Sealed:
        """A program, and room for what it works in."""
        from game.rules.program import Program

        with self.lock, uncollected(stays=False):
            program = Program(self.places)
            build(program)
            sealed = program.seal()
            self.registers.reach(sealed.reach)
            self.big = np.array([*self.places.big, 0], np.int64)
        return sealed


def plain(array: Array) -> NDArray[np.int32]:
    """An array as the kernels take it: of 32 bits, row by row, free to be written; itself if it is that already."""
    return np.require(array, np.int32, ["C", "W"])


def spans(rows: NDArray[np.int32]) -> NDArray[np.int64]:
    """Rows as (begin, count) of those that stand together; few in between are taken along. int64 [spans, 2]."""
    found = np.unique(rows)
    edges = np.flatnonzero(np.diff(found) > GAP) + 1
    parts = [part for part in np.split(found, edges) if len(part)]
    return np.array([(part[0], part[-1] - part[0] + 1) for part in parts], np.int64).reshape(-1, 2)


def _facts(ruleset: Ruleset, places: Places) -> NDArray[np.int64]:
    """What stands where, and how many there are, in the order of `kernels`."""
    orders = ruleset.orders
    return np.array(
        [
            places.low, places.high, places.now, places.date, places.kept, places.purse, places.limit, places.top,
            places.worth, places.delta, places.legal, places.given, places.half, places.recalled(0), places.halved(0),
            places.ends, places.rows, places.orders, len(ruleset.seats), places.ages, orders.places,
            orders.memory.rows.start, ruleset.layout.row("ending"), orders.half_ages,
        ],
        np.int64,
    )  # fmt: skip
