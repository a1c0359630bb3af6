"""The rule language: a small part of Python's own grammar, read with `ast` and never evaluated.

`Reader` resolves every name against a vocabulary (quantities, ladders, sets, relations, defines,
actions, events, parameters). Effects, which stand around an expression, are read by `game.scenario.effect`.
The language is described for authors in `docs/rule-language.md`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from typing import Literal, cast

from game.scenario import slips
from game.scenario.expression import (
    Absolute,
    Add,
    Aggregate,
    All,
    Any,
    Anything,
    Argument,
    Choose,
    Compare,
    Derived,
    Divide,
    Expression,
    Extreme,
    Happened,
    Member,
    Multiply,
    Not,
    Number,
    Ordered,
    Read,
    Related,
    Same,
    Slot,
    Thing,
    is_truth,
)
from game.scenario.slips import short
from game.scenario.vocabulary import (
    FUNCTIONS,
    LanguageError,
    Vocabulary,
    closest,
    month_index,
    month_text,
    nearest,
)

__all__ = ["LanguageError", "Reader", "Vocabulary", "closest", "month_index", "month_text", "nearest"]

MAX_LENGTH = 600
MAX_DEPTH = 24
MAX_DIGITS = 6

_COMPARISONS: dict[type[ast.cmpop], Literal["<", "<=", ">", ">=", "==", "!="]] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_FOLDS = ("sum", "min", "max", "all", "any", "count")
_PLAIN_NUMBER = re.compile(r"(-?)(0|[1-9][0-9]{0,5})")
_PLAIN_READ = re.compile(r"([a-z][a-z0-9_]*)\[([a-z][a-z0-9_]*)(?:, ([a-z][a-z0-9_]*))?\]")
_FOREIGN = re.compile(r"[^A-Za-z0-9_ \t\n\r\[\]().,+\-*/<>=!'\"]|(?<![\w.])[\d.]+[A-Za-z_]\w*", re.ASCII)


@contextmanager
def moved(columns: int) -> Iterator[None]:
    """Faults of a part of a text count their columns from the start of the text."""
    try:
        yield
    except LanguageError as fault:
        if fault.column is not None:
            fault.column += columns
        raise


class Reader:
    """Reads expressions over one template's slots.

    slots: slot name → id of its set. Raises LanguageError with the first fault of a text.
    """

    def __init__(self, vocabulary: Vocabulary, slots: Mapping[str, str]) -> None:
        self.vocabulary = vocabulary
        self.slots = dict(slots)

    def expression(self, text: str) -> Expression:
        """Read a number or a truth."""
        return self._plain(text) or self._whole(text)

    def _plain(self, text: str) -> Expression | None:
        """The most frequent kinds of text outright: a number, and one quantity of slots or things."""
        if match := _PLAIN_NUMBER.fullmatch(text):
            value = Fraction(int(match[2]))
            return Number(-value if match[1] else value)
        if match := _PLAIN_READ.fullmatch(text):
            name, first, second = match.groups()
            places = (first,) if second is None else (first, second)
            if self.vocabulary.quantities.get(name, (0, None))[0] == len(places):
                args = tuple(
                    [Slot(place) if place in self.slots else Thing(place) for place in places if self._stands(place)]
                )
                if len(args) == len(places):
                    return Read(name, args)
        return None

    def _stands(self, name: str) -> bool:
        return name in self.slots or name in self.vocabulary.things

    def _whole(self, text: str) -> Expression:
        if len(text) > MAX_LENGTH:
            raise LanguageError(f"an expression may have at most {MAX_LENGTH} characters, this has {len(text)}")
        if foreign := _FOREIGN.search(text):
            raise slips.foreign(text, foreign[0], foreign.start())
        line = re.sub(r"\s", " ", text)  # of the same length, so that columns stay true
        lead = len(line) - len(line.lstrip())
        with moved(lead):
            try:
                tree = ast.parse(line.strip(), mode="eval")
            except (SyntaxError, ValueError, RecursionError, MemoryError) as fault:
                column = getattr(fault, "offset", None)
                reason = getattr(fault, "msg", "it cannot be read")
                raise slips.unreadable(line.strip(), reason, (column or 1) - 1) from None
            return self._node(tree.body, 0)

    def truth(self, text: str) -> Expression:
        """Read a truth; a number is an error."""
        node = self.expression(text)
        if not is_truth(node):
            raise LanguageError(f"'{short(text)}' is a number where a condition is expected; compare it, e.g. '> 0'")
        return node

    # -- names -----------------------------------------------------------------------------------

    def with_slot(self, slot: str, group: str) -> Reader:
        if slot in self.slots:
            raise LanguageError(f"the slot '{slot}' is already in use")
        return Reader(self.vocabulary, {**self.slots, slot: group})

    def known(self, name: str) -> bool:
        """Whether a name has a value when it stands alone; one with arguments may also be a rung's."""
        v = self.vocabulary
        return name in v.parameters or v.quantities.get(name, (1, None))[0] == 0 or v.defines.get(name) == 0

    def group(self, name: str) -> str:
        if name not in self.vocabulary.sets:
            raise LanguageError(f"there is no set '{name}'{nearest(name, self.vocabulary.sets)}")
        return name

    def _argument(self, node: ast.expr, wildcard: bool = False) -> Argument:
        if not isinstance(node, ast.Name):
            raise LanguageError("an argument is the name of a slot or of a thing", getattr(node, "col_offset", None))
        if node.id in self.slots:
            return Slot(node.id)
        if node.id in self.vocabulary.things:
            return Thing(node.id)
        if node.id == "any" and wildcard:
            return Anything()
        known = [*self.slots, *self.vocabulary.things]
        raise LanguageError(f"'{node.id}' is neither a slot nor a thing{nearest(node.id, known)}", node.col_offset)

    def _arguments(
        self, nodes: list[ast.expr], name: str, expected: int, column: int, wildcard: bool = False
    ) -> tuple[Argument, ...]:
        if len(nodes) != expected:
            message = f"'{name}' takes {expected} argument{'s' * (expected != 1)}, not {len(nodes)}"
            raise LanguageError(message, column)
        return tuple(self._argument(n, wildcard) for n in nodes)

    # -- nodes -----------------------------------------------------------------------------------

    def _node(self, node: ast.expr, depth: int) -> Expression:
        if depth > MAX_DEPTH:
            raise LanguageError(f"an expression may be nested at most {MAX_DEPTH} deep", node.col_offset)
        column = node.col_offset
        match node:
            case ast.Constant():
                return self._constant(node)
            case ast.Name():
                return self._name(node)
            case ast.Subscript():
                return self._subscript(node)
            case ast.UnaryOp():
                return self._unary(node, depth)
            case ast.BinOp():
                return self._binary(node, depth)
            case ast.BoolOp():
                parts = tuple(self._truth_node(v, depth + 1) for v in node.values)
                return All(parts) if isinstance(node.op, ast.And) else Any(parts)
            case ast.Compare():
                return self._compare(node, depth)
            case ast.IfExp():
                return Choose(
                    self._truth_node(node.test, depth + 1),
                    self._node(node.body, depth + 1),
                    self._node(node.orelse, depth + 1),
                )
            case ast.Call():
                return self._call(node, depth)
            case ast.Tuple():
                raise LanguageError("a comma stands where one number is expected; write decimals with a point", column)
            case ast.List() | ast.ListComp() | ast.Set() | ast.SetComp():
                raise LanguageError("no brackets but ( ) stand around what a function runs over", column)
        raise LanguageError(f"the rule language has no {type(node).__name__.lower()}", column)

    def _truth_node(self, node: ast.expr, depth: int) -> Expression:
        read = self._node(node, depth)
        if not is_truth(read):
            raise LanguageError(
                "a number stands where a condition is expected; compare it, e.g. '> 0'", node.col_offset
            )
        return read

    def _constant(self, node: ast.Constant) -> Expression:
        value = node.value
        if isinstance(value, bool):
            return All(()) if value else Any(())
        if isinstance(value, int | float):
            text = format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)
            if len(re.sub(r"\D", "", text)) > MAX_DIGITS or not text[-1].isdigit():
                raise LanguageError(f"a number has at most {MAX_DIGITS} digits and no exponent", node.col_offset)
            return Number(Fraction(text))
        unquoted = "; a rung and a name stand without quotes" if isinstance(value, str) else ""
        raise LanguageError(f"{value!r} is neither a number nor true or false{unquoted}", node.col_offset)

    def _name(self, node: ast.Name) -> Expression:
        name = node.id
        if name in ("true", "false"):
            return All(()) if name == "true" else Any(())
        if name in self.vocabulary.parameters:
            return Number(self.vocabulary.parameters[name])
        if name in self.vocabulary.quantities:
            self._arguments([], name, self.vocabulary.quantities[name][0], node.col_offset)
            return Read(name, ())
        if name in self.vocabulary.defines:
            self._arguments([], name, self.vocabulary.defines[name], node.col_offset)
            return Derived(name, ())
        raise LanguageError(f"unknown name '{name}'{nearest(name, self.vocabulary.names())}", node.col_offset)

    def _subscript(self, node: ast.Subscript) -> Expression:
        if not isinstance(node.value, ast.Name):
            raise LanguageError("only a quantity or a define takes [ ]", node.col_offset)
        name = node.value.id
        args = list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]
        if name in self.vocabulary.quantities:
            return Read(name, self._arguments(args, name, self.vocabulary.quantities[name][0], node.col_offset))
        if name in self.vocabulary.defines:
            return Derived(name, self._arguments(args, name, self.vocabulary.defines[name], node.col_offset))
        known = [*self.vocabulary.quantities, *self.vocabulary.defines]
        raise LanguageError(f"unknown quantity '{name}'{nearest(name, known)}", node.col_offset)

    def _unary(self, node: ast.UnaryOp, depth: int) -> Expression:
        if isinstance(node.op, ast.Not):
            return Not(self._truth_node(node.operand, depth + 1))
        part = self._node(node.operand, depth + 1)
        if isinstance(node.op, ast.USub):
            if isinstance(part, Number):
                return Number(-part.value)
            return Multiply(Number(Fraction(-1)), part)
        if isinstance(node.op, ast.UAdd):
            return part
        raise LanguageError("the rule language has no bit operations", node.col_offset)

    def _binary(self, node: ast.BinOp, depth: int) -> Expression:
        left, right = self._node(node.left, depth + 1), self._node(node.right, depth + 1)
        if isinstance(node.op, ast.Add | ast.Sub):
            if isinstance(node.op, ast.Sub):
                right = Number(-right.value) if isinstance(right, Number) else Multiply(Number(Fraction(-1)), right)
            parts = (*(left.parts if isinstance(left, Add) else (left,)), right)
            return Add(parts)
        if isinstance(node.op, ast.Mult):
            return Multiply(left, right)
        if isinstance(node.op, ast.Div):
            if isinstance(right, Number):
                if right.value == 0:
                    raise LanguageError("division by zero", node.col_offset)
                if isinstance(left, Number):
                    return Number(left.value / right.value)
            return Divide(left, right, None)
        raise LanguageError("only + - * / may join numbers", node.col_offset)

    def _rung(self, node: ast.expr, other: Expression) -> Number | None:
        """A bare rung name beside a quantity on a ladder."""
        if not isinstance(node, ast.Name) or not isinstance(other, Read):
            return None
        ladder = self.vocabulary.quantities[other.quantity][1]
        if not ladder or self.known(node.id):
            return None
        rungs = self.vocabulary.ladders[ladder]
        if node.id not in rungs:
            raise LanguageError(f"'{node.id}' is not a rung of {ladder}{nearest(node.id, rungs)}", node.col_offset)
        return Number(Fraction(rungs.index(node.id)))

    def _compare(self, node: ast.Compare, depth: int) -> Expression:
        sides = [node.left, *node.comparators]
        if len(node.ops) == 1:
            static = self._static(node.left, node.ops[0], node.comparators[0])
            if static is not None:
                return static
        read: list[Expression | None] = []
        for i, side in enumerate(sides):
            bare = isinstance(side, ast.Name) and not self.known(side.id) and side.id not in ("true", "false")
            beside = [s for s in (sides[i - 1] if i else None, sides[i + 1] if i + 1 < len(sides) else None) if s]
            if bare and any(isinstance(s, ast.Subscript) for s in beside):
                read.append(None)
            else:
                read.append(self._node(side, depth + 1))
        for i, item in enumerate(read):
            if item is None:
                for j in (i - 1, i + 1):
                    neighbour = read[j] if 0 <= j < len(read) else None
                    if neighbour is not None and (rung := self._rung(sides[i], neighbour)):
                        read[i] = rung
                        break
                else:
                    read[i] = self._node(sides[i], depth + 1)
        links: list[Expression] = []
        for op, left, right in zip(node.ops, read, read[1:], strict=False):
            if type(op) not in _COMPARISONS:
                raise LanguageError("only < <= > >= == != may compare", node.col_offset)
            links.append(Compare(_COMPARISONS[type(op)], cast("Expression", left), cast("Expression", right)))
        return links[0] if len(links) == 1 else All(tuple(links))

    def _static(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Expression | None:
        """`slot == thing`, `slot != slot`, `slot in set`: known once the slots are bound."""
        if isinstance(op, ast.In | ast.NotIn):
            if not isinstance(right, ast.Name):
                raise LanguageError("'in' is followed by the name of a set", left.col_offset)
            inside = Member(self._argument(left), self.group(right.id))
            return inside if isinstance(op, ast.In) else Not(inside)
        named = [
            isinstance(s, ast.Name) and (s.id in self.slots or s.id in self.vocabulary.things) for s in (left, right)
        ]
        if all(named) and isinstance(op, ast.Eq | ast.NotEq):
            same = Same((self._argument(left), self._argument(right)))
            return same if isinstance(op, ast.Eq) else Not(same)
        return None

    # -- calls -----------------------------------------------------------------------------------

    def _call(self, node: ast.Call, depth: int) -> Expression:
        if not isinstance(node.func, ast.Name):
            raise LanguageError("only the language's own functions may be called", node.col_offset)
        name = node.func.id
        column = node.col_offset
        if name not in FUNCTIONS:
            hint = slips.unknown_function(name) or nearest(name, FUNCTIONS)
            raise LanguageError(f"unknown function '{name}'{hint}", node.col_offset)
        if node.keywords and name != "by_rung":
            raise LanguageError(f"'{name}' takes no named arguments", node.col_offset)
        if name in _FOLDS and len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
            return self._aggregate(name, node.args[0], depth)
        if name in ("ordered", "ordered_within", "happened", "happened_within"):
            return self._memory(name, node)
        if name == "related":
            return self._related(node)
        if name in ("since", "before"):
            return self._date(name, node)
        if name == "by_rung":
            return self._by_rung(node, depth)
        parts = tuple(self._node(a, depth + 1) for a in node.args)
        if name in ("min", "max") and len(parts) >= 2:
            return Extreme(cast('Literal["min", "max"]', name), parts)
        if name == "abs" and len(parts) == 1:
            return Absolute(parts[0])
        if name == "bound" and len(parts) == 3:
            if isinstance(parts[1], Number) and isinstance(parts[2], Number) and parts[1].value > parts[2].value:
                raise LanguageError("'bound' has its higher bound first; write 'bound(a, low, high)'", column)
            return Extreme("min", (Extreme("max", (parts[0], parts[1])), parts[2]))
        if name == "divide" and len(parts) == 3:
            if parts[1] == Number(Fraction(0)):
                raise LanguageError("division by zero", node.col_offset)
            return Divide(parts[0], parts[1], parts[2])
        raise LanguageError(f"'{name}' is called with the wrong arguments{slips.usage(name)}", node.col_offset)

    def _aggregate(self, kind: str, node: ast.GeneratorExp, depth: int) -> Expression:
        if len(node.generators) != 1 or node.generators[0].is_async or len(node.generators[0].ifs) > 1:
            raise LanguageError("an aggregate runs over one set with at most one 'if'", node.col_offset)
        comprehension = node.generators[0]
        if not isinstance(comprehension.target, ast.Name) or not isinstance(comprehension.iter, ast.Name):
            raise LanguageError("an aggregate is written like 'sum(x[a] for a in allies if …)'", node.col_offset)
        slot, group = comprehension.target.id, self.group(comprehension.iter.id)
        inner = self.with_slot(slot, group)
        condition = inner._truth_node(comprehension.ifs[0], depth + 1) if comprehension.ifs else None
        if kind == "count" and isinstance(node.elt, ast.Name) and node.elt.id == slot:
            body: Expression = All(())
        elif kind in ("all", "any", "count"):
            body = inner._truth_node(node.elt, depth + 1)
        else:
            body = inner._node(node.elt, depth + 1)
        return Aggregate(cast('Literal["sum"]', kind), body, slot, group, condition)

    def _memory(self, name: str, node: ast.Call) -> Expression:
        args = list(node.args)
        months: int | None = None
        if name.endswith("_within"):
            if not args or not isinstance(args[0], ast.Constant) or not isinstance(args[0].value, int):
                raise LanguageError(f"'{name}' starts with a whole number of months", node.col_offset)
            months = args.pop(0).value  # type: ignore[attr-defined]
        if not args or not isinstance(args[0], ast.Name):
            raise LanguageError(f"'{name}' needs the id of what to look for", node.col_offset)
        table = self.vocabulary.actions if name.startswith("ordered") else self.vocabulary.events
        what = "action" if name.startswith("ordered") else "event"
        target = args.pop(0)
        if not isinstance(target, ast.Name) or target.id not in table:
            wanted = getattr(target, "id", "?")
            raise LanguageError(f"there is no {what} '{wanted}'{nearest(wanted, table)}", target.col_offset)
        read = self._arguments(args, target.id, table[target.id], target.col_offset, wildcard=True)
        if what == "action":
            return Ordered(target.id, read, months)
        return Happened(target.id, read, months)

    def _related(self, node: ast.Call) -> Expression:
        if len(node.args) != 3 or not isinstance(node.args[0], ast.Name):
            raise LanguageError("'related' is written like 'related(borders, a, b)'", node.col_offset)
        relation = node.args[0].id
        if relation not in self.vocabulary.relations:
            hint = nearest(relation, self.vocabulary.relations)
            raise LanguageError(f"there is no relation '{relation}'{hint}", node.col_offset)
        return Related(relation, (self._argument(node.args[1]), self._argument(node.args[2])))

    def _date(self, name: str, node: ast.Call) -> Expression:
        if len(node.args) != 1 or not isinstance(node.args[0], ast.Constant) or not isinstance(node.args[0].value, str):
            raise LanguageError(f"'{name}' takes a month in quotes, like {name}('2008-04')", node.col_offset)
        index = Number(Fraction(month_index(node.args[0].value)))
        return Compare(">=" if name == "since" else "<", Read("date", ()), index)

    def _by_rung(self, node: ast.Call, depth: int) -> Expression:
        """`by_rung(nato_status[c], pfp=40, map=62, otherwise=0)`: a table over rungs, exact."""
        if len(node.args) != 1:
            raise LanguageError("'by_rung' is written like 'by_rung(nato_status[c], pfp=40, otherwise=0)'")
        quantity = self._node(node.args[0], depth + 1)
        ladder = self.vocabulary.quantities[quantity.quantity][1] if isinstance(quantity, Read) else None
        if not ladder:
            raise LanguageError("'by_rung' needs a quantity that stands on a ladder", node.col_offset)
        rungs = self.vocabulary.ladders[ladder]
        otherwise: Expression = Number(Fraction(0))
        given: list[tuple[int, Expression]] = []
        for keyword in node.keywords:
            value = self._node(keyword.value, depth + 1)
            if keyword.arg == "otherwise":
                otherwise = value
            elif keyword.arg in rungs:
                given.append((rungs.index(keyword.arg), value))
            else:
                raise LanguageError(f"'{keyword.arg}' is not a rung of {ladder}{nearest(str(keyword.arg), rungs)}")
        result = otherwise
        for rung, value in reversed(given):
            result = Choose(Compare("==", quantity, Number(Fraction(rung))), value, result)
        return result
