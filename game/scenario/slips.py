"""Usual slips of people who know other languages, and what to write instead.

Asked only about a text that could not be read, so that nothing here can refuse what is right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from game.scenario.vocabulary import FUNCTIONS, LanguageError

_SIGNS: tuple[tuple[str, str], ...] = (
    (r"===|!==", "write '==' or '!='"),
    (r"=>|≥", "write '>='"),
    (r"=<|≤", "write '<='"),
    (r"<>|≠", "write '!='"),
    (r"&&?|\bAND\b|\bAnd\b", "write 'and'"),
    (r"\|\|?|\bOR\b|\bOr\b", "write 'or'"),
    (r"!(?!=)|\bNOT\b|\bNot\b", "write 'not'"),
    (r"×|·", "write '*'"),
    (r"−|–", "write '-', the sign on the keyboard"),
    (r"[’‘“”„]", "write straight quotes, ' or \""),
    (r"\?|\bthen\b|\bTHEN\b|^\s*if\b|^\s*IF\b", "write 'a if condition else b'"),
    (r"\bIF\b|\bELSE\b", "write 'a if condition else b', in small letters"),
    (r"\bper\s+\w+\s*$", "only an effect has a rate, and only 'per quarter'"),
    (r"\bafter\s+\S+(\s+\w+)?\s*$", "only an effect waits, and only 'after N months'"),
)
_SIGN = re.compile("|".join(f"(?P<s{number}>{pattern})" for number, (pattern, _) in enumerate(_SIGNS)))
_ONE_EQUALS = re.compile(r"(?<![<>=!+\-*/:])=(?!=)")
_MONTH = re.compile(r"\b(\d{4}-\d\d?)\b")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_OTHER_RATE = re.compile(r"\s+(?:per|each|every)\s+\w+\s*$")
_OTHER_DELAY = re.compile(r"\s+after\s+(?:\d|(?:an?|half|one|two|three|four)\b)[^-+*/<>=]*$")
_BRACKETS = re.compile(r"never closed|unmatched|does not match|unterminated")

USAGE: Mapping[str, str] = {
    "sum": "sum(x[a] for a in SET)",
    "count": "count(a for a in SET if …)",
    "all": "all(x[a] > 1 for a in SET)",
    "any": "any(x[a] > 1 for a in SET)",
    "min": "min(a, b, …)' or 'min(x[a] for a in SET)",
    "max": "max(a, b, …)' or 'max(x[a] for a in SET)",
    "abs": "abs(a)",
    "bound": "bound(a, low, high)",
    "divide": "divide(a, b, otherwise)",
}
"""How each function of numbers is written."""


def unreadable(text: str, reason: str, column: int) -> LanguageError:
    """What to say of a text that is no expression. reason, column: what Python's own grammar makes of it."""
    bare = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), text)
    if match := _SIGN.search(bare):
        return LanguageError(f"'{match[0].strip()}' is not part of the rule language; {_advice(match)}", match.start())
    for match in _ONE_EQUALS.finditer(bare):
        if "by_rung" not in bare or bare.count("(", 0, match.start()) == bare.count(")", 0, match.start()):
            return LanguageError("'=' changes a value and compares none; write '=='", match.start())
    if match := _MONTH.search(bare):
        return LanguageError(f"a month stands in quotes: '{match[0]}'", match.start())
    if not _BRACKETS.search(reason):
        told = {"'else'": "an 'if' needs an 'else'", "comma": "perhaps a comma is missing"}
        reason = next((words for sign, words in told.items() if sign in reason), "it does not read on here")
    return LanguageError(f"'{short(text)}' is not an expression: {reason}", column)


def foreign(text: str, sign: str, column: int) -> LanguageError:
    """What to say of a sign in a text that no expression has."""
    match = _SIGN.match(text, column)
    advice = f"; {_advice(match)}" if match else ""
    return LanguageError(f"'{match[0] if match else short(sign)}' is not part of the rule language{advice}", column)


def unknown_function(name: str) -> str:
    """The advice for a call of what is no function: an operator, or a function in capitals; nothing for others."""
    small = name.lower()
    if small in ("and", "or", "not"):
        return f"; write '{small}'"
    if small in ("if", "iif"):
        return "; write 'a if condition else b'"
    return f"; write '{small}'" if small != name and small in FUNCTIONS else ""


def usage(name: str) -> str:
    """How a function that was called with the wrong arguments is written."""
    return f"; it is written like '{USAGE[name]}'" if name in USAGE else ""


def suffix(rest: str) -> LanguageError | None:
    """A rate or a delay behind an effect in other words than the language has."""
    for pattern, what, advice in ((_OTHER_DELAY, "delay", "after N months"), (_OTHER_RATE, "rate", "per quarter")):
        if match := pattern.search(rest):
            words = match[0].strip()
            column = match.end() - len(match[0].lstrip())
            return LanguageError(f"'{short(words)}' is not a {what}; only '{advice}' is", column)
    return None


def no_effect(text: str) -> str:
    """The advice for a text that changes nothing."""
    if "==" in text:
        return "'==' compares; to set a value write '='"
    if match := re.search(r"\+\+|--|\*=|/=|:=|=[<>+-]", text):
        return f"there is no '{match[0]}'; write '+=', '-=' or '='"
    return "an effect is written like 'stability[target] += 2 per quarter'"


def _advice(match: re.Match[str]) -> str:
    return next(advice for number, (_, advice) in enumerate(_SIGNS) if match[f"s{number}"] is not None)


def short(text: object) -> str:
    """A text, or whatever stands in its place, on one line, cut where it is long."""
    line = " ".join(str(text).split())
    return line if len(line) <= 60 else line[:57] + "…"
