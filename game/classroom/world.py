"""One of the parallel worlds of a class: its game, the reasons given for orders, its channels."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy, deepcopy
from dataclasses import dataclass, field

from game.classroom.records import Intervened, TurnEnded
from game.rules import Ruleset
from game.scenario import Scenario
from game.session import COMPUTER, Game
from game.session.records import Resolved

PRACTICE_LUCK = 0x5EED


@dataclass(frozen=True)
class Decision:
    """An order that was given, with the reason and the names of who gave it. by: empty for the computer."""

    turn: int
    seat: str
    text: str
    why: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """A message between two seats. Sender and receiver are seats, or `teacher`; `to` may be `all`."""

    n: int
    turn: int
    at: float
    sender: str
    to: str
    by: str
    text: str


@dataclass
class Notes:
    """What was said for the orders that wait in a game, by seat and order: the reason, and who gave it."""

    why: dict[str, dict[str, str]] = field(default_factory=dict)
    by: dict[str, dict[str, list[str]]] = field(default_factory=dict)


class World:
    """Changes only by the entries of the journal, in their order."""

    def __init__(self, number: int, scenario: Scenario, ruleset: Ruleset, seed: int) -> None:
        self.number = number
        self.scenario, self.ruleset = scenario, ruleset
        people = [one.seat for one in scenario.book.scenario.seats]
        self.real = Game.new(scenario, people, seed=seed, ruleset=ruleset)
        self.practice = Game.new(scenario, people, seed=seed ^ PRACTICE_LUCK, ruleset=ruleset)
        self.game = self.real
        self._notes = {False: Notes(), True: Notes()}
        self.later: dict[int, list[Decision]] = {}
        """Orders that waited in a turn when an earlier one was taken back, by turn."""
        self.decisions: list[Decision] = []
        self.said: list[Said] = []

    @property
    def seats(self) -> tuple[str, ...]:
        return tuple(one.seat for one in self.scenario.book.scenario.seats)

    @property
    def played(self) -> int:
        """Turns that are resolved in the game that is being played, the practice game's during practice."""
        return self.game.turn if self.game.over else self.game.turn - 1

    @property
    def why(self) -> dict[str, dict[str, str]]:
        return self._notes[self.game is self.practice].why

    @property
    def by(self) -> dict[str, dict[str, list[str]]]:
        return self._notes[self.game is self.practice].by

    def practising(self, on: bool, keep: bool = True) -> None:
        """Play on a copy with luck of its own, or for good; what waits in either game stays there.

        keep: False for a class of an earlier version, in which it was dropped.
        """
        game = self.practice if on else self.real
        if game is self.game:
            return
        self.game = game
        if not keep:
            self.forget()
            game.queues.clear()
            game.handed_in.clear()

    def forget(self) -> None:
        """Drop what was said for orders that wait no longer."""
        self.why.clear()
        self.by.clear()

    # -- orders ------------------------------------------------------------------------------------

    def add(self, seat: str, text: str, why: str, by: str) -> None:
        """Queue an order that was found legal."""
        order = self.ruleset.catalogue.index[text]
        queue = self.game.queues.setdefault(seat, [])
        if order not in queue:
            queue.append(order)
        self.game.handed_in.discard(seat)
        self.why.setdefault(seat, {})[text] = why
        names = self.by.setdefault(seat, {}).setdefault(text, [])
        if by and by not in names:
            names.append(by)

    def remove(self, seat: str, text: str) -> None:
        self.game.withdraw(seat, self.ruleset.catalogue.index[text])
        self.why.get(seat, {}).pop(text, None)
        self.by.get(seat, {}).pop(text, None)

    def resolve(self, held: Iterable[str]) -> TurnEnded:
        """What the turn comes to; the world stays as it is.

        A pure function of the state, the queues and the seed. held: seats that people play; the others' orders
        are the computer's.
        """
        held = set(held)
        game = self.game.twin()
        orders = {seat: list(game.queue(seat)) for seat in self.ruleset.seats if seat in held}
        others = [seat for seat in self.ruleset.seats if seat not in held]
        places = [game.seat_index[seat] for seat in others]
        decided = game.player(COMPUTER).decide(self.ruleset, game.world, places)
        for seat, place in zip(others, places, strict=True):
            orders[seat] = [int(order) for order in decided[place, :, 0] if order >= 0]
        step = game.play({seat: orders[seat] for seat in self.ruleset.seats})
        return TurnEnded(
            world=self.number,
            act=Resolved.model_validate(step.act),
            held=sorted(held),
            why={seat: dict(texts) for seat, texts in self.why.items() if seat in held},
            by={seat: {text: list(names) for text, names in texts.items()} for seat, texts in self.by.items()},
        )

    def take(self, ended: TurnEnded) -> None:
        """Follow a resolved turn as it was recorded. Raises ValueError where it does not fit."""
        act = ended.act
        self.game.follow(act)
        if self.game is self.real:
            for seat, texts in act.orders.items():
                why, by = ended.why.get(seat, {}), ended.by.get(seat, {})
                held = seat in ended.held
                self.decisions += [
                    Decision(act.turn, seat, text, why.get(text, ""), tuple(by.get(text, ())) if held else ())
                    for text in texts
                ]
        self.forget()
        if self.game is self.real and not self.game.over:
            self._offer(self.later.pop(self.game.turn, []))

    def _offer(self, orders: Iterable[Decision]) -> None:
        """Queue orders that were given before, where they are still possible."""
        for one in orders:
            if not self.game.verify(one.seat, self.ruleset.catalogue.index[one.text]):
                for name in one.by or ("",):
                    self.add(one.seat, one.text, one.why, name)

    def waiting(self) -> list[Decision]:
        """The orders that wait in the open turn, as if they had been given in it."""
        texts = self.ruleset.catalogue.texts
        return [
            Decision(
                self.game.turn,
                seat,
                texts[order],
                self.why.get(seat, {}).get(texts[order], ""),
                tuple(self.by.get(seat, {}).get(texts[order], ())),
            )
            for seat, queue in self.game.queues.items()
            for order in queue
        ]

    def undo(self, turn: int, keep: bool = True) -> None:
        """Back to where the orders of a turn were given; those that people gave wait again.

        What waits in the open turn is put by until the class comes to it once more. keep: False for a class of an
        earlier version, in which it was dropped.
        """
        if keep and self.game is self.real and (waiting := self.waiting()):
            self.later[self.game.turn] = waiting
        orders: dict[str, list[str]] = {}
        for step in self.game.steps:
            if isinstance(step.act, Resolved) and step.act.turn == turn:
                orders = step.act.orders
        again = [one for one in self.decisions if one.turn == turn and one.by] if self.game is self.real else []
        if self.game is self.real:
            self.decisions = [one for one in self.decisions if one.turn < turn]
        self.game.reopen(turn)
        self.forget()
        for one in again:
            if one.text in orders.get(one.seat, ()):
                for name in one.by:
                    self.add(one.seat, one.text, one.why, name)

    def inject(self, intervened: Intervened) -> None:
        """Follow what the teacher let happen; orders that are still legal wait on. Raises ValueError as `take` does."""
        queues = {seat: list(queue) for seat, queue in self.game.queues.items()}
        self.game.follow(intervened.act)
        for seat, queue in queues.items():
            for order in queue:
                if not self.game.verify(seat, order):
                    self.game.queues.setdefault(seat, []).append(order)

    def snapshot(self) -> World:
        """The world as it stands, for another thread to read while this one goes on."""
        other = copy(self)
        other.real, other.practice = _still(self.real), _still(self.practice)
        other.game = other.practice if self.game is self.practice else other.real
        other._notes = deepcopy(self._notes)
        other.later = {turn: list(orders) for turn, orders in self.later.items()}
        other.decisions, other.said = list(self.decisions), list(self.said)
        return other


def _still(game: Game) -> Game:
    twin = game.twin()
    # Causes that a reader works out are of use to the next; it resolves no turns, so that none are left behind.
    twin.ledgers = game.ledgers
    return twin
