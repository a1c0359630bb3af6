"""News and history: everything that was reported, filtered by kind and by words, to be read again."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.desktop.page import page, room
from game.desktop.parts.blocks import Block
from game.desktop.screen import Go
from game.desktop.screens.flow import LEAD, GameScreen, bullet, framed, head, listed, nothing, prose, split
from game.desktop.ui.buttons import Choice, chip, tab_bar
from game.desktop.ui.inputs import text_field
from game.desktop.ui.kit import Kit
from game.desktop.ui.lists import Row
from game.desktop.ui.node import Command, Node
from game.desktop.ui.paint import CAPTION, SMALL, STRONG
from game.desktop.ui.text import Style
from game.desktop.ui.ui import Ui
from game.text import _
from game.views import News, history

SERIF = Style("serif_bold", 26, line_height=1.25)
ICONS = {
    "event": "flame",
    "vote": "ballot",
    "talks": "speech",
    "ladder": "arrow_up",
    "recognition": "flag",
    "government": "building",
    "control": "settings",
    "ending": "medal",
}


@dataclass(frozen=True)
class Show:
    """Read one item, by its place in the history."""

    at: int


@dataclass(frozen=True)
class Kind:
    kind: str


@dataclass(frozen=True)
class Words:
    text: str


class NewsScreen(GameScreen):
    """`topic`: `TURN:PLACE` of the item to open with."""

    name = "news"

    def shown(self) -> None:
        if not hasattr(self, "kind"):
            self.kind, self.words = "", ""
            self.at = self._start()

    def _start(self) -> int:
        turn, _colon, place = self.topic.partition(":")
        items = self.desk.view(history)
        if turn.isdigit() and place.isdigit():
            of_turn = [at for at, item in enumerate(items) if item.turn == int(turn)]
            if int(place) < len(of_turn):
                return of_turn[int(place)]
        return 0

    def moved_on(self) -> None:
        self.at = 0
        super().moved_on()

    def obey(self, command: Command) -> bool:
        match command:
            case Show(at):
                self.at = at
            case Kind(kind):
                self.kind = kind
                self._follow()
            case Words(text):
                self.words = text
                self._follow()
            case _:
                return False
        self.app.refresh()
        return True

    def action(self, action: str) -> bool:
        if action == "find":
            self.app.top.ui.set_focus("news:find")
            return True
        return False

    def _follow(self) -> None:
        """Keep to an item that the filter lets through."""
        left = [at for at, _item in self._items()]
        if self.at not in left and left:
            self.at = left[0]

    def _items(self) -> list[tuple[int, News]]:
        words = self.words.casefold().split()
        names = self.desk.sight.names
        found = []
        for at, item in enumerate(self.desk.view(history)):
            texts = (item.headline, item.text, item.record, item.when)
            told = " ".join((*texts, *(names.plain(one) for one in item.things)))
            if self.kind in ("", item.kind) and all(word in told.casefold() for word in words):
                found.append((at, item))
        return found

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        area = room(kit)
        title = _("News and history")
        everything = self.desk.view(history)
        if not everything:
            text = _("Nothing has been reported yet. News come with the end of each turn.")
            return page(kit, title, "", framed(ui, area, "news:none", title, "", [nothing(text, "newspaper")]))
        left, right = split(area, kit, 560 if kit.metrics.compact else 720, 0)
        nodes = [self._list(ui, left, everything), self._reading(ui, right, everything)]
        return page(kit, title, self.desk.sight.turn_title, *nodes)

    def _list(self, ui: Ui, rect: pygame.Rect, everything: tuple[News, ...]) -> Node:
        kit = ui.kit
        items = self._items()
        blocks: list[Block] = []
        when = ""
        for at, item in items:
            if item.when != when:
                when = item.when
                blocks.append(head(when, _("turn {turn}").format(turn=item.turn), rule=bool(blocks)))
            row = Row(str(at), item.headline, item.text, icon=ICONS.get(item.kind, "newspaper"))
            blocks.append(listed(row, f"news:{at}", Show(at), at == self.at, "news", 54))
        if not items:
            blocks.append(nothing(_("Nothing matches. Clear the search or choose another kind."), "search"))
        kinds = [kind for kind in ICONS if any(item.kind == kind for item in everything)]
        tabs = [Choice("", _("All")), *(Choice(kind, kind_title(kind)) for kind in kinds)]

        def find(place: pygame.Rect) -> Node:
            return text_field(ui, place, self.words, Words, "news:find", _("Search the news"), "search")

        def filters(place: pygame.Rect) -> Node:
            return tab_bar(kit, place, tabs, self.kind, "news:kind", Kind)

        note = _("{shown} of {all} items").format(shown=len(items), all=len(everything))
        return framed(ui, rect, "news:list", _("What was reported"), note, blocks, gap=3, tools=(find, filters))

    def _reading(self, ui: Ui, rect: pygame.Rect, everything: tuple[News, ...]) -> Node:
        item = everything[min(self.at, len(everything) - 1)]
        sight = self.desk.sight
        blocks: list[Block] = [prose(item.headline, SERIF)]
        if item.text:
            blocks.append(prose(item.text, LEAD))
        if item.record:
            blocks.append(prose(item.record, SMALL))
        if item.contested:
            blocks.append(bullet(_("Accounts of this differ; the library says how."), "scales", "warn"))
        if item.source:
            blocks.append(prose(_("Source: {source}").format(source=item.source), CAPTION))
        if item.things:
            blocks.append(head(_("Whom it concerns")))
            names = [sight.names.label(thing) for thing in item.things]
            blocks.append(_flags(item.things, names))
        if item.library and self.app.knows("library"):
            blocks.append(head(_("In the library")))
            for term in item.library:
                title = sight.text("library", term)
                row = Row(term, title, icon="book")
                blocks.append(listed(row, f"read:{term}", Go("library", term), False, "news:library", 42))
        title = kind_title(item.kind)
        icon = ICONS.get(item.kind, "newspaper")
        return framed(ui, rect, f"read:{self.at}", title, item.when, blocks, icon=icon, gap=12)


def kind_title(kind: str) -> str:
    """What a kind of news is called."""
    titles = {
        "event": _("Events"),
        "vote": _("Votes"),
        "talks": _("Talks"),
        "ladder": _("Steps"),
        "recognition": _("Recognition"),
        "government": _("Governments"),
        "control": _("Control"),
        "ending": _("Ending"),
    }
    return titles.get(kind, _("News"))


def _flags(things: tuple[str, ...], names: list[str]) -> Block:
    """Names as chips, wrapped."""
    style = STRONG.but(size=14)

    def places(kit: Kit, wide: int) -> list[pygame.Rect]:
        found, x, y, tall = [], 0, 0, kit.px(30)
        for name in names:
            need = min(wide, kit.width(name, style) + kit.px(32))
            if x and x + need > wide:
                x, y = 0, y + tall + kit.px(6)
            found.append(pygame.Rect(x, y, need, tall))
            x += need + kit.px(8)
        return found

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        spots = places(ui.kit, rect.w)
        nodes = [chip(ui.kit, spot.move(rect.topleft), name) for spot, name in zip(spots, names, strict=True)]
        return Node(rect, children=tuple(nodes))

    return Block(lambda kit, wide: max((spot.bottom for spot in places(kit, wide)), default=0), build)
