"""Talks and councils in which there is nothing left to do, and empty chairs in the news: Kosovo, 2023."""

from __future__ import annotations

import pytest

from game.desktop.app import App
from game.desktop.screen import Go
from game.desktop.screens.deeds import Toggle
from game.desktop.screens.news import Kind, NewsScreen
from game.desktop.ui.ledger import Ledger
from game.rules import Ruleset, compile_rules
from game.scenario import Scenario, load
from game.session import Game


@pytest.fixture(scope="module")
def kosovo() -> tuple[Scenario, Ruleset]:
    scenario = load("kosovo_2023")
    return scenario, compile_rules(scenario.book)


@pytest.fixture
def at_table(app: App, kosovo: tuple[Scenario, Ruleset]) -> App:
    app.take_up(Game.new(kosovo[0], ["kosovo", "serbia"], seed=3, ruleset=kosovo[1]))
    app.settle()
    app.close_card()
    return app


def shown(app: App, screen: str, topic: str = "") -> list[str]:
    app.obey(Go(screen, topic))
    ledger = Ledger(app.size)
    app.settle(ledger)
    return [entry.text for entry in ledger.entries]


def test_a_dossier_that_is_over_has_no_axis(at_table: App) -> None:
    assert "WHERE THEY STAND" in shown(at_table, "dialogue", "association")
    over = shown(at_table, "dialogue", "name_issue")
    assert "The name issue" in over and "WHERE THEY STAND" not in over


def test_a_council_with_no_step_left_to_decide_says_so_twice_and_nothing_of_an_empty_room(at_table: App) -> None:
    texts = shown(at_table, "council", "croatia")
    assert texts.count("No step is left to decide") == 2
    assert "Nobody sits in this council." not in texts and "MARGIN OF EVERY MEMBER" not in texts
    assert not [text for text in texts if text.endswith("→")]


def test_an_empty_chair_is_news_of_the_talks(at_table: App) -> None:
    assert at_table.desk is not None
    game = at_table.desk.game
    game.submit("kosovo", game.order("kosovo.attend_talks.association"))
    game.end_turn()
    at_table.desk.changed(turn=True)
    shown(at_table, "news")
    assert isinstance(at_table.screen, NewsScreen)
    at_table.obey(Kind("talks"))
    (item,) = [item for _at, item in at_table.screen._items()]
    assert item.headline.endswith(": an empty chair")
    nodes = [node.key for root in at_table.top.ui.roots for node in root.walk()]
    assert "news:kind:talks" in nodes


def test_an_order_that_is_refused_names_whom_the_reason_is_about(at_table: App) -> None:
    assert at_table.desk is not None
    order = at_table.desk.game.order("kosovo.stand_firm.montenegro")
    shown(at_table, "council")
    at_table.obey(Toggle(order))
    assert at_table.note is not None and at_table.note.text == "There is no crisis with Montenegro."
