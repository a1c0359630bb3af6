"""Names by date, lists of names, months, the designation of Kosovo."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from game.scenario.models import ThingModel
from game.views.names import Designation, Names, listed, month_name, turn_name

KOSOVO = ThingModel(id="kosovo", name="Kosovo")
SKOPJE = ThingModel.model_validate(
    {
        "id": "north_macedonia",
        "name": "North Macedonia",
        "names": [
            {"before": "2019-02", "name": "the former Yugoslav Republic of Macedonia"},
        ],
    }
)


def names(month: int = 2008 * 12, designation: Designation = "period") -> Names:
    book = SimpleNamespace(rulebook=SimpleNamespace(things=[KOSOVO, SKOPJE]))
    return Names(cast(Any, book), month, designation)


@pytest.mark.parametrize(
    ("month", "name"),
    [(2019 * 12, "the former Yugoslav Republic of Macedonia"), (2019 * 12 + 1, "North Macedonia")],
)
def test_a_name_changes_with_its_month(month: int, name: str) -> None:
    assert names(month).plain("north_macedonia") == name


def test_a_name_at_the_head_of_a_sentence_has_a_capital() -> None:
    assert names().label("north_macedonia").startswith("The former")
    filled = names().fill("{actor} waits for {other}", {"actor": "north_macedonia", "other": "kosovo"})
    assert filled == "The former Yugoslav Republic of Macedonia waits for Kosovo"


@pytest.mark.parametrize(("designation", "word"), [("period", "1244"), ("eu", "ICJ")])
def test_the_designation_of_kosovo_follows_the_setting(designation: Designation, word: str) -> None:
    shown = names(designation=designation)
    assert shown.label("kosovo") == "Kosovo*"
    (note,) = shown.footnotes()
    assert note.startswith("* ") and word in note
    assert shown.plain("kosovo") == "Kosovo"


def test_without_a_designation_there_is_no_footnote() -> None:
    assert names(designation="none").label("kosovo") == "Kosovo"
    assert names(designation="none").footnotes() == ()


def test_months_and_lists_in_words() -> None:
    assert month_name(2007 * 12) == "January 2007"
    assert turn_name(2007 * 12, 3) == "January to March 2007"
    assert turn_name(2007 * 12 + 11, 3) == "December 2007 to February 2008"
    assert turn_name(2007 * 12 + 3, 1) == "April 2007"
    assert listed(["Greece"]) == "Greece"
    assert listed(["Greece", "France", "Italy"]) == "Greece, France and Italy"
