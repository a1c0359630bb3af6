"""An event that waits for the seat's answer: what happened, the answers as orders, each with its forecast."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.desktop.map import MapView
from game.desktop.page import BAR, EDGE
from game.desktop.screen import Back, Card
from game.desktop.ui.buttons import button, chip
from game.desktop.ui.cards import Cost, Effect, OptionCard, option_card, option_height
from game.desktop.ui.kit import Kit
from game.desktop.ui.lists import scroll_area
from game.desktop.ui.meters import Tone
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.paint import CAPTION, Painter
from game.desktop.ui.text import Style
from game.desktop.ui.ui import Ui
from game.session import IllegalOrderError
from game.text import _
from game.views import Card as Waiting
from game.views import ChoiceRow, ForecastView, card, reason_texts
from game.views.cards import at_once_title, in_the_end_title
from game.views.outlook import rows_for

TITLE = Style("serif_bold", 26)
TEXT = Style("ui", 16, "ink2")
RECORD = Style("ui", 14, "ink3")
EFFECTS = 2
FOOT = 76  # the strip with the buttons, in design pixels
ICONS = ("handshake", "shield", "radio", "scales", "megaphone", "people")


def event_rect(kit: Kit) -> pygame.Rect:
    """Where the card lies: beside the rail of modes, over the map."""
    m = kit.metrics
    left = 116 if m.compact else 124
    return kit.rect(left, BAR + EDGE, min(680, m.wide - left - EDGE), m.high - BAR - 2 * EDGE)


def _told(waiting: Waiting) -> list[tuple[str, Style]]:
    """What happened, and below it what the record knows of it."""
    return [(text, style) for text, style in ((waiting.text, TEXT), (waiting.record, RECORD)) if text]


def _source(waiting: Waiting) -> str:
    return _("Source: {source}").format(source=waiting.source)


@dataclass(frozen=True)
class Pick:
    """Mark an answer; the one that was marked is given."""

    choice: str


@dataclass(frozen=True)
class Answered:
    """Give the answer that is marked."""


class EventCard(Card):
    """The seat's open decision. The map behind it stays in view."""

    name = "event"
    foot = EDGE + FOOT

    def __init__(self, app: object, topic: str = "") -> None:
        super().__init__(app, topic)  # type: ignore[arg-type]
        waiting = self.waiting
        self.picked = ""
        self._marked = False  # whether the person has marked an answer, not only the card
        if waiting is not None:
            legal = [row.id for row in waiting.choices if row.order.legal or row.order.queued]
            default = next((row.id for row in waiting.choices if row.default), "")
            self.picked = waiting.answered or (default if default in legal else next(iter(legal), ""))

        self._look()

    def _look(self) -> None:
        """Turn the map to the seat, beside the card; the old view comes back when the card closes."""
        desk, view = self.app.desk, self.app.backdrop.view
        self.camera = view.camera
        place = desk.sight.names.things[desk.seat].place if desk is not None and desk.seat else None
        if place not in view.data.countries:
            return
        kit = self.app.kit
        free = kit.screen.w - kit.px(448 + EDGE) - event_rect(kit).right
        centre = event_rect(kit).right + free // 2

        def turn(view: MapView) -> None:
            view.home()
            west, north, east, south = view.data.countries[place].bounds
            x, y = view.camera.to_screen(((west + east) / 2, (north + south) / 2))
            view.pan(centre - x, kit.screen.centery - y)

        self.app.backdrop.move(turn)

    @property
    def waiting(self) -> Waiting | None:
        assert self.app.desk is not None
        return self.app.desk.view(card)

    def obey(self, command: Command) -> bool:
        match command:
            case Pick(choice):
                # Marked once more it is given. What the card marked when it opened does not count.
                if self._marked and choice == self.picked:
                    self._answer()
                self.picked, self._marked = choice, True
                self.app.refresh()
            case Answered():
                self._answer()
            case _:
                return False
        return True

    def action(self, action: str) -> bool:
        waiting = self.waiting
        if waiting is None or not action.startswith("digit_"):
            return False
        at = int(action.removeprefix("digit_")) - 1
        if 0 <= at < len(waiting.choices):
            self.obey(Pick(waiting.choices[at].id))
        return True

    def _answer(self) -> None:
        desk, waiting = self.app.desk, self.waiting
        if desk is None or desk.seat is None or waiting is None:
            return
        chosen = next((row for row in waiting.choices if row.id == self.picked), None)
        if chosen is None:
            return
        given = next((row for row in waiting.choices if row.order.queued), None)
        try:
            if given is None:
                desk.submit(chosen.order.order)
            elif given is not chosen:
                desk.game.replace(desk.seat, given.order.order, chosen.order.order)
                desk.changed()
        except IllegalOrderError as fault:
            self.app.say(" ".join(reason_texts(desk.sight, fault.reasons)), "bad", "warning")
            return
        self.app.sounds.play("queue")
        self.app.close_card()
        self.app.refresh(moved_on=True)

    def closed(self) -> None:
        if self.app.backdrop.view.camera.width == self.camera.width:
            self.app.backdrop.move(lambda view: setattr(view, "camera", self.camera))
        if self.app.desk is not None:
            self.app.desk.stop_forecast()

    def _outlook(self, row: ChoiceRow) -> ForecastView | None:
        """The forecast of an answer; one is asked for at a time."""
        desk = self.app.desk
        assert desk is not None
        orders = (row.order.order,)
        known = desk.known_forecast(orders)
        if known is None and desk.forecasting is None and not row.order.reasons:
            return desk.forecast(orders, self.app.refresh)
        return known

    # -- the tree ----------------------------------------------------------------------------------

    def build(self, ui: Ui) -> Node:
        kit, waiting = ui.kit, self.waiting
        if waiting is None:
            return Node(kit.screen, modal=True, esc=Back())
        m = kit.metrics
        rect = event_rect(kit)
        pad = kit.px(32 if not m.compact else 22)
        inner = pygame.Rect(rect.x + pad, rect.y, rect.w - 2 * pad, rect.h)
        head_h = kit.px(64)
        title_h = kit.height(waiting.headline, TITLE, inner.w)
        text_h = sum(kit.height(text, style, inner.w) + kit.px(8) for text, style in _told(waiting))
        foot = kit.px(FOOT)
        cards = [self._option(number, row) for number, row in enumerate(waiting.choices)]
        gap = kit.px(12)
        top = kit.px(18) + title_h + kit.px(6) + text_h + kit.px(14)
        top += kit.height(_source(waiting), CAPTION, inner.w - kit.px(14))
        tall = top + sum(option_height(kit, inner.w - kit.px(14), one) + gap for one in cards) + kit.px(8)
        room = pygame.Rect(inner.x, rect.y + head_h, inner.w, rect.h - head_h - foot)

        def content(where: pygame.Rect) -> list[Node]:
            return self._content(ui, where, waiting, cards, top, gap)

        def draw(p: Painter, look: Look) -> None:
            p.panel(rect, "panel", 12, "line", shadow="modal")
            p.panel(pygame.Rect(rect.x, rect.y, rect.w, head_h), "navy", 12)
            p.fill(pygame.Rect(rect.x, rect.y + head_h - kit.px(14), rect.w, kit.px(14)), "navy")

        chips = self._chips(ui, pygame.Rect(inner.x, rect.y + kit.px(17), inner.w, kit.px(30)), waiting)
        buttons = self._buttons(ui, pygame.Rect(inner.x, rect.bottom - foot, inner.w, foot), waiting)
        body = scroll_area(ui, room, "event", tall, content)
        return Node(
            kit.screen,
            draw,
            key="event_card",
            modal=True,
            first=f"choice:{self.picked}",
            layer=1,
            esc=Back(),
            children=(*chips, body, *buttons),
        )

    def _content(
        self, ui: Ui, where: pygame.Rect, waiting: Waiting, cards: list[OptionCard], top: int, gap: int
    ) -> list[Node]:
        kit = ui.kit

        def text(p: Painter, look: Look) -> None:
            y = where.y + kit.px(18)
            tall = kit.height(waiting.headline, TITLE, where.w)
            p.text(waiting.headline, pygame.Rect(where.x, y, where.w, tall), TITLE, valign="top", lines=None)
            y += tall + kit.px(6)
            for words, style in _told(waiting):
                tall = kit.height(words, style, where.w)
                p.text(words, pygame.Rect(where.x, y, where.w, tall), style, valign="top", lines=None)
                y += tall + kit.px(8)
            place = pygame.Rect(where.x, y, where.w, kit.height(_source(waiting), CAPTION, where.w))
            p.text(_source(waiting), place, CAPTION.but(ink="ink3"), valign="top", lines=None)

        nodes = [Node(pygame.Rect(where.x, where.y, where.w, top), text)]
        y = where.y + top
        for row, one in zip(waiting.choices, cards, strict=True):
            tall = option_height(kit, where.w, one)
            place = pygame.Rect(where.x, y, where.w, tall)
            nodes.append(option_card(kit, place, one, f"choice:{row.id}", Pick(row.id), row.id == self.picked))
            y += tall + gap
        return nodes

    def _chips(self, ui: Ui, rect: pygame.Rect, waiting: Waiting) -> list[Node]:
        kit = ui.kit
        desk = self.app.desk
        assert desk is not None
        if waiting.answered is None:
            nodes = [chip(kit, rect, _("Your decision"), "bad_solid", "warning")]
        else:
            text = _("Your answer is carried out when the turn ends; until then another can take its place.")
            tip = Tip(_("Answered"), text)
            nodes = [chip(kit, rect, _("Answered"), "good", "check", "answered", tip)]
        left = nodes[0].rect.right + kit.px(8)
        nodes.append(chip(kit, pygame.Rect(left, rect.y, rect.right - left, rect.h), desk.sight.turn_title, "plain"))
        if waiting.contested:
            tip = Tip(_("Contested"), _("The sides tell this differently; see the library."))
            nodes.append(chip(kit, rect, _("Contested"), "warn", "scales", "contested", tip, align="right"))
        return nodes

    def _buttons(self, ui: Ui, rect: pygame.Rect, waiting: Waiting) -> list[Node]:
        kit = ui.kit
        chosen = next((row for row in waiting.choices if row.id == self.picked), None)
        number = waiting.choices.index(chosen) + 1 if chosen is not None else 0
        wide = kit.px(210)
        place = pygame.Rect(rect.right - wide, rect.y + kit.px(14), wide, kit.px(46))
        if waiting.answered is None:
            label = _("Choose answer {number}").format(number=number)
        elif waiting.answered == self.picked:
            label = _("Keep answer {number}").format(number=number)
        else:
            label = _("Change to answer {number}").format(number=number)
        able = chosen is not None and (chosen.order.legal or chosen.order.queued)
        choose = button(kit, place, label, Answered(), "answer", "primary", "check", able)
        later = button(
            kit, pygame.Rect(rect.x, place.y, kit.px(150), place.h), _("Later"), Back(), "later", "quiet", "clock"
        )
        default = next((row for row in waiting.choices if row.default), None)
        note_room = pygame.Rect(later.rect.right + kit.px(8), place.y, place.x - later.rect.right - kit.px(16), place.h)

        def draw(p: Painter, look: Look) -> None:
            p.hline(rect.x, rect.right, rect.y)
            if default is not None:
                note = _("Without an answer: {title}").format(title=default.order.title)
                p.text(note, note_room, CAPTION, "centre", lines=2)

        return [Node(rect, draw), later, choose]

    def _option(self, number: int, row: ChoiceRow) -> OptionCard:
        order = row.order
        outlook = self._outlook(row)
        effects: list[Effect] = []
        if outlook is not None:
            for line in rows_for(outlook, order, EFFECTS):
                tone: Tone = {"good": "good", "bad": "bad"}.get(line.tone, "plain")  # type: ignore[assignment]
                effects.append(Effect(line.title, line.likely, line.difference, tone))
        heading = in_the_end_title() if not row.default else ""
        if row.default and not effects:
            # A forecast compares with ordering nothing, which is this answer: it can never differ.
            effects = [Effect(_("This happens without an answer"), _("The others are measured against it."), "")]
        elif not effects and not order.reasons:
            note = _("no difference to be seen") if outlook is not None else _("being worked out …")
            effects = [Effect(_("The model's view"), note, "")]
        tip = Tip(
            order.title,
            outlook.note if outlook else order.help,
            tuple((line.title, line.difference) for line in rows_for(outlook, order, 8)) if outlook else (),
            "; ".join(order.effects),
        )
        return OptionCard(
            order.title,
            order.help,
            "check" if order.queued else ICONS[number % len(ICONS)],
            str(number + 1),
            (Cost("capital", str(order.cost), bool(order.reasons) and not order.legal),) if order.cost else (),
            tuple(effects),
            " ".join(order.reasons),
            tip,
            (at_once_title(), "; ".join(row.at_once)),
            heading,
        )
