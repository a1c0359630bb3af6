"""The phase of events: what happens, which card reaches which seat, and the rules of the phase."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.rules import chance
from game.rules.catalogue import Catalogue
from game.rules.compile import Compiler
from game.rules.ledger import Ledger
from game.rules.nodes import Array, Frame, Node
from game.rules.phase import Phase, Rule, Words, read_rule
from game.scenario.book import Template

NEVER = 2**30
"""A cooldown that no game outlasts."""


@dataclass(frozen=True)
class Happening:
    """One event compiled. rule: its place in the phase; instances: its slice of all instances."""

    template: Template
    rule: int
    instances: slice
    cards: slice | None


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
        """At most one card a seat: highest priority, then lowest draw, then first declared."""
        games = frame.games
        size = len(self.seat_of_card)
        # A key that is lower for the card that goes first; the draw has 24 bits, priorities are 0–9.
        rank = np.full((size, games), np.iinfo(np.int32).max, np.int32)
        for happening, mask in wishes:
            assert happening.cards is not None
            own = luck[self.spans[happening.rule]] + ((9 - happening.template.priority) << chance.BITS)
            part = rank[happening.cards]
            part[mask] = own[mask]
        if self.active is not None:
            asleep = np.logical_not(frame.value(self.active)).take(self.seat_of_card, axis=0)
            rank[asleep] = np.iinfo(np.int32).max
        won = np.zeros((size, games), np.bool_)
        for seat, own_cards in enumerate(self.seat_cards):
            if not len(own_cards):
                continue
            ranks = rank.take(own_cards, axis=0)
            best = ranks.argmin(axis=0)
            some = ranks[best, np.arange(games)] < np.iinfo(np.int32).max
            if not some.any():
                continue
            chosen = own_cards[best]
            cards[seat] = np.where(some, chosen + 1, 0)
            column = some.nonzero()[0]
            won[chosen[column], column] = True
        for happening, _ in wishes:
            assert happening.cards is not None
            masks[happening.rule] = won[happening.cards]
