"""Turning points: the turns whose decision mattered most for a seat's score.

Each is played again with that one decision left out (or, where nothing was ordered, with what the doctrine
player would have ordered), to the end of the game, over many futures under the same luck with and without
it. After the turn everybody, the seat itself too, acts as the doctrine player would. It takes seconds: run
it off the frames, with `stop`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.rules import World, advance
from game.session.columns import world_of
from game.session.forecast import Range, luck
from game.session.game import Game, Step
from game.session.records import COMPUTER, Resolved

SKETCH, FUTURES, POINTS = 16, 100, 3


@dataclass(frozen=True)
class Turning:
    """One turning point.

    order: what was decided, or None where nothing was ordered and `instead` is what might have been.
    effect: the score with the decision less the score without it, in raw units (hundredths of a point).
    """

    turn: int
    step: int
    order: int | None
    instead: tuple[int, ...]
    effect: Range
    mean: float
    futures: int


@dataclass(frozen=True)
class _Variant:
    """A turn played otherwise: orders by seat, and which decision it leaves out."""

    step: int
    order: int | None
    instead: tuple[int, ...]
    orders: dict[str, list[int]]


def turning_points(
    game: Game,
    seat: str,
    points: int = POINTS,
    futures: int = FUTURES,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda share: None,
) -> tuple[Turning, ...] | None:
    """The turns that mattered most, in order of time; None if `stop` said so.

    First every decision is sketched with few futures; the weightiest of each turn, twice as many turns as
    are wanted, are played again with `futures` futures. Decisions without any effect are left out.
    """
    steps = [place for place, step in enumerate(game.steps) if isinstance(step.act, Resolved)]
    best: list[tuple[float, _Variant]] = []
    for done, place in enumerate(steps):
        variants = _variants(game, seat, place)
        if not variants:
            continue
        effects = _effects(game, seat, place, variants, min(SKETCH, futures), stop)
        if effects is None:
            return None
        weights = [abs(float(effect.mean())) for effect in effects]
        first = max(range(len(variants)), key=lambda at: (weights[at], -at))
        if effects[first].any():
            best.append((weights[first], variants[first]))
        progress(0.7 * (done + 1) / len(steps))
    best.sort(key=lambda pair: (-pair[0], pair[1].step))
    found = []
    shortlist = best[: 2 * points]
    for done, (_weight, variant) in enumerate(shortlist):
        effects = _effects(game, seat, variant.step, [variant], futures, stop)
        if effects is None:
            return None
        found.append(_turning(game, variant, effects[0]))
        progress(0.7 + 0.3 * (done + 1) / len(shortlist))
    found.sort(key=lambda point: (-abs(point.mean), point.step))
    return tuple(sorted(found[:points], key=lambda point: point.step))


def _turning(game: Game, variant: _Variant, effect: NDArray[np.int32]) -> Turning:
    turn, spread = game.steps[variant.step].act.turn, Range.over(effect)
    return Turning(turn, variant.step, variant.order, variant.instead, spread, float(effect.mean()), len(effect))


def _given(game: Game, step: Step) -> dict[str, list[int]]:
    assert isinstance(step.act, Resolved)
    index = game.ruleset.catalogue.index
    return {seat: [index[text] for text in texts] for seat, texts in step.act.orders.items()}


def _variants(game: Game, seat: str, place: int) -> list[_Variant]:
    """The turn without each of the seat's orders; or with the doctrine's orders where it gave none."""
    step = game.steps[place]
    given = _given(game, step)
    mine = given.get(seat, [])
    if mine:
        return [_Variant(place, order, (), {**given, seat: [one for one in mine if one != order]}) for order in mine]
    world = world_of(game.ruleset, step.before, game.seed)
    index = game.seat_index[seat]
    decided = game.player(COMPUTER).decide(game.ruleset, world, [index])
    instead = tuple(int(order) for order in decided[index, :, 0] if order >= 0)
    return [_Variant(place, None, instead, {**given, seat: list(instead)})] if instead else []


def _effects(
    game: Game, seat: str, place: int, variants: Sequence[_Variant], futures: int, stop: Callable[[], bool]
) -> list[NDArray[np.int32]] | None:
    """The seat's final score as it was played less that of each variant, by future. int32 [futures] each."""
    step = game.steps[place]
    ruleset, player = game.ruleset, game.player(COMPUTER)
    seats = range(len(ruleset.seats))
    count = 1 + len(variants)
    start = world_of(ruleset, step.before, game.seed)
    world: World = start.repeat(count * futures, np.tile(luck(futures), count))
    played = [_given(game, step), *(variant.orders for variant in variants)]
    orders = np.concatenate([np.repeat(game.packed(one), futures, axis=2) for one in played], axis=2)
    ending, score = ruleset.layout.row("ending"), ruleset.layout.row(f"score[{seat}]")
    while True:
        if stop():
            return None
        world = advance(ruleset, world, orders, trace=()).world
        if (world.state[ending] != 0).all():
            break
        orders = player.decide(ruleset, world, seats)
    scores = world.state[score].reshape(count, futures)
    return [scores[0] - scores[at] for at in range(1, count)]
