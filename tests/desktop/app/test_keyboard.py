"""By keyboard alone: where Tab comes to, where a card begins, what Enter does, how an answer is changed."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest

from game.desktop.app import App
from game.desktop.parts.event import EventCard
from game.desktop.ui.ledger import Ledger
from game.rules import Ruleset, compile_rules
from game.scenario import Scenario, load
from game.session import Game

Press = Callable[..., None]


@pytest.fixture(scope="session")
def tutorial() -> tuple[Scenario, Ruleset]:
    scenario = load("tutorial")
    return scenario, compile_rules(scenario.book)


@pytest.fixture
def asked(app: App, tutorial: tuple[Scenario, Ruleset], press: Press) -> App:
    """The second turn of the tutorial, come to by keyboard, with its decision open and the guide beside it."""
    game = Game.new(tutorial[0], ["croatia"], seed=1, ruleset=tutorial[1])
    game.end_turn()
    app.take_up(game)
    app.settle()
    press(pygame.K_ESCAPE)
    press(pygame.K_TAB)
    press(pygame.K_x)
    app.settle()
    assert app.top.ui.keyboard and app.top.ui.node("guide:off") is not None
    return app


def event_card(app: App) -> EventCard:
    card = app.screen.cards[-1]
    assert isinstance(card, EventCard)
    return card


def walk(app: App, press: Press) -> list[str]:
    """What Tab comes to until it is where it began."""
    press(pygame.K_TAB)
    seen = [app.top.ui.focus or ""]
    for _stop in range(60):
        press(pygame.K_TAB)
        if app.top.ui.focus == seen[0]:
            return seen
        seen.append(app.top.ui.focus or "")
    raise AssertionError(f"Tab does not come round: {seen}")


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=str)
def test_tab_goes_past_the_order_to_the_end_of_the_turn(
    app: App, bucharest: tuple[Scenario, Ruleset], press: Press, size: tuple[int, int]
) -> None:
    app.resize(size)
    app.take_up(Game.new(bucharest[0], ["croatia"], seed=3, ruleset=bucharest[1]))
    app.settle()
    seen = walk(app, press)
    order = next(at for at, key in enumerate(seen) if key.startswith("order:"))
    assert seen[order + 1] == "enqueue", "the order's own button comes next"
    assert "end_turn" in seen[order:] and any(key.startswith("way:") for key in seen[order:])


def test_the_button_beside_an_order_queues_it_by_keyboard(playing: App, press: Press) -> None:
    desk = playing.desk
    assert desk is not None
    press(pygame.K_o)
    playing.handle(pygame.event.Event(pygame.KEYUP, key=pygame.K_o, mod=0))
    playing.frame()
    order = int((playing.top.ui.focus or "").removeprefix("order:"))
    press(pygame.K_TAB)
    assert playing.top.ui.focus == "enqueue"
    press(pygame.K_RETURN)
    assert desk.game.queue("arda") == (order,)
    assert playing.top.ui.node("enqueue") is not None, "it stays, to take the order back"
    press(pygame.K_RETURN)
    assert desk.game.queue("arda") == ()


def test_a_decision_begins_with_its_answers(asked: App, press: Press) -> None:
    assert asked.top.ui.focus == f"choice:{event_card(asked).picked}"
    press(pygame.K_RETURN)
    assert "tutorial" not in asked.settings.guided, "Enter does not end the guide"


def test_enter_marks_an_answer_and_again_gives_it(asked: App, press: Press) -> None:
    card, desk = event_card(asked), asked.desk
    assert desk is not None
    press(pygame.K_DOWN)
    wanted = (asked.top.ui.focus or "").removeprefix("choice:")
    press(pygame.K_RETURN)
    assert card.picked == wanted and desk.game.queue("croatia") == ()
    press(pygame.K_RETURN)
    assert not asked.screen.cards
    answer = next(row for row in card.waiting.choices if row.id == wanted) if card.waiting else None
    assert answer is not None and answer.order.queued


def test_an_answer_that_was_given_can_be_seen_and_changed(asked: App, press: Press) -> None:
    desk = asked.desk
    assert desk is not None
    for _time in range(2):
        press(pygame.K_2)
    press(pygame.K_x)
    card = event_card(asked)
    waiting = card.waiting
    assert waiting is not None and waiting.answered == waiting.choices[1].id == card.picked
    ledger = Ledger(asked.size)
    asked.settle(ledger)
    told = [entry.text for entry in ledger.entries]
    assert "Answered" in told and not any("already in the queue" in text for text in told)
    press(pygame.K_1)
    ledger = Ledger(asked.size)
    asked.settle(ledger)
    assert "Change to answer 1" in [entry.text for entry in ledger.entries]
    press(pygame.K_1)
    assert desk.game.queue("croatia") == (waiting.choices[0].order.order,)


def strike(app: App, text: str) -> None:
    """Type as a keyboard does: of each letter the key, its text, and its release."""
    for letter in text:
        key = pygame.key.key_code(letter)
        app.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=letter))
        app.handle(pygame.event.Event(pygame.TEXTINPUT, text=letter))
        app.handle(pygame.event.Event(pygame.KEYUP, key=key, mod=0))
        app.frame()


def test_the_key_of_the_search_is_not_typed_into_it(playing: App, press: Press) -> None:
    orders = playing.screen.orders  # type: ignore[attr-defined]
    strike(playing, "/gesture")
    assert orders.search == "gesture" and orders.rows()
    press(pygame.K_ESCAPE)
    assert orders.search == "" and playing.top.ui.focus is None and not playing.screen.cards
    strike(playing, "/")
    strike(playing, "a/r")
    assert orders.search == "a/r", "within it a slash is a letter"
    playing.top.ui.set_focus(None)
    strike(playing, "/r")
    assert orders.search == "r", "it begins anew"
    press(pygame.K_ESCAPE)
    press(pygame.K_ESCAPE)
    assert playing.screen.cards, "then Esc asks as ever"


def test_enter_gives_the_usual_answer_of_a_question(playing: App, press: Press) -> None:
    assert playing.desk is not None
    press(pygame.K_e)
    assert playing.screen.cards and playing.desk.game.turn == 1
    press(pygame.K_RETURN)
    playing.settle()
    assert not playing.screen.cards and playing.desk.game.turn == 2
