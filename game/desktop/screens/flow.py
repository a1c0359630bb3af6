"""Columns of blocks for the whole-window screens: headings, prose, rows; scrolled where they do not fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.desktop.desk import Desk
from game.desktop.parts.blocks import Block
from game.desktop.screen import Screen
from game.desktop.ui.cards import heading, panel, section
from game.desktop.ui.kit import Kit
from game.desktop.ui.lists import Row, list_row, paragraph, scroll_area
from game.desktop.ui.meters import Tone, tone_ink
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.paint import SMALL, STRONG, Painter
from game.desktop.ui.text import Rich, Style, rich
from game.desktop.ui.ui import Ui
from game.views.library import explained

PAD = 22
READ = Style("ui", 16)
LEAD = Style("ui", 16, "ink2")
Draw = Callable[[Painter, pygame.Rect, Look], None]


class GameScreen(Screen):
    """A whole-window screen that shows the game on the desk."""

    @property
    def desk(self) -> Desk:
        assert self.app.desk is not None
        return self.app.desk

    def moved_on(self) -> None:
        self.app.refresh()

    def term(self, name: str) -> Tip | None:
        found = explained(self.desk.sight, name)
        return Tip(found[0], rich(found[1]), note=found[2]) if found else None


def flow(ui: Ui, rect: pygame.Rect, key: str, blocks: Sequence[Block], gap: float = 8) -> Node:
    """Blocks below one another; they scroll when they do not fit."""
    kit = ui.kit
    between = kit.px(gap)
    wide = rect.w
    heights = [block.height(kit, wide) for block in blocks]
    if sum(heights) + between * len(blocks) > rect.h:
        wide -= kit.px(14)
        heights = [block.height(kit, wide) for block in blocks]
    tall = sum(heights) + between * max(0, len(blocks) - 1)

    def content(where: pygame.Rect) -> list[Node]:
        nodes, y = [], where.y
        for block, high in zip(blocks, heights, strict=True):
            nodes.append(block.build(ui, pygame.Rect(where.x, y, wide, high)))
            y += high + between
        return nodes

    return scroll_area(ui, rect, key, tall, content)


def inside(kit: Kit, rect: pygame.Rect, pad: float = PAD) -> pygame.Rect:
    """The room within a panel."""
    return rect.inflate(-2 * kit.px(pad), -2 * kit.px(pad - 4))


def framed(
    ui: Ui,
    rect: pygame.Rect,
    key: str,
    title: str,
    note: str,
    blocks: Sequence[Block],
    flag: str = "",
    icon: str = "",
    tone: Tone = "accent",
    gap: float = 8,
    tools: Sequence[Callable[[pygame.Rect], Node]] = (),
) -> Node:
    """A paper panel: heading with flag or icon, perhaps tools in a row below it, and a column of blocks."""
    kit = ui.kit
    inner = inside(kit, rect)
    tall = kit.px(58 if flag or icon else 54 if note else 38)
    head = pygame.Rect(inner.x, inner.y, inner.w, tall)
    shown = flag if flag in kit.pictures.names("flags") else ""
    nodes = [Node(head, lambda p, look: heading(p, head, title, note, shown, icon, tone))]
    y = head.bottom + kit.px(10)
    for tool in tools:
        place = pygame.Rect(inner.x, y, inner.w, kit.px(40))
        nodes.append(tool(place))
        y = place.bottom + kit.px(10)
    body = pygame.Rect(inner.x, y, inner.w, inner.bottom - y)
    nodes.append(flow(ui, body, key, blocks, gap))
    return panel(rect, *nodes)


def head(title: str, note: str = "", rule: bool = True) -> Block:
    """The head of a section."""

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        return Node(rect, lambda p, look: section(p, rect, title, note, rule))

    return Block(lambda kit, wide: kit.px(32), build)


def prose(text: Rich, style: Style = READ, key: str = "") -> Block:
    """Wrapped text; with a key its linked terms can be asked about."""

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        if key and not isinstance(text, str):
            return paragraph(ui, rect, text, style, key)
        return Node(rect, lambda p, look: p.text(text, rect, style, valign="top", lines=None) and None)

    return Block(lambda kit, wide: kit.height(text, style, wide), build)


def row(
    height: float,
    draw: Draw,
    key: str = "",
    command: Command | None = None,
    tip: Tip | Callable[[], Tip | None] | None = None,
    group: str = "",
    selected: bool = False,
    hover: bool = True,
) -> Block:
    """A row `height` design pixels tall; with a key it can be reached, asked about and perhaps pressed."""

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        def draw_row(p: Painter, look: Look) -> None:
            if selected or (hover and look.hovered and (command is not None or tip is not None)):
                p.panel(rect, "accent_soft" if selected else "panel2", 8)
            draw(p, rect, look)

        reachable = bool(key) and (command is not None or tip is not None)
        return Node(
            rect,
            draw_row,
            key=key,
            command=command,
            focusable=reachable,
            tip=tip,
            group=group,
            selected=selected,
            ring="inner",
        )

    return Block(lambda kit, wide: kit.px(height), build)


def listed(
    item: Row, key: str, command: Command | None, selected: bool = False, group: str = "", height: float = 50
) -> Block:
    """A list row as a block."""
    return Block(
        lambda kit, wide: kit.px(height),
        lambda ui, rect: list_row(ui.kit, rect, item, key, command, selected, group),
    )


def bullet(text: str, icon: str = "", ink: str = "ink2", style: Style = SMALL) -> Block:
    """A paragraph with an icon before it."""

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        kit = ui.kit
        body = pygame.Rect(rect.x + kit.px(26), rect.y, rect.w - kit.px(26), rect.h)

        def draw(p: Painter, look: Look) -> None:
            p.icon(icon, (rect.x + kit.px(9), rect.y + kit.line(style) // 2), 17, ink)
            p.text(text, body, style, valign="top", lines=None)

        return Node(rect, draw)

    if not icon:
        return prose(text, style)
    return Block(lambda kit, wide: kit.height(text, style, wide - kit.px(26)), build)


def pair(name: str, value: str, tone: Tone = "plain", height: float = 27, strong: bool = False) -> Block:
    """A name and a figure at the right."""

    def draw(p: Painter, rect: pygame.Rect, look: Look) -> None:
        ink = tone_ink(tone) if tone != "plain" else "ink"
        style = STRONG.but(ink=ink)
        wide = p.kit.width(value, style)
        left = pygame.Rect(rect.x, rect.y, rect.w - wide - p.kit.px(12), rect.h)
        p.text(name, left, STRONG if strong else SMALL.but(ink="ink"))
        p.text(value, rect, style, "right")

    return row(height, draw)


def nothing(text: str, icon: str = "info") -> Block:
    """What stands where there is nothing to show yet."""

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        kit = ui.kit

        def draw(p: Painter, look: Look) -> None:
            p.icon(icon, (rect.centerx, rect.y + kit.px(40)), 34, "line2")
            room = pygame.Rect(rect.x + kit.px(20), rect.y + kit.px(70), rect.w - kit.px(40), rect.h - kit.px(70))
            p.text(text, room, SMALL, "centre", "top", lines=None)

        return Node(rect, draw)

    return Block(lambda kit, wide: kit.px(80) + kit.height(text, SMALL, wide - kit.px(40)), build)


def split(rect: pygame.Rect, kit: Kit, *widths: float, gap: float = 16) -> list[pygame.Rect]:
    """Columns of a rectangle: design widths, one of which is 0 and takes what is left."""
    between = kit.px(gap)
    fixed = sum(kit.px(width) for width in widths if width)
    rest = rect.w - fixed - between * (len(widths) - 1)
    found, x = [], rect.x
    for width in widths:
        wide = kit.px(width) if width else rest
        found.append(pygame.Rect(x, rect.y, wide, rect.h))
        x += wide + between
    return found
