"""Many of a kind: list rows, scroll areas, tables, rich text with linked terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pygame

from .kit import Kit
from .node import Command, Look, Node, Tip
from .paint import CAPTION, OVERLINE, SMALL, STRONG, Painter
from .text import Rich, Style
from .tips import link_nodes
from .ui import Follow, ScrollTo, Ui


@dataclass(frozen=True)
class Row:
    """A list row: flag or icon, title, second line, a figure at the right with a note under it."""

    key: str
    title: str
    detail: str = ""
    value: str = ""
    note: str = ""
    flag: str = ""
    icon: str = ""
    tip: Tip | None = None
    hover: Command | None = None


def list_row(
    kit: Kit, rect: pygame.Rect, row: Row, key: str, command: Command | None, selected: bool = False, group: str = ""
) -> Node:
    """A row that can be picked."""

    def draw(p: Painter, look: Look) -> None:
        if selected or (look.hovered and command is not None):
            p.panel(rect, "accent_soft" if selected else "panel2", 8)
        x = rect.x + kit.px(10)
        if row.flag:
            tall = kit.px(22)
            p.flag(row.flag, pygame.Rect(x, rect.centery - tall // 2, round(tall * 1.5), tall))
            x += kit.px(44)
        elif row.icon:
            p.icon(row.icon, (x + kit.px(11), rect.centery), 21, "accent" if selected else "ink2")
            x += kit.px(34)
        value = max(kit.width(row.value, STRONG), kit.width(row.note, CAPTION))
        right = rect.right - kit.px(10)
        room = right - value - (kit.px(12) if value else 0) - x
        top, low = kit.line(STRONG), kit.line(SMALL)
        for upper, lower, at, wide, align in (
            (row.title, row.detail, x, room, "left"),
            (row.value, row.note, right - value, value, "right"),
        ):
            y = rect.centery - (top + (low if lower else 0)) // 2
            side: Literal["left", "right"] = "left" if align == "left" else "right"
            p.text(upper, pygame.Rect(at, y, wide, top), STRONG, side)
            if lower:
                p.text(lower, pygame.Rect(at, y + top, wide, low), SMALL if side == "left" else CAPTION, side)

    reachable = command is not None or row.tip is not None
    return Node(
        rect,
        draw,
        key=key,
        command=command,
        focusable=reachable,
        tip=row.tip,
        group=group,
        selected=selected,
        hover_command=row.hover,
        ring="inner",
    )


def scroll_area(
    ui: Ui, rect: pygame.Rect, key: str, height: int, content: Callable[[pygame.Rect], Sequence[Node]], bar: bool = True
) -> Node:
    """A window on content `height` screen pixels tall; `content` gets its (shifted) rectangle and makes the nodes.

    Scrolled by wheel, by the bar, by Page keys, Home and End while the focus is inside, and by moving the focus.
    """
    kit = ui.kit
    gutter = kit.px(14) if bar and height > rect.h else 0
    limit = max(0, height - rect.h)
    offset = ui.offset(key, limit)
    inner = pygame.Rect(rect.x, rect.y - offset, rect.w - gutter, max(height, rect.h))
    children = tuple(content(inner))
    pane = Node(
        pygame.Rect(rect.x, rect.y, rect.w - gutter, rect.h), key=key, scroll=limit, clip=True, children=children
    )
    if not limit:
        return Node(rect, children=(pane,))
    if not any(node.reachable for child in children for node in child.walk()):
        pane = Node(pane.rect, key=key, scroll=limit, clip=True, children=children, focusable=True, ring="inner")
    if not bar:
        return Node(rect, children=(pane,))
    rail = pygame.Rect(rect.right - kit.px(10), rect.y, kit.px(8), rect.h)
    thumb = max(kit.px(28), round(rail.h * rect.h / height))

    def drag(across: float, down: float) -> Command:
        share = (down * rail.h - thumb / 2) / max(1, rail.h - thumb)
        return ScrollTo(key, round(max(0.0, min(1.0, share)) * limit))

    def draw(p: Painter, look: Look) -> None:
        p.bar(rail, "panel2")
        top = rail.y + round((rail.h - thumb) * offset / limit)
        p.bar(pygame.Rect(rail.x, top, rail.w, thumb), "ink3" if look.hovered or look.pressed else "line2")

    return Node(rect, children=(pane, Node(rail, draw, key=f"{key}:bar", on_drag=drag)))


@dataclass(frozen=True)
class Column:
    """A column: its head, its share of the width, its alignment."""

    head: str
    share: float
    align: Literal["left", "centre", "right"] = "left"


@dataclass(frozen=True)
class TableRow:
    """Cells as text; `key` makes the row one that can be picked; `strong` sets it in semibold."""

    cells: tuple[str, ...]
    key: str = ""
    command: Command | None = None
    tip: Tip | None = None
    selected: bool = False
    strong: bool = False
    marks: tuple[str, ...] = field(default=())  # an ink for each cell, "" for the usual one


def table(ui: Ui, rect: pygame.Rect, columns: Sequence[Column], rows: Sequence[TableRow], key: str) -> Node:
    """A table with a fixed head and rows that scroll when they do not fit."""
    kit = ui.kit
    head_h, row_h = kit.px(30), kit.px(34)
    body = pygame.Rect(rect.x, rect.y + head_h, rect.w, rect.h - head_h)
    gutter = kit.px(14) if row_h * len(rows) > body.h else 0
    total = sum(column.share for column in columns)

    def cells(line: pygame.Rect) -> list[pygame.Rect]:
        out, x = [], float(line.x)
        for column in columns:
            wide = (rect.w - gutter) * column.share / total
            out.append(pygame.Rect(round(x) + kit.px(8), line.y, round(wide) - kit.px(16), line.h))
            x += wide
        return out

    def draw_head(p: Painter, look: Look) -> None:
        for column, place in zip(columns, cells(pygame.Rect(rect.x, rect.y, rect.w, head_h)), strict=True):
            p.text(column.head, place, OVERLINE.but(tracking=3), column.align)
        p.hline(rect.left, rect.right - gutter, body.top - kit.px(1), "line2")

    def content(inner: pygame.Rect) -> list[Node]:
        return [
            line(pygame.Rect(inner.x, inner.y + i * row_h, inner.w, row_h), row, i == len(rows) - 1)
            for i, row in enumerate(rows)
        ]

    def line(place: pygame.Rect, row: TableRow, last: bool) -> Node:
        def draw(p: Painter, look: Look) -> None:
            if row.selected or (look.hovered and row.command is not None):
                p.panel(place, "accent_soft" if row.selected else "panel2", 6)
            if not last:
                p.hline(place.left, place.right, place.bottom - kit.px(1))
            marks = row.marks or ("",) * len(row.cells)
            for column, text, mark, cell in zip(columns, row.cells, marks, cells(place), strict=True):
                p.text(text, cell, Style("semibold" if row.strong else "ui", 14, mark or "ink"), column.align)

        reachable = bool(row.key) and (row.command is not None or row.tip is not None)
        name = f"{key}:{row.key}" if row.key else ""
        return Node(
            place,
            draw,
            key=name,
            command=row.command,
            focusable=reachable,
            tip=row.tip,
            group=key,
            selected=row.selected,
            ring="inner",
            radius=6,
        )

    area = scroll_area(ui, body, f"{key}:rows", row_h * len(rows), content)
    return Node(rect, draw_head, children=(area,))


def paragraph(ui: Ui, rect: pygame.Rect, text: Rich, style: Style, key: str) -> Node:
    """Wrapped text from the top of `rect` whose linked terms can be pointed at, focused and followed."""

    def draw(p: Painter, look: Look) -> None:
        p.text(text, rect, style, valign="top", lines=None)

    links = () if isinstance(text, str) else link_nodes(ui.kit, rect, text, style, key, ui.term, Follow)
    return Node(rect, draw, children=links)
