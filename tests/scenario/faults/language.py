"""Code of the rule language: what kinds of values it joins, and how it is written."""

from __future__ import annotations

from tests.scenario.tiny import A, B, Case, D, S

CASES: dict[str, Case] = {
    "wrong rung": (
        D,
        "status[candidate] == invited",
        "status[candidate] == invted",
        "invted",
        "'invted' is not a rung of membership (did you mean 'invited'?)",
    ),
    "number for a condition": (
        A,
        "test: attention >= 2",
        "test: attention",
        "attention\n",
        "'attention' is a number where a condition is expected; compare it, e.g. '> 0'",
    ),
    "arguments": (
        D,
        "heat[east_shore] - 40",
        "heat[east_shore, arda] - 40",
        "heat[east_shore, arda]",
        "'heat' takes 1 argument, not 2",
    ),
    "digits": (
        S,
        "prosperity[state] -= 0.5",
        "prosperity[state] -= 0.1234567",
        "0.1234567",
        "a number has at most 6 digits and no exponent",
    ),
    "power": (S, "prosperity[state] -= 0.5", "prosperity[state] -= 2 ** 9", "2 ** 9", "only + - * / may join numbers"),
    "foreign sign": (
        S,
        "prosperity[state] -= 0.5",
        "prosperity[state] -= 5 % 2",
        "% 2",
        "'%' is not part of the rule language",
    ),
    "not an effect": (
        S,
        "prosperity[state] -= 0.5",
        "prosperity[state] - 0.5",
        '"prosperity[state] - 0.5',
        "'prosperity[state] - 0.5' is not an effect; an effect is written like 'stability[target] += 2 per quarter'",
    ),
    "changing a derived quantity": (
        S,
        "prosperity[state] -= 0.5",
        "mood -= 0.5",
        '"mood -= 0.5',
        "'mood' is not a stored quantity, so it cannot be changed",
    ),
    "where": (
        D,
        'where: ["a == arda or b == arda"]',
        'where: ["ease[a, b] > 1"]',
        '"ease[a, b] > 1"',
        "'where' asks only for slots, things, sets and relations; other conditions belong to 'when'",
    ),
    "division by nought": (D, "/ 8", "/ 0", "(max(tension", "division by zero"),
    "in a dialogue": (
        B,
        "opens: since('2001-04')",
        "opens: since('2001-4')",
        "since('2001-4')",
        "'2001-4' is not a month; a month is written like '2008-04'",
    ),
}
