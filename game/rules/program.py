"""From rules to programs for the accelerator's machine: where rules take effect, what they change.

Everything is numbers in arrays, so the machine is compiled once for all rulesets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from game.rules import nodes as nd
from game.rules.assemble import Sealed
from game.rules.codes import FALSE, TRUE, Op
from game.rules.expressions import Expressions
from game.rules.graph import Wanted
from game.rules.places import Places

if TYPE_CHECKING:
    from game.rules.orders import OrderPhase
    from game.rules.phase import Effect, Phase, Rule

Assignment = tuple[int, int, "Effect", Sequence[int]]
"""(priority, place of the rule, effect, truths of where the rule takes effect)."""


class Program(Expressions):
    """A program under construction. names, always: see `Sealed`."""

    def __init__(self, places: Places) -> None:
        super().__init__(places)
        self.names: list[str] = []
        self.always: list[tuple[str, int]] = []
        self.slots = places.slots

    def seal(self) -> Sealed:
        """The program as an array; what it was made of is needed no more."""
        sealed = Sealed(self, self.places.rows, self.places.numbers, self.slots)
        sealed.names, sealed.always, sealed.asks_memory = self.names, self.always, self.asks_memory
        return sealed

    # -- where something holds ---------------------------------------------------------------------

    @contextmanager
    def holding(self, node: nd.Node | None) -> Iterator[list[int]]:
        """The truths of a node, in regions that are left as soon as a part of a conjunction holds nowhere."""
        with ExitStack() as stack:
            held = [TRUE]
            if node is not None:
                for part in node.children if isinstance(node, nd.Logic) and node.conjunction else [node]:
                    held = self.each(max(len(held), part.size), self.both, held, self.truths(part))
                    stack.enter_context(self.where(held))
            yield held

    def slot(self, size: int) -> list[int]:
        """Words with a fixed place, where nothing holds until something is kept there."""
        first, self.slots = self.slots, self.slots + size
        self.do(Op.KEEP_WORD, [(first + place, FALSE) for place in range(size)])
        return list(range(first, first + size))

    def keep_words(self, words: Sequence[int], truths: Sequence[int]) -> None:
        """Keep truths in words with a fixed place."""
        full = list(truths) * len(words) if len(truths) == 1 else truths
        self.do(Op.KEEP_WORD, list(zip(words, full, strict=True)))

    def drawn(self, rule: Rule, held: list[int]) -> list[int]:
        """Where a rule takes effect: where it may and the draw succeeds."""
        if rule.odds is None:
            return held
        assert rule.keys is not None
        low, high = self.places.low, self.places.high

        def draw(odds: int, truth: int, first: int, second: int) -> Wanted:
            return FALSE if truth == FALSE else (Op.DRAW, odds, truth, first, second, low, high)

        keys = [part[:, 0].tolist() for part in rule.keys]
        return self.each(len(rule.bindings), draw, self.numbers(rule.odds), held, *keys)

    # -- phases ------------------------------------------------------------------------------------

    def phase(self, phase: Phase) -> None:
        """All rules of a phase: masks, counts, additions, assignments, bounds."""
        sets: list[Assignment] = []
        for place in range(len(phase.rules)):
            self.rule(phase, place, sets)
        self.finish(phase, sets)

    def rule(self, phase: Phase, place: int, sets: list[Assignment]) -> None:
        """One rule: where it takes effect, how often, and its effects; what it assigns is added to `sets`."""
        rule = phase.rules[place]
        if rule.when is None and rule.odds is None:
            self.always.append((rule.id, len(rule.bindings)))
            self.effects(phase, place, [TRUE], sets)
        elif any(effect.assigns for effect in rule.effects):
            # The mask is asked for once more at the end.
            mask = self.slot(len(rule.bindings) if rule.odds is not None or rule.when is None else rule.when.size)
            with self.holding(rule.when) as held:
                self.keep_words(mask, self.drawn(rule, held))
            self._apply(phase, place, mask, sets)
        else:
            with self.holding(rule.when) as held:
                self._apply(phase, place, self.drawn(rule, held), sets)

    def _apply(self, phase: Phase, place: int, mask: list[int], sets: list[Assignment]) -> None:
        rule = phase.rules[place]
        with self.where(mask):
            self.hits(rule.id, mask, len(rule.bindings) // len(mask))
            self.effects(phase, place, mask, sets)

    def hits(self, name: str, mask: Sequence[int], times: int) -> None:
        """Count where a mask holds."""
        self.do(Op.HITS, [(truth, len(self.names), times) for truth in mask])
        self.names.append(name)

    def effects(self, phase: Phase, place: int, mask: Sequence[int], sets: list[Assignment]) -> None:
        """Add what a rule adds where its mask holds; what it assigns comes at the end."""
        rule = phase.rules[place]
        for effect in rule.effects:
            if effect.assigns and effect.rows:
                sets.append((rule.priority, place, effect, mask))
            elif effect.rows:
                self.add_rows(effect.rows, phase.local, self.numbers(effect.amount), self._held(effect, mask))

    def _held(self, effect: Effect, mask: Sequence[int]) -> list[int]:
        """Where each element of an effect takes effect."""
        owned = [mask[owner] for owner in effect.owners] if len(mask) > 1 else [mask[0]] * len(effect.rows)
        return self.under(effect.condition, owned)

    def under(self, condition: nd.Node | None, held: list[int]) -> list[int]:
        """Where a condition holds besides."""
        return held if condition is None else self.each(len(held), self.both, held, self.truths(condition))

    def add_rows(
        self, rows: Sequence[int], local: Mapping[int, int], amounts: Sequence[int], held: Sequence[int]
    ) -> None:
        """Add amounts to rows where truths hold. local: the place of each row among those that the phase changes."""
        deltas = [self.places.delta + local[row] for row in rows]
        varying, fixed = self.amounts(deltas, amounts, held)
        self.do(Op.ADD_TO, varying)
        self.do(Op.ADD_CONST_TO, fixed)

    def amounts(
        self, rows: Sequence[int], amounts: Sequence[int], held: Sequence[int]
    ) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
        """(row, amount, truth) of what varies, and of what is constant; without what is nought."""
        varying, fixed = [], []
        full = list(amounts) * len(rows) if len(amounts) == 1 else amounts
        for row, amount, truth in zip(rows, full, held, strict=True):
            known = self.constant.get(amount)
            if known is None and truth != FALSE:
                varying.append((row, amount, truth))
            elif known and truth != FALSE:
                fixed.append((row, known, truth))
        return varying, fixed

    def finish(self, phase: Phase, sets: list[Assignment]) -> None:
        """Assignments by priority, then additions, then bounds."""
        sets.reverse()
        sets.sort(key=lambda item: (item[0], -item[1]))
        block: dict[int, int] = {}
        for _priority, _place, effect, mask in sets:
            self.assign(block, effect, self._held(effect, mask))
        added = {row for rule in phase.rules for effect in rule.effects if not effect.assigns for row in effect.rows}
        self.bounded(phase, block, added)

    def assign(self, block: dict[int, int], effect: Effect, held: Sequence[int]) -> None:
        """Assign where truths hold, the last element first, so that the first declared has the last word.

        block: what rows were assigned so far.
        """
        amounts = self.numbers(effect.amount)
        if len(amounts) == 1:
            amounts = amounts * len(effect.rows)
        wanted: dict[int, Wanted] = {}
        for row, amount, truth in reversed(list(zip(effect.rows, amounts, held, strict=True))):
            if row in wanted:
                block.update(zip(wanted, self.make(list(wanted.values())), strict=True))
                wanted.clear()
            before = block.get(row, row)
            wanted[row] = amount if truth == TRUE else before if truth == FALSE else (Op.SELECT, truth, amount, before)
        block.update(zip(wanted, self.make(list(wanted.values())), strict=True))

    def bounded(self, phase: Phase | OrderPhase, block: Mapping[int, int], added: set[int]) -> None:
        """Bring assignments, then what was added, into the state. added: the rows of which that may be."""
        rows = phase.rows
        found: list[Wanted] = []
        for row in rows:
            value = block.get(row, row)
            # Rows are written one after the other: what is read of another row is taken up before.
            found.append((Op.COPY, value) if value != row and value < self.places.rows else value)
        values = self.make(found)
        finish, bound = [], []
        edges = zip(phase.low[:, 0].tolist(), phase.high[:, 0].tolist(), strict=True)
        for place, (row, value, (least, most)) in enumerate(zip(rows, values, edges, strict=True)):
            if row in added:
                finish.append((row, value, self.places.delta + place, least, most))
            else:
                bound.append((row, value, least, most))
        self.barrier()
        self.do(Op.FINISH, finish)
        self.do(Op.BOUND, bound)
