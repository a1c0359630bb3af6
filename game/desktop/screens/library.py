"""The library: search, entries whose terms open one another, sources, and what is contested."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.desktop.loading import read_scenario
from game.desktop.page import BarButton, page, room
from game.desktop.parts.blocks import Block
from game.desktop.screen import Screen
from game.desktop.screens.flow import LEAD, READ, bullet, framed, head, listed, nothing, prose, split
from game.desktop.ui.inputs import text_field
from game.desktop.ui.lists import Row
from game.desktop.ui.node import Command, Node, Tip
from game.desktop.ui.paint import SMALL
from game.desktop.ui.text import rich
from game.desktop.ui.ui import Follow, Ui
from game.scenario import shipped
from game.session import Game, Known
from game.text import _
from game.views import Sight
from game.views.library import Entry, EntryRow, entry, explained, library

ROW, GAP = 50, 2  # design pixels of an entry in the list, and between two


@dataclass(frozen=True)
class Words:
    text: str


@dataclass(frozen=True)
class Before:
    """Back to the entry read before this one."""


class LibraryScreen(Screen):
    """`topic`: the id of the entry to open with. From the main menu it reads the first scenario's rulebook."""

    name = "library"

    def shown(self) -> None:
        if hasattr(self, "words"):
            return
        self.words = ""
        self.trail: list[str] = [self.topic] if self.topic else []
        self.own: Sight | None = None
        if self.topic and self.sight is not None:
            self._bring(self.topic)
        if self.app.desk is None:
            known = self.app.known
            first = next((name for name, _title in shipped()), "")
            if known is not None:
                self._take(known)
            elif first:
                read_scenario(self.app, first, self._take)

    def _bring(self, term: str) -> None:
        """Scroll the list to an entry that is out of sight."""
        ui, sight = self.app.top.ui, self.sight
        listed_ids = [row.id for row in library(sight, self.words)] if sight is not None else []
        if term not in listed_ids:
            return
        tall = ui.kit.px(ROW) + ui.kit.px(GAP)
        at = listed_ids.index(term) * tall
        here, seen = ui.offset("library:list", len(listed_ids) * tall), room(ui.kit).h - ui.kit.px(150)
        if not here <= at <= here + seen - tall:
            ui.scroll_to("library:list", max(0, at - seen // 3))

    def _take(self, known: Known) -> None:
        self.own = Sight(Game.new(known.scenario, (), ruleset=known.ruleset), None, self.app.settings.designation)
        self.app.refresh()

    @property
    def sight(self) -> Sight | None:
        return self.app.desk.sight if self.app.desk is not None else self.own

    def term(self, name: str) -> Tip | None:
        found = explained(self.sight, name) if self.sight is not None else None
        return Tip(found[0], rich(found[1]), note=found[2]) if found else None

    def obey(self, command: Command) -> bool:
        match command:
            case Follow(term):
                if not self.trail or self.trail[-1] != term:
                    self.trail.append(term)
                    self._bring(term)
                self.app.top.ui.close_tips()
            case Words(text):
                self.words = text
            case Before():
                self.trail = self.trail[:-1]
            case _:
                return False
        self.app.refresh()
        return True

    def action(self, action: str) -> bool:
        if action == "find":
            self.app.top.ui.set_focus("library:find")
            return True
        return False

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        area = room(kit)
        title = _("Library")
        sight = self.sight
        if sight is None:
            text = _("Reading the library …")
            return page(kit, title, "", framed(ui, area, "library:none", title, "", [nothing(text, "hourglass")]))
        rows = library(sight, self.words)
        everything = len(sight.book.rulebook.library)
        left, middle, right = split(
            area, kit, 400 if kit.metrics.compact else 480, 0, 300 if kit.metrics.compact else 400
        )
        shown = self.trail[-1] if self.trail else rows[0].id if rows else ""
        found = entry(sight, shown)
        nodes = [self._list(ui, left, rows, everything, shown)]
        if found is None:
            wide = pygame.Rect(middle.x, area.y, right.right - middle.x, area.h)
            nodes.append(framed(ui, wide, "entry:none", title, "", [nothing(_("Nothing matches."), "search")]))
        else:
            nodes += [self._entry(ui, middle, found), self._beside(ui, right, found)]
        back = BarButton(_("Last entry"), "undo", Before(), enabled=len(self.trail) > 1)
        return page(kit, title, sight.book.scenario.title, *nodes, buttons=(back,))

    def _list(self, ui: Ui, rect: pygame.Rect, rows: tuple[EntryRow, ...], everything: int, shown: str) -> Node:
        blocks: list[Block] = []
        for one in rows:
            item = Row(one.id, one.title, one.first, icon="scales" if one.contested else "book")
            blocks.append(listed(item, f"entry:{one.id}", Follow(one.id), one.id == shown, "entries", ROW))
        if not rows:
            blocks.append(nothing(_("Nothing matches. Try another word."), "search"))

        def find(place: pygame.Rect) -> Node:
            return text_field(ui, place, self.words, Words, "library:find", _("Search the library"), "search")

        note = _("{shown} of {all} entries; scales mark what is contested").format(shown=len(rows), all=everything)
        return framed(ui, rect, "library:list", _("Entries"), note, blocks, gap=GAP, tools=(find,))

    def _entry(self, ui: Ui, rect: pygame.Rect, found: Entry) -> Node:
        blocks: list[Block] = []
        for at, section in enumerate(found.sections):
            if section.head:
                blocks.append(head(section.head))
            style = READ.but(size=17) if not section.head else LEAD
            blocks.append(prose(rich(section.text), style, f"read:{found.id}:{at}"))
        if found.contested:
            blocks.append(head(_("Contested")))
            blocks.append(bullet(_("Accounts and positions differ here."), "scales", "warn"))
            blocks.append(prose(rich(found.contested), LEAD, f"read:{found.id}:contested"))
        blocks.append(head(_("Sources")))
        blocks += [bullet(text, "document") for text in found.sources]
        return framed(ui, rect, f"entry:{found.id}", found.title, "", blocks, icon="book", gap=12)

    def _beside(self, ui: Ui, rect: pygame.Rect, found: Entry) -> Node:
        blocks: list[Block] = []
        for title, links in ((_("Named here"), found.links), (_("Names this entry"), found.mentioned)):
            if links:
                blocks.append(head(title, str(len(links)), rule=bool(blocks)))
            for term, name in links:
                tip = self.term(term)
                item = Row(term, name, icon="link", tip=tip)
                blocks.append(listed(item, f"link:{title}:{term}", Follow(term), False, "links", 38))
        if found.orders:
            blocks.append(head(_("Orders that rest on it"), rule=bool(blocks)))
            blocks += [bullet(title, "flag") for title in found.orders]
        if not blocks:
            blocks.append(prose(_("No other entry is linked with this one."), SMALL))
        return framed(ui, rect, f"beside:{found.id}", _("Links"), "", blocks, gap=4)
