"""The play screen's navy bar: where the game stands, ways to other screens, the end of the turn."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pygame

from game.desktop.page import EDGE, brand
from game.desktop.screen import Act
from game.desktop.ui.buttons import BARE, WAY, button, stacked_button
from game.desktop.ui.cards import stat, top_bar
from game.desktop.ui.kit import Kit
from game.desktop.ui.meters import Tone
from game.desktop.ui.node import Look, Node, Tip, label
from game.desktop.ui.paint import CAPTION, FIGURE, STRONG, Painter
from game.desktop.ui.text import Style
from game.text import _
from game.views.bar import Bar

Stat = tuple[str, str, str, Tone, str, Tip, float]
"""name, value, change, tone, icon, tip, width in design pixels that shows its name too."""


@dataclass(frozen=True)
class Form:
    """How the bar is laid out: ways `each` design pixels wide in so many columns and lines; the room of each figure."""

    each: float
    columns: int
    lines: int
    rooms: list[float]


def bar_node(
    kit: Kit, bar: Bar, most: int, ways: list[tuple[str, str, str]], end: tuple[str, str, bool], badges: dict[str, str]
) -> Node:
    """most: how much capital can be kept; ways: (action, label, icon) of the buttons; end: label, icon and whether the
    turn can be ended."""
    wide = kit.metrics.wide
    compact = wide < 1700
    end_wide = 150 if compact else 184
    end_left = wide - EDGE - end_wide
    x = 66.0 if compact else 236.0
    stats = _stats(bar, most)
    form = _form(kit, stats, [title for _action, title, _icon in ways], x, end_left - 16, compact)
    right = end_left - 16 - form.each * form.columns
    nodes: list[Node] = []
    for (name, value, change, tone, icon, tip, _need), room in zip(stats, form.rooms, strict=True):
        if x + room > right:
            break
        node = stat(kit, kit.rect(x, 5, room, 46), name, value, change, tone, icon, f"stat:{icon}", tip)
        nodes.append(node)
        x += room + 8
    if bar.seat and x + 150 < right:
        nodes.append(_seat(kit, kit.rect(x, 5, min(230.0, right - x - 8), 46), bar))
    elif bar.seat in kit.pictures.names("flags") and x + 56 < right:
        nodes.append(_flag(kit, kit.rect(x, 5, 48, 46), bar))
    for i, (action, title, icon) in enumerate(ways):
        line, column = divmod(i, form.columns)
        tall = 48 / form.lines
        place = kit.rect(right + form.each * column, 4 + tall * line, form.each - 4, tall)
        node = stacked_button(
            kit, place, title, icon, Act(action), f"way:{action}", group="ways", badge=badges.get(action, "")
        )
        nodes.append(node)
    title, icon, enabled = end
    place = kit.rect(end_left, 8, end_wide, 40)
    nodes.append(button(kit, place, title, Act("end_turn"), "end_turn", "amber", icon, enabled))
    return top_bar(kit, brand(kit, bar.title, 0 if compact else 166), *nodes)


def _form(kit: Kit, stats: list[Stat], words: list[str], left: float, right: float, compact: bool) -> Form:
    """The form with the most words that leaves room for every figure between `left` and `right`; else the tightest.

    Figures come first: they are read all the time, and a button without its word still has its icon and its tip.
    """
    ways = len(words)
    least = []
    for _name, value, change, _tone, _icon, _tip, _need in stats:
        after = kit.width(change, Style("semibold", 14)) / kit.s + 10 if change else 0
        least.append(kit.width(value, FIGURE) / kit.s + after + 50)
    wishes = [need - (8.0 if compact else 0.0) for *_shown, need in stats]
    full = [max(wish, room) for wish, room in zip(wishes, least, strict=True)]
    half = -(-ways // 2)
    word = max((kit.width(text, WAY) / kit.s for text in words), default=0.0) + 10
    forms = [
        Form(max(word, 70 if compact else 74), ways, 1, full),
        Form(max(word, BARE + 4), ways, 1, full),
        Form(max(word, BARE + 4), ways, 1, least),
        Form(40, ways, 1, full),
        Form(40, ways, 1, least),
        Form(38, half, 2, full),
        Form(38, half, 2, least),
    ]

    def rest(form: Form) -> float:
        return right - form.each * form.columns - (left + sum(room + 8 for room in form.rooms) - 8)

    found = next((form for form in forms if rest(form) >= 0), forms[-1])
    # What is left over gives figures back their names, the first ones first.
    spare = max(0.0, rest(found))
    rooms = []
    for room, (name, *_shown) in zip(found.rooms, stats, strict=True):
        more = max(0.0, kit.width(name, CAPTION) / kit.s + 44 - room)
        more = more if more <= spare else 0.0
        spare -= more
        rooms.append(room + more)
    return replace(found, rooms=rooms)


def _stats(bar: Bar, most: int) -> list[Stat]:
    turn = _("Turn {turn} of {turns}").format(turn=bar.turn, turns=bar.turns)
    found: list[Stat] = [(turn, bar.date, "", "plain", "clock", Tip(bar.months, turn), 176)]
    if bar.seat:
        text = _(
            "What orders cost. What is left is kept for later turns, {most} at most. "
            "The figure beside it is what came in last turn."
        ).format(most=most)
        found.append(
            (
                _("Political capital"),
                str(bar.purse),
                bar.income,
                "good",
                "capital",
                Tip(_("Political capital"), text),
                164,
            )
        )
        orders = _("{left} of {allowed}").format(left=bar.slots, allowed=bar.allowed)
        text = _("How many more orders you may give this turn. Answers to a decision and some acts are free.")
        found.append((_("Orders left"), orders, "", "plain", "list", Tip(_("Orders left"), text), 136))
        tone: Tone = "bad" if bar.score_change.startswith("−") else "good"
        text = _("Points of your own objectives so far; the objectives are your seat's, not the game's.")
        note = _("What each brought in the last turn. The report says why.") if bar.score_rows else ""
        if bar.turn == 1:
            note = _("It is counted when the first turn has ended.")
        tip = Tip(_("Score"), text, bar.score_rows, note)
        found.append((_("Score"), bar.score, bar.score_change, tone, "medal", tip, 140))
    return found


def _seat(kit: Kit, rect: pygame.Rect, bar: Bar) -> Node:
    has_flag = bar.seat in kit.pictures.names("flags")

    def draw(p: Painter, look: Look) -> None:
        p.vline(rect.x - kit.px(4), rect.y + kit.px(8), rect.bottom - kit.px(8), "navy3")
        x = rect.x + kit.px(10)
        if has_flag:
            flag = pygame.Rect(x, rect.centery - kit.px(12), kit.px(36), kit.px(24))
            p.flag(bar.seat, flag)
            x = flag.right + kit.px(10)
        top, low = kit.line(CAPTION), kit.line(STRONG)
        y = rect.centery - (top + low) // 2
        room = rect.right - x
        p.text(_("You play"), pygame.Rect(x, y, room, top), CAPTION.but(ink="inv2"))
        p.text(bar.name, pygame.Rect(x, y + top, room, low), STRONG.but(ink="inv", size=16))

    return label(rect, draw)


def _flag(kit: Kit, rect: pygame.Rect, bar: Bar) -> Node:
    """The seat as its flag alone, where there is no room for its name."""

    def draw(p: Painter, look: Look) -> None:
        p.flag(bar.seat, pygame.Rect(rect.x + kit.px(8), rect.centery - kit.px(12), kit.px(36), kit.px(24)))

    return label(rect, draw, "stat:seat", Tip(_("You play"), bar.name))
