"""Quantities as marks: bars, meters, ranges, sparklines, deltas, ladders, gauges. All draw; none is pressed.

Each function takes a painter and a rectangle in screen pixels; values are in the caller's units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pygame

from .paint import CAPTION, SMALL, STRONG, Painter
from .surfaces import Pattern
from .text import Ink, Style

Tone = Literal["good", "bad", "warn", "plain", "accent"]
TONES: dict[str, tuple[Ink, Ink]] = {
    "good": ("good", "good_mid"),
    "bad": ("bad", "bad_mid"),
    "warn": ("warn", "warn_mid"),
    "plain": ("ink3", "line2"),
    "accent": ("accent", "accent_mid"),
}


def tone_ink(tone: Tone) -> Ink:
    """The text colour of a tone."""
    return TONES[tone][0]


def progress(p: Painter, rect: pygame.Rect, share: float, ink: Ink = "accent", track: Ink = "track") -> None:
    """A progress bar filled by `share` (0 to 1)."""
    p.bar(rect, track)
    wide = round(rect.w * max(0.0, min(1.0, share)))
    if wide:
        p.bar(pygame.Rect(rect.x, rect.y, max(wide, min(rect.h, rect.w)), rect.h), ink)


def meter(p: Painter, rect: pygame.Rect, share: float, tick: float | None = None, ink: Ink = "accent") -> None:
    """A bar with a dark tick at the threshold; both as shares (0 to 1)."""
    progress(p, rect, share, ink)
    if tick is not None:
        x = rect.x + round(rect.w * max(0.0, min(1.0, tick)))
        over = p.kit.px(4)
        p.bar(pygame.Rect(x - p.kit.px(1.5), rect.y - over, p.kit.px(3), rect.h + 2 * over), "ink")


def signed_meter(
    p: Painter,
    rect: pygame.Rect,
    value: float,
    low: float,
    high: float,
    tick: float | None = None,
    ink: Ink = "accent",
    less: Ink = "bad",
) -> None:
    """A bar from nought to a value between `low` (not above nought) and `high`: rightwards, or leftwards in `less`."""
    kit = p.kit
    span = high - low

    def at(value: float) -> int:
        return rect.x + round(rect.w * (max(low, min(high, value)) - low) / span)

    p.bar(rect, "track")
    zero, end = at(0), at(value)
    if end != zero:
        p.bar(pygame.Rect(min(zero, end), rect.y, abs(end - zero), rect.h), ink if value > 0 else less)
    if low < 0:
        p.fill(pygame.Rect(zero - kit.px(0.5), rect.y - kit.px(3), kit.px(1), rect.h + 2 * kit.px(3)), "ink3")
    if tick is not None:
        over = kit.px(4)
        p.bar(pygame.Rect(at(tick) - kit.px(1.5), rect.y - over, kit.px(3), rect.h + 2 * over), "ink")


def sparkline(p: Painter, rect: pygame.Rect, values: Sequence[float], ink: Ink = "ink3", floor: float = 4.0) -> None:
    """A small line of `values`, oldest first, with a dot at the last; its height spans at least `floor` units."""
    if not values:
        return
    inner = rect.inflate(-p.kit.px(8), -p.kit.px(8))
    low, high = min(values), max(values)
    span = max(floor, high - low)
    middle = (low + high) / 2
    step = inner.w / max(1, len(values) - 1)
    points = [(inner.x + i * step, inner.centery - (v - middle) / span * inner.h) for i, v in enumerate(values)]
    if len(points) > 1:
        p.stroke(points, 1.8, ink)
    p.disc(points[-1], 3, ink)


def delta(
    p: Painter, rect: pygame.Rect, text: str, way: int, tone: Tone = "plain", align: Literal["left", "right"] = "right"
) -> None:
    """A change: a triangle up (`way` > 0), down or a square, and the figure `text` without its sign."""
    style = Style("semibold", 14, tone_ink(tone))
    gap, mark = p.kit.px(4), p.kit.px(10)
    wide = min(p.kit.width(text, style), rect.w - gap - mark)
    x = rect.left if align == "left" else rect.right - wide - gap - mark
    centre = (x + mark / 2, rect.centery)
    if way:
        p.triangle(centre, 10, tone_ink(tone), way > 0)
    else:
        side = p.kit.px(7)
        p.fill(pygame.Rect(round(centre[0]) - side // 2, rect.centery - side // 2, side, side), tone_ink(tone))
    p.text(text, pygame.Rect(x + mark + gap, rect.y, wide, rect.h), style)


def range_bar(
    p: Painter,
    rect: pygame.Rect,
    low: float,
    middle: float,
    high: float,
    reach: float,
    tone: Tone = "plain",
    zero: bool = True,
    origin: float = 0.0,
) -> None:
    """A forecast: a pill from `low` to `high` with a dot at `middle`.

    With `zero` the axis runs from -reach to +reach around a line at nought; otherwise from `origin` to
    origin + reach over a pale track. Values beyond the axis are held at its end.
    """
    kit = p.kit
    start, span = (-reach, 2 * reach) if zero else (origin, reach)

    def x(value: float) -> float:
        return rect.x + max(0.0, min(1.0, (value - start) / span)) * rect.w

    tall = kit.px(10)
    if zero:
        p.vline(round(x(0)), rect.y, rect.bottom, "ink3", 1.2)
    else:
        p.bar(pygame.Rect(rect.x, rect.centery - kit.px(4), rect.w, kit.px(8)), "track")
    left, right = round(x(low)), round(x(high))
    if right - left < tall:
        left, right = (left + right - tall) // 2, (left + right + tall) // 2
    ink, soft = TONES[tone]
    p.bar(pygame.Rect(left, rect.centery - tall // 2, right - left, tall), soft)
    p.disc((x(middle), rect.centery), 6, ink, "panel", 2)


def stepper(p: Painter, rect: pygame.Rect, steps: Sequence[str], at: int) -> None:
    """The ladder: circles on a line, those before `at` ticked, `at` ringed, the rest empty; labels below."""
    kit = p.kit
    count = len(steps)
    each = rect.w / count
    centres = [(round(rect.x + each * (i + 0.5)), rect.y + kit.px(14)) for i in range(count)]
    y = centres[0][1] - kit.px(1.5)
    p.fill(pygame.Rect(centres[0][0], y, centres[-1][0] - centres[0][0], kit.px(3)), "line")
    if at > 0:
        p.fill(pygame.Rect(centres[0][0], y, centres[min(at, count - 1)][0] - centres[0][0], kit.px(3)), "accent")
    for i, centre in enumerate(centres):
        if i < at:
            p.disc(centre, 10, "accent")
            p.icon("check", centre, 13, "inv")
        elif i == at:
            p.disc(centre, 13, "panel", "accent", 3)
            p.disc(centre, 7, "accent")
        else:
            p.disc(centre, 9.5, "panel", "line2", 2)
    for i, label in enumerate(steps):
        style = Style("bold" if i == at else "ui", 12.5, "accent" if i == at else "ink2")
        box = pygame.Rect(round(rect.x + each * i), rect.y + kit.px(30), round(each), rect.bottom - rect.y - kit.px(30))
        p.text(label, box.inflate(-kit.px(4), 0), style, "centre", "top", lines=max(1, box.h // kit.line(style)))


def gauge(p: Painter, rect: pygame.Rect, share: float, figure: str, caption: str, ink: Ink = "accent") -> None:
    """A ring gauge with a large figure and a caption inside."""
    kit = p.kit
    radius = min(rect.w, rect.h) // 2
    p.ring(rect.center, radius / kit.s, max(6.0, radius / kit.s * 0.17), share, ink, "track")
    size = radius / kit.s * 0.56
    p.text(
        figure,
        pygame.Rect(rect.x, rect.centery - round(radius * 0.44), rect.w, round(radius * 0.62)),
        Style("display", size),
        "centre",
    )
    inner = pygame.Rect(0, 0, round(radius * 1.3), kit.line(CAPTION))
    inner.midtop = (rect.centerx, rect.centery + round(radius * 0.2))
    p.text(caption, inner, CAPTION, "centre")


def pips(p: Painter, rect: pygame.Rect, filled: int, total: int) -> None:
    """Small circles, `filled` of them full: a count against a limit."""
    for i in range(total):
        centre = (rect.x + p.kit.px(8 + 20 * i), rect.centery)
        if i < filled:
            p.disc(centre, 7, "accent")
        else:
            p.disc(centre, 7, "panel", "line2", 1.8)


@dataclass(frozen=True)
class Swatch:
    """A legend entry: a filled sample (perhaps patterned) or a line (`line` solid, dashed, dotted)."""

    label: str
    fill: Ink = "panel"
    pattern: Pattern | None = None
    line: Literal["", "solid", "dashed", "dotted"] = ""


def swatch(p: Painter, rect: pygame.Rect, entry: Swatch, style: Style = SMALL) -> None:
    """One legend row: sample at the left, label beside it."""
    kit = p.kit
    sample = pygame.Rect(rect.x, rect.centery - kit.px(8), kit.px(26), kit.px(16))
    if entry.line:
        dash = {"solid": None, "dashed": (6.0, 4.0), "dotted": (2.0, 3.5)}[entry.line]
        ends = [(float(sample.left), float(sample.centery)), (float(sample.right), float(sample.centery))]
        p.stroke(ends, 2.2, "ink", dash)
    else:
        p.panel(sample, entry.fill, 3, "ink3", 0.8)
        if entry.pattern:
            p.pattern(sample.inflate(-2, -2), entry.pattern, "ink2", 2)
    x = sample.right + kit.px(12)
    p.text(entry.label, pygame.Rect(x, rect.y, rect.right - x, rect.h), style)


def marker(p: Painter, centre: tuple[int, int], number: str, radius: float = 11) -> None:
    """A numbered amber disc, as for the turning points."""
    p.disc(centre, radius, "amber")
    half = p.kit.px(radius)
    p.text(
        number,
        pygame.Rect(centre[0] - half, centre[1] - half, 2 * half, 2 * half),
        STRONG.but(size=13, ink="amber_ink"),
        "centre",
    )
