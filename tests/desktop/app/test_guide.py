"""The coach: every step is completed by what it asks for, can be left, and is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest

from game.desktop.app import App
from game.desktop.parts.event import Answered
from game.desktop.parts.orders import Ask, Choose
from game.desktop.parts.turn import EndNow
from game.desktop.screen import Back
from game.desktop.screens.council import CouncilScreen
from game.desktop.settings import Store
from game.rules import Ruleset, compile_rules
from game.scenario import Scenario, load
from game.session import Game
from game.views.guide import guide, guide_step


@pytest.fixture(scope="session")
def tutorial() -> tuple[Scenario, Ruleset]:
    scenario = load("tutorial")
    return scenario, compile_rules(scenario.book)


@pytest.fixture
def taught(app: App, tutorial: tuple[Scenario, Ruleset]) -> Iterator[App]:
    app.take_up(Game.new(tutorial[0], ["croatia"], seed=1, ruleset=tutorial[1]))
    app.settle()
    yield app


def step(app: App) -> str:
    app.frame()
    found = app.coach.step()
    return found.id if found is not None else ""


def the_stage(game: Game) -> int:
    """Croatia's order that asks for the next stage."""
    names = game.ruleset.catalogue.template
    (stage,) = (int(one) for one in game.legal("croatia").nonzero()[0] if names[one] == "request_stage")
    return stage


def test_the_first_two_turns_lead_from_step_to_step(taught: App, click: Callable[[str], None]) -> None:
    app = taught
    assert step(app) == "welcome"
    click("guide:on")
    assert step(app) == "goal"
    click("way:objectives")
    assert step(app) == "goals_read" and app.top.ui.node("guide") is not None
    app.obey(Back())
    assert step(app) == "councils", "closing the screen counts as having read it"
    click("way:council")
    assert step(app) == "margins"
    screen = app.screen
    assert isinstance(screen, CouncilScreen)
    meets = next(one.id for one in screen.views if one.meets)
    assert screen._council().id == screen.views[0].id != meets, "the one that meets has nobody before it"
    click("guide:on")
    app.obey(Back())
    assert step(app) == "look_ahead"
    assert app.desk is not None and app.desk.ahead is not None
    order = app.desk.ahead.advice[0]
    app.obey(Ask(order))
    app.settle()
    assert step(app) == "first_order"
    app.obey(Choose(order))
    app.obey(Choose(order))
    assert step(app) == "end_first"
    app.obey(EndNow())
    app.settle()
    assert app.screen.name == "report" and step(app) == "report"
    app.obey(Back())
    app.settle()
    assert app.screen.cards and step(app) == "decision"
    assert app.top.ui.node("guide:off") is not None, "it can be left from within the card"
    app.obey(Answered())
    assert step(app) == "stage"
    stage = the_stage(app.desk.game)
    app.obey(Choose(stage))
    app.obey(Choose(stage))
    assert step(app) == "canvass"


def test_a_guide_that_was_left_stays_away(taught: App, click: Callable[[str], None], home: Path) -> None:
    click("guide:off")
    assert step(taught) == "" and taught.top.ui.node("guide") is None
    assert list(Store().settings.guided) == ["tutorial"]


def test_it_goes_on_by_keyboard(taught: App, press: Callable[..., None]) -> None:
    taught.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_F2, mod=0, unicode=""))
    assert step(taught) == "goal"


def test_a_scenario_without_a_guide_has_no_coach(playing: App) -> None:
    assert step(playing) == "" and playing.top.ui.node("guide") is None


def test_several_people_are_not_guided(tutorial: tuple[Scenario, Ruleset]) -> None:
    from game.views import Sight

    game = Game.new(tutorial[0], ["croatia"], seed=1, ruleset=tutorial[1])
    assert len(guide(Sight(game, "croatia"))) == len(tutorial[0].book.scenario.guide)
    assert guide(Sight(game, None)) == ()
    first = guide_step(Sight(game, "croatia"), frozenset())
    assert first is not None and first.number == 1


def test_what_cannot_be_given_is_not_asked_for(tutorial: tuple[Scenario, Ruleset]) -> None:
    from game.views import Sight

    game = Game.new(tutorial[0], ["croatia"], seed=1, ruleset=tutorial[1])
    game.submit("croatia", the_stage(game))
    game.end_turn()
    steps = {one.id: one.done for one in guide(Sight(game, "croatia"))}
    assert steps["stage"] and not steps["canvass"], "it was asked for in turn one"
