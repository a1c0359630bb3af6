"""The window: a display, its events, its frames; and what happens when the program fails."""

from __future__ import annotations

import os
import sys
import time

import pygame

from game.desktop.app import App
from game.desktop.crash import last_crash, write_bundle
from game.desktop.loading import open_save
from game.desktop.screen import Back, Card
from game.desktop.ui.node import Command, Node
from game.desktop.ui.overlays import Answer, question
from game.desktop.ui.ui import Ui
from game.session import Game, saved_games
from game.text import _
from game.views import Designation

SIZE = (1600, 900)
FRAMES = 60
SWITCH_SECONDS = 0.001  # how long the frames may have to wait for the thread of long work


def open_display(fullscreen: bool) -> pygame.Surface:
    """Open the window. Raises pygame.error where there is no display."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    pygame.display.init()
    pygame.font.init()
    pygame.display.set_caption("Open Door")
    flags = pygame.RESIZABLE | (pygame.FULLSCREEN if fullscreen else 0)
    desktop = pygame.display.get_desktop_sizes()[0]
    size = desktop if fullscreen else (min(SIZE[0], desktop[0]), min(SIZE[1], desktop[1]))
    if not fullscreen and desktop[0] <= SIZE[0]:
        size = desktop
    surface = pygame.display.set_mode(size, flags)
    pygame.key.set_repeat(350, 45)
    return surface


def run(game: Game | None = None, screen: str = "", topic: str = "", designation: Designation | None = None) -> int:
    """Open the window and play until it is closed. Raises pygame.error where there is no display.

    designation: for this game; without it the one of the settings.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    before = last_crash()
    pygame.display.init()
    app: App | None = None
    try:
        from game.desktop.settings import Store

        store = Store()
        surface = open_display(store.settings.fullscreen)
        app = App(surface.get_size(), store, time.monotonic)
        if game is not None:
            app.take_up(game, designation=designation)
        elif screen:
            app.open(screen, topic)
        if before and game is None and saved_games():
            app.show_card(RecoverCard(app, before))
        _loop(app)
        return 0
    except pygame.error:
        raise
    except Exception as fault:
        desk = app.desk.game if app is not None and app.desk is not None else None
        folder = write_bundle(fault, desk, time.strftime("%Y%m%d-%H%M%S"))
        print(
            _("Open Door has stopped: {fault}. Everything about it is in {folder}.").format(fault=fault, folder=folder)
        )
        return 1
    finally:
        if app is not None:
            app.close()
        pygame.quit()


def _loop(app: App) -> None:
    clock = pygame.time.Clock()
    pygame.key.start_text_input()
    fullscreen = app.settings.fullscreen
    while app.running:
        if app.settings.fullscreen != fullscreen:
            fullscreen = app.settings.fullscreen
            app.resize(open_display(fullscreen).get_size())
        for event in pygame.event.get():
            app.handle(event)
        if not app.running:
            break
        surface = app.frame()
        window = pygame.display.get_surface()
        if window is not None and app.dirty:
            for rect in app.dirty:
                window.blit(surface, rect, rect)
            pygame.display.update(app.dirty)
        clock.tick(FRAMES)


class RecoverCard(Card):
    """The last run failed: go on from the last autosave? `topic` is the folder of the bundle."""

    def obey(self, command: Command) -> bool:
        if command == "recover":
            self.app.close_card()
            open_save(self.app, saved_games()[0])
            return True
        return False

    def build(self, ui: Ui) -> Node:
        text = _("The last game stopped by a fault. What is known of it is in {folder}.").format(folder=self.topic)
        return question(
            ui.kit,
            "recover",
            _("Go on from the last save?"),
            text,
            (Answer(_("Main menu"), Back()), Answer(_("Go on"), "recover", "primary", "play")),
            Back(),
        )
