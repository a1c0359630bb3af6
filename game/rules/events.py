"""The phase of events: what happens, which card reaches which seat, and the rules of the phase."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from game.rules import chance
from game.rules.batch import FEW
from game.rules.catalogue import Catalogue
from game.rules.compile import Compiler
from game.rules.ledger import Ledger
from game.rules.nodes import Array, Frame, Node
from game.rules.phase import Phase, Rule, Words, read_rule
from game.scenario.book import Template

NEVER = 2**30
"""A cooldown that no game outlasts."""
_LATE = 2**31 - 1
"""The rank of a card that is not wished for."""


@dataclass(frozen=True)
class Happening:
    """One event compiled. rule: its place in the phase; instances: its slice of all instances."""

    template: Template
    rule: int
    instances: slice
    cards: slice | None


@dataclass(frozen=True)
class Known:
    """Every instance of every event that can happen, in the order of the phase's instances.

    rows: of `last`; waits: cooldowns; months: of dated events, else −1; dated: whether any is. cards: the instances
    with choices, places: theirs among all cards, ahead: what is added to their draws, by priority.
    """

    rows: NDArray[np.intp]
    waits: NDArray[np.int32]
    months: NDArray[np.int64]
    dated: bool
    cards: NDArray[np.intp]
    places: NDArray[np.intp]
    ahead: NDArray[np.int64]


class EventPhase:
    """All events. `last` rows keep the turn in which each instance last fired; `card` rows what is pending."""

    def __init__(self, compiler: Compiler, catalogue: Catalogue, active: Node | None) -> None:
        self.catalogue = catalogue
        layout, book = compiler.layout, compiler.book
        self.turn_months = compiler.turn_months
        self.active = active
        self.last = layout.quantities["last"]
        self.card = layout.quantities["card"]
        rules: list[Rule] = []
        self.happenings: list[Happening] = []
        place = card = 0
        for event in book.events:
            bindings = catalogue.bindings[event.id]
            span = slice(place, place + len(bindings))
            place = span.stop
            own = slice(card, card + len(bindings)) if event.choices else None
            card = own.stop if own else card
            rule = read_rule(compiler, event, bindings)
            if rule is None:
                continue
            self.happenings.append(Happening(event, len(rules), span, own))
            rules.append(rule)
        others = [t for t in book.rules if t.phase == "events"]
        plain = [read_rule(compiler, t, catalogue.bindings[t.id]) for t in others]
        self.plain = range(len(rules), len(rules) + sum(rule is not None for rule in plain))
        self.phase = Phase("events", [*rules, *(rule for rule in plain if rule is not None)], layout.low, layout.high)
        keys = [rule.keys for rule in rules if rule.keys is not None]
        self.first = np.concatenate([k[0] for k in keys]) if keys else np.zeros((0, 1), np.uint32)
        self.second = np.concatenate([k[1] for k in keys]) if keys else np.zeros((0, 1), np.uint32)
        self.spans = self._spans([len(rule.bindings) for rule in rules])
        waits = [NEVER if e.once else -(-e.cooldown // self.turn_months) for e in book.events]
        sizes = [len(catalogue.bindings[e.id]) for e in book.events]
        self.cooldowns: NDArray[np.int32] = np.repeat(np.array(waits, np.int32), sizes).reshape(-1, 1)
        self.seat_of_card: NDArray[np.intp] = np.array([c.seat for c in catalogue.cards], np.intp)
        self.seat_cards = [np.flatnonzero(self.seat_of_card == s) for s in range(len(book.seats))]

    @staticmethod
    def _spans(sizes: Sequence[int]) -> list[slice]:
        edges = np.concatenate([[0], np.cumsum(sizes)]).astype(int).tolist()
        return [slice(a, b) for a, b in itertools.pairwise(edges)]

    def run(
        self,
        state: Array,
        frame: Frame,
        words: Words,
        turn: int,
        date: int,
        fired: dict[str, int],
        ledger: Ledger | None,
    ) -> None:
        """Decide what happens, arbitrate the cards, apply the effects, remember."""
        if frame.games <= FEW and self.phase.rules:
            self._run_few(state, frame, words, turn, date, fired, ledger)
            return
        games = frame.games
        luck = chance.draws((self.first, self.second), words)
        last_fired = frame.state[self.last.rows.start : self.last.rows.stop]
        ready = (last_fired <= turn - self.cooldowns) | (last_fired == 0)
        masks: dict[int, Array] = {}
        wishes: list[tuple[Happening, Array]] = []
        for happening in self.happenings:
            mask = self._mask(happening, frame, luck, ready, date)
            if mask is None:
                continue
            if happening.cards is None:
                masks[happening.rule] = mask
            else:
                wishes.append((happening, mask))
        cards = np.zeros((len(self.seat_cards), games), np.int32)
        if wishes:
            self._deal(wishes, luck, frame, cards, masks)
        delta = self.phase.delta(games)
        sets: list[tuple[int, int, Array | slice, Array | None, Array]] = []
        happened: list[tuple[slice, Array]] = []
        for happening in self.happenings:
            mask = masks.get(happening.rule)
            hits = 0 if mask is None else int(np.count_nonzero(mask))
            if mask is None or not hits:
                continue
            fired[happening.template.id] = fired.get(happening.template.id, 0) + hits
            self.phase.apply(happening.rule, mask, frame, delta, sets, ledger)
            happened.append((happening.instances, mask))
        for place in self.plain:
            self.phase.run_rule(place, frame, words, delta, sets, fired, ledger)
        self.phase.finish(state, delta, sets, ledger)
        last = state[self.last.rows.start : self.last.rows.stop]
        for instances, mask in happened:
            last[instances][mask] = turn
        state[self.card.rows.start : self.card.rows.stop] = cards

    def _run_few(
        self,
        state: Array,
        frame: Frame,
        words: Words,
        turn: int,
        date: int,
        fired: dict[str, int],
        ledger: Ledger | None,
    ) -> None:
        """The same for few games: all events at once."""
        flat = self.phase.flat
        block, masks = flat.begin(frame, words)
        known = self.known
        size = len(known.rows)
        last = frame.state.take(known.rows, axis=0)
        ready = (last <= turn - known.waits) | (last == 0)
        if known.dated:
            ready &= (known.months < 0) | ((known.months >= date) & (known.months < date + self.turn_months))
        masks[:size] *= ready
        cards = np.zeros((len(self.seat_cards), frame.games), np.int32)
        if len(known.cards):
            wishes = masks.take(known.cards, axis=0)
            luck = block.take(flat.luck.take(known.cards), axis=0) + known.ahead
            rank = np.full((len(self.seat_of_card), frame.games), _LATE, np.int64)
            rank[known.places] = np.where(wishes, luck, _LATE)
            if self.active is not None:
                asleep = np.logical_not(frame.value(self.active)).take(self.seat_of_card, axis=0)
                rank[asleep] = _LATE
            masks[known.cards] = self._give_cards(rank, cards).take(known.places, axis=0)
        flat.finish(state, block, masks, fired, ledger)
        rows, columns = masks[:size].nonzero()
        state[known.rows.take(rows), columns] = turn
        state[self.card.rows.start : self.card.rows.stop] = cards

    @cached_property
    def known(self) -> Known:
        """What is known of every instance that can happen, made when few games are first played."""
        months: list[int] = []
        rows: list[int] = []
        cards: list[int] = []
        places: list[int] = []
        ahead: list[int] = []
        for happening in self.happenings:
            event, span = happening.template, happening.instances
            if happening.cards is not None:
                cards += range(len(rows), len(rows) + span.stop - span.start)
                places += range(happening.cards.start, happening.cards.stop)
                ahead += [(9 - event.priority) << chance.BITS] * (span.stop - span.start)
            rows += range(self.last.first + span.start, self.last.first + span.stop)
            months += [-1 if event.date is None else event.date] * (span.stop - span.start)
        where = np.array(rows, np.intp)
        return Known(
            where,
            self.cooldowns.take(where - self.last.first, axis=0),
            np.array(months, np.int64).reshape(-1, 1),
            any(month >= 0 for month in months),
            np.array(cards, np.intp),
            np.array(places, np.intp),
            np.array(ahead, np.int64).reshape(-1, 1),
        )

    def _mask(self, happening: Happening, frame: Frame, luck: Array, ready: Array, date: int) -> Array | None:
        """Where an event would fire, bool [bindings, games]; None: nowhere. ready: neither spent nor cooling down."""
        event = happening.template
        if event.date is not None and not date <= event.date < date + self.turn_months:
            return None
        rule = self.phase.rules[happening.rule]
        mask = None if rule.when is None else frame.value(rule.when)
        if mask is not None and not np.count_nonzero(mask):
            return None
        if rule.odds is not None:
            hit = luck[self.spans[happening.rule]] < frame.value(rule.odds)
            mask = hit if mask is None else np.logical_and(hit, mask)
            if not np.count_nonzero(mask):
                return None
        fresh = ready[happening.instances]
        result: Array = fresh if mask is None else np.logical_and(fresh, mask)
        return result

    def _deal(
        self,
        wishes: list[tuple[Happening, Array]],
        luck: Array,
        frame: Frame,
        cards: Array,
        masks: dict[int, Array],
    ) -> None:
        games = frame.games
        size = len(self.seat_of_card)
        # A key that is lower for the card that goes first; the draw has 24 bits, priorities are 0–9.
        rank = np.full((size, games), _LATE, np.int32)
        for happening, mask in wishes:
            assert happening.cards is not None
            own = luck[self.spans[happening.rule]] + ((9 - happening.template.priority) << chance.BITS)
            part = rank[happening.cards]
            part[mask] = own[mask]
        if self.active is not None:
            asleep = np.logical_not(frame.value(self.active)).take(self.seat_of_card, axis=0)
            rank[asleep] = _LATE
        won = self._give_cards(rank, cards)
        for happening, _ in wishes:
            assert happening.cards is not None
            masks[happening.rule] = won[happening.cards]

    def _give_cards(self, rank: Array, cards: Array) -> Array:
        """At most one card a seat: highest priority, then lowest draw, then first declared. Fills `cards`.

        rank [cards, games], lower for what goes first → which cards are dealt, bool [cards, games].
        """
        games = rank.shape[1]
        won = np.zeros(rank.shape, np.bool_)
        for seat, own_cards in enumerate(self.seat_cards):
            if not len(own_cards):
                continue
            ranks = rank.take(own_cards, axis=0)
            best = ranks.argmin(axis=0)
            some = ranks[best, np.arange(games)] < _LATE
            if not some.any():
                continue
            chosen = own_cards[best]
            cards[seat] = np.where(some, chosen + 1, 0)
            column = some.nonzero()[0]
            won[chosen[column], column] = True
        return won
