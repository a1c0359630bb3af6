"""Larger text in a small window: nothing off the screen, nothing over what matters."""

from __future__ import annotations

import pygame
import pytest

from game.desktop.app import App
from game.desktop.map.view import IN_SIGHT
from game.desktop.parts.event import EventCard
from game.desktop.settings import Settings
from game.desktop.shots import play_on, still_app
from game.desktop.ui.ledger import Ledger
from game.rules import Ruleset
from game.scenario import Scenario
from game.session import Game, autosave

SIZES = [((1280, 720), 1.0), ((1280, 720), 1.25), ((1920, 1080), 1.0), ((1920, 1080), 1.6)]
Known = tuple[Scenario, Ruleset]


def opened(known: Known, seat: str, size: tuple[int, int], scale: float) -> App:
    app = still_app(size, Settings(scale=scale))
    app.take_up(Game.new(known[0], [seat], seed=1, ruleset=known[1]))
    app.settle()
    return app


@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_the_whole_menu_is_on_the_screen(tiny: Known, size: tuple[int, int], scale: float) -> None:
    autosave(Game.new(tiny[0], ["arda"], seed=1, ruleset=tiny[1]))
    app = still_app(size, Settings(scale=scale))
    ledger = Ledger(size)
    app.settle(ledger)
    assert {"Continue", "Quit", "Open Door"} <= {entry.text for entry in ledger.entries}
    ledger.entries = [entry for entry in ledger.entries if entry.layer >= 0]
    assert ledger.faults() == []
    lines = [node for node in app.top.ui.roots[0].walk() if node.key.startswith("menu:")]
    assert len(lines) == 7 and all(app.kit.screen.contains(line.rect) for line in lines)


@pytest.mark.parametrize("seat", ["greece", "croatia", "kosovo"])
@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_the_own_country_is_in_sight(bucharest: Known, seat: str, size: tuple[int, int], scale: float) -> None:
    app = opened(bucharest, seat, size, scale)
    view, free = app.backdrop.view, app.backdrop.free
    for _time in range(2):
        rings = view.data.countries[seat].rings
        largest = max(rings, key=lambda ring: float((ring.max(axis=0) - ring.min(axis=0)).prod()))
        low, high = (view.camera.to_screen(tuple(end)) for end in (largest.min(axis=0), largest.max(axis=0)))
        bounds = pygame.Rect(low, (high[0] - low[0], high[1] - low[1]))
        seen = bounds.clip(free)
        assert seen.w * seen.h >= (IN_SIGHT - 0.05) * bounds.w * bounds.h
        app.act("map_home")
    app.close()


@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_the_legend_lies_over_no_panel(bucharest: Known, size: tuple[int, int], scale: float) -> None:
    app = opened(bucharest, "greece", size, scale)
    play = app.screen
    legend = app.top.ui.node("legend")
    assert (legend is not None) is (scale > 1), "it is folded where it would hide the map"
    if legend is not None:
        tall = legend.rect.h
        app.obey(legend.command)
        app.settle()
        ledger = Ledger(size)
        app.settle(ledger)
        assert "Partnership for Peace" in {entry.text for entry in ledger.entries if entry.layer >= 0}
        cross = app.top.ui.node("legend")
        assert cross is not None
        app.obey(cross.command)
        folded = app.top.ui.node("legend")
        assert folded is not None and folded.rect.h == tall
    assert app.desk is not None
    play_on(app.desk.game, 0, until_card=True)
    app.take_up(app.desk.game)
    app.settle()
    play = app.screen
    assert isinstance(play.cards[-1], EventCard)
    side = play.side.rect(app.kit)  # type: ignore[attr-defined]
    ledger = Ledger(size)
    app.settle(ledger)
    marks = [entry.rect for entry in ledger.entries if entry.text.startswith("Hotspot:") and entry.layer >= 0]
    assert all(not mark.colliderect(side) for mark in marks)
    assert bool(marks) is (scale == 1)
    app.close()
