"""Plans to compare: what doctrine would order, each legal order and pairs of the best with doctrine filling the rest,
and less.

Doctrine's orders and its answer to a card are in about half of the plans (`Drafts.varied`): with them in all plans
nobody could tell what they are worth from what is always done (docs/decisions/0005).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.players.choosing import MOST_WORTH, PLACE_BITS, choose, encode
from game.players.doctrine import DoctrinePlayer
from game.players.rollout import Positions
from game.players.whims import Whims
from game.rules import Ruleset, World
from game.rules.chance import draws, game_words
from game.rules.legality import frame_of
from game.rules.phase import Words

CURIOUS = 2
"""Where not all orders can be tried, one in so many is drawn instead of taken by its worth."""


@dataclass(frozen=True)
class Plan:
    """Orders of one seat. asked: the order or pair that it was made for; empty for doctrine's own choice."""

    orders: tuple[int, ...]
    asked: tuple[int, ...] = ()


@dataclass(frozen=True)
class Ask:
    """A plan to be made for a request. asked: its orders; beside: the answer to a card that goes with them.

    without: actions (as `Whims.kind` numbers them) that doctrine may not fill up with.
    """

    request: int
    asked: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()
    without: frozenset[int] = frozenset()


def _some(keys: Words, places: NDArray[np.intp]) -> Words:
    first, second = keys
    return first[places], second[places]


class Drafts:
    """Makes plans for some positions; `legal` bool [orders, requests] as the seats themselves are told."""

    def __init__(
        self, ruleset: Ruleset, here: Positions, legal: NDArray[np.bool_], doctrine: DoctrinePlayer, whims: Whims
    ) -> None:
        self.ruleset, self.here, self.whims = ruleset, here, whims
        catalogue = ruleset.catalogue
        frame = frame_of(ruleset, here.world)
        own = catalogue.seat[:, None] == here.seats[None, :]
        self.purse = here.world.state[ruleset.orders.purse[here.seats], np.arange(len(here.seats))]
        self.legal = legal & own & (catalogue.cost[:, None] <= self.purse)
        self.worth = doctrine.worth(here.world, frame)
        self.code = encode(ruleset, self.worth.copy(), self.legal)
        self.words = game_words(here.words, here.world.turn)

    def draw(self, request: int) -> int:
        """A number from 0 to 2^24 − 1 that depends on a position alone (`Positions.words`)."""
        return int(self._draws(self.whims.ties, request)[0])

    def _draws(self, keys: Words, request: int) -> NDArray[np.int32]:
        """One draw for each key at one position, int32 [keys]."""
        low, high = self.words
        drawn: NDArray[np.int32] = draws(keys, (low[request : request + 1], high[request : request + 1]))[:, 0]
        return drawn

    def base(self) -> list[Plan]:
        """What doctrine would order at each position."""
        return self.fill([Ask(request) for request in range(len(self.here.seats))])

    def wishes(self, request: int, most: int) -> list[int]:
        """The legal orders to try at one position, at most `most`, those that doctrine likes first.

        Of every action the binding that doctrine likes best goes first, then the second best of every action …
        Where there are more than can be tried, a part is drawn from the others, of actions that are not yet tried if
        there are such: what doctrine thinks little of may be worth a look.
        """
        index = np.flatnonzero(self.legal[:, request])
        worth = self.worth[index, request]
        liked = self._in_turns(index[np.argsort(-worth, kind="stable")].tolist())
        if len(liked) <= most:
            return liked
        first = liked[: most - most // CURIOUS]
        rest = np.sort(liked[len(first) :])
        # Every action is as likely as any other, however much it can be aimed at; so is each aim of an action.
        by_order = rest[np.argsort(self._draws(_some(self.whims.orders, rest), request), kind="stable")]
        by_action = by_order[np.argsort(self._draws(_some(self.whims.actions, by_order), request), kind="stable")]
        tried = {int(self.whims.kind[order]) for order in first}
        drawn = self._in_turns(by_action.tolist())
        return first + sorted(drawn, key=lambda order: int(self.whims.kind[order]) in tried)[: most - len(first)]

    def _in_turns(self, ranked: Sequence[int]) -> list[int]:
        """The first order of every action, then the second of every action …"""
        seen: dict[int, int] = {}
        turns: list[tuple[int, int, int]] = []
        for place, order in enumerate(ranked):
            kind = int(self.whims.kind[order])
            seen[kind] = seen.get(kind, -1) + 1
            turns.append((seen[kind], place, order))
        return [order for _, _, order in sorted(turns)]

    def less(self, plan: Plan) -> list[Plan]:
        """A plan without one of its orders, and without any."""
        found = [Plan(tuple(o for o in plan.orders if o != order)) for order in plan.orders]
        return [*found, Plan(())] if len(found) > 1 else found

    def varied(self, request: int, base: Plan, wishes: Sequence[tuple[int, ...]]) -> list[Ask]:
        """Plans for some wishes that lean on doctrine no more than they must.

        The answers to a card at hand go round, as far as the purse reaches for both, and each action that doctrine
        would order stays out of half of the plans: what doctrine does anyway must show its worth as all else does.
        """
        is_choice, cost, kind = self.ruleset.catalogue.is_choice, self.ruleset.catalogue.cost, self.whims.kind
        answers = [order for order in np.flatnonzero(self.legal[:, request]).tolist() if is_choice[order]]
        usual = sorted({int(kind[order]) for order in base.orders if not is_choice[order]})
        last = np.array([wish[-1] for wish in wishes], np.intp)
        drawn = self._draws(_some(self.whims.orders, last), request).tolist()
        first, asks = self.draw(request), []
        for number, (wish, bits) in enumerate(zip(wishes, drawn, strict=True)):
            without = frozenset(action for place, action in enumerate(usual) if bits >> place & 1)
            left = self.purse[request] - sum(cost[order] for order in wish)
            fit = [] if any(is_choice[order] for order in wish) else [a for a in answers if cost[a] <= left]
            beside = (fit[(first + number) % len(fit)],) if fit else ()
            asks.append(Ask(request, wish, beside, without))
        return asks

    def fill(self, asked: Sequence[Ask]) -> list[Plan]:
        """Plans with the orders asked for and doctrine's choice for what is left."""
        plans: list[Plan] = [Plan(())] * len(asked)
        requests = np.array([ask.request for ask in asked], np.intp)
        for seat in sorted(set(self.here.seats[requests].tolist())):
            mine = np.flatnonzero(self.here.seats[requests] == seat)
            columns = requests[mine]
            code = self.code[:, columns]
            for at, place in enumerate(mine.tolist()):
                ask = asked[place]
                if ask.without:
                    code[np.isin(self.whims.kind, list(ask.without)), at] = 0
                for order in (*ask.asked, *ask.beside):
                    best = (MOST_WORTH << PLACE_BITS) - 1 - int(self.ruleset.catalogue.place[order])
                    code[order, at] = best
            world = World(
                np.ascontiguousarray(self.here.world.state[:, columns]),
                self.here.world.luck[columns],
                self.here.world.turn,
            )
            chosen = choose(self.ruleset, world, code, [seat], frame_of(self.ruleset, world))[seat]
            for at, place in enumerate(mine.tolist()):
                orders = tuple(order for order in chosen[:, at].tolist() if order >= 0)
                plans[place] = Plan(orders, asked[place].asked)
        return plans
