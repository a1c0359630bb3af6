"""What can never come is a fault: events and dates outside the game, events that wait for one another."""

from __future__ import annotations

import pytest

from tests.scenario.tiny import changed, mistakes, place

E, S = "tiny/events.yaml", "tiny.yaml"
LISTED = "events: [arda_votes, clash, storm, poor_catch, festival]\n"


def unlisted() -> dict[str, bytes]:
    return changed(S, LISTED, "")


def test_all_events_may_be_in_play() -> None:
    assert mistakes(unlisted()) == []


@pytest.mark.parametrize(
    "when", ["since('2010-01')", "before('2000-01')", "turn > 20", "since('2001-07') and before('2001-07')"]
)
def test_without_a_list_every_event_must_be_able_to_happen(when: str) -> None:
    files = unlisted()
    files[E] = files[E].replace(b"heat[east_shore] > 20", when.encode())
    (found,) = mistakes(files)
    assert found.startswith(f"{place(files, E, 'id: clash')}: the event 'clash' can never happen")


def test_without_a_list_every_date_lies_within_the_game() -> None:
    files = unlisted()
    files[S] = files[S].replace(b"dates: {arda_votes: 2001-10}\n", b"")
    assert mistakes(files) == []
    files[E] = files[E].replace(b"date: 2002-01", b"date: 2012-01")
    message = (
        "the date of 'arda_votes', 2012-01, lies outside: the game runs from 2001-01 to 2002-12;"
        " it is in play since the scenario lists no 'events'"
    )
    assert mistakes(files) == [f"{place(files, E, 'id: arda_votes')}: {message}"]


@pytest.mark.parametrize("chance", ["chance: 0", "odds: 0", "odds: heat[east_shore] / 100 - 5"])
def test_an_event_has_a_chance(chance: str) -> None:
    files = unlisted()
    text = files[E].decode()
    odds = next(line.strip() for line in text.splitlines() if line.strip().startswith("odds: 7"))
    files[E] = text.replace(odds, chance, 1).encode()
    message = "the event 'clash' can never happen: its chance is never above nought"
    assert mistakes(files) == [f"{place(files, E, 'id: clash')}: {message}"]


@pytest.mark.parametrize("date", ["2000-12", "2035-10", "2004-01"])
def test_what_is_scheduled_lies_within_the_game(date: str) -> None:
    files = changed(S, "- date: 2002-04", f"- date: {date}")
    assert mistakes(files) == [f"{place(files, S, date)}: {date} lies outside: the game runs from 2001-01 to 2002-12"]


def test_a_meeting_of_the_year_after_the_game_may_be_scheduled() -> None:
    assert mistakes(changed(S, "- date: 2002-04", "- date: 2003-04")) == []


def test_a_dated_event_can_happen_in_the_turn_of_its_date() -> None:
    """The scenario dates it in October 2001: its conditions must be able to hold in that quarter."""
    told = "the event 'arda_votes' can never happen: its conditions exclude its date, 2001-10"
    for when, wrong in (
        ("before('2001-07')", True),
        ("since('2002-01')", True),
        ("turn == 1", True),
        ("since('2001-10') and before('2001-11')", False),
    ):
        files = changed(E, 'when: ["support[arda] < 55"]', f'when: ["{when}"]')
        assert mistakes(files) == ([f"{place(files, E, 'id: arda_votes')}: {told}"] if wrong else [])


def test_an_event_that_waits_for_one_that_never_happens_is_told_as_well() -> None:
    files = changed(E, 'when: ["support[arda] < 55"]', "when: [\"before('2001-07')\"]")
    files[E] += event("after_it", "happened(arda_votes)")
    files[S] = files[S].replace(b"poor_catch, festival]", b"poor_catch, festival, after_it]")
    told = "the event 'after_it' can never happen: it waits for 'arda_votes', which never does"
    assert f"{place(files, E, '{id: after_it')}: {told}" in mistakes(files)
    assert len(mistakes(files)) == 2


def event(name: str, when: str, effect: str = "quiet_turns += 1") -> bytes:
    return (
        f"  - {{id: {name}, title: T, kind: state, when: [\"{when}\"], effects: ['{effect}'],"
        " headline: h, text: t, source: s}\n"
    ).encode()


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ({"e1": "happened(e2)", "e2": "happened(e1)"}, "'e2', which waits for 'e1'"),
        (
            {"e1": "happened(e2)", "e2": "happened_within(6, e3)", "e3": "happened(e1) and turn > 2"},
            "'e2', which waits for 'e3', which waits for 'e1'",
        ),
        ({"e1": "happened(e2)", "e2": "happened(e1)", "e3": "happened(e2)"}, "'e2', which waits for 'e1'"),
    ],
)
@pytest.mark.parametrize("listed", [True, False])
def test_events_that_wait_for_one_another_are_named_once(events: dict[str, str], told: str, listed: bool) -> None:
    files = changed(S, "festival]", ", ".join(["festival", *events]) + "]") if listed else unlisted()
    files[E] += b"".join(event(name, when) for name, when in events.items())
    at = place(files, E, "{id: e1")
    assert mistakes(files) == [f"{at}: the event 'e1' can never happen: it waits for {told}"]


@pytest.mark.parametrize(
    "events",
    [
        {"e1": "happened(e2)", "e2": "happened(e1) or turn > 3"},
        {"e1": "happened(e2)", "e2": "not happened(e1)"},
        {"e1": "happened(storm)", "e2": "happened(e1)"},
    ],
)
def test_events_that_follow_one_another_are_sound(events: dict[str, str]) -> None:
    files = unlisted()
    files[E] += b"".join(event(name, when) for name, when in events.items())
    assert mistakes(files) == []


def test_events_may_wait_for_each_other_by_what_they_bring_about() -> None:
    files = unlisted()
    files["tiny/more.yaml"] = (
        b"quantities:\n  - {id: one, title: One, unit: flag, help: O.}\n"
        b"  - {id: two, title: Two, unit: flag, help: T.}\n"
        b"events:\n" + event("e1", "two == 1", "one = 1") + event("e2", "one == 1", "two = 1")
    )
    at = place(files, "tiny/more.yaml", "{id: e1")
    told = "the event 'e1' can never happen: it waits for 'e2', which waits for 'e1'"
    assert f"{at}: {told}" in mistakes(files)
