"""Every order that could ever be given, as an index with a stable text form."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.rules.binding import bindings
from game.scenario import spelled
from game.scenario.book import Book, Template

MAX_ORDERS = 6_000
KINDS = SLOT, ANSWER, VOTE = range(3)
"""Orders that take a slot, answers to cards, other free orders."""


@dataclass(frozen=True)
class Entry:
    """One order. args: the things of the template's slots in order; choice: for the answer to a card."""

    text: str
    seat: int
    cost: int
    template: str
    args: tuple[str, ...]
    choice: str | None
    free: bool
    halves: bool
    covert: bool
    exclusion: tuple[str, ...] | None
    sort: tuple[int, ...]


@dataclass(frozen=True)
class Card:
    """An event with one of its bindings that asks a seat for an answer. orders: its choices' indices."""

    event: str
    binding: tuple[str, ...]
    seat: int
    orders: tuple[int, ...]
    default: int


class Catalogue:
    """Orders sorted by seat, kind (slot orders, answers to cards, votes), cost, declaration, binding and choice.

    Arrays over orders: `seat`, `cost`, `free`, `halves`, `covert`, `is_choice`, `place` (within the seat).
    `seats[i]` is the slice of seat i; `runs[kind][i]` its slices of one kind by cost, cheapest first.
    `rivals[o]` are the orders that o shuts out, padded with o itself.
    """

    def __init__(self, book: Book) -> None:
        seats = {seat.id: i for i, seat in enumerate(book.seats)}
        self.bindings = bindings(book)
        entries: list[Entry] = []
        for place, action in enumerate(book.actions):
            entries += self._action(action, place, seats)
        cards: list[tuple[Template, tuple[str, ...], int]] = []
        for place, event in enumerate(book.events):
            if event.choices:
                cards += self._choices(event, len(book.actions) + place, seats, entries)
        entries.sort(key=lambda entry: entry.sort)
        self.entries = tuple(entries)
        self.size = len(entries)
        self.texts = tuple(entry.text for entry in entries)
        self.index = {text: i for i, text in enumerate(self.texts)}
        self.template = tuple(entry.template for entry in entries)
        self.args = tuple(entry.args for entry in entries)
        self.choice = tuple(entry.choice for entry in entries)
        self.seat: NDArray[np.intp] = np.array([e.seat for e in entries], np.intp)
        self.cost: NDArray[np.int32] = np.array([e.cost for e in entries], np.int32)
        self.free: NDArray[np.bool_] = np.array([e.free for e in entries], np.bool_)
        self.halves: NDArray[np.bool_] = np.array([e.halves for e in entries], np.bool_)
        self.covert: NDArray[np.bool_] = np.array([e.covert for e in entries], np.bool_)
        self.is_choice: NDArray[np.bool_] = np.array([e.choice is not None for e in entries], np.bool_)
        self.seats = tuple(self._slices(len(seats)))
        self.runs = {kind: tuple(tuple(self._runs(part, kind)) for part in self.seats) for kind in KINDS}
        starts = np.array([part.start for part in self.seats], np.intp)
        self.place: NDArray[np.int32] = (np.arange(self.size) - starts[self.seat]).astype(np.int32)
        self.rivals = self._rivals()
        self.cards = tuple(self._card(event, args, seat) for event, args, seat in cards)
        self._edges: dict[
            tuple[int, tuple[int, ...]], tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.intp]]
        ] = {}
        self._by_action: dict[str, dict[tuple[str | None, ...], int]] = {}
        self._given: dict[tuple[str, str | None], list[tuple[tuple[str, ...], int]]] = {}
        for i, entry in enumerate(entries):
            self._given.setdefault((entry.template, entry.choice), []).append((entry.args, i))
            if entry.choice is None:
                self._by_action.setdefault(entry.template, {})[entry.args] = i

    def _action(self, action: Template, place: int, seats: dict[str, int]) -> list[Entry]:
        names = list(action.slots)
        found = []
        for number, args in enumerate(self.bindings[action.id]):
            exclusion = None
            if action.exclusive:
                group, per = action.exclusive
                exclusion = (args[0], group, *(args[names.index(slot)] for slot in per))
            seat = seats[args[0]]
            found.append(
                Entry(
                    spelled.by(args[0], spelled.order(action.id, args[1:])),
                    seat,
                    action.cost,
                    action.id,
                    args,
                    None,
                    action.free,
                    action.halves,
                    action.covert,
                    exclusion,
                    (seat, VOTE if action.free else SLOT, action.cost, place, number, 0),
                )
            )
        return found

    def _choices(
        self, event: Template, place: int, seats: dict[str, int], entries: list[Entry]
    ) -> list[tuple[Template, tuple[str, ...], int]]:
        cards = []
        for number, args in enumerate(self.bindings[event.id]):
            decider = event.decider(args)
            seat = seats[decider]
            cards.append((event, args, seat))
            for order, choice in enumerate(event.choices):
                entries.append(
                    Entry(
                        spelled.by(decider, spelled.answer(event.id, args, choice.id)),
                        seat,
                        choice.cost,
                        event.id,
                        args,
                        choice.id,
                        True,
                        False,
                        False,
                        (spelled.RESPOND, event.id, *args),
                        (seat, ANSWER, choice.cost, place, number, order),
                    )
                )
        return cards

    def _card(self, event: Template, args: tuple[str, ...], seat: int) -> Card:
        decider = event.decider(args)
        texts = [spelled.by(decider, spelled.answer(event.id, args, choice.id)) for choice in event.choices]
        orders = tuple(self.index[text] for text in texts)
        default = next(o for o, choice in zip(orders, event.choices, strict=True) if choice.default)
        return Card(event.id, args, seat, orders, default)

    def _slices(self, seats: int) -> list[slice]:
        edges = np.searchsorted(self.seat, np.arange(seats + 1))
        return [slice(int(a), int(b)) for a, b in itertools.pairwise(edges)]

    def _runs(self, part: slice, kind: int) -> list[tuple[int, slice]]:
        """The seat's orders of one kind: (cost, slice) for each cost."""
        found: list[tuple[int, slice]] = []
        for i in range(part.start, part.stop):
            entry = self.entries[i]
            if entry.sort[1] != kind:
                continue
            if found and found[-1][0] == entry.cost:
                found[-1] = (entry.cost, slice(found[-1][1].start, i + 1))
            else:
                found.append((entry.cost, slice(i, i + 1)))
        return found

    def edges(self, kind: int, seats: tuple[int, ...]) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.intp]]:
        """Runs of some seats: the place of each run's seat, its cost, and where runs begin and end in turn."""
        if (kind, seats) not in self._edges:
            runs = [(i, cost, part) for i, seat in enumerate(seats) for cost, part in self.runs[kind][seat]]
            edges = [edge for *_, part in runs for edge in (part.start, part.stop)]
            if edges and edges[-1] == self.size:
                edges.pop()
            owners, costs = [i for i, *_ in runs], [[cost] for _, cost, _ in runs]
            self._edges[kind, seats] = (
                np.array(owners, np.intp),
                np.array(costs, np.int32).reshape(-1, 1),
                np.array(edges, np.intp),
            )
        return self._edges[kind, seats]

    def _rivals(self) -> NDArray[np.intp]:
        groups: dict[tuple[str, ...], list[int]] = {}
        for i, entry in enumerate(self.entries):
            if entry.exclusion:
                groups.setdefault(entry.exclusion, []).append(i)
        width = max((len(members) for members in groups.values()), default=1)
        rivals = np.repeat(np.arange(self.size, dtype=np.intp)[:, None], width, axis=1)
        for members in groups.values():
            rivals[members, : len(members)] = members
        return rivals

    def given(self, template: str, choice: str | None) -> list[tuple[tuple[str, ...], int]]:
        """(binding, order) of every order of an action, or of every answer of this choice to an event."""
        return self._given.get((template, choice), [])

    def find(self, action: str, things: Sequence[str | None]) -> list[int]:
        """The orders of an action whose actor and slots are these things (None: anything)."""
        table = self._by_action.get(action, {})
        if None not in things:
            exact = table.get(tuple(things))
            return [] if exact is None else [exact]
        return [i for args, i in table.items() if all(t is None or t == a for t, a in zip(things, args, strict=True))]
