"""What lies over the screen: modal dialogues and passing notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from .buttons import Kind, button
from .kit import Kit
from .meters import Tone, tone_ink
from .node import Command, Look, Node
from .paint import HEADING, STRONG, Painter
from .text import Rich, Style

BODY = Style(size=15, ink="ink2")


def modal_rect(kit: Kit, width: float, height: float) -> pygame.Rect:
    """A rectangle of at most `width` x `height` design pixels in the middle of the window."""
    margin = kit.px(24)
    w, h = min(kit.px(width), kit.screen.w - 2 * margin), min(kit.px(height), kit.screen.h - 2 * margin)
    out = pygame.Rect(0, 0, w, h)
    out.center = kit.screen.center
    return out


def modal(kit: Kit, rect: pygame.Rect, key: str, esc: Command, *children: Node, enter: Command | None = None) -> Node:
    """A panel over a veil; keyboard and pointer stay in it, Esc answers with `esc`, and Enter with `enter` while
    nothing has the focus."""

    def draw(p: Painter, look: Look) -> None:
        p.fill(kit.screen, "navy", 150)
        p.panel(rect, "panel", 14, "line", shadow="modal")

    return Node(kit.screen, draw, key=key, modal=True, solid=True, layer=1, esc=esc, enter=enter, children=children)


@dataclass(frozen=True)
class Answer:
    """A button of a question."""

    label: str
    command: Command
    kind: Kind = "outline"
    icon: str | None = None


def question(
    kit: Kit, key: str, title: str, text: Rich, answers: Sequence[Answer], esc: Command, width: float = 520
) -> Node:
    """A modal that asks: title, text, and a row of answers, the usual one last, which Enter gives."""
    pad, gap, tall_button = kit.px(28), kit.px(12), kit.px(44)
    inner = min(kit.px(width), kit.screen.w - kit.px(48)) - 2 * pad
    head = kit.height(title, HEADING, inner)
    tall = kit.height(text, BODY, inner)
    rect = modal_rect(kit, width, (2 * pad + head + tall + tall_button) / kit.s + 40)

    def draw(p: Painter, look: Look) -> None:
        p.text(title, pygame.Rect(rect.x + pad, rect.y + pad, inner, head), HEADING, valign="top", lines=None)
        place = pygame.Rect(rect.x + pad, rect.y + pad + head + kit.px(16), inner, tall)
        p.text(text, place, BODY, valign="top", lines=None)

    count = len(answers)
    most = (rect.w - 2 * pad - gap * (count - 1)) // max(1, count)
    wide = min(most, max(kit.px(120), *(kit.width(a.label, STRONG) + kit.px(70 if a.icon else 44) for a in answers)))
    left = rect.right - pad - count * wide - (count - 1) * gap
    top = rect.bottom - pad - tall_button
    buttons = [
        button(
            kit,
            pygame.Rect(left + i * (wide + gap), top, wide, tall_button),
            answer.label,
            answer.command,
            f"{key}:{i}",
            answer.kind,
            answer.icon,
        )
        for i, answer in enumerate(answers)
    ]
    return modal(kit, rect, key, esc, Node(rect, draw), *buttons, enter=answers[-1].command)


def toast(kit: Kit, rect: pygame.Rect, text: Rich, tone: Tone = "accent", icon: str = "info") -> Node:
    """A passing note on paper with a coloured edge; the caller takes it away after its time."""

    def draw(p: Painter, look: Look) -> None:
        p.panel(rect, "panel", 10, tone_ink(tone), 1.4, shadow="card")
        p.icon(icon, (rect.x + kit.px(26), rect.centery), 22, tone_ink(tone))
        room = pygame.Rect(rect.x + kit.px(48), rect.y, rect.w - kit.px(62), rect.h)
        p.text(text, room, STRONG.but(size=14), lines=max(1, rect.h // kit.line(STRONG)))

    return Node(rect, draw, layer=2, solid=True)
