"""Orders that concern a thing, as rows that queue and take back: under a council's or a dossier's details."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.desktop.parts.blocks import Block
from game.desktop.screens.flow import head, listed, prose
from game.desktop.ui.lists import Row
from game.desktop.ui.node import Command, Tip
from game.desktop.ui.paint import SMALL
from game.session import IllegalOrderError
from game.text import _
from game.views import OrderRow, Sight, order_row, reason_texts
from game.views.orders import seat_orders

if TYPE_CHECKING:
    from game.desktop.app import App

MOST = 7


@dataclass(frozen=True)
class Toggle:
    """Queue an order, or take it back."""

    order: int


def orders_about(sight: Sight, things: tuple[str, ...], category: str = "") -> tuple[OrderRow, ...]:
    """The seat's orders that name one of these things, best first: all of them named, queued or legal, cheap."""
    if sight.seat is None or sight.game.over:
        return ()
    catalogue, seat = sight.ruleset.catalogue, sight.seat
    legal = sight.game.legal(seat)
    found = []
    for order in seat_orders(sight):
        entry = catalogue.entries[order]
        if entry.choice is not None:
            continue
        named = len([thing for thing in things if thing in entry.args[1:]])
        own = seat in things and getattr(sight.models["actions"][entry.template], "category", "") == category
        if named or own:
            found.append((order, named, len(entry.args)))
    rows = [(order_row(sight, order, bool(legal[order]) or None), named, args) for order, named, args in found]

    def rank(item: tuple[OrderRow, int, int]) -> tuple[bool, bool, int, int, int]:
        one, named, args = item
        return (one.category != category and bool(category), not (one.legal or one.queued), -named, args, one.order)

    return tuple(one for one, _named, _args in sorted(rows, key=rank))


def toggle(app: App, command: Command) -> bool:
    """Obey a `Toggle`; False for any other command."""
    desk = app.desk
    if not isinstance(command, Toggle) or desk is None or desk.seat is None:
        return False
    if not desk.may_order:
        return True
    if command.order in desk.game.queue(desk.seat):
        desk.withdraw(command.order)
    else:
        try:
            desk.submit(command.order)
        except IllegalOrderError as fault:
            app.say(" ".join(reason_texts(desk.sight, fault.reasons)), "bad", "lock")
            return True
    app.sounds.play("select")
    app.refresh(moved_on=True)
    return True


def deed_blocks(rows: Sequence[OrderRow], key: str) -> list[Block]:
    """The orders as rows; locked ones keep their first reason, and every reason in the tip."""
    found = [head(_("What you can do"), _("Enter queues"))]
    if not rows:
        return [*found, prose(_("None of your orders concerns this."), SMALL)]
    for one in rows[:MOST]:
        detail = _("Queued for this turn") if one.queued else one.reasons[0] if one.reasons else one.help
        icon = "check_circle" if one.queued else "lock" if one.reasons else one.icon or "document"
        tip = Tip(
            one.title,
            "\n".join((one.help, *one.effects)),
            tuple((reason, "") for reason in one.reasons),
            _("Source: {source}").format(source=one.source) if one.source else "",
        )
        cost = _("free") if not one.cost else str(one.cost)
        item = Row(str(one.order), one.title, detail, cost, "" if not one.cost else _("capital"), icon=icon, tip=tip)
        command = Toggle(one.order) if one.legal or one.queued else None
        found.append(listed(item, f"{key}:order:{one.order}", command, one.queued, f"{key}:orders", 54))
    return found
