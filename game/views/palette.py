"""The order palette: its categories, and the orders of one of them."""

from __future__ import annotations

from game.views.orders import OrderRow, order_row, seat_orders
from game.views.sight import Sight


def category_titles(sight: Sight) -> tuple[tuple[str, str, str], ...]:
    """(id, title, icon or "") of every category in which the seat has orders."""
    catalogue = sight.ruleset.catalogue
    mine = {_category(sight, order) for order in seat_orders(sight) if catalogue.choice[order] is None}
    return tuple(
        (model.id, sight.text("categories", model.id), model.icon or "")
        for model in sight.book.rulebook.categories
        if model.id in mine
    )


def _category(sight: Sight, order: int) -> str:
    action = sight.models["actions"].get(str(sight.ruleset.catalogue.template[order]))
    return str(getattr(action, "category", ""))


def category_rows(sight: Sight, category: str) -> tuple[OrderRow, ...]:
    """The seat's orders of a category, those that can be given first."""
    assert sight.seat is not None
    legal = sight.game.legal(sight.seat)
    catalogue = sight.ruleset.catalogue
    rows = [
        order_row(sight, order, bool(legal[order]) or None)
        for order in seat_orders(sight)
        if catalogue.choice[order] is None and _category(sight, order) == category
    ]
    return tuple(sorted(rows, key=lambda row: (not (row.legal or row.queued), row.cost, row.order)))
