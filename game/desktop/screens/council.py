"""The councils: every candidate's objections, every member's margin with its terms, what would cure it."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.desktop.page import page, room
from game.desktop.parts.blocks import Block
from game.desktop.screens.deeds import deed_blocks, orders_about, toggle
from game.desktop.screens.flow import GameScreen, bullet, framed, head, listed, nothing, pair, prose, row, split
from game.desktop.ui.buttons import Choice, tab_bar
from game.desktop.ui.lists import Row
from game.desktop.ui.meters import Tone, tone_ink
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.paint import CAPTION, SMALL, STRONG, Painter
from game.desktop.ui.text import Style
from game.desktop.ui.ui import Ui
from game.text import _, several
from game.views import CandidateRow, CouncilView, MemberRow, councils

FIGURE = Style("bold", 17)


@dataclass(frozen=True)
class Pick:
    """Look at a council, a candidate or a member."""

    what: str
    id: str


class CouncilScreen(GameScreen):
    """`topic`: a council's or a candidate's id to begin with."""

    name = "council"

    def shown(self) -> None:
        if not hasattr(self, "picked"):
            self.picked = {"council": self.topic, "candidate": self.topic, "member": ""}

    def obey(self, command: Command) -> bool:
        match command:
            case Pick(what, name):
                self.picked[what] = name
                if what == "council":
                    self.picked["candidate"] = ""
                if what != "member":
                    self.picked["member"] = ""
                self.app.refresh()
                return True
        return toggle(self.app, command)

    @property
    def views(self) -> tuple[CouncilView, ...]:
        return self.desk.view(councils)

    def _council(self) -> CouncilView:
        found = [one for one in self.views if one.id == self.picked["council"]]
        if found:
            return found[0]
        # A council that meets while nobody's step lies before it decides nothing.
        return min(self.views, key=lambda one: not (one.meets and any(row.on_agenda for row in one.candidates)))

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        area = room(kit)
        if not self.views:
            empty = framed(ui, area, "council:none", _("Councils"), "", [nothing(_("There is no council here."))])
            return page(kit, _("Councils"), "", empty)
        council = self._council()
        mine = self.desk.seat or ""
        wanted = self.picked["candidate"] or mine
        rows = council.candidates
        candidate = next((one for one in rows if one.candidate == wanted), rows[0] if rows else None)
        compact = kit.metrics.compact
        left, middle, right = split(area, kit, 360 if compact else 430, 0, 400 if compact else 500)
        nodes = [self._candidates(ui, left, council, candidate)]
        if candidate is None:
            text = _("No candidate stands before this council.")
            wide = pygame.Rect(middle.x, area.y, right.right - middle.x, area.h)
            nodes.append(framed(ui, wide, "council:none", council.title, "", [nothing(text, "ballot")]))
        else:
            member = next((one for one in candidate.members if one.member == self.picked["member"]), None)
            member = member or (candidate.members[0] if candidate.members else None)
            nodes.append(self._members(ui, middle, candidate, member))
            nodes.append(self._detail(ui, right, candidate, member))
        return page(kit, _("Councils"), self.desk.sight.turn_title, *nodes)

    # -- candidates --------------------------------------------------------------------------------

    def _candidates(self, ui: Ui, rect: pygame.Rect, council: CouncilView, chosen: CandidateRow | None) -> Node:
        kit = ui.kit
        flags = kit.pictures.names("flags")
        blocks: list[Block] = [
            bullet(council.next_meeting, "clock", "accent" if council.meets else "ink3", STRONG.but(size=14)),
            prose(council.help, SMALL),
        ]
        groups = (
            (_("Before the council"), [one for one in council.candidates if one.on_agenda]),
            (_("Not before it this time"), [one for one in council.candidates if not one.on_agenda and one.next]),
            (_("At the end of the road"), [one for one in council.candidates if not one.on_agenda and not one.next]),
        )
        for title, group in groups:
            if group:
                blocks.append(head(title, str(len(group))))
            for one in group:
                count = len(one.objecting)
                item = Row(
                    one.candidate,
                    one.name,
                    _("to: {rung}").format(rung=one.next) if one.next else one.rung,
                    str(count) if one.next else "",
                    several("objection", "objections", count) if one.next else "",
                    flag=one.candidate if one.candidate in flags else "",
                    icon="flag",
                )
                key, selected = f"candidate:{one.candidate}", one is chosen
                blocks.append(listed(item, key, Pick("candidate", one.candidate), selected, "candidates", 56))
        tabs = [Choice(one.id, one.title) for one in self.views]

        def tool(place: pygame.Rect) -> Node:
            return tab_bar(kit, place, tabs, council.id, "councils", lambda name: Pick("council", name))

        return framed(ui, rect, f"council:{council.id}", council.title, "", blocks, gap=5, tools=(tool,))

    # -- members -----------------------------------------------------------------------------------

    def _members(self, ui: Ui, rect: pygame.Rect, candidate: CandidateRow, chosen: MemberRow | None) -> Node:
        if not candidate.next:
            icon, ink = "minus", "ink3"
        elif candidate.objecting:
            icon, ink = "cross_circle", "bad"
        else:
            icon, ink = "check_circle", "good"
        blocks: list[Block] = [bullet(candidate.summary, icon, ink, STRONG.but(size=16))]
        if candidate.last_vote:
            blocks.append(bullet(_("Last turn: {vote}").format(vote=candidate.last_vote), "history"))
        if candidate.members:
            blocks.append(head(_("Margin of every member"), _("below nought it objects")))
        reach = max([abs(one.margin) for one in candidate.members] + [4.0])
        for one in candidate.members:
            blocks.append(self._member(candidate, one, reach, one is chosen))
        step = (
            _("{rung} → {next}").format(rung=candidate.rung, next=candidate.next) if candidate.next else candidate.rung
        )
        key = f"members:{candidate.candidate}"
        return framed(ui, rect, key, candidate.name, step, blocks, flag=candidate.candidate, gap=3)

    def _member(self, candidate: CandidateRow, one: MemberRow, reach: float, selected: bool) -> Block:
        tone: Tone = "bad" if one.objections else "good"
        second = " · ".join(f"{term.title} {term.text}" for term in one.terms[:4])
        named = [objection.title for objection in one.objections if objection.cure]
        if named:
            second = "; ".join(named)

        def draw(p: Painter, rect: pygame.Rect, look: Look) -> None:
            kit = p.kit
            x = rect.x + kit.px(8)
            if one.member in kit.pictures.names("flags"):
                tall = kit.px(24)
                p.flag(one.member, pygame.Rect(x, rect.centery - tall // 2, round(tall * 1.5), tall))
            x += kit.px(48)
            figure = kit.px(62)
            bar = pygame.Rect(0, 0, min(kit.px(210), rect.w // 3), kit.px(10))
            bar.midright = (rect.right - figure - kit.px(10), rect.centery)
            width = bar.left - kit.px(12) - x
            top, low = kit.line(STRONG), kit.line(CAPTION)
            y = rect.centery - (top + low) // 2
            p.text(one.name, pygame.Rect(x, y, width, top), STRONG)
            p.text(second, pygame.Rect(x, y + top, width, low), CAPTION.but(ink="bad" if one.objections else "ink2"))
            diverging(p, bar, one.margin / reach, tone)
            place = pygame.Rect(rect.right - figure - kit.px(6), rect.y, figure, rect.h)
            p.text(one.margin_text, place, FIGURE.but(ink=tone_ink(tone)), "right")

        tip = Tip(one.name, second, tuple((term.title, term.text) for term in one.terms))
        key = f"member:{one.member}"
        return row(52, draw, key, Pick("member", one.member), tip, "members", selected)

    # -- one member --------------------------------------------------------------------------------

    def _detail(self, ui: Ui, rect: pygame.Rect, candidate: CandidateRow, member: MemberRow | None) -> Node:
        sight = self.desk.sight
        if member is None:
            text = _("Nobody sits in this council.") if candidate.next else candidate.summary
            return framed(ui, rect, "member:none", candidate.name, "", [nothing(text)])
        blocks: list[Block] = []
        if member.objections:
            blocks.append(head(_("Why it objects"), rule=False))
            for objection in member.objections:
                blocks.append(bullet(objection.title, "cross_circle", "bad", STRONG))
                cure = objection.cure or _("Raise its margin above nought: the terms below say what weighs.")
                blocks.append(bullet(_("Cure: {cure}").format(cure=cure), "key", "accent"))
        else:
            blocks.append(bullet(_("It would let the step pass as things stand."), "check_circle", "good"))
        blocks.append(head(_("Its margin, term by term")))
        for term in member.terms:
            tone: Tone = "good" if term.amount > 0 else "bad"
            blocks.append(pair(term.title, term.text, tone))
        blocks.append(pair(_("Margin"), member.margin_text, "bad" if member.margin < 0 else "good", 34, True))
        if self.desk.seat is not None and not self.desk.game.over:
            category = "council"
            rows = self.desk.view(orders_about, (candidate.candidate, member.member), category)
            blocks += deed_blocks(rows, "council")
        note = _("on {candidate}").format(candidate=candidate.name)
        if member.played:
            note = _("on {candidate} · a seat in this game").format(candidate=candidate.name)
        key = f"detail:{candidate.candidate}:{member.member}"
        return framed(ui, rect, key, sight.names.label(member.member), note, blocks, flag=member.member, gap=6)


def diverging(p: Painter, rect: pygame.Rect, share: float, tone: Tone) -> None:
    """A bar to the right (or left) of the middle; `share` from −1 to 1."""
    kit = p.kit
    p.bar(rect, "track")
    middle = rect.centerx
    wide = max(kit.px(3), round(rect.w / 2 * min(1.0, abs(share))))
    left = middle if share >= 0 else middle - wide
    p.bar(pygame.Rect(left, rect.y, wide, rect.h), tone_ink(tone))
    p.vline(middle, rect.y - kit.px(4), rect.bottom + kit.px(4), "ink", 1.6)
