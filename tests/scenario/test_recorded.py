"""What governments are recorded to have ordered is checked word by word."""

from __future__ import annotations

from tests.scenario.tiny import changed, mistakes, place

RECORD = "computer_seats: The league's secretariat is played by the computer."


def _with(entry: str) -> dict[str, bytes]:
    return changed("tiny.yaml", RECORD, f"{RECORD}\nrecord:\n  - {entry}")


def test_a_record_of_orders_that_exist_is_accepted() -> None:
    assert mistakes(_with("{date: '2001-05', seat: arda, orders: [gesture.belen], source: Invented.}")) == []


def test_an_order_that_cannot_be_given_is_shown_with_the_nearest() -> None:
    files = _with("{date: '2001-05', seat: arda, orders: [gesture.belem]}")
    where = place(files, "tiny.yaml", "gesture.belem]")
    expected = "'arda' can never order 'gesture.belem' (did you mean 'gesture.belen'?)"
    assert mistakes(files) == [f"{where}: {expected}"]


def test_a_record_outside_the_game_or_of_no_seat_is_a_fault() -> None:
    late = _with("{date: '2020-05', seat: arda, orders: [gesture.belen]}")
    where = place(late, "tiny.yaml", "'2020-05")
    assert mistakes(late) == [f"{where}: 2020-05 lies outside: the game runs from 2001-01 to 2002-12"]
    nobody = _with("{date: '2001-05', seat: ardo, orders: [gesture.belen]}")
    where = place(nobody, "tiny.yaml", "ardo, orders")
    assert mistakes(nobody) == [f"{where}: 'ardo' is not a seat (did you mean 'arda'?)"]


def _after(reached: str) -> dict[str, bytes]:
    entry = f"  - {{date: '2001-05', title: A summit, source: Invented., reached: {reached}}}"
    return changed("tiny.yaml", "history:\n", f"history:\n{entry}\n")


def test_rungs_that_were_reached_are_checked_against_quantity_thing_and_ladder() -> None:
    assert mistakes(_after("{status: {belen: invited}}")) == []
    for reached, message in (
        ("{statis: {belen: invited}}", "'statis' is not a quantity on a ladder (did you mean 'status'?)"),
        ("{status: {belem: invited}}", "'status' has no 'belem' (did you mean 'belen'?)"),
        ("{status: {belen: inwited}}", "'inwited' is not a rung (did you mean 'invited'?)"),
    ):
        (found,) = mistakes(_after(reached))
        assert found.endswith(f": {message}") and found.startswith("tiny.yaml:"), found
