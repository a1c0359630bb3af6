"""How a seat stands toward others, and why: what lies between the two, words given, and how far a word is trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from game.rules import Quantity
from game.text import _
from game.views.pledges import words_given
from game.views.sight import Sight

TRUST = "credibility"
"""The quantity that says how far a seat's word is trusted."""
PLEDGED = "pledged_"
"""Quantities that keep until which turn a word binds; the rulebook's pledges make them."""
MOST = 4


@dataclass(frozen=True)
class Ground:
    """One reason. weight: from −100 to 100, above nought for the better."""

    text: str
    weight: int


@dataclass(frozen=True)
class Stance:
    """One seat toward another. level: −2 hostile to 2 friendly; grounds: the weightiest first.

    given: what the seat itself has promised the other and still owes; it weighs nothing here.
    """

    seat: str
    other: str
    name: str
    level: int
    label: str
    grounds: tuple[Ground, ...]
    given: tuple[str, ...] = ()

    @property
    def tone(self) -> Literal["good", "bad", ""]:
        return "good" if self.level > 0 else "bad" if self.level < 0 else ""


def stances(sight: Sight, seat: str) -> tuple[Stance, ...]:
    """A seat's stance toward everybody with whom it has something to do, the worst first."""
    found = []
    for other in sight.ruleset.seats:
        if other != seat:
            grounds = _between(sight, seat, other) + _words(sight, seat, other)
            if grounds:
                found.append(_stance(sight, seat, other, grounds + _trust(sight, other)))
    return tuple(sorted(found, key=lambda one: (one.level, one.other)))


def stance(sight: Sight, seat: str, other: str) -> Stance:
    """A seat's stance toward another, even if nothing lies between them."""
    grounds = _between(sight, seat, other) + _words(sight, seat, other) + _trust(sight, other)
    return _stance(sight, seat, other, grounds)


def _stance(sight: Sight, seat: str, other: str, grounds: list[Ground]) -> Stance:
    total = sum(ground.weight for ground in grounds)
    level = -2 if total <= -90 else -1 if total <= -30 else 2 if total >= 60 else 1 if total >= 20 else 0
    labels = (_("hostile"), _("wary"), _("even"), _("well disposed"), _("friendly"))
    ordered = tuple(sorted(grounds, key=lambda ground: -abs(ground.weight)))
    return Stance(
        seat, other, sight.names.label(other), level, labels[level + 2], ordered[:MOST], words_given(sight, seat, other)
    )


def _between(sight: Sight, seat: str, other: str) -> list[Ground]:
    """What is measured between the two: tension, hostility, steps of a crisis, grievances."""
    found = []
    for model in sight.book.rulebook.quantities:
        quantity = sight.ruleset.layout.quantities[model.id]
        if model.good == "neither" or model.id.startswith(PLEDGED):
            continue
        row = _row(sight, quantity, model.of in sight.book.symmetric, seat, other)
        if row is None or sight.hides(row):
            continue
        share = (int(sight.column[row]) - quantity.low) / max(quantity.high - quantity.low, 1)
        size = min(60, 15 * int(sight.column[row])) if model.unit == "count" else round(100 * share)
        weight = size * (1 if model.good == "up" else -1)
        if weight:
            text = _("{quantity}: {value}").format(quantity=sight.quantity_title(model.id), value=sight.value(row).text)
            found.append(Ground(text, weight))
    return found


def _row(sight: Sight, quantity: Quantity, symmetric: bool, seat: str, other: str) -> int | None:
    ways = [(seat, other), (other, seat)] if symmetric else [(seat, other)]
    return next((quantity.first + quantity.instances.index(way) for way in ways if way in quantity.instances), None)


def _words(sight: Sight, seat: str, other: str) -> list[Ground]:
    """Words that the other has given this seat and that still bind."""
    found = []
    turn = sight.game.turn
    for name, quantity in sight.ruleset.layout.quantities.items():
        if name.startswith(PLEDGED) and (other, seat) in quantity.instances:
            row = quantity.first + quantity.instances.index((other, seat))
            until = int(sight.column[row])
            if until >= turn and not sight.hides(row):
                text = _("{quantity}, promised by {giver} until turn {turn}").format(
                    quantity=sight.quantity_title(name), giver=sight.names.plain(other), turn=until
                )
                found.append(Ground(text, 25))
    return found


def _trust(sight: Sight, other: str) -> list[Ground]:
    """How far the other's word is trusted: above the middle of the scale it counts for it, below against it."""
    row = sight.ruleset.layout.find(TRUST, (other,))
    if row is None or sight.hides(row):
        return []
    quantity = sight.ruleset.layout.quantities[TRUST]
    middle = (quantity.low + quantity.high) / 2
    weight = round(50 * (int(sight.column[row]) - middle) / max(middle - quantity.low, 1))
    if abs(weight) < 2:
        return []
    text = _("{quantity}: {value}").format(quantity=sight.quantity_title(TRUST), value=sight.value(row).text)
    return [Ground(text, weight)]


def chief_stances(sight: Sight, seat: str, most: int = 3) -> tuple[Stance, ...]:
    """The stance toward who looks, then the worst of the others."""
    mine = [stance(sight, seat, sight.seat)] if sight.seat is not None and sight.seat != seat else []
    rest = [one for one in stances(sight, seat) if one.other != sight.seat]
    return (*mine, *rest)[:most]


def stance_text(one: Stance) -> str:
    """A stance as one sentence: `Toward Serbia: wary. Tension: 61; Credibility: 38.`"""
    text = _("Toward {other}: {stance}.").format(other=one.name, stance=one.label)
    if one.grounds:
        why = "; ".join(ground.text for ground in one.grounds)
        text = _("Toward {other}: {stance}. {why}.").format(other=one.name, stance=one.label, why=why)
    if one.given:
        text = _("{text} Still owed: {given}.").format(text=text, given="; ".join(one.given))
    return text
