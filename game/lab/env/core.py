"""Many games in step, ordered one order at a time; what every environment is built on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from game.lab.bounds import a_scenario, whole_number
from game.lab.texts import compiled, compiled_scenario
from game.players import make_player
from game.rules import (
    Ruleset,
    World,
    advance,
    legal_mask,
    legal_queues,
    no_orders,
    observe,
    start,
)
from game.rules.legality import frame_of
from game.scenario import Scenario
from game.scenario.language import nearest

EXTRA = ("political capital left", "orders left")
"""Entries of an observation after the rows."""


def ruleset_of(scenario: str | Path | Scenario | Ruleset) -> Ruleset:
    """The rules of a shipped id, a path, a loaded scenario, or rules already compiled."""
    a_scenario(scenario, Scenario, Ruleset)
    if isinstance(scenario, Ruleset):
        return scenario
    return (compiled(scenario) if isinstance(scenario, Scenario) else compiled_scenario(scenario)).ruleset


def _seats(ruleset: Ruleset, seats: Iterable[str] | None) -> tuple[str, ...]:
    """The seats that are waited for: all that can be played, or those that are asked for."""
    playable = tuple(one.seat for one in ruleset.book.scenario.seats)
    if seats is None:
        return playable
    if isinstance(seats, str) or not isinstance(seats, Iterable):
        raise TypeError(f"seats: {seats!r} is not a list of seats, like {[*playable[:1]]}")
    asked = tuple(seats)
    if not asked:
        raise ValueError(f"an environment waits for at least one seat; there are {', '.join(playable)}")
    for seat in asked:
        if not isinstance(seat, str):
            raise TypeError(f"seat: {seat!r} is not the name of a seat, like '{playable[0]}'")
        if seat not in playable:
            said = f"'{seat}' cannot be played" if seat in ruleset.seats else f"there is no seat '{seat}'"
            where, known = ruleset.book.scenario.id, ", ".join(playable)
            raise ValueError(f"seat: {said} in {where}{nearest(seat, playable)}; seats to play are {known}")
        if asked.count(seat) > 1:
            raise ValueError(f"seats: '{seat}' stands there twice")
    return asked


class Core:
    """Games that wait for some seats' orders; all other seats are played by `others`.

    seats: ids of the seats that are waited for. names, scales: of the entries of an observation, what each is, and how
    many of its units make one point or one whole thing. Raises TypeError, ValueError for a seat that cannot be played,
    for a kind of player, or without a seat.
    """

    def __init__(
        self,
        scenario: str | Path | Scenario | Ruleset,
        seats: Iterable[str] | None = None,
        others: str = "doctrine",
    ) -> None:
        self.ruleset = ruleset_of(scenario)
        self.seats = _seats(self.ruleset, seats)
        if not isinstance(others, str):
            raise TypeError(f"others: {others!r} is not a kind of player, like 'doctrine'")
        self.index = {seat: self.ruleset.seats.index(seat) for seat in self.seats}
        self.others = [i for i, seat in enumerate(self.ruleset.seats) if seat not in self.index]
        self.player = make_player(others, self.ruleset)
        self.begun = False
        layout = self.ruleset.layout
        purse = layout.scale(self.ruleset.orders.purse[self.index[self.seats[0]]])
        self.names = (*layout.names, *EXTRA)
        self.scales = np.array([*(layout.scale(row) for row in range(layout.size)), purse, 1], np.int32)

    def actions(self, seat: str) -> int:
        """How many actions a seat has: its orders, and passing."""
        part = self.ruleset.catalogue.seats[self.index[seat]]
        return int(part.stop - part.start) + 1

    def action_text(self, seat: str, action: int) -> str:
        """The order of an action in its text form; `pass` for 0. Raises TypeError, ValueError for one that is none."""
        action = whole_number(f"{seat}: action", action)
        if not 0 <= action < self.actions(seat):
            raise ValueError(self._no_action(seat, action))
        part = self.ruleset.catalogue.seats[self.index[seat]]
        return self.ruleset.catalogue.texts[part.start + action - 1] if action else "pass"

    def reset(self, luck: NDArray[np.uint64]) -> None:
        """New games, one for each luck."""
        self.begin(start(self.ruleset, luck))

    def begin(self, world: World) -> None:
        """Go on from a world: nobody has ordered anything."""
        self.world, self.begun = world, True
        self.legal = legal_mask(self.ruleset, world)
        self.limits = np.broadcast_to(
            frame_of(self.ruleset, world).value(self.ruleset.order_limit), (len(self.ruleset.seats), world.games)
        )
        nothing = np.zeros((0, world.games), np.int32)
        self.queues = dict.fromkeys(self.seats, nothing)
        over = self.over
        self.passed = {seat: over.copy() for seat in self.seats}
        self._seen: dict[str, NDArray[np.int32]] = {}

    @property
    def over(self) -> NDArray[np.bool_]:
        """Which games have ended, bool [games]."""
        ended: NDArray[np.bool_] = self.world.state[self.ruleset.layout.row("ending")] != 0
        return ended

    def score(self, seat: str) -> NDArray[np.float64]:
        """A seat's score in points, [games]."""
        found: NDArray[np.float64] = self.world.state[self.ruleset.layout.row(f"score[{seat}]")] / 100
        return found

    def mask(self, seat: str) -> NDArray[np.int8]:
        """1 for each action that is allowed now, int8 [games, actions]; passing always is."""
        orders = legal_queues(self.ruleset, self.world, self.index[seat], self.queues[seat], self.legal)
        orders &= ~self.passed[seat]
        allowed = np.ones((self.world.games, len(orders) + 1), np.int8)
        allowed[:, 1:] = orders.T
        return allowed

    def observation(self, seat: str) -> NDArray[np.int32]:
        """What a seat may know, and what it has left to order with, int32 [games, rows + 2]."""
        if seat not in self._seen:
            self._seen[seat] = np.ascontiguousarray(observe(self.ruleset, self.world, self.index[seat]).state.T)
        queue, catalogue = self.queues[seat], self.ruleset.catalogue
        given = queue >= 0
        purse = self.world.state[self.ruleset.orders.purse[self.index[seat]]]
        left = purse - (catalogue.cost.take(queue) * given).sum(axis=0)
        slots = self.limits[self.index[seat]] - (given & ~catalogue.free.take(queue)).sum(axis=0)
        return np.concatenate([self._seen[seat], np.stack([left, slots], axis=1)], axis=1, dtype=np.int32)

    def act(self, seat: str, actions: Sequence[int] | NDArray[np.integer]) -> NDArray[np.bool_]:
        """One action in every game; which of them were allowed, bool [games]. Those that were not pass.

        Raises TypeError for what is no whole number, ValueError for an action that the seat does not have, RuntimeError
        before the first game.
        """
        if not self.begun:
            raise RuntimeError("no game has begun; call reset first")
        given = np.asarray(actions)
        if given.shape != (self.world.games,):
            raise ValueError(f"{seat}: one action for each of {self.world.games} games, not the shape {given.shape}")
        if given.dtype.kind not in "iu":
            raise TypeError(f"{seat}: actions are whole numbers, not {given.dtype}")
        wrong = given[(given < 0) | (given >= self.actions(seat))]
        if len(wrong):
            raise ValueError(self._no_action(seat, wrong[0]))
        chosen = given.astype(np.int64)
        allowed = self.mask(seat)
        ok: NDArray[np.bool_] = allowed[np.arange(len(chosen)), chosen] > 0
        first = self.ruleset.catalogue.seats[self.index[seat]].start
        order = np.where(ok & (chosen > 0), first + chosen - 1, -1).astype(np.int32)
        self.passed[seat] |= order < 0
        if (order >= 0).any():
            self.queues[seat] = np.concatenate([self.queues[seat], order[None]])
        return ok

    def _no_action(self, seat: str, action: object) -> str:
        return f"{seat}: there is no action {action}; actions are 0 (pass) to {self.actions(seat) - 1}"

    def resolve(self) -> bool:
        """Resolve the turn if everybody has passed in every game."""
        if not all(passed.all() for passed in self.passed.values()):
            return False
        orders = no_orders(self.ruleset, self.world.games)
        if self.others:
            orders = self.player.decide(self.ruleset, self.world, self.others)
        for seat in self.seats:
            orders[self.index[seat]] = self._placed(self.queues[seat])
        self.begin(advance(self.ruleset, self.world, orders).world)
        return True

    def _placed(self, queue: NDArray[np.int32]) -> NDArray[np.int32]:
        """A queue in the places of the orders array, int32 [places, games]."""
        ruleset, catalogue = self.ruleset, self.ruleset.catalogue
        placed = np.full((ruleset.places, self.world.games), -1, np.int32)
        slot = np.zeros(self.world.games, np.intp)
        free = np.full(self.world.games, ruleset.slot_places + 1, np.intp)
        for orders in queue:
            games = np.flatnonzero(orders >= 0)
            given = orders[games]
            choice, loose = catalogue.is_choice[given], catalogue.free[given]
            place = np.where(choice, ruleset.slot_places, np.where(loose, free[games], slot[games]))
            placed[place, games] = given
            free[games] += loose & ~choice
            slot[games] += ~loose
        return placed


class Readable:
    """How to read the observations of an environment."""

    core: Core

    @property
    def observation_names(self) -> tuple[str, ...]:
        """What each entry of an observation is: a row of the world, or what is left to order with."""
        return self.core.names

    @property
    def observation_scales(self) -> NDArray[np.int32]:
        """How many units of each entry make one point (100: it is in hundredths) or one whole thing (1)."""
        return self.core.scales
