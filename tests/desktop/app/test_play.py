"""Playing by events: orders, undo, decisions, the turn's end, leaving, saving."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest

from game.desktop.app import App
from game.desktop.parts.event import EventCard
from game.desktop.settings import Settings
from game.desktop.shots import shoot, still_app
from game.desktop.ui.focus import hit
from game.desktop.ui.ledger import Ledger
from game.rules import Ruleset
from game.scenario import Scenario, shipped
from game.session import Game, load_game, saved_games


@pytest.fixture
def atlas(app: App, bucharest: tuple[Scenario, Ruleset]) -> App:
    """The app with a game whose countries the map knows."""
    app.take_up(Game.new(bucharest[0], ["croatia"], seed=4, ruleset=bucharest[1]))
    app.settle()
    return app


def first_order(app: App) -> int:
    assert app.desk is not None and app.desk.ahead is not None
    return app.desk.ahead.advice[0]


def test_an_order_is_queued_and_taken_back_by_mouse(playing: App, click: Callable[[str], None]) -> None:
    desk = playing.desk
    assert desk is not None
    order = first_order(playing)
    click(f"order:{order}")
    assert desk.game.queue("arda") == ()
    click("enqueue")
    assert desk.game.queue("arda") == (order,)
    click("undo")
    assert desk.game.queue("arda") == ()


def test_everything_can_be_done_by_keyboard(playing: App, press: Callable[..., None]) -> None:
    desk = playing.desk
    assert desk is not None
    press(pygame.K_o)
    assert playing.top.ui.keyboard and (playing.top.ui.focus or "").startswith("order:")
    press(pygame.K_RETURN)
    press(pygame.K_q)
    assert len(desk.game.queue("arda")) == 1
    press(pygame.K_z, pygame.KMOD_CTRL)
    assert desk.game.queue("arda") == ()
    press(pygame.K_RETURN)
    assert len(desk.game.queue("arda")) == 1, "chosen already: Enter queues it"
    turn = desk.game.turn
    press(pygame.K_e)
    playing.settle()
    assert desk.game.turn == turn + 1


def test_ending_a_turn_without_orders_asks_first(playing: App, press: Callable[..., None]) -> None:
    desk = playing.desk
    assert desk is not None
    press(pygame.K_e)
    assert playing.screen.cards and desk.game.turn == 1
    ledger = Ledger(playing.size)
    playing.settle(ledger)
    told = " ".join(entry.text for entry in ledger.entries)
    most = desk.game.ruleset.layout.quantities["purse"].high
    assert f"political capital is kept, {most} at most" in told, "only orders are lost with the turn"
    press(pygame.K_ESCAPE)
    assert not playing.screen.cards
    press(pygame.K_e)
    press(pygame.K_TAB)
    press(pygame.K_TAB)
    press(pygame.K_RETURN)
    playing.settle()
    assert desk.game.turn == 2
    assert saved_games(), "the turn's end keeps the game"


def test_pointing_at_an_order_forecasts_it(playing: App) -> None:
    desk = playing.desk
    assert desk is not None
    order = first_order(playing)
    node = playing.top.ui.node(f"order:{order}")
    assert node is not None
    at = node.rect.center
    playing.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
    assert desk.forecasting == (order,)
    playing.settle()
    known = desk.known_forecast((order,))
    assert known is not None and known.rows


def test_leaving_an_order_cancels_its_forecast(playing: App) -> None:
    desk = playing.desk
    assert desk is not None
    order = first_order(playing)
    node = playing.top.ui.node(f"order:{order}")
    assert node is not None
    for at in (node.rect.center, (playing.size[0] // 2, 300)):
        playing.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
    assert desk.forecasting is None
    playing.settle()
    assert desk.known_forecast((order,)) is None


def test_modes_and_selection(playing: App, press: Callable[..., None], click: Callable[[str], None]) -> None:
    press(pygame.K_2)
    assert playing.screen.mode == "prosperity"  # type: ignore[attr-defined]
    click("lands:belen")
    assert playing.screen.selected == "belen"  # type: ignore[attr-defined]
    press(pygame.K_v)
    assert playing.screen.selected == ""  # type: ignore[attr-defined]


def test_a_decision_opens_as_a_card_and_is_answered(app: App, tiny: tuple[Scenario, Ruleset]) -> None:
    game = Game.new(tiny[0], ["arda"], seed=3, ruleset=tiny[1])
    row = game.ruleset.layout.row("card[arda]")
    while not game.over and not int(game.column[row]):
        game.end_turn()
    assert not game.over
    app.take_up(game)
    app.settle()
    card = app.screen.cards[-1]
    assert isinstance(card, EventCard)
    waiting = card.waiting
    assert waiting is not None
    # The last answer that can be given: whether the first can depends on what the computer left in the purse.
    number, answer = [(at, row) for at, row in enumerate(waiting.choices, 1) if row.order.legal][-1]
    one = pygame.event.Event(pygame.KEYDOWN, key=pygame.K_0 + number, mod=0, unicode=str(number))
    app.handle(one)  # a digit marks an answer, again it gives it
    app.frame()
    assert app.screen.cards == [card] and card.picked == answer.id and not game.queue("arda")
    app.handle(one)
    app.frame()
    assert not app.screen.cards
    assert game.queue("arda") == (answer.order.order,)


def test_a_refused_answer_says_why_in_words_and_leaves_the_one_that_was_given(
    app: App, tiny: tuple[Scenario, Ruleset], press: Callable[..., None]
) -> None:
    game = Game.new(tiny[0], ["belen"], seed=0, ruleset=tiny[1])
    game.end_turn()
    app.take_up(game)
    app.settle()
    press(pygame.K_3)
    press(pygame.K_3)
    given = game.queue("belen")
    assert [game.ruleset.catalogue.entries[order].choice for order in given] == ["apologise"]
    press(pygame.K_x)
    press(pygame.K_2)
    press(pygame.K_2)
    assert game.queue("belen") == given
    ledger = Ledger(app.size)
    app.settle(ledger)
    told = " ".join(entry.text for entry in ledger.entries)
    assert "Belen is not strong enough." in told and "{a}" not in told


def test_two_people_hand_over(app: App, tiny: tuple[Scenario, Ruleset], click: Callable[[str], None]) -> None:
    game = Game.new(tiny[0], ["arda", "belen"], seed=3, ruleset=tiny[1])
    app.take_up(game)
    app.settle()
    app.screen.turn.finish()  # type: ignore[attr-defined]
    assert app.screen.name == "handover" and game.turn == 1
    app.frame()
    click("sit")
    assert app.desk is not None and app.desk.seat == "belen" and app.screen.name == "map"
    app.screen.turn.finish()  # type: ignore[attr-defined]
    app.work.finish()
    assert game.turn == 2 and app.screen.name == "handover" and app.screen.topic == "arda"


def test_the_computer_plays_all_seats_with_pause(app: App, tiny: tuple[Scenario, Ruleset]) -> None:
    app.take_up(Game.new(tiny[0], [], seed=3, ruleset=tiny[1]))
    assert app.desk is not None
    app.settle()
    assert app.desk.game.turn == 1
    app.act("pause")
    for second in range(40):
        app.frame(float(second * 3))
        if second == 3:
            app.act("pause")
            turn = app.desk.game.turn
            for later in range(5):
                app.frame(100.0 + later)
            assert app.desk.game.turn <= turn + 1
            app.act("pause")
    app.work.finish()
    assert app.desk.game.over


def test_saving_says_where_and_loads_again(playing: App, press: Callable[..., None]) -> None:
    press(pygame.K_s, pygame.KMOD_CTRL)
    assert playing.note is not None and "Saved" in playing.note.text
    game = load_game(saved_games()[0])
    assert playing.desk is not None and game.fingerprint == playing.desk.game.fingerprint


def test_a_broken_save_is_named(app: App) -> None:
    from game.desktop.loading import open_save
    from game.session import save_path

    path = save_path("broken")
    path.write_text("{", encoding="utf-8")
    open_save(app, path)
    app.work.poll()
    assert app.note is not None and path.name in app.note.text and app.screen.name == "menu"
    assert path.read_text(encoding="utf-8") == "{"


def test_escape_leaves_by_asking(playing: App, press: Callable[..., None]) -> None:
    press(pygame.K_ESCAPE)
    assert playing.screen.cards
    press(pygame.K_ESCAPE)
    assert not playing.screen.cards and playing.screen.name == "map"


def empty_spot(app: App) -> tuple[int, int]:
    """A place of the map that no widget covers."""
    at = (app.size[0] // 2, 120)
    assert hit(app.top.ui.roots, at) == (None, False)
    return at


def test_the_chosen_order_can_be_let_go(atlas: App, press: Callable[..., None], click: Callable[[str], None]) -> None:
    """By Esc, by the card's cross and by a click on the map; the first Esc does not ask to leave."""
    order, orders = first_order(atlas), atlas.screen.orders  # type: ignore[attr-defined]
    click(f"order:{order}")
    assert orders.chosen == order
    press(pygame.K_ESCAPE)
    assert orders.chosen is None and orders.focus is None and not atlas.screen.cards
    press(pygame.K_ESCAPE)
    assert atlas.screen.cards, "with nothing chosen it asks as before"
    press(pygame.K_ESCAPE)
    click(f"order:{order}")
    click("let_go")
    assert orders.chosen is None and atlas.top.ui.node("let_go") is None
    click(f"order:{order}")
    at = empty_spot(atlas)
    atlas.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    atlas.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))
    assert orders.chosen is None


def test_a_choice_does_not_outlive_its_turn(playing: App, click: Callable[[str], None]) -> None:
    """It would be queued by one click, with no forecast seen."""
    desk, orders = playing.desk, playing.screen.orders  # type: ignore[attr-defined]
    assert desk is not None
    order = first_order(playing)
    click(f"order:{order}")
    click("enqueue")
    assert orders.chosen == order, "queueing keeps it"
    click("enqueue")
    playing.screen.turn.finish()  # type: ignore[attr-defined]
    playing.settle()
    assert desk.game.turn == 2 and orders.chosen is None


def test_the_map_keeps_its_picture_in_a_window_of_another_size(atlas: App) -> None:
    before = atlas.backdrop.picture
    assert before is not None
    atlas.handle(pygame.event.Event(pygame.VIDEORESIZE, size=(1600, 900), w=1600, h=900))
    assert atlas.size == (1600, 900) and atlas.backdrop.picture == before


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("scale", [1.0, 1.4, 1.6])
def test_the_figures_stay_in_the_bar(bucharest: tuple[Scenario, Ruleset], size: tuple[int, int], scale: float) -> None:
    """Buttons become icons with tips before a figure goes."""
    app = still_app(size, Settings(scale=scale))
    app.take_up(Game.new(bucharest[0], ["croatia"], seed=4, ruleset=bucharest[1]))
    app.settle()
    shown = [node for node in app.top.ui.roots[0].walk() if node.key]
    keys = {node.key for node in shown}
    assert {"stat:clock", "stat:capital", "stat:list", "stat:medal"} <= keys
    ways = [node for node in shown if node.key.startswith("way:")]
    tabs = [node for node in shown if node.key.startswith("orders_tab:")]
    kit = app.kit
    assert all(node.tip is not None for node in tabs)
    assert all(node.tip is not None for node in ways if node.rect.w < kit.px(50))
    bar = [node.rect for node in shown if node.key.startswith(("stat:", "way:", "end_turn"))]
    assert all(not one.colliderect(other) for at, one in enumerate(bar) for other in bar[:at])
    app.close()


def test_a_note_leaves_the_buttons_of_a_decision_free(app: App, tiny: tuple[Scenario, Ruleset]) -> None:
    card = decided(app, tiny)
    app.say("Something was kept in a place whose name is long enough to make this note a wide one, as they often are.")
    app.frame()
    answer = app.top.ui.node("answer")
    assert app.screen.cards == [card] and answer is not None and app.note is not None
    assert not app._toast(app.note).rect.colliderect(answer.rect)


def decided(app: App, tiny: tuple[Scenario, Ruleset]) -> EventCard:
    """The card of the first decision that the tiny game asks of arda."""
    game = Game.new(tiny[0], ["arda"], seed=3, ruleset=tiny[1])
    row = game.ruleset.layout.row("card[arda]")
    while not game.over and not int(game.column[row]):
        game.end_turn()
    app.take_up(game)
    app.settle()
    card = app.screen.cards[-1]
    assert isinstance(card, EventCard)
    return card


def test_the_answer_taken_by_default_needs_two_presses_too(app: App, tiny: tuple[Scenario, Ruleset]) -> None:
    card = decided(app, tiny)
    assert card.waiting is not None and app.desk is not None
    at = next(at for at, row in enumerate(card.waiting.choices, 1) if row.id == card.picked)
    one = pygame.event.Event(pygame.KEYDOWN, key=pygame.K_0 + at, mod=0, unicode=str(at))
    app.handle(one)
    assert app.screen.cards == [card] and not app.desk.game.queue("arda")
    app.handle(one)
    assert not app.screen.cards and app.desk.game.queue("arda")


def test_the_default_answer_says_that_it_is_the_measure(app: App, tiny: tuple[Scenario, Ruleset]) -> None:
    decided(app, tiny)
    ledger = Ledger(app.size)
    app.settle(ledger)
    texts = [entry.text for entry in ledger.entries]
    assert "This happens without an answer" in texts
    assert "no difference to be seen" not in texts


def test_every_answer_says_first_what_it_does_at_once(app: App, tiny: tuple[Scenario, Ruleset]) -> None:
    card = decided(app, tiny)
    waiting = card.waiting
    assert waiting is not None
    ledger = Ledger(app.size)
    app.settle(ledger)
    texts = [entry.text for entry in ledger.entries]
    others = len(waiting.choices) - 1
    assert texts.count("At once") == len(waiting.choices)
    assert texts.count("In the end, against the default") == others - sum(
        bool(one.order.reasons) for one in waiting.choices if not one.default
    )
    assert not ledger.faults()


@pytest.mark.parametrize(("size", "note"), [((1280, 720), "last turn"), ((1920, 1080), "last 3 turns")])
def test_the_note_over_figures_names_the_turns_they_cover(
    bucharest: tuple[Scenario, Ruleset], size: tuple[int, int], note: str
) -> None:
    ledger = Ledger(size)
    shoot(Game.new(bucharest[0], ["croatia"], seed=4, ruleset=bucharest[1]), size, "map", turns=3, ledger=ledger)
    assert {entry.text for entry in ledger.entries if entry.text.startswith("last ")} == {note}


def test_an_arrow_begins_where_nothing_has_the_focus(app: App, press: Callable[..., None]) -> None:
    app.settle()
    press(pygame.K_TAB)
    first = app.top.ui.focus
    app.top.ui.reset()
    press(pygame.K_DOWN)
    assert first is not None and app.top.ui.focus == first


def test_enter_takes_over_the_screen(app: App, tiny: tuple[Scenario, Ruleset], press: Callable[..., None]) -> None:
    app.take_up(Game.new(tiny[0], ["arda", "belen"], seed=3, ruleset=tiny[1]))
    app.settle()
    app.screen.turn.finish()  # type: ignore[attr-defined]
    app.frame()
    assert app.screen.name == "handover"
    press(pygame.K_RETURN)
    assert app.desk is not None and app.desk.seat == "belen" and app.screen.name == "map"


def test_the_advisers_average_is_called_one(app: App, game: Game) -> None:
    app.take_up(game)
    app.settle()
    app.open("adviser")
    ledger = Ledger(app.size)
    app.settle(ledger)
    texts = [entry.text for entry in ledger.entries]
    assert any(text.startswith("on average ") for text in texts), texts


def test_menu_to_game_by_keyboard(app: App, press: Callable[..., None]) -> None:
    app.settle()
    press(pygame.K_TAB)
    press(pygame.K_RETURN)
    app.settle()
    assert app.screen.name == "setup"
    node = app.top.ui.node("start")
    assert node is not None and node.command is not None
    app.obey(node.command)
    app.settle()
    assert app.screen.name == "map" and app.desk is not None


def test_enter_on_the_menu_begins_and_first_steps_come_first(app: App, press: Callable[..., None]) -> None:
    """Whoever has played nothing yet finds the scenario that teaches the game, and Enter begins."""
    app.settle()
    press(pygame.K_RETURN)
    app.settle()
    assert app.screen.name == "setup"
    assert app.screen.picked == app.screen.listed[0].id == "tutorial"  # type: ignore[attr-defined]
    ledger = Ledger(app.size)
    app.settle(ledger)
    assert any(entry.text.startswith("Start here") for entry in ledger.entries)


def test_who_has_played_finds_the_scenarios_by_date(app: App) -> None:
    app.change(app.settings.but(guided=["tutorial"]))
    app.open("setup")
    app.settle()
    listed = [line.id for line in app.screen.listed]  # type: ignore[attr-defined]
    assert listed == [ident for ident, _title in shipped()]
    assert app.screen.picked == listed[0]  # type: ignore[attr-defined]
