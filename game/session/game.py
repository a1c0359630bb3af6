"""One game in progress: who holds which seat, what is ordered, what was played.

A game is its log (`records`); `steps` are the turns and the control's acts on the line that is being
played. A person's orders wait in a queue until the turn ends and can be taken back until then.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from game.players import PlannerPlayer, Player, make_player
from game.rules import (
    Change,
    Reason,
    Ruleset,
    World,
    advance,
    compile_rules,
    fingerprint,
    legal_after,
    pack,
    reasons,
    start,
)
from game.scenario import Scenario
from game.scenario.vocabulary import ENGINE_SINGLES
from game.session.columns import Column, changed, column_of, differences, luck_of, world_of
from game.session.lookup import UnknownNameError, nearest_names
from game.session.records import COMPUTER, PERSON, Act, HandedOver, Injected, Resolved, Rewound
from game.text import _


class GameStoppedError(Exception):
    """The game is over, so nothing can be ordered and no turn ended."""


class IllegalOrderError(Exception):
    """An order that cannot be given now; `reasons` has every reason why not."""

    def __init__(self, text: str, why: Sequence[Reason]) -> None:
        super().__init__(text)
        self.text, self.reasons = text, tuple(why)


@dataclass(frozen=True, eq=False)
class Step:
    """A resolved turn or an injection, with the column before and after it."""

    act: Resolved | Injected
    before: Column
    after: Column


class Game:
    """One game. Seats are held by `person` or by a kind of computer player (`doctrine`, `random`, `idle` …)."""

    def __init__(self, scenario: Scenario, ruleset: Ruleset, seed: int, seats: Mapping[str, str]) -> None:
        self.scenario, self.ruleset, self.seed = scenario, ruleset, seed
        unknown = [seat for seat in seats if seat not in ruleset.seats]
        if unknown:
            raise UnknownNameError(unknown[0], nearest_names(unknown[0], ruleset.seats))
        self.first_seats = {seat: seats.get(seat, COMPUTER) for seat in ruleset.seats}
        self._players: dict[str, Player] = {}
        for kind in set(self.first_seats.values()) - {PERSON}:
            self.player(kind)
        self._start = column_of(start(ruleset, luck_of(seed)))
        self.begun = ""  # what tells it from other games of the same start, once it is kept (`saving`)
        self.clear()

    @classmethod
    def new(
        cls,
        scenario: Scenario,
        people: Iterable[str] = (),
        *,
        seed: int = 0,
        computers: Mapping[str, str] | None = None,
        ruleset: Ruleset | None = None,
    ) -> Game:
        """A game from its start: `people` are the seats that persons hold, `computers` seat → kind of player."""
        seats = {**(computers or {}), **dict.fromkeys(people, PERSON)}
        return cls(scenario, ruleset or compile_rules(scenario.book), seed, seats)

    def clear(self) -> None:
        """Back to the opening of the first turn, with an empty log."""
        self.holders = dict(self.first_seats)
        self.log: list[Act] = []
        self.steps: list[Step] = []
        self.ledgers: dict[Step, tuple[Change, ...] | None] = {}
        self.queues: dict[str, list[int]] = {}
        self.handed_in: set[str] = set()

    def twin(self) -> Game:
        """A copy that may be played on while this game stays as it is; columns are shared, they never change."""
        other = copy.copy(self)
        other.holders, other.handed_in = dict(self.holders), set(self.handed_in)
        other.log, other.steps, other.ledgers = list(self.log), list(self.steps), dict(self.ledgers)
        other.queues = {seat: list(queue) for seat, queue in self.queues.items()}
        return other

    # -- where the game stands ---------------------------------------------------------------------

    @property
    def column(self) -> Column:
        """The world now, int32 [rows], read-only."""
        return self.steps[-1].after if self.steps else self._start

    @property
    def world(self) -> World:
        return world_of(self.ruleset, self.column, self.seed)

    def value(self, name: str) -> int:
        """The raw value of a row now."""
        return int(self.column[self.ruleset.layout.row(name)])

    @property
    def turn(self) -> int:
        return self.value("turn")

    @property
    def over(self) -> bool:
        return self.value("ending") != 0

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.world)

    @property
    def looks_ahead(self) -> bool:
        """Whether some seat is played by a computer that takes its time."""
        kinds = set(self.holders.values()) - {PERSON}
        return any(isinstance(self.player(kind), PlannerPlayer) for kind in kinds)

    @property
    def people(self) -> tuple[str, ...]:
        """Seats held by persons, in the order of the seats."""
        return tuple(seat for seat in self.ruleset.seats if self.holders[seat] == PERSON)

    @cached_property
    def seat_index(self) -> Mapping[str, int]:
        return {seat: i for i, seat in enumerate(self.ruleset.seats)}

    def opening(self, turn: int) -> Column:
        """The column as a turn opened. Raises ValueError if the game has not come to it."""
        row = self.ruleset.layout.row("turn")
        for column in (self._start, *(step.after for step in self.steps)):
            if int(column[row]) == turn:
                return column
        raise ValueError(_("The game has not come to turn {turn}.").format(turn=turn))

    # -- orders: verify, legal, submit -------------------------------------------------------------

    def order(self, text: str) -> int:
        """The order of a text form. Raises UnknownNameError with the nearest ones."""
        index = self.ruleset.catalogue.index.get(text)
        if index is None:
            raise UnknownNameError(text, nearest_names(text, self.ruleset.catalogue.texts))
        return index

    def queue(self, seat: str) -> tuple[int, ...]:
        """The orders a seat means to give this turn, in the order in which it chose them."""
        return tuple(self.queues.get(seat, ()))

    def verify(self, seat: str, order: int, instead: int | None = None) -> list[Reason]:
        """Every reason why a seat cannot add an order to its queue; none when it can.

        instead: an order of the queue whose place it would take.
        """
        if self.ruleset.catalogue.seat[order] != self.seat_index[seat]:
            return [Reason("seat", _("This is another seat's order."), {})]
        others = [one for one in self.queue(seat) if one != instead]
        return list(reasons(self.ruleset, self.world, 0, order, others))

    def legal(self, seat: str) -> NDArray[np.bool_]:
        """Which orders a seat may add to its queue. Shape [orders]."""
        if self.over:
            return np.zeros(len(self.ruleset.catalogue.texts), np.bool_)
        return legal_after(self.ruleset, self.world, 0, self.seat_index[seat], self.queue(seat))

    def submit(self, seat: str, order: int) -> None:
        """Add an order to a seat's queue. Raises IllegalOrderError."""
        why = self.verify(seat, order)
        if why:
            raise IllegalOrderError(self.ruleset.catalogue.texts[order], why)
        self.queues.setdefault(seat, []).append(order)
        self.handed_in.discard(seat)

    def replace(self, seat: str, old: int, new: int) -> None:
        """Take one order out of a seat's queue and add another; where that one is refused all stays as it is.

        Raises IllegalOrderError.
        """
        why = self.verify(seat, new, instead=old)
        if why:
            raise IllegalOrderError(self.ruleset.catalogue.texts[new], why)
        self.withdraw(seat, old)
        self.submit(seat, new)

    def undo(self, seat: str) -> int | None:
        """Take back the last order of a seat's queue, and say which it was."""
        queue = self.queues.get(seat)
        self.handed_in.discard(seat)
        return queue.pop() if queue else None

    def withdraw(self, seat: str, order: int) -> bool:
        """Take one order out of a seat's queue (what is left stays legal: it only gains room)."""
        queue = self.queues.get(seat, [])
        self.handed_in.discard(seat)
        if order not in queue:
            return False
        queue.remove(order)
        return True

    # -- turns -------------------------------------------------------------------------------------

    def hand_in(self, seat: str) -> bool:
        """A person has finished; True when every person has, so that the turn can end."""
        self.handed_in.add(seat)
        return set(self.people) <= self.handed_in

    def end_turn(self) -> Step:
        """Resolve the turn with the queues of the persons and the decisions of the computer players.

        Raises GameStoppedError when the game is over.
        """
        if self.over:
            raise GameStoppedError(_("The game is over."))
        return self.play(self.decide())

    def decide(self, progress: Callable[[float], None] = lambda share: None) -> dict[str, list[int]]:
        """Every seat's orders of this turn: the persons' queues, and what the computer players choose.

        progress hears how far players that look ahead have come, 0 to 1.
        """
        chosen: dict[str, list[int]] = {seat: list(self.queue(seat)) for seat in self.people}
        kinds: dict[str, list[str]] = {}
        for seat, kind in self.holders.items():
            if kind != PERSON:
                kinds.setdefault(kind, []).append(seat)
        world = self.world
        for kind, seats in kinds.items():
            places = [self.seat_index[seat] for seat in seats]
            player = self.player(kind)
            if isinstance(player, PlannerPlayer):
                decided = player.decide_at(self.ruleset, world, [(0, place) for place in places], progress)
            else:
                decided = player.decide(self.ruleset, world, places)
            for seat, place in zip(seats, places, strict=True):
                chosen[seat] = [int(order) for order in decided[place, :, 0] if order >= 0]
        return {seat: chosen[seat] for seat in self.ruleset.seats}

    def packed(self, orders: Mapping[str, Sequence[int]]) -> NDArray[np.int32]:
        """Orders by seat as the engine takes them. Raises ValueError on more than fit."""
        return pack(self.ruleset, {self.seat_index[seat]: given for seat, given in orders.items()})

    def play(self, orders: Mapping[str, Sequence[int]]) -> Step:
        """Resolve the turn with these orders, already legal."""
        before = self.column
        world = world_of(self.ruleset, before, self.seed)
        turn = advance(self.ruleset, world, self.packed(orders), trace=(0,))
        after = column_of(turn.world)
        texts = self.ruleset.catalogue.texts
        act = Resolved(
            turn=self.turn,
            orders={seat: [texts[order] for order in given] for seat, given in orders.items()},
            fingerprint=fingerprint(turn.world),
            changes=differences(self.ruleset, before, after),
        )
        step = self._take(act, after)
        self.ledgers[step] = tuple(turn.ledger.entries(0))
        return step

    def _take(self, act: Resolved | Injected, after: Column) -> Step:
        step = Step(act, self.column, after)
        self.steps.append(step)
        self.log.append(act)
        self.queues.clear()
        self.handed_in.clear()
        return step

    # -- the control -------------------------------------------------------------------------------

    def inject(self, title: str, changes: Mapping[str, int]) -> Step:
        """Set rows to raw values, and say why; queued orders are dropped, since they may no longer be legal.

        Raises ValueError on an unknown row or a value outside its bounds, GameStoppedError when the game is over.
        """
        if self.over:
            raise GameStoppedError(_("The game is over."))
        fixed = [name for name in changes if name in ENGINE_SINGLES or name.startswith("memory[")]
        if fixed:
            raise ValueError(_("{name} follows from the game and cannot be set.").format(name=fixed[0]))
        after = changed(self.ruleset, self.column, dict(changes))
        return self._take(Injected(turn=self.turn, title=title, changes=dict(changes)), after)

    def hand_over(self, seat: str, holder: str) -> None:
        """Give a seat to `person` or to a kind of computer player. Raises UnknownNameError or ValueError."""
        if seat not in self.holders:
            raise UnknownNameError(seat, nearest_names(seat, self.ruleset.seats))
        if holder != PERSON:
            self.player(holder)
        self.holders[seat] = holder
        self.queues.pop(seat, None)
        self.handed_in.discard(seat)
        self.log.append(HandedOver(turn=self.turn, seat=seat, holder=holder))

    def rewind(self, turn: int) -> None:
        """Back to the opening of an earlier turn. Raises ValueError if the game has not come to it."""
        self.opening(turn)
        act = Rewound(turn=self.turn, to=turn)
        row = self.ruleset.layout.row("turn")
        while self.steps and int(self.steps[-1].before[row]) >= turn:
            self.ledgers.pop(self.steps.pop(), None)
        self.queues.clear()
        self.handed_in.clear()
        self.log.append(act)

    def reopen(self, turn: int) -> None:
        """Back to where the orders of a turn are given: its opening, and what was injected in it.

        Raises ValueError if the game has not come to it.
        """
        injected = [step.act for step in self.steps if isinstance(step.act, Injected) and step.act.turn == turn]
        self.rewind(turn)
        for act in injected:
            self.follow(act)

    # -- following a log ---------------------------------------------------------------------------

    def follow(self, act: Act) -> None:
        """Take over one act of a log as it was recorded, without computing anything.

        Raises ValueError where it does not fit this game.
        """
        match act:
            case Resolved() | Injected():
                if act.turn != self.turn or self.over:
                    raise ValueError(f"turn {act.turn} is recorded where turn {self.turn} is due")
                self._take(act, changed(self.ruleset, self.column, dict(act.changes)))
            case HandedOver():
                self.hand_over(act.seat, act.holder)
            case Rewound():
                self.rewind(act.to)

    def player(self, kind: str) -> Player:
        """The computer player of a kind, made once. Raises ValueError on an unknown one."""
        if kind not in self._players:
            self._players[kind] = make_player(kind, self.ruleset)
        return self._players[kind]
