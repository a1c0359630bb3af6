"""The tree of what is on the screen: rectangles that draw, can be reached and answer with commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

import pygame

from .paint import Painter
from .text import Rich

Command = object  # whatever the screens choose; the toolkit only hands it back


@dataclass(frozen=True)
class Tip:
    """A tooltip: title, text (terms in it may be links) and rows of (label, value); `note` names the source."""

    title: str = ""
    text: Rich = ""
    rows: tuple[tuple[Rich, Rich], ...] = ()
    note: Rich = ""


@dataclass(frozen=True)
class Look:
    """What a node may show of the moment: pointer, focus, press, and seconds of hovering.

    `now` in seconds from the caller's clock; `calm` for reduced motion.
    """

    hovered: bool = False
    focused: bool = False
    pressed: bool = False
    hover_s: float = 0.0
    now: float = 0.0
    calm: bool = False


Draw = Callable[[Painter, Look], None]
OnKey = Callable[[pygame.event.Event], Command | None]
OnDrag = Callable[[float, float], Command | None]


@dataclass(frozen=True)
class Node:
    """One widget, in absolute screen pixels.

    `key` is its name across rebuilds (hover, focus and scroll are kept by it; it must be unique).
    `command` is what a click, Enter or Space answers with. `on_key` sees keys while focused and returns a
    command or None; `on_drag` gets the pointer as shares (0 to 1) of the rectangle's width and height.
    Nodes of one `group` are walked with the arrow keys and form one stop of Tab. `clip` hides children
    outside the rectangle. `solid` keeps the pointer from what lies under. `modal` keeps keyboard and
    pointer within, and the keyboard begins at the node called `first` or else at its last one; `layer` raises it in
    the ledger. `esc` is answered when Esc is pressed, `enter` when Enter is and nothing has the focus. `scroll` is the
    largest scroll offset in screen pixels. `text` marks a text field. `radius` (design pixels) and `ring`
    shape the focus ring. `hover_command` is answered when pointer or focus comes to the node. `cached`
    keeps a picture of the node and all below: while something moves underneath an unchanged tree
    (`Ui.redraw`) it costs one blit. `on_request`: the tip comes by F1 or the middle button, not by resting.
    """

    rect: pygame.Rect
    draw: Draw | None = None
    key: str = ""
    command: Command | None = None
    enabled: bool = True
    focusable: bool = False
    group: str = ""
    tip: Tip | Callable[[], Tip | None] | None = None
    on_request: bool = False
    hover_command: Command | None = None
    on_key: OnKey | None = None
    on_drag: OnDrag | None = None
    text: TextInput | None = None
    scroll: int = 0
    clip: bool = False
    modal: bool = False
    first: str = ""
    esc: Command | None = None
    enter: Command | None = None
    layer: int = 0
    cached: bool = False
    selected: bool = False
    radius: float = 8
    ring: Literal["outer", "inner"] = "outer"
    solid: bool = False
    children: tuple[Node, ...] = field(default=())

    @property
    def hotspot(self) -> bool:
        """Whether the pointer can rest on it."""
        return bool(self.key) and (
            self.command is not None
            or self.focusable
            or self.tip is not None
            or self.on_drag is not None
            or self.hover_command is not None
        )

    @property
    def reachable(self) -> bool:
        """Whether the keyboard can come to it. Disabled nodes can be reached, to read why."""
        return bool(self.key) and self.focusable

    def walk(self) -> Iterator[Node]:
        """This node and all below, in drawing order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def at(self, *children: Node) -> Node:
        """The same node with these children after its own."""
        return replace(self, children=(*self.children, *children))


@dataclass(frozen=True)
class TextInput:
    """A text field's value, the command for each new value, and the command for Enter."""

    value: str
    on_change: Callable[[str], Command]
    on_enter: Command | None = None
    limit: int = 80


def group(rect: pygame.Rect, *children: Node, draw: Draw | None = None, key: str = "", clip: bool = False) -> Node:
    """A node that only holds others (and perhaps draws their ground)."""
    return Node(rect, draw=draw, key=key, clip=clip, children=children)


def label(rect: pygame.Rect, draw: Draw, key: str = "", tip: Tip | Callable[[], Tip | None] | None = None) -> Node:
    """A node that draws and, with a key and a tip, can be asked about; reachable by keyboard when it has a tip."""
    return Node(rect, draw=draw, key=key, tip=tip, focusable=bool(key) and tip is not None)
