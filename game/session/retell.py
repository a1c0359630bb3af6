"""A recorded game turn by turn: orders and acts as they stand in the log."""

from __future__ import annotations

from typing import Any

from game.session.game import Game
from game.session.records import HandedOver, Injected, Resolved, Rewound
from game.text import _


def retell(game: Game) -> list[dict[str, Any]]:
    """For each act of the log: its turn, kind, orders, fingerprint, and lines to read."""
    told = []
    for act in game.log:
        entry: dict[str, Any] = {"turn": act.turn, "act": act.act, "orders": {}, "fingerprint": None}
        match act:
            case Resolved():
                entry |= {"orders": dict(act.orders), "fingerprint": act.fingerprint}
                lines = [_("Turn {turn}: {fingerprint}").format(turn=act.turn, fingerprint=act.fingerprint)]
                for seat, orders in act.orders.items():
                    if orders:
                        lines.append(f"  {seat}: {', '.join(orders)}")
            case Injected():
                lines = [_("Turn {turn}: set from outside: {title}").format(turn=act.turn, title=act.title)]
            case HandedOver():
                lines = [
                    _("Turn {turn}: {seat} is handed over to {holder}").format(
                        turn=act.turn, seat=act.seat, holder=act.holder
                    )
                ]
            case Rewound():
                lines = [_("Turn {turn}: back to turn {to}").format(turn=act.turn, to=act.to)]
        told.append({**entry, "lines": lines})
    return told
