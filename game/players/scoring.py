"""The accelerator of the doctrine player: legality, worth and choice of orders as one program on blocks of games.

Imported only where Numba is installed; what it chooses is what `DoctrinePlayer` chooses with NumPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from game.players.choosing import MOST_WORTH
from game.rules import Ruleset, World, no_orders
from game.rules.catalogue import KINDS
from game.rules.codes import AWAKE, TRUE, Op
from game.rules.machine import Machine, plain, spans
from game.rules.program import Program

if TYPE_CHECKING:
    from game.players.doctrine import DoctrinePlayer, _Part

FORBIDDEN = -(1 << 29)


class Scorer:
    """A doctrine player's scoring compiled for one ruleset. Raises UnsupportedError."""

    def __init__(self, ruleset: Ruleset, player: DoctrinePlayer, machine: Machine) -> None:
        self.ruleset, self.machine = ruleset, machine
        catalogue, places = ruleset.catalogue, machine.places
        self.program = machine.program(lambda program: self._build(program, player))
        orders = np.arange(catalogue.size)
        worth, legal = places.worth + orders, places.legal + orders
        top, most = (np.full(catalogue.size, value) for value in (places.top, MOST_WORTH))
        self.encodings = _flat(worth, catalogue.place + 1, most, legal)
        self.bests = _flat(top, worth, places.purse + catalogue.seat, catalogue.cost, legal)
        self.runs = np.zeros((len(KINDS), len(ruleset.seats), 2), np.int32)
        for kind in KINDS:
            for seat, runs in enumerate(catalogue.runs[kind]):
                if runs:
                    self.runs[kind, seat] = runs[0][1].start, runs[-1][1].stop
        self.cost = catalogue.cost.astype(np.int32)
        self.rivals = catalogue.rivals.astype(np.int32)
        rows = [self.program.reads, [ruleset.layout.row("ending")]]
        if self.program.asks_memory:
            rows.append(ruleset.orders.memory.rows)
        self.needed = spans(np.concatenate([np.array(part, np.int32) for part in rows]))
        self.starts = np.array([part.start for part in catalogue.seats], np.int64)

    def _build(self, program: Program, player: DoctrinePlayer) -> None:
        """The whole scoring: purses, how many orders each seat may give, what is legal, what it is worth."""
        ruleset, places = self.ruleset, program.places
        program.do(Op.STORE, [(places.purse + seat, row) for seat, row in enumerate(ruleset.orders.purse.tolist())])
        limits = program.numbers(ruleset.order_limit)
        if len(limits) == 1:
            limits = limits * len(ruleset.seats)
        program.do(Op.STORE, [(places.limit + seat, value) for seat, value in enumerate(limits)])
        for index, node in ruleset.legal_parts:
            with program.holding(node) as held:
                words = [places.legal + order for order in index.tolist()]
                program.keep_words(words, program.each(len(words), program.both, held, [AWAKE]))
        self._constant(program, player)
        for part in (*player.rules, *player.red_lines):
            self._part(program, player, part)

    def _constant(self, program: Program, player: DoctrinePlayer) -> None:
        """What orders are worth in any state: as the seat's first doctrine says, then what the others say otherwise."""
        places = program.places
        for seat, (part, table) in enumerate(zip(self.ruleset.catalogue.seats, player.tables, strict=True)):
            at = [(places.worth + order, places.legal + order) for order in range(part.start, part.stop)]
            program.do(Op.WORTH, [(w, v, legal) for (w, legal), v in zip(at, table[:, 0].tolist(), strict=True)])
            for government in range(1, table.shape[1]):
                more = (table[:, government] - table[:, 0]).tolist()
                rules = _ruling(program, player, seat, government)
                with program.where([rules]):
                    added = [(w, v, rules, legal) for (w, legal), v in zip(at, more, strict=True) if v]
                    program.do(Op.WORTH_ADD_CONST, added)

    def _part(self, program: Program, player: DoctrinePlayer, part: _Part) -> None:
        """What a doctrine's rule adds to the worth of some orders, or what a red line takes off."""
        orders: list[int] = part.orders.tolist()
        legal = {program.places.worth + order: program.places.legal + order for order in orders}
        with program.where(list(legal.values())):
            rules = TRUE if part.government is None else _ruling(program, player, part.seat, part.government)
            with program.where([rules]), program.holding(part.when) as held:
                full = program.each(len(orders), program.both, held, [rules])
                full = full * len(orders) if len(full) == 1 else full
                amounts = [program.number(FORBIDDEN)] if part.worth is None else program.numbers(part.worth)
                rows = [program.places.worth + order for order in orders]
                varying, fixed = program.amounts(rows, amounts, full)
                program.do(Op.WORTH_ADD, [(*one, legal[one[0]]) for one in varying])
                program.do(Op.WORTH_ADD_CONST, [(*one, legal[one[0]]) for one in fixed])

    def decide(self, world: World, seats: Sequence[int]) -> NDArray[np.int32]:
        """The orders of some seats, int32 [all seats, places, games]."""
        ruleset, machine = self.ruleset, self.machine
        orders = no_orders(ruleset, world.games)
        own = machine.registers
        with machine.lock:
            machine.kernels.decide(
                plain(world.state), orders, own.numbers, own.truths, own.wides, machine.facts,
                machine.big, self.needed, self.program.ops, self.program.asks_memory, self.encodings, self.bests,
                self.cost, self.rivals, self.runs, self.starts, np.array(list(seats), np.int64), ruleset.slot_places,
            )  # fmt: skip
        return orders


def _flat(*columns: NDArray[Any]) -> NDArray[np.int32]:
    """Operands, group after group."""
    return np.ascontiguousarray(np.stack(columns, axis=1).reshape(-1), np.int32)


def _ruling(program: Program, player: DoctrinePlayer, seat: int, government: int) -> int:
    """Where a doctrine rules a seat; the last one also where the government is beyond them."""
    last = max(len(player.by_seat[player.ruleset.seats[seat]]) - 1, 0)
    row = program.make([program.extreme(player.government + seat, program.number(last), False)])[0]
    return program.make([(Op.EQUAL_CONST, row, government)])[0]


def scorer_of(ruleset: Ruleset, player: DoctrinePlayer) -> Scorer | None:
    """The scorer of a player; None: NumPy computes it."""
    from game.rules.expressions import UnsupportedError
    from game.rules.machine import LEAST, machine_of

    machine = machine_of(ruleset, LEAST)
    if machine is None:
        return None
    # Players of the same doctrines with the same red lines score alike.
    doctrines = tuple(doctrine for own in player.by_seat.values() for doctrine in own)
    key = (tuple(map(id, doctrines)), tuple(line.orders.tobytes() for line in player.red_lines))
    with machine.lock:
        if key not in machine.scorers:
            try:
                scorer = Scorer(ruleset, player, machine)
            except UnsupportedError:
                scorer = None
            # The doctrines are kept with it, so that no other object takes their place in memory.
            machine.scorers[key] = scorer, doctrines
        found: Scorer | None = machine.scorers[key][0]
    return found
