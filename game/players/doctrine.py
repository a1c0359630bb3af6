"""The doctrine player: one look at each order's declared effects, by the weights of the ruling government.

Worth of an order = Σ weights × its immediate constant effects + Σ worth of the doctrine's rules that hold
− thrift × cost. It never calls `advance`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from game.players.choosing import ANSWER_BONUS, choose, encode
from game.rules import CHUNK, Ruleset, World, no_orders
from game.rules.batch import FEW, Builder
from game.rules.legality import frame_of, legal_mask
from game.rules.machine import machine_of
from game.rules.nodes import Frame, Node
from game.rules.spent import spent
from game.rules.terms import Environment, Placed
from game.scenario.book import Book, Doctrine, WorthRule

if TYPE_CHECKING:
    from game.players.scoring import Scorer


FORBIDDEN = 2**29
"""Taken off the worth of an order under a red line, in hundredths."""


@dataclass(frozen=True)
class _Part:
    """A doctrine rule over some orders. worth: hundredths; government: only while it rules `seat`; None: always."""

    orders: NDArray[np.intp]
    when: Node | None
    worth: Node | None
    seat: int
    government: int | None


class DoctrinePlayer:
    """Plays every seat by its doctrine. population: a named change to all doctrines, or None."""

    def __init__(self, ruleset: Ruleset, population: str | None = None) -> None:
        book = ruleset.book
        self.ruleset = ruleset
        doctrines = book.doctrines if population is None else book.populations[population]
        self.by_seat = {seat: [d for d in doctrines if d.seat == seat] for seat in ruleset.seats}
        self.government = ruleset.layout.quantities["government"].first
        self.tables = [self._table(seat) for seat in range(len(ruleset.seats))]
        self.rules = self._rules("rules")
        self.red_lines = self._rules("never")
        self._scorer: Scorer | Literal[False] | None = False

    # -- compiled once -----------------------------------------------------------------------------

    def _table(self, seat: int) -> NDArray[np.int32]:
        """Constant worth of a seat's orders in hundredths, int32 [orders of the seat, governments]."""
        ruleset = self.ruleset
        part = ruleset.catalogue.seats[seat]
        doctrines = self.by_seat[ruleset.seats[seat]]
        if not doctrines:
            return np.zeros((part.stop - part.start, 1), np.int32)
        columns = [self._constant(part, doctrine, ruleset.seats[seat]) for doctrine in doctrines]
        return np.stack(columns, axis=1)

    def _constant(self, part: slice, doctrine: Doctrine, seat: str) -> NDArray[np.int32]:
        phase, catalogue = self.ruleset.orders, self.ruleset.catalogue
        owner, rows, amounts = phase.immediate(part)
        worth = np.zeros(part.stop - part.start, np.int64)
        np.add.at(worth, owner, amounts * _weights(self.ruleset, doctrine, seat)[rows])
        worth -= 100 * doctrine.thrift * catalogue.cost[part]
        worth[catalogue.is_choice[part]] += ANSWER_BONUS
        return np.clip(worth, -(2**30), 2**30).astype(np.int32)

    def _rules(self, kind: str) -> list[_Part]:
        """Doctrine rules, each evaluated once for all the seats whose doctrines share it."""
        sharing: dict[int, tuple[WorthRule, list[tuple[str, int]]]] = {}
        for seat, doctrines in self.by_seat.items():
            for place, doctrine in enumerate(doctrines):
                for rule in getattr(doctrine, kind):
                    sharing.setdefault(id(rule), (rule, []))[1].append((seat, place))
        parts: list[_Part] = []
        for rule, users in sharing.values():
            always = {s for s in {seat for seat, _ in users} if len(self.by_seat[s]) == sum(u[0] == s for u in users)}
            found = [self._part(rule, always, None)]
            found += [self._part(rule, {seat}, place) for seat, place in users if seat not in always]
            parts += [part for part in found if part is not None]
        return parts

    def _part(self, rule: WorthRule, used_by: set[str], government: int | None) -> _Part | None:
        ruleset = self.ruleset
        names = list(rule.slots)
        found = [
            (args, order)
            for args, order in ruleset.catalogue.given(rule.order, rule.choice)
            if ruleset.seats[ruleset.catalogue.seat[order]] in used_by
            and all(args[names.index(slot)] == thing for slot, thing in rule.bind.items())
        ]
        if not found:
            return None
        bindings = [args for args, _ in found]
        env = Environment(tuple(names), bindings)
        truth = True if rule.when is None else ruleset.compiler.truth(rule.when, env, {})
        if truth is False:
            return None
        when = ruleset.compiler.at(truth, env, env.slots) if isinstance(truth, Placed) else None
        worth: Node | None = None
        if rule.worth is not None:
            placed = ruleset.compiler.stored(ruleset.compiler.number(rule.worth, env, {}), env, 100)
            worth = ruleset.compiler.at(placed, env, env.slots)
        orders = np.array([order for _, order in found], np.intp)
        return _Part(orders, when, worth, int(ruleset.catalogue.seat[orders[0]]), government)

    # -- a turn ------------------------------------------------------------------------------------

    @cached_property
    def spent(self) -> tuple[list[list[int]], list[list[int]]]:
        """The nodes that a decision does not read again after each legal part, and after each rule of the player."""
        legal = [[node] for _, node in self.ruleset.legal_parts]
        own = [[part.when, part.worth] for part in (*self.rules, *self.red_lines)]
        found = spent([*legal, *own, [self.ruleset.order_limit]])
        return found[: len(legal)], found[len(legal) : -1]

    def worth(
        self,
        world: World,
        frame: Frame,
        live: NDArray[np.bool_] | None = None,
        spent: Sequence[Sequence[int]] = (),
    ) -> NDArray[np.int32]:
        """The worth of every order in hundredths, int32 [orders, games]; what a red line forbids is far below 0.

        live: which orders are legal in any game, bool [orders]; rules over others only are skipped. spent: for each
        rule, the nodes that nobody asks the frame for after it.
        """
        if world.games <= FEW:
            return self._few.worth(frame)
        ruleset = self.ruleset
        worth = np.empty((ruleset.catalogue.size, world.games), np.int32)
        for seat, table in enumerate(self.tables):
            own = ruleset.catalogue.seats[seat]
            if table.shape[1] == 1:
                worth[own] = table
            else:
                worth[own] = table.take(self._ruling(frame, seat), axis=1)
        for part, done in zip((*self.rules, *self.red_lines), spent or repeat(()), strict=False):
            if live is None or np.count_nonzero(live.take(part.orders)):
                self._add(part, frame, worth)
            frame.forget(done)
        return worth

    def _add(self, part: _Part, frame: Frame, worth: NDArray[np.int32]) -> None:
        """One rule's worth, where it holds."""
        held = self._held(part, frame)
        if held is not None and not np.count_nonzero(held):
            return
        amount = np.int32(-FORBIDDEN) if part.worth is None else frame.value(part.worth)
        worth[part.orders] += amount if held is None else np.multiply(amount, held, dtype=np.int32)

    @cached_property
    def _few(self) -> _FewWorth:
        """The worth of all orders at once, made when few games are first played."""
        return _FewWorth(self)

    def _ruling(self, frame: Frame, seat: int) -> NDArray[np.int32]:
        """The place of the ruling doctrine among a seat's, int32 [games]."""
        last = len(self.by_seat[self.ruleset.seats[seat]]) - 1
        ruling: NDArray[np.int32] = np.minimum(frame.state[self.government + seat], max(last, 0))
        return ruling

    def _held(self, part: _Part, frame: Frame) -> NDArray[np.bool_] | None:
        held = None if part.when is None else frame.value(part.when)
        if part.government is None:
            return held
        rules: NDArray[np.bool_] = self._ruling(frame, part.seat) == part.government
        return np.broadcast_to(rules, (len(part.orders), frame.games)) if held is None else held & rules

    def _fast(self, ruleset: Ruleset, games: int) -> Scorer | None:
        """The accelerated scoring for so many games, made when it first pays; None: NumPy."""
        if self._scorer is False:
            if machine_of(self.ruleset, games) is None:
                return None
            from game.players.scoring import scorer_of

            self._scorer = scorer_of(self.ruleset, self)
        # Its arrays have the shape of its own ruleset and of no other.
        return self._scorer if ruleset is self.ruleset else None

    def decide(self, ruleset: Ruleset, world: World, seats: Sequence[int], whole: bool = False) -> NDArray[np.int32]:
        """Orders of some seats; a large world is looked at a chunk at a time (`whole`: in one go)."""
        fast = self._fast(ruleset, world.games)
        if fast is not None:
            return fast.decide(world, seats)
        if world.games > CHUNK and not whole:
            orders = no_orders(ruleset, world.games)
            for first in range(0, world.games, CHUNK):
                part = slice(first, first + CHUNK)
                orders[:, :, part] = self.decide(ruleset, _part(world, part), seats, whole=True)
            return orders
        alike = np.zeros(world.games, np.intp)
        return decide_mixed([self], ruleset, world, seats, manner=alike, mine=alike)


def decide_mixed(
    players: Sequence[DoctrinePlayer],
    ruleset: Ruleset,
    world: World,
    seats: Sequence[int],
    manner: NDArray[np.intp],
    mine: NDArray[np.intp],
) -> NDArray[np.int32]:
    """Orders of some seats, in game g as `players[manner[g]]` gives them, seat `mine[g]` as the first player does.

    The players look at one frame, so that what their doctrines ask alike is computed once. manner, mine: [games].
    """
    frame = frame_of(ruleset, world)
    # Several players ask the frame for the same; one alone can say what it will not ask for again.
    tests, rules = players[0].spent if len(players) == 1 and world.games > FEW else ((), ())
    legal = legal_mask(ruleset, world, frame, tests)
    live: NDArray[np.bool_] = np.asarray(legal.any(axis=1))
    code = encode(ruleset, players[0].worth(world, frame, live, rules), legal)
    for way, player in enumerate(players[1:], start=1):
        there = manner == way
        if there.any():
            theirs = (ruleset.catalogue.seat.reshape(-1, 1) != mine) & there
            np.copyto(code, encode(ruleset, player.worth(world, frame, live), legal), where=theirs)
    return choose(ruleset, world, code, seats, frame, live)


class _FewWorth:
    """All the rules of a player in one plan, for few games: what `DoctrinePlayer.worth` computes rule by rule."""

    def __init__(self, player: DoctrinePlayer) -> None:
        catalogue = player.ruleset.catalogue
        width = max((table.shape[1] for table in player.tables), default=1)
        self.tables = np.zeros((catalogue.size, width), np.int64)
        for own, table in zip(catalogue.seats, player.tables, strict=True):
            self.tables[own, : table.shape[1]] = table
        lasts = [max(len(player.by_seat[seat]) - 1, 0) for seat in player.ruleset.seats]
        self.lasts = np.array(lasts, np.int32).reshape(-1, 1)
        self.governments = slice(player.government, player.government + len(lasts))
        self.seat, self.order = catalogue.seat, np.arange(catalogue.size).reshape(-1, 1)
        builder = Builder()
        orders: list[int] = []
        amounts: list[int] = []
        held: list[int] = []
        for part in (*player.rules, *player.red_lines):
            size = len(part.orders)
            tests = [] if part.when is None else [builder.node(part.when)]
            if part.government is not None:
                row = [builder.row(player.government + part.seat)]
                ruling = builder.least(row, [builder.constant(lasts[part.seat])], 1)
                tests.append(builder.equal(ruling, [builder.constant(part.government)], 1))
            amount = [builder.constant(-FORBIDDEN)] if part.worth is None else builder.node(part.worth)
            orders += part.orders.tolist()
            amounts += amount if len(amount) == size else amount * size
            held += builder.every(tests, size)
        # Sorted by order, so that each order's rules are added up in one call.
        ranked = np.argsort(np.array(orders, np.intp), kind="stable")
        self.plan = builder.plan()
        self.amounts, self.held = self.plan.at(amounts).take(ranked), self.plan.at(held).take(ranked)
        self.orders, self.starts = np.unique(np.array(orders, np.intp).take(ranked), return_index=True)

    def worth(self, frame: Frame) -> NDArray[np.int32]:
        ruling = np.minimum(frame.state[self.governments], self.lasts)
        worth = self.tables[self.order, ruling.take(self.seat, axis=0)]
        if len(self.orders):
            block = self.plan.run(frame)
            values = block.take(self.amounts, axis=0)
            values *= block.take(self.held, axis=0)
            worth[self.orders] += np.add.reduceat(values, self.starts, axis=0)
        return worth.astype(np.int32)


def _part(world: World, part: slice) -> World:
    return World(np.ascontiguousarray(world.state[:, part]), world.luck[part], world.turn)


def _weights(ruleset: Ruleset, doctrine: Doctrine, seat: str) -> NDArray[np.int64]:
    """The worth of one raw unit more in every row, in hundredths; all matching weights added up.

    The purse has none: what an order costs is judged by `thrift`. Shape [rows].
    """
    weights = np.zeros(ruleset.layout.size, np.int64)
    book = ruleset.book
    symmetric = {q.id for q in book.rulebook.quantities if q.of in book.symmetric}
    for name, patterns, weight in doctrine.weights:
        quantity = ruleset.layout.quantities[name]
        for row, args in zip(quantity.rows, quantity.instances, strict=True):
            ways = (args, args[::-1]) if name in symmetric else (args,)
            if any(all(_fits(book, p, a, seat) for p, a in zip(patterns, way, strict=True)) for way in ways):
                weights[row] += weight * (100 // quantity.scale)
    weights[ruleset.orders.purse] = 0
    return weights


def _fits(book: Book, pattern: str, thing: str, seat: str) -> bool:
    if pattern == "any":
        return True
    if pattern == "actor":
        return thing == seat
    return pattern == thing or thing in book.sets.get(pattern, ())
