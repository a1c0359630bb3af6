"""Saved games, newest first."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import pygame

from game.desktop.loading import open_save
from game.desktop.page import page, room
from game.desktop.screen import Screen
from game.desktop.ui.cards import panel
from game.desktop.ui.lists import Row, list_row, scroll_area
from game.desktop.ui.node import Command, Look, Node
from game.desktop.ui.paint import SMALL, Painter
from game.desktop.ui.ui import Ui
from game.session import saved_games
from game.session.saving import SUFFIX
from game.text import _


@dataclass(frozen=True)
class OpenSave:
    path: Path


class LoadScreen(Screen):
    """Pick a save; a broken one is named with its fault and left alone."""

    name = "load"

    def shown(self) -> None:
        self.paths = saved_games()

    def obey(self, command: Command) -> bool:
        if isinstance(command, OpenSave):
            open_save(self.app, command.path)
            return True
        return False

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        area = room(kit)
        wide = min(area.w, kit.px(860))
        rect = pygame.Rect(area.centerx - wide // 2, area.y, wide, area.h)
        inner = rect.inflate(-kit.px(32), -kit.px(28))
        tall = kit.px(58)

        def content(where: pygame.Rect) -> list[Node]:
            return [
                list_row(
                    kit,
                    pygame.Rect(where.x, where.y + i * tall, where.w, tall - kit.px(4)),
                    Row(str(i), path.name.removesuffix(SUFFIX), _when(path), icon="save"),
                    f"save:{path.name}",
                    OpenSave(path),
                    group="saves",
                )
                for i, path in enumerate(self.paths)
            ]

        def empty(p: Painter, look: Look) -> None:
            p.text(_("There is no saved game yet."), inner, SMALL, "centre")

        if self.paths:
            body = scroll_area(ui, inner, "saves", tall * len(self.paths), content)
        else:
            body = Node(inner, empty)
        return page(kit, _("Load a game"), "", panel(rect, body))


def _when(path: Path) -> str:
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(path.stat().st_mtime))
    except OSError:
        return ""
