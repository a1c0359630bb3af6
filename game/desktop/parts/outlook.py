"""An order in full: its forecast as ranges, the model's view, what it costs, why it is or is not allowed.

It reads what to show when it is drawn, so that pointing at another order redraws this piece alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from game.desktop.parts.tile import order_tip
from game.desktop.ui.kit import Kit
from game.desktop.ui.meters import Tone, range_bar, tone_ink
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.paint import CAPTION, OVERLINE, SMALL, STRONG, Painter
from game.desktop.ui.text import Ink, Style
from game.text import _
from game.views import ForecastRow, ForecastView, OrderRow
from game.views.outlook import rows_for

TITLE = Style("serif_bold", 18, line_height=1.1)
BUTTON = 150
PANE = ("enqueue", "model_view")  # the keys of what can be reached in it


@dataclass(frozen=True)
class Shown:
    """An order with its forecast, if that is known; waiting: it is being worked out."""

    row: OrderRow
    forecast: ForecastView | None
    waiting: bool


def outlook_node(
    kit: Kit, rect: pygame.Rect, shown: Callable[[], Shown | None], command: Command, hover: Command
) -> Node:
    """The order that `shown` gives at the moment of drawing; `command` queues it or takes it back.

    `hover` is answered when pointer or focus comes to one of `PANE`.
    """
    queue, model = PANE
    place = pygame.Rect(rect.right - kit.px(BUTTON), rect.y, kit.px(BUTTON), kit.px(36))
    head = pygame.Rect(rect.x, rect.y, place.x - kit.px(10) - rect.x, place.h)
    body = pygame.Rect(rect.x, head.bottom + kit.px(4), rect.w, rect.bottom - head.bottom - kit.px(4))

    def draw(p: Painter, look: Look) -> None:
        p.fill(rect, "panel")
        now = shown()
        if now is None:
            _hint(p, rect)
            return
        p.text(now.row.title, head, TITLE, lines=2)
        if now.row.reasons:
            _locked(p, body, now.row)
        elif now.forecast is not None:
            _forecast(p, body, now.row, now.forecast)
        else:
            text = _("Playing 200 futures with and without it …") if now.waiting else now.row.help
            p.text(text, body, SMALL, "left", "top", lines=4)

    def draw_button(p: Painter, look: Look) -> None:
        now = shown()
        if now is not None:
            _button(p, place, now.row, look)

    def tip() -> Tip | None:
        now = shown()
        return order_tip(now.row) if now is not None else None

    def model_tip() -> Tip | None:
        now = shown()
        if now is None or now.forecast is None:
            return None
        rows = tuple((line.title, line.level) for line in rows_for(now.forecast, now.row, 8))
        return Tip(_("The model's view"), now.forecast.note, rows, _("Levels with the order at the end of that time."))

    press = Node(
        place, draw_button, key=queue, command=command, focusable=True, tip=tip, hover_command=hover, solid=True
    )
    line = pygame.Rect(body.x, body.y, body.w, kit.line(OVERLINE))
    spot = Node(line, key=model, tip=model_tip, focusable=True, hover_command=hover)
    return Node(rect, draw, children=(press, spot))


def _button(p: Painter, rect: pygame.Rect, row: OrderRow, look: Look) -> None:
    """A button whose label follows the order."""
    kit = p.kit
    label, icon = (_("Take back"), "undo") if row.queued else (_("Queue order"), "plus")
    able = row.legal or row.queued
    ground: Ink = "panel2" if not able else "panel" if row.queued else "accent"
    if look.hovered and able:
        ground = "accent_soft" if row.queued else "navy3"
    ink: Ink = "ink3" if not able else "ink" if row.queued else "inv"
    p.panel(rect, ground, 8, "line2" if row.queued or not able else None)
    style = STRONG.but(ink=ink)
    wide = kit.width(label, style)
    left = rect.centerx - (wide + kit.px(26)) // 2
    p.icon(icon if able else "lock", (left + kit.px(8), rect.centery), 18, ink)
    p.text(label, pygame.Rect(left + kit.px(26), rect.y, rect.right - left - kit.px(30), rect.h), style)


def _hint(p: Painter, rect: pygame.Rect) -> None:
    kit = p.kit
    text = _("Point at an order to see what the model expects of it. Choose it, and choose it again to queue it.")
    inner = rect.inflate(-kit.px(60), 0)
    p.icon("eye", (rect.centerx, rect.y + kit.px(38)), 30, "line2")
    place = pygame.Rect(inner.x, rect.y + kit.px(64), inner.w, rect.h - kit.px(70))
    p.text(text, place, SMALL, "centre", "top", lines=3)


def _locked(p: Painter, rect: pygame.Rect, row: OrderRow) -> None:
    kit = p.kit
    p.text(_("Why it is locked").upper(), pygame.Rect(rect.x, rect.y, rect.w, kit.line(OVERLINE)), OVERLINE)
    y = rect.y + kit.line(OVERLINE) + kit.px(2)
    for reason in row.reasons:
        tall = kit.height(reason, SMALL, rect.w - kit.px(28), 2)
        if y + tall > rect.bottom:
            break
        p.icon("lock", (rect.x + kit.px(9), y + kit.line(SMALL) // 2), 16, "bad")
        p.text(reason, pygame.Rect(rect.x + kit.px(26), y, rect.w - kit.px(28), tall), SMALL, valign="top", lines=2)
        y += tall + kit.px(2)


def _forecast(p: Painter, rect: pygame.Rect, row: OrderRow, view: ForecastView) -> None:
    kit = p.kit
    head = kit.line(OVERLINE)
    note = _("{horizon}, 8 of 10 futures").format(horizon=view.horizon)
    wide = kit.width(note, CAPTION)
    p.text(_("The model's view").upper(), pygame.Rect(rect.x, rect.y, rect.w - wide - kit.px(8), head), OVERLINE)
    p.text(note, pygame.Rect(rect.x, rect.y, rect.w, head), CAPTION, "right")
    line = kit.px(22)
    most = max(1, (rect.bottom - rect.y - head) // line - 1)
    shown = [*rows_for(view, row, most), view.score]
    reach = max([abs(end) for one in shown for end in (one.low, one.high)] + [1.0])
    y = rect.y + head
    if not view.rows:
        p.text(_("It makes no difference that can be seen yet."), pygame.Rect(rect.x, y, rect.w, line), SMALL)
        y += line
    for one in shown:
        _row(p, pygame.Rect(rect.x, y, rect.w, line), one, reach, one is view.score)
        y += line


def _row(p: Painter, rect: pygame.Rect, row: ForecastRow, reach: float, strong: bool) -> None:
    kit = p.kit
    tone: Tone = {"good": "good", "bad": "bad"}.get(row.tone, "plain")  # type: ignore[assignment]
    figures = kit.px(170)
    bar = kit.px(130)
    name = pygame.Rect(rect.x, rect.y, rect.w - figures - bar - kit.px(16), rect.h)
    style = STRONG.but(size=14) if strong else SMALL.but(ink="ink")
    p.text(_("Your score") if strong else row.title, name, style)
    range_bar(p, pygame.Rect(name.right + kit.px(8), rect.y, bar, rect.h), row.low, row.middle, row.high, reach, tone)
    right = pygame.Rect(rect.right - figures, rect.y, figures, rect.h)
    spread = row.difference if row.low != row.high else ""
    wide = kit.width(spread, CAPTION) if spread else 0
    p.text(spread, right, CAPTION, "right")
    ink = tone_ink(tone) if tone != "plain" else "ink"
    likely = pygame.Rect(right.x, rect.y, right.w - wide - kit.px(8), rect.h)
    p.text(row.likely, likely, STRONG.but(size=14, ink=ink), "right")
