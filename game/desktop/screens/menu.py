"""The main menu."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pygame

from game.desktop.loading import open_save
from game.desktop.screen import Go, Quit, Screen
from game.desktop.ui.buttons import Kind, button
from game.desktop.ui.kit import Kit
from game.desktop.ui.node import Command, Look, Node
from game.desktop.ui.paint import SMALL, Painter
from game.desktop.ui.text import Style
from game.desktop.ui.ui import Ui
from game.session import saved_games
from game.text import _

TITLE, SMALL_TITLE = Style("serif_bold", 62, "inv"), Style("serif_bold", 44, "inv")


@dataclass(frozen=True)
class Continue:
    """Go on with the newest save."""

    path: Path


@dataclass(frozen=True)
class Line:
    label: str
    icon: str
    command: Command
    kind: Kind = "navy"
    enabled: bool = True


class MenuScreen(Screen):
    """Continue, new game, load, library, settings, quit; a note while something is being read."""

    name = "menu"
    backdrop = True

    def shown(self) -> None:
        self.newest = next(iter(saved_games()), None)
        self.app.backdrop.show(None)

    def lines(self) -> list[Line]:
        found = []
        if self.newest is not None:
            found.append(Line(_("Continue"), "play", Continue(self.newest), "amber"))
        found.append(Line(_("New game"), "flag", Go("setup"), "navy" if found else "amber"))
        known = (
            ("load", _("Load"), "folder", self.newest is not None),
            ("library", _("Library"), "book", True),
            ("settings", _("Settings"), "settings", True),
        )
        found += [
            Line(label, icon, Go(name), enabled=enabled) for name, label, icon, enabled in known if self.app.knows(name)
        ]
        found.append(Line(_("Classroom"), "graduation", Go("classroom")))
        return [*found, Line(_("Quit"), "exit", Quit())]

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        wide = kit.px(470)
        panel = pygame.Rect(0, 0, wide, kit.screen.h)
        x, room = kit.px(56), wide - kit.px(112)
        lines = self.lines()
        tall, gap = kit.px(50), kit.px(10)
        foot = self._foot(kit, x, room)
        high = len(lines) * (tall + gap)
        small = kit.px(300) + high > foot.rect.top
        if small:
            tall, gap = kit.px(46), kit.px(6)
            high = len(lines) * (tall + gap)
            top = max(kit.px(200), foot.rect.top - high - kit.px(10))
        else:
            top = max(kit.px(300), kit.screen.h // 2 - high // 2 + kit.px(60))
        buttons = []
        for number, line in enumerate(lines):
            rect = pygame.Rect(x, top + number * (tall + gap), room, tall)
            key = f"menu:{line.icon}"
            buttons.append(
                button(
                    kit, rect, line.label, line.command, key, line.kind, line.icon, line.enabled, align="left", size=17
                )
            )
        self.app.backdrop.view.keep_clear([panel])

        def draw(p: Painter, look: Look) -> None:
            p.fill(panel, "navy", 238)
            for i in range(kit.px(26)):
                share = 1 - i / kit.px(26)
                p.fill(pygame.Rect(panel.right + i, 0, 1, panel.h), "navy", round(150 * share * share))
            y = kit.px(28) if small else max(kit.px(60), top - kit.px(230))
            p.disc((x + kit.px(26), y + kit.px(26)), 26, "navy3")
            p.icon("door", (x + kit.px(26), y + kit.px(26)), 30, "inv")
            title = SMALL_TITLE if small else TITLE
            high = kit.line(title)
            head = pygame.Rect(x + kit.px(66), y, room - kit.px(66), kit.px(52))
            if not small:
                head = pygame.Rect(x, y + kit.px(58), room, high)
            p.text("Open Door", head, title)
            text = _("NATO, the European Union and the Western Balkans: a strategy of consensus, reform and restraint.")
            style = Style("ui", 16, "inv2")
            below = head.bottom + (kit.px(10) if small else 0)
            place = pygame.Rect(x, below, room, kit.height(text, style, room))
            p.text(text, place, style, valign="top", lines=None)

        return Node(kit.screen, draw, enter=lines[0].command, children=(*buttons, foot))

    def _foot(self, kit: Kit, x: int, room: int) -> Node:
        job = self.app.work.current
        text = self.note_of(job.note if job else "")
        rect = pygame.Rect(x, kit.screen.bottom - kit.px(60), room, kit.px(40))

        def draw(p: Painter, look: Look) -> None:
            p.text(text, rect, SMALL.but(ink="inv2"), lines=2)

        return Node(rect, draw)

    def note_of(self, note: str) -> str:
        if note:
            return note
        if not self.app.backdrop.ready:
            return _("Drawing the map …")
        return _("Tab and arrow keys move, Enter chooses, F1 explains.")

    def tick(self, now: float) -> None:
        job = self.app.work.current
        state = (self.app.backdrop.ready, job.note if job else "")
        if getattr(self, "_state", None) != state:
            self._state = state
            self.app.refresh()

    def obey(self, command: Command) -> bool:
        if isinstance(command, Continue):
            open_save(self.app, command.path)
            return True
        return False
