"""Composed pieces: panels, sections, the top bar's figures, order cards, option cards, conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pygame

from .kit import Kit
from .meters import Tone, delta, meter, sparkline, tone_ink
from .node import Command, Look, Node, Tip, label
from .paint import CAPTION, FIGURE, HEADING, OVERLINE, SMALL, STRONG, Painter
from .surfaces import Shadow
from .text import Ink, Style

STRONG_SMALL = Style("semibold", SMALL.size, line_height=SMALL.line_height)


def panel(rect: pygame.Rect, *children: Node, ground: Ink = "panel", shadow: Shadow | None = "card") -> Node:
    """A paper panel that holds others and keeps the pointer from what lies under it."""

    def draw(p: Painter, look: Look) -> None:
        p.panel(rect, ground, 12, "line", shadow=shadow)

    return Node(rect, draw, solid=True, cached=True, children=children)


def top_bar(kit: Kit, *children: Node, height: float = 56) -> Node:
    """The navy bar along the upper edge, `height` design pixels tall, with a soft shadow below it."""
    rect = pygame.Rect(0, 0, kit.screen.w, kit.px(height))

    def draw(p: Painter, look: Look) -> None:
        for i in range(kit.px(8)):
            share = 1 - i / kit.px(8)
            p.fill(pygame.Rect(0, rect.bottom + i, rect.w, 1), "navy", round(70 * share * share))
        p.gradient(rect, "navy", (0x0C, 0x1D, 0x30))

    return Node(rect, draw, solid=True, cached=True, children=children)


def section(p: Painter, rect: pygame.Rect, title: str, note: str = "", rule: bool = True) -> None:
    """The head of a section: a hair line above, the title in small capitals' manner, a note at the right."""
    if rule:
        p.hline(rect.left, rect.right, rect.top)
    room = pygame.Rect(rect.x, rect.y + p.kit.px(6), rect.w, rect.h - p.kit.px(6))
    wide = p.kit.width(note, SMALL) if note else 0
    if note:
        p.text(note, room, SMALL, "right")
    p.text(title.upper(), pygame.Rect(room.x, room.y, room.w - wide - p.kit.px(10), room.h), OVERLINE)


def heading(
    p: Painter, rect: pygame.Rect, title: str, note: str = "", flag: str = "", icon: str = "", tone: Tone = "accent"
) -> None:
    """A panel's head: flag or round icon, serif title, a line of notes below."""
    kit, x = p.kit, rect.x
    if flag:
        tall = min(kit.px(44), rect.h)
        place = pygame.Rect(x, rect.centery - tall // 2, round(tall * 1.5), tall)
        p.flag(flag, place, 4)
        x = place.right + kit.px(16)
    elif icon:
        ground = {"good": "good_soft", "bad": "bad_soft", "warn": "warn_soft"}.get(tone, "accent_soft")
        p.disc((x + kit.px(22), rect.centery), 22, ground)
        p.icon(icon, (x + kit.px(22), rect.centery), 24, tone_ink(tone))
        x += kit.px(58)
    style, lines = HEADING, 1
    below = kit.line(SMALL) if note else 0
    if kit.width(title, HEADING) > rect.right - x:
        style = HEADING.but(size=16)
        lines = 2 if kit.width(title, style) > rect.right - x and 2 * kit.line(style) + below <= rect.h else 1
    tall = lines * kit.line(style)
    top = rect.centery - (tall + below) // 2
    p.text(title, pygame.Rect(x, top, rect.right - x, tall), style, lines=lines)
    if note:
        p.text(note, pygame.Rect(x, top + tall, rect.right - x, below), SMALL)


def stat(
    kit: Kit, rect: pygame.Rect, name: str, value: str, change: str, tone: Tone, icon: str, key: str, tip: Tip | None
) -> Node:
    """A figure of the top bar on navy: icon, name, value, change since last turn.

    Where there is no room for the name it is left out: the icon is known, and the tip names it.
    """

    def draw(p: Painter, look: Look) -> None:
        if look.hovered:
            p.panel(rect, "navy2", 8)
        p.vline(rect.x - kit.px(4), rect.y + kit.px(8), rect.bottom - kit.px(8), "navy3")
        x = rect.x + kit.px(10)
        p.icon(icon, (x + kit.px(10), rect.centery), 20, "inv2")
        x += kit.px(32)
        top = kit.line(CAPTION)
        low = kit.line(FIGURE)
        room = rect.right - x
        if kit.width(name, CAPTION) > room:
            top = 0
        y = rect.centery - (top + low) // 2 + kit.px(1)
        if top:
            p.text(name, pygame.Rect(x, y, room, top), CAPTION.but(ink="inv2"))
        wide = min(room, kit.width(value, FIGURE))
        p.text(value, pygame.Rect(x, y + top - kit.px(1), wide, low), FIGURE.but(ink="inv"))
        ink = {"good": "good_inv", "bad": "bad_inv"}.get(tone, "inv2")
        left = x + wide + kit.px(8)
        p.text(change, pygame.Rect(left, y + top, rect.right - left, low), Style("semibold", 14, ink))

    return label(rect, draw, key, tip)


@dataclass(frozen=True)
class Cost:
    """A price: an icon and a figure."""

    icon: str
    text: str
    short: bool = False  # more than there is


@dataclass(frozen=True)
class OrderCard:
    """What an order card shows. `locked` is the first reason it cannot be given; `mark` a word at the top right."""

    title: str
    icon: str
    costs: tuple[Cost, ...] = ()
    locked: str = ""
    mark: str = ""
    tip: Tip | None = None


def _costs(p: Painter, rect: pygame.Rect, costs: Sequence[Cost], right: bool = False) -> int:
    """Draw prices in a row; returns the width used."""
    kit, style = p.kit, Style("semibold", 14)
    wide = sum(kit.px(22) + kit.width(c.text, style) for c in costs) + kit.px(14) * max(0, len(costs) - 1)
    x = rect.right - wide if right else rect.left
    for cost in costs:
        ink = "bad" if cost.short else "ink2"
        p.icon(cost.icon, (x + kit.px(8), rect.centery), 17, ink)
        x += kit.px(22)
        room = kit.width(cost.text, style)
        p.text(cost.text, pygame.Rect(x, rect.y, room, rect.h), style.but(ink="bad" if cost.short else "ink"))
        x += room + kit.px(14)
    return wide


def order_card(
    kit: Kit,
    rect: pygame.Rect,
    card: OrderCard,
    key: str,
    command: Command,
    selected: bool = False,
    hover: Command | None = None,
    group: str = "orders",
) -> Node:
    """A card of the order palette; about 258 x 72 design pixels. Locked cards stay reachable to be asked why."""
    locked = bool(card.locked)

    def draw(p: Painter, look: Look) -> None:
        ground = "panel2" if locked else "panel"
        border = "accent" if selected else "accent_mid" if look.hovered else "line"
        p.panel(rect, ground, 9, border, 2.4 if selected else 1.4 if look.hovered else 1)
        side = min(kit.px(44), rect.h - kit.px(16))
        tile = pygame.Rect(rect.x + kit.px(12), rect.centery - side // 2, side, side)
        p.panel(tile, "track" if locked else "accent_soft", 8)
        p.icon(card.icon, tile.center, 25, "ink3" if locked else "accent")
        x = tile.right + kit.px(12)
        room = rect.right - kit.px(10) - x
        mark = kit.width(card.mark, CAPTION) + kit.px(6) if card.mark else 0
        title = STRONG.but(ink="ink2" if locked else "ink", line_height=1.2)
        low = kit.line(SMALL)
        most = max(1, min(2, (rect.h - low - kit.px(6)) // kit.line(title)))
        top = max(kit.height(card.title, title, room - mark, most), kit.line(STRONG))
        y = rect.centery - (top + low) // 2
        p.text(card.title, pygame.Rect(x, y, room - mark, top), title, lines=most)
        if card.mark:
            place = pygame.Rect(rect.right - kit.px(10) - mark, y, mark, kit.line(STRONG))
            p.text(card.mark, place, CAPTION.but(ink="accent"), "right")
        line = pygame.Rect(x, y + top, room, low)
        if locked:
            p.icon("lock", (x + kit.px(8), line.centery), 16, "bad")
            p.text(card.locked, pygame.Rect(x + kit.px(22), line.y, room - kit.px(22), low), SMALL.but(ink="bad"))
        else:
            _costs(p, line, card.costs)

    return Node(
        rect,
        draw,
        key=key,
        command=command,
        focusable=True,
        tip=card.tip,
        group=group,
        selected=selected,
        hover_command=hover,
        radius=9,
        solid=True,
    )


@dataclass(frozen=True)
class Effect:
    """An expected effect: what, how much, and its range as text."""

    name: str
    value: str
    spread: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class OptionCard:
    """An option of an event: title, a sentence, prices, what it does at once, effects, the reason it is locked.

    at_once: a title with the sentence that stands beside it. heading: a line above the effects, or "".
    """

    title: str
    text: str
    icon: str
    number: str = ""
    costs: tuple[Cost, ...] = ()
    effects: tuple[Effect, ...] = ()
    locked: str = ""
    tip: Tip | None = field(default=None)
    at_once: tuple[str, str] = ("", "")
    heading: str = ""


def _at_once_height(kit: Kit, width: int, card: OptionCard) -> int:
    title, text = card.at_once
    if not text:
        return 0
    return kit.height(text, SMALL, width - kit.width(title, STRONG_SMALL) - kit.px(10)) + kit.px(5)


def option_height(kit: Kit, width: int, card: OptionCard) -> int:
    """Height in screen pixels an option card needs at `width`."""
    inner = width - kit.px(16 + 46 + 16 + 16)
    rows = kit.height(card.text, SMALL, inner) + kit.line(STRONG) + kit.px(28)
    if card.locked:
        rows += kit.height(card.locked, SMALL, inner - kit.px(24)) + kit.px(4)
    elif card.effects:
        rows += kit.line(CAPTION) + kit.line(STRONG) + kit.px(6)
        rows += kit.line(CAPTION) if card.heading else 0
    rows += _at_once_height(kit, inner, card)
    return max(rows, kit.px(96))


def option_card(
    kit: Kit,
    rect: pygame.Rect,
    card: OptionCard,
    key: str,
    command: Command,
    selected: bool = False,
    hover: Command | None = None,
) -> Node:
    """An option of an event or a dialogue; see `option_height`."""
    locked = bool(card.locked)

    def draw(p: Painter, look: Look) -> None:
        border = "accent" if selected else "accent_mid" if look.hovered and not locked else "line"
        p.panel(rect, "panel2" if locked else "panel", 9, border, 2.4 if selected else 1.2)
        tile = pygame.Rect(rect.x + kit.px(16), rect.y + kit.px(14), kit.px(46), kit.px(46))
        p.panel(tile, "track" if locked else "accent_soft", 8)
        p.icon(card.icon, tile.center, 27, "ink3" if locked else "accent")
        if card.number:
            at = pygame.Rect(tile.x, tile.bottom + kit.px(4), tile.w, kit.line(STRONG))
            p.text(card.number, at, STRONG.but(ink="ink2"), "centre")
        x = tile.right + kit.px(16)
        room = rect.right - kit.px(16) - x
        y = rect.y + kit.px(13)
        head = kit.line(STRONG)
        used = _costs(p, pygame.Rect(x, y, room, head), card.costs, right=True)
        title = STRONG.but(size=16, ink="ink2" if locked else "ink")
        p.text(card.title, pygame.Rect(x, y, room - used - kit.px(10), head), title)
        y += head + kit.px(1)
        tall = kit.height(card.text, SMALL, room)
        p.text(card.text, pygame.Rect(x, y, room, tall), SMALL, valign="top", lines=None)
        y += tall + kit.px(6)
        if card.at_once[1]:
            name, told = card.at_once
            wide, tall = kit.width(name, STRONG_SMALL) + kit.px(10), _at_once_height(kit, room, card)
            p.text(name, pygame.Rect(x, y, wide, kit.line(SMALL)), STRONG_SMALL)
            place = pygame.Rect(x + wide, y, room - wide, tall)
            p.text(told, place, SMALL.but(ink="ink"), valign="top", lines=None)
            y += tall
        if locked:
            p.icon("lock", (x + kit.px(8), y + kit.line(SMALL) // 2), 16, "bad")
            place = pygame.Rect(x + kit.px(24), y, room - kit.px(24), rect.bottom - y)
            p.text(card.locked, place, SMALL.but(ink="bad"), valign="top", lines=None)
            return
        if card.effects and card.heading:
            p.text(card.heading, pygame.Rect(x, y, room, kit.line(CAPTION)), CAPTION.but(ink="ink3"))
            y += kit.line(CAPTION)
        each = room // max(1, len(card.effects))
        for i, effect in enumerate(card.effects):
            _effect(p, pygame.Rect(x + i * each, y, each - kit.px(8), rect.bottom - y), effect)

    return Node(
        rect,
        draw,
        key=key,
        command=command,
        enabled=not locked,
        focusable=True,
        tip=card.tip,
        group="options",
        selected=selected,
        hover_command=hover,
        radius=9,
        solid=True,
    )


def _effect(p: Painter, rect: pygame.Rect, effect: Effect) -> None:
    kit, figure = p.kit, Style("bold", 15, tone_ink(effect.tone))
    top, low = kit.line(CAPTION), kit.line(STRONG)
    p.text(effect.name, pygame.Rect(rect.x, rect.y, rect.w, top), CAPTION)
    wide = min(rect.w, kit.width(effect.value, figure))
    p.text(effect.value, pygame.Rect(rect.x, rect.y + top, wide, low), figure)
    x = rect.x + wide + kit.px(9)
    p.text(effect.spread, pygame.Rect(x, rect.y + top, rect.right - x, low), CAPTION)


def condition_height(kit: Kit, width: int, text: str, value: str, least: int) -> int:
    """Height in screen pixels a condition needs at `width`: `least` for one line, more where its text takes two."""
    room = width - kit.px(35) - (kit.width(value, STRONG) if value else 0)
    return max(least, kit.height(text, SMALL, room, 2) + kit.px(2))


def condition(p: Painter, rect: pygame.Rect, text: str, met: bool | None, value: str = "") -> None:
    """A condition: ticked, crossed, or (None) a warning sign for what is not yet known; its figure at the right.

    `rect` as high as `condition_height` says.
    """
    icon = {True: "check_circle", False: "cross_circle", None: "warning"}[met]
    ink = {True: "good", False: "bad", None: "warn"}[met]
    kit = p.kit
    p.icon(icon, (rect.x + kit.px(9), rect.centery), 18, ink)
    wide = kit.width(value, STRONG) if value else 0
    lines = 2 if rect.h >= 2 * kit.line(SMALL) else 1
    x = rect.x + kit.px(27)
    p.text(text, pygame.Rect(x, rect.y, rect.right - wide - kit.px(8) - x, rect.h), SMALL, lines=lines)
    if value:
        p.text(value, rect, STRONG.but(ink=ink), "right")


@dataclass(frozen=True)
class Indicator:
    """An indicator row: `share` and `tick` 0 to 1; `way` of the change; `trend` oldest first."""

    name: str
    value: str
    share: float
    change: str = ""
    way: int = 0
    tone: Tone = "plain"
    tick: float | None = None
    trend: tuple[float, ...] = ()
    ink: Ink = "accent"


def spark_wide(kit: Kit, rect: pygame.Rect) -> int:
    """Width of an indicator's sparkline in screen pixels; 0 where there is no room for one."""
    return kit.px(116) if rect.w > kit.px(340) else 0


def indicator(p: Painter, rect: pygame.Rect, row: Indicator) -> None:
    """Name, figure and change above a meter; a sparkline at the right when there is room for it."""
    kit = p.kit
    spark = spark_wide(kit, rect) if row.trend else 0
    body = pygame.Rect(rect.x, rect.y, rect.w - spark - (kit.px(22) if spark else 0), rect.h)
    top = pygame.Rect(body.x, body.y, body.w, body.h - kit.px(12))
    change = kit.px(46) if row.change else 0
    figure = kit.width(row.value, FIGURE)
    if row.change:
        delta(p, pygame.Rect(top.right - change, top.y, change, top.h), row.change, row.way, row.tone)
    right = top.right - change - (kit.px(8) if change else 0)
    p.text(row.value, pygame.Rect(right - figure, top.y, figure, top.h), FIGURE)
    p.text(row.name, pygame.Rect(top.x, top.y, right - figure - kit.px(8) - top.x, top.h), Style(size=16))
    bar = pygame.Rect(body.x, body.bottom - kit.px(10), body.w, kit.px(8))
    meter(p, bar, row.share, row.tick, row.ink)
    if spark:
        sparkline(p, pygame.Rect(rect.right - spark, rect.y, spark, rect.h), row.trend)
