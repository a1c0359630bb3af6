"""A phase of few games at one go: all masks, all effects and the ledger of a phase in a few dozen calls.

What comes out is what `phase.py` computes rule by rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from game.rules.batch import Builder, Words
from game.rules.ledger import Ledger, Note
from game.rules.nodes import Array, Frame

if TYPE_CHECKING:
    from game.rules.phase import Effect, Phase, Rule


class FlatPhase:
    """A phase's rules in one plan. spans: each rule's part of the instances (its bindings, one after the other)."""

    def __init__(self, phase: Phase) -> None:
        self.phase = phase
        builder = Builder()
        masks: list[int] = []
        self.spans: list[slice] = []
        luck: list[int] = []
        for rule in phase.rules:
            size = len(rule.bindings)
            self.spans.append(slice(len(masks), len(masks) + size))
            parts = [] if rule.when is None else [builder.node(rule.when)]
            drawn = builder.draws(rule.keys) if rule.keys is not None else [builder.constant(0)] * size
            luck += drawn
            if rule.odds is not None:
                parts.append(builder.less(drawn, builder.node(rule.odds), size))
            masks += builder.every(parts, size)
        amounts: list[int] = []
        held: list[int] = []
        instances: list[int] = []
        before: list[int] = []
        rows: list[int] = []
        self.effects: list[tuple[Rule, Effect]] = []
        starts: list[int] = []
        sets: list[tuple[int, int, int, list[int]]] = []
        for place, rule in enumerate(phase.rules):
            first = self.spans[place].start
            for number, effect in enumerate(rule.effects):
                size = len(effect.rows)
                if not size:
                    continue
                self.effects.append((rule, effect))
                starts.append(len(rows))
                if effect.assigns:
                    sets.append((rule.priority, -place, -number, list(range(len(rows), len(rows) + size))))
                rows += effect.rows
                instances += [first + owner for owner in effect.owners]
                amounts += _spread(builder.node(effect.amount), size)
                nought = builder.constant(0)
                before += [builder.row(row) for row in effect.rows] if effect.assigns else [nought] * size
                condition = [builder.constant(1)] if effect.condition is None else builder.node(effect.condition)
                held += _spread(condition, size)
        self.conditions = any(effect.condition is not None for _, effect in self.effects)
        self.plan = builder.plan()
        self.masks, self.luck = self.plan.at(masks), self.plan.at(luck)
        self.amounts, self.held, self.before = self.plan.at(amounts), self.plan.at(held), self.plan.at(before)
        self.instances = np.array(instances, np.intp)
        self.first = np.array([span.start for span in self.spans], np.intp)
        self.starts = np.array(starts, np.intp)
        local = np.array([phase.local[row] for row in rows], np.intp)
        added = np.array([not effect.assigns for _, effect in self.effects for _ in effect.rows], np.bool_)
        adding = np.flatnonzero(added)
        order = np.argsort(local[adding], kind="stable")
        self.adding = adding[order]
        self.added, self.added_starts = np.unique(local[self.adding], return_index=True)
        self.layers = _layers(sets, local)

    def begin(self, frame: Frame, words: Words) -> tuple[Array, Array]:
        """The block of numbers, and where each instance takes effect, 0 or 1, int64 [instances, games]."""
        block = self.plan.run(frame, words)
        return block, block.take(self.masks, axis=0)

    def finish(self, state: Array, block: Array, masks: Array, fired: dict[str, int], ledger: Ledger | None) -> None:
        """Count what took effect, apply it to the state in place, tell the ledger."""
        phase = self.phase
        hits = np.add.reduceat(masks, self.first, axis=0).sum(axis=1)
        for place in np.flatnonzero(hits).tolist():
            name = phase.rules[place].id
            fired[name] = fired.get(name, 0) + int(hits[place])
        own = phase.block(state)
        if len(self.instances):
            held = masks.take(self.instances, axis=0)
            if self.conditions:
                held *= block.take(self.held, axis=0)
            amounts = block.take(self.amounts, axis=0)
            changes = amounts - block.take(self.before, axis=0) if self.layers else amounts
            changes *= held
            for elements, rows in self.layers:
                own[rows] = np.where(held.take(elements, axis=0), amounts.take(elements, axis=0), own.take(rows, 0))
            if len(self.added):
                sums = np.add.reduceat(changes.take(self.adding, axis=0), self.added_starts, axis=0)
                own[self.added] += sums.astype(np.int32)
            if ledger is not None:
                self._note(changes, ledger)
        phase.store(state, own, ledger)

    def _note(self, changes: Array, ledger: Ledger) -> None:
        seen = ledger.seen(changes)
        some = np.logical_or.reduceat(seen.any(axis=1), self.starts)
        edges = [*self.starts.tolist(), len(changes)]
        for place in np.flatnonzero(some).tolist():
            rule, effect = self.effects[place]
            part = seen[edges[place] : edges[place + 1]]
            ledger.add(
                Note(self.phase.name, rule.cause, rule.id, rule.bindings, effect.owners, effect.id, effect.rows, part)
            )


def _spread(registers: list[int], size: int) -> list[int]:
    return registers if len(registers) == size else registers * size


def _layers(sets: list[tuple[int, int, int, list[int]]], local: NDArray[np.intp]) -> list[tuple[Array, Array]]:
    """Assignments as layers of (elements, rows), none with a row twice, in the order in which they are made.

    The last word goes to the highest priority, then to the first rule, its first effect, its first binding.
    """
    depth: dict[int, int] = {}
    layers: list[list[int]] = []
    for *_, elements in sorted(sets):
        for element in reversed(elements):
            row = int(local[element])
            at = depth.get(row, 0)
            depth[row] = at + 1
            if at == len(layers):
                layers.append([])
            layers[at].append(element)
    return [(np.array(layer, np.intp), local.take(layer)) for layer in layers]
