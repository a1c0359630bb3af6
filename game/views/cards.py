"""The open decision of a seat: what happened, and the answers it may give."""

from __future__ import annotations

from dataclasses import dataclass

from game.views.orders import OrderRow, order_row
from game.views.record import recorded
from game.views.sight import Sight
from game.views.sources import spelled


@dataclass(frozen=True)
class ChoiceRow:
    """One answer. default: taken if the turn ends without an answer."""

    id: str
    order: OrderRow
    default: bool


@dataclass(frozen=True)
class Card:
    """An event that waits for the seat's answer this turn.

    record: what the real history knows of it, told as such, or "". answered: the id of the answer in the queue.
    """

    event: str
    headline: str
    text: str
    record: str
    source: str
    contested: bool
    library: tuple[str, ...]
    choices: tuple[ChoiceRow, ...]
    answered: str | None


def card(sight: Sight) -> Card | None:
    """The seat's open decision, or None."""
    seat = sight.seat
    if seat is None or sight.game.over:
        return None
    pending = int(sight.column[sight.ruleset.layout.row(f"card[{seat}]")])
    if not pending:
        return None
    found = sight.ruleset.catalogue.cards[pending - 1]
    model = sight.models["events"][found.event]
    slots = dict(zip(sight.book.index[found.event].slots, found.binding, strict=True))
    given = [order for order in found.orders if order in sight.game.queue(seat)]
    choices = tuple(
        ChoiceRow(
            str(sight.ruleset.catalogue.choice[order]),
            order_row(sight, order, instead=given),  # another answer takes the place of the one that was given
            order == found.default,
        )
        for order in found.orders
    )
    answered = next((row.id for row in choices if row.order.queued), None)
    return Card(
        found.event,
        sight.names.fill(sight.text("events", found.event, "headline"), slots),
        sight.names.fill(sight.text("events", found.event, "text"), slots),
        recorded(sight, found.event, slots),
        spelled(str(getattr(model, "source", ""))),
        bool(getattr(model, "contested", False)),
        tuple(getattr(model, "library", ())),
        choices,
        answered,
    )
