"""Rows of the overview panels: tension between pairs, risks, causes, turning points; and key caps."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from .meters import Tone, delta, marker, progress, range_bar, sparkline, tone_ink
from .paint import CAPTION, SMALL, STRONG, Painter
from .text import Ink, Style


def flag_pair(p: Painter, rect: pygame.Rect, first: str, second: str) -> None:
    """Two flags, the second over the lower right of the first."""
    tall = round(rect.h * 0.66)
    wide = round(tall * 1.5)
    p.flag(first, pygame.Rect(rect.left, rect.top, wide, tall), 2)
    p.flag(second, pygame.Rect(rect.right - wide, rect.bottom - tall, wide, tall), 2)


@dataclass(frozen=True)
class Pair:
    """Tension between two: `share` 0 to 1 for the bar, `trend` oldest first."""

    first: str
    second: str
    name: str
    value: str
    share: float
    change: str = ""
    way: int = 0
    tone: Tone = "plain"
    trend: tuple[float, ...] = ()
    ink: Ink = "t4"


def pair_row(p: Painter, rect: pygame.Rect, pair: Pair) -> None:
    """Flags, name above a bar, figure, change, sparkline; about 54 design pixels tall."""
    kit = p.kit
    flag_pair(p, pygame.Rect(rect.x, rect.centery - kit.px(16), kit.px(40), kit.px(32)), pair.first, pair.second)
    spark = kit.px(62) if pair.trend and rect.w > kit.px(330) else 0
    right = rect.right - spark
    if spark:
        sparkline(p, pygame.Rect(right, rect.centery - kit.px(15), spark, kit.px(30)), pair.trend, pair.ink)
    change = kit.px(42)
    delta(p, pygame.Rect(right - change - kit.px(6), rect.y, change, rect.h), pair.change, pair.way, pair.tone)
    figure = Style("bold", 18)
    wide = kit.px(38)
    left = right - change - kit.px(6) - wide - kit.px(4)
    p.text(pair.value, pygame.Rect(left, rect.y, wide, rect.h), figure, "right")
    x = rect.x + kit.px(52)
    room = left - kit.px(8) - x
    line = kit.line(STRONG)
    top = rect.centery - (line + kit.px(10)) // 2
    p.text(pair.name, pygame.Rect(x, top, room, line), STRONG)
    progress(p, pygame.Rect(x, top + line + kit.px(2), room, kit.px(8)), pair.share, pair.ink)


@dataclass(frozen=True)
class Risk:
    """A risk in per cent: `low`, `middle`, `high` of 100, with their texts."""

    name: str
    place: str
    low: float
    middle: float
    high: float
    spread: str
    value: str
    tone: Tone = "warn"


def risk_row(p: Painter, rect: pygame.Rect, risk: Risk) -> None:
    """Dot, name over place, range bar, range and figure; about 50 design pixels tall."""
    kit = p.kit
    p.disc((rect.x + kit.px(9), rect.centery), 7, tone_ink(risk.tone))
    x = rect.x + kit.px(28)
    figure = STRONG.but(size=16, ink=tone_ink(risk.tone))
    value, spread = kit.px(48), kit.px(56)
    p.text(risk.value, pygame.Rect(rect.right - value, rect.y, value, rect.h), figure, "right")
    p.text(risk.spread, pygame.Rect(rect.right - value - spread, rect.y, spread, rect.h), CAPTION, "right")
    room = rect.right - value - spread - kit.px(10) - x
    bar = min(kit.px(130), room // 2)
    range_bar(
        p,
        pygame.Rect(x + room - bar, rect.y, bar, rect.h),
        risk.low,
        risk.middle,
        risk.high,
        100,
        risk.tone,
        zero=False,
    )
    top, low = kit.line(STRONG), kit.line(CAPTION)
    y = rect.centery - (top + low) // 2
    p.text(risk.name, pygame.Rect(x, y, room - bar - kit.px(10), top), STRONG)
    p.text(risk.place, pygame.Rect(x, y + top, room - bar - kit.px(10), low), CAPTION)


def cause_row(p: Painter, rect: pygame.Rect, text: str, value: str, tone: Tone = "plain") -> None:
    """A cause and its signed share of the change."""
    style = STRONG.but(ink=tone_ink(tone))
    wide = p.kit.width(value, style)
    p.text(text, pygame.Rect(rect.x, rect.y, rect.w - wide - p.kit.px(10), rect.h), SMALL.but(ink="ink"))
    p.text(value, rect, style, "right")


@dataclass(frozen=True)
class Turning:
    """A turning point: its number, when, what was decided, in what way it mattered, the effect and its range."""

    number: str
    when: str
    title: str
    text: str
    value: str
    spread: str
    tone: Tone = "good"


def turning_row(p: Painter, rect: pygame.Rect, turning: Turning) -> None:
    """Amber number, date, title over text, effect over range; about 60 design pixels tall."""
    kit = p.kit
    p.hline(rect.left, rect.right, rect.top)
    marker(p, (rect.x + kit.px(16), rect.centery), turning.number, 12)
    top, low = kit.line(STRONG), kit.line(SMALL)
    y = rect.centery - (top + low) // 2
    x = rect.x + kit.px(42)
    when = kit.width(turning.when, SMALL)
    p.text(turning.when, pygame.Rect(x, y, when, top), SMALL)
    x += when + kit.px(14)
    figure = Style("bold", 18, tone_ink(turning.tone))
    wide = max(kit.width(turning.value, figure), kit.width(turning.spread, CAPTION))
    p.text(turning.value, pygame.Rect(rect.right - wide, y, wide, top), figure, "right")
    p.text(turning.spread, pygame.Rect(rect.right - wide, y + top, wide, low), CAPTION, "right")
    room = rect.right - wide - kit.px(12) - x
    p.text(turning.title, pygame.Rect(x, y, room, top), STRONG)
    p.text(turning.text, pygame.Rect(x, y + top, room, low), SMALL)


def keycap(p: Painter, rect: pygame.Rect, key: str, dark: bool = False) -> int:
    """A key as on a keyboard, at the left of `rect`; returns its width in screen pixels."""
    kit, style = p.kit, Style("semibold", 12.5, "inv" if dark else "ink2")
    tall = min(rect.h, kit.px(22))
    wide = max(tall, kit.width(key, style) + kit.px(12))
    cap = pygame.Rect(rect.x, rect.centery - tall // 2, wide, tall)
    p.panel(cap, "navy2" if dark else "panel2", 5, "navy3" if dark else "line2")
    p.text(key, cap, style, "centre")
    return wide
