"""What takes longer to derive: the turn's advice for the seat, the councils, and the palette's rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from game.views.council import CouncilView, councils
from game.views.orders import OrderRow
from game.views.palette import category_rows, category_titles
from game.views.sight import Sight


@dataclass(frozen=True)
class Ahead:
    """advice: the orders that matter now, as catalogue indices; councils: every body that decides;
    rows: the orders of every category as they stand at the turn's start."""

    advice: tuple[int, ...]
    councils: tuple[CouncilView, ...]
    rows: Mapping[str, tuple[OrderRow, ...]]


def look_ahead(sight: Sight, advice: Callable[[Sight], tuple[OrderRow, ...]]) -> Ahead:
    """The turn's advice and councils. `advice` picks the orders; nobody's orders for a viewer from outside."""
    if sight.seat is None or sight.game.over:
        return Ahead((), councils(sight), {})
    orders = tuple(row.order for row in advice(sight))
    rows = {category: category_rows(sight, category) for category, _title, _icon in category_titles(sight)}
    return Ahead(orders, councils(sight), rows)
