"""What history knows of an event is told below its text, as the record, wherever the text is shown."""

from __future__ import annotations

import gettext
from collections.abc import Iterator

import pytest

from game import text
from game.classroom.views import desk_json, history_json
from game.rules import compile_rules
from game.scenario import load_texts
from game.session import Game
from game.terminal.turn import card_screen, news_screen
from game.views import Sight, card, history
from game.views.library import entry
from game.views.record import foretells
from tests.scenario.tiny import changed, mistakes, place

TEXT = "    text: Boats of {a} and {b} fired at each other.\n"
RECORD = "In 1911 boats of {a} fired first."


def _files(record: str = RECORD) -> dict[str, bytes]:
    return changed("tiny/events.yaml", TEXT, f"{TEXT}    record: '{record}'\n")


@pytest.fixture(scope="module")
def game() -> Game:
    """A game in which shots wait for an answer and have been in the news."""
    scenario = load_texts(_files())
    game = Game.new(scenario, ["arda"], seed=3, ruleset=compile_rules(scenario.book))
    while (waiting := card(Sight(game, "arda"))) is None or waiting.event != "clash":
        game.end_turn()
    return game


def test_a_card_and_the_news_keep_the_record_apart_from_the_text(game: Game) -> None:
    waiting = card(Sight(game, "arda"))
    assert waiting is not None and waiting.text.startswith("Boats of Arda") and "1911" not in waiting.text
    assert waiting.record == "From the record: In 1911 boats of Arda fired first."
    items = [item for item in history(Sight(game, "arda")) if item.headline.startswith("Shots between Arda")]
    assert items and {item.record for item in items} == {waiting.record}
    assert all("1911" not in item.text for item in items)
    assert all(not item.record for item in history(Sight(game, None)) if not item.headline.startswith("Shots"))


def test_terminal_and_classroom_show_it_below_the_text(game: Game) -> None:
    record = "From the record: In 1911 boats of Arda fired first."
    sight = Sight(game, "arda")
    for screen in (card_screen(sight), news_screen(sight)):
        lines = [getattr(part, "text", "") for part in screen]
        at = lines.index(record)
        assert "Boats of Arda" in lines[at - 1]
    shown = desk_json(game, "arda")["card"]
    assert shown["record"] == record and "1911" not in shown["text"]
    assert record in {item["record"] for item in history_json(game, "arda")}


@pytest.fixture
def german() -> Iterator[None]:
    class Catalogue(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            known = {"events.clash.record": "1911 schoss {a} zuerst.", "From the record: {text}": "Verbürgt: {text}"}
            return known.get(message, message)

    token = text._catalogue.set(Catalogue())
    yield
    text._catalogue.reset(token)


def test_the_record_is_translated_like_the_text(game: Game, german: None) -> None:
    waiting = card(Sight(game, "arda"))
    assert waiting is not None and waiting.record == "Verbürgt: 1911 schoss Arda zuerst."


def test_a_slot_that_is_none_is_a_fault_of_the_record() -> None:
    files = _files("In 1911 {c} fired first.")
    where = place(files, "tiny/events.yaml", "'In 1911")
    assert mistakes(files) == [f"{where}: there is no slot 'c'"]


def test_a_record_of_a_later_year_waits_for_the_debrief() -> None:
    scenario = load_texts(_files("In 1911 boats of {a} fired, and in 2014 again."))
    game = Game.new(scenario, ["arda"], seed=3, ruleset=compile_rules(scenario.book))
    told: list[str] = []
    while not game.over:
        game.end_turn()
        sight = Sight(game, "arda")
        waiting = card(sight)
        told += [waiting.record] if waiting is not None else []
        if not game.over:
            told += [item.record for item in history(sight)]
    assert len(told) > 1 and not any(told)
    assert "From the record: In 1911 boats of Arda fired, and in 2014 again." in {
        item.record for item in history(Sight(game, "arda"))
    }


def test_the_present_year_is_no_future(game: Game) -> None:
    sight = Sight(game, "arda")
    year = sight.month // 12
    assert not foretells(sight, f"In {year}, under resolution 2244/1 and S/2099/45.")
    assert foretells(sight, f"From {year} to {year + 1}.")


def test_what_came_later_stands_last_in_an_entry_of_the_library() -> None:
    what = "what: Shared waters need shared rules."
    more = f"{what[:-1]} since 2007. They are many., history: In 1950 a dam broke. In 2014 it broke again. Nobody came."
    scenario = load_texts(changed("tiny/who.yaml", f"{what},", f"{more},"))
    game = Game.new(scenario, ["arda"], seed=3, ruleset=compile_rules(scenario.book))
    found = entry(Sight(game, "arda"), "lakes")
    assert found is not None
    assert [(section.head, section.text) for section in found.sections] == [
        ("", "Shared waters need shared rules since 2007. They are many."),
        ("In the record", "In 1950 a dam broke."),
        ("What came later, in the record", "In 2014 it broke again. Nobody came."),
    ]
    while not game.over:
        game.end_turn()
    found = entry(Sight(game, "arda"), "lakes")
    assert found is not None and [section.head for section in found.sections] == ["", "In the record"]


def test_every_answer_says_what_it_does_at_once_the_default_too(game: Game) -> None:
    waiting = card(Sight(game, "arda"))
    assert waiting is not None
    told = {row.id: row.at_once for row in waiting.choices}
    assert told["protest"][0].startswith("Tension") and told["protest"][0].endswith("+1")
    assert told["retaliate"][0] == "Political capital −2" and told["retaliate"][1].startswith("Tension")
    assert [row.id for row in waiting.choices if row.default] == ["protest"]
