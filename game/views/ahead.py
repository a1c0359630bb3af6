"""What takes longer to derive and holds for a whole turn: advice for the seat, and the councils."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.views.council import CouncilView, councils
from game.views.orders import OrderRow
from game.views.sight import Sight


@dataclass(frozen=True)
class Ahead:
    """advice: the orders that matter now, as catalogue indices; councils: every body that decides."""

    advice: tuple[int, ...]
    councils: tuple[CouncilView, ...]


def look_ahead(sight: Sight, advice: Callable[[Sight], tuple[OrderRow, ...]]) -> Ahead:
    """The turn's advice and councils. `advice` picks the orders; nobody's orders for a viewer from outside."""
    orders = () if sight.seat is None or sight.game.over else tuple(row.order for row in advice(sight))
    return Ahead(orders, councils(sight))
