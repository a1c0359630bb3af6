"""What an expression of the rule language is once it has been read: a small frozen tree.

Names are resolved (a rung is a number, a parameter is a number, an argument is a slot or a thing),
slots are not bound yet. The array compiler in `game.rules` and the plain interpreter in the tests
both start from this tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter
from typing import Any as Any_
from typing import Literal


@dataclass(frozen=True, slots=True)
class Slot:
    """An argument bound by a template or an aggregate, such as `target` in `stability[target]`."""

    name: str


@dataclass(frozen=True, slots=True)
class Thing:
    """An argument that names one thing outright, such as `serbia` in `stability[serbia]`."""

    id: str


@dataclass(frozen=True, slots=True)
class Anything:
    """The wildcard `any` in `ordered(rhetoric, any, target)`."""


Argument = Slot | Thing | Anything


@dataclass(frozen=True, slots=True)
class Number:
    value: Fraction


@dataclass(frozen=True, slots=True)
class Read:
    """The value of a stored quantity, in its own unit (points for points, not hundredths)."""

    quantity: str
    args: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """The value of a `define`: the sum of its terms."""

    define: str
    args: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Ordered:
    """How many orders of one action were given.

    `months` None: in the turn that is being resolved. Otherwise in the turns before the current one
    that lie at most `months` back (memory of orders).
    """

    action: str
    args: tuple[Argument, ...]
    months: int | None


@dataclass(frozen=True, slots=True)
class Happened:
    """Whether an event has fired: ever (`months` None) or at most `months` ago (0: this turn)."""

    event: str
    args: tuple[Argument, ...]
    months: int | None


@dataclass(frozen=True, slots=True)
class Related:
    """Whether a declared relation holds between two things. Known at load time."""

    relation: str
    args: tuple[Argument, Argument]


@dataclass(frozen=True, slots=True)
class Member:
    """Whether a thing belongs to a declared set (`target in aspirants`). Known at load time."""

    arg: Argument
    set: str


@dataclass(frozen=True, slots=True)
class Same:
    """Whether two arguments are the same thing (`ally == target`). Known at load time."""

    args: tuple[Argument, Argument]


@dataclass(frozen=True, slots=True)
class Add:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Multiply:
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Divide:
    """`left / right`, or `divide(left, right, otherwise)` where right may be zero.

    By a constant it is exact. Otherwise the quotient is rounded to hundredths, halves away from zero.
    """

    left: Expression
    right: Expression
    otherwise: Expression | None


@dataclass(frozen=True, slots=True)
class Extreme:
    kind: Literal["min", "max"]
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Absolute:
    part: Expression


@dataclass(frozen=True, slots=True)
class Compare:
    op: Literal["<", "<=", ">", ">=", "==", "!="]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Expression


@dataclass(frozen=True, slots=True)
class Choose:
    """`yes if test else no`."""

    test: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`sum(body for slot in set if condition)` and its kin.

    `count` has a truth as body. An empty `min`, `max` or `sum` is 0, an empty `all` true, `any` false.
    """

    kind: Literal["sum", "min", "max", "all", "any", "count"]
    body: Expression
    slot: str
    set: str
    condition: Expression | None


Expression = (
    Number
    | Read
    | Derived
    | Ordered
    | Happened
    | Related
    | Member
    | Same
    | Add
    | Multiply
    | Divide
    | Extreme
    | Absolute
    | Compare
    | All
    | Any
    | Not
    | Choose
    | Aggregate
)

TRUTHS = (Related, Member, Same, Compare, All, Any, Not, Happened)


def is_truth(node: Expression) -> bool:
    """Whether a node is a truth value (0 or 1)."""
    if isinstance(node, Aggregate):
        return node.kind in ("all", "any")
    return isinstance(node, TRUTHS)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One effect: `quantity[args] op amount`, spread and delayed as its suffixes say.

    `per_quarter`: the amount is a rate; it applies each turn while the template runs.
    `after`: months between the cause and the effect. `spread`: the effect applies for every value
    of one more slot (`… for ally in allies if …`), as (slot, set, condition).
    """

    quantity: str
    args: tuple[Argument, ...]
    op: Literal["+=", "-=", "="]
    amount: Expression
    per_quarter: bool
    after: int
    spread: tuple[str, str, Expression | None] | None


def parts(node: Expression) -> tuple[Expression, ...]:
    """The expressions that a node is made of."""
    found = _PARTS.get(type(node))
    return () if found is None else found(node)


# Asked for tens of thousands of times while a scenario is loaded: one look-up instead of a row of patterns.
_PARTS: dict[type, Callable[[Any_], tuple[Expression, ...]]] = {
    Add: attrgetter("parts"),
    Extreme: attrgetter("parts"),
    All: attrgetter("parts"),
    Any: attrgetter("parts"),
    Absolute: lambda node: (node.part,),
    Not: lambda node: (node.part,),
    Multiply: attrgetter("left", "right"),
    Compare: attrgetter("left", "right"),
    Divide: lambda n: (n.left, n.right) if n.otherwise is None else (n.left, n.right, n.otherwise),
    Choose: attrgetter("test", "yes", "no"),
    Aggregate: lambda node: (node.body,) if node.condition is None else (node.body, node.condition),
}


def walk(node: Expression) -> Iterator[Expression]:
    """A node and everything in it, a derived quantity's terms left aside."""
    ahead = [node]
    while ahead:
        node = ahead.pop()
        yield node
        ahead += parts(node)[::-1]


def arguments(node: Expression) -> tuple[Argument, ...]:
    """The arguments that a node itself names."""
    if isinstance(node, Member):
        return (node.arg,)
    found: tuple[Argument, ...] = getattr(node, "args", ())
    return found


def free_slots(node: Expression) -> frozenset[str]:
    """The slots that must be bound before a node has a value."""
    below = parts(node)
    if not below:
        return frozenset([arg.name for arg in arguments(node) if isinstance(arg, Slot)])
    found = frozenset[str]().union(*map(free_slots, below))
    return found - {node.slot} if isinstance(node, Aggregate) else found


def can_be_known(node: Expression) -> bool:
    """Whether bound slots can decide a condition, at least for some bindings."""
    match node:
        case Same() | Related() | Member():
            return True
        case Not():
            return can_be_known(node.part)
        case All() | Any():
            return not node.parts or any(can_be_known(part) for part in node.parts)
    return False


def always_known(node: Expression) -> bool:
    """Whether bound slots decide a condition for every binding."""
    match node:
        case Same() | Related() | Member():
            return True
        case Not():
            return always_known(node.part)
        case All() | Any():
            return all(always_known(part) for part in node.parts)
    return False
