"""The open decision of a seat: what happened, and the answers it may give."""

from __future__ import annotations

from dataclasses import dataclass

from game.text import _
from game.views.names import capital
from game.views.orders import OrderRow, order_row
from game.views.sight import Sight


@dataclass(frozen=True)
class ChoiceRow:
    """One answer. default: taken if the turn ends without an answer."""

    id: str
    order: OrderRow
    default: bool


@dataclass(frozen=True)
class Card:
    """An event that waits for the seat's answer this turn. answered: the id of the answer in the queue."""

    event: str
    headline: str
    text: str
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
    choices = tuple(
        ChoiceRow(str(sight.ruleset.catalogue.choice[order]), order_row(sight, order), order == found.default)
        for order in found.orders
    )
    answered = next((row.id for row in choices if row.order.queued), None)
    return Card(
        found.event,
        sight.names.fill(sight.text("events", found.event, "headline"), slots),
        sight.names.fill(sight.text("events", found.event, "text"), slots),
        str(getattr(model, "source", "")),
        bool(getattr(model, "contested", False)),
        tuple(getattr(model, "library", ())),
        choices,
        answered,
    )


def pending_note(sight: Sight) -> str:
    """One sentence on an open decision, or ""."""
    open_card = card(sight)
    if open_card is None:
        return ""
    if open_card.answered:
        return _("You have answered: {headline}.").format(headline=open_card.headline)
    default = next(row for row in open_card.choices if row.default)
    return _("{headline} waits for your answer; without one: {default}.").format(
        headline=capital(open_card.headline), default=default.order.title
    )
