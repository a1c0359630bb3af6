"""Routes events to the tree, keeps focus, hover, scroll and tooltips, and redraws what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from . import focus as walk
from .canvas import Canvas, Pointing
from .kit import Kit
from .ledger import Ledger
from .node import Command, Node, Tip
from .textedit import edit
from .tips import Pin, Term
from .tipstack import TipStack

TIP_DELAY = 0.35  # seconds
OUTSIDE = (-1, -1)
_ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)
_WAYS: dict[int, walk.Way] = {
    pygame.K_LEFT: "left",
    pygame.K_RIGHT: "right",
    pygame.K_UP: "up",
    pygame.K_DOWN: "down",
}


@dataclass(frozen=True)
class HoverEnd:
    """Answered when pointer or focus leaves a node that had a `hover_command`."""

    key: str


@dataclass(frozen=True)
class Follow:
    """Answered when a reader opens a linked term."""

    term: str


@dataclass(frozen=True)
class ScrollTo:
    """The toolkit's own command: move scroll area `key` to `offset` screen pixels."""

    key: str
    offset: int


class Ui:
    """`build` makes the tree from the current state; it runs again after `invalidate`.

    `term` explains a linked term. Times are seconds of the caller's clock; nothing here reads a clock.
    After `handle`, `consumed` says whether the event was meant for the interface.
    """

    def __init__(self, kit: Kit, build: Callable[[Ui], Node], term: Term = lambda name: None) -> None:
        self.kit = kit
        self.build = build
        self.term = term
        self.focus: str | None = None
        self.hover: str | None = None
        self.keyboard = False
        self.consumed = False
        self.pointer = OUTSIDE
        self.caret: dict[str, int] = {}
        self._scroll: dict[str, int] = {}
        self._pressed: str | None = None
        self._hover_since = 0.0
        self._pointed: str | None = None
        self._shown: str | None = None
        self._tips = TipStack()
        self._modal: str | None = None
        self._return: str | None = None
        self._roots: list[Node] | None = None
        self._canvas = Canvas()
        self._used = ""  # the letter of a key that did something else: the text that follows it is not typed

    # -- the tree ---------------------------------------------------------------------------------

    @property
    def roots(self) -> list[Node]:
        """The built tree, then the open tooltips above it."""
        if self._roots is None:
            tree = self.build(self)
            self._tips.outlive(walk.topmost([tree]))
            self._roots = [tree, *self._tips.nodes(self.kit, self.term, Follow)]
            if self._settle(self._roots) and self.keyboard:
                self._set_focus(self.focus)  # scrolls to it, and then the tree is built once more
                return self.roots
        return self._roots

    def _settle(self, roots: list[Node]) -> bool:
        """The keyboard goes to a modal's first node or last answer, and back to where it was when it closes.

        Answers whether a modal has opened or closed.
        """
        top = walk.topmost(roots)[0]
        modal = top.key if top.modal else None
        if modal == self._modal:
            return False
        if self._modal is None:
            self._return = self.focus
        inside = [node.key for node in walk.reachable(roots)]
        begin = top.first if top.first in inside else next(reversed(inside), None)
        self.focus = (begin if self.keyboard else None) if modal else self._return
        self._modal = modal
        return True

    def node(self, key: str | None) -> Node | None:
        """The node called `key`, if it is on the screen."""
        found = walk.path_to(self.roots, key) if key else []
        return found[-1] if found else None

    def invalidate(self) -> None:
        """The state behind the tree changed: build and draw all anew."""
        self._roots = None
        self._canvas.rebuilt()

    def redraw(self) -> None:
        """Everything looks different though the tree is the same (the map below it moved)."""
        self._canvas.moved()

    def touch(self, rect: pygame.Rect) -> None:
        """Something in `rect` looks different though the tree is the same: draw it again."""
        self._canvas.touched(rect.inflate(self.kit.px(12), self.kit.px(12)))

    def use(self, kit: Kit) -> None:
        """Another kit: the window, scale or palette changed."""
        self.kit = kit
        self._tips.open.clear()
        self.invalidate()

    def reset(self) -> None:
        """Another screen: forget focus, hover, tooltips and scrolling."""
        self.focus = self.hover = self._pressed = self._pointed = self._shown = None
        self._tips.open.clear()
        self._modal = self._return = None
        self._scroll.clear()
        self.invalidate()

    def offset(self, key: str, limit: int) -> int:
        """Scroll offset of an area in screen pixels, kept within 0 to `limit`."""
        value = max(0, min(limit, self._scroll.get(key, 0)))
        self._scroll[key] = value
        return value

    def scroll_to(self, key: str, offset: int) -> None:
        """Move a scroll area."""
        if self._scroll.get(key) != offset:
            self._scroll[key] = max(0, offset)
            self.invalidate()

    # -- events -----------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event, now: float) -> list[Command]:
        """Feed one pygame event; returns the commands it leads to."""
        self.consumed = False
        out: list[Command | None] = []
        if event.type == pygame.MOUSEMOTION:
            out += self._moved(event.pos, now)
        elif event.type == pygame.MOUSEBUTTONDOWN:
            out += self._down(event.button, event.pos, now)
        elif event.type == pygame.MOUSEBUTTONUP and event.button == 1:
            out += self._up(event.pos)
        elif event.type == pygame.MOUSEWHEEL:
            self._wheel(-event.y * self.kit.px(48))
        elif event.type == pygame.KEYDOWN:
            self._used = ""
            out += self._key(event)
        elif event.type == pygame.WINDOWLEAVE:
            out += self._moved(OUTSIDE, now)
        elif event.type == pygame.TEXTINPUT:
            out += self._typed(event)
        out += self._pointing()
        return [command for command in out if command is not None and not self._own(command)]

    def used(self, letter: str) -> None:
        """The key of this letter led into a text field: the letter itself is not to be typed there."""
        self._used = letter

    def tick(self, now: float) -> list[Command]:
        """Let time pass: opens the tooltip of what the pointer has rested on for 0.35 s, and looks anew
        what lies under a still pointer when the tree was rebuilt."""
        out: list[Command | None] = []
        if self._roots is None and self.pointer != OUTSIDE and not self.keyboard and self._pressed is None:
            out = [*self._moved(self.pointer, now), *self._pointing()]
        node = self.node(self.hover)
        if node is not None and not node.on_request and now - self._hover_since >= TIP_DELAY:
            self._show(node, pinned=False)
        return [command for command in out if command is not None]

    def _own(self, command: Command) -> bool:
        if isinstance(command, ScrollTo):
            self.scroll_to(command.key, command.offset)
        elif isinstance(command, Pin):
            self._tips.pin(command.index)
            self.invalidate()
        else:
            return False
        return True

    def _moved(self, at: tuple[int, int], now: float) -> list[Command | None]:
        self.pointer = at
        if self._pressed is not None:
            held = self.node(self._pressed)
            if held is not None and held.on_drag is not None:
                self.consumed = True
                return [self._drag(held, at)]
        node, self.consumed = walk.hit(self.roots, at)
        if self._tips.open and self._tips.leave(at, self.roots[1:], self.kit.px(24)):
            self.invalidate()
        key = node.key if node else None
        if key != self.hover:
            self._touch_key(self.hover)
            self.hover, self._hover_since = key, now
            self._touch_key(key)
        if self.keyboard:
            self.keyboard = False
            self._touch_key(self.focus)
        return []

    def _drag(self, node: Node, at: tuple[int, int]) -> Command | None:
        assert node.on_drag is not None
        across = (at[0] - node.rect.left) / max(1, node.rect.w - 1)
        down = (at[1] - node.rect.top) / max(1, node.rect.h - 1)
        return node.on_drag(max(0.0, min(1.0, across)), max(0.0, min(1.0, down)))

    def _down(self, button: int, at: tuple[int, int], now: float) -> list[Command | None]:
        out = self._moved(at, now)
        node, self.consumed = walk.hit(self.roots, at)
        if self._tips.open and not any(n.key.startswith("tip") and n.rect.collidepoint(at) for n in self.roots[1:]):
            self.close_tips()
        if node is not None and button == 2:
            self._show(node, pinned=True)
        if node is None or button != 1:
            return out
        self._pressed = node.key
        if node.focusable:
            self._set_focus(node.key, keyboard=False)
        self._touch_key(node.key)
        return [*out, self._drag(node, at)] if node.on_drag is not None and node.enabled else out

    def _up(self, at: tuple[int, int]) -> list[Command | None]:
        pressed, self._pressed = self._pressed, None
        node, self.consumed = walk.hit(self.roots, at)
        self._touch_key(pressed)
        if node is not None and node.key == pressed and node.enabled and node.on_drag is None:
            return [node.command]
        return []

    def _wheel(self, by: int) -> None:
        found = [
            n
            for root in walk.topmost(self.roots)
            for n in root.walk()
            if n.scroll and n.rect.collidepoint(self.pointer)
        ]
        _, self.consumed = walk.hit(self.roots, self.pointer)
        if found:
            self.consumed = True
            area = found[-1]
            self.scroll_to(area.key, max(0, min(area.scroll, self._scroll.get(area.key, 0) + by)))

    def _key(self, event: pygame.event.Event) -> list[Command | None]:
        nodes = walk.reachable(self.roots)
        node = next((n for n in nodes if n.key == self.focus), None)
        self.consumed = True
        if event.key == pygame.K_TAB:
            self._set_focus(walk.tab(nodes, self.focus, bool(event.mod & pygame.KMOD_SHIFT)))
            return []
        if event.key == pygame.K_ESCAPE:
            return self._escape()
        if event.key == pygame.K_F1:
            return self._explain()
        if node is not None:
            if node.text is not None:
                done, command = edit(self, node, event)
                if done:
                    return [command]
            if node.on_key is not None and node.enabled:
                command = node.on_key(event)
                if command is not None:
                    return [command]
            if event.key in (*_ENTER, pygame.K_SPACE):
                if node.command is None and node.tip is not None:
                    return self._explain()
                return [node.command] if node.enabled else []
        elif event.key in _ENTER:
            commands = [n.enter for root in walk.topmost(self.roots) for n in root.walk() if n.enter is not None]
            self.consumed = bool(commands)
            return commands[-1:]
        # A chord belongs to the bound keys while nothing has the focus.
        if event.key in _WAYS and (node is not None or not event.mod & (pygame.KMOD_ALT | pygame.KMOD_CTRL)):
            goal = walk.arrow(nodes, self.focus, _WAYS[event.key])
            if goal is not None:
                self._set_focus(goal)
                return []
        if node is not None and self._page(event, node):
            return []
        self.consumed = False
        return []

    def _page(self, event: pygame.event.Event, node: Node) -> bool:
        """Scroll the area that holds the focus by the keyboard."""
        areas = [n for n in walk.path_to(self.roots, node.key) if n.key and n.scroll]
        if not areas:
            return False
        area, line = areas[-1], self.kit.px(48)
        here, page = self._scroll.get(area.key, 0), area.rect.h - line
        goals = {
            pygame.K_UP: here - line,
            pygame.K_DOWN: here + line,
            pygame.K_PAGEUP: here - page,
            pygame.K_PAGEDOWN: here + page,
            pygame.K_HOME: 0,
            pygame.K_END: area.scroll,
        }
        if event.key not in goals:
            return False
        self.scroll_to(area.key, max(0, min(area.scroll, goals[event.key])))
        return True

    def _typed(self, event: pygame.event.Event) -> list[Command | None]:
        node = self.node(self.focus)
        if node is None or node.text is None or not node.enabled:
            return []
        self.consumed = True
        used, self._used = self._used, ""
        return [edit(self, node, event)[1]] if event.text != used else []

    def _escape(self) -> list[Command | None]:
        if any(t.pinned for t in self._tips.open):
            last = self._tips.open.pop()
            self.invalidate()
            if last.pinned and self.keyboard:
                self._set_focus(last.key)
            return []
        self.close_tips()
        commands = [n.esc for root in walk.topmost(self.roots) for n in root.walk() if n.esc is not None]
        self.consumed = bool(commands)
        return commands[-1:]

    # -- focus and hover --------------------------------------------------------------------------

    def set_focus(self, key: str | None) -> None:
        """Put the keyboard focus on a node and show its ring."""
        self._set_focus(key)

    def _set_focus(self, key: str | None, keyboard: bool = True) -> None:
        self._touch_key(self.focus)
        self.focus, self.keyboard = key, keyboard
        self._touch_key(key)
        path = walk.path_to(self.roots, key) if key and keyboard else []
        for area in path[:-1]:
            if area.scroll:
                target, room = path[-1].rect, self.kit.px(8)
                here = self._scroll.get(area.key, 0)
                if target.top - room < area.rect.top:
                    self.scroll_to(area.key, max(0, here - (area.rect.top - target.top + room)))
                elif target.bottom + room > area.rect.bottom:
                    self.scroll_to(area.key, min(area.scroll, here + target.bottom + room - area.rect.bottom))

    def _touch_key(self, key: str | None) -> None:
        node = self.node(key)
        if node is not None:
            self.touch(node.rect)

    def _pointing(self) -> list[Command | None]:
        """Hover commands, for the pointer and for the keyboard's focus alike."""
        key = self.focus if self.keyboard else self.hover
        if key == self._pointed:
            return []
        self._pointed = key
        left, self._shown = self._shown, None
        node = self.node(key)
        if node is not None and node.hover_command is not None:
            self._shown = key
            return [node.hover_command]
        return [HoverEnd(left)] if left is not None else []

    # -- tooltips ---------------------------------------------------------------------------------

    @property
    def tips(self) -> tuple[Tip, ...]:
        """The open tooltips, outermost first."""
        return tuple(t.tip for t in self._tips.open)

    def close_tips(self) -> None:
        """Close all tooltips, pinned ones too."""
        if self._tips.open:
            self._tips.open.clear()
            self.invalidate()

    def _show(self, node: Node, pinned: bool) -> bool:
        shown = node.tip is not None and self._tips.show(node, pinned)
        if shown:
            self.invalidate()
        return shown

    def _explain(self) -> list[Command | None]:
        """F1: pin the tooltip of what is focused or under the pointer, and go into it."""
        node = self.node(self.focus if self.keyboard else self.hover)
        if node is None or not self._show(node, pinned=True):
            self.consumed = False
            return []
        inside = [n for n in self.roots[-1].walk() if n.reachable]
        links = [n for n in inside if ":link" in n.key] or inside
        if self.keyboard and links:
            self._set_focus(links[0].key)
        return []

    # -- drawing ----------------------------------------------------------------------------------

    @property
    def stale(self) -> bool:
        """Whether everything will be drawn from scratch."""
        return self._canvas.stale

    @property
    def needs_draw(self) -> bool:
        """Whether `draw` would change anything."""
        return self._canvas.needs_draw

    def draw(self, surface: pygame.Surface, now: float, ledger: Ledger | None = None) -> list[pygame.Rect]:
        """Draw what is dirty; returns the rectangles for `pygame.display.update`. With a ledger: draw all."""
        roots = self.roots
        pointing = Pointing(self.hover, self.focus, self._pressed, self.keyboard, self._hover_since, now)
        return self._canvas.draw(self.kit, surface, roots, pointing, ledger)
