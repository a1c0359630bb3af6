"""Draws the tree: only what is dirty, and pictures of what stays while something moves underneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pygame

from .kit import Kit
from .ledger import Ledger
from .node import Look, Node
from .paint import Painter

REACH = 48  # design pixels a node may draw beyond its rectangle (shadows, focus ring)


@dataclass(frozen=True)
class Pointing:
    """Keys of the nodes under the pointer, in focus and pressed; since when hovered and the time, in seconds."""

    hover: str | None = None
    focus: str | None = None
    pressed: str | None = None
    keyboard: bool = False
    since: float = 0.0
    now: float = 0.0


@dataclass(frozen=True)
class _Picture:
    inside: frozenset[str]
    state: tuple[str | None, ...]
    surface: pygame.Surface
    frame: pygame.Rect


class Canvas:
    """Knows what is dirty. `rebuilt`, `moved` and `touched` make it so; `draw` clears it."""

    def __init__(self) -> None:
        self._dirty: list[pygame.Rect] | None = None  # None: everything
        self._pictures: dict[int, _Picture] = {}
        self._under = False
        self._may_make = False

    @property
    def stale(self) -> bool:
        """Whether the next draw is of another tree, without pictures to help."""
        return self._dirty is None and not self._under

    @property
    def needs_draw(self) -> bool:
        """Whether anything is dirty."""
        return self._dirty is None or bool(self._dirty)

    def rebuilt(self) -> None:
        """The tree is another one."""
        self._dirty, self._under = None, False
        self._pictures.clear()

    def moved(self) -> None:
        """The tree is the same, what lies under it is not."""
        self._under = self._under or self._dirty is not None
        self._dirty = None

    def touched(self, rect: pygame.Rect) -> None:
        """`rect` looks different."""
        if self._dirty is not None:
            self._dirty.append(rect)

    def draw(
        self, kit: Kit, surface: pygame.Surface, roots: Sequence[Node], pointing: Pointing, ledger: Ledger | None
    ) -> list[pygame.Rect]:
        """Draw what is dirty, or with a ledger everything; returns the rectangles drawn."""
        whole = surface.get_rect()
        dirty = [whole] if self._dirty is None or ledger is not None else self._merged(whole)
        self._dirty = []
        self._under = self._under and ledger is None
        self._may_make = True
        for rect in dirty:
            surface.set_clip(rect)
            for root in roots:
                self._paint(Painter(surface, kit, ledger), root, rect, pointing)
        surface.set_clip(None)
        self._under = False
        return dirty

    def _merged(self, whole: pygame.Rect) -> list[pygame.Rect]:
        out: list[pygame.Rect] = []
        for rect in self._dirty or []:
            new = rect.clip(whole)
            while (at := new.collidelist(out)) >= 0:
                new = new.union(out.pop(at))
            if new.w and new.h:
                out.append(new)
        return out

    def _paint(self, painter: Painter, node: Node, dirty: pygame.Rect, pointing: Pointing) -> None:
        kit = painter.kit
        reach = 2 * kit.px(REACH)
        near = node.rect.inflate(reach, reach).colliderect(dirty)
        if not near and (node.clip or not node.children):
            return
        if node.cached and self._under:
            picture = self._picture(kit, node, pointing)
            if picture is not None:
                painter.surface.blit(picture.surface, picture.frame)
                return
        named = bool(node.key)
        hovered = named and node.key == pointing.hover and node.enabled
        focused = named and node.key == pointing.focus
        with painter.inside(node.rect, layer=node.layer):
            if near and node.draw is not None:
                since = pointing.now - pointing.since if hovered else 0.0
                pressed = hovered and node.key == pointing.pressed
                node.draw(painter, Look(hovered, focused, pressed, since, pointing.now, kit.calm))
            below = dirty.clip(node.rect) if node.clip else dirty  # what scrolling hides costs nothing
            with painter.inside(node.rect, clip=node.clip):
                for child in node.children:
                    self._paint(painter, child, below, pointing)
            if near and focused and pointing.keyboard:
                painter.focus(node.rect, node.radius, node.ring == "inner")

    def _picture(self, kit: Kit, node: Node, pointing: Pointing) -> _Picture | None:
        """A cached node with room for its shadow; made anew when hover or focus changed in it.

        One is made in a frame at most, so that no frame is long; None when it must be drawn without.
        """
        known = self._pictures.get(id(node))
        inside = known.inside if known else frozenset(below.key for below in node.walk() if below.key)
        state = tuple(k if k in inside else None for k in (pointing.hover, pointing.focus, pointing.pressed))
        state += ("ring" if pointing.keyboard and state[1] else None,)
        if known is not None and known.state == state:
            return known
        if not self._may_make:
            return None
        self._may_make = False
        reach = 2 * kit.px(REACH)
        frame = node.rect.inflate(reach, reach).clip(kit.screen)
        scratch = kit.scratch
        scratch.set_clip(frame)
        scratch.fill((*kit.theme.panel, 0))
        self._under = False  # what is cached below is part of this picture
        self._paint(Painter(scratch, kit), replace(node, cached=False), frame, pointing)
        self._under = True
        picture = pygame.Surface(frame.size, pygame.SRCALPHA)
        picture.blit(scratch, (0, 0), frame, pygame.BLEND_RGBA_MAX)
        made = self._pictures[id(node)] = _Picture(inside, state, picture, frame)
        return made
