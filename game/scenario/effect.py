"""Effects: what a rule, an order, an event changes, read around the expressions that they hold."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal, cast

from game.scenario import slips
from game.scenario.expression import Anything, Assignment, Expression, Number, Read
from game.scenario.language import MAX_LENGTH, Reader, moved
from game.scenario.slips import short
from game.scenario.vocabulary import KEPT_BY_ENGINE, LanguageError, nearest

_EFFECT = re.compile(r"^(?P<target>[^=<>!]+?)\s*(?P<op>\+=|-=|=)(?!=)\s*(?P<amount>.+)$", re.S)
_AFTER = re.compile(r"\s+after\s+(\d{1,6})\s+months?\s*$")
_RATE = re.compile(r"\s+per\s+quarter\s*$")
_OTHER_SIGN = re.compile(r"^[^=]*(?:[*/:]=|[^=+\-]=(?:[+<>]|-(?=\s)))")
"""`*= 2`, and `=+ 2`, which would set and not add."""
_SPREAD = re.compile(r"\s+for\s+(\w+)\s+in\s+(\w+)(?:\s+if\s+(.+))?\s*$", re.S)


def read_effect(reader: Reader, text: str) -> Assignment:
    """Read `TARGET (+=|-=|=) EXPR [per quarter] [after N months] [for SLOT in SET [if …]]`."""
    rest, spread, after, rate = text, None, 0, False
    if match := _outer_spread(rest):
        name, group, condition = match[1], match[2], match[3]
        reader.group(group)
        reader = reader.with_slot(name, group)
        with moved(max(match.start(3), 0)):
            spread = (name, group, reader.truth(condition) if condition else None)
        rest = rest[: match.start()]
    if match := _AFTER.search(rest):
        after, rest = int(match[1]), rest[: match.start()]
    if match := _RATE.search(rest):
        rate, rest = True, rest[: match.start()]
    if match := _AFTER.search(rest):
        after, rest = int(match[1]), rest[: match.start()]
    if fault := slips.suffix(rest):
        raise fault
    parts = _EFFECT.match(rest.strip()) if len(rest) <= 2 * MAX_LENGTH else None
    if not parts or _OTHER_SIGN.search(rest):
        raise LanguageError(f"'{short(text)}' is not an effect; {slips.no_effect(rest)}")
    lead = len(rest) - len(rest.lstrip())
    with moved(lead):
        target = reader.expression(parts["target"])
    if not isinstance(target, Read):
        raise LanguageError(f"'{parts['target'].strip()}' is not a stored quantity, so it cannot be changed")
    if target.quantity in KEPT_BY_ENGINE:
        raise LanguageError(f"'{target.quantity}' is the engine's own and cannot be changed", lead)
    if any(isinstance(arg, Anything) for arg in target.args):
        raise LanguageError("an effect names what it changes; use '… for x in SET' to change several things")
    amount_text = parts["amount"].strip()
    ladder = reader.vocabulary.quantities[target.quantity][1]
    rungs = reader.vocabulary.ladders.get(ladder, ()) if ladder else ()
    if amount_text in rungs:
        amount: Expression = Number(Fraction(rungs.index(amount_text)))
    elif ladder and parts["op"] == "=" and amount_text.isidentifier() and not reader.known(amount_text):
        raise LanguageError(f"'{amount_text}' is not a rung of {ladder}{nearest(amount_text, rungs)}")
    else:
        with moved(lead + parts.start("amount")):
            amount = reader.expression(parts["amount"])
    op = cast('Literal["+=", "-=", "="]', parts["op"])
    if rate and op == "=":
        raise LanguageError("'per quarter' is a rate and goes with += or -=")
    return Assignment(target.quantity, target.args, op, amount, rate, after, spread)


def _outer_spread(text: str) -> re.Match[str] | None:
    """The suffix `for SLOT in SET [if …]` that stands outside every bracket, if there is one."""
    for word in re.finditer(r"\s+for\s+", text):
        head = text[: word.start()]
        if head.count("(") == head.count(")") and (match := _SPREAD.match(text, word.start())):
            return match
    return None
