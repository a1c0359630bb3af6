"""Several people at one screen: who is due, what each of them is shown, and what a save remembers of it."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.desktop.app import App
from game.desktop.screen import ToMenu
from game.desktop.screens.menu import Continue
from game.rules import Ruleset
from game.scenario import Scenario
from game.session import Game, saved_games


def seated(app: App, tiny: tuple[Scenario, Ruleset]) -> Game:
    game = Game.new(tiny[0], ["arda", "belen"], seed=3, ruleset=tiny[1])
    app.take_up(game)
    app.settle()
    return game


def finish(app: App) -> None:
    app.screen.turn.finish()  # type: ignore[attr-defined]
    app.settle()


def go_on(app: App) -> Game:
    """To the main menu, and on with the newest save."""
    app.obey(ToMenu())
    app.settle()
    app.obey(Continue(saved_games()[0]))
    app.settle()
    assert app.desk is not None
    return app.desk.game


def test_going_on_hands_over_to_whose_turn_it_is(
    app: App, tiny: tuple[Scenario, Ruleset], click: Callable[[str], None]
) -> None:
    game = seated(app, tiny)
    finish(app)
    click("sit")
    finish(app)
    assert game.turn == 2
    click("sit")
    app.settle()
    app.back()
    order = next(int(at) for at in game.legal("arda").nonzero()[0])
    assert app.desk is not None and app.desk.seat == "arda"
    app.desk.submit(order)
    finish(app)
    click("sit")
    again = go_on(app)
    assert again.turn == 2 and again.handed_in == {"arda"} and again.queue("arda") == (order,)
    assert app.screen.name == "handover" and app.screen.topic == "belen" and app.desk.seat == "belen"


def test_the_first_turn_is_kept_too_once_somebody_has_finished(app: App, tiny: tuple[Scenario, Ruleset]) -> None:
    seated(app, tiny)
    finish(app)
    again = go_on(app)
    assert again.turn == 1 and again.handed_in == {"arda"}
    assert app.screen.name == "handover" and app.screen.topic == "belen"


def test_a_game_of_one_person_goes_on_at_the_map(playing: App, press: Callable[..., None]) -> None:
    finish(playing)
    go_on(playing)
    assert playing.screen.name == "map"


def test_everybody_reads_the_report_before_the_map(
    app: App, tiny: tuple[Scenario, Ruleset], click: Callable[[str], None], press: Callable[..., None]
) -> None:
    seated(app, tiny)
    finish(app)
    click("sit")
    assert app.screen.name == "map", "no turn has ended yet"
    finish(app)
    for seat in ("arda", "belen"):
        assert app.screen.name == "handover" and app.screen.topic == seat
        click("sit")
        app.settle()
        assert app.screen.name == "report" and app.desk is not None and app.desk.seat == seat
        press(pygame.K_ESCAPE)
        assert app.screen.name == "map"
        app.back()
        while app.screen.cards:
            app.close_card()
        finish(app)
