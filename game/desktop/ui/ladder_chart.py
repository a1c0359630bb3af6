"""Who moved up the ladder: start and end on the rungs, with history's end beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from .paint import CAPTION, Painter
from .text import Style


@dataclass(frozen=True)
class Climb:
    """A country's way: rungs by index from 0; `history` where the record ended, None where nothing is recorded."""

    name: str
    start: int
    end: int
    flag: str = ""
    history: int | None = None


def ladder_chart(
    p: Painter, rect: pygame.Rect, rungs: Sequence[str], climbs: Sequence[Climb], names: float = 168
) -> None:
    """Rungs as columns, countries as rows; `names` design pixels are kept at the left for them."""
    kit = p.kit
    head = kit.line(CAPTION) + kit.px(12)
    left = rect.x + kit.px(names)
    each = (rect.right - left) / len(rungs)
    row = (rect.h - head) / max(1, len(climbs))
    style = Style("semibold", 13, "ink2")

    def x(rung: int) -> int:
        return round(left + each * (rung + 0.5))

    for i, rung in enumerate(rungs):
        box = pygame.Rect(round(left + each * i), rect.y, round(each), kit.line(CAPTION))
        p.text(rung, box.inflate(-kit.px(4), 0), style, "centre")
        p.vline(x(i), rect.y + head - kit.px(4), rect.bottom, "line")
    for i, climb in enumerate(climbs):
        y = round(rect.y + head + row * (i + 0.5))
        at = rect.x
        if climb.flag:
            tall = kit.px(19)
            p.flag(climb.flag, pygame.Rect(at, y - tall // 2, round(tall * 1.5), tall), 2)
            at += kit.px(38)
        line = kit.line(CAPTION)
        room = left - at - kit.px(6)
        style = Style(size=14 if kit.width(climb.name, Style(size=14)) <= room else 12.5)
        p.text(climb.name, pygame.Rect(at, y - line // 2, room, line), style)
        if climb.end != climb.start:
            low, high = sorted((x(climb.start), x(climb.end)))
            p.fill(pygame.Rect(low, y - kit.px(3), high - low, kit.px(6)), "accent_mid")
            p.disc((x(climb.start), y), 6.5, "panel", "accent", 2.4)
            p.disc((x(climb.end), y), 7.5, "accent")
        else:
            p.disc((x(climb.end), y), 7, "ink3")
        if climb.history is not None and climb.history != climb.end:
            # Below the line where the row is high enough, else on it, beside the ring of the start: between two rows
            # it would belong to neither.
            low = row >= kit.px(32)
            aside = 0 if low or climb.history != climb.start else -14 if climb.end > climb.start else 14
            p.triangle((x(climb.history) + kit.px(aside), y + kit.px(12 if low else 0)), 12, "bad")


def ladder_key(p: Painter, rect: pygame.Rect, start: str, end: str, history: str = "") -> int:
    """The legend of the chart in one line, from the right end of `rect`, without what has no name; where it begins."""
    kit, style = p.kit, CAPTION
    x = rect.right
    for text, kind in ((history, "history"), (end, "end"), (start, "start")):
        if not text:
            continue
        wide = kit.width(text, style)
        x -= wide
        p.text(text, pygame.Rect(x, rect.y, wide + 1, rect.h), style)
        x -= kit.px(16)
        centre = (x + kit.px(4), rect.centery)
        if kind == "history":
            p.triangle(centre, 12, "bad")
        elif kind == "end":
            p.disc(centre, 6.5, "accent")
        else:
            p.disc(centre, 6, "panel", "accent", 2.2)
        x -= kit.px(18)
    return x
