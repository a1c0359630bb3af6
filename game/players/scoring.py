"""The accelerator of the doctrine player: legality, worth and choice of orders as one program on blocks of games.

Imported only where Numba is installed; what it chooses is what `DoctrinePlayer` chooses with NumPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.players.choosing import MOST_WORTH
from game.rules import Ruleset, World, kernels, no_orders
from game.rules.catalogue import KINDS
from game.rules.machine import LARGE, SMALL, Machine
from game.rules.program import Program, twice

if TYPE_CHECKING:
    from game.players.doctrine import DoctrinePlayer


class Scorer:
    """A doctrine player's scoring compiled for one ruleset. Raises UnsupportedError."""

    def __init__(self, ruleset: Ruleset, player: DoctrinePlayer, machine: Machine) -> None:
        self.ruleset, self.machine = ruleset, machine
        catalogue = ruleset.catalogue
        self.program, self.limit = twice(lambda program: self._build(program, player))
        self.limit_step = 0 if ruleset.order_limit.size == 1 else 1
        self.purse = ruleset.orders.purse
        self.ending = ruleset.layout.row("ending")
        self.code, self.legal = (
            {lanes: np.zeros((catalogue.size, lanes), np.int32) for lanes in (SMALL, LARGE)} for _ in range(2)
        )
        width = max(table.shape[1] for table in player.tables)
        self.tables = np.zeros((catalogue.size, width), np.int32)
        for part, table in zip(catalogue.seats, player.tables, strict=True):
            self.tables[part, : table.shape[1]] = table
        self.runs = np.zeros((len(KINDS), len(ruleset.seats), 2), np.int32)
        for kind in KINDS:
            for seat, runs in enumerate(catalogue.runs[kind]):
                if runs:
                    self.runs[kind, seat] = runs[0][1].start, runs[-1][1].stop
        self.cost = catalogue.cost.astype(np.int32)
        self.rivals = catalogue.rivals.astype(np.int32)
        self.starts = np.array([part.start for part in catalogue.seats], np.int32)
        self.alive = np.zeros(catalogue.size, np.int32)
        self.count = np.zeros(1, np.int64)

    def _build(self, program: Program, player: DoctrinePlayer) -> int:
        """The whole scoring; the register of how many orders each seat may give."""
        ruleset, catalogue = self.ruleset, self.ruleset.catalogue
        limit = program.keep(ruleset.order_limit)
        program.settle()
        for index, node in ruleset.legal_parts:
            at = program.many(index.tolist())
            register = -1 if node is None else program.node(node)
            program.op(kernels.LEGAL, register, len(index), 0 if node is None or node.size == 1 else 1, at)
            program.settle()
        self._worth(program, player)
        places = program.many(catalogue.place.tolist())
        program.op(kernels.ENCODE, 0, catalogue.size, places, MOST_WORTH)
        return limit

    def _worth(self, program: Program, player: DoctrinePlayer) -> None:
        catalogue = self.ruleset.catalogue
        for seat, part in enumerate(catalogue.seats):
            columns = player.tables[seat].shape[1]
            row = player.government + seat
            program.op(kernels.WORTH, part.start, part.stop - part.start, row, columns - 1)
        for code, parts in ((kernels.WORTH_ADD, player.rules), (kernels.RED, player.red_lines)):
            for rule in parts:
                worth = 0 if rule.worth is None else program.node(rule.worth)
                step = 0 if rule.worth is None or rule.worth.size == 1 else 1
                held = -1 if rule.when is None else program.node(rule.when)
                held_step = 0 if rule.when is None or rule.when.size == 1 else 1
                last = max(len(player.by_seat[self.ruleset.seats[rule.seat]]) - 1, 0)
                at = program.many([*rule.orders.tolist(), last, held_step])
                row = -1 if rule.government is None else player.government + rule.seat
                program.op(code, worth, len(rule.orders), step, held, at, row, rule.government or 0)
                program.settle()

    def decide(self, world: World, seats: Sequence[int]) -> NDArray[np.int32]:
        """The orders of some seats, int32 [all seats, places, games]."""
        ruleset, machine, program = self.ruleset, self.machine, self.program
        orders = no_orders(ruleset, world.games)
        chosen = np.array(list(seats), np.int32)
        with machine.lock:
            for part, block in machine.cut(world.games):
                lanes = part.stop - part.start
                block.state[:, :lanes] = world.state[:, part]
                if program.asks_memory:
                    machine.recall(block)
                code, alive = self.code[block.lanes], self.alive
                machine.run(block, program, lanes, self.count, code, self.legal[block.lanes], self.tables, alive)
                over = np.flatnonzero(world.state[self.ending, part])
                if len(over):
                    code[:, over] = 0
                purse = block.state[self.purse[chosen]]
                slots = program.registers(block.lanes).narrow[self.limit + chosen * self.limit_step]
                found = np.full((len(ruleset.seats), ruleset.places, block.lanes), -1, np.int32)
                machine.kernels.pick(
                    code, alive, self.cost, self.rivals, self.runs, purse, slots, found,
                    chosen, self.starts, ruleset.slot_places, ruleset.places, lanes,
                )  # fmt: skip
                orders[:, :, part] = found[:, :, :lanes]
        return orders


def scorer_of(ruleset: Ruleset, player: DoctrinePlayer) -> Scorer | None:
    """The scorer of a player; None: NumPy computes it."""
    from game.rules.machine import LEAST, machine_of
    from game.rules.program import UnsupportedError

    machine = machine_of(ruleset, LEAST)
    if machine is None:
        return None
    try:
        return Scorer(ruleset, player, machine)
    except UnsupportedError:
        return None
