"""The open tooltips: one explains a node, the next a term inside the first, and so on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pygame

from .kit import Kit
from .node import Command, Node, Tip
from .tips import Term, tip_node


@dataclass(frozen=True)
class Open:
    """An open tooltip: of which node, what it says, beside what, and whether it stays."""

    key: str
    tip: Tip
    anchor: pygame.Rect
    pinned: bool = False


class TipStack:
    """Tooltips outermost first. Every method that changes something says so by True."""

    def __init__(self) -> None:
        self.open: list[Open] = []

    def nodes(self, kit: Kit, term: Term, follow: Callable[[str], Command]) -> list[Node]:
        """A node for each."""
        return [tip_node(kit, t.tip, t.anchor, i, t.pinned, term, follow) for i, t in enumerate(self.open)]

    def show(self, node: Node, pinned: bool) -> bool:
        """Open the tooltip of `node`, in place of others at its depth. Pinned ones yield only to pinned ones."""
        level = int(node.key[3 : node.key.index(":")]) + 1 if node.key.startswith("tip") else 0
        if not pinned and level < len(self.open) and (self.open[level].key == node.key or self.open[level].pinned):
            return False
        tip = node.tip() if callable(node.tip) else node.tip
        if tip is None:
            return False
        self.open[level:] = [Open(node.key, tip, node.rect, pinned)]
        return True

    def pin(self, index: int) -> None:
        """Keep tooltip `index` and those it is nested in."""
        self.open = [replace(t, pinned=True) if i <= index else t for i, t in enumerate(self.open)]

    def outlive(self, trees: Sequence[Node]) -> None:
        """Close all when what the outermost explains can no longer be pointed at: its card has gone, another lies
        over it. A pinned one is being read and stays, unless a card has opened over it."""
        if not self.open:
            return
        found = any(node.key == self.open[0].key for tree in trees for node in tree.walk())
        if not found and (not self.open[0].pinned or trees[0].modal):
            self.open.clear()

    def leave(self, at: tuple[int, int], shown: Sequence[Node], grace: int) -> bool:
        """Close the unpinned ones the pointer has left: it is neither on them nor on what they explain."""
        keep = len(self.open)
        while keep and not self.open[keep - 1].pinned:
            rect = shown[keep - 1].rect.inflate(grace, grace)
            if rect.collidepoint(at) or self.open[keep - 1].anchor.collidepoint(at):
                break
            keep -= 1
        changed = keep < len(self.open)
        del self.open[keep:]
        return changed
