"""What can be read and makes no sense: it never happens, never ends, or cannot be computed."""

from __future__ import annotations

from tests.scenario.tiny import A, Case, D, E, Q, S, W

REJOINS = """\
  - id: rejoins
    title: x
    phase: decide
    over: {candidate: candidates}
    when: ["status[candidate] == invited", summit == 0]
    effects: ["status[candidate] = partner"]
    priority: 3
  - id: welcome
"""

CASES: dict[str, Case] = {
    "reading what is not there": (
        D,
        "abs(prosperity[state] - 50)",
        "abs(prosperity[state] - heat[state])",
        '"rivalry[state] > 10',
        "there is no heat[arda]; narrow the sets of the slots, or let the quantity say 'elsewhere'",
    ),
    "changing what is not there": (
        D,
        'effects: ["weariness[state] += 1"]',
        'effects: ["weariness[state] += 1", "support[state] += 1"]',
        '"support[state] += 1"',
        "there is no support[corva], so it cannot be changed",
    ),
    "may divide by zero": (
        D,
        "standing[water_treaty] / 40",
        "40 / standing[water_treaty]",
        "heat[place] -= 40",
        "this may divide by zero; use 'divide(a, b, otherwise)'",
    ),
    "too large": (
        D,
        "quiet_turns += 1",
        "quiet_turns += " + " * ".join(["(standing[water_treaty] + 0.00001)"] * 9),
        '"quiet_turns += (',
        "a value may become too large for 64 bits; use smaller numbers, or fewer decimals",
    ),
    "never": (
        E,
        'when: ["heat[east_shore] > 20"]',
        'when: ["heat[east_shore] > 20", "heat[east_shore] < 10"]',
        "id: clash",
        "the event 'clash' can never happen: its conditions exclude each other",
    ),
    "beyond bounds": (
        E,
        'when: ["heat[east_shore] > 20"]',
        'when: ["heat[east_shore] > 120"]',
        "id: clash",
        "the event 'clash' can never happen: its conditions exclude each other",
    ),
    "waits for itself": (
        E,
        '"not happened(poor_catch, g)"',
        '"happened(poor_catch, g)"',
        "id: poor_catch",
        "the event 'poor_catch' waits for what only it brings about",
    ),
    "date outside": (
        S,
        "arda_votes: 2001-10",
        "arda_votes: 2003-01",
        "arda_votes, clash",
        "the date of 'arda_votes', 2003-01, lies outside: the game runs from 2001-01 to 2002-12",
    ),
    "set twice": (
        A,
        "      - signed[actor] = 1\n",
        "      - signed[actor] = 1\n      - signed[actor] = 0\n",
        "signed[actor] = 0",
        "'sign_treaty' sets signed[actor] twice",
    ),
    "set by two rules": (
        D,
        "  - id: welcome\n",
        REJOINS,
        '"status[candidate] = partner"',
        "'rejoins' and 'joins' both set status[candidate]; give one a higher priority",
    ),
    "unstable race": (
        D,
        "sum(0.1 * strength[n]",
        "sum(0.2 * strength[n]",
        '"strength[state] += sum',
        "the race of 'strength' is unstable: the others may raise strength[belen] by 0.4 of their own size a turn,"
        " and it falls by 0.25 of its own",
    ),
    "constant that changes": (
        Q,
        "start: 50, good: up, help: How",
        "start: 50, constant: true, good: up, help: How",
        "true, good: up, help: How",
        "'prosperity' is constant, but something changes it",
    ),
    "locked without reason": (
        A,
        '      - test: signed[actor] == 0\n        else: "{actor} has already signed"\n',
        "      - signed[actor] == 0\n",
        "signed[actor] == 0\n",
        "an order that may be locked says why ('else')",
    ),
    "secret orders": (
        A,
        "test: signed[actor] == 0",
        "test: ordered(arm, actor) == 0",
        "ordered(arm",
        "orders are secret until all are given; ask 'ordered_within(months, …)' for earlier ones",
    ),
    "unused slot": (
        D,
        "  - id: counts_quiet\n    title: Quiet turns\n    phase: measure\n",
        "  - id: counts_quiet\n    title: Quiet turns\n    phase: measure\n    over: {s: states}\n",
        'states}\n    when: ["not happened_within(0',
        "nothing uses the slot 's'",
    ),
    "a define that asks for itself": (
        Q,
        'amount: "max(strength[n]',
        'amount: "rivalry[state] + max(strength[n]',
        "id: rivalry",
        "the derived quantity 'rivalry' depends on itself",
    ),
    "outside bounds": (
        E,
        "support[arda] = 55",
        "support[arda] = 155",
        '"support[arda] = 155"',
        "'support' cannot be 155; it lies between 0 and 100",
    ),
    "nothing fits": (
        D,
        'where: ["a == arda or b == arda"]',
        'where: ["a == arda and b == arda"]',
        "id: welcome",
        "nothing can stand in the slots of 'welcome', so it can never happen",
    ),
    "default that may be locked": (
        E,
        '        default: true\n        effects: ["tension',
        '        default: true\n        cost: 1\n        effects: ["tension',
        "id: protest",
        "the default choice costs nothing and has no conditions",
    ),
    "a ring of doctrines": (
        W,
        "  - id: careful\n    title: Careful\n",
        "  - id: careful\n    title: Careful\n    like: [belen_rules]\n",
        "careful]\n    rules:\n      - {order: attend, worth: 6}",
        "'careful' is itself like 'belen_rules', straight or by others",
    ),
    "a doctrine like itself": (
        W,
        "  - id: careful\n    title: Careful\n",
        "  - id: careful\n    title: Careful\n    like: [careful]\n",
        "careful]\n",
        "a doctrine is not 'like' itself",
    ),
}
