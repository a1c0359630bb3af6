"""Tooltips: laid out, placed beside what they explain, with terms in them that open the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from .kit import Kit
from .node import Command, Look, Node, Tip
from .paint import CAPTION, SMALL, STRONG, Painter
from .text import Rich, Style

Term = Callable[[str], Tip | None]
Follow = Callable[[str], Command]
TIP_WIDTH = 372  # design pixels
_TITLE = STRONG.but(size=15)
_BODY = SMALL.but(ink="ink")
_NOTE = CAPTION.but(ink="ink3")


@dataclass(frozen=True)
class Pin:
    """The toolkit's own command: keep tooltip number `index` open."""

    index: int


def link_nodes(
    kit: Kit, rect: pygame.Rect, text: Rich, style: Style, key: str, term: Term, follow: Follow, focusable: bool = True
) -> tuple[Node, ...]:
    """A node over every link of a text laid out from the top left of `rect`; pointing at one asks `term`."""
    laid = kit.layout(text, style, rect.w, None)
    out: list[Node] = []
    for row, line in enumerate(laid.lines):
        for piece in line.pieces:
            link = piece.span.link
            if link is None:
                continue
            place = pygame.Rect(rect.x + piece.x, rect.y + row * laid.line_height, piece.width, laid.line_height)
            out.append(
                Node(
                    place,
                    key=f"{key}:link{len(out)}",
                    command=follow(link),
                    focusable=focusable,
                    tip=lambda link=link: term(link),  # type: ignore[misc]
                    radius=3,
                )
            )
    return tuple(out)


def place(size: tuple[int, int], anchor: pygame.Rect, screen: pygame.Rect, gap: int) -> pygame.Rect:
    """Beside `anchor` and on the screen: below, above, right or left, whichever has room first.

    In the lower half above comes first: what is listed below a tab stays in view.
    """
    w, h = size
    x = max(screen.left + gap, min(anchor.left, screen.right - gap - w))
    y = max(screen.top + gap, min(anchor.top, screen.bottom - gap - h))
    upright = [(x, anchor.bottom + gap), (x, anchor.top - gap - h)]
    if anchor.centery > screen.centery:
        upright.reverse()
    for spot in (*upright, (anchor.right + gap, y), (anchor.left - gap - w, y)):
        rect = pygame.Rect(spot, size)
        if screen.contains(rect):
            return rect
    return pygame.Rect((x, y), size)


def tip_node(kit: Kit, tip: Tip, anchor: pygame.Rect, index: int, pinned: bool, term: Term, follow: Follow) -> Node:
    """The tooltip as a node with its links as children; `index` counts nested tooltips from 0."""
    pad, gap, wide = kit.px(14), kit.px(8), kit.px(TIP_WIDTH)
    pin = kit.px(22)
    inner = wide - 2 * pad
    parts: list[tuple[Rich, Style, pygame.Rect]] = []
    values: list[tuple[Rich, pygame.Rect]] = []
    y = pad
    for text, style, room in (
        (tip.title, _TITLE, inner - pin),
        (tip.text, _BODY, inner if tip.title else inner - pin),
    ):
        if text:
            height = kit.height(text, style, room)
            parts.append((text, style, pygame.Rect(pad, y, room, height)))
            y += height + kit.px(4)
    row = kit.line(SMALL)
    for name, value in tip.rows:
        figure = kit.width(value, _TITLE)
        room = inner - figure - gap
        height = max(row, kit.height(name, SMALL, room))
        parts.append((name, SMALL, pygame.Rect(pad, y, room, height)))
        values.append((value, pygame.Rect(pad + inner - figure, y, figure, row)))
        y += height
    if tip.note:
        y += kit.px(4)
        height = kit.height(tip.note, _NOTE, inner)
        parts.append((tip.note, _NOTE, pygame.Rect(pad, y, inner, height)))
        y += height
    rect = place((wide, y + pad), anchor, kit.screen, gap)
    key = f"tip{index}"
    placed = [(text, style, where.move(rect.topleft)) for text, style, where in parts]
    links = tuple(
        link
        for n, (text, style, where) in enumerate(placed)
        if not isinstance(text, str)
        for link in link_nodes(kit, where, text, style, f"{key}:{n}", term, follow, pinned)
    )
    pin_rect = pygame.Rect(rect.right - pad - pin + kit.px(4), rect.top + pad - kit.px(4), pin, pin)

    def draw(p: Painter, look: Look) -> None:
        p.panel(rect, "panel", 10, border="accent" if pinned else "line2", width=1.6 if pinned else 1, shadow="card")
        for text, style, where in placed:
            p.text(text, where, style, valign="top", lines=None)
        for value, where in values:
            p.text(value, where.move(rect.topleft), _TITLE, "right", "top")

    def draw_pin(p: Painter, look: Look) -> None:
        p.icon("pin", pin_rect.center, 15, "accent" if pinned or look.hovered else "ink3")

    button = Node(pin_rect, draw_pin, key=f"{key}:pin", command=Pin(index), focusable=pinned, radius=6)
    return Node(rect, draw, key=key, solid=True, layer=10 + index, children=(button, *links))
