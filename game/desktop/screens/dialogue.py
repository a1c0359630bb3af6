"""The talks: dossiers, where each side stands and what it would gain, where power points, deeds done."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.desktop.page import page, room
from game.desktop.parts.blocks import Block, causes_tip
from game.desktop.screens.deeds import deed_blocks, orders_about, toggle
from game.desktop.screens.flow import GameScreen, bullet, framed, head, listed, nothing, pair, prose, row, split
from game.desktop.ui.buttons import Choice, tab_bar
from game.desktop.ui.kit import Kit
from game.desktop.ui.lists import Row
from game.desktop.ui.meters import Tone, meter
from game.desktop.ui.node import Command, Draw, Look, Node
from game.desktop.ui.paint import CAPTION, SMALL, STRONG, Painter
from game.desktop.ui.ui import Ui
from game.text import _
from game.views import DialogueView, DossierRow, SideRow, dialogues

POSITION = "position"


@dataclass(frozen=True)
class Pick:
    """Look at one kind of talks, or at a dossier."""

    what: str
    id: str


class DialogueScreen(GameScreen):
    """`topic`: a dossier's id to begin with."""

    name = "dialogue"

    def shown(self) -> None:
        if not hasattr(self, "picked"):
            self.picked = {"talks": "", "dossier": self.topic}

    def obey(self, command: Command) -> bool:
        if isinstance(command, Pick):
            self.picked[command.what] = command.id
            self.app.refresh()
            return True
        return toggle(self.app, command)

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        area = room(kit)
        views = self.desk.view(dialogues)
        if not views or not any(view.dossiers for view in views):
            empty = framed(ui, area, "talks:none", _("Talks"), "", [nothing(_("There are no talks here."), "speech")])
            return page(kit, _("Talks"), "", empty)
        view = next((one for one in views if one.id == self.picked["talks"]), views[0])
        chosen = self._chosen(view)
        compact = kit.metrics.compact
        left, middle, right = split(area, kit, 330 if compact else 400, 0, 380 if compact else 480)
        nodes = [
            self._list(ui, left, views, view, chosen),
            self._dossier(ui, middle, chosen),
            self._deeds(ui, right, chosen),
        ]
        return page(kit, _("Talks"), self.desk.sight.turn_title, *nodes)

    def _chosen(self, view: DialogueView) -> DossierRow:
        """The picked dossier; at first an open one in which the seat is a side."""
        picked = [one for one in view.dossiers if one.dossier == self.picked["dossier"]]
        return (picked or list(view.dossiers))[0]

    def _list(
        self, ui: Ui, rect: pygame.Rect, views: tuple[DialogueView, ...], view: DialogueView, chosen: DossierRow
    ) -> Node:
        seat = self.desk.seat
        blocks: list[Block] = [prose(view.help, SMALL), head(_("Dossiers"), _("how ripe"))]
        for one in view.dossiers:
            ripe = one.progress.text if one.progress else ""
            own = seat in [side.side for side in one.sides]
            note = _("of {needed}").format(needed=one.agree_at) if ripe else ""
            state = _("{state} · you are a side").format(state=one.state) if own else one.state
            item = Row(one.dossier, one.name, state, ripe, note, icon="document")
            key = f"dossier:{one.dossier}"
            blocks.append(listed(item, key, Pick("dossier", one.dossier), one is chosen, "dossiers", 56))
        tabs = [Choice(one.id, one.title) for one in views]

        def tool(place: pygame.Rect) -> Node:
            return tab_bar(ui.kit, place, tabs, view.id, "talks", lambda name: Pick("talks", name))

        tools = (tool,) if len(views) > 1 else ()
        return framed(ui, rect, "talks:list", view.title, "", blocks, icon="speech", gap=5, tools=tools)

    # -- one dossier -------------------------------------------------------------------------------

    def _dossier(self, ui: Ui, rect: pygame.Rect, one: DossierRow) -> Node:
        blocks: list[Block] = [prose(one.note, SMALL)]
        good = one.verdict and all(side.accepts for side in one.sides)
        if one.verdict:
            blocks.append(bullet(one.verdict, "scales", "good" if good else "warn", STRONG.but(size=16)))
        if one.progress is not None and one.verdict:
            blocks.append(_ripeness(self, one))
        if one.sides:
            blocks.append(head(_("Where they stand"), _("0 to 100, one end to the other")))
            blocks.append(_axis(one))
        if one.power is not None:
            text = _(
                "The triangle marks where bargaining power points: the positions weighted by capability and by how "
                "much each side cares. This is not a fair solution, only where pressure leads."
            )
            blocks.append(prose(text, SMALL))
        compact = ui.kit.metrics.compact
        per = 1 if compact and len(one.sides) > 2 else min(2, len(one.sides))
        for first in range(0, len(one.sides), max(1, per)):
            blocks.append(self._sides(one.sides[first : first + per]))
        return framed(ui, rect, f"dossier:{one.dossier}", one.name, one.state, blocks, icon="document", gap=10)

    def _sides(self, sides: tuple[SideRow, ...]) -> Block:
        """Sides beside one another: what each would gain by agreeing, term by term."""
        tip = causes_tip(self.desk)
        columns: list[list[Block]] = []
        for side in sides:
            word = _("Would agree") if side.accepts else _("Would refuse")
            tone: Tone = "good" if side.accepts else "bad"
            found: list[Block] = [_side_head(side), pair(word, side.gain_text, tone, 30, True)]
            for term in side.terms:
                found.append(pair(term.title, term.text, "good" if term.amount > 0 else "bad", 25))
            for value in side.values:

                def draw(
                    p: Painter, rect: pygame.Rect, look: Look, name: str = value.label, now: str = value.text
                ) -> None:
                    p.text(name, pygame.Rect(rect.x, rect.y, rect.w - p.kit.px(60), rect.h), CAPTION)
                    p.text(now, rect, STRONG.but(size=14), "right")

                key = f"side:{value.name}"
                found.append(row(24, draw, key, None, tip(value), f"side:{side.side}"))
            columns.append(found)

        def wide_of(wide: int, gap: int) -> int:
            return (wide - gap * (len(columns) - 1)) // len(columns)

        def height(kit: Kit, wide: int) -> int:
            each = wide_of(wide, kit.px(16)) - kit.px(28)
            return max(sum(one.height(kit, each) for one in column) for column in columns) + kit.px(28)

        def build(ui: Ui, rect: pygame.Rect) -> Node:
            kit = ui.kit
            each = wide_of(rect.w, kit.px(16))
            nodes = []
            for at, column in enumerate(columns):
                box = pygame.Rect(rect.x + at * (each + kit.px(16)), rect.y, each, rect.h)
                y = box.y + kit.px(12)
                inner = []
                for one in column:
                    tall = one.height(kit, each - kit.px(28))
                    inner.append(one.build(ui, pygame.Rect(box.x + kit.px(14), y, each - kit.px(28), tall)))
                    y += tall
                ground = _ground(box)
                nodes.append(Node(box, ground, children=tuple(inner)))
            return Node(rect, children=tuple(nodes))

        return Block(height, build)

    # -- deeds and orders --------------------------------------------------------------------------

    def _deeds(self, ui: Ui, rect: pygame.Rect, one: DossierRow) -> Node:
        blocks: list[Block] = []
        icons = (("check_circle", "good"), ("hourglass", "warn"), ("cross_circle", "bad"), ("minus", "ink3"))
        rungs = self._deed_rungs()
        for side in one.sides:
            place = rungs.index(side.deed) if side.deed in rungs else 0
            icon, ink = (icons[3], icons[1], icons[0], icons[2])[min(place, 3)]
            state = side.deed if place else _("nothing promised")
            blocks.append(_deed(side.name, state, icon, ink))
        if self.desk.seat is not None and not self.desk.game.over:
            blocks += deed_blocks(self.desk.view(orders_about, (one.dossier,), "dialogue"), "talks")
        title, note = _("Deeds"), _("what was promised, and what was done")
        return framed(ui, rect, f"deeds:{one.dossier}", title, note, blocks, icon="handshake", gap=6)

    def _deed_rungs(self) -> list[str]:
        sight = self.desk.sight
        model = sight.book.rulebook.dialogues[0]
        unit = sight.unit(model.deed)
        ladder = unit.removeprefix("ladder:")
        rungs = getattr(sight.models["ladders"].get(ladder), "rungs", [])
        return [sight.rung(ladder, place) for place in range(len(rungs))]


def _ground(box: pygame.Rect) -> Draw:
    return lambda p, look: p.panel(box, "panel2", 9)


def _side_head(side: SideRow) -> Block:
    def draw(p: Painter, rect: pygame.Rect, look: Look) -> None:
        kit, x = p.kit, rect.x
        if side.side in kit.pictures.names("flags"):
            p.flag(side.side, pygame.Rect(x, rect.centery - kit.px(11), kit.px(33), kit.px(22)))
            x += kit.px(44)
        p.text(side.name, pygame.Rect(x, rect.y, rect.right - x, rect.h), STRONG.but(size=16))

    return row(34, draw)


def _deed(name: str, state: str, icon: str, ink: str) -> Block:
    def draw(p: Painter, rect: pygame.Rect, look: Look) -> None:
        kit = p.kit
        p.icon(icon, (rect.x + kit.px(12), rect.centery), 20, ink)
        x = rect.x + kit.px(34)
        wide = kit.width(state, SMALL)
        p.text(name, pygame.Rect(x, rect.y, rect.right - wide - kit.px(12) - x, rect.h), STRONG)
        p.text(state, rect, SMALL, "right")

    return row(32, draw)


def _ripeness(screen: DialogueScreen, one: DossierRow) -> Block:
    """How ripe the text is, with a tick where it can be agreed."""
    value = one.progress
    assert value is not None

    def draw(p: Painter, rect: pygame.Rect, look: Look) -> None:
        kit = p.kit
        line = pygame.Rect(rect.x, rect.y + kit.px(2), rect.w, kit.line(STRONG))
        note = _("{now} of {needed} needed").format(now=value.text, needed=one.agree_at)
        wide = kit.width(note, STRONG)
        p.text(value.label, pygame.Rect(line.x, line.y, line.w - wide - kit.px(12), line.h), SMALL.but(ink="ink"))
        p.text(note, line, STRONG, "right")
        bar = pygame.Rect(rect.x, line.bottom + kit.px(6), rect.w, kit.px(8))
        meter(p, bar, value.number / 100, one.agree_at / 100)

    return row(46, draw, f"ripe:{one.dossier}", None, causes_tip(screen.desk)(value))


def _axis(one: DossierRow) -> Block:
    """The sides' flags on a line from 0 to 100, and a triangle where bargaining power points."""
    placed = [(side, value.number) for side in one.sides for value in side.values if value.quantity == POSITION]

    def draw(p: Painter, rect: pygame.Rect, look: Look) -> None:
        kit = p.kit
        line = pygame.Rect(rect.x + kit.px(60), rect.y + kit.px(50), rect.w - kit.px(120), kit.px(6))
        p.bar(line, "track")

        def x(value: float) -> int:
            return line.x + round(line.w * value / 100)

        for mark in (0, 50, 100):
            p.vline(x(mark), line.y - kit.px(3), line.bottom + kit.px(3), "line2")
        known = kit.pictures.names("flags")
        for side, value in placed:
            at = x(value)
            p.vline(at, rect.y + kit.px(26), line.centery, "ink3", 1.4)
            p.disc((at, line.centery), 7, "panel", "accent", 2.6)
            if side.side in known:
                p.flag(side.side, pygame.Rect(at - kit.px(18), rect.y + kit.px(2), kit.px(36), kit.px(24)))
        places: list[pygame.Rect] = []
        for _side, value in sorted(placed, key=lambda item: item[1]):
            text = f"{value:.0f}"
            wide = kit.width(text, STRONG)
            spot = pygame.Rect(x(value) - wide // 2, line.bottom + kit.px(6), wide, kit.line(STRONG))
            if spot.inflate(kit.px(12), 0).collidelist(places) < 0:
                p.text(text, spot, STRONG)
                places.append(spot)
        if one.power is not None:
            at = x(one.power)
            # Where a position's figure stands below the line, the triangle points down from above it.
            above = (
                pygame.Rect(at - kit.px(7), line.bottom + kit.px(3), kit.px(14), kit.px(12)).collidelist(places) >= 0
            )
            p.triangle((at, line.y - kit.px(12) if above else line.bottom + kit.px(9)), 14, "amber", up=not above)
            text = _("power points to {value}").format(value=f"{one.power:.0f}")
            wide = kit.width(text, SMALL) + 2
            left = max(rect.x, min(rect.right - wide, at - wide // 2))
            spot = pygame.Rect(left, line.bottom + kit.px(14) + kit.line(STRONG) - kit.px(6), wide, kit.line(SMALL))
            p.text(text, spot, SMALL.but(ink="ink"))

    return row(112, draw)
