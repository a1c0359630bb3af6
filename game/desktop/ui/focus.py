"""Where the keyboard goes: pure functions over the tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pygame

from .node import Node

Way = Literal["left", "right", "up", "down"]


def topmost(roots: Sequence[Node]) -> Sequence[Node]:
    """The trees that take input: from the last modal node on, or all of them."""
    for i in range(len(roots) - 1, -1, -1):
        modals = [node for node in roots[i].walk() if node.modal]
        if modals:
            return [modals[-1], *roots[i + 1 :]]
    return roots


def reachable(roots: Sequence[Node]) -> list[Node]:
    """Every node the keyboard can come to, in order."""
    return [node for root in topmost(roots) for node in root.walk() if node.reachable]


def stops(nodes: Sequence[Node], focus: str | None) -> list[Node]:
    """The stops of Tab: every ungrouped node, and of each group the focused, the selected or the first node."""
    out: list[Node] = []
    seen: set[str] = set()
    for node in nodes:
        if not node.group:
            out.append(node)
        elif node.group not in seen:
            seen.add(node.group)
            mates = [other for other in nodes if other.group == node.group]
            best = [m for m in mates if m.key == focus] or [m for m in mates if m.selected] or mates
            out.append(best[0])
    return out


def tab(nodes: Sequence[Node], focus: str | None, back: bool) -> str | None:
    """The key Tab (or Shift-Tab, `back`) moves to; round at the ends."""
    order = stops(nodes, focus)
    if not order:
        return None
    keys = [node.key for node in order]
    if focus not in keys:
        return keys[-1] if back else keys[0]
    return keys[(keys.index(focus) + (-1 if back else 1)) % len(keys)]


def arrow(nodes: Sequence[Node], focus: str | None, way: Way) -> str | None:
    """The key an arrow moves to: the nearest that way in the same group, else the group's next or last one.

    Without a focus it is Tab's first stop.
    """
    here = next((node for node in nodes if node.key == focus), None)
    if here is None:
        return tab(nodes, None, back=False)
    if not here.group:
        return None
    mates = [node for node in nodes if node.group == here.group]
    sideways = way in ("left", "right")
    sign = 1 if way in ("right", "down") else -1

    def ahead(node: Node) -> tuple[int, int] | None:
        along = node.rect.centerx - here.rect.centerx if sideways else node.rect.centery - here.rect.centery
        across = node.rect.centery - here.rect.centery if sideways else node.rect.centerx - here.rect.centerx
        return (abs(across), along * sign) if along * sign > 2 else None

    found = [(where, node) for node in mates if node is not here and (where := ahead(node)) is not None]
    if found:
        lane = here.rect.h if sideways else here.rect.w
        inline = [pair for pair in found if pair[0][0] < lane] or found
        inline.sort(key=lambda pair: (pair[0][1] if pair[0][0] < lane else pair[0][0], pair[0][0]))
        return inline[0][1].key
    at = mates.index(here) + sign
    return mates[at].key if 0 <= at < len(mates) else here.key


def path_to(roots: Sequence[Node], key: str) -> list[Node]:
    """The nodes from a root down to the one called `key`; empty when there is none."""

    def search(node: Node) -> list[Node]:
        if node.key == key:
            return [node]
        for child in node.children:
            below = search(child)
            if below:
                return [node, *below]
        return []

    for root in reversed(roots):
        found = search(root)
        if found:
            return found
    return []


def hit(roots: Sequence[Node], at: tuple[int, int]) -> tuple[Node | None, bool]:
    """The uppermost node the pointer rests on, and whether anything solid lies there."""

    def search(node: Node, clip: pygame.Rect | None) -> tuple[Node | None, bool]:
        if node.clip:
            clip = node.rect if clip is None else clip.clip(node.rect)
        for child in reversed(node.children):
            found, solid = search(child, clip)
            if found is not None or solid:
                return found, solid
        inside = node.rect.collidepoint(at) and (clip is None or clip.collidepoint(at))
        if inside and node.hotspot:
            return node, True
        return None, inside and (node.solid or node.modal)

    for root in reversed(topmost(roots)):
        found, solid = search(root, None)
        if found is not None or solid:
            return found, solid
    return None, False
