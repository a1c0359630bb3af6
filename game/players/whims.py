"""What the planner draws by, and what counts as the same action, whatever it is aimed at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from game.players.purses import Purses
from game.rules import Ruleset
from game.rules.phase import keys_of


class Whims:
    """What stands for each order, for its action (or event and choice) and for a choice among equals in draws.

    kind: a number for each order's action, or event and choice, int [orders].
    """

    def __init__(self, ruleset: Ruleset) -> None:
        catalogue = ruleset.catalogue
        names = [(name, choice or "") for name, choice in zip(catalogue.template, catalogue.choice, strict=True)]
        self.orders = keys_of("planner tries order", [(text,) for text in catalogue.texts])
        self.actions = keys_of("planner tries action", names)
        self.ties = keys_of("planner chooses among equals", [()])
        index = {name: place for place, name in enumerate(sorted(set(names)))}
        self.kind = np.array([index[name] for name in names], np.intp)
        self.size = len(index)
        self.is_choice = catalogue.is_choice
        self.purses = Purses(ruleset)

    def left_out(self, usual: Sequence[int], orders: Sequence[int]) -> NDArray[np.bool_]:
        """The actions of some usual orders that are not among other orders, bool [actions]; answers to cards never."""
        left = np.zeros(self.size, np.bool_)
        left[self.kind[[order for order in usual if not self.is_choice[order]]]] = True
        left[self.kind[list(orders)]] = False
        return left
