"""An expression of the rule language in words, for people who read rules without writing them.

`Phrases(book).number(tree)` gives a phrase such as `half of the tension between one and other`, `truth` a clause
such as `the tension between one and other is above 40`, `effect` a clause such as `Support of actor +3`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from game.scenario import expression as ex
from game.scenario.book import Book

COMPARED = {
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
    "==": "is",
    "!=": "is not",
}


class Phrases:
    """Words for the trees of one book."""

    def __init__(self, book: Book) -> None:
        rulebook = book.rulebook
        self.book = book
        self.things = {thing.id: thing.name for thing in rulebook.things}
        self.sets = {group.id: group.title or group.id.replace("_", " ") for group in rulebook.sets}
        self.sets["seats"] = "seats"
        self.quantities = {one.id: one for one in rulebook.quantities}
        self.titles = {one.id: one.title for one in rulebook.quantities}
        self.titles |= {one.id: one.title for one in rulebook.defines}
        self.actions = {one.id: one.title for one in rulebook.actions}
        self.events = {one.id: one.title for one in rulebook.events}
        self.relations = {one.id: one.title or one.id.replace("_", " ") for one in rulebook.relations}
        self.rungs = {ladder.id: [rung.title for rung in ladder.rungs] for ladder in rulebook.ladders}

    # -- numbers ---------------------------------------------------------------------------------------

    def number(self, node: ex.Expression) -> str:
        """A noun phrase for a number."""
        match node:
            case ex.Number(value):
                return figure(value)
            case ex.Read(name, args) | ex.Derived(name, args):
                return self._of(self._title(name), args)
            case ex.Ordered(action, args, months):
                when = "this turn" if months is None else f"in the {_months(months)} before"
                return f"the number of times that {self._order(action, args)} was ordered {when}"
            case ex.Add(members):
                return self._sum(members)
            case ex.Multiply(ex.Number(value), right) if value == -1:
                return f"minus {self._inner(right)}"
            case ex.Multiply(left, right):
                return self._product(left, right)
            case ex.Divide(left, right, _):
                return f"{self._inner(left)} divided by {self._inner(right)}"
            case ex.Extreme() if (kept := _bounded(node)) is not None:
                low, part, high = kept
                return f"{self._inner(part)}, kept between {figure(low)} and {figure(high)}"
            case ex.Extreme(kind, members):
                which = "the smaller of" if kind == "min" else "the larger of"
                return f"{which} {_joined([self.number(part) for part in members])}"
            case ex.Absolute(part):
                return f"the size of {self._inner(part)}"
            case ex.Choose() if (steps := _by_rung(node)) is not None and self._is_ladder(steps[0].quantity):
                return self._steps(*steps)
            case ex.Choose(test, yes, no):
                return f"{self.number(yes)} if {self.truth(test)}, else {self.number(no)}"
            case ex.Aggregate(kind, body, slot, group, condition) if kind not in ("all", "any"):
                return self._aggregate(kind, body, slot, group, condition)
            case _:
                return f"1 if {self.truth(node)}, else 0"

    def _sum(self, members: Sequence[ex.Expression]) -> str:
        text = ""
        for part in members:
            minus, rest = _signed(part)
            if rest == ex.Number(Fraction(0)):
                continue
            phrase = self.number(rest)
            if " if " in phrase or isinstance(rest, ex.Extreme):
                phrase = f"({phrase})"
            if not text:
                text = f"minus {phrase}" if minus else phrase
            else:
                text += f" {'−' if minus else '+'} {phrase}"
        return text or "0"

    def _steps(self, node: ex.Read, steps: Sequence[tuple[int, ex.Expression]], last: ex.Expression) -> str:
        """Amounts by the rung at which a ladder stands; neighbours with the same amount are told together."""
        rungs = self.rungs[self.quantities[node.quantity].unit.removeprefix("ladder:")]
        amounts = {rung: self.number(amount) for rung, amount in steps}
        told: list[tuple[str, list[str]]] = []
        for rung, title in enumerate(rungs):
            amount = amounts.get(rung, self.number(last))
            if told and told[-1][0] == amount:
                told[-1][1].append(title)
            else:
                told.append((amount, [title]))
        texts = [
            f"{amount} at “{titles[0]}”" + (f" to “{titles[-1]}”" if titles[1:] else "") for amount, titles in told
        ]
        return f"by {self._of(self._title(node.quantity), node.args)}: {', '.join(texts)}"

    def _product(self, left: ex.Expression, right: ex.Expression) -> str:
        if ex.is_truth(right):
            left, right = right, left
        if ex.is_truth(left):
            return f"{self._inner(right)} if {self.truth(left)}"
        return f"{self._inner(left)} × {self._inner(right)}"

    def _inner(self, node: ex.Expression) -> str:
        """The phrase, in brackets where it would run into what stands around it."""
        text = self.number(node)
        open_ended = isinstance(node, ex.Add | ex.Divide | ex.Choose | ex.Extreme) or ex.is_truth(node)
        return f"({text})" if open_ended or " if " in text else text

    def _aggregate(self, kind: str, body: ex.Expression, slot: str, group: str, condition: ex.Expression | None) -> str:
        among = f"every {_slot(slot)} of {self._set(group)}"
        if kind == "count":
            tests = [body] if condition is None else [condition, body]
            return f"the number of {_slot(slot)} among {self._set(group)} of which {self._and(tests)}"
        if condition is not None:
            among += f" of which {self.truth(condition)}"
        what = {"sum": "the sum of", "min": "the least", "max": "the greatest"}[kind]
        return f"{what} {self._inner(body)} over {among}"

    # -- truths ----------------------------------------------------------------------------------------

    def truth(self, node: ex.Expression) -> str:
        """A clause for a condition."""
        match node:
            case ex.Compare(op, left, right):
                return self._compared(op, left, right)
            case ex.All(members):
                return self._and(members)
            case ex.Any(members):
                return "either " + " or ".join(self.truth(part) for part in members) if members else "never"
            case ex.Not(ex.Member(arg, group)):
                return f"{self._arg(arg)} is not among {self._set(group)}"
            case ex.Not(ex.Same((one, other))):
                return f"{self._arg(one)} is not {self._arg(other)}"
            case ex.Not(part):
                return f"it is not so that {self.truth(part)}"
            case ex.Happened(event, args, months):
                when = (
                    "has happened"
                    if months is None
                    else "happens"
                    if months == 0
                    else f"was at most {_months(months)} ago"
                )
                return f"“{self._with(self.events.get(event, event), args)}” {when}"
            case ex.Related(relation, (one, other)):
                return f"{self._arg(one)} and {self._arg(other)} are among “{self.relations.get(relation, relation)}”"
            case ex.Member(arg, group):
                return f"{self._arg(arg)} is among {self._set(group)}"
            case ex.Same((one, other)):
                return f"{self._arg(one)} is {self._arg(other)}"
            case ex.Number(value):
                return "always" if value else "never"
            case ex.Aggregate(kind, body, slot, group, condition) if kind in ("all", "any"):
                some = "for every" if kind == "all" else "for some"
                of = f" of which {self.truth(condition)}" if condition is not None else ""
                return f"{some} {_slot(slot)} of {self._set(group)}{of}, {self.truth(body)}"
            case _:
                return f"{self.number(node)} is not 0"

    def _and(self, members: Sequence[ex.Expression]) -> str:
        return " and ".join(self.truth(part) for part in members) if members else "always"

    def _compared(self, op: str, left: ex.Expression, right: ex.Expression) -> str:
        zero = right == ex.Number(Fraction(0))
        if isinstance(left, ex.Ordered) and zero and op in (">", "=="):
            when = "this turn" if left.months is None else f"in the {_months(left.months)} before"
            return f"{self._order(left.action, left.args)} was {'' if op == '>' else 'not '}ordered {when}"
        if isinstance(left, ex.Read) and isinstance(right, ex.Number):
            unit = self.quantities[left.quantity].unit if left.quantity in self.quantities else ""
            subject = self._of(self._title(left.quantity), left.args)
            if unit == "flag" and op in ("==", "!="):
                return f"{subject} is {'so' if (right.value == 1) == (op == '==') else 'not so'}"
            rungs = self.rungs.get(unit.removeprefix("ladder:"))
            if rungs and right.value.denominator == 1 and 0 <= right.value < len(rungs):
                return f"{subject} {COMPARED[op]} “{rungs[int(right.value)]}”"
        if isinstance(left, ex.Read) and left.quantity == "date" and isinstance(right, ex.Number):
            return f"the date {COMPARED[op]} {int(right.value) // 12:04d}-{int(right.value) % 12 + 1:02d}"
        return f"{self._inner(left)} {COMPARED[op]} {self._inner(right)}"

    # -- effects ---------------------------------------------------------------------------------------

    def effect(self, change: ex.Assignment) -> str:
        """A clause for one effect: what changes, by how much, when and for whom."""
        what = self._of(self._title(change.quantity), change.args)
        unit = self.quantities[change.quantity].unit if change.quantity in self.quantities else "points"
        amount = change.amount
        if change.op == "=":
            text = f"{what} becomes {self._assigned(unit, amount)}"
        elif isinstance(amount, ex.Number):
            value = amount.value if change.op == "+=" else -amount.value
            text = f"{what} {'+' if value >= 0 else '−'}{figure(abs(value))}"
        else:
            minus, rest = _signed(amount)
            falls = minus != (change.op == "-=")
            text = f"{what} {'falls' if falls else 'rises'} by {self.number(rest)}"
        if change.per_quarter:
            text += " a quarter"
        if change.after:
            text += f", after {_months(change.after)}"
        if change.spread is not None:
            slot, group, condition = change.spread
            text += f", for every {_slot(slot)} of {self._set(group)}"
            if condition is not None:
                text += f" of which {self.truth(condition)}"
        return text

    def _assigned(self, unit: str, amount: ex.Expression) -> str:
        if isinstance(amount, ex.Number):
            rungs = self.rungs.get(unit.removeprefix("ladder:"))
            if rungs and 0 <= amount.value < len(rungs):
                return f"“{rungs[int(amount.value)]}”"
            if unit == "flag":
                return "so" if amount.value else "not so"
        return self.number(amount)

    def _is_ladder(self, quantity: str) -> bool:
        return quantity in self.quantities and self.quantities[quantity].unit.startswith("ladder:")

    # -- names -----------------------------------------------------------------------------------------

    def _title(self, name: str) -> str:
        return self.titles.get(name, name.replace("_", " "))

    def _set(self, group: str) -> str:
        return f"“{self.sets.get(group, group)}”"

    def _arg(self, arg: ex.Argument) -> str:
        if isinstance(arg, ex.Slot):
            return _slot(arg.name)
        return self.things.get(arg.id, arg.id) if isinstance(arg, ex.Thing) else "anybody"

    def _of(self, title: str, args: Sequence[ex.Argument]) -> str:
        return f"{title} [{', '.join(self._arg(arg) for arg in args)}]" if args else title

    def _with(self, title: str, args: Sequence[ex.Argument]) -> str:
        return f"{title} ({', '.join(self._arg(arg) for arg in args)})" if args else title

    def _order(self, action: str, args: Sequence[ex.Argument]) -> str:
        return f"“{self._with(self.actions.get(action, action), args)}”"


def figure(value: Fraction) -> str:
    """An exact number as people write it: a whole number, else a decimal without useless zeros."""
    if value.denominator == 1:
        return str(value.numerator).replace("-", "−")
    return f"{float(value):.6f}".rstrip("0").rstrip(".").replace("-", "−")


def _signed(node: ex.Expression) -> tuple[bool, ex.Expression]:
    """Whether a term is taken off, and the term itself."""
    if isinstance(node, ex.Number) and node.value < 0:
        return True, ex.Number(-node.value)
    if isinstance(node, ex.Multiply):
        minus, rest = _signed(node.left)
        if minus:
            unit = isinstance(rest, ex.Number) and rest.value == 1
            return True, node.right if unit else ex.Multiply(rest, node.right)
    return False, node


def _bounded(node: ex.Extreme) -> tuple[Fraction, ex.Expression, Fraction] | None:
    """`bound(part, low, high)`, which is read as the smaller of high and the larger of low and part."""
    found = _constant_and_rest(node)
    if found is None or not isinstance(found[1], ex.Extreme) or found[1].kind == node.kind:
        return None
    inner = _constant_and_rest(found[1])
    if inner is None:
        return None
    low, high = (inner[0], found[0]) if node.kind == "min" else (found[0], inner[0])
    return low, inner[1], high


def _constant_and_rest(node: ex.Extreme) -> tuple[Fraction, ex.Expression] | None:
    numbers = [part.value for part in node.parts if isinstance(part, ex.Number)]
    others = [part for part in node.parts if not isinstance(part, ex.Number)]
    return (numbers[0], others[0]) if len(numbers) == len(others) == 1 else None


def _by_rung(
    node: ex.Choose,
) -> tuple[ex.Read, list[tuple[int, ex.Expression]], ex.Expression] | None:
    """A chain that asks one reading for one rung after the other, as `by_rung` is read."""
    steps: list[tuple[int, ex.Expression]] = []
    read: ex.Read | None = None
    rest: ex.Expression = node
    while isinstance(rest, ex.Choose):
        test = rest.test
        if not (isinstance(test, ex.Compare) and test.op == "==" and isinstance(test.right, ex.Number)):
            break
        if not isinstance(test.left, ex.Read) or (read is not None and test.left != read):
            break
        read = test.left
        steps.append((int(test.right.value), rest.yes))
        rest = rest.no
    return (read, steps, rest) if read is not None and len(steps) > 1 else None


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"


def _slot(name: str) -> str:
    return f"*{name.replace('_', ' ')}*"


def _joined(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
