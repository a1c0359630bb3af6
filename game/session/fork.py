"""A turn played otherwise: the same luck, one seat's orders changed, and both futures side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.rules import advance
from game.session.columns import world_of
from game.session.forecast import Range, luck
from game.session.game import Game
from game.session.records import COMPUTER, Resolved
from game.text import _

FUTURES = 100


class NotPlayedError(ValueError):
    """The game has not come to a turn; the message says which."""


@dataclass(frozen=True)
class Fork:
    """as_played, otherwise: whole games to the end. spreads: seat → its final score in many futures of each."""

    as_played: Game
    otherwise: Game
    spreads: dict[str, tuple[Range, Range]]


def branch(game: Game) -> Game:
    """A copy of a game that can be played on without touching the first."""
    twin = game.twin()
    twin.queues, twin.handed_in = {}, set()
    return twin


def play_on(game: Game) -> Game:
    """The same game played to its end by the computer: the epilogue."""
    twin = branch(game)
    while not twin.over:
        twin.play(_computer(twin))
    return twin


def _computer(game: Game) -> dict[str, list[int]]:
    places = range(len(game.ruleset.seats))
    decided = game.player(COMPUTER).decide(game.ruleset, game.world, places)
    return {seat: [int(o) for o in decided[i, :, 0] if o >= 0] for i, seat in enumerate(game.ruleset.seats)}


def orders_of(game: Game, turn: int) -> dict[str, list[int]]:
    """What every seat ordered in a turn. Raises NotPlayedError."""
    index = game.ruleset.catalogue.index
    for step in game.steps:
        if isinstance(step.act, Resolved) and step.act.turn == turn:
            return {seat: [index[text] for text in texts] for seat, texts in step.act.orders.items()}
    raise NotPlayedError(_("The game has not come to turn {turn}.").format(turn=turn))


def at_turn(game: Game, turn: int) -> Game:
    """The game as the orders of a turn were given: with what had been injected. Raises ValueError as `reopen` does."""
    twin = branch(game)
    twin.reopen(turn)
    return twin


def fork(game: Game, turn: int, seat: str, texts: Sequence[str], people: Sequence[str]) -> Fork:
    """Play a turn again with other orders of one seat. people: seats whose recorded orders are kept.

    Afterwards people order what they did, as far as it is still legal, and the computer plays its own seats and
    whatever was not played. Raises NotPlayedError, UnknownNameError for an order, IllegalOrderError.
    """
    given = orders_of(game, turn)
    start = at_turn(game, turn)
    changed = dict(given)
    changed[seat] = _legal(start, seat, texts)
    otherwise = branch(start)
    otherwise.play(changed)
    held = set(people)
    while not otherwise.over:
        orders = _computer(otherwise)
        try:
            recorded = orders_of(game, otherwise.turn)
        except NotPlayedError:
            recorded = {}
        for one, own in recorded.items():
            if one in held:
                orders[one] = _still_legal(otherwise, one, own)
        otherwise.play(orders)
    return Fork(play_on(game), otherwise, _spreads(start, given, changed))


def _legal(game: Game, seat: str, texts: Sequence[str]) -> list[int]:
    for text in texts:
        game.submit(seat, game.order(text))
    found = list(game.queue(seat))
    game.queues.clear()
    return found


def _still_legal(game: Game, seat: str, orders: Sequence[int]) -> list[int]:
    for order in orders:
        if not game.verify(seat, order):
            game.submit(seat, order)
    found = list(game.queue(seat))
    game.queues.pop(seat, None)
    return found


def _spreads(start: Game, given: dict[str, list[int]], changed: dict[str, list[int]]) -> dict[str, tuple[Range, Range]]:
    """The final score of every playable seat over many futures, the same luck in both."""
    ruleset, player = start.ruleset, start.player(COMPUTER)
    world = world_of(ruleset, start.column, start.seed).repeat(2 * FUTURES, np.tile(luck(FUTURES), 2))
    orders = np.concatenate([np.repeat(start.packed(one), FUTURES, axis=2) for one in (given, changed)], axis=2)
    ending = ruleset.layout.row("ending")
    while True:
        world = advance(ruleset, world, orders, trace=()).world
        if (world.state[ending] != 0).all():
            break
        orders = player.decide(ruleset, world, range(len(ruleset.seats)))
    found = {}
    for one in start.scenario.book.scenario.seats:
        scores = world.state[ruleset.layout.row(f"score[{one.seat}]")].reshape(2, FUTURES)
        found[one.seat] = (Range.over(scores[0]), Range.over(scores[1]))
    return found
