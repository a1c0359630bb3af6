"""Every kind of fault, with its line and column."""

from __future__ import annotations

import pytest

from tests.scenario.faults import CASES
from tests.scenario.tiny import A, B, D, E, Q, S, V, W, changed, mistakes, place, texts


@pytest.mark.parametrize("case", list(CASES))
def test_one_fault_stands_at_its_place(case: str) -> None:
    file, old, new, at, message = CASES[case]
    files = changed(file, old, new)
    assert mistakes(files) == [f"{place(files, file, at)}: {message}"]


@pytest.mark.parametrize(("count", "sound"), [(1, False), (2, True), (4, True), (5, False)])
def test_a_card_has_two_to_four_choices(count: int, sound: bool) -> None:
    choices = ", ".join(f"{{id: c{n}, title: T, text: T, default: {str(n == 0).lower()}}}" for n in range(count))
    event = (
        f"  - {{id: card, title: T, kind: hazard, chance: 9, decided_by: arda, choices: [{choices}],"
        " headline: h, text: t, source: s, effects: [quiet_turns += 1]}\n"
    )
    files = changed(S, "festival]", "festival, card]")
    files[E] += event.encode()
    message = f"{place(files, E, '[{id: c0')}: a card has 2 to 4 choices, not {count}"
    assert mistakes(files) == ([] if sound else [message])


def test_talks_need_rungs_of_their_own() -> None:
    files = changed(V, "{id: agreed, title: Agreed}", "{id: settled, title: Settled}")
    found = mistakes(files)
    assert f"{place(files, B, 'talk_state' + chr(10))}: 'agreed' is not a rung of talks" in found


def test_names_are_looked_up_although_something_else_cannot_be_read() -> None:
    files = changed(A, "category: home", "category: hom")
    files[D] = files[D].replace(b"weariness[state] += 1", b"wearines[state] += 1")
    assert [line.partition(": ")[2].split(" (")[0] for line in mistakes(files)] == [
        "there is no category 'hom'",
        "unknown quantity 'wearines'",
    ]


def test_only_orders_and_answers_wait() -> None:
    files = changed(D, '"weariness[state] += 1"', '"weariness[state] += 1 after 6 months"')
    at = place(files, D, '"weariness[state] += 1 after')
    assert mistakes(files) == [f"{at}: 'after … months' goes with slot orders and answers to cards only"]


def test_a_constant_divisor_of_nought_is_refused_whatever_else_is_said() -> None:
    files = changed(D, "quiet_turns += 1", "quiet_turns += divide(attention, 0, 1)")
    assert mistakes(files) == [f"{place(files, D, 'divide(attention')}: division by zero"]


def test_a_rulebook_has_a_purse() -> None:
    files = changed(
        Q, "id: purse, title: Political capital, of: seats", "id: purse, title: Political capital, of: states"
    )
    assert mistakes(files)[-1].endswith("there must be a quantity 'purse', a count of the set 'seats'")


def test_all_faults_are_reported_at_once() -> None:
    files = changed(S, "turns: 8", "turns: 0")
    files[A] = files[A].replace(b"    cost: 2\n    runs: 9", b"    runs: 9")
    files[W] = files[W].replace(b"seats:\n", b"saets:\n")
    files[Q] += b"  - [\n"
    found = mistakes(files)
    assert [line.partition(": ")[0].split(":")[0] for line in found] == [S, A, Q, W]
    files = texts()
    files[D] = files[D].replace(b"weariness[state] += 1", b"wearines[state] += 1").replace(b"/ 8", b"/ 0")
    files[A] = files[A].replace(b"attention >= 2", b"atention >= 2")
    assert len(mistakes(files)) == 3


def test_a_cost_nobody_can_pay_is_refused_where_it_stands() -> None:
    files = changed(Q, "bounds: [0, 12], visible: owner, help: What", "bounds: [0, 5], help: What")
    assert mistakes(files) == [f"{place(files, W, '6, active')}: a purse holds at most 5"]
    files = changed(Q, "bounds: [0, 12], visible: owner, help: What", "bounds: [0, 6], help: What")
    files[A] = files[A].replace(b"cost: 4", b"cost: 7")
    assert mistakes(files) == [f"{place(files, A, '7' + chr(10))}: nobody can pay 7: a purse holds at most 6"]


def test_a_quantity_needs_a_writer_and_a_reader() -> None:
    files = changed(Q, "  - {id: standing,", "  - {id: calm, title: Calm, help: Calm.}\n  - {id: standing,")
    at = place(files, Q, "{id: calm")
    assert mistakes(files) == [
        f"{at}: nothing changes 'calm'; write a rule that does, or say 'constant: true'",
        f"{at}: nothing that matters reads 'calm': no objective, council, ending, choice or report",
    ]


def test_a_rule_that_only_feeds_itself_does_not_matter() -> None:
    files = changed(Q, "  - {id: standing,", "  - {id: calm, title: Calm, help: Calm.}\n  - {id: standing,")
    files[D] = files[D].replace(
        b"  - id: welcome",
        b"  - id: calms\n    title: x\n    phase: drift\n    effects: [calm += calm / 10]\n  - id: welcome",
    )
    assert [line.split(": ")[1] for line in mistakes(files)] == ["nothing that matters reads 'calm'"]


def test_an_event_that_this_scenario_rules_out_is_a_fault_only_if_it_is_in_play() -> None:
    files = changed(E, 'when: ["heat[east_shore] > 20"]', "when: [\"since('2010-01')\"]")
    assert mistakes(files) == [
        f"{place(files, S, 'clash, storm')}: the event 'clash' can never happen in this scenario"
    ]
    listed = b"events: [arda_votes, clash, storm, poor_catch, festival]\n"
    files[S] = files[S].replace(listed, listed.replace(b"clash, ", b""))
    assert mistakes(files) == []


def test_one_row_may_not_be_set_to_a_value_of_each_binding() -> None:
    files = changed(D, '"weariness[state] += 1"', '"weariness[state] += 1", "quiet_turns = size[state]"')
    message = "'weary' sets quiet_turns once for every 'state', each time otherwise"
    assert mistakes(files) == []  # its condition asks for the state: it need not hold for two of them
    files[D] = files[D].replace(b'    when: ["rivalry[state] > 10 or abs(prosperity[state] - 50) > 20"]\n', b"")
    assert mistakes(files) == [f"{place(files, D, chr(34) + 'quiet_turns = size')}: {message}"]


def test_rows_bindings_and_orders_are_capped_before_they_are_enumerated() -> None:
    files = texts()
    things = ", ".join(f"{{id: t{i}, name: T}}" for i in range(300)).encode()
    members = ", ".join(f"t{i}" for i in range(300)).encode()
    files["tiny/more.yaml"] = (
        b"things: [" + things + b"]\nsets: [{id: many, members: [" + members + b"]}]\n"
        b"rules:\n  - {id: big, title: Big, phase: drift, over: {a: many, b: many}, effects: [quiet_turns += 1]}\n"
    )
    at = place(files, "tiny/more.yaml", "{id: big")
    assert mistakes(files) == [f"{at}: 'big' could have 90,000 bindings; 20,000 are allowed"]
    files["tiny/more.yaml"] = (
        b"things: [" + things + b"]\nsets: [{id: many, members: [" + members + b"]}]\n"
        b"relations: [{id: all_of_them, between: [many, many], all: true}]\n"
    )
    at = place(files, "tiny/more.yaml", "{id: all_of_them")
    assert mistakes(files) == [f"{at}: a relation has at most 10,000 pairs"]
