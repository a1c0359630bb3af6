"""The further screens by keyboard: what keys do, what is queued, bound, filtered, exported."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pygame
import pytest

from game.desktop.app import App
from game.desktop.screen import Go
from game.desktop.screens import debrief
from game.desktop.screens.council import CouncilScreen
from game.desktop.screens.debrief import DebriefScreen, Export
from game.desktop.screens.deeds import Toggle
from game.desktop.screens.library import LibraryScreen
from game.desktop.screens.news import Kind, NewsScreen, Words
from game.desktop.screens.report import ReportScreen
from game.desktop.screens.settings import ConflictCard, SettingsScreen
from game.desktop.shots import shoot
from game.desktop.ui.kit import Kit
from game.desktop.ui.ledger import Ledger
from game.desktop.ui.meters import signed_meter
from game.desktop.ui.paint import Painter
from game.desktop.ui.ui import Follow
from game.rules import Ruleset
from game.scenario import Scenario, load
from game.session import Game
from game.session.forecast import Range
from game.session.home import saves_folder
from game.session.records import Resolved
from game.session.turning import Turning, turning_points
from game.views import Sight
from game.views.debrief import ladders
from game.views.library import entry, library


def press(app: App, key: int, text: str = "", mod: int = 0) -> None:
    app.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode=text))
    app.frame()


@pytest.fixture
def played(bucharest: tuple[Scenario, Ruleset], app: App) -> App:
    """A game of five turns on the desk, seen by a candidate."""
    game = Game.new(bucharest[0], ["north_macedonia"], seed=4, ruleset=bucharest[1])
    for _turn in range(5):
        game.end_turn()
    app.take_up(game)
    app.work.finish()
    app.close_card()
    return app


def keys_of(app: App) -> list[str]:
    return [node.key for root in app.top.ui.roots for node in root.walk() if node.reachable]


@pytest.mark.parametrize("key", ["r", "n", "k", "t", "g", "c", "l"])
def test_a_key_opens_each_screen_and_escape_closes_it(played: App, key: str) -> None:
    press(played, ord(key), key)
    name = played.screen.name
    assert name != "map"
    assert keys_of(played)
    press(played, pygame.K_TAB)
    assert played.top.ui.focus is not None
    press(played, pygame.K_ESCAPE)
    assert played.screen.name == "map"


def test_orders_are_queued_and_taken_back_from_the_council(played: App) -> None:
    played.obey(Go("council"))
    assert isinstance(played.screen, CouncilScreen)
    tree = [node for root in played.top.ui.roots for node in root.walk()]
    able = next(node for node in tree if isinstance(node.command, Toggle))
    assert played.desk is not None
    played.top.ui.set_focus(able.key)
    press(played, pygame.K_RETURN)
    assert isinstance(able.command, Toggle)
    assert able.command.order in played.desk.game.queue("north_macedonia")
    played.top.ui.set_focus(able.key)
    press(played, pygame.K_RETURN)
    assert able.command.order not in played.desk.game.queue("north_macedonia")


def test_objections_are_counted_and_named_never_a_share(played: App) -> None:
    played.obey(Go("council", "kosovo"))
    ledger = Ledger((1280, 720))
    played.frame(ledger=ledger)
    texts = [entry.text for entry in ledger.entries]
    assert not any("%" in text for text in texts)
    assert any("objection" in text for text in texts)


def test_earlier_reports_can_be_read_again(played: App) -> None:
    played.obey(Go("report"))
    screen = played.screen
    assert isinstance(screen, ReportScreen)
    assert screen.place == 4
    press(played, ord(","), ",")
    assert screen.place == 3


def test_news_are_filtered_by_kind_and_words(played: App) -> None:
    played.obey(Go("news"))
    screen = played.screen
    assert isinstance(screen, NewsScreen)
    everything = len(screen._items())
    played.obey(Kind("vote"))
    votes = screen._items()
    assert 0 < len(votes) < everything
    assert all(item.kind == "vote" for _at, item in votes)
    played.obey(Kind(""))
    played.obey(Words("kosovo"))
    assert 0 < len(screen._items()) < everything
    played.obey(Words("no such words"))
    played.frame()
    assert screen._items() == []


def test_the_library_follows_links_and_goes_back(played: App) -> None:
    played.obey(Go("library", "eapc"))
    screen = played.screen
    assert isinstance(screen, LibraryScreen)
    tip = screen.term("nato")
    assert tip is not None and not isinstance(tip.text, str)
    played.obey(Follow("nato"))
    assert screen.trail == ["eapc", "nato"]
    played.frame()


def test_the_library_scrolls_to_the_entry_of_a_link(bucharest: tuple[Scenario, Ruleset], app: App) -> None:
    app.take_up(Game.new(bucharest[0], ["croatia"], seed=4, ruleset=bucharest[1]))
    app.open("library", "eapc")
    assert app.desk is not None
    ids = [row.id for row in library(app.desk.sight, "")]
    for term in (ids[-1], ids[0], ids[len(ids) // 2]):
        app.obey(Follow(term))
        ledger = Ledger(app.size)
        app.settle(ledger)
        found = entry(app.desk.sight, term)
        assert found is not None
        rows = [one for one in ledger.entries if one.text[:12] == found.title[:12] and one.rect.x < app.size[0] // 4]
        assert any(one.seen == one.rect for one in rows), term


def test_a_key_is_rebound_and_a_taken_one_is_asked_about(app: App) -> None:
    app.open("settings")
    app.frame()
    app.top.ui.set_focus("key:end_turn")
    press(app, pygame.K_RETURN)
    press(app, ord("j"), "j")
    assert app.settings.keys["end_turn"] == "j"
    app.top.ui.set_focus("key:end_turn")
    press(app, pygame.K_RETURN)
    press(app, ord("q"), "q")
    assert isinstance(app.screen.cards[-1], ConflictCard)
    press(app, pygame.K_ESCAPE)
    assert app.settings.keys["end_turn"] == "j"
    screen = app.screen
    assert isinstance(screen, SettingsScreen)
    screen.bind("end_turn", "q", swap=True)
    assert (app.settings.keys["end_turn"], app.settings.keys["queue"]) == ("q", "j")
    screen.bind("end_turn", "tab")
    assert app.settings.keys["end_turn"] == "q"


def test_settings_hold_at_once(app: App) -> None:
    app.open("settings")
    app.frame()
    app.top.ui.set_focus("set:patterns")
    press(app, pygame.K_SPACE)
    assert not app.settings.patterns
    app.top.ui.set_focus("scale")
    press(app, pygame.K_RIGHT)
    assert app.settings.scale == pytest.approx(1.1)
    app.change(app.settings.but(scale=0.8))
    before = app.kit.s
    app.top.ui.set_focus("scale")
    press(app, pygame.K_RIGHT)
    assert app.kit.s > before, "a scale that this window cannot have does not stand in the way"
    app.top.ui.set_focus("designation:eu")
    press(app, pygame.K_RETURN)
    assert app.settings.designation == "eu"


def finished(scenario: Scenario, ruleset: Ruleset, seat: str) -> Game:
    """A game that the computer has played to its end, with the seat then given to a person."""
    game = Game.new(scenario, [], seed=4, ruleset=ruleset)
    while not game.over:
        game.end_turn()
    game.hand_over(seat, "person")
    return game


def test_the_debrief_of_a_long_game_has_room_for_everything(
    bucharest: tuple[Scenario, Ruleset], app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    game = finished(*bucharest, "serbia")
    steps = [step.act.orders["serbia"] for step in game.steps if isinstance(step.act, Resolved)]
    points = tuple(
        Turning(place + 1, place, game.order(steps[place][0]), (), Range(-300, 10, 450), 25.0, 100)
        for place in range(len(steps))
        if steps[place]
    )[4:7]
    monkeypatch.setattr(debrief, "turning_points", lambda *args, **kinds: points)
    app.take_up(game)
    for tab in ("outcome", "turning", "decisions", "history"):
        app.open("debrief", tab)
        for size in ((1280, 720), (1920, 1080), (3840, 2160)):
            app.resize(size)
            ledger = Ledger(size)
            app.settle(ledger)
            assert ledger.entries
            assert ledger.faults() == []
            if tab == "outcome" and size[0] >= 1920:
                assert any(entry.text == "the record, if different" for entry in ledger.entries)


def test_the_debrief_finds_turning_points_and_exports(
    tiny: tuple[Scenario, Ruleset], app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debrief, "turning_points", partial(turning_points, futures=6))
    game = finished(*tiny, "arda")
    app.take_up(game)
    before = game.fingerprint
    app.open("debrief")
    ledger = Ledger((1280, 720))
    app.settle(ledger)
    assert ledger.faults() == []
    screen = app.screen
    assert isinstance(screen, DebriefScreen)
    assert screen.points is not None
    app.obey(Export())
    folder = saves_folder().parent / "exports"
    assert {Path(path).suffix for path in folder.iterdir()} == {".png", ".csv"}
    assert game.fingerprint == before


def test_ladders_and_library_of_a_shipped_scenario(bucharest: tuple[Scenario, Ruleset]) -> None:
    game = Game.new(bucharest[0], ["croatia"], seed=4, ruleset=bucharest[1])
    sight = Sight(game, "croatia")
    first = ladders(sight)[0]
    assert first.rungs[-1] == "Member"
    assert all(climb.start == climb.end for climb in first.climbs)
    assert "croatia" in [climb.thing for climb in first.climbs]
    found = entry(sight, "eapc")
    assert found is not None
    assert ("partnership_for_peace", "Partnership for Peace (PfP)") in found.links
    assert "[[partnership_for_peace|" in " ".join(section.text for section in found.sections)
    assert next(row.id for row in library(sight, "euro-atlantic partnership")) == "eapc"
    for row in library(sight):
        assert entry(sight, row.id) is not None


def test_a_bar_below_nought_goes_to_the_left() -> None:
    kit = Kit((400, 100))
    surface = pygame.Surface((400, 100))
    surface.fill(kit.theme.panel)
    rect = pygame.Rect(0, 40, 400, 20)
    signed_meter(Painter(surface, kit), rect, -10, -20, 20)
    colours = [tuple(surface.get_at((x, 50)))[:3] for x in (50, 150, 300)]
    assert colours == [tuple(kit.theme.track), tuple(kit.theme.bad), tuple(kit.theme.track)]


def test_the_debrief_shows_the_own_country_among_the_small_charts() -> None:
    known = load("kosovo_2023")
    ledger = Ledger((1280, 720))
    shoot(Game.new(known, ["kosovo"], seed=1), (1280, 720), "debrief", turns=2, ledger=ledger)
    first = next(entry for entry in ledger.entries if entry.text == "Kosovo*" and entry.rect.y > 300)
    assert first.rect.x < 300
