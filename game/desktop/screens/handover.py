"""Between two people at one screen: hides everything until the next one is seated."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.desktop.screen import Screen
from game.desktop.ui.buttons import button
from game.desktop.ui.cards import panel
from game.desktop.ui.node import Command, Look, Node
from game.desktop.ui.paint import SMALL, Painter
from game.desktop.ui.text import Style
from game.desktop.ui.ui import Ui
from game.text import _


@dataclass(frozen=True)
class Sit:
    """The next person is at the screen."""


class HandoverScreen(Screen):
    """`topic` is the seat that is called."""

    name = "handover"

    def shown(self) -> None:
        self.app.top.ui.set_focus("sit")  # the only thing to press: Enter does

    def obey(self, command: Command) -> bool:
        if isinstance(command, Sit) and self.app.desk is not None:
            self.app.desk.sit(self.topic)
            self.app.home("map")
            return True
        return False

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        desk = self.app.desk
        assert desk is not None
        name = desk.sight.names.label(self.topic)
        rect = pygame.Rect(0, 0, kit.px(560), kit.px(340))
        rect.center = kit.screen.center
        title = Style("serif_bold", 30)
        has_flag = self.topic in kit.pictures.names("flags")

        def draw(p: Painter, look: Look) -> None:
            if has_flag:
                flag = pygame.Rect(0, 0, kit.px(84), kit.px(56))
                flag.midtop = (rect.centerx, rect.y + kit.px(40))
                p.flag(self.topic, flag, 4)
            else:
                p.icon("person", (rect.centerx, rect.y + kit.px(68)), 48, "accent")
            line = pygame.Rect(rect.x + kit.px(24), rect.y + kit.px(112), rect.w - kit.px(48), kit.line(title))
            p.text(_("Next: {seat}").format(seat=name), line, title, "centre")
            text = _("Hand over the screen. The orders of the last seat stay hidden.")
            below = pygame.Rect(line.x, line.bottom + kit.px(6), line.w, kit.line(SMALL) * 2)
            p.text(text, below, SMALL.but(size=16), "centre", "top", lines=2)

        go = pygame.Rect(0, 0, kit.px(240), kit.px(48))
        go.midbottom = (rect.centerx, rect.bottom - kit.px(36))
        sit = button(kit, go, _("I am here"), Sit(), "sit", "amber", "person")
        return Node(kit.screen, esc=None, children=(panel(rect, Node(rect, draw), sit),))
