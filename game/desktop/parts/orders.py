"""The orders: what matters now, by category or by search; the chosen one with its forecast; the queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from game.desktop.page import EDGE
from game.desktop.parts.outlook import PANE, Shown, outlook_node
from game.desktop.parts.tile import ICONS, TILE, tile_node
from game.desktop.parts.warming import Warming
from game.desktop.ui.buttons import Choice, button, icon_button, tab_bar
from game.desktop.ui.cards import panel
from game.desktop.ui.inputs import text_field
from game.desktop.ui.kit import Kit
from game.desktop.ui.lists import scroll_area
from game.desktop.ui.meters import pips
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.paint import SMALL, Painter
from game.desktop.ui.ui import HoverEnd, Ui
from game.session import IllegalOrderError
from game.text import _
from game.views import OrderRow, categories, order_row, queue, reason_texts
from game.views.bar import bar
from game.views.palette import category_rows, category_titles

if TYPE_CHECKING:
    from game.desktop.screens.play import PlayScreen

NOW, QUEUED, ALL = "now", "queued", "all"
HEAD = 50


@dataclass(frozen=True)
class Tab:
    tab: str


@dataclass(frozen=True)
class Choose:
    """Choose an order; chosen again it is queued, or taken back if it was."""

    order: int


@dataclass(frozen=True)
class Enqueue:
    """Queue the order that is shown, or take it back."""


@dataclass(frozen=True)
class LetGo:
    """Choose no order any more; what is queued stays queued."""


@dataclass(frozen=True)
class Ask:
    """The pointer or the focus rests on an order: show what it would bring."""

    order: int


@dataclass(frozen=True)
class Stay:
    """The focus (or the pointer) has come from an order to what is shown of it in full."""


@dataclass(frozen=True)
class TakeBack:
    """Take back the last order."""


@dataclass(frozen=True)
class Search:
    text: str


class Orders:
    """Part of the play screen."""

    def __init__(self, screen: PlayScreen) -> None:
        self.screen, self.app = screen, screen.app
        self.tab = NOW
        self._choice: tuple[int, object] | None = None  # the chosen order and when it was chosen
        self.asked: int | None = None
        self.search = ""
        self._pane: pygame.Rect | None = None
        self._body: pygame.Rect | None = None
        self._warming = Warming()
        self._tabs: tuple[tuple[int, str | None], tuple[tuple[str, str, str], ...]] | None = None

    @property
    def shown(self) -> bool:
        return self.screen.desk.seat is not None and not self.screen.desk.game.over

    @property
    def chosen(self) -> int | None:
        """The order that is chosen, until the turn or the seat is another: it would else be queued unforeseen."""
        return self._choice[0] if self._choice is not None and self._choice[1] == self._moment() else None

    def _moment(self) -> tuple[int, str | None]:
        return self.screen.desk.game.turn, self.screen.desk.seat

    def let_go(self) -> bool:
        """Choose no order any more; whether one was chosen."""
        if self.chosen is None:
            return False
        self._choice = self.asked = None
        self.screen.desk.stop_forecast()
        self.app.refresh()
        return True

    def end_search(self) -> bool:
        """Leave the search and forget what was sought; whether there was one."""
        ui = self.app.top.ui
        within = ui.focus == "search"
        if not within and not (self.tab == ALL and self.search):
            return False
        self.search = ""
        if within:
            ui.set_focus(None)
        self.app.refresh()
        return True

    def rect(self, kit: Kit) -> pygame.Rect:
        m = kit.metrics
        if m.compact:
            return kit.rect(EDGE, m.high - 204, m.wide - 2 * EDGE - 400, 188)  # three lines of tiles
        return kit.rect(EDGE, m.high - 248, m.wide - 496, 232)

    def moved_on(self) -> None:
        self.asked = None

    def tick(self, now: float) -> None:
        """Let a frame that builds nothing anew prepare a tile of a tab that was not opened yet."""
        app, desk, ui, body = self.app, self.screen.desk, self.app.top.ui, self._body
        if not app.work.threaded or body is None or not self.shown or desk.ahead is None or desk.busy or ui.stale:
            return
        names = [name for name, _title, _icon in self._tabs[1]] if self._tabs is not None else []
        key = (id(desk), desk.version, desk.seat, id(app.kit), tuple(body))
        self._warming.step(app.kit, key, names, lambda tab: self._list(ui, body, tab))

    # -- what is listed ----------------------------------------------------------------------------

    def rows(self, tab: str = "") -> list[OrderRow] | None:
        """The orders of a tab, by default of the open one; None while advice is still being worked out."""
        desk, tab = self.screen.desk, tab or self.tab
        if tab == QUEUED:
            return list(desk.view(queue).orders)
        if tab == NOW:
            if desk.ahead is None:
                return None
            return [desk.view(order_row, order) for order in desk.ahead.advice]
        if tab != ALL:
            return list(desk.view(category_rows, tab))
        every = [row for category in desk.view(categories) for row in category.orders]
        wanted = self.search.casefold().split()
        return [row for row in every if all(word in row.title.casefold() for word in wanted)]

    def tabs(self) -> list[Choice]:
        desk = self.screen.desk
        if self._tabs is None or self._tabs[0] != (id(desk), desk.seat):
            self._tabs = (id(desk), desk.seat), desk.view(category_titles)
        now = _("Matters now")
        found = [Choice(NOW, now if not self.app.kit.metrics.compact else _("Now"), "star", Tip(now))]
        icons = self.app.kit.pictures.names("icons")
        for name, title, icon in self._tabs[1]:
            known = icon if icon in icons else ICONS.get(name)
            found.append(Choice(name, title, known, Tip(title)))
        every = Choice(ALL, _("All"), "search", Tip(_("All"), _("Every order, with a search.")))
        waiting = Choice(QUEUED, _("Queue"), "list", Tip(_("Queue"), _("What goes out when the turn ends.")))
        return [*found, every, waiting]

    @property
    def focus(self) -> int | None:
        """The order that is shown in full: under the pointer, else the chosen one."""
        return self.asked if self.asked is not None else self.chosen

    # -- the tree ----------------------------------------------------------------------------------

    def build(self, ui: Ui, rect: pygame.Rect) -> Node:
        kit = ui.kit
        compact = kit.metrics.compact
        pad = kit.px(14)
        head = pygame.Rect(rect.x + pad, rect.y + kit.px(8), rect.w - 2 * pad, kit.px(HEAD - 12))
        detail = kit.px(0 if compact else 540)
        body = pygame.Rect(
            rect.x + pad, rect.y + kit.px(HEAD + 5), rect.w - 2 * pad - detail, rect.h - kit.px(HEAD + 11)
        )
        self._body = body
        nodes = [*self._head(ui, head), self._list(ui, body, self.tab)]
        focus = self.focus

        def lines(p: Painter, look: Look) -> None:
            p.hline(rect.x, rect.right, rect.y + kit.px(HEAD - 2))
            if detail:
                p.vline(body.right + kit.px(12), rect.y + kit.px(HEAD - 2), rect.bottom)

        nodes.insert(0, Node(rect, lines))
        if detail:
            right = body.right + kit.px(26)
            place = pygame.Rect(right, body.y, rect.right - pad - right, body.h)
            nodes.append(self._detail(ui, place))
        main = panel(rect, *nodes)
        if not compact or focus is None:
            return main
        over = pygame.Rect(rect.x, 0, min(rect.w, kit.px(600)), kit.px(206))
        over.bottom = rect.top - kit.px(10)
        inner = over.inflate(-2 * pad, -kit.px(20))
        if self.chosen is None:
            return Node(rect, children=(main, panel(over, self._detail(ui, inner))))
        away = pygame.Rect(inner.right - kit.px(36), inner.y, kit.px(36), kit.px(36))
        inner.w -= kit.px(42)
        tip = Tip(_("Close"), _("Choose no order (Esc, or a click on the map). What is queued stays queued."))
        close = icon_button(kit, away, "cross", LetGo(), "let_go", tip)
        return Node(rect, children=(main, panel(over, self._detail(ui, inner), close)))

    def _head(self, ui: Ui, rect: pygame.Rect) -> list[Node]:
        kit, desk = ui.kit, self.screen.desk
        figures, waiting = desk.view(bar), desk.view(queue)
        compact = kit.metrics.compact
        undo = pygame.Rect(rect.right - kit.px(38 if compact else 104), rect.y, kit.px(38 if compact else 104), rect.h)
        queued = figures.allowed - figures.slots
        label = "" if compact else _("{queued} of {allowed} queued").format(queued=queued, allowed=figures.allowed)
        wide = kit.width(label, SMALL)
        dots = pygame.Rect(
            undo.x - kit.px(12) - kit.px(20 * figures.allowed), rect.y, kit.px(20 * figures.allowed), rect.h
        )
        text = pygame.Rect(dots.x - kit.px(8) - wide, rect.y, wide, rect.h)

        def count(p: Painter, look: Look) -> None:
            p.text(label, text, SMALL)
            pips(p, dots, queued, figures.allowed)

        room = pygame.Rect(rect.x, rect.y, text.x - kit.px(12) - rect.x, rect.h)
        tip = Tip(_("Undo"), _("Take back the last order. Orders go out when the turn ends, not before."))
        if compact:
            back = icon_button(kit, undo, "undo", TakeBack(), "undo", tip, "quiet", waiting.may_undo)
        else:
            back = button(kit, undo, _("Undo"), TakeBack(), "undo", "quiet", "undo", waiting.may_undo, tip)
        return [
            tab_bar(kit, room, self.tabs(), self.tab, "orders_tab", Tab),
            Node(pygame.Rect(text.x, rect.y, undo.x - text.x, rect.h), count),
            back,
        ]

    def _list(self, ui: Ui, rect: pygame.Rect, tab: str) -> Node:
        kit = ui.kit
        rows = self.rows(tab)
        top = rect.y
        nodes: list[Node] = []
        if tab == ALL:
            field = pygame.Rect(rect.x, rect.y + kit.px(2), min(rect.w, kit.px(320)), kit.px(34))
            nodes.append(text_field(ui, field, self.search, Search, "search", _("Search the orders"), "search"))
            top = field.bottom + kit.px(6)
        area = pygame.Rect(rect.x, top, rect.w, rect.bottom - top)
        if not rows:
            text = {
                QUEUED: _("Nothing is queued yet. Orders go out together when the turn ends."),
                NOW: _("Weighing what matters now …") if rows is None else _("Nothing can be ordered now."),
            }.get(tab, _("No order fits."))

            def empty(p: Painter, look: Look) -> None:
                p.text(text, area, SMALL, "centre", lines=2)

            return Node(rect, children=(*nodes, Node(area, empty)))
        columns = 3 if kit.metrics.compact and area.w > kit.px(1000) else 2
        gap, tall = kit.px(4), kit.px(TILE)
        lines = -(-len(rows) // columns)
        height = lines * (tall + gap) - gap

        def content(where: pygame.Rect) -> list[Node]:
            wide = (where.w - gap * (columns - 1) - kit.px(4)) // columns
            found = []
            for at, row in enumerate(rows):
                x = where.x + kit.px(2) + at % columns * (wide + gap)
                place = pygame.Rect(x, where.y + at // columns * (tall + gap), wide, tall)
                found.append(tile_node(kit, place, row, Choose(row.order), Ask(row.order), row.order == self.chosen))
            return found

        nodes.append(scroll_area(ui, area, f"orders:{tab}", height, content))
        return Node(rect, children=tuple(nodes))

    def _detail(self, ui: Ui, rect: pygame.Rect) -> Node:
        self._pane = rect
        return outlook_node(ui.kit, rect, self._shown, Enqueue(), Stay())

    def _shown(self) -> Shown | None:
        """What the pane shows at the moment of drawing."""
        order, desk = self.focus, self.app.desk
        if order is None or desk is None or desk.seat is None:
            return None
        return Shown(desk.view(order_row, order), desk.known_forecast((order,)), desk.forecasting == (order,))

    def _pointed(self) -> None:
        """Another order is shown: draw the pane anew, or all where it comes and goes."""
        if self.app.kit.metrics.compact:
            self.app.refresh()
        elif self._pane is not None:
            self.app.top.ui.touch(self._pane)

    def _turn_away(self) -> None:
        """Nothing rests on an order any more: the chosen one is shown."""
        if self.asked is not None and self.asked != self.chosen:
            self.screen.desk.stop_forecast()
        self.asked = None
        self._pointed()

    # -- commands ----------------------------------------------------------------------------------

    def obey(self, command: Command) -> bool:
        match command:
            case Tab(tab):
                self.tab = tab
                self.app.refresh()
            case Search(text):
                self.search = text
                self.app.refresh()
            case Ask(order):
                self.asked = order
                self.screen.desk.forecast((order,), self._pointed)
                self._pointed()
            case Stay():
                # Tab goes from an order to its own button; a pointer may have crossed others on its way to the chosen.
                if not self.app.top.ui.keyboard:
                    self._turn_away()
            case HoverEnd(key) if key.startswith("order:") or key in PANE:
                self._turn_away()
            case Choose(order):
                if self.chosen == order:
                    self._toggle(order)
                self._choice = order, self._moment()
                self.screen.desk.forecast((order,), self._pointed)
                self.app.refresh()
            case LetGo():
                self.let_go()
            case Enqueue():
                shown = self.focus
                if shown is not None:
                    self._choice = shown, self._moment()  # it stays in view, and with it the button under the finger
                    self._toggle(shown)
            case TakeBack():
                if self.screen.desk.undo() is not None:
                    self.app.sounds.play("undo")
                self.app.refresh(moved_on=True)
            case _:
                return False
        return True

    def action(self, action: str) -> bool:
        ui = self.app.top.ui
        if not self.shown:
            return False
        if action == "queue" and self.chosen is not None:
            self._toggle(self.chosen)
        elif action == "undo":
            self.obey(TakeBack())
        elif action == "orders":
            rows = self.rows()
            if rows:
                ui.set_focus(f"order:{rows[0].order}")
        elif action == "find":
            self.obey(Tab(ALL))
            self.obey(Search(""))
            ui.set_focus("search")
        else:
            return False
        return True

    def _toggle(self, order: int) -> None:
        """Queue an order, or take it back."""
        desk = self.screen.desk
        if not desk.may_order or desk.seat is None:
            return
        if order in desk.game.queue(desk.seat):
            desk.withdraw(order)
            self.app.sounds.play("undo")
        else:
            try:
                desk.submit(order)
                self.app.sounds.play("queue")
            except IllegalOrderError as fault:
                self.app.say(" ".join(reason_texts(desk.sight, fault.reasons)), "bad", "lock")
        self.app.refresh(moved_on=True)
