"""Names by date, lists of names, months, the designation of Kosovo."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from game.rules import compile_rules
from game.scenario import load_texts
from game.scenario.models import ThingModel
from game.session import Game
from game.views import Sight, history, report, scenario_card
from game.views.names import Designation, Names, listed, month_name, turn_name
from tests.scenario.tiny import changed, mistakes

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


BELEN = "{before: 2001-07, name: Old Belen}"


def _with(name: str) -> dict[str, bytes]:
    return changed("tiny/vocabulary.yaml", BELEN, name)


def _game(name: str) -> Game:
    scenario = load_texts(_with(name))
    return Game.new(scenario, ["belen"], seed=3, ruleset=compile_rules(scenario.book))


def test_a_name_ends_with_its_condition_and_the_past_keeps_it() -> None:
    game = _game("{unless: 'status[belen] == member', name: Old Belen}")
    (seat,) = (one for one in scenario_card(game.scenario).seats if one.seat == "belen")
    assert seat.name == "Old Belen"
    game.end_turn()
    game.inject("Belen joins", {"status[belen]": 3})
    game.end_turn()
    sight = Sight(game, None)
    assert sight.names.plain("belen") == "Belen"
    told = [" ".join((item.headline, item.text)) for item in history(sight) if "belen" in item.things]
    first, last = report(sight, 0), report(sight)
    assert first is not None and any("Old Belen" in row.title for row in first.changes)
    assert last is not None and not any("Old Belen" in row.title for row in last.changes)
    assert any("Old Belen" in line for line in told)
    replayed = Game.new(game.scenario, ["belen"], seed=3, ruleset=game.ruleset)
    assert Sight(replayed, None).names.plain("belen") == "Old Belen"


def test_a_month_and_a_condition_end_a_name_whichever_comes_first() -> None:
    early = _game("{before: '2000-01', unless: 'status[belen] == member', name: Old Belen}")
    assert Sight(early, None).names.plain("belen") == "Belen"
    late = _game("{before: '2050-01', unless: 'status[belen] == member', name: Old Belen}")
    assert Sight(late, None).names.plain("belen") == "Old Belen"
    late.inject("Belen joins", {"status[belen]": 3})
    assert Sight(late, None).names.plain("belen") == "Belen"


@pytest.mark.parametrize(
    ("ends", "message"),
    [
        ("", "an earlier name says until when: 'before' (a month), 'unless' (a condition) or both"),
        ("unless: 'status[belen] == membr', ", "'membr' is not a rung of membership (did you mean 'member'?)"),
        ("unless: 'status[league] == member', ", "'status' has no 'league'"),
        ("unless: 'support[belen] > 50', ", "not everybody sees 'support'; a name depends on what is public"),
        ("unless: 'status[belen] + 1 > 2', ", "a name's condition compares quantities of named things, as in"),
    ],
)
def test_a_name_that_is_wrong_says_so(ends: str, message: str) -> None:
    (line,) = mistakes(_with(f"{{{ends}name: Old Belen}}"))
    assert line.startswith("tiny/vocabulary.yaml:9:") and message in line
