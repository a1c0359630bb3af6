"""Things to set: sliders, toggles, choosers, radio cards, text fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from .buttons import Choice
from .kit import Kit
from .node import Command, Look, Node, TextInput, Tip
from .paint import CAPTION, SMALL, STRONG, Painter
from .text import Style
from .ui import Ui


def slider(
    kit: Kit,
    rect: pygame.Rect,
    value: float,
    low: float,
    high: float,
    step: float,
    key: str,
    command: Callable[[float], Command],
    shown: str = "",
    tip: Tip | None = None,
    enabled: bool = True,
) -> Node:
    """A slider from `low` to `high` in steps; `shown` is the value as text at its right end.

    Left/Down and Right/Up move one step, Page keys five, Home and End to the ends.
    """
    room = kit.width(shown, STRONG) + kit.px(14) if shown else 0
    knob = kit.px(9)
    track = pygame.Rect(rect.x + knob, rect.centery - kit.px(3), rect.w - room - 2 * knob, kit.px(6))
    share = (value - low) / (high - low) if high > low else 0.0

    def snap(wish: float) -> float:
        steps = round((max(low, min(high, wish)) - low) / step)
        return round(min(high, low + steps * step), 6)

    def on_drag(across: float, down: float) -> Command | None:
        x = rect.left + across * (rect.w - 1)
        new = snap(low + (x - track.left) / max(1, track.w) * (high - low))
        return command(new) if new != value else None

    def on_key(event: pygame.event.Event) -> Command | None:
        goals = {
            pygame.K_LEFT: value - step,
            pygame.K_DOWN: value - step,
            pygame.K_RIGHT: value + step,
            pygame.K_UP: value + step,
            pygame.K_PAGEDOWN: value - 5 * step,
            pygame.K_PAGEUP: value + 5 * step,
            pygame.K_HOME: low,
            pygame.K_END: high,
        }
        return command(snap(goals[event.key])) if event.key in goals and enabled else None

    def draw(p: Painter, look: Look) -> None:
        ink = "accent" if enabled else "line2"
        p.bar(track, "track")
        p.bar(pygame.Rect(track.x, track.y, round(track.w * share), track.h), ink)
        centre = (track.x + round(track.w * share), track.centery)
        p.disc(centre, 10 if look.hovered or look.pressed else 9, "panel", ink, 2.4)
        if shown:
            p.text(shown, pygame.Rect(rect.right - room, rect.y, room, rect.h), STRONG, "right")

    return Node(
        rect,
        draw,
        key=key,
        focusable=True,
        enabled=enabled,
        on_key=on_key,
        on_drag=on_drag if enabled else None,
        tip=tip,
    )


def toggle(
    kit: Kit,
    rect: pygame.Rect,
    label: str,
    on: bool,
    command: Command,
    key: str,
    tip: Tip | None = None,
    enabled: bool = True,
) -> Node:
    """A switch with its label to the left."""
    wide, tall = kit.px(44), kit.px(24)
    case = pygame.Rect(rect.right - wide, rect.centery - tall // 2, wide, tall)

    def draw(p: Painter, look: Look) -> None:
        p.text(
            label,
            pygame.Rect(rect.x, rect.y, case.left - rect.x - kit.px(10), rect.h),
            Style(ink="ink" if enabled else "ink3"),
        )
        p.panel(case, "accent" if on else "panel2", 12, None if on else "ink3", 1.4)
        x = case.right - tall // 2 if on else case.left + tall // 2
        p.disc((x, case.centery), 8.5 if on else 7, "panel" if on else "ink3")
        if on:
            p.icon("check", (x, case.centery), 12, "accent")

    return Node(rect, draw, key=key, command=command, focusable=True, enabled=enabled, tip=tip, radius=6)


def chooser(
    kit: Kit, rect: pygame.Rect, choices: Sequence[Choice], selected: str, key: str, command: Callable[[str], Command]
) -> Node:
    """One value out of several in one line, with arrows to both sides; Left and Right turn it, Enter turns on."""
    at = next((i for i, choice in enumerate(choices) if choice.key == selected), 0)

    def turned(by: int) -> Command:
        return command(choices[(at + by) % len(choices)].key)

    def on_key(event: pygame.event.Event) -> Command | None:
        by = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}.get(event.key)
        return turned(by) if by is not None else None

    def draw(p: Painter, look: Look) -> None:
        p.panel(rect, "panel", 8, "line2")
        p.text(choices[at].label, rect.inflate(-2 * rect.h, 0), STRONG, "centre")

    def side(icon: str, place: pygame.Rect, by: int) -> Node:
        def draw_side(p: Painter, look: Look) -> None:
            if look.hovered:
                p.panel(place, "accent_soft", 6)
            p.icon(icon, place.center, 17, "accent")

        return Node(place, draw_side, key=f"{key}:{icon}", command=turned(by))

    inner = rect.inflate(-kit.px(6), -kit.px(6))
    left = pygame.Rect(inner.left, inner.top, inner.h, inner.h)
    right = pygame.Rect(inner.right - inner.h, inner.top, inner.h, inner.h)
    arrows = (side("chevron_left", left, -1), side("chevron_right", right, 1))
    return Node(rect, draw, key=key, command=turned(1), focusable=True, on_key=on_key, children=arrows)


def radio_cards(
    kit: Kit,
    rect: pygame.Rect,
    choices: Sequence[Choice],
    selected: str,
    key: str,
    command: Callable[[str], Command],
    columns: int = 1,
) -> Node:
    """Cards of which one is chosen, in `columns` columns that fill `rect`."""
    gap = kit.px(10)
    rows = -(-len(choices) // columns)
    wide = (rect.w - gap * (columns - 1)) // columns
    tall = (rect.h - gap * (rows - 1)) // max(1, rows)
    cards = []
    for i, choice in enumerate(choices):
        place = pygame.Rect(rect.x + i % columns * (wide + gap), rect.y + i // columns * (tall + gap), wide, tall)
        cards.append(_radio(kit, place, choice, choice.key == selected, key, command(choice.key)))
    return Node(rect, children=tuple(cards))


def _radio(kit: Kit, rect: pygame.Rect, choice: Choice, chosen: bool, key: str, command: Command) -> Node:
    def draw(p: Painter, look: Look) -> None:
        ground = "panel2" if not choice.enabled else "panel"
        p.panel(rect, ground, 9, "accent" if chosen else "line2" if look.hovered else "line", 2.4 if chosen else 1)
        x = rect.left + kit.px(24)
        p.disc((x, rect.centery), 9, "panel", "accent" if chosen else "ink3", 1.8)
        if chosen:
            p.disc((x, rect.centery), 4.5, "accent")
        left = x + kit.px(22)
        if choice.icon:
            p.icon(choice.icon, (left + kit.px(10), rect.centery), 22, "accent" if choice.enabled else "ink3")
            left += kit.px(32)
        room = pygame.Rect(left, rect.y, rect.right - kit.px(12) - left, rect.h)
        ink = "ink" if choice.enabled else "ink3"
        if not choice.detail:
            p.text(choice.label, room, STRONG.but(ink=ink))
            return
        head = kit.line(STRONG)
        most = max(1, (rect.h - head - kit.px(8)) // kit.line(SMALL))
        tall = kit.layout(choice.detail, SMALL, room.w, most).height
        top = rect.centery - (head + tall) // 2
        p.text(choice.label, pygame.Rect(left, top, room.w, head), STRONG.but(ink=ink))
        p.text(choice.detail, pygame.Rect(left, top + head, room.w, tall), SMALL, valign="top", lines=most)

    return Node(
        rect,
        draw,
        key=f"{key}:{choice.key}",
        command=command,
        enabled=choice.enabled,
        focusable=True,
        group=key,
        selected=chosen,
        tip=choice.tip,
        radius=9,
        solid=True,
    )


def text_field(
    ui: Ui,
    rect: pygame.Rect,
    value: str,
    on_change: Callable[[str], Command],
    key: str,
    placeholder: str = "",
    icon: str | None = None,
    on_enter: Command | None = None,
    limit: int = 80,
    fault: str = "",
) -> Node:
    """A line to type in. The value is the caller's; `on_change` is answered with each new one.

    `fault`, when there is one, is written in the lower part of `rect` and the border turns red.
    """
    kit = ui.kit
    note = kit.line(CAPTION) + kit.px(2) if fault else 0
    box = pygame.Rect(rect.x, rect.y, rect.w, rect.h - note)

    def draw(p: Painter, look: Look) -> None:
        border = "bad" if fault else "accent" if look.focused else "line2"
        p.panel(box, "panel", 8, border, 1.8 if look.focused or fault else 1)
        x = box.left + kit.px(12)
        if icon:
            p.icon(icon, (x + kit.px(8), box.centery), 18, "ink3")
            x += kit.px(26)
        room = pygame.Rect(x, box.y, box.right - kit.px(10) - x, box.h)
        style = Style(size=15)
        caret = min(ui.caret.get(key, len(value)), len(value))
        first = 0
        while kit.width(value[first:caret], style) > room.w - kit.px(4):
            first += 1
        if value:
            p.text(value[first:], room, style)
        elif placeholder:
            p.text(placeholder, room, style.but(ink="ink3"))
        if look.focused:
            at = x + kit.width(value[first:caret] + "|", style) - kit.width("|", style)
            p.fill(pygame.Rect(at, box.centery - kit.px(10), kit.px(2), kit.px(20)), "accent")
        if fault:
            p.text(fault, pygame.Rect(rect.x, box.bottom, rect.w, note), CAPTION.but(ink="bad"))

    return Node(
        rect, draw, key=key, focusable=True, text=TextInput(value, on_change, on_enter, limit), radius=8, solid=True
    )
