"""The one place that decides what may be ordered.

`legal_mask` is the matrix for players of many games, `legal_after` what one seat's queue still allows,
`reasons` why not. Buttons, bots, web pages, agents and error messages all ask here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.rules.batch import FEW
from game.rules.nodes import Array, Frame
from game.rules.terms import Environment, Placed
from game.rules.world import World

if TYPE_CHECKING:
    from game.rules.ruleset import Ruleset


@dataclass(frozen=True)
class Reason:
    """Why an order is not legal. text: a sentence with {slot} placeholders; slots: what fills them.

    kind: `test` (a condition of the rulebook, its own sentence), `seat`, `card`, `purse`, `slots`, `twice`,
    `exclusive`, `free`.
    """

    kind: str
    text: str
    slots: Mapping[str, str]


def frame_of(ruleset: Ruleset, world: World) -> Frame:
    """A frame for questions between turns: the memory is known, orders of the turn are not."""
    return Frame(world.state, None, ruleset.orders.recalled(world.state))


def legal_mask(
    ruleset: Ruleset, world: World, frame: Frame | None = None, spent: Sequence[Sequence[int]] = ()
) -> Array:
    """Which orders' conditions hold, bool [orders, games]; purse and slots are not asked.

    spent: for each of the ruleset's legal parts, the nodes that nobody asks the frame for after it.
    """
    frame = frame or frame_of(ruleset, world)
    if world.games <= FEW:
        plan, addresses = ruleset.legal_plan
        mask = plan.run(frame).take(addresses, axis=0).astype(np.bool_)
    else:
        mask = np.zeros((ruleset.catalogue.size, world.games), np.bool_)
        for (index, node), done in zip(ruleset.legal_parts, spent or repeat(()), strict=False):
            if node is None:
                mask[index] = True
            else:
                held = frame.value(node)
                if np.count_nonzero(held):
                    mask[index] = held
            frame.forget(done)
    ended = world.state[ruleset.layout.row("ending")] != 0
    if ended.any():
        mask[:, ended] = False
    return mask


def slots_left(ruleset: Ruleset, world: World, seat: int, queue: Sequence[int], column: int = 0) -> int:
    """How many more slot orders a seat may give."""
    limit = int(frame_of(ruleset, world).value(ruleset.order_limit)[seat, column if world.games > 1 else 0])
    return limit - sum(not ruleset.catalogue.free[o] for o in queue)


def purse_left(ruleset: Ruleset, world: World, seat: int, queue: Sequence[int], column: int = 0) -> int:
    """Political capital left after the queue."""
    row = int(ruleset.orders.purse[seat])
    return int(world.state[row, column]) - sum(int(ruleset.catalogue.cost[o]) for o in queue)


def _queue_reasons(ruleset: Ruleset, world: World, column: int, order: int, queue: Sequence[int]) -> list[Reason]:
    catalogue = ruleset.catalogue
    entry = catalogue.entries[order]
    found = []
    if order in queue:
        found.append(Reason("twice", "The same order is already in the queue.", {}))
    rivals = set(catalogue.rivals[order].tolist()) - {order}
    clash = next((o for o in queue if o in rivals), None)
    if clash is not None:
        found.append(Reason("exclusive", "It cannot be combined with an order already in the queue.", {}))
    left = purse_left(ruleset, world, entry.seat, queue, column)
    if entry.cost > left:
        text = "It costs {cost} political capital and only {left} is left."
        found.append(Reason("purse", text, {"cost": str(entry.cost), "left": str(left)}))
    if not entry.free and slots_left(ruleset, world, entry.seat, queue, column) <= 0:
        found.append(Reason("slots", "No order is left this turn.", {}))
    if entry.free and entry.choice is None:
        free = sum(bool(catalogue.free[o]) and catalogue.choice[o] is None for o in queue)
        if free >= ruleset.places - ruleset.slot_places - 1:
            found.append(Reason("free", "No more free orders fit this turn.", {}))
    return found


def legal_queues(
    ruleset: Ruleset, world: World, seat: int, queues: NDArray[np.int32], mask: Array | None = None
) -> Array:
    """What a seat may still order in every game after its queue there, bool [orders of the seat, games].

    queues: int32 [orders given, games], −1 where none is; mask: what `legal_mask` gives, if it is known.
    """
    catalogue = ruleset.catalogue
    part = catalogue.seats[seat]
    mask = legal_mask(ruleset, world) if mask is None else mask
    left: Array = mask[part].copy()
    given = queues >= 0
    free, choice, cost = (of.take(queues) for of in (catalogue.free, catalogue.is_choice, catalogue.cost))
    purse = world.state[ruleset.orders.purse[seat]] - (cost * given).sum(axis=0)
    left &= catalogue.cost[part][:, None] <= purse
    limit = frame_of(ruleset, world).value(ruleset.order_limit)[seat]
    left &= ((given & ~free).sum(axis=0) < limit) | catalogue.free[part][:, None]
    full = (given & free & ~choice).sum(axis=0) >= ruleset.places - ruleset.slot_places - 1
    left &= ~full | (~catalogue.free[part] | catalogue.is_choice[part])[:, None]
    for place in range(len(queues)):
        games = np.flatnonzero(given[place])
        left[catalogue.rivals.take(queues[place, games], axis=0) - part.start, games[:, None]] = False
    return left


def legal_after(ruleset: Ruleset, world: World, column: int, seat: int, queue: Sequence[int]) -> Array:
    """What a seat may still order in one game after a queue, bool [orders]."""
    one = world.column(column) if world.games > 1 else world
    mask = np.zeros(ruleset.catalogue.size, np.bool_)
    queues = np.array(queue, np.int32).reshape(-1, 1)
    mask[ruleset.catalogue.seats[seat]] = legal_queues(ruleset, one, seat, queues)[:, 0]
    return mask


def reasons(ruleset: Ruleset, world: World, column: int, order: int, queue: Sequence[int] = ()) -> list[Reason]:
    """Every reason why an order may not be given after a queue; none if it may."""
    one = world.column(column) if world.games > 1 else world
    entry = ruleset.catalogue.entries[order]
    template = ruleset.book.index[entry.template]
    frame = frame_of(ruleset, one)
    env = Environment(tuple(template.slots), [entry.args])
    names = dict(zip(template.slots, entry.args, strict=True))
    found = []
    if int(one.state[ruleset.layout.row("ending"), 0]):
        found.append(Reason("seat", "The game has ended.", {}))
    if ruleset.active is not None and not bool(frame.value(ruleset.active)[entry.seat, 0]):
        found.append(Reason("seat", "This seat is not active at present.", {}))
    if entry.choice is None:
        tests = template.tests
    else:
        tests = next(c.tests for c in template.choices if c.id == entry.choice)
        card = next(i for i, c in enumerate(ruleset.catalogue.cards) if order in c.orders)
        pending = int(one.state[ruleset.layout.quantities["card"].first + entry.seat, 0])
        if pending != card + 1:
            found.append(Reason("card", "This question is not open at present.", {}))
    for test in tests:
        truth = ruleset.compiler.truth(test.truth, env, {})
        holds = bool(frame.value(truth.node)[0, 0]) if isinstance(truth, Placed) else truth
        if not holds:
            found.append(Reason("test", test.reason or "A condition of this order is not met.", names))
    return [*found, *_queue_reasons(ruleset, one, 0, order, queue)]
