"""What a new game tells of a seat: briefing, aims, and how the scenario was gauged; as paragraphs that scroll."""

from __future__ import annotations

import pygame

from game.desktop.ui.lists import scroll_area
from game.desktop.ui.node import Look, Node
from game.desktop.ui.paint import CAPTION, SMALL, STRONG, Painter
from game.desktop.ui.text import Style
from game.desktop.ui.ui import Ui
from game.text import _
from game.views import SeatCard
from game.views.scenarios import GaugeCard

LEAD = Style("ui", 16, "ink2")


def told(seat: SeatCard) -> list[tuple[str, Style]]:
    """What a seat is told, as paragraphs."""
    over = STRONG.but(ink="accent")
    parts: list[tuple[str, Style]] = [(seat.briefing, LEAD), (_("What you want"), over), (seat.goal, LEAD)]
    parts += [(_("How you are judged"), over)]
    parts += [(f"•  {title}", LEAD) for title in seat.objectives]
    parts += [(_("Who stands in the way"), over), (seat.objections, LEAD)]
    parts += [(_("What helps first"), over), *((f"•  {title}", LEAD) for title in seat.helps)]
    return parts


def gauged(card: GaugeCard | None) -> list[tuple[str, Style]]:
    """What measuring the scenario has shown, as paragraphs; none where it was not measured."""
    if card is None:
        return []
    lines = [(f"{what}: {figure}", SMALL) for what, figure in card.lines]
    return [(card.title, STRONG.but(ink="accent")), *lines, (card.note, CAPTION)]


def prose(ui: Ui, rect: pygame.Rect, key: str, parts: list[tuple[str, Style]]) -> Node:
    """Paragraphs that scroll when they do not fit."""
    kit = ui.kit
    wide = min(rect.w, kit.px(760)) - kit.px(16)

    def gap(style: Style) -> int:
        return kit.px(3 if style.role == "semibold" else 9)

    tall = sum(kit.height(text, style, wide) + gap(style) for text, style in parts)

    def content(where: pygame.Rect) -> list[Node]:
        placed, y = [], where.y
        for text, style in parts:
            high = kit.height(text, style, wide)
            placed.append((text, style, pygame.Rect(where.x, y, wide, high)))
            y += high + gap(style)

        def draw(p: Painter, look: Look) -> None:
            for text, style, place in placed:
                p.text(text, place, style, valign="top", lines=None)

        return [Node(pygame.Rect(where.x, where.y, wide, max(tall, 1)), draw)]

    return scroll_area(ui, rect, key, tall, content)
