"""Which rows of a forecast are shown first: what the order says it does, then the largest differences."""

from __future__ import annotations

from game.views.forecast import ForecastRow, ForecastView
from game.views.orders import OrderRow


def rows_for(view: ForecastView, order: OrderRow, most: int) -> tuple[ForecastRow, ...]:
    """At most so many rows of a forecast, those of the order's declared effects first."""
    declared = [row for row in view.rows if any(effect.startswith(f"{row.title} ") for effect in order.effects)]
    others = [row for row in view.rows if row not in declared]
    return tuple([*declared, *others][:most])
