"""What a file may hold at all: keys, kinds of values, YAML."""

from __future__ import annotations

from tests.scenario.tiny import A, Case, E, Q, S, V, W

CASES: dict[str, Case] = {
    "unknown key": (
        A,
        "    cost: 2\n    runs: 9",
        "    csot: 2\n    cost: 2\n    runs: 9",
        "csot",
        "unknown key 'csot' (did you mean 'cost'?)",
    ),
    "missing key": (E, "    headline: A storm on the lake\n", "", "id: storm", "the key 'headline' is missing"),
    "wrong type": (S, "turns: 8", "turns: eight", "eight", "expected a whole number, found 'eight'"),
    "text for a truth": (E, "once: true", "once: yes", "yes", "expected true or false, found 'yes'"),
    "a word of a list": (
        E,
        "kind: calendar",
        "kind: calender",
        "calender",
        "'calender' is not one of 'dated', 'calendar', 'report', 'hazard' or 'state' (did you mean 'calendar'?)",
    ),
    "not an id": (
        A,
        "id: gesture",
        "id: Gesture",
        "Gesture",
        "'Gesture' is not an id (small letters, digits and _, at most 48)",
    ),
    "not a month": (
        S,
        "start_date: 2001-01",
        "start_date: 2001-13",
        "2001-13",
        "'2001-13' is not a month (written like 2008-04)",
    ),
    "too small": (S, "turns: 8", "turns: 0", "0\nsummary", "0 is below the least, 1"),
    "missing text": (A, "help: Send a delegation.", 'help: ""', '""}\n  - id: do_deed', "the text is missing"),
    "octal-looking text": (S, "turns: 8", "turns: 010", "010", "expected a whole number, found '010'"),
    "duplicate key": (
        S,
        "turns: 8\n",
        "turns: 8\nturns: 9\n",
        "turns: 9",
        "the key 'turns' stands here and in line 7 already",
    ),
    "alias": (S, "turns: 8\n", "turns: &n 8\n", "&n", "anchors, aliases and tags are not used here"),
    "not YAML": (S, "turns: 8\n", "turns: 8: 9\n", ": 9", "not YAML: a text with ': ' in it stands in quotes"),
    "section": (W, "seats:\n", "seat:\n", "seat:\n", "unknown key 'seat' (did you mean 'seats'?)"),
    "same id in two files": (
        W,
        "populations:",
        "categories: [{id: home, title: Home}]\npopulations:",
        "home, title: Home",
        f"the id 'home' stands in {V}:68 already",
    ),
    "bounds the wrong way round": (
        Q,
        "bounds: [0, 12], visible: owner, help: What",
        "bounds: [12, 0], visible: owner, help: What",
        "[12, 0], visible: owner, help: What",
        "bounds are two numbers, the lower one first",
    ),
    "a number for an effect": (
        A,
        'effects: ["support[actor] -= 1"]',
        "effects: [3]",
        "3]\n    help: Do what",
        "expected an effect as text, like 'support[actor] += 3', found the number 3",
    ),
    "a number for a condition": (
        E,
        'when: ["heat[east_shore] > 20"]',
        "when: [3]",
        "3]",
        "expected a condition as text, like 'support[actor] > 40', found the number 3",
    ),
    "too long a list": (
        S,
        "helps: [reform, attend, gesture]",
        "helps: [reform, attend, gesture, arm]",
        "[reform, attend, gesture, arm]",
        "the list has 4 items; at most 3 are allowed",
    ),
}
