"""What bounds rule out in every game is a fault where it is written."""

from __future__ import annotations

import pytest

from tests.scenario.tiny import changed, mistakes, place

A, E, S, W = "tiny/actions.yaml", "tiny/events.yaml", "tiny.yaml", "tiny/who.yaml"
LAST = '  - {id: apart, title: Still apart, when: "true", text: The lake stays divided.}\n'

TENSE = "  - {id: tense, title: Tense, when: 'heat[east_shore] > 50', text: The lake boils.}\n"
HANDED = "an event hands out no rung of 'status', a ladder of the report; let an order, a council or a rule do it"

# (file, old, new, the piece of text at whose start the fault stands, the message)
CASES = {
    "an objective": (
        S,
        "met: tension[arda, belen] < 40",
        "met: tension[arda, belen] > 140",
        "tension[arda, belen] > 140",
        "'quiet' can never be met",
    ),
    "an aim": (
        S,
        "amount: (prosperity[actor] - 50) / 2\n",
        "amount: (prosperity[actor] - 50) / 2\n        aim: 26\n",
        "26\n",
        "'wealth' can never reach its aim: the most that it brings is 25, and the aim stands for 26",
    ),
    "an ending": (
        W,
        "when: all(status[s] >= member for s in states)",
        "when: support[arda] > 300",
        "support[arda] > 300",
        "the ending 'together' can never come",
    ),
    "an ending of two": (
        W,
        "when: all(status[s] >= member for s in states)",
        "when: support[arda] > 80 and support[arda] < 20",
        "support[arda] > 80",
        "the ending 'together' can never come",
    ),
    "an ending behind another": (
        W,
        LAST,
        LAST + "  - {id: later, title: Later, when: 'support[arda] > 50', text: Later.}\n",
        "'support[arda] > 50'",
        "'later' never comes: 'apart' stands before it and always holds",
    ),
    "a last ending": (
        W,
        LAST,
        LAST.replace('"true"', "turn > 900"),
        "turn > 900",
        "the last ending comes in every game that has no other, but the condition of 'apart' may not hold;"
        " write 'true'",
    ),
    "odds above the ladder": (
        E,
        "odds: 7 + (tension[a, b] - 40) / 6 + (3 if happened_within(6, clash, a, any) else 0)",
        "odds: 25",
        "25",
        "odds are a rung from 0 to 20, and this is 25; a chance in a thousand is 'chance'",
    ),
    "a rung that an event hands out": (
        E,
        'effects: ["tension[a, b] += 1"]',
        'effects: ["status[a] += 1"]',
        '"status[a] += 1',
        HANDED,
    ),
    "a rung that an event sets": (
        E,
        'effects: ["prosperity[s] -= 2 for s in states"]',
        'effects: ["status[belen] = member"]',
        '"status[belen] = member',
        HANDED,
    ),
    "an order": (
        A,
        "test: prosperity[actor] >= 20",
        "test: prosperity[actor] >= 120",
        "id: reform",
        "'reform' can never be ordered: its conditions can never hold",
    ),
    "an answer": (
        E,
        'test: "strength[a] > strength[b]"',
        'test: "heat[east_shore] > 200"',
        "id: retaliate",
        "'retaliate' can never be chosen: its conditions can never hold",
    ),
}


@pytest.mark.parametrize("case", list(CASES))
def test_what_is_ruled_out_is_a_fault(case: str) -> None:
    file, old, new, at, message = CASES[case]
    files = changed(file, old, new)
    assert [line for line in mistakes(files) if message in line] == [f"{place(files, file, at)}: {message}"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (S, "amount: (prosperity[actor] - 50) / 2\n", "amount: (prosperity[actor] - 50) / 2\n        aim: 25\n"),
        (
            S,
            "amount: (prosperity[actor] - 50) / 2\n        counts: end",
            "amount: prosperity[actor] / 100\n        aim: 8\n        counts: each",
        ),
        (W, LAST, LAST.replace('"true"', "'not all(status[s] >= member for s in states)'")),
        (W, LAST, TENSE + LAST.replace('"true"', "'heat[east_shore] <= 50'")),
        (E, 'effects: ["tension[a, b] += 1"]', 'effects: ["status[a] -= 1", "tension[a, b] += 1"]'),
        (W, LAST, LAST.replace("text:", "stops: false, text:")),
    ],
)
def test_what_can_be_is_none(file: str, old: str, new: str) -> None:
    assert mistakes(changed(file, old, new)) == []


def test_an_ending_that_stops_a_game_may_follow_what_always_holds_at_its_end() -> None:
    files = changed(W, "  - id: war\n", LAST + "  - id: war\n")
    files[W] = files[W].replace(LAST.encode() + b"score", b"score")
    assert not any("'war' never comes" in line for line in mistakes(files))
    assert any("'together' never comes: 'apart'" in line for line in mistakes(files))
