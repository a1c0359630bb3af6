"""What the rulebook's expressions say of a world between turns: terms, conditions, numbers.

They are compiled and computed by the same engine that plays the turns, so an explanation can never
disagree with the rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from game.rules import Ruleset, World
from game.rules.legality import frame_of
from game.rules.nodes import Frame
from game.rules.terms import Environment, Placed, Truth
from game.scenario import expression as ex
from game.scenario.language import Reader
from game.scenario.shapes import rename

Binding = tuple[str, ...]


class Reckoner:
    """Questions about one world. Slots bind as the text's context says, e.g. {"member": "allies"}."""

    def __init__(self, ruleset: Ruleset, world: World) -> None:
        self.ruleset, self.book = ruleset, ruleset.book
        self.frame: Frame = frame_of(ruleset, world)

    def terms(self, define: str, bindings: Sequence[Binding]) -> dict[Binding, dict[str, Fraction]]:
        """Every term of a define for some bindings, each rounded to hundredths."""
        read = self.book.defines[define]
        env = Environment(tuple(read.slots), list(bindings))
        found: dict[Binding, dict[str, Fraction]] = {binding: {} for binding in bindings}
        if not bindings:
            return found
        for term in read.terms:
            number = self.ruleset.compiler.term(term.when, term.amount, env, {})
            values = self._values(self.ruleset.compiler.hundredths(number, env), env)
            for binding, value in zip(bindings, values, strict=True):
                found[binding][term.id] = Fraction(value, 100)
        return found

    def holds(self, text: str, slots: Mapping[str, str], bindings: Sequence[Binding]) -> list[bool]:
        """Where a condition in the rule language holds. slots: name → set."""
        truth = Reader(self.book.vocabulary, dict(slots)).truth(text)
        return self.truths(truth, tuple(slots), bindings)

    def truths(self, truth: ex.Expression, slots: tuple[str, ...], bindings: Sequence[Binding]) -> list[bool]:
        """Where a condition that has been read holds."""
        if not bindings:
            return []
        env = Environment(slots, list(bindings))
        compiled: Truth = self.ruleset.compiler.truth(truth, env, {})
        if isinstance(compiled, bool):
            return [compiled] * len(bindings)
        return [bool(value) for value in self._values(compiled, env)]

    def counts(self, slots: Mapping[str, str], bindings: Sequence[Binding]) -> list[bool]:
        """Which bindings fulfil the conditions of the sets that the slots range over."""
        result = [True] * len(bindings)
        for slot, group in slots.items():
            condition = self.book.set_conditions.get(group)
            if condition is not None:
                held = self.truths(rename(condition, "it", ex.Slot(slot)), tuple(slots), bindings)
                result = [a and b for a, b in zip(result, held, strict=True)]
        return result

    def _values(self, placed: Placed, env: Environment) -> list[int]:
        node = placed.node
        if placed.domain:
            node = self.ruleset.compiler.at(placed, env, env.slots)
        values: list[int] = self.frame.value(node)[:, 0].tolist()
        return values if len(values) == len(env.table) else values * len(env.table)
