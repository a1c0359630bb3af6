"""The debrief: how it ended, what was decided, what turned it, what is recorded; to be taken along as files."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import pygame

from game.desktop.page import BarButton, page, room
from game.desktop.parts.blocks import Block
from game.desktop.screen import Back
from game.desktop.screens.debrief_panels import (
    course_panel,
    ladder_panel,
    outcome_panel,
    scores_panel,
    small_charts,
    small_note,
    turning_panel,
)
from game.desktop.screens.flow import LEAD, GameScreen, bullet, framed, head, listed, nothing, prose, split
from game.desktop.ui.buttons import Choice, pills
from game.desktop.ui.lists import Row
from game.desktop.ui.node import Command, Node
from game.desktop.ui.paint import SMALL
from game.desktop.ui.ui import Ui
from game.desktop.work import LATER, Job
from game.session import Game
from game.session.home import saves_folder
from game.session.store import write_atomically
from game.session.turning import Turning, turning_points
from game.text import _
from game.views import outcome
from game.views.debrief import TurningRow, table, turning_rows

FOUND: WeakKeyDictionary[Game, dict[tuple[str, int], tuple[Turning, ...]]] = WeakKeyDictionary()
"""Turning points that have been computed, by seat and number of steps."""


@dataclass(frozen=True)
class Tab:
    tab: str


@dataclass(frozen=True)
class Export:
    """Write the picture and the table."""


class DebriefScreen(GameScreen):
    """`topic`: the tab to begin with (`outcome`, `turning`, `decisions`, `history`)."""

    name = "debrief"

    def shown(self) -> None:
        if not hasattr(self, "tab"):
            self.tab = self.topic or "outcome"
            self.job: Job | None = None
        self._seek()

    def left(self) -> None:
        if self.job is not None:
            self.job.cancel()
            self.job = None

    def tick(self, now: float) -> None:
        if self.job is not None and round(self.job.share, 1) != getattr(self, "_share", None):
            self._share = round(self.job.share, 1)
            self.app.refresh()

    # -- turning points ----------------------------------------------------------------------------

    def _key(self) -> tuple[str, int]:
        return self.desk.seat or "", len(self.desk.game.steps)

    def _seek(self) -> None:
        """Look for the turning points off the frames, once the game is over."""
        game, seat = self.desk.game, self.desk.seat
        if seat is None or not game.over or self._key() in FOUND.get(game, {}) or self.job is not None:
            return
        key = self._key()

        def run(job: Job) -> tuple[Turning, ...] | None:
            return turning_points(game, seat, stop=job.cancelled, progress=job.progress)

        def take(points: tuple[Turning, ...] | None) -> None:
            self.job = None
            if points is not None:
                FOUND.setdefault(game, {})[key] = points
                self.app.refresh()

        self.job = self.app.work.submit("turning", run, take, urgency=LATER)

    @property
    def points(self) -> tuple[TurningRow, ...] | None:
        """The turning points, or None while they are not known."""
        found = FOUND.get(self.desk.game, {}).get(self._key())
        return None if found is None else self.desk.view(turning_rows, found)

    # -- commands ----------------------------------------------------------------------------------

    def obey(self, command: Command) -> bool:
        match command:
            case Tab(tab):
                self.tab = tab
            case Export():
                self._export()
            case _:
                return False
        self.app.refresh()
        return True

    def _export(self) -> None:
        """Beside the saves: the picture as it stands, and every known quantity by turn."""
        folder = saves_folder().parent / "exports"
        stem = f"{self.desk.game.scenario.id}-{self.desk.seat or 'watch'}-{self.desk.game.seed}"
        picture = self.app.frame()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            pygame.image.save(picture, str(folder / f"{stem}.png"), "PNG")
            write_atomically(folder / f"{stem}.csv", self.desk.view(table).encode())
        except (OSError, pygame.error) as fault:
            self.app.say(_("It could not be exported: {fault}.").format(fault=fault), "bad", "warning")
            return
        self.app.say(_("Exported as {name}.png and .csv in {folder}.").format(name=stem, folder=folder), "good")

    # -- the tree ----------------------------------------------------------------------------------

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        area = room(kit)
        tabs = [Choice("outcome", _("Outcome"))]
        if kit.metrics.compact:
            tabs.append(Choice("turning", _("Turning points")))
        tabs += [Choice("decisions", _("Decisions")), Choice("history", _("Recorded history"))]
        tall = kit.px(40)
        line = pygame.Rect(area.x, area.y - kit.px(4), area.w, tall)
        body = pygame.Rect(area.x, line.bottom + kit.px(12), area.w, area.bottom - line.bottom - kit.px(12))
        tab = self.tab if self.tab in [one.key for one in tabs] else "outcome"
        nodes = [pills(kit, line, tabs, tab, "debrief", Tab)]
        if tab == "outcome":
            note = small_note(self.desk)
            place = pygame.Rect(line.x + kit.px(6), line.y, line.w // 2, line.h)
            nodes.insert(0, Node(place, lambda p, look: p.text(note, place, SMALL) and None))
        make = {
            "outcome": self._outcome,
            "turning": self._turning,
            "decisions": self._decisions,
            "history": self._history,
        }
        nodes += make[tab](ui, body)
        sight = self.desk.sight
        about = [sight.book.scenario.title, _("seed {seed}").format(seed=self.desk.game.seed)]
        if self.desk.seat is not None:
            about.insert(1, sight.names.label(self.desk.seat))
        export = BarButton(_("Export"), "download", Export())
        return page(kit, _("Debrief"), " · ".join(about), *nodes, buttons=(export,), esc=Back(), back=_("To the map"))

    def _outcome(self, ui: Ui, rect: pygame.Rect) -> list[Node]:
        kit, desk = ui.kit, self.desk
        compact = kit.metrics.compact
        gap = kit.px(16)
        left, right = split(rect, kit, 0, 560 if compact else 684)
        upper = round(left.h * (0.62 if compact else 0.5))
        chart = pygame.Rect(left.x, left.y, left.w, upper)
        below = pygame.Rect(left.x, chart.bottom + gap, left.w, left.bottom - chart.bottom - gap)
        nodes = [course_panel(ui, chart, desk, self.points or ())]
        if compact:
            return [*nodes, small_charts(ui, below, desk), outcome_panel(ui, right, desk)]
        small, turning = split(below, kit, 0, 560)
        upper = round((right.h - gap) * 0.64)
        ending = pygame.Rect(right.x, right.y, right.w, upper)
        ladder = pygame.Rect(right.x, ending.bottom + gap, right.w, right.h - upper - gap)
        return [
            *nodes,
            small_charts(ui, small, desk),
            turning_panel(ui, turning, desk, self.points, self.job),
            outcome_panel(ui, ending, desk),
            ladder_panel(ui, ladder, desk),
        ]

    def _turning(self, ui: Ui, rect: pygame.Rect) -> list[Node]:
        left, right = split(rect, ui.kit, 0, 720)
        return [ladder_panel(ui, left, self.desk), turning_panel(ui, right, self.desk, self.points, self.job)]

    def _decisions(self, ui: Ui, rect: pygame.Rect) -> list[Node]:
        left, right = split(rect, ui.kit, 0, 480 if ui.kit.metrics.compact else 684)
        found = self.desk.view(outcome)
        marked = {point.turn: point for point in self.points or ()}
        blocks: list[Block] = []
        for one in found.decisions if found else ():
            blocks.append(head(one.when, _("turn {turn}").format(turn=one.turn), rule=bool(blocks)))
            if one.turn in marked:
                point = marked[one.turn]
                text = _("Turning point {number}: {title}, {value} points on average").format(
                    number=point.number, title=point.title, value=point.value
                )
                blocks.append(bullet(text, "star", "warn"))
            blocks += [prose(text, LEAD) for text in one.orders]
        if not blocks:
            blocks.append(nothing(_("No decisions to show: nobody played, or the game goes on."), "flag"))
        return [
            framed(ui, left, "debrief:decisions", _("Your decisions"), _("turn by turn"), blocks, icon="flag", gap=4),
            scores_panel(ui, right, self.desk),
        ]

    def _history(self, ui: Ui, rect: pygame.Rect) -> list[Node]:
        """What happened in this game beside what is recorded."""
        kit = ui.kit
        found = self.desk.view(outcome)
        gap = kit.px(16)
        upper = round(rect.h * 0.4)
        chart = pygame.Rect(rect.x, rect.y, rect.w, upper)
        below = pygame.Rect(rect.x, chart.bottom + gap, rect.w, rect.bottom - chart.bottom - gap)
        wide = (below.w - gap) // 2
        left = pygame.Rect(below.x, below.y, wide, below.h)
        right = pygame.Rect(left.right + gap, below.y, below.right - left.right - gap, below.h)
        played: list[Block] = []
        recorded: list[Block] = []
        for at, item in enumerate(found.played if found else ()):
            played.append(
                listed(Row(str(at), item.headline, item.when, icon="newspaper"), f"own:{at}", None, height=48)
            )
        for at, fact in enumerate(found.recorded if found else ()):
            detail = _("{when} · {source}").format(when=fact.when, source=fact.source)
            recorded.append(listed(Row(str(at), fact.title, detail, icon="history"), f"past:{at}", None, height=48))
        if found is None:
            played = recorded = [prose(_("The debrief opens when the game is over."), SMALL)]
        return [
            course_panel(ui, chart, self.desk, self.points or ()),
            framed(ui, left, "debrief:own", _("In this game"), _("the weightiest news"), played, gap=2),
            framed(ui, right, "debrief:past", _("In the record"), _("what really happened"), recorded, gap=2),
        ]
