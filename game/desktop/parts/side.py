"""The panel at the right: what is selected, or the region at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.desktop.page import BAR, EDGE
from game.desktop.parts.blocks import (
    Block,
    causes_tip,
    goals_block,
    indicator_block,
    near_block,
    path_block,
    text_block,
)
from game.desktop.parts.blocks import pair_block as pairs_of
from game.desktop.parts.commands import Select
from game.desktop.ui.buttons import icon_button
from game.desktop.ui.cards import heading, panel
from game.desktop.ui.kit import Kit
from game.desktop.ui.lists import scroll_area
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.paint import Painter
from game.desktop.ui.rows import flag_pair
from game.desktop.ui.ui import Ui
from game.text import _
from game.views import objectives
from game.views.panel import Overview, ThingPanel, overview, thing_panel
from game.views.places import of_kind
from game.views.stance import chief_stances, stance_text

if TYPE_CHECKING:
    from game.desktop.screens.play import PlayScreen

KIND_ICONS = {"hotspot": "flame", "mission": "tower", "institution": "building", "dossier": "document"}


class Side:
    """Part of the play screen."""

    def __init__(self, screen: PlayScreen) -> None:
        self.screen, self.app = screen, screen.app
        self._shown: tuple[tuple[object, ...], ThingPanel | None] | None = None

    def rect(self, kit: Kit) -> pygame.Rect:
        m = kit.metrics
        wide = 384 if m.compact else 448
        return kit.rect(m.wide - EDGE - wide, BAR + EDGE, wide, m.high - BAR - 2 * EDGE)

    def order(self) -> list[str]:
        """What can be selected, in a fixed order: countries, hotspots, missions."""
        sight = self.screen.desk.sight
        shades = self.screen.picture.places.values()
        names = [thing for thing in shades if thing in sight.names.things]
        return [*names, *(row.id for kind in ("hotspot", "mission") for row in of_kind(sight, kind))]

    def obey(self, command: Command) -> bool:
        return False

    def shown(self) -> ThingPanel | None:
        desk = self.screen.desk
        if not self.screen.selected:
            return None
        key = (self.screen.selected, id(desk), desk.version, desk.ahead is None)
        if self._shown is None or self._shown[0] != key:
            councils = desk.ahead.councils if desk.ahead is not None else ()
            self._shown = key, thing_panel(desk.sight, self.screen.selected, councils)
        return self._shown[1]

    def build(self, ui: Ui, rect: pygame.Rect) -> Node:
        kit = ui.kit
        pad = kit.px(20)
        inner = pygame.Rect(rect.x + pad, rect.y + kit.px(12), rect.w - 2 * pad, rect.h - kit.px(22))
        found = self.shown()
        head = pygame.Rect(inner.x, inner.y, inner.w, kit.px(68))
        body = pygame.Rect(inner.x, head.bottom, inner.w, inner.bottom - head.bottom)
        if found is None:
            nodes = [self._overview_head(ui, head)]
            blocks = self._overview(ui, self.screen.desk.view(overview))
        else:
            nodes = [*self._head(ui, head, found)]
            blocks = self._blocks(ui, found)
        nodes.append(self._stack(ui, body, blocks))
        return panel(rect, *nodes)

    def _stack(self, ui: Ui, rect: pygame.Rect, blocks: list[Block]) -> Node:
        """Blocks below one another, scrolled when they do not fit."""
        kit = ui.kit
        gap = kit.px(10)
        wide = rect.w
        tall = sum(block.height(kit, wide) + gap for block in blocks)
        if tall > rect.h:
            wide -= kit.px(16)
            tall = sum(block.height(kit, wide) + gap for block in blocks)

        def content(where: pygame.Rect) -> list[Node]:
            nodes, y = [], where.y
            for block in blocks:
                high = block.height(kit, wide)
                nodes.append(block.build(ui, pygame.Rect(where.x, y, wide, high)))
                y += high + gap
            return nodes

        return scroll_area(ui, rect, f"side:{self.screen.selected}", tall, content)

    # -- one thing ---------------------------------------------------------------------------------

    def _head(self, ui: Ui, rect: pygame.Rect, found: ThingPanel) -> list[Node]:
        kit = ui.kit
        flags = kit.pictures.names("flags")
        close = pygame.Rect(rect.right - kit.px(30), rect.y + kit.px(4), kit.px(30), kit.px(30))
        room = pygame.Rect(rect.x, rect.y, rect.w - kit.px(36), rect.h)

        def draw(p: Painter, look: Look) -> None:
            if found.kind == "pair" and all(one in flags for one in found.things):
                place = pygame.Rect(room.x, room.centery - kit.px(22), kit.px(56), kit.px(44))
                flag_pair(p, place, *found.things)
                left = place.right + kit.px(16)
                heading(p, pygame.Rect(left, room.y, room.right - left, room.h), found.name, found.detail)
            elif found.id in flags:
                heading(p, room, found.name, found.detail, flag=found.id)
            else:
                heading(p, room, found.name, found.detail, icon=KIND_ICONS.get(found.kind, "swap"))

        tip = Tip(found.name, found.note or found.detail, note=found.footnote)
        return [
            Node(room, draw, key="side:name", tip=tip, focusable=True, ring="inner"),
            icon_button(kit, close, "cross", Select(""), "side:close", Tip(_("Overview of the region"))),
        ]

    def _blocks(self, ui: Ui, found: ThingPanel) -> list[Block]:
        desk = self.screen.desk
        tip = causes_tip(desk)
        blocks: list[Block] = []
        if found.kind in ("hotspot", "mission") and found.note:
            blocks.append(text_block(found.note))
        blocks += [path_block(path) for path in found.paths]
        if found.indicators:
            blocks.append(indicator_block(_("Indicators"), found.indicators, tip))
        if found.relations:
            rows = [(found.id, one.other, one.name, one.trend) for one in found.relations]
            blocks.append(pairs_of(_("Neighbours"), rows, lambda a, b: Select(f"{a} {b}"), tip, single=True))
        if found.spots:
            blocks.append(near_block(_("Hotspots"), found.spots, "flame", Select))
        if found.posts:
            blocks.append(near_block(_("Missions here"), found.posts, "tower", Select))
        if found.id in desk.sight.ruleset.seats:
            blocks += [text_block(stance_text(one)) for one in desk.view(chief_stances, found.id)]
        if found.footnote:
            blocks.append(text_block(f"* {found.footnote}"))
        return blocks

    # -- the region --------------------------------------------------------------------------------

    def _overview_head(self, ui: Ui, rect: pygame.Rect) -> Node:
        title, note = _("The region"), self.screen.desk.sight.turn_title

        def draw(p: Painter, look: Look) -> None:
            heading(p, rect, title, note, icon="globe")

        return Node(rect, draw)

    def _overview(self, ui: Ui, found: Overview) -> list[Block]:
        tip = causes_tip(self.screen.desk)
        blocks: list[Block] = []
        goals = self.screen.desk.view(objectives)
        if goals is not None:
            blocks.append(goals_block(_("What you want"), goals, self.screen.desk))
        if found.pairs:
            title = found.pairs[0][3].value.label
            blocks.append(pairs_of(title, list(found.pairs), lambda a, b: Select(f"{a} {b}"), tip))
        if found.spots:
            blocks.append(
                indicator_block(_("Hotspots"), [one[2] for one in found.spots], tip, [s[1] for s in found.spots])
            )
        return blocks
