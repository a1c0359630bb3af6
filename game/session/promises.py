"""What a seat has to order to keep its pledges, read from the pledges' own rules.

A pledge names the deeds that show it kept (`kept`), of which one is enough, or the omissions that break it (`broken`),
none of which may happen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.rules import Ruleset, World, legal_mask, legal_queues, no_orders
from game.rules.binding import static_value
from game.scenario import expression as ex
from game.scenario.pledges import BROKEN, KEPT, quantity_of, rule_of

_MORE, _LESS = (">", ">=", "!="), ("<", "<=", "==")


@dataclass(frozen=True)
class _Promise:
    """row: holds the last turn in which it binds; orders: catalogue indices; each: whether every one of them is due."""

    row: int
    orders: tuple[int, ...]
    each: bool


class Promises:
    """The pledges of one seat that ask for deeds, in futures that begin at `world`.

    A pledge that one deed keeps is left alone where it binds already at `world`: were the deed made up for in the
    futures that lack it, nobody could see what it is worth.
    """

    def __init__(self, ruleset: Ruleset, world: World, seat: int) -> None:
        self.ruleset, self.seat = ruleset, seat
        found = _promises(ruleset, ruleset.seats[seat])
        self.all = tuple(one for one in found if one.each or not (world.state[one.row] >= world.turn).any())

    def due(self, world: World) -> NDArray[np.int32]:
        """The orders that keep what the seat has promised, as far as they are legal. int32 [places, games]."""
        ruleset = self.ruleset
        given: NDArray[np.int32] = no_orders(ruleset, world.games)[self.seat]
        live = [(one, world.state[one.row] >= world.turn) for one in self.all]
        live = [(one, bound) for one, bound in live if bound.any()]
        if not live:
            return given
        mask, first = legal_mask(ruleset, world), ruleset.catalogue.seats[self.seat].start
        for one, bound in live:
            for order in one.orders:
                games = np.flatnonzero(bound & legal_queues(ruleset, world, self.seat, given, mask)[order - first])
                self._put(given, order, games)
                if not one.each:
                    bound[games] = False
        return given

    def _put(self, given: NDArray[np.int32], order: int, games: NDArray[np.intp]) -> None:
        """An order in the first empty place of its kind, in some games; it is legal there, so that there is one."""
        places = self.ruleset.slot_places
        span = slice(places + 1, None) if self.ruleset.catalogue.free[order] else slice(0, places)
        empty = (given[span][:, games] < 0).argmax(axis=0)
        given[span.start + empty, games] = order


def _promises(ruleset: Ruleset, seat: str) -> Iterator[_Promise]:
    for pledge in ruleset.book.rulebook.pledges:
        quantity = ruleset.layout.quantities.get(quantity_of(pledge.id))
        if quantity is None:
            continue
        for row, (giver, receiver) in zip(quantity.rows, quantity.instances, strict=True):
            if giver != seat:
                continue
            env = {"actor": giver, "to": receiver}
            for outcome, shows in ((KEPT, pledge.kept), (BROKEN, pledge.broken)):
                if shows is not None:
                    test = ruleset.book.index[rule_of(pledge.id, outcome)].tests[-1].truth
                    orders = tuple(dict.fromkeys(_deeds(ruleset, test, env, outcome == KEPT)))
                    if orders:
                        yield _Promise(row, orders, outcome == BROKEN)


@dataclass(frozen=True)
class Breach:
    """A pledge of a seat and its orders that break it. row: holds the last turn in which it binds."""

    pledge: str
    receiver: str
    row: int
    orders: frozenset[int]


def breaches(ruleset: Ruleset, seat: str) -> tuple[Breach, ...]:
    """What a seat might order against each pledge that it could give."""
    own = ruleset.catalogue.seats[ruleset.seats.index(seat)]
    found = []
    for pledge in ruleset.book.rulebook.pledges:
        quantity = ruleset.layout.quantities.get(quantity_of(pledge.id))
        if quantity is None or pledge.broken is None:
            continue
        test = ruleset.book.index[rule_of(pledge.id, BROKEN)].tests[-1].truth
        for row, (giver, receiver) in zip(quantity.rows, quantity.instances, strict=True):
            if giver == seat:
                env = {"actor": giver, "to": receiver}
                orders = frozenset(one for one in _deeds(ruleset, test, env, True) if own.start <= one < own.stop)
                found.append(Breach(pledge.id, receiver, row, orders))
    return tuple(found)


def _deeds(ruleset: Ruleset, node: ex.Expression, env: Mapping[str, str], wanted: bool) -> Iterator[int]:
    """The orders of this turn whose giving speaks for a truth (`wanted`) or against it."""
    match node:
        case ex.All() | ex.Any():
            for part in node.parts:
                yield from _deeds(ruleset, part, env, wanted)
        case ex.Not():
            yield from _deeds(ruleset, node.part, env, not wanted)
        case ex.Aggregate():
            for thing in ruleset.book.sets[node.set]:
                bound = {**env, node.slot: thing}
                if node.condition is None or static_value(ruleset.book, node.condition, bound) is not False:
                    yield from _deeds(ruleset, node.body, bound, wanted)
        case ex.Compare() if node.op in (_MORE if wanted else _LESS):
            for part in ex.walk(node.left):
                if isinstance(part, ex.Ordered) and part.months is None:
                    yield from ruleset.catalogue.find(part.action, [_thing(arg, env) for arg in part.args])


def _thing(arg: ex.Argument, env: Mapping[str, str]) -> str | None:
    return arg.id if isinstance(arg, ex.Thing) else env.get(arg.name, "") if isinstance(arg, ex.Slot) else None
