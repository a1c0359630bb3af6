"""The open decision of a seat: what happened, and the answers it may give."""

from __future__ import annotations

from dataclasses import dataclass

from game.text import _
from game.views.orders import OrderRow, order_row
from game.views.record import recorded
from game.views.sight import Sight, signed
from game.views.sources import spelled


@dataclass(frozen=True)
class ChoiceRow:
    """One answer. default: taken if the turn ends without an answer.

    at_once: its price and declared effects, for the default too; screens show them first, under `at_once_title`. What
    a forecast says against the default comes after them, under `in_the_end_title`.
    """

    id: str
    order: OrderRow
    default: bool
    at_once: tuple[str, ...]


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
    choices = tuple(_choice(sight, order, given, order == found.default) for order in found.orders)
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


def _choice(sight: Sight, order: int, given: list[int], default: bool) -> ChoiceRow:
    # Another answer takes the place of the one that was given.
    row = order_row(sight, order, instead=given)
    price = (_("Political capital {amount}").format(amount=signed(-row.cost, 1)),) if row.cost else ()
    at_once = (*price, *row.effects) or (_("Nothing changes at once"),)
    return ChoiceRow(str(sight.ruleset.catalogue.choice[order]), row, default, at_once)


def at_once_title() -> str:
    return _("At once")


def in_the_end_title() -> str:
    return _("In the end, against the default")
