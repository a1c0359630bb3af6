"""What must be read is read whole, at the sizes of common screens: the bar, the way to membership, councils, orders."""

from __future__ import annotations

import pygame
import pytest

from game.desktop.app import App
from game.desktop.page import BAR
from game.desktop.screens.council import CouncilScreen
from game.desktop.ui.ledger import Entry, Ledger
from game.rules import Ruleset, compile_rules
from game.scenario import Scenario, load
from game.session import Game

SIZES = [(1280, 720), (1366, 768), (1920, 1080)]


@pytest.fixture(scope="session")
def tutorial() -> tuple[Scenario, Ruleset]:
    scenario = load("tutorial")
    return scenario, compile_rules(scenario.book)


def drawn(app: App) -> list[Entry]:
    ledger = Ledger(app.size)
    app.settle(ledger)
    assert ledger.entries
    return ledger.entries


def begun(app: App, tutorial: tuple[Scenario, Ruleset], turns: int, size: tuple[int, int]) -> App:
    """The tutorial without its guide after some turns, at a size of the window."""
    game = Game.new(tutorial[0], ["croatia"], seed=1, ruleset=tutorial[1])
    for _turn in range(turns):
        game.end_turn()
    app.resize(size)
    app.change(app.settings.but(guided=["tutorial"]))
    app.take_up(game)
    app.settle()
    app.close_card()
    return app


@pytest.mark.parametrize("scale", [1.0, 1.3, 1.6])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_in_the_bar_is_cut(
    app: App, tutorial: tuple[Scenario, Ruleset], size: tuple[int, int], scale: float
) -> None:
    begun(app, tutorial, 2, size)
    app.change(app.settings.but(scale=scale))
    bar = [entry for entry in drawn(app) if entry.rect.bottom < app.kit.px(BAR) and entry.layer >= 0]
    title = tutorial[0].book.scenario.title  # beside the name of the program, in the widest bar
    assert [e.text for e in bar if e.shortened and not title.startswith(e.text[:8])] == []
    assert any(entry.text.startswith(("+", "−")) for entry in bar), "the score's change is shown"


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_who_stands_in_the_way_is_told_whole(
    app: App, tutorial: tuple[Scenario, Ruleset], size: tuple[int, int]
) -> None:
    begun(app, tutorial, 0, size)
    told = drawn(app)
    assert any(entry.text.startswith("Below nought: ") and not entry.shortened for entry in told)
    assert not any(entry.shortened and "The border in Piran Bay" in entry.text for entry in told)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_titles_of_orders_that_matter_now_are_whole(
    app: App, tutorial: tuple[Scenario, Ruleset], size: tuple[int, int]
) -> None:
    """All of them are in view, and none is cut: whom an order concerns stands at its end."""
    begun(app, tutorial, 0, size)
    desk = app.desk
    assert desk is not None and desk.ahead is not None
    tiles = [app.top.ui.node(f"order:{order}") for order in desk.ahead.advice]
    panel = app.screen.orders.rect(app.kit)  # type: ignore[attr-defined]
    assert all(tile is not None and panel.contains(tile.rect) for tile in tiles)
    titles = [entry for entry in drawn(app) if entry.text.startswith("Pledge")]
    assert titles and not any(entry.shortened for entry in titles)


def test_the_tip_of_a_tab_leaves_its_orders_in_view(app: App, tutorial: tuple[Scenario, Ruleset]) -> None:
    begun(app, tutorial, 0, (1280, 720))
    tab = app.top.ui.node("orders_tab:all")
    assert tab is not None and tab.tip is not None
    app.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=tab.rect.center, rel=(0, 0), buttons=(0, 0, 0)))
    app.frame(now=1.0)
    tip = app.top.ui.node("tip0")
    assert tip is not None and tip.rect.bottom <= tab.rect.top


def test_ones_own_name_is_left_out_of_what_an_order_does(app: App, tutorial: tuple[Scenario, Ruleset]) -> None:
    begun(app, tutorial, 0, (1280, 720))
    told = [entry.text for entry in drawn(app)]
    assert "Support for NATO +4" in told and "Support for NATO, Croatia +4" not in told


def test_tabs_of_councils_are_whole(app: App, tutorial: tuple[Scenario, Ruleset]) -> None:
    begun(app, tutorial, 0, (1280, 720))
    app.open("council")
    screen = app.screen
    assert isinstance(screen, CouncilScreen)
    titles = {one.title for one in screen.views}
    assert titles <= {entry.text for entry in drawn(app) if not entry.shortened and entry.rect.x < app.kit.px(400)}
