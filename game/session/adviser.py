"""The adviser: what the planner would order for a seat, what it expects of it, and why.

It sees what the seat sees, and knows nothing of the luck to come. It takes a second: run it off the frames,
with `stop`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.players import Choice, Gain, Option, PlannerPlayer
from game.players.budget import budget_of
from game.players.purses import Purses
from game.players.rollout import positions
from game.rules import Change, Ruleset, World, advance, pack
from game.session.game import Game
from game.session.goals import goal_of, rows_read, shares

TOLD = 8
"""So many futures are played once more, with every change written down, to find the reason."""
NEAR = 3
"""A cause that the plan itself gives is told before a larger one that only follows, down to this part of its size."""
OBJECTS = 2
"""From this answer of a council's member on it objects."""


@dataclass(frozen=True)
class Objecting:
    """A member of a council that objects to a candidate less often. share: of the futures, in per cent."""

    member: str
    candidate: str
    share: int


@dataclass(frozen=True)
class Driver:
    """The ledger's largest difference that raises an objective. amount: a future, in raw units of the row.

    later: the cause is an order of the seat's own that is not in the plan: it follows from it. less: the cause moves
    the row less than it does with doctrine's choice: the difference is what it leaves undone.
    """

    change: Change
    amount: int
    later: bool = False
    less: bool = False


@dataclass(frozen=True)
class Grounds:
    """Why a plan does better. objective: id of the one that gains most, None if none does; gain: raw units."""

    objective: str | None
    gain: int
    spared: tuple[Objecting, ...]
    driver: Driver | None


@dataclass(frozen=True)
class Advised:
    """A plan. orders: catalogue indices; doctrine: whether it is what the doctrine would order anyway."""

    orders: tuple[int, ...]
    gain: Gain
    doctrine: bool
    grounds: Grounds | None


@dataclass(frozen=True)
class Advice:
    """plans: at most three, best first, none worse than doctrine's orders; turns: how far the futures go;

    doctrine: its orders, for comparison.
    """

    seat: str
    plans: tuple[Advised, ...]
    doctrine: tuple[int, ...]
    turns: int


def advise(
    game: Game,
    seat: str,
    budget: str = "MEDIUM",
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda share: None,
) -> Advice | None:
    """What the planner would order for a seat this turn; None if `stop` said so or the game is over."""
    if game.over:
        return None
    ruleset, place = game.ruleset, game.seat_index[seat]
    planner = _planner(game, budget)
    choices = planner.plan(ruleset, game.world, [(0, place)], stop, lambda share: progress(0.8 * share))
    if choices is None:
        return None
    grounds = _grounds(game, planner, choices[0], stop)
    if grounds is None:
        return None
    progress(1.0)
    base = choices[0].doctrine
    plans = tuple(
        Advised(option.plan.orders, option.gain, set(option.plan.orders) == set(base.orders), why)
        for option, why in zip(choices[0].options, grounds, strict=True)
    )
    # Doctrine's own choice stands at nought among the plans: what is worse is no advice.
    good = tuple(plan for plan in plans if plan.gain.mean >= 0)
    return Advice(seat, good or plans[:1], base.orders, choices[0].turns)


def _planner(game: Game, budget: str) -> PlannerPlayer:
    player = game.player(f"planner:{budget}")
    return player if isinstance(player, PlannerPlayer) else PlannerPlayer(game.ruleset, budget_of(budget))


# -- reasons -------------------------------------------------------------------------------------------


def _grounds(
    game: Game, planner: PlannerPlayer, choice: Choice, stop: Callable[[], bool]
) -> list[Grounds | None] | None:
    """Why each plan differs from doctrine's choice, from ledgers of the same futures; None if stopped."""
    ruleset = game.ruleset
    different = [o for o in choice.options if set(o.plan.orders) != set(choice.doctrine.orders)]
    if not different or not choice.turns:
        return [None for _ in choice.options]
    told = _Told(ruleset, game.world, choice, different)
    if not told.play(planner, stop):
        return None
    found = {id(option): told.grounds(1 + at) for at, option in enumerate(different)}
    return [found.get(id(option)) for option in choice.options]


class _Told:
    """The futures of doctrine's choice and of some plans, side by side, with their ledgers."""

    def __init__(self, ruleset: Ruleset, world: World, choice: Choice, options: Sequence[Option]) -> None:
        self.ruleset, self.seat, self.turns = ruleset, choice.seat, choice.turns
        self.name = ruleset.seats[choice.seat]
        self.plans = [choice.doctrine, *(option.plan for option in options)]
        here = positions(ruleset, world, [(0, choice.seat)])
        luck = here.luck(np.zeros(TOLD, np.intp), np.arange(TOLD))
        self.world = here.world.repeat(len(self.plans) * TOLD, np.tile(luck, len(self.plans)))
        Purses(ruleset).suppose(self.world, np.full(self.world.games, choice.seat))
        self.sums: list[dict[Change, int]] = [{} for _ in self.plans]
        self.objections = _objection_rows(ruleset)
        self.objected = np.zeros((len(self.plans), len(self.objections)), np.int64)

    def play(self, planner: PlannerPlayer, stop: Callable[[], bool]) -> bool:
        ruleset, seats = self.ruleset, range(len(self.ruleset.seats))
        columns = tuple(range(self.world.games))
        orders = planner.doctrine.decide(ruleset, self.world, seats)
        for at, plan in enumerate(self.plans):
            own = slice(at * TOLD, (at + 1) * TOLD)
            orders[self.seat, :, own] = pack(ruleset, {self.seat: plan.orders})[self.seat]
        for ahead in range(self.turns):
            if stop():
                return False
            if ahead:
                orders = planner.doctrine.decide(ruleset, self.world, seats)
            turn = advance(ruleset, self.world, orders, trace=columns)
            self.world = turn.world
            for column in columns:
                sums = self.sums[column // TOLD]
                for change in turn.ledger.entries(column):
                    key = change._replace(amount=0)
                    sums[key] = sums.get(key, 0) + change.amount
            if self.objections:
                held = turn.world.state[[row for row, _, _ in self.objections]] >= OBJECTS
                self.objected += held.reshape(len(self.objections), len(self.plans), TOLD).sum(axis=2).T
        return True

    def grounds(self, at: int) -> Grounds:
        """What sets a plan's futures apart from those of doctrine's choice."""
        objective, gain = self._objective(at)
        return Grounds(objective, gain, self._spared(at, objective), self._driver(at, objective))

    def _objective(self, at: int) -> tuple[str | None, int]:
        layout, goals = self.ruleset.layout, self.ruleset.book.objectives
        first = layout.quantities["objective"].first
        rows = [(first + place, goal.id) for place, goal in enumerate(goals) if goal.seat == self.name]
        state = self.world.state
        gains = [(int(self._of(state[row], at).sum() - self._of(state[row], 0).sum()), name) for row, name in rows]
        best = max(gains, default=(0, ""), key=lambda pair: pair[0])
        return (best[1], best[0] // TOLD) if best[0] > 0 else (None, 0)

    @staticmethod
    def _of(rows: NDArray[np.int32], at: int) -> NDArray[np.int32]:
        """The futures of one plan. rows: int32 [… , futures of all plans]."""
        return rows[..., at * TOLD : (at + 1) * TOLD]

    def _spared(self, at: int, objective: str | None) -> tuple[Objecting, ...]:
        """Members that object less to the seat itself, or to a candidate that the objective asks about."""
        goal = goal_of(self.ruleset, self.name, objective)
        asked = rows_read(self.ruleset, goal.amount) if goal is not None else set()
        about = {self.name, *(thing for row in asked for thing in self.ruleset.layout.at(row)[1][:1])}
        less = (self.objected[0] - self.objected[at]).tolist()
        return spared([(member, candidate) for _row, member, candidate in self.objections], less, about)

    def _driver(self, at: int, objective: str | None) -> Driver | None:
        """What raises the objective most: of its rows the one with the largest share, and there the largest cause."""
        goal = goal_of(self.ruleset, self.name, objective)
        if goal is None:
            return None
        base, plan = self._of(self.world.state, 0), self._of(self.world.state, at)
        differences = self._differences(at)
        for row, share in sorted(shares(self.ruleset, goal, base, plan).items(), key=lambda pair: (-pair[1], pair[0])):
            way = int(plan[row].sum()) - int(base[row].sum())
            # What is less than one raw unit a future would be told as a change of nothing.
            causes = [(key, more) for key, more in differences.get(row, ()) if more * way > 0 and abs(more) >= TOLD]
            if share > 0 and causes:
                key, more = self._weightiest(causes, at)
                amount = more // TOLD if more > 0 else -(-more // TOLD)
                less = abs(self.sums[at].get(key, 0)) < abs(self.sums[0].get(key, 0))
                return Driver(key._replace(amount=amount), amount, self._later(key, at), less)
        return None

    def _weightiest(self, causes: Sequence[tuple[Change, int]], at: int) -> tuple[Change, int]:
        """The largest cause, or one that is no later order of the seat's own and is not much smaller."""
        largest = max(causes, key=lambda pair: abs(pair[1]))
        near = [pair for pair in causes if NEAR * abs(pair[1]) >= abs(largest[1]) and not self._later(pair[0], at)]
        return max(near, key=lambda pair: abs(pair[1]), default=largest)

    def _differences(self, at: int) -> dict[int, list[tuple[Change, int]]]:
        """By row, how much more each cause moved it with a plan than with doctrine's choice, over all futures."""
        found: dict[int, list[tuple[Change, int]]] = {}
        for key in {**self.sums[0], **self.sums[at]}:
            more = self.sums[at].get(key, 0) - self.sums[0].get(key, 0)
            if more and key.cause not in ("bound", "cost", "objective", "score"):
                found.setdefault(key.row, []).append((key, more))
        return found

    def _later(self, change: Change, at: int) -> bool:
        """Whether a cause is an order of the seat's own that the plan does not give."""
        catalogue = self.ruleset.catalogue
        if change.cause == "action":
            orders = catalogue.find(change.rule, change.binding)
        elif change.cause == "choice":
            event, _dot, choice = change.rule.partition(".")
            cards = [card for card in catalogue.cards if (card.event, card.binding) == (event, change.binding)]
            orders = [order for card in cards for order in card.orders if catalogue.choice[order] == choice]
        else:
            return False
        own = [order for order in orders if catalogue.seat[order] == self.seat]
        return bool(own) and not set(own) & set(self.plans[at].orders)


def spared(pairs: Sequence[tuple[str, str]], less: Sequence[int], about: Collection[str]) -> tuple[Objecting, ...]:
    """Who objects less often, in at least a quarter of the told futures for a turn of each, the largest share first.

    pairs: (member, candidate); less: in how many turns of all futures each objects less; about: candidates told of.
    """
    found = [
        Objecting(member, candidate, min(100, 100 * turns // TOLD))
        for (member, candidate), turns in zip(pairs, less, strict=True)
        if turns >= TOLD // 4 and candidate in about
    ]
    return tuple(sorted(found, key=lambda one: -one.share))


def _objection_rows(ruleset: Ruleset) -> list[tuple[int, str, str]]:
    """The rows that keep a council member's last answer: (row, member, candidate)."""
    found = []
    for council in ruleset.book.rulebook.councils:
        quantity = ruleset.layout.quantities.get(council.objection)
        if quantity is not None:
            pairs = zip(quantity.rows, quantity.instances, strict=True)
            found += [(row, args[0], args[1]) for row, args in pairs if len(args) == 2]
    return found
