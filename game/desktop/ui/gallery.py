"""Draws every widget on sheets, without a display: `python -m game.desktop.ui.gallery --size 1920x1080 --out FILE`.

The first sheet goes to FILE, the n-th to FILE with `-n` before its ending. `--look` is a palette.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pygame

from . import buttons as b
from . import cards as c
from .kit import Kit
from .ledger import Ledger
from .meters import Tone
from .metrics import MAX_USER, MIN_USER
from .node import Look, Node, Tip
from .overlays import Answer, question, toast
from .paint import CAPTION, Painter
from .specimens import SPECIMENS, TERMS, Set, Specimen, State
from .text import Style
from .theme import PALETTES, palette
from .ui import Ui

BAR, EDGE, GAP, PAD, COLUMN = 56, 16, 16, 18, 440  # design pixels


class Gallery:
    """Sheets of specimens for one kit; `sheet` picks the one shown, `asking` shows the modal over it."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self.state = State()
        self.sheet = 0
        self.asking = False
        self.pages = self._pages()
        self.ui = Ui(kit, self.build, TERMS.get)

    def apply(self, commands: list[object]) -> None:
        """Carry out the commands of the gallery's own widgets."""
        for command in commands:
            if isinstance(command, Set):
                if command.name == "log":
                    self.state.log.append(command.value)
                else:
                    setattr(self.state, command.name, command.value)
                self.ui.invalidate()

    def handle(self, event: pygame.event.Event, now: float) -> None:
        """Feed one event."""
        self.apply(self.ui.handle(event, now))

    def _pages(self) -> list[list[tuple[Specimen, pygame.Rect]]]:
        """Place the specimens in columns, a new sheet when none has room."""
        wide, high = self.kit.metrics.wide, self.kit.metrics.high
        left = EDGE + 92 + GAP
        least = COLUMN + 60 if self.kit.metrics.compact else COLUMN
        columns = max(1, int((wide - left - EDGE + GAP) // (least + GAP)))
        each = (wide - left - EDGE - GAP * (columns - 1)) / columns
        pages: list[list[tuple[Specimen, pygame.Rect]]] = []
        tops: list[list[float]] = []
        for specimen in SPECIMENS:
            span = min(specimen.span, columns)
            tall = specimen.height + 2 * PAD
            page, spot = 0, None
            while spot is None:
                if page == len(pages):
                    pages.append([])
                    tops.append([float(BAR + GAP)] * columns)
                column = tops[page]
                spots = [(max(column[i : i + span]), i) for i in range(columns - span + 1)]
                fits = [found for found in spots if found[0] + tall <= high - EDGE or not pages[page]]
                spot = min(fits, default=None)
                page += spot is None
            top, at = spot
            rect = self.kit.rect(left + at * (each + GAP), top, each * span + GAP * (span - 1), tall)
            pages[page].append((specimen, rect))
            tops[page][at : at + span] = [top + tall + GAP] * span
        return pages

    def build(self, ui: Ui) -> Node:
        """The tree of the sheet."""
        kit = self.kit
        pad = kit.px(PAD)
        nodes = [self._bar(ui), self._rail()]
        for specimen, rect in self.pages[self.sheet]:
            inside = specimen.build(ui, rect.inflate(-2 * pad, -2 * pad), self.state)
            nodes.append(c.panel(rect, inside))
        if self.asking:
            nodes.append(
                question(
                    kit,
                    "ask",
                    "End the turn with two orders left?",
                    "The queue holds 2 of 4 orders. Orders can be undone until the turn ends, not afterwards.",
                    (
                        Answer("Go on planning", Set("log", "back")),
                        Answer("End turn", Set("log", "end"), "primary", "hourglass"),
                    ),
                    Set("log", "esc"),
                )
            )
            wide = min(kit.px(420), kit.screen.w - kit.px(40))
            at = pygame.Rect((kit.screen.w - wide) // 2, kit.screen.bottom - kit.px(80), wide, kit.px(52))
            nodes.append(toast(kit, at, "Saved as “Q3 2008”", "good", "check_circle"))

        def ground(p: Painter, look: Look) -> None:
            p.gradient(kit.screen, "desk", (0xDF, 0xDA, 0xCC))

        return Node(kit.screen, ground, children=tuple(nodes))

    def _bar(self, ui: Ui) -> Node:
        kit = self.kit
        rect = pygame.Rect(0, 0, kit.screen.w, kit.px(BAR))
        width = kit.metrics.wide

        def brand(p: Painter, look: Look) -> None:
            p.disc((kit.px(38), rect.centery), 15, "navy3")
            p.icon("door", (kit.px(38), rect.centery), 18, "inv")
            top = kit.line(CAPTION)
            p.text(
                "OPEN DOOR", pygame.Rect(kit.px(64), rect.centery - top, kit.px(164), top), Style("bold", 15, "inv", 10)
            )
            p.text("Widget gallery", pygame.Rect(kit.px(64), rect.centery, kit.px(164), top), CAPTION.but(ink="inv2"))

        stats = (
            ("Turn", "Q3 2008", "7 of 24", "plain", "clock"),
            ("Political capital", "64", "+6", "good", "capital"),
            ("Objections", "2", "+1", "bad", "handshake"),
        )
        nodes: list[Node] = []
        x = 240.0
        actions = (("News", "newspaper"), ("Charts", "chart"), ("Library", "book"), ("Settings", "settings"))
        right = width - EDGE - 200 - 76 * len(actions)
        for name, value, change, tone, icon in stats:
            if x + 180 > right:
                break
            mark: Tone = tone  # type: ignore[assignment]
            tip = Tip(name, "Where it comes from.")
            nodes.append(c.stat(kit, kit.rect(x, 5, 176, 46), name, value, change, mark, icon, f"stat:{name}", tip))
            x += 184
        for i, (name, icon) in enumerate(actions):
            place = kit.rect(right + 76 * i, 4, 72, 48)
            badge = "3" if i == 0 else ""
            nodes.append(b.stacked_button(kit, place, name, icon, Set("log", name), f"top:{name}", i == 1, badge=badge))
        end = kit.rect(width - EDGE - 184, 8, 184, 40)
        nodes.append(b.button(kit, end, "End turn", Set("log", "end"), "top:end", "amber", "hourglass"))
        return c.top_bar(kit, Node(rect, brand), *nodes)

    def _rail(self) -> Node:
        modes = (
            b.Choice("alliance", "Alliance", "flag"),
            b.Choice("tension", "Tension", "flame"),
            b.Choice("stability", "Stability", "activity"),
            b.Choice("missions", "Missions", "tower"),
            b.Choice("influence", "Influence", "radio"),
        )
        rect = self.kit.rect(EDGE, BAR + GAP, 92, 420)
        return b.rail(self.kit, rect, modes, self.state.mode, "mode", lambda v: Set("mode", v))

    def show_nested_tips(self) -> None:
        """Pin the tooltip of the first indicator and the ones of the terms inside it, by keyboard."""
        self.ui.set_focus("indicator0")
        for _ in range(3):
            self.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_F1, mod=0, unicode=""), 0.0)

    def draw(self, ledger: Ledger | None = None) -> pygame.Surface:
        """The sheet as it stands."""
        surface = pygame.Surface(self.kit.metrics.size)
        self.ui.invalidate()
        self.ui.draw(surface, 0.0, ledger)
        return surface


def sheets(kit: Kit) -> Iterator[tuple[pygame.Surface, Ledger]]:
    """Each sheet with its ledger, then one with nested tooltips, then one with the modal.

    One surface serves them all: use it before taking the next.
    """
    surface = pygame.Surface(kit.metrics.size)
    pages = Gallery(kit).pages
    home = next(i for i, page in enumerate(pages) if any(s.name == "indicators" for s, _ in page))
    for n in range(len(pages) + 2):
        gallery = Gallery(kit)
        gallery.sheet = n if n < len(pages) else home
        gallery.asking = n == len(pages) + 1
        if n == len(pages):
            gallery.show_nested_tips()
        elif n == 0:
            gallery.ui.set_focus("order:reform")
        ledger = Ledger(kit.metrics.size)
        gallery.ui.draw(surface, 0.0, ledger)
        yield surface, ledger


def main(arguments: list[str] | None = None) -> int:
    """Write the sheets as PNG files; exits 1 when the layout has faults."""
    parser = argparse.ArgumentParser(description="Draw every widget of the desktop toolkit.")
    parser.add_argument("--size", default="1920x1080", help="WIDTHxHEIGHT in pixels")
    parser.add_argument("--scale", type=float, default=1.0, help=f"user scale, {MIN_USER} to {MAX_USER}")
    parser.add_argument("--look", default="standard", choices=sorted(PALETTES))
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    width, height = (int(part) for part in given.size.split("x"))
    faults: list[str] = []
    shortened: set[str] = set()
    count = 0
    for image, ledger in sheets(Kit((width, height), given.scale, palette(given.look))):
        count += 1
        path = given.out if count == 1 else given.out.with_stem(f"{given.out.stem}-{count}")
        pygame.image.save(image, str(path))
        faults += ledger.faults()
        shortened.update(ledger.shortened())
    for fault in faults:
        print(fault)
    print(f"{count} sheets, {len(faults)} faults, {len(shortened)} shortened: {sorted(shortened)}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
