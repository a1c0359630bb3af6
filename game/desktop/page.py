"""The frame of a whole-window screen: the navy bar with its title and a way back, and the room below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.desktop.screen import Back
from game.desktop.ui.buttons import button
from game.desktop.ui.cards import top_bar
from game.desktop.ui.kit import Kit
from game.desktop.ui.node import Command, Look, Node
from game.desktop.ui.paint import HEADING, SMALL, STRONG, Painter
from game.desktop.ui.text import Style
from game.text import _

BAR = 56
EDGE = 16


def brand(kit: Kit, note: str, wide: float = 164) -> Node:
    """The mark and the name at the left of the bar; the name is left out where `wide` (design pixels) is 0."""
    rect = kit.rect(0, 0, 64 + wide, BAR)

    def draw(p: Painter, look: Look) -> None:
        p.disc((kit.px(38), rect.centery), 15, "navy3")
        p.icon("door", (kit.px(38), rect.centery), 18, "inv")
        if wide:
            top = kit.line(SMALL)
            x = kit.px(64)
            name = pygame.Rect(x, rect.centery - top + kit.px(2), rect.w - x, top)
            p.text("OPEN DOOR", name, Style("bold", 15, "inv", 10))
            p.text(note, pygame.Rect(x, rect.centery, rect.w - x, top), Style("ui", 13, "inv2"))

    return Node(rect, draw)


@dataclass(frozen=True)
class BarButton:
    """A button at the right of the bar."""

    label: str
    icon: str
    command: Command
    kind: str = "navy"
    enabled: bool = True


def room(kit: Kit) -> pygame.Rect:
    """What is left below the bar, with the usual margins."""
    return kit.rect(EDGE, BAR + EDGE, kit.metrics.wide - 2 * EDGE, kit.metrics.high - BAR - 2 * EDGE)


def page(
    kit: Kit,
    title: str,
    note: str,
    *children: Node,
    buttons: Sequence[BarButton] = (),
    esc: Command = Back(),  # noqa: B008
    back: str = "",
) -> Node:
    """A screen of its own: bar with title, note, buttons and a way back; `children` lie in `room(kit)`."""
    tall = kit.px(40)
    right = kit.screen.w - kit.px(EDGE)
    nodes: list[Node] = []
    for number, one in enumerate((BarButton(back or _("Back"), "arrow_left", esc), *buttons)):
        wide = kit.width(one.label, STRONG) + kit.px(66)
        rect = pygame.Rect(right - wide, kit.px(8), wide, tall)
        kind = one.kind if one.kind in ("navy", "amber", "primary") else "navy"
        node = button(kit, rect, one.label, one.command, f"page:{number}", kind, one.icon, one.enabled)  # type: ignore[arg-type]
        nodes.append(node)
        right = rect.left - kit.px(10)

    def draw(p: Painter, look: Look) -> None:
        x = kit.px(76)
        wide = kit.width(title, HEADING)
        most = right - x - kit.px(20)
        p.text(title, pygame.Rect(x, 0, min(wide, most), kit.px(BAR)), HEADING.but(ink="inv"))
        left = x + wide + kit.px(18)
        if note and right - left > kit.px(90):
            p.text(note, pygame.Rect(left, kit.px(2), right - left - kit.px(10), kit.px(BAR)), SMALL.but(ink="inv2"))

    head = Node(kit.rect(0, 0, kit.metrics.wide, BAR), draw)
    bar = top_bar(kit, brand(kit, "", 0), head, *nodes)
    return Node(kit.screen, esc=esc, children=(*children, bar))
