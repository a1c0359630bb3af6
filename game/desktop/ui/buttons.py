"""Things to press: buttons, tabs, chips, the mode rail. Rectangles in screen pixels, labels from the caller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pygame

from .kit import Kit
from .node import Command, Look, Node, Tip
from .paint import STRONG, Painter
from .text import Ink, Style

Kind = Literal["primary", "amber", "outline", "quiet", "navy"]
# ground, ground under the pointer, border, text
_LOOKS: dict[str, tuple[Ink | None, Ink | None, Ink | None, Ink]] = {
    "primary": ("accent", "navy3", None, "inv"),
    "amber": ("amber", (0xF0, 0xB4, 0x1C), None, "amber_ink"),
    "outline": ("panel", "accent_soft", "line2", "ink"),
    "quiet": (None, "panel2", None, "ink2"),
    "navy": (None, "navy3", None, "inv"),
}
_OFF: dict[str, tuple[Ink, Ink]] = {"navy": ("navy2", "inv2"), "amber": ("navy3", "inv2")}
WAY = Style("ui", 13)  # the word of a stacked button on navy
TIGHT = 4  # the least space beside the word of a tab, in design pixels
BARE = 50  # a stacked button narrower than this has no room for words
ChipKind = Literal["plain", "accent", "good", "bad", "warn", "navy", "bad_solid"]
_CHIPS: dict[str, tuple[Ink, Ink]] = {
    "plain": ("panel2", "ink2"),
    "accent": ("accent_soft", "accent"),
    "good": ("good_soft", "good"),
    "bad": ("bad_soft", "bad"),
    "warn": ("warn_soft", "warn"),
    "navy": ("navy", "inv"),
    "bad_solid": ("bad", "inv"),
}


@dataclass(frozen=True)
class Choice:
    """One of several: its value's name, its label, and perhaps an icon, a tooltip, a second line."""

    key: str
    label: str
    icon: str | None = None
    tip: Tip | None = None
    detail: str = ""
    enabled: bool = True


def button(
    kit: Kit,
    rect: pygame.Rect,
    label: str,
    command: Command,
    key: str,
    kind: Kind = "primary",
    icon: str | None = None,
    enabled: bool = True,
    tip: Tip | None = None,
    align: Literal["centre", "left"] = "centre",
    size: float = 15,
) -> Node:
    """A button; disabled ones stay reachable so that their tooltip can say why."""
    ground, hover, border, ink = _LOOKS[kind]
    if not enabled:
        ground, ink = _OFF.get(kind, ("panel2", "ink3"))
        border = None if kind in _OFF else "line"

    def draw(p: Painter, look: Look) -> None:
        place = rect.move(0, kit.px(1)) if look.pressed and not look.calm else rect
        fill = hover if look.hovered and enabled else ground
        if fill is not None:
            p.panel(place, fill, 8, border)
        style = STRONG.but(ink=ink, size=size)
        pad, gap = kit.px(12), kit.px(9)
        glyph = kit.px(size + 4) + gap if icon else 0
        room = place.w - 2 * pad - glyph
        wide = min(room, kit.width(label, style))
        x = place.left + pad if align == "left" else place.centerx - (wide + glyph) // 2
        if icon:
            p.icon(icon, (x + (glyph - gap) // 2, place.centery), size + 4, ink)
        p.text(label, pygame.Rect(x + glyph, place.top, room, place.h), style)

    return Node(rect, draw, key=key, command=command, enabled=enabled, focusable=True, tip=tip, solid=True)


def icon_button(
    kit: Kit,
    rect: pygame.Rect,
    icon: str,
    command: Command,
    key: str,
    tip: Tip,
    kind: Kind = "quiet",
    enabled: bool = True,
) -> Node:
    """A button that shows only an icon; its tooltip names it."""
    ground, hover, border, ink = _LOOKS[kind]

    def draw(p: Painter, look: Look) -> None:
        fill = hover if look.hovered and enabled else ground
        if fill is not None:
            p.panel(rect, fill, 8, border)
        p.icon(icon, rect.center, min(rect.w, rect.h) / kit.s * 0.58, ink if enabled else "line2")

    return Node(rect, draw, key=key, command=command, enabled=enabled, focusable=True, tip=tip, solid=True)


def stacked_button(
    kit: Kit,
    rect: pygame.Rect,
    label: str,
    icon: str,
    command: Command,
    key: str,
    selected: bool = False,
    dark: bool = True,
    tip: Tip | None = None,
    group: str = "",
    badge: str = "",
) -> Node:
    """Icon above label: the entries of the top bar (`dark`) and the tiles of the mode rail (light).

    Where it is narrower than `BARE` design pixels it shows the icon alone, and the label is its tip.
    """
    bare = rect.w < kit.px(BARE)
    if bare and tip is None:
        tip = Tip(label)

    def draw(p: Painter, look: Look) -> None:
        ink: Ink = "inv" if dark or selected else "ink2"
        if selected:
            p.panel(rect, "navy3" if dark else "accent", 9)
        elif look.hovered:
            p.panel(rect, "navy2" if dark else "panel2", 9)
        size = 20 if dark else 25
        if bare:
            p.icon(icon, rect.center, size, ink)
            return
        text_h = kit.line(WAY)
        gap = kit.px(2 if dark else 6)
        top = max(rect.top, rect.centery - (kit.px(size) + gap + text_h) // 2)
        p.icon(icon, (rect.centerx, top + kit.px(size) // 2), size, ink)
        style = WAY.but(role="semibold" if selected or not dark else WAY.role, ink=ink if dark or selected else "ink")
        inner = rect.inflate(-kit.px(4), 0)
        p.text(label, pygame.Rect(inner.x, top + kit.px(size) + gap, inner.w, text_h), style, "centre")
        if badge:
            at = (rect.centerx + kit.px(size * 0.62), max(top + kit.px(3), rect.top + kit.px(8)))
            p.disc(at, 8, "amber")
            p.text(badge, pygame.Rect(at[0] - kit.px(12), at[1] - kit.px(8), kit.px(24), kit.px(16)), _BADGE, "centre")

    return Node(
        rect,
        draw,
        key=key,
        command=command,
        focusable=True,
        tip=tip,
        group=group,
        selected=selected,
        radius=9,
        solid=True,
    )


_BADGE = Style("bold", 12, "amber_ink")


def rail(kit: Kit, rect: pygame.Rect, choices: Sequence[Choice], selected: str, key: str, command: object) -> Node:
    """The vertical rail of map modes. `command` is called with the key of the choice."""
    pad = kit.px(6)
    each = (rect.h - 2 * pad) // max(1, len(choices))
    tiles = []
    for i, choice in enumerate(choices):
        tile = pygame.Rect(rect.x + pad, rect.y + pad + i * each, rect.w - 2 * pad, each - kit.px(2))
        assert choice.icon is not None
        tiles.append(
            stacked_button(
                kit,
                tile,
                choice.label,
                choice.icon,
                _call(command, choice.key),
                f"{key}:{choice.key}",
                choice.key == selected,
                dark=False,
                tip=choice.tip,
                group=key,
            )
        )

    def draw(p: Painter, look: Look) -> None:
        p.panel(rect, "panel", 12, "line", shadow="card")

    return Node(rect, draw, solid=True, children=tuple(tiles))


def _call(command: object, value: object) -> Command:
    return command(value) if callable(command) else command


def tab_bar(kit: Kit, rect: pygame.Rect, choices: Sequence[Choice], selected: str, key: str, command: object) -> Node:
    """Tabs in a row, each as wide as its label.

    Without room they lose first their icons, then, but for the selected one, their labels (a tip names each), then the
    space around them; at the last they are shrunk together.
    """
    style, pad, gap = STRONG, kit.px(13), kit.px(4)
    glyph = kit.px(26)
    wishes = [kit.width(c.label, style) + 2 * pad + (glyph if c.icon else 0) for c in choices]
    room = rect.w - gap * (len(choices) - 1)
    icons = sum(wishes) <= room
    bare: set[str] = set()
    if not icons:
        wishes = [kit.width(c.label, style) + 2 * pad for c in choices]
    if sum(wishes) > room:
        bare = {c.key for c in choices if c.icon and c.key != selected}
        small = kit.px(19) + 2 * kit.px(8)
        wishes = [small if c.key in bare else wish for c, wish in zip(choices, wishes, strict=True)]
    over, worded = sum(wishes) - room, len(choices) - len(bare)
    if 0 < over <= worded * 2 * (pad - kit.px(TIGHT)):
        less = -(-over // worded)
        wishes = [wish if c.key in bare else wish - less for c, wish in zip(choices, wishes, strict=True)]
    elif over > 0:
        share = room / sum(wishes)
        wishes = [int(wish * share) for wish in wishes]
    tabs, x = [], rect.x
    for choice, wide in zip(choices, wishes, strict=True):
        place = pygame.Rect(x, rect.y, wide, rect.h)
        short = choice.key in bare or wide < kit.width(choice.label, style)
        shown = replace(choice, tip=Tip(choice.label)) if short and choice.tip is None else choice
        tabs.append(_tab(kit, place, shown, choice.key == selected, key, command, icons, choice.key in bare))
        x += wide + gap
    return Node(rect, children=tuple(tabs))


def _tab(
    kit: Kit, rect: pygame.Rect, choice: Choice, chosen: bool, key: str, command: object, icons: bool, bare: bool
) -> Node:
    def draw(p: Painter, look: Look) -> None:
        ink: Ink = "accent" if chosen else "ink2"
        if chosen or look.hovered:
            p.panel(rect, "accent_soft" if chosen else "panel2", 8)
        if bare and choice.icon:
            p.icon(choice.icon, rect.center, 19, ink)
            return
        glyph = kit.px(26) if choice.icon and icons else 0
        pad = max(kit.px(TIGHT), min(kit.px(13), (rect.w - glyph - kit.width(choice.label, STRONG)) // 2))
        x = rect.left + pad
        if choice.icon and icons:
            p.icon(choice.icon, (x + kit.px(9), rect.centery), 19, ink)
            x += glyph
        style = STRONG.but(ink=ink) if chosen else Style("ui", STRONG.size, ink)
        p.text(choice.label, pygame.Rect(x, rect.y, rect.right - pad - x, rect.h), style)

    return Node(
        rect,
        draw,
        key=f"{key}:{choice.key}",
        command=_call(command, choice.key),
        focusable=True,
        group=key,
        selected=chosen,
        tip=choice.tip,
        solid=True,
    )


def pills(kit: Kit, rect: pygame.Rect, choices: Sequence[Choice], selected: str, key: str, command: object) -> Node:
    """Pill-shaped tabs aligned to the right of `rect`, the selected one navy."""
    style, gap = STRONG, kit.px(10)
    wishes = [kit.width(c.label, style) + kit.px(36) for c in choices]
    room = rect.w - gap * (len(choices) - 1)
    if sum(wishes) > room:
        wishes = [int(wish * room / sum(wishes)) for wish in wishes]
    x = rect.right - sum(wishes) - gap * (len(choices) - 1)
    nodes = []
    for choice, wide in zip(choices, wishes, strict=True):
        place = pygame.Rect(x, rect.y, wide, rect.h)
        nodes.append(_pill(kit, place, choice, choice.key == selected, key, command))
        x += wide + gap
    return Node(rect, children=tuple(nodes))


def _pill(kit: Kit, rect: pygame.Rect, choice: Choice, chosen: bool, key: str, command: object) -> Node:
    def draw(p: Painter, look: Look) -> None:
        ground: Ink = "navy" if chosen else "accent_soft" if look.hovered else "panel"
        p.panel(rect, ground, rect.h / 2 / kit.s, None if chosen else "line2")
        room = rect.inflate(-kit.px(12), 0)
        p.text(choice.label, room, STRONG.but(ink="inv" if chosen else "ink"), "centre")

    return Node(
        rect,
        draw,
        key=f"{key}:{choice.key}",
        command=_call(command, choice.key),
        focusable=True,
        group=key,
        selected=chosen,
        tip=choice.tip,
        radius=rect.h / 2 / kit.s,
        solid=True,
    )


def chip_width(kit: Kit, label: str, icon: str | None = None) -> int:
    """Width in screen pixels a chip needs."""
    return kit.width(label, _CHIP) + kit.px(24) + (kit.px(20) if icon else 0)


_CHIP = Style("semibold", 13)


def chip(
    kit: Kit,
    rect: pygame.Rect,
    label: str,
    kind: ChipKind = "plain",
    icon: str | None = None,
    key: str = "",
    tip: Tip | None = None,
    command: Command | None = None,
    align: Literal["left", "right"] = "left",
) -> Node:
    """A small rounded label, as wide as its text within `rect`; a button when it has a command."""
    ground, ink = _CHIPS[kind]
    wide = min(rect.w, chip_width(kit, label, icon))
    place = pygame.Rect(rect.left if align == "left" else rect.right - wide, rect.y, wide, rect.h)

    def draw(p: Painter, look: Look) -> None:
        p.panel(place, ground, place.h / 2 / kit.s, ink if look.hovered and command is not None else None)
        x = place.left + kit.px(12)
        if icon:
            p.icon(icon, (x + kit.px(7), place.centery), 16, ink)
            x += kit.px(20)
        p.text(label, pygame.Rect(x, place.y, place.right - kit.px(10) - x, place.h), _CHIP.but(ink=ink))

    reachable = bool(key) and (command is not None or tip is not None)
    return Node(place, draw, key=key, command=command, tip=tip, focusable=reachable, radius=place.h / 2 / kit.s)
