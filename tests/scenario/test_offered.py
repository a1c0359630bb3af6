"""What a scenario offers and nobody can have: events out of play, orders that a seat can never give."""

from __future__ import annotations

import pytest

from tests.scenario.tiny import changed, mistakes, place

S = "tiny.yaml"
MINE = (
    "  events:\n    - {id: mine, title: M, kind: hazard, chance: 500, effects: ['quiet_turns += 1'],"
    " headline: h, text: t, source: s}\n"
)
ORDER = (
    "  actions:\n    - {id: mine, title: M, category: home, by: %s, cost: 1, effects: ['quiet_turns += 1'], help: h}\n"
)


def added(text: str) -> dict[str, bytes]:
    return changed(S, "rules:\n  parameters:", f"rules:\n{text}  parameters:")


def test_an_event_of_the_scenario_is_in_play() -> None:
    files = added(MINE)
    message = "the event 'mine' of this scenario is not among its 'events', so it is not in play"
    assert mistakes(files) == [f"{place(files, S, '{id: mine')}: {message}"]
    files[S] = files[S].replace(b"festival]", b"festival, mine]")
    assert mistakes(files) == []


def test_an_order_that_every_seat_lacks_names_the_lists() -> None:
    files = added(ORDER % "governments")
    assert mistakes(files) == []
    files[S] = files[S].replace(b"helps: [sign_treaty, gesture]", b"helps: [gesture]\n    orders: [gesture]")
    assert mistakes(files) == []  # the other government has no list
    old = b"helps: [reform, attend, gesture]"
    files[S] = files[S].replace(old, b"helps: [gesture]\n    orders: [gesture]")
    message = "no seat can order 'mine': it is not among the 'orders' of arda and belen"
    assert f"{place(files, S, '{id: mine')}: {message}" in mistakes(files)
    assert not any("nothing can stand" in line for line in mistakes(files))


@pytest.mark.parametrize(
    ("old", "new", "order"),
    [
        ("helps: [sign_treaty, gesture]", "helps: [sign_treaty, mediate]", "mediate"),
        ("helps: [sign_treaty, gesture]", "orders: [gesture, call_summit]\n    helps: [gesture]", "call_summit"),
    ],
)
def test_a_seat_is_offered_what_it_can_order(old: str, new: str, order: str) -> None:
    files = changed(S, old, new)
    at = place(files, S, f"{order}]")
    assert [line for line in mistakes(files) if line.startswith(f"{at}: 'arda' can never order '{order}'")]
