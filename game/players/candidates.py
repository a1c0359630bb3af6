"""Plans to compare: what doctrine would order, each legal order with doctrine filling the rest, pairs, and less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.players.choosing import MOST_WORTH, PLACE_BITS, choose, encode
from game.players.doctrine import DoctrinePlayer
from game.players.rollout import Positions
from game.rules import Ruleset, World
from game.rules.legality import frame_of


@dataclass(frozen=True)
class Plan:
    """Orders of one seat. asked: the order or pair that it was made for; empty for doctrine's own choice."""

    orders: tuple[int, ...]
    asked: tuple[int, ...] = ()


class Drafts:
    """Makes plans for some positions; `legal` bool [orders, requests] as the seats themselves are told."""

    def __init__(self, ruleset: Ruleset, here: Positions, legal: NDArray[np.bool_], doctrine: DoctrinePlayer) -> None:
        self.ruleset, self.here = ruleset, here
        catalogue = ruleset.catalogue
        frame = frame_of(ruleset, here.world)
        own = catalogue.seat[:, None] == here.seats[None, :]
        purse = here.world.state[ruleset.orders.purse[here.seats], np.arange(len(here.seats))]
        self.legal = legal & own & (catalogue.cost[:, None] <= purse)
        self.worth = doctrine.worth(here.world, frame)
        self.code = encode(ruleset, self.worth.copy(), self.legal)

    def base(self) -> list[Plan]:
        """What doctrine would order at each position."""
        asked: list[tuple[int, tuple[int, ...]]] = [(request, ()) for request in range(len(self.here.seats))]
        return self.fill(asked)

    def wishes(self, request: int, most: int) -> list[int]:
        """The legal orders to try at one position, at most `most`.

        Of every action the binding that doctrine likes best goes first, then the second best of every action …
        """
        index = np.flatnonzero(self.legal[:, request])
        worth = self.worth[index, request]
        ranked = index[np.argsort(-worth, kind="stable")].tolist()
        templates, choices = self.ruleset.catalogue.template, self.ruleset.catalogue.choice
        seen: dict[tuple[str, str | None], int] = {}
        turns: list[tuple[int, int, int]] = []
        for place, order in enumerate(ranked):
            kind = (templates[order], choices[order])
            seen[kind] = seen.get(kind, -1) + 1
            turns.append((seen[kind], place, order))
        return [order for _, _, order in sorted(turns)[:most]]

    def less(self, plan: Plan) -> list[Plan]:
        """A plan without one of its orders, and without any."""
        found = [Plan(tuple(o for o in plan.orders if o != order)) for order in plan.orders]
        return [*found, Plan(())] if len(found) > 1 else found

    def fill(self, asked: Sequence[tuple[int, tuple[int, ...]]]) -> list[Plan]:
        """Plans with the orders asked for, (request, orders) each, and doctrine's choice for what is left."""
        plans: list[Plan] = [Plan(())] * len(asked)
        requests = np.array([request for request, _ in asked], np.intp)
        for seat in sorted(set(self.here.seats[requests].tolist())):
            mine = np.flatnonzero(self.here.seats[requests] == seat)
            columns = requests[mine]
            code = self.code[:, columns]
            for at, place in enumerate(mine.tolist()):
                for order in asked[place][1]:
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
                plans[place] = Plan(orders, asked[place][1])
        return plans
