"""The turn's report: what changed most and why, what was in the news, who ordered what."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.desktop.page import BarButton, page, room
from game.desktop.parts.blocks import Block
from game.desktop.screen import Back, Go
from game.desktop.screens.flow import GameScreen, bullet, framed, head, nothing, prose, row, split
from game.desktop.ui.meters import Tone, tone_ink
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.paint import CAPTION, SMALL, STRONG, Painter
from game.desktop.ui.text import Style
from game.desktop.ui.ui import Ui
from game.text import _, several
from game.views import Changed, Report, report
from game.views.news import News, turn_news
from game.views.score import ScoreChange

CAUSES = 3
FIGURE = Style("bold", 18)


@dataclass(frozen=True)
class Turn:
    """Read the report of another turn: back or forward."""

    by: int


class ReportScreen(GameScreen):
    """The last turn at first; earlier ones can be read again."""

    name = "report"

    def shown(self) -> None:
        self.place = len(self.desk.game.steps) - 1

    def moved_on(self) -> None:
        self.place = len(self.desk.game.steps) - 1
        super().moved_on()

    def obey(self, command: Command) -> bool:
        if isinstance(command, Turn):
            self.place = max(0, min(len(self.desk.game.steps) - 1, self.place + command.by))
            self.app.refresh()
            return True
        return False

    def action(self, action: str) -> bool:
        by = {"last_thing": -1, "next_thing": 1}.get(action)
        return by is not None and self.obey(Turn(by))

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        area = room(kit)
        title = _("What changed, and why")
        steps = len(self.desk.game.steps)
        found = self.desk.view(report, self.place) if steps else None
        if found is None:
            text = _("No turn has ended yet. Give orders, end the turn, and read here what came of it.")
            return page(kit, title, "", framed(ui, area, "report:none", title, "", [nothing(text, "hourglass")]))
        left, right = split(area, kit, 0, 440 if kit.metrics.compact else 620)
        nodes = [self._changes(ui, left, found), self._beside(ui, right, found)]
        buttons = (
            BarButton(_("Later"), "chevron_right", Turn(1), enabled=self.place < steps - 1),
            BarButton(_("Earlier"), "chevron_left", Turn(-1), enabled=self.place > 0),
        )
        return page(kit, title, found.when, *nodes, buttons=buttons, back=_("To the map"), esc=Back())

    def _changes(self, ui: Ui, rect: pygame.Rect, found: Report) -> Node:
        blocks: list[Block] = []
        if found.score is not None and found.score.rows:
            blocks.append(_score(found.score))
            blocks += [_changed(one, f"{found.turn}:{one.row}") for one in found.score.rows]
        for own in (True, False):
            group = [one for one in found.changes if one.own is own]
            if not group:
                continue
            title = _("Your own affairs") if own else _("Elsewhere") if self.desk.seat else _("What moved most")
            blocks.append(head(title, _("before → after"), rule=bool(blocks)))
            blocks += [_changed(one, f"{found.turn}:{one.row}") for one in group]
        if not blocks:
            blocks.append(nothing(_("Nothing that can be seen from here has changed."), "info"))
        if found.more > 0:
            text = several(
                "{count} smaller change is not listed. Point at a figure on the map to see where it came from.",
                "{count} smaller changes are not listed. Point at a figure on the map to see where it came from.",
                found.more,
            )
            blocks.append(prose(text, SMALL))
        title = _("Turn {turn}").format(turn=found.turn)
        note = _("the largest changes, each with its causes")
        return framed(ui, rect, f"report:{found.turn}", title, note, blocks, icon="list", gap=6)

    def _beside(self, ui: Ui, rect: pygame.Rect, found: Report) -> Node:
        blocks: list[Block] = [head(_("In the news"), rule=False)]
        items = self.desk.view(turn_news, self.place)[:5]
        if not items:
            blocks.append(prose(_("A quiet turn: nothing that newspapers would print."), SMALL))
        for at, item in enumerate(items):
            blocks.append(_headline(item, f"report:news:{at}", f"{item.turn}:{at}"))
        blocks.append(head(_("Who ordered what"), _("as far as it is known")))
        seats = sorted(found.orders, key=lambda one: one.seat != self.desk.seat)
        for seat in seats:
            blocks.append(_orders(seat.seat, seat.name, seat.orders))
        if not seats:
            blocks.append(bullet(_("No order that is publicly known."), "info"))
        return framed(ui, rect, f"beside:{found.turn}", _("The turn"), found.when, blocks, icon="newspaper", gap=8)


def _score(score: ScoreChange) -> Block:
    """The heading of the objectives that moved the seat's own score."""
    if not score.change:
        return head(_("Your score"), _("{after}, counted for the first time").format(after=score.after), rule=False)
    note = _("{before} → {after}, {change}").format(before=score.before, after=score.after, change=score.change)
    return head(_("Your score"), note, rule=False)


def _changed(one: Changed, key: str) -> Block:
    """A quantity, or an objective with its points: before, after and change; its largest causes below it."""
    causes = one.causes[:CAUSES]
    worded = one.before[:1].isalpha()  # a rung, or yes and no: the step's number would say nothing
    tone: Tone = "good" if one.tone == "good" else "bad" if one.tone == "bad" else "plain"
    rest = len(one.causes) - len(causes)
    ink = tone_ink(tone) if tone != "plain" else "ink"

    def draw(p: Painter, rect: pygame.Rect, look: Look) -> None:
        kit = p.kit
        line = pygame.Rect(rect.x + kit.px(10), rect.y + kit.px(6), rect.w - kit.px(20), kit.line(FIGURE))
        p.bar(pygame.Rect(rect.x, rect.y + kit.px(8), kit.px(4), rect.h - kit.px(16)), ink if one.tone else "line2")
        figure = 0 if worded else kit.width(one.change, FIGURE)
        span = _("{before} → {after}").format(before=one.before, after=one.after)
        style = STRONG.but(ink="ink2", size=14)
        most = min(kit.width(span, style), line.w // 2)
        if not worded:
            p.text(one.change, line, FIGURE.but(ink=ink), "right")
        left = line.right - figure - (0 if worded else kit.px(16)) - most
        p.text(span, pygame.Rect(left, line.y, most, line.h), style, "right")
        p.text(one.title, pygame.Rect(line.x, line.y, left - kit.px(14) - line.x, line.h), STRONG.but(size=16))
        y, tall = line.bottom, kit.px(22)
        for cause in causes:
            place = pygame.Rect(line.x + kit.px(12), y, line.w - kit.px(12), tall)
            amount = "" if worded else cause.amount_text
            wide = kit.width(amount, SMALL) if amount else 0
            p.text(cause.text, pygame.Rect(place.x, y, place.w - wide - kit.px(14), tall), SMALL)
            p.text(amount, place, SMALL.but(ink="ink"), "right")
            y += tall
        if rest:
            text = several(
                "and {count} more cause: rest here to read it", "and {count} more causes: rest here to read them", rest
            )
            p.text(text, pygame.Rect(line.x + kit.px(12), y, line.w, tall), CAPTION)

    rows = tuple((cause.text, cause.amount_text) for cause in one.causes)
    change = _("{before} → {after}").format(before=one.before, after=one.after)
    height = 38 + 22 * (len(causes) + (rest > 0)) + 6
    return row(height, draw, f"change:{key}", None, Tip(one.title, change, rows), "changes")


def _headline(item: News, key: str, topic: str) -> Block:
    """A headline; Enter opens it in the news."""
    inner = STRONG.but(size=16)
    below = [(text, style) for text, style in ((item.text, SMALL), (item.record, CAPTION)) if text]

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        kit = ui.kit
        wide = rect.w - kit.px(20)
        tall = kit.height(item.headline, inner, wide, 2)
        top = pygame.Rect(rect.x + kit.px(10), rect.y + kit.px(5), wide, tall)

        def draw(p: Painter, look: Look) -> None:
            if look.hovered:
                p.panel(rect, "panel2", 8)
            p.text(item.headline, top, inner, valign="top", lines=2)
            y = top.bottom
            for text, style in below:
                tall = kit.height(text, style, wide, 2)
                p.text(text, pygame.Rect(top.x, y, wide, tall), style, valign="top", lines=2)
                y += tall

        command = Go("news", topic)
        return Node(rect, draw, key=key, command=command, focusable=True, group="report:news", ring="inner")

    return Block(
        lambda kit, wide: (
            kit.height(item.headline, inner, wide - kit.px(20), 2)
            + sum(kit.height(text, style, wide - kit.px(20), 2) for text, style in below)
            + kit.px(10)
        ),
        build,
    )


def _orders(seat: str, name: str, orders: tuple[str, ...]) -> Block:
    """A seat's flag and name, and its orders below."""
    text = "\n".join(orders)

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        kit = ui.kit

        def draw(p: Painter, look: Look) -> None:
            x = rect.x + kit.px(48)
            if seat in kit.pictures.names("flags"):
                p.flag(seat, pygame.Rect(rect.x + kit.px(4), rect.y + kit.px(2), kit.px(33), kit.px(22)))
            else:
                p.icon("person", (rect.x + kit.px(20), rect.y + kit.px(13)), 20, "ink3")
            top = pygame.Rect(x, rect.y, rect.right - x, kit.line(STRONG))
            p.text(name, top, STRONG)
            body = pygame.Rect(x, top.bottom, top.w, rect.bottom - top.bottom)
            p.text(text, body, SMALL, valign="top", lines=None)

        return Node(rect, draw)

    return Block(lambda kit, wide: kit.line(STRONG) + kit.height(text, SMALL, wide - kit.px(48)), build)
