"""One order of the list: icon, title, what it does first or why it is locked, its price."""

from __future__ import annotations

import pygame

from game.desktop.ui.kit import Kit
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.paint import CAPTION, STRONG, Painter
from game.desktop.ui.text import Style
from game.text import _
from game.views import OrderRow

TILE = 39  # design pixels
FALLBACK = "document"
ICONS = {
    "diplomacy": "handshake",
    "defence": "shield",
    "presence": "tower",
    "dialogue": "speech",
    "pressure": "megaphone",
    "influence": "radio",
    "council": "ballot",
    "reform": "building",
}


def icon_of(kit: Kit, row: OrderRow) -> str:
    """The order's own icon, its category's, or a sheet of paper."""
    names = kit.pictures.names("icons")
    for name in (row.icon, ICONS.get(row.category, ""), row.category):
        if name in names:
            return name
    return FALLBACK


def order_tip(row: OrderRow) -> Tip:
    """Everything about an order: what it is, declared effects, every reason it is locked, its source."""
    rows = [(line, "") for line in row.effects]
    rows += [(_("Locked: {reason}").format(reason=reason), "") for reason in row.reasons]
    note = _("Source: {source}").format(source=row.source) if row.source else ""
    return Tip(row.title, row.help, tuple(rows), note)


def tile_node(kit: Kit, rect: pygame.Rect, row: OrderRow, command: Command, hover: Command, chosen: bool) -> Node:
    locked = bool(row.reasons)
    icon = icon_of(kit, row)
    price = _("free") if row.free and not row.cost else str(row.cost)
    below = row.reasons[0] if locked else row.brief or row.help

    def draw(p: Painter, look: Look) -> None:
        ground = "accent_soft" if row.queued else "panel2" if locked else "panel"
        border = "accent" if chosen or row.queued else "accent_mid" if look.hovered else "line"
        p.panel(rect, ground, 8, border, 2.2 if chosen else 1)
        side = rect.h - kit.px(10)
        tile = pygame.Rect(rect.x + kit.px(5), rect.y + kit.px(5), side, side)
        p.panel(tile, "track" if locked else "accent_soft", 6)
        mark = "check" if row.queued else icon
        p.icon(mark, tile.center, 19, "ink3" if locked else "accent")
        figure = Style("bold", 15, "ink3" if locked else "ink")
        wide = kit.width(price, figure) + kit.px(24)
        right = rect.right - kit.px(10)
        p.text(price, pygame.Rect(right - wide, rect.y, wide, rect.h), figure, "right")
        p.icon(
            "lock" if locked else "capital", (right - wide + kit.px(8), rect.centery), 16, "bad" if locked else "ink2"
        )
        x = tile.right + kit.px(9)
        room = right - wide - kit.px(10) - x
        title = STRONG.but(size=14.5, ink="ink2" if locked else "ink", line_height=1.24)
        small = CAPTION.but(size=12.5, ink="bad" if locked else "ink3", line_height=1.2)
        top, low = kit.line(title), kit.line(small)
        if kit.width(row.title, title) > room:
            # Whom an order concerns stands at the end of its title: the title is kept whole rather than what it does.
            p.text(row.title, pygame.Rect(x, rect.y, room, rect.h), title.but(size=13.5, line_height=1.2), lines=2)
            return
        y = rect.centery - (top + low) // 2
        p.text(row.title, pygame.Rect(x, y, room, top), title)
        p.text(below, pygame.Rect(x, y + top, room, low), small)

    return Node(
        rect,
        draw,
        key=f"order:{row.order}",
        command=command,
        focusable=True,
        tip=order_tip(row),
        on_request=kit.metrics.compact,  # there the pane lies where the tip would
        group="orders",
        selected=chosen,
        hover_command=hover,
        solid=True,
    )
