"""The play screen's navy bar: where the game stands, ways to other screens, the end of the turn."""

from __future__ import annotations

import pygame

from game.desktop.page import EDGE, brand
from game.desktop.screen import Act
from game.desktop.ui.buttons import button, stacked_button
from game.desktop.ui.cards import stat, top_bar
from game.desktop.ui.kit import Kit
from game.desktop.ui.meters import Tone
from game.desktop.ui.node import Look, Node, Tip, label
from game.desktop.ui.paint import CAPTION, FIGURE, STRONG, Painter
from game.text import _
from game.views.bar import Bar


def bar_node(
    kit: Kit, bar: Bar, ways: list[tuple[str, str, str]], end: tuple[str, str, bool], badges: dict[str, str]
) -> Node:
    """ways: (action, label, icon) of the buttons; end: label, icon and whether the turn can be ended."""
    wide = kit.metrics.wide
    compact = wide < 1700
    each = 70 if compact else 74
    end_wide = 150 if compact else 184
    right = wide - EDGE - end_wide - 16 - each * len(ways)
    nodes: list[Node] = []
    x = 66.0 if compact else 236.0
    for name, value, change, tone, icon, tip, need in _stats(bar):
        room = max(need - (8.0 if compact else 0.0), kit.width(value, FIGURE) / kit.s + 50)
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
        place = kit.rect(right + each * i, 4, each - 4, 48)
        node = stacked_button(
            kit, place, title, icon, Act(action), f"way:{action}", group="ways", badge=badges.get(action, "")
        )
        nodes.append(node)
    title, icon, enabled = end
    place = kit.rect(wide - EDGE - end_wide, 8, end_wide, 40)
    nodes.append(button(kit, place, title, Act("end_turn"), "end_turn", "amber", icon, enabled))
    return top_bar(kit, brand(kit, bar.title, 0 if compact else 166), *nodes)


def _stats(bar: Bar) -> list[tuple[str, str, str, Tone, str, Tip, float]]:
    turn = _("Turn {turn} of {turns}").format(turn=bar.turn, turns=bar.turns)
    found: list[tuple[str, str, str, Tone, str, Tip, float]] = [
        (turn, bar.date, "", "plain", "clock", Tip(bar.months, turn), 176)
    ]
    if bar.seat:
        text = _("What orders cost. It cannot be saved without limit. The figure beside it is what came in last turn.")
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
        found.append((_("Score"), bar.score, bar.score_change, tone, "medal", Tip(_("Score"), text), 140))
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
