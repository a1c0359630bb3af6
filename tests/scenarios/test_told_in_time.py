"""An event's text tells what happens in the game: it names no day that lies ahead of the moment it is shown.

What history knows beyond that stands in the event's `record`.
"""

from __future__ import annotations

import re
from calendar import month_name

import pytest

from game.scenario import load, shipped
from game.scenario.language import month_index

MONTHS = {name: number for number, name in enumerate(month_name) if name}
DATE = re.compile(rf"(?:\b({'|'.join(MONTHS)}) )?\b((?:19|20)\d\d)\b")
"""A year, with its month where one is named."""
PLANS = {
    "fighters_from_france": "by 2029",
    "fishing_zone": "From January 2008",
    "growth_plan": "for 2024 to 2027",
    "hybrid_team": "before the elections of 2020",
    "zone_at_sea": "From January 2008",
}
"""What is planned when the event comes, and told so."""


@pytest.mark.parametrize("name", [name for name, _ in shipped()])
def test_no_text_of_an_event_names_a_date_that_lies_ahead(name: str) -> None:
    book = load(name).book
    start = month_index(book.scenario.start_date)
    ahead = []
    for event in book.rulebook.events:
        if event.id not in book.index:
            continue
        told = month_index(event.date) if event.date else start
        text = event.text.replace(PLANS.get(event.id, "\n"), "")
        for month, year in DATE.findall(text):
            at = int(year) * 12 + (MONTHS[month] - 1 if month else 0)
            if at > told:
                ahead.append(f"{event.id}: {month} {year}")
    assert ahead == []
