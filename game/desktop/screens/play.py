"""The main screen: the map, the bar, the modes, what is selected, the orders, the end of the turn."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.desktop.desk import Desk
from game.desktop.map import MapView
from game.desktop.page import BAR, EDGE
from game.desktop.parts.commands import Fold, Mode, Select
from game.desktop.parts.event import EventCard, event_rect
from game.desktop.parts.lands import lands_node
from game.desktop.parts.legend import folded_node, legend_node, mode_rail
from game.desktop.parts.orders import LetGo, Orders
from game.desktop.parts.side import Side
from game.desktop.parts.topbar import bar_node
from game.desktop.parts.turn import TurnEnd
from game.desktop.screen import Back, Card, Screen, ToMenu
from game.desktop.ui.kit import Kit
from game.desktop.ui.node import Command, Node
from game.desktop.ui.overlays import Answer, question
from game.desktop.ui.ui import Ui
from game.text import _
from game.views.bar import bar
from game.views.map import MapPicture, map_picture, modes
from game.views.orders import purse_most

ZOOM_STEP, PAN_STEP = 1.25, 120
HOVER_SECONDS = 0.06  # a country is outlined once the pointer rests on it
MOST_OF_MAP = 0.3  # a legend that is wider than this share of the map is folded at first
CLICK_SLACK = 5  # pixels a hand may tremble


@dataclass(frozen=True)
class AskToLeave:
    """Esc on the map: leave the game?"""


class PlayScreen(Screen):
    """The screen of a game; `Orders`, `Side` and `TurnEnd` are its parts."""

    name = "map"

    def shown(self) -> None:
        desk = self.desk
        if not hasattr(self, "mode"):
            self.mode = desk.view(modes)[0].id
            known = self.app.backdrop.data.countries
            self.backdrop = any(place in known for place in desk.view(map_picture, self.mode, None).places)
            self.selected = self._first()
            self.orders, self.side, self.turn = Orders(self), Side(self), TurnEnd(self)
            self._held: tuple[int, int] | None = None
            self._dragged = False
            self._over: tuple[tuple[int, int], float] | None = None
            self._brought: MapView | None = None
            self.unfolded = False
        desk.prepare(self.moved_on)
        self.show_map()
        self.turn.shown()

    def _first(self) -> str:
        things = self.desk.sight.names.things
        seat = self.desk.seat
        return seat if seat is not None and seat in things and things[seat].kind in ("country", "entity") else ""

    @property
    def desk(self) -> Desk:
        assert self.app.desk is not None
        return self.app.desk

    @property
    def picture(self) -> MapPicture:
        return self.desk.view(map_picture, self.mode, self.selected or None)

    def moved_on(self) -> None:
        if self.app.desk is None:
            return
        self.orders.moved_on()
        self.desk.prepare(self.moved_on)
        self.show_map()
        self.app.refresh()

    def left(self) -> None:
        if self.app.desk is not None:
            self.desk.stop_forecast()

    def show_map(self, hovered: str | None = None) -> None:
        if self.backdrop:
            self.app.backdrop.show(self.picture, hovered)
            self._bring()

    def _bring(self) -> None:
        """See to it, once for each map, that the seat's own country can be seen."""
        view, first = self.app.backdrop.view, self._first()
        if self._brought is not view:
            self._brought = view
            place = next((place for place in self.picture.places if self.picture.thing(place) == first), first)
            self.app.backdrop.move(lambda view: view.bring(place))

    def tick(self, now: float) -> None:
        if self._over is not None and now - self._over[1] >= HOVER_SECONDS:
            at, self._over = self._over[0], None
            hit = self.app.backdrop.hit(at)
            self.show_map(hit.id if hit is not None and hit.kind == "country" else None)
        self.turn.tick(now)
        self.orders.tick(now)

    # -- the tree ----------------------------------------------------------------------------------

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        m = kit.metrics
        palette, side = self.orders.rect(kit), self.side.rect(kit)
        event = any(isinstance(card, EventCard) for card in self.cards)
        orders = self.orders.shown and not event
        bottom = (palette.top if orders else kit.screen.bottom) / kit.s - EDGE
        left = event_rect(kit).right / kit.s + EDGE if event else EDGE
        nodes = [mode_rail(kit, self.desk.view(modes), self.mode, Mode), self.side.build(ui, side)]
        if not self.backdrop:
            x = nodes[0].rect.right + kit.px(EDGE)
            foot = (palette.top if orders else kit.screen.bottom) - kit.px(EDGE)
            area = pygame.Rect(x, nodes[0].rect.y, side.x - kit.px(EDGE) - x, foot - nodes[0].rect.y)
            nodes.append(lands_node(ui, area, self.desk, self.selected))
        elif not (m.compact and orders and self.orders.focus is not None):  # there the chosen order lies over it
            legend = self._legend(kit, left, bottom, nodes[0].rect)
            if legend.rect.right <= side.left:
                nodes.append(legend)
        if orders:
            nodes.append(self.orders.build(ui, palette))
        nodes += self.turn.nodes(ui)
        panels = [node.rect for node in nodes]
        figures, most = self.desk.view(bar), self.desk.view(purse_most)
        nodes.append(bar_node(kit, figures, most, self._ways(m.compact), self.turn.button(), {}))
        panels += [event_rect(kit)] if event else []
        panels.append(kit.rect(0, 0, m.wide, BAR))
        self.app.backdrop.view.keep_clear(panels)
        return Node(kit.screen, esc=self._esc(orders), children=tuple(nodes))

    def _legend(self, kit: Kit, left: float, bottom: float, rail: pygame.Rect) -> Node:
        """The legend beside the rail of modes; folded at first where it would hide much of the map."""
        room = self.app.backdrop.free.width
        patterns = self.app.settings.patterns
        legend = legend_node(kit, self.picture, left, bottom, patterns)
        cramped = legend.rect.w > MOST_OF_MAP * room
        if cramped and not self.unfolded:
            return folded_node(kit, self.picture, left, bottom, Fold())
        fold = Fold() if cramped else None
        if legend.rect.colliderect(rail):
            left = rail.right / kit.s + EDGE
        return legend_node(kit, self.picture, left, bottom, patterns, fold)

    def _esc(self, orders: bool) -> Command:
        """What Esc does: it takes away what was opened last. orders: whether they are on the screen."""
        if orders and self.orders.chosen is not None:
            return LetGo()
        return ToMenu() if self.desk.game.over else AskToLeave()

    def _ways(self, compact: bool) -> list[tuple[str, str, str]]:
        ways = [
            ("report", _("Report"), "list"),
            ("news", _("News"), "newspaper"),
            ("council", _("Councils"), "ballot"),
            ("dialogue", _("Talks"), "speech"),
            ("objectives", _("Goals"), "target"),
            ("adviser", _("Adviser"), "people"),
            ("charts", _("Charts"), "chart"),
            ("library", _("Library"), "book"),
            ("debrief", _("Debrief"), "graduation"),
        ]
        over, playing = self.desk.game.over, self.desk.seat is not None
        shown = {"debrief": over, "adviser": playing and not over}
        known = [way for way in ways if self.app.knows(way[0]) and shown.get(way[0], True)]
        known.append(("save", _("Save"), "save"))
        if self.app.knows("settings"):
            known.append(("settings", _("Settings"), "settings"))
        return known

    # -- commands ----------------------------------------------------------------------------------

    def obey(self, command: Command) -> bool:
        match command:
            case Mode(mode):
                self.mode = mode
                self.show_map()
                self.app.refresh()
            case Select(thing):
                self.select(thing)
            case Fold():
                self.unfolded = not self.unfolded
                self.app.refresh()
            case AskToLeave():
                if not self.orders.shown or not self.orders.end_search():
                    self.app.show_card(LeaveCard(self.app))
            case _:
                return self.orders.obey(command) or self.side.obey(command) or self.turn.obey(command)
        return True

    def select(self, thing: str) -> None:
        """Show something in the side panel and on the map."""
        self.selected = thing
        self.app.sounds.play("select")
        self.show_map()
        self.app.refresh()

    def action(self, action: str) -> bool:
        backdrop = self.app.backdrop
        centre = self.app.kit.screen.center
        if action.startswith("mode_"):
            known = self.desk.view(modes)
            at = int(action[-1]) - 1
            return at < len(known) and self.obey(Mode(known[at].id))
        moves = {
            "zoom_in": lambda view: view.zoom(ZOOM_STEP, centre),
            "zoom_out": lambda view: view.zoom(1 / ZOOM_STEP, centre),
            "map_home": lambda view: view.home(),
            "map_left": lambda view: view.pan(PAN_STEP, 0),
            "map_right": lambda view: view.pan(-PAN_STEP, 0),
            "map_up": lambda view: view.pan(0, PAN_STEP),
            "map_down": lambda view: view.pan(0, -PAN_STEP),
        }
        if action in moves:
            backdrop.move(moves[action])
            if action == "map_home":
                self._brought = None
                self._bring()
        elif action in ("next_thing", "last_thing"):
            self._step(1 if action == "next_thing" else -1)
        elif action == "overview":
            self.select("")
        elif action in ("report", "news", "council", "dialogue", "objectives", "charts", "debrief", "adviser"):
            if not self.app.knows(action):
                return False
            self.app.open(action)
        else:
            return self.orders.action(action) or self.turn.action(action)
        return True

    def _step(self, by: int) -> None:
        """The next thing of the side panel's lists, in a fixed order."""
        order = self.side.order()
        if order:
            at = order.index(self.selected) if self.selected in order else (-1 if by > 0 else 0)
            self.select(order[(at + by) % len(order)])

    # -- the map under the pointer -----------------------------------------------------------------

    def pointer(self, event: pygame.event.Event) -> None:
        if not self.backdrop:
            return
        backdrop = self.app.backdrop
        if event.type == pygame.MOUSEWHEEL:
            at = pygame.mouse.get_pos() if pygame.display.get_init() else (0, 0)
            at = self.app.top.ui.pointer if self.app.top.ui.pointer != (-1, -1) else at
            backdrop.move(lambda view: view.zoom(1.15**event.y, at))
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button in (1, 3):
            self._held, self._dragged = event.pos, False
        elif event.type == pygame.MOUSEBUTTONUP:
            if self._held is not None and not self._dragged and event.button == 1:
                self._pick(event.pos)
            self._held = None
        elif event.type == pygame.MOUSEMOTION:
            if self._held is not None and any(event.buttons):
                dx, dy = event.pos[0] - self._held[0], event.pos[1] - self._held[1]
                if self._dragged or abs(dx) + abs(dy) > CLICK_SLACK:
                    self._dragged, self._held = True, event.pos
                    backdrop.move(lambda view: view.pan(dx, dy))
            else:
                self._held = None
                self._over = event.pos, self.app.clock()

    def _pick(self, at: tuple[int, int]) -> None:
        self.orders.let_go()
        hit = self.app.backdrop.hit(at)
        if hit is None:
            return
        picture = self.picture
        if hit.kind == "arc":
            first, _dash, second = hit.id.partition("-")
            self.select(f"{picture.thing(first)} {picture.thing(second)}")
        elif hit.kind == "hotspot":
            self.select(next((s.thing for s in picture.spots if s.id == hit.id), hit.id))
        elif hit.kind == "mission":
            self.select(next((p.thing for p in picture.posts if p.id == hit.id), hit.id))
        else:
            thing = picture.thing(hit.id)
            if thing in self.desk.sight.names.things:
                self.select(thing)


class LeaveCard(Card):
    """Leave for the main menu; the game is kept as an autosave."""

    def build(self, ui: Ui) -> Node:
        return question(
            ui.kit,
            "leave",
            _("Leave the game?"),
            _("It is kept as an autosave; Continue in the main menu goes on with it."),
            (Answer(_("Go on playing"), Back()), Answer(_("To the main menu"), ToMenu(), "primary", "exit")),
            Back(),
        )
