"""The figures of the bar: date, turn, purse with income, orders left, score."""

from __future__ import annotations

from dataclasses import dataclass

from game.rules import purse_left, slots_left
from game.session.causes import ledger
from game.text import _
from game.views.names import month_name
from game.views.objectives import UNCOUNTED, counted
from game.views.score import score_change
from game.views.sight import Sight, figure, signed


@dataclass(frozen=True)
class Bar:
    """turn, turns: where the game stands. purse: left after the queue; income: what came in last turn, or "".

    slots: orders that may still be queued, of `allowed`. score: the seat's, "–" before it is counted, or "" for a
    viewer. score_rows: the objectives that moved it last turn, with what each brought.
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
    score_rows: tuple[tuple[str, str], ...]
    over: bool


def bar(sight: Sight) -> Bar:
    game, ruleset = sight.game, sight.ruleset
    layout = ruleset.layout
    seat = sight.seat
    purse = slots = allowed = 0
    income = score = change = ""
    rows: tuple[tuple[str, str], ...] = ()
    if seat is not None:
        place = game.seat_index[seat]
        queue = game.queue(seat)
        purse = purse_left(ruleset, game.world, place, queue)
        allowed = max(slots_left(ruleset, game.world, place, ()), 0)
        slots = max(slots_left(ruleset, game.world, place, queue), 0)
        income = _income(sight, seat)
        score = UNCOUNTED
        if counted(sight, sight.column):
            score = figure(int(sight.column[layout.row(f"score[{seat}]")]), 100)
        last = score_change(sight, causes=False)
        if last is not None:
            change = last.change
            rows = tuple((goal.title, goal.change or goal.after) for goal in last.rows)
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
        rows,
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
