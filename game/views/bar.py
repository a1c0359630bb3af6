"""The figures of the bar: date, turn, purse with income, orders left, score."""

from __future__ import annotations

from dataclasses import dataclass

from game.rules import purse_left, slots_left
from game.session.causes import ledger
from game.text import _
from game.views.names import month_name
from game.views.sight import Sight, figure, signed


@dataclass(frozen=True)
class Bar:
    """turn, turns: where the game stands. purse: left after the queue; income: what came in last turn, or "".

    slots: orders that may still be queued, of `allowed`. score: the seat's, or "" for a viewer.
    """

    title: str
    date: str
    months: str
    turn: int
    turns: int
    seat: str
    name: str
    purse: int
    income: str
    slots: int
    allowed: int
    score: str
    score_change: str
    over: bool


def bar(sight: Sight) -> Bar:
    game, ruleset = sight.game, sight.ruleset
    layout = ruleset.layout
    seat = sight.seat
    purse = slots = allowed = 0
    income = score = change = ""
    if seat is not None:
        place = game.seat_index[seat]
        queue = game.queue(seat)
        purse = purse_left(ruleset, game.world, place, queue)
        allowed = max(slots_left(ruleset, game.world, place, ()), 0)
        slots = max(slots_left(ruleset, game.world, place, queue), 0)
        income = _income(sight, seat)
        row = layout.row(f"score[{seat}]")
        score = figure(int(sight.column[row]), 100)
        if sight.before is not None:
            difference = int(sight.column[row]) - int(sight.before[row])
            change = signed(difference, 100) if difference else ""
    return Bar(
        sight.book.scenario.title,
        month_name(sight.month),
        sight.turn_title,
        game.turn,
        sight.book.scenario.turns,
        seat or "",
        sight.names.label(seat) if seat else _("Looking on"),
        purse,
        income,
        slots,
        allowed,
        score,
        change,
        game.over,
    )


def _income(sight: Sight, seat: str) -> str:
    """What rules and events brought into the purse in the last turn, costs left out."""
    if not sight.game.steps:
        return ""
    row = sight.ruleset.layout.find("purse", (seat,))
    changes = ledger(sight.game, sight.game.steps[-1]) or ()
    came = sum(change.amount for change in changes if change.row == row and change.cause not in ("cost", "bound"))
    return signed(came, 1) if came else ""
