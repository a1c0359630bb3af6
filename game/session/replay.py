"""Playing a save's log again, to prove it or to find where it first differs."""

from __future__ import annotations

from dataclasses import dataclass

from game.session.columns import differences, value_of
from game.session.game import Game
from game.session.records import HandedOver, Injected, Resolved, Rewound
from game.session.save import Save


@dataclass(frozen=True)
class Difference:
    """The first thing that is not as recorded. quantity None: the order or act itself does not fit."""

    turn: int
    quantity: str | None
    recorded: int | str | None
    computed: int | str | None
    message: str


def replay(save: Save, game: Game) -> Difference | None:
    """Recompute every turn of a save in a fresh game; the first difference, or None when all is true.

    `game` must stand at its start; afterwards it stands where the recomputed log leads.
    """
    for act in save.log:
        match act:
            case Resolved():
                found = _turn(game, act)
                if found is not None:
                    return found
            case Injected() | HandedOver() | Rewound():
                try:
                    game.follow(act)
                except (ValueError, LookupError) as fault:
                    return Difference(act.turn, None, None, None, str(fault))
    return _last(game, save)


def _turn(game: Game, act: Resolved) -> Difference | None:
    if act.turn != game.turn:
        message = f"turn {act.turn} is recorded where turn {game.turn} is due"
        return Difference(act.turn, None, None, None, message)
    before = game.column
    orders: dict[str, list[int]] = {}
    for seat, texts in act.orders.items():
        if seat not in game.seat_index:
            return Difference(act.turn, None, None, None, f"there is no seat '{seat}'")
        for text in texts:
            order = game.ruleset.catalogue.index.get(text)
            if order is None or game.ruleset.catalogue.seat[order] != game.seat_index[seat]:
                return Difference(act.turn, None, None, None, f"{seat} cannot give the order '{text}'")
            orders.setdefault(seat, []).append(order)
            game.queues[seat] = orders[seat][:-1]
            why = game.verify(seat, order)
            if why:
                return Difference(act.turn, None, None, None, f"the order '{text}' was not legal")
    try:
        step = game.play(orders)
    except ValueError as fault:
        return Difference(act.turn, None, None, None, str(fault))
    computed = differences(game.ruleset, before, step.after)
    for name in game.ruleset.layout.names:
        if computed.get(name) != act.changes.get(name):
            row = game.ruleset.layout.row(name)
            was = value_of(game.ruleset, name, int(before[row]))
            return _differs(act.turn, name, act.changes.get(name, was), computed.get(name, was))
    assert isinstance(step.act, Resolved)
    if step.act.fingerprint != act.fingerprint:
        return _differs(act.turn, "fingerprint", act.fingerprint, step.act.fingerprint)
    return None


def _differs(turn: int, quantity: str, recorded: int | str, computed: int | str) -> Difference:
    message = f"turn {turn}: {quantity} is recorded as {recorded}, computed as {computed}"
    return Difference(turn, quantity, recorded, computed, message)


def _last(game: Game, save: Save) -> Difference | None:
    """The save's last world against the one that was computed."""
    column = game.column.tolist()
    for name, raw in zip(game.ruleset.layout.names, column, strict=True):
        computed = value_of(game.ruleset, name, raw)
        if save.world.get(name) != computed:
            return _differs(game.turn, name, save.world.get(name, "missing"), computed)
    if save.fingerprint != game.fingerprint:
        return _differs(game.turn, "fingerprint", save.fingerprint, game.fingerprint)
    return None
