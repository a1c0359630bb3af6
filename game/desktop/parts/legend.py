"""The legend of the map mode, and the rail that picks the mode."""

from __future__ import annotations

import pygame

from game.desktop.backdrop import colours
from game.desktop.page import BAR, EDGE
from game.desktop.ui.buttons import Choice, button, icon_button, rail
from game.desktop.ui.cards import panel
from game.desktop.ui.kit import Kit
from game.desktop.ui.meters import Swatch, swatch
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.paint import CAPTION, STRONG, Painter
from game.text import _
from game.views.map import MapMode, MapPicture


def mode_rail(kit: Kit, modes: tuple[MapMode, ...], selected: str, command: object) -> Node:
    choices = [Choice(mode.id, mode.title, mode.icon, Tip(mode.title, mode.legend)) for mode in modes]
    each = 58 if kit.metrics.compact else 82
    rect = kit.rect(EDGE, BAR + EDGE, 88 if kit.metrics.compact else 92, each * len(choices) + 10)
    return rail(kit, rect, choices, selected, "mode", command)


def legend_node(
    kit: Kit, picture: MapPicture, left: float, bottom: float, patterns: bool, fold: Command = None
) -> Node:
    """The legend with its lower left corner at a design point. fold: the command of its cross, if it has one."""
    row_h = kit.px(21 if kit.metrics.compact else 25)
    shades = colours(kit.theme, picture.scale, len(picture.legend)) if picture.legend else ()
    rows = [
        Swatch(step.label, shade, step.pattern if step.pattern and (patterns or at == picture.blank) else None)  # type: ignore[arg-type]
        for at, (step, shade) in enumerate(zip(picture.legend, shades, strict=True))
    ]
    if picture.scale == "ladder":
        rows.reverse()
    extra = {"spots": _("Hotspot: {quantity}"), "posts": _("Mission: {quantity}"), "arcs": _("Line: {quantity}")}
    marks = [extra[kind].format(quantity=title) for kind, title in picture.keys]
    wide = max(
        kit.width(picture.title, STRONG) + kit.px(28 if fold is None else 64),
        *(kit.width(row.label, CAPTION) + kit.px(70) for row in rows),
        *(kit.width(mark, CAPTION) + kit.px(70) for mark in marks),
        kit.px(180),
    )
    tall = kit.px(20) + kit.line(STRONG) + kit.px(4) + row_h * (len(rows) + len(marks))
    rect = pygame.Rect(kit.px(left), kit.px(bottom) - tall, wide, tall)

    def draw(p: Painter, look: Look) -> None:
        inner = rect.inflate(-kit.px(28), -kit.px(20))
        p.text(picture.title, pygame.Rect(inner.x, inner.y, inner.w, kit.line(STRONG)), STRONG)
        y = inner.y + kit.line(STRONG) + kit.px(4)
        for row in rows:
            swatch(p, pygame.Rect(inner.x, y, inner.w, row_h), row, CAPTION)
            y += row_h
        for (kind, _title), mark in zip(picture.keys, marks, strict=True):
            line = pygame.Rect(inner.x, y, inner.w, row_h)
            _mark(p, line, kind)
            x = inner.x + kit.px(38)
            p.text(mark, pygame.Rect(x, y, inner.right - x, row_h), CAPTION)
            y += row_h

    if fold is None:
        return panel(rect, Node(rect, draw))
    away = pygame.Rect(rect.right - kit.px(38), rect.y + kit.px(4), kit.px(32), kit.px(32))
    cross = icon_button(kit, away, "chevron_down", fold, "legend", Tip(_("Fold the legend")))
    return panel(rect, Node(rect, draw), cross)


def folded_node(kit: Kit, picture: MapPicture, left: float, bottom: float, unfold: Command) -> Node:
    """The folded legend: a button that says what the colours show."""
    label = _("Legend")
    wide, tall = kit.width(label, STRONG) + kit.px(66), kit.px(40)
    rect = pygame.Rect(kit.px(left), kit.px(bottom) - tall, wide, tall)
    tip = Tip(picture.title, _("What the colours and marks of the map mean."))
    return panel(rect, button(kit, rect, label, unfold, "legend", "quiet", "chevron_up", tip=tip))


def _mark(p: Painter, line: pygame.Rect, kind: str) -> None:
    kit = p.kit
    centre = (line.x + kit.px(13), line.centery)
    if kind == "spots":
        p.disc(centre, 8, "warn_soft")
        p.disc(centre, 4.5, "bad", "panel", 1.4)
    elif kind == "posts":
        p.panel(pygame.Rect(line.x, line.centery - kit.px(8), kit.px(26), kit.px(16)), "navy", 4)
        p.disc(centre, 3, "inv")
    else:
        ends = [(float(line.x), line.centery + kit.px(4.0)), (float(line.x + kit.px(26)), line.centery - kit.px(4.0))]
        p.stroke(ends, 3, "t4")
