"""The rules in sentences: what people read is what the rules say."""

from __future__ import annotations

import pytest

from game.scenario import expression as ex
from game.scenario import load
from game.scenario.effect import read_effect
from game.scenario.language import Reader
from game.scenario.phrase import Phrases
from game.views.handbook import pages
from tests.scenario.tiny import DATA


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return Phrases(load(DATA / "tiny.yaml").book)


def _number(phrases: Phrases, text: str) -> str:
    return phrases.number(Reader(phrases.book.vocabulary, {"a": "states", "b": "states"}).expression(text))


def _truth(phrases: Phrases, text: str) -> str:
    return phrases.truth(Reader(phrases.book.vocabulary, {"a": "states", "b": "states"}).truth(text))


def test_numbers_in_words(phrases: Phrases) -> None:
    tension = phrases.titles["tension"]
    assert _number(phrases, "0.5 * tension[a, b] - 3") == f"0.5 × {tension} [*a*, *b*] − 3"
    assert _number(phrases, "bound(tension[a, b], 10, 20)") == f"{tension} [*a*, *b*], kept between 10 and 20"
    assert _number(phrases, "2 if tension[a, b] > 40 else 1") == f"2 if {tension} [*a*, *b*] is above 40, else 1"
    assert _number(phrases, "tension[arda, belen] / 4") == f"{tension} [Arda, Belen] divided by 4"


def test_conditions_in_words(phrases: Phrases) -> None:
    assert _truth(phrases, "a != b") == "*a* is not *b*"
    assert _truth(phrases, "status[a] >= member") == f"{phrases.titles['status']} [*a*] is at least “Member”"
    assert _truth(phrases, "before('2001-07')") == "the date is below 2001-07"


def test_effects_in_words(phrases: Phrases) -> None:
    reader = Reader(phrases.book.vocabulary, {"a": "states"})
    support = phrases.titles["support"]
    assert phrases.effect(read_effect(reader, "support[a] += 2 per quarter")) == f"{support} [*a*] +2 a quarter"
    assert phrases.effect(read_effect(reader, "support[a] -= 2")) == f"{support} [*a*] −2"
    assert (
        phrases.effect(read_effect(reader, "support[a] -= 0.5 * support[a]"))
        == f"{support} [*a*] falls by 0.5 × {support} [*a*]"
    )
    late = read_effect(reader, "support[a] += 1 after 6 months")
    assert isinstance(late, ex.Assignment)
    assert phrases.effect(late).endswith("+1, after 6 months")


def test_every_item_of_the_book_is_in_the_handbook() -> None:
    book = load(DATA / "tiny.yaml").book
    written = pages([book])
    for action in book.rulebook.actions:
        assert f"## {action.title}" in written["orders.md"]
    for event in book.events:
        assert f"## {event.title}" in written["events.md"]
    for rule in book.rules:
        assert rule.title in written["drift.md"]
    for quantity in book.rulebook.quantities:
        assert f"`{quantity.id}`" in written["quantities.md"]
    for define in book.defines.values():
        assert define.title in written["formulas.md"]


def test_what_only_some_scenarios_have_says_so() -> None:
    tutorial, bucharest = load("tutorial").book, load("bucharest_2008").book
    written = pages([tutorial, bucharest])
    only = {event.id for event in bucharest.events} - {event.id for event in tutorial.events}
    title = next(event.title for event in bucharest.rulebook.events if event.id in only)
    section = written["events.md"].split(f"## {title}\n")[1].split("\n## ")[0]
    assert "- In play in: Bucharest 2008." in section
