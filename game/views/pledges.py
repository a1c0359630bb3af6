"""Pledges of one's own: which order would break one, what a turn made of them, and which still bind."""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from game.rules import Change, Ruleset
from game.scenario.pledges import BROKEN, KEPT, order_of, quantity_of, rule_of
from game.session.promises import Breach, breaches
from game.text import _
from game.views.effects import effects_of_rule
from game.views.sight import Sight

_KNOWN: WeakKeyDictionary[Ruleset, dict[str, tuple[Breach, ...]]] = WeakKeyDictionary()


def warnings(sight: Sight, order: int) -> tuple[str, ...]:
    """What an order would do to the seat's own pledges, those queued this turn among them."""
    catalogue, seat = sight.ruleset.catalogue, sight.seat
    if seat is None or catalogue.entries[order].seat != sight.game.seat_index[seat]:
        return ()
    known = _KNOWN.setdefault(sight.ruleset, {})
    if seat not in known:
        known[seat] = breaches(sight.ruleset, seat)
    queued, found = set(sight.game.queue(seat)), []
    for breach in known[seat]:
        promise = set(catalogue.find(order_of(breach.pledge), (seat, breach.receiver)))
        title = sight.quantity_title(quantity_of(breach.pledge))
        names = {"to": sight.names.plain(breach.receiver), "pledge": title}
        if order in breach.orders and int(sight.column[breach.row]) >= sight.game.turn:
            lines = effects_of_rule(sight, rule_of(breach.pledge, BROKEN), (seat, breach.receiver), seat)
            text = (
                _("It breaks your word to {to} ({pledge}): {effects}")
                if lines
                else _("It breaks your word to {to} ({pledge})")
            )
            found.append(text.format(**names, effects="; ".join(lines)))
        elif (order in breach.orders and promise & queued) or (order in promise and breach.orders & queued):
            found.append(_("It is at odds with what you order this turn: your word to {to} ({pledge})").format(**names))
    return tuple(found)


def outcomes(sight: Sight, changes: Iterable[Change]) -> dict[int, str]:
    """Pledges that the seat gave or got and that a turn ended, by row: `broken` or `kept`, untranslated."""
    ends = {rule_of(p.id, end): (quantity_of(p.id), end) for p in sight.book.rulebook.pledges for end in (BROKEN, KEPT)}
    found = {}
    for change in changes:
        quantity, end = ends.get(change.rule, ("", ""))
        row = sight.ruleset.layout.find(quantity, change.binding) if quantity else None
        if row is not None and change.row == row and sight.seat in change.binding:
            found[row] = end
    return found


def words_given(sight: Sight, seat: str, other: str) -> tuple[str, ...]:
    """What a seat has promised another and still owes: `Croatia to Serbia. Pledge: …, until turn 8`."""
    found = []
    for name in sight.pledged:
        row = sight.ruleset.layout.find(name, (seat, other))
        if row is not None and not sight.hides(row) and int(sight.column[row]) >= sight.game.turn:
            text = _("{giver} to {to}. {quantity}, until turn {turn}")
            found.append(
                text.format(
                    giver=sight.names.plain(seat),
                    to=sight.names.plain(other),
                    quantity=sight.quantity_title(name),
                    turn=int(sight.column[row]),
                )
            )
    return tuple(found)
