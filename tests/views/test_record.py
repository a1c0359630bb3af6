"""What lies ahead of a game's date is told as the record, not as something that everybody knows."""

from __future__ import annotations

from game.views.record import told

TEXT = "Men keep watch at fires. Barricades went up in July 2011 and came down after talks. Ambulances are let through."


def test_a_precedent_ahead_of_the_date_is_set_apart() -> None:
    assert told(TEXT, 1996 * 12 + 1) == (
        "Men keep watch at fires. Ambulances are let through. "
        "From the record: Barricades went up in July 2011 and came down after talks."
    )


def test_a_precedent_of_the_past_stays_where_it_stood() -> None:
    assert told(TEXT, 2011 * 12) == TEXT
    assert told(TEXT, 2023 * 12) == TEXT


def test_a_text_of_the_record_alone_is_the_record() -> None:
    assert told("It was signed in 2018.", 2008 * 12) == "From the record: It was signed in 2018."


def test_a_number_is_not_a_year_and_a_full_stop_not_always_an_end() -> None:
    text = "Some 3000 men, e.g. reservists, wait. Žabljak waits too."
    assert told(text, 2008 * 12) == text
