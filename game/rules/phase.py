"""One phase: templates that read the state at its start and change it together at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from game.rules import chance
from game.rules.batch import FEW
from game.rules.binding import Known
from game.rules.compile import CompileFault, Compiler
from game.rules.flat import FlatPhase
from game.rules.ledger import Ledger, Note
from game.rules.nodes import Array, Frame, Node, Static
from game.rules.spent import spent
from game.rules.terms import Environment, Placed, Sum, Truth
from game.scenario import expression as ex
from game.scenario.book import ReadEffect, Template, rename

Words = tuple[NDArray[np.uint32], NDArray[np.uint32]]


@dataclass(frozen=True)
class Effect:
    """One effect over the elements of an environment.

    owners: the template's binding behind each element; rows: what each changes; amount: raw units;
    condition: of a spread, or None. assigns: `=` instead of `+=`. half: the halved amount, if asked for.
    """

    id: str
    title: str | None
    owners: tuple[int, ...]
    rows: tuple[int, ...]
    amount: Node
    condition: Node | None
    assigns: bool
    half: Node | None = None

    def constants(self, node: Node) -> list[int] | None:
        """A node's amount for each element, where it is the same in every state; else None."""
        if self.condition is not None or not isinstance(node, Static):
            return None
        values: list[int] = node.values[:, 0].tolist()
        return values * len(self.rows) if len(values) == 1 else values


def read_effect(
    compiler: Compiler,
    effect: ReadEffect,
    env: Environment,
    factor: Fraction,
    halved: bool = False,
) -> Effect:
    """Compile an effect for a template's bindings (`env`); its amount is multiplied by `factor`."""
    change = effect.change
    names, rows = env.slots, env.table
    owners = list(range(len(rows)))
    tests: list[ex.Expression] = []
    if change.spread is not None:
        slot, group, condition = change.spread
        members = compiler.book.sets[group]
        names = (*names, slot)
        rows = [(*args, thing) for args in rows for thing in members]
        owners = [owner for owner in owners for _ in members]
        if condition is not None:
            tests.append(condition)
        if group in compiler.book.set_conditions:
            tests.append(rename(compiler.book.set_conditions[group], "it", ex.Slot(slot)))
        known = Known.all(compiler.book, tests, names)
        if known:
            keep = [i for i, args in enumerate(rows) if all(part.value(args) is not False for part in known)]
            rows, owners = [rows[i] for i in keep], [owners[i] for i in keep]
        env = Environment(names, rows)
    things = [a for a in change.args if not isinstance(a, ex.Anything)]
    # Things that are named outright stand behind the slots.
    tail = tuple(a.id for a in things if isinstance(a, ex.Thing))
    ends = iter(range(len(names), len(names) + len(tail)))
    places = [names.index(a.name) if isinstance(a, ex.Slot) else next(ends) for a in things]
    table_of_rows = compiler.layout.table(change.quantity)
    longer = [(*args, *tail) for args in rows] if tail else rows
    wanted = [tuple([args[place] for place in places]) for args in longer]
    targets: list[int] = []
    for target in wanted:
        row = table_of_rows.get(target)
        if row is None:
            raise CompileFault(f"there is no {change.quantity}[{', '.join(target)}] to change")
        targets.append(row)
    scale = compiler.layout.quantities[change.quantity].scale
    held: Truth = compiler.conjunction(tests, env, {}) if tests and rows else True
    number = compiler.number(change.amount, env, {}).times(-factor if change.op == "-=" else factor) if rows else Sum()
    amount = compiler.stored(number, env, scale)
    condition_node = None
    if isinstance(held, Placed):
        condition_node = compiler.at(held, env, names)
    elif held is False:
        amount = Placed(compiler.static([0]), ())
    node = compiler.at(amount, env, names)
    half = None
    if halved and held is not False:
        half = compiler.at(compiler.stored(number.times(Fraction(1, 2)), env, scale), env, names)
    return Effect(
        effect.id, effect.title, tuple(owners), tuple(targets), node, condition_node, change.op == "=", half or node
    )


@dataclass(frozen=True)
class Scatter:
    """How an effect's elements are added to the phase's delta without losing repeated rows.

    parts: (local rows, elements or None for all), each with no row twice.
    """

    parts: tuple[tuple[slice | NDArray[np.intp], NDArray[np.intp] | None], ...]

    def add(self, delta: Array, values: Array) -> None:
        for rows, elements in self.parts:
            delta[rows] += values if elements is None or values.shape[0] == 1 else values.take(elements, axis=0)


def scatter(rows: Sequence[int]) -> Scatter:
    seen: dict[int, int] = {}
    layers: list[list[int]] = []
    for element, row in enumerate(rows):
        depth = seen.get(row, 0)
        seen[row] = depth + 1
        if depth == len(layers):
            layers.append([])
        layers[depth].append(element)
    parts: list[tuple[slice | NDArray[np.intp], NDArray[np.intp] | None]] = []
    for layer in layers:
        own = [rows[e] for e in layer]
        step = own[1] - own[0] if len(own) > 1 else 1
        even = step > 0 and all(b - a == step for a, b in pairwise(own))
        where: slice | NDArray[np.intp] = slice(own[0], own[-1] + 1, step) if even else np.array(own, np.intp)
        parts.append((where, None if len(layers) == 1 else np.array(layer, np.intp)))
    return Scatter(tuple(parts))


@dataclass(frozen=True)
class Rule:
    """A template compiled for one phase. when: over its bindings, None if it always holds.

    odds: thresholds for the draws, with their keys; None: no draw.
    """

    id: str
    cause: str
    bindings: list[tuple[str, ...]]
    when: Node | None
    odds: Node | None
    keys: Words | None
    effects: tuple[Effect, ...]
    priority: int


def keys_of(rule: str, bindings: Sequence[tuple[str, ...]]) -> Words:
    words = [chance.key(rule, args) for args in bindings]
    first = np.array([w[0] for w in words], np.uint32).reshape(-1, 1)
    second = np.array([w[1] for w in words], np.uint32).reshape(-1, 1)
    return first, second


def read_rule(compiler: Compiler, template: Template, bindings: list[tuple[str, ...]]) -> Rule | None:
    """Compile a rule or an event; None if it can never apply."""
    if not bindings:
        return None
    env = Environment(tuple(template.slots), bindings)
    truth = compiler.conjunction([test.truth for test in template.tests], env, {})
    if truth is False:
        return None
    when = compiler.at(truth, env, env.slots) if isinstance(truth, Placed) else None
    odds = read_odds(compiler, template, env)
    factor = Fraction(compiler.turn_months, 3)
    effects = []
    for effect in template.effects:
        if effect.change.after:
            raise CompileFault(f"'{template.id}': only orders and answers may have delayed effects")
        rate = factor if effect.change.per_quarter else Fraction(1)
        effects.append(read_effect(compiler, effect, env, rate))
    keys = keys_of(template.id, bindings) if odds is not None or template.kind == "event" else None
    return Rule(template.id, template.kind, bindings, when, odds, keys, tuple(effects), template.priority)


def read_odds(compiler: Compiler, template: Template, env: Environment) -> Node | None:
    """The thresholds of a template's draws, over its bindings or one for all."""
    if template.chance is not None:
        return compiler.static([chance.threshold(Fraction(template.chance, 1000))])
    if template.odds is None:
        return None
    rung = compiler.stored(compiler.number(template.odds, env, {}), env, 1)
    return compiler.table(compiler.at(rung, env, env.slots), chance.ladder_thresholds(compiler.turn_months))


class Phase:
    """Rules compiled together. `rows` are the rows any of them may change."""

    def __init__(self, name: str, rules: Sequence[Rule], low: Array, high: Array, extra: Sequence[int] = ()) -> None:
        self.name, self.rules = name, list(rules)
        touched = sorted({row for rule in rules for e in rule.effects for row in e.rows} | set(extra))
        self.rows = touched
        self.local: Mapping[int, int] = {row: i for i, row in enumerate(touched)}
        dense = bool(touched) and touched[-1] - touched[0] + 1 == len(touched)
        self.where: slice | NDArray[np.intp] = (
            slice(touched[0], touched[-1] + 1) if dense else np.array(touched, np.intp)
        )
        self.low, self.high = low[touched], high[touched]
        self.scatters = [[scatter([self.local[row] for row in e.rows]) for e in rule.effects] for rule in rules]
        self.owners = [
            [
                None if list(e.owners) == list(range(len(rule.bindings))) else np.array(e.owners, np.intp)
                for e in rule.effects
            ]
            for rule in rules
        ]

    @cached_property
    def flat(self) -> FlatPhase:
        """The phase for few games, made when it is first played by few."""
        return FlatPhase(self)

    @cached_property
    def spent(self) -> list[list[int]]:
        """For each rule, the nodes that no rule after it reads: thousands of games would fill much memory with them."""
        return spent(
            [
                [rule.when, rule.odds, *(node for e in rule.effects for node in (e.condition, e.amount))]
                for rule in self.rules
            ]
        )

    def delta(self, games: int) -> Array:
        return np.zeros((len(self.rows), games), np.int32)

    def mask(self, rule: Rule, frame: Frame, words: Words) -> Array | None:
        """Where a rule takes effect, bool [bindings or 1, games]; None: everywhere."""
        mask = None if rule.when is None else frame.value(rule.when)
        if rule.odds is None or (mask is not None and not np.count_nonzero(mask)):
            return mask
        assert rule.keys is not None
        hit = chance.draws(rule.keys, words) < frame.value(rule.odds)
        return hit if mask is None else np.logical_and(hit, mask)

    def run(self, state: Array, frame: Frame, words: Words, fired: dict[str, int], ledger: Ledger | None) -> None:
        """Apply the phase to the state in place; count how often each rule took effect."""
        if not self.rules:
            return
        if frame.games <= FEW:
            block, masks = self.flat.begin(frame, words)
            self.flat.finish(state, block, masks, fired, ledger)
            return
        delta = self.delta(frame.games)
        sets: list[tuple[int, int, Array | slice, Array | None, Array]] = []
        for place in range(len(self.rules)):
            self.run_rule(place, frame, words, delta, sets, fired, ledger)
            frame.forget(self.spent[place])
        self.finish(state, delta, sets, ledger)

    def run_rule(
        self,
        place: int,
        frame: Frame,
        words: Words,
        delta: Array,
        sets: list[tuple[int, int, Array | slice, Array | None, Array]],
        fired: dict[str, int],
        ledger: Ledger | None,
    ) -> None:
        """One rule: where it takes effect, how often, and its effects."""
        rule = self.rules[place]
        mask = self.mask(rule, frame, words)
        hits = len(rule.bindings) * frame.games
        if mask is not None:
            hits = int(np.count_nonzero(mask)) * (len(rule.bindings) // mask.shape[0])
        if hits:
            fired[rule.id] = fired.get(rule.id, 0) + hits
            self.apply(place, mask, frame, delta, sets, ledger)

    def apply(
        self,
        place: int,
        mask: Array | None,
        frame: Frame,
        delta: Array,
        sets: list[tuple[int, int, Array | slice, Array | None, Array]],
        ledger: Ledger | None,
    ) -> None:
        """Add one rule's effects, where its mask holds, to the delta and the list of assignments."""
        rule = self.rules[place]
        for effect, plan, owners in zip(rule.effects, self.scatters[place], self.owners[place], strict=True):
            if not effect.rows:
                continue
            held = mask
            if held is not None and owners is not None and held.shape[0] > 1:
                held = held.take(owners, axis=0)
            if effect.condition is not None:
                condition = frame.value(effect.condition)
                held = condition if held is None else np.logical_and(held, condition)
            amount = frame.value(effect.amount)
            if effect.assigns:
                rows = np.array([self.local[row] for row in effect.rows], np.intp)
                sets.append((rule.priority, place, rows, held, amount))
                if ledger is not None:
                    self._note_assignment(rule, effect, held, amount, frame, ledger)
                continue
            values = amount if held is None else np.multiply(amount, held, dtype=np.int32)
            plan.add(delta, values)
            if ledger is not None:
                self._note(rule, effect, values, ledger)

    def _note(self, rule: Rule, effect: Effect, values: Array, ledger: Ledger) -> None:
        seen = ledger.seen(values)
        if np.count_nonzero(seen):
            ledger.add(Note(self.name, rule.cause, rule.id, rule.bindings, effect.owners, effect.id, effect.rows, seen))

    def _note_assignment(
        self, rule: Rule, effect: Effect, held: Array | None, amount: Array, frame: Frame, ledger: Ledger
    ) -> None:
        rows = np.array(effect.rows, np.intp)
        change = amount - frame.state[rows]
        if held is not None:
            change = change * held
        self._note(rule, effect, change, ledger)

    def finish(
        self,
        state: Array,
        delta: Array,
        sets: list[tuple[int, int, Array | slice, Array | None, Array]],
        ledger: Ledger | None,
    ) -> None:
        """Assignments by priority, then additions, then bounds, each row once."""
        block = self.block(state)
        # The last word goes to the highest priority, then to the first rule, then to its first effect.
        sets.reverse()
        sets.sort(key=lambda item: (item[0], -item[1]))
        for _, _, rows, held, amount in sets:
            _assign(block, rows, held, amount)
        block += delta
        self.store(state, block, ledger)

    def block(self, state: Array) -> Array:
        """The rows that the phase may change, [rows, games]: a view of the state or a copy."""
        return state[self.where] if isinstance(self.where, slice) else state.take(self.where, axis=0)

    def store(self, state: Array, block: Array, ledger: Ledger | None) -> None:
        """Keep the changed rows within their bounds and put them into the state."""
        if ledger is None:
            clip(block, self.low, self.high)
        else:
            free = ledger.seen(block)
            clip(block, self.low, self.high)
            ledger.add_bounds(self.name, self.rows, ledger.seen(block) - free)
        if not isinstance(self.where, slice):
            state[self.where] = block


def clip(block: Array, low: Array, high: Array) -> None:
    """Bring every row within its bounds, in place."""
    np.maximum(block, low, out=block)
    np.minimum(block, high, out=block)


def _assign(block: Array, rows: Array | slice, held: Array | None, amount: Array) -> None:
    """Later bindings go first, so that of two that assign one row the first declared has the last word."""
    assert isinstance(rows, np.ndarray)
    unique = len(set(rows.tolist())) == len(rows)
    if held is None:
        block[rows if unique else rows[::-1]] = amount if unique or amount.shape[0] == 1 else amount[::-1]
        return
    games = block.shape[1]
    full_amount = np.broadcast_to(amount, (len(rows), games))
    full_held = np.broadcast_to(held, (len(rows), games))
    if unique:
        block[rows] = np.where(full_held, full_amount, block[rows])
        return
    for element in range(len(rows) - 1, -1, -1):
        row = rows[element]
        block[row] = np.where(full_held[element], full_amount[element], block[row])
