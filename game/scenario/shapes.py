"""What a rulebook and a scenario are once they have been read: a `Book` of templates.

It is what the array compiler in `game.rules` and the plain interpreter in the tests start from; it holds
no bindings and no numbers of a running game.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from game.scenario import expression as ex
from game.scenario.language import Vocabulary
from game.scenario.models import Rulebook, ScenarioModel

Path = tuple[str | int, ...]
"""Where a value stands: section, id or index, key …; the loader turns it into file:line:col."""


@dataclass(frozen=True)
class Fault:
    """text, column: the expression at fault and the place in it, where that is known.

    first: where what is repeated stood first; the loader writes its line for `{line}` in the message.
    """

    path: Path
    message: str
    text: str | None = None
    column: int | None = None
    first: Path | None = None


@dataclass(frozen=True)
class ReadTest:
    """path: where it was written, at its set for a condition that a slot's set brings along."""

    truth: ex.Expression
    reason: str | None
    path: Path = field(default=(), compare=False)


@dataclass(frozen=True)
class ReadEffect:
    """id: name of the term (its place in the list if it has none)."""

    id: str
    title: str | None
    change: ex.Assignment
    path: Path = field(default=(), compare=False)


@dataclass(frozen=True)
class ReadChoice:
    id: str
    tests: tuple[ReadTest, ...]
    cost: int
    effects: tuple[ReadEffect, ...]
    default: bool


@dataclass(frozen=True)
class Template:
    """One action, event or rule, read. slots: name → set, in order; `where` is known at load time.

    path: where it was written, a council or a dialogue for the rules made of one.
    """

    id: str
    kind: Literal["action", "event", "rule"]
    phase: str
    slots: Mapping[str, str]
    along: Mapping[str, tuple[str, str]]
    where: tuple[ex.Expression, ...]
    tests: tuple[ReadTest, ...]
    odds: ex.Expression | None
    chance: int | None
    effects: tuple[ReadEffect, ...]
    priority: int = 0
    cost: int = 0
    runs: int = 0
    free: bool = False
    halves: bool = False
    covert: bool = False
    exclusive: tuple[str, tuple[str, ...]] | None = None
    date: int | None = None
    once: bool = False
    cooldown: int = 0
    decided_by: ex.Argument | None = None
    choices: tuple[ReadChoice, ...] = ()
    title: str = ""
    path: Path = ()

    def decider(self, args: Sequence[str]) -> str:
        """The seat that gives an order of this action, or answers this event, with these bindings; "" for nobody."""
        if self.kind == "action":
            return args[0]
        if isinstance(self.decided_by, ex.Slot):
            return args[list(self.slots).index(self.decided_by.name)]
        return self.decided_by.id if isinstance(self.decided_by, ex.Thing) else ""


@dataclass(frozen=True)
class ReadTerm:
    id: str
    title: str
    when: ex.Expression | None
    amount: ex.Expression


@dataclass(frozen=True)
class Define:
    id: str
    title: str
    slots: Mapping[str, str]
    terms: tuple[ReadTerm, ...]


@dataclass(frozen=True)
class Seat:
    id: str
    orders: ex.Expression
    start: int
    active: ex.Expression | None


@dataclass(frozen=True)
class WorthRule:
    """Worth of each binding of an action, or of an event's answer, that agrees with `bind` when `when` holds.

    order: the action or event; slots: its own; choice: the answer, None for an action.
    """

    order: str
    slots: Mapping[str, str]
    bind: Mapping[str, str]
    when: ex.Expression | None
    worth: ex.Expression | None
    choice: str | None = None


@dataclass(frozen=True)
class Doctrine:
    """weights: (quantity, arguments, worth); an argument is `actor`, a thing, a set or `any`."""

    id: str
    seat: str | None
    weights: tuple[tuple[str, tuple[str, ...], int], ...]
    rules: tuple[WorthRule, ...]
    never: tuple[WorthRule, ...]
    thrift: int


@dataclass(frozen=True)
class Objective:
    """aim: the points in hundredths from which it is called met."""

    seat: str
    id: str
    title: str
    weight: int
    amount: ex.Expression
    counts: Literal["end", "ever", "each"]
    aim: int = 1


@dataclass(frozen=True)
class Ending:
    id: str
    title: str
    when: ex.Expression
    stops: bool


@dataclass(frozen=True)
class Scheduled:
    month: int
    title: str
    effects: tuple[ReadEffect, ...]


@dataclass(frozen=True)
class Report:
    of: str
    ladders: Mapping[str, str]
    recognised: Mapping[str, str]
    incidents: Mapping[str, str]
    armed_attacks: ex.Expression
    war: ex.Expression


@dataclass(frozen=True)
class Book:
    """Everything the rules need, read. start: quantity → {arguments: value in the quantity's unit}.

    whole: the rulebook with the actions that the scenario goes without, to be changed and read again.
    name_conditions: thing → {place among its earlier names: what ends its use}.
    """

    scenario: ScenarioModel
    rulebook: Rulebook
    whole: Rulebook
    vocabulary: Vocabulary
    sets: Mapping[str, tuple[str, ...]]
    set_conditions: Mapping[str, ex.Expression]
    relations: Mapping[str, tuple[tuple[str, str], ...]]
    symmetric: frozenset[str]
    defines: Mapping[str, Define]
    actions: tuple[Template, ...]
    events: tuple[Template, ...]
    rules: tuple[Template, ...]
    seats: tuple[Seat, ...]
    doctrines: tuple[Doctrine, ...]
    populations: Mapping[str, tuple[Doctrine, ...]]
    objectives: tuple[Objective, ...]
    score_factor: ex.Expression | None
    endings: tuple[Ending, ...]
    scheduled: tuple[Scheduled, ...]
    start: Mapping[str, Mapping[tuple[str, ...], Fraction]]
    report: Report | None
    name_conditions: Mapping[str, Mapping[int, ex.Expression]]
    index: Mapping[str, Template] = field(default_factory=dict)


def rename(node: ex.Expression, old: str, new: ex.Argument) -> ex.Expression:
    """The same expression with one slot replaced by another argument."""
    return _Rename(old, new).apply(node)


class _Rename:
    def __init__(self, old: str, new: ex.Argument) -> None:
        self.old, self.new = old, new

    def args(self, args: tuple[ex.Argument, ...]) -> tuple[ex.Argument, ...]:
        return tuple(self.new if isinstance(a, ex.Slot) and a.name == self.old else a for a in args)

    def apply(self, node: ex.Expression) -> ex.Expression:
        match node:
            case ex.Read() | ex.Derived() | ex.Ordered() | ex.Happened():
                return replace(node, args=self.args(node.args))
            case ex.Related() | ex.Same():
                first, second = self.args(node.args)
                return replace(node, args=(first, second))
            case ex.Member():
                return replace(node, arg=self.args((node.arg,))[0])
            case ex.Add() | ex.Extreme() | ex.All() | ex.Any():
                return replace(node, parts=tuple(self.apply(p) for p in node.parts))
            case ex.Absolute() | ex.Not():
                return replace(node, part=self.apply(node.part))
            case ex.Multiply() | ex.Compare():
                return replace(node, left=self.apply(node.left), right=self.apply(node.right))
            case ex.Divide():
                other = self.apply(node.otherwise) if node.otherwise is not None else None
                return replace(node, left=self.apply(node.left), right=self.apply(node.right), otherwise=other)
            case ex.Choose():
                return ex.Choose(self.apply(node.test), self.apply(node.yes), self.apply(node.no))
            case ex.Aggregate():
                condition = self.apply(node.condition) if node.condition is not None else None
                return replace(node, body=self.apply(node.body), condition=condition)
            case _:
                return node


def bounds(unit: str, given: Sequence[int] | None, ladders: Mapping[str, tuple[str, ...]]) -> tuple[int, int]:
    """The bounds of a quantity in its own unit."""
    if unit == "flag":
        return 0, 1
    if unit.startswith("ladder:"):
        rungs = ladders.get(unit.removeprefix("ladder:"))
        return 0, 1000 if rungs is None else len(rungs) - 1
    if given and len(given) == 2:
        return given[0], given[1]
    return (0, 100) if unit == "points" else (0, 1000)
