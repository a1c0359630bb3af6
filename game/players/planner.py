"""The planner: it tries its orders out in many futures and keeps what does best.

At the root stand the legal orders of a seat, each with doctrine filling the rest as far as it is let
(`candidates`), and pairs of the best. By sequential halving bad plans are dropped after few futures, so that most
futures go to the best. In a future everybody acts by doctrine after this turn, but for what a plan leaves out
(`rollout`). The planner sees what its seat may see (`observe`) and what it is told of its own orders (legality); luck
in its futures is a function of what is seen, of a number of the game's own and of theirs, so the same position of a
game gives the same choice, whatever else is in the batch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from game.players.budget import Budget
from game.players.candidates import Drafts, Plan
from game.players.doctrine import DoctrinePlayer
from game.players.rollout import Futures, positions
from game.players.spread import percentiles
from game.players.whims import Whims
from game.rules import Ruleset, World, legal_mask, no_orders, pack
from game.rules.chance import BITS

TOP = 3
LAST = 5
"""So many plans stand in the last round, doctrine's own choice among them."""
SLIGHT = 50
"""A plan that is worse by at most so many raw units, and by no more than chance explains, is as good as the best."""
TRIFLE = 15
"""A plan that is worse by so many raw units is as good as the best, however certain the difference is."""
TOGETHER = 64
"""So many positions are looked at together."""


@dataclass(frozen=True)
class Gain:
    """What a plan brings against doctrine's own choice by the horizon: the seat's score, in raw units.

    low, high: the 10th and 90th percentile over the futures; mean rounded to whole raw units.
    """

    mean: int
    low: int
    high: int
    futures: int


@dataclass(frozen=True)
class Option:
    plan: Plan
    gain: Gain


@dataclass(frozen=True)
class Choice:
    """The best plans of one seat, best first, and doctrine's own choice. turns: how far they were played.

    given: what is ordered, drawn from the plans that are as good as the best, so that nobody plays the same way always.
    """

    seat: int
    options: tuple[Option, ...]
    doctrine: Plan
    turns: int
    given: Plan

    @property
    def best(self) -> Plan:
        return self.options[0].plan


_NOTHING = Option(Plan(()), Gain(0, 0, 0, 0))


@dataclass
class _Race:
    """The plans of one position that are still in, doctrine's own first, with their gains by future."""

    request: int
    plans: list[Plan]
    gains: list[NDArray[np.int32]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gains = [np.zeros(0, np.int32) for _ in self.plans]

    def mean(self, place: int) -> float:
        gains = self.gains[place]
        return float(gains.sum(dtype=np.int64)) / len(gains) if len(gains) else 0.0

    def ranked(self) -> list[int]:
        """Places by mean gain, best first; among equals the earlier."""
        return sorted(range(len(self.plans)), key=lambda place: (-self.mean(place), place))

    def as_good(self, best: int, other: int) -> bool:
        """Whether a plan is worse by a trifle, or slightly and by at most one standard error of their difference."""
        common = min(len(self.gains[best]), len(self.gains[other]))
        # Every round gives all plans the same futures, so the last ones are common.
        lost = [int(gain) for gain in self.gains[best][-common:] - self.gains[other][-common:]] if common else []
        total, squares = sum(lost), sum(gain * gain for gain in lost)
        if total <= TRIFLE * common:
            return True
        return total <= SLIGHT * common and total * total * (common + 1) <= common * squares

    def keep(self, places: Sequence[int], more: Sequence[Plan]) -> None:
        """Doctrine's own choice, these plans, and new ones."""
        kept = [0, *(place for place in places if place)]
        known = {frozenset(self.plans[place].orders) for place in kept}
        fresh = []
        for plan in more:
            if frozenset(plan.orders) not in known:
                known.add(frozenset(plan.orders))
                fresh.append(plan)
        self.plans = [self.plans[place] for place in kept] + fresh
        self.gains = [self.gains[place] for place in kept] + [np.zeros(0, np.int32) for _ in fresh]


class PlannerPlayer:
    """Plays by `plan`. budget: how far and how widely it looks."""

    def __init__(self, ruleset: Ruleset, budget: Budget) -> None:
        self.budget = budget
        self.doctrine = DoctrinePlayer(ruleset)
        self.whims = Whims(ruleset)
        names = sorted(ruleset.book.populations) if budget.population else []
        self.wants = [any(goal.seat == seat for goal in ruleset.book.objectives) for seat in ruleset.seats]
        self.others = [self.doctrine, *(DoctrinePlayer(ruleset, name) for name in names)]

    def decide(self, ruleset: Ruleset, world: World, seats: Sequence[int]) -> NDArray[np.int32]:
        return self.decide_at(ruleset, world, [(game, seat) for game in range(world.games) for seat in seats])

    def decide_at(
        self,
        ruleset: Ruleset,
        world: World,
        asked: Sequence[tuple[int, int]],
        progress: Callable[[float], None] = lambda share: None,
    ) -> NDArray[np.int32]:
        """Orders where they are asked for, (game, seat) each, int32 [all seats, places, games]; −1 elsewhere."""
        orders = no_orders(ruleset, world.games)
        running = world.state[ruleset.layout.row("ending")] == 0
        asked = [one for one in asked if running[one[0]]]
        for first in range(0, len(asked), TOGETHER):
            some = asked[first : first + TOGETHER]
            choices = self.plan(ruleset, world, some, progress=progress)
            assert choices is not None
            for (game, seat), choice in zip(some, choices, strict=True):
                orders[seat, :, game] = pack(ruleset, {seat: choice.given.orders})[seat, :, 0]
        return orders

    def plan(
        self,
        ruleset: Ruleset,
        world: World,
        asked: Sequence[tuple[int, int]],
        stop: Callable[[], bool] = lambda: False,
        progress: Callable[[float], None] = lambda share: None,
    ) -> list[Choice] | None:
        """The best plans where they are asked for, (running game, seat) each; None if `stop` said so."""
        if not asked or not ruleset.catalogue.size:
            return [Choice(seat, (_NOTHING,), Plan(()), 0, Plan(())) for _, seat in asked]
        here = positions(ruleset, world, asked)
        legal = legal_mask(ruleset, world).take(np.array([game for game, _ in asked], np.intp), axis=1)
        drafts = Drafts(ruleset, here, legal, self.doctrine, self.whims)
        base = drafts.base()
        # A seat that wants nothing gains nothing, whatever it orders.
        keen = [place for place, (_, seat) in enumerate(asked) if self.wants[seat]]
        turns = min(self.budget.turns, ruleset.turns - world.turn + 1)
        found = [
            Choice(seat, (Option(plan, Gain(0, 0, 0, 0)),), plan, turns, plan)
            for (_, seat), plan in zip(asked, base, strict=True)
        ]
        if not keen:
            return found
        futures = Futures(ruleset, here, self.others, turns, self.whims)
        races = self._first(drafts, base, keen)
        share = self.budget.futures // self.budget.rounds
        for number in range(self.budget.rounds):
            if not self._run(ruleset, races, futures, share, stop):
                return None
            progress((number + 1) / self.budget.rounds)
            if number < self.budget.rounds - 1:
                self._halve(drafts, races, last=number == self.budget.rounds - 2)
        for race in races:
            found[race.request] = self._choice(race, asked[race.request][1], turns, drafts.draw(race.request))
        return found

    # -- rounds ------------------------------------------------------------------------------------

    def _first(self, drafts: Drafts, base: Sequence[Plan], keen: Sequence[int]) -> list[_Race]:
        """Doctrine's own choice, less of it, and every order worth a try, for each position."""
        most = max(2, self.budget.futures // self.budget.rounds // self.budget.least)
        less = {request: drafts.less(base[request]) for request in keen}
        room = {request: max(1, most - 1 - len(less[request])) for request in keen}
        wishes = {request: [(order,) for order in drafts.wishes(request, room[request])] for request in keen}
        filled = self._filled(drafts, {request: base[request] for request in keen}, wishes)
        races = []
        for request in keen:
            race = _Race(request, [base[request]])
            race.keep([], [*filled[request], *less[request]])
            races.append(race)
        return races

    def _run(
        self, ruleset: Ruleset, races: list[_Race], futures: Futures, share: int, stop: Callable[[], bool]
    ) -> bool:
        """Give every position its share of futures, spread evenly over its plans."""
        requests, plans, left, numbers, spans = [], [], [], [], []
        for race in races:
            seat = futures.here.seats[race.request]
            each = max(1, share // len(race.plans)) if len(race.plans) > 1 else 0
            begin = max(len(gains) for gains in race.gains)
            packed = [pack(ruleset, {int(seat): plan.orders})[seat, :, 0] for plan in race.plans]
            spans.append(each)
            requests.append(np.full(each * len(race.plans), race.request, np.intp))
            plans.append(np.repeat(np.array(packed, np.int32), each, axis=0))
            gone = [self.whims.left_out(race.plans[0].orders, plan.orders) for plan in race.plans]
            left.append(np.repeat(np.array(gone), each, axis=0))
            numbers.append(np.tile(np.arange(begin, begin + each), len(race.plans)))
        scores = futures.scores(
            np.concatenate(requests), np.concatenate(plans), np.concatenate(left), np.concatenate(numbers), stop
        )
        if scores is None:
            return False
        place = 0
        for race, each in zip(races, spans, strict=True):
            block = scores[place : place + each * len(race.plans)].reshape(len(race.plans), each)
            place += block.size
            race.gains = [np.concatenate([old, row - block[0]]) for old, row in zip(race.gains, block, strict=True)]
        return True

    def _halve(self, drafts: Drafts, races: list[_Race], last: bool) -> None:
        """Keep the best plans; after the first rounds pairs of the best orders join them."""
        with_pairs = not last or self.budget.rounds == 2
        pairs = {race.request: self._pairs(race) if with_pairs else [] for race in races}
        filled = self._filled(drafts, {race.request: race.plans[0] for race in races}, pairs)
        for race in races:
            count = LAST if last else max(LAST, len(race.plans) // 4)
            race.keep(race.ranked()[:count], filled[race.request])

    @staticmethod
    def _filled(
        drafts: Drafts, base: Mapping[int, Plan], wishes: Mapping[int, Sequence[tuple[int, ...]]]
    ) -> dict[int, list[Plan]]:
        """The plans for the wishes of each position, by its request. base: doctrine's own choice there."""
        asked = [ask for request, some in wishes.items() for ask in drafts.varied(request, base[request], some)]
        filled: dict[int, list[Plan]] = {request: [] for request in wishes}
        for ask, plan in zip(asked, drafts.fill(asked), strict=True):
            filled[ask.request].append(plan)
        return filled

    def _pairs(self, race: _Race) -> list[tuple[int, int]]:
        """Pairs of the orders that did best."""
        best = [race.plans[place].asked[0] for place in race.ranked() if len(race.plans[place].asked) == 1][:6]
        pairs = [(a, b) for i, b in enumerate(best) for a in best[:i]]
        return pairs[: self.budget.pairs]

    @staticmethod
    def _choice(race: _Race, seat: int, turns: int, drawn: int) -> Choice:
        """The answer for a position. drawn: a number from 0 to 2^24 − 1 that decides among equals."""
        ranked = race.ranked()
        options = []
        for place in ranked[:TOP]:
            gains = race.gains[place]
            low, high = percentiles(gains, (10, 90)).tolist() if len(gains) else (0, 0)
            options.append(Option(race.plans[place], Gain(round(race.mean(place)), low, high, len(gains))))
        equals = [place for place in ranked if race.as_good(ranked[0], place)]
        given = race.plans[equals[drawn * len(equals) >> BITS]]
        return Choice(seat, tuple(options), race.plans[0], turns, given)
