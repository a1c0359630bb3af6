"""What was ordered, out of what could be: counts over many games, for pick rates, strategies and unused content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.lab.runner import Runner, seeds
from game.rules import Ruleset, World, legal_mask, legal_queues, start
from game.scenario.spelled import RESPOND

LEAST_LEGAL = 0.05
MOST_PICKED, LEAST_PICKED = 0.60, 0.005
NO_QUEUE = 0


class Deeds:
    """Follows games. legal, picked: in how many game-turns each order could be given, and was, int64 [orders].

    actions: seat and action (or event and choice) of orders, whatever they are aimed at. action_legal, action_picked:
    in how many game-turns any order of it could be given, and was, int64 [actions]; action: of each order.
    turns: game-turns that were played; kinds: orders by category for each seat and game, int32 [seats, kinds, games];
    leads: changes of the highest score among playable seats, int32 [games].
    """

    def __init__(self, ruleset: Ruleset, games: int) -> None:
        self.ruleset, self.games = ruleset, games
        catalogue = ruleset.catalogue
        self.legal = np.zeros(catalogue.size, np.int64)
        self.picked = np.zeros(catalogue.size, np.int64)
        self.turns = 0
        of = {action.id: action.category for action in ruleset.book.rulebook.actions}
        self.categories = sorted(set(of.values()))
        # What is not an action is an answer to a card, a category of its own.
        self.kind = np.array([self.categories.index(of[t]) if t in of else -1 for t in catalogue.template], np.intp)
        names = [_action(text) for text in catalogue.texts]
        self.actions = sorted(set(names))
        index = {name: place for place, name in enumerate(self.actions)}
        self.action = np.array([index[name] for name in names], np.intp)
        self.by_action = np.argsort(self.action, kind="stable")
        self.edges = np.searchsorted(self.action[self.by_action], np.arange(len(self.actions)))
        self.action_legal, self.action_picked = np.zeros((2, len(self.actions)), np.int64)
        self.kinds = np.zeros((len(ruleset.seats), len(self.categories), games), np.int32)
        self.rows = [ruleset.layout.row(f"score[{one.seat}]") for one in ruleset.book.scenario.seats]
        self.leads = np.zeros(games, np.int32)
        self.leader: NDArray[np.intp] | None = None
        self.running = np.ones(games, np.bool_)

    def opens(self, world: World, orders: NDArray[np.int32]) -> None:
        """Count what may be ordered and what is."""
        ruleset = self.ruleset
        running = self.running = world.state[ruleset.layout.row("ending")] == 0
        self.turns += int(running.sum())
        mask = legal_mask(ruleset, world)
        empty = np.zeros((NO_QUEUE, world.games), np.int32)
        for seat, part in enumerate(ruleset.catalogue.seats):
            mask[part] = legal_queues(ruleset, world, seat, empty, mask)
        self.legal += mask.sum(axis=1)
        self.action_legal += np.logical_or.reduceat(mask[self.by_action], self.edges, axis=0).sum(axis=1)
        given = np.where(running, orders, -1)
        np.add.at(self.picked, given[given >= 0], 1)
        seats, _places, games = np.nonzero(given >= 0)
        chosen = np.zeros((len(self.actions), self.games), np.bool_)
        chosen[self.action[given[given >= 0]], games] = True
        self.action_picked += chosen.sum(axis=1)
        kinds = self.kind[given[given >= 0]]
        some = kinds >= 0
        np.add.at(self.kinds, (seats[some], kinds[some], games[some]), 1)

    def closes(self, world: World) -> None:
        """Count who leads now and did not before."""
        if self.rows:
            leader = world.state[self.rows].argmax(axis=0)
            if self.leader is not None:
                self.leads += (leader != self.leader) & self.running
            self.leader = leader


@dataclass(frozen=True)
class Played:
    """An ensemble and what was done in it."""

    deeds: Deeds
    end: World

    def score(self, seat: str) -> NDArray[np.float64]:
        found: NDArray[np.float64] = self.end.state[self.deeds.ruleset.layout.row(f"score[{seat}]")] / 100
        return found


def play(runner: Runner, games: int, first: int = 0) -> Played:
    """Games of a run, with their deeds counted."""
    deeds = Deeds(runner.ruleset, games)
    end = runner.play(start(runner.ruleset, seeds(runner.seed, first, games)), [deeds])
    return Played(deeds, end)


@dataclass(frozen=True)
class Pick:
    """An order's pick rate: legal in so many game-turns of `turns`, picked in so many of those."""

    order: str
    legal: int
    picked: int
    turns: int

    @property
    def rate(self) -> float:
        return self.picked / self.legal if self.legal else 0.0

    @property
    def often_legal(self) -> bool:
        return self.legal >= LEAST_LEGAL * self.turns


def picks(deeds: Deeds, seat: str | None = None) -> list[Pick]:
    """Every order's pick rate; seat: only that seat's orders."""
    ruleset = deeds.ruleset
    catalogue = ruleset.catalogue
    part = slice(0, catalogue.size) if seat is None else catalogue.seats[ruleset.seats.index(seat)]
    counts = zip(catalogue.texts[part], deeds.legal[part].tolist(), deeds.picked[part].tolist(), strict=True)
    return [Pick(text, legal, picked, deeds.turns) for text, legal, picked in counts]


def _action(order: str) -> str:
    """`seat.action` of an order, `seat.respond.event.choice` of an answer."""
    seat, name, *rest = order.split(".")
    return f"{seat}.{name}.{rest[0]}.{rest[-1]}" if name == RESPOND else f"{seat}.{name}"


def action_picks(deeds: Deeds, seat: str) -> list[Pick]:
    """Pick rates of a seat's actions: turns with any order of it, out of turns in which any could be given."""
    return [
        Pick(name, int(legal), int(picked), deeds.turns)
        for name, legal, picked in zip(deeds.actions, deeds.action_legal, deeds.action_picked, strict=True)
        if name.startswith(f"{seat}.")
    ]


def entropy(found: Sequence[Pick]) -> float:
    """How varied the picks are, in bits: 0 for always the same order."""
    counts = np.array([one.picked for one in found if one.picked], float)
    if not len(counts):
        return 0.0
    shares = counts / counts.sum()
    return float(-(shares * np.log2(shares)).sum())


def clusters(shares: NDArray[np.float64], count: int = 6, rounds: int = 30) -> NDArray[np.intp]:
    """Groups of alike rows (k-means from far-apart rows, so that it needs no chance). Shape [rows]."""
    centres = [shares.mean(axis=0)]
    for _ in range(min(count, len(shares)) - 1):
        far = np.min([((shares - centre) ** 2).sum(axis=1) for centre in centres], axis=0)
        centres.append(shares[far.argmax()])
    middle = np.array(centres)
    group = np.zeros(len(shares), np.intp)
    for _ in range(rounds):
        group = ((shares[:, None] - middle[None]) ** 2).sum(axis=2).argmin(axis=1)
        moved = np.array(
            [shares[group == i].mean(axis=0) if (group == i).any() else middle[i] for i in range(len(middle))]
        )
        if np.allclose(moved, middle):
            break
        middle = moved
    return group
