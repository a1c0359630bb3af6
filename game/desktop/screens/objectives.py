"""What the seat wants: objectives with points so far, the score against par, how every seat stands to its par."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.desktop.desk import Desk
from game.desktop.page import page, room
from game.desktop.parts.blocks import Block, objective_tip
from game.desktop.screens.flow import LEAD, GameScreen, bullet, framed, head, nothing, prose, row, split
from game.desktop.ui.meters import gauge, progress, signed_meter
from game.desktop.ui.node import Look, Node, Tip
from game.desktop.ui.paint import CAPTION, HEADING, SMALL, STRONG, Painter
from game.desktop.ui.text import Style
from game.desktop.ui.ui import Ui
from game.text import _
from game.views import ObjectiveRow, Objectives, Sight, objectives
from game.views.charts import series
from game.views.sight import figure

FIGURE = Style("bold", 18)


def score_block(goals: Objectives) -> Block:
    """The score as a ring against par (filled where it reaches par), with what par means beside it."""

    def draw(p: Painter, rect: pygame.Rect, look: Look) -> None:
        kit = p.kit
        side = min(rect.h, kit.px(170))
        ring = pygame.Rect(rect.x, rect.centery - side // 2, side, side)
        par = goals.par
        share = goals.score / par if par else 0.0
        ink = "good" if goals.counted and par is not None and goals.score >= par else "accent"
        note = _("par {par}").format(par=figure(par, 1)) if par is not None else _("points")
        gauge(p, ring, max(0.0, min(1.0, share)), goals.score_text, note, ink)
        x = ring.right + kit.px(24)
        text = goals.par_note or _("There is no par for this seat yet.")
        title = _("Score so far")
        tall = kit.line(HEADING)
        high = kit.height(text, LEAD, rect.right - x)
        y = rect.centery - (tall + high) // 2
        p.text(title, pygame.Rect(x, y, rect.right - x, tall), HEADING)
        p.text(text, pygame.Rect(x, y + tall, rect.right - x, high), LEAD, valign="top", lines=None)

    return row(180, draw)


def objective_block(desk: Desk, one: ObjectiveRow, reach: float, group: str, height: float = 50) -> Block:
    """An objective of the desk's seat: title, what it is worth, points so far on a bar."""

    def draw(p: Painter, rect: pygame.Rect, look: Look) -> None:
        kit = p.kit
        tight = rect.h < kit.px(40)
        line = pygame.Rect(rect.x, rect.y + (0 if tight else kit.px(4)), rect.w, kit.line(STRONG))
        wide = kit.width(one.points_text, FIGURE)
        p.text(one.points_text, line, FIGURE.but(ink="bad" if one.points < 0 else "ink"), "right")
        worth = min(kit.width(one.worth, CAPTION), line.w // 2)
        left = line.right - wide - kit.px(16) - worth
        p.text(one.worth, pygame.Rect(left, line.y, worth, line.h), CAPTION, "right")
        p.text(one.title, pygame.Rect(line.x, line.y, left - kit.px(10) - line.x, line.h), STRONG)
        bar = pygame.Rect(rect.x, line.bottom + (0 if tight else kit.px(5)), rect.w, kit.px(8 if not tight else 7))
        progress(p, bar, abs(one.points) / reach, "bad" if one.points < 0 else "accent")

    return row(height, draw, f"{group}:{one.id}", None, lambda: objective_tip(desk, one), group)


def objective_blocks(desk: Desk, goals: Objectives, group: str, height: float = 50) -> list[Block]:
    """Every objective, the bars to one scale."""
    reach = max([abs(one.points) for one in goals.rows] + [float(one.weight) for one in goals.rows] + [1.0])
    return [objective_block(desk, one, reach, group, height) for one in goals.rows]


class ObjectivesScreen(GameScreen):
    """The goals of the seat; who only watches sees every seat's."""

    name = "objectives"

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        area = room(kit)
        goals = self.desk.view(objectives)
        left, right = split(area, kit, 0, 520 if kit.metrics.compact else 720)
        nodes = [self._others(ui, right)]
        if goals is None:
            text = _("You watch: every seat's standing is at the right.")
            nodes.append(framed(ui, left, "goals:none", _("Objectives"), "", [nothing(text, "eye")]))
        else:
            blocks: list[Block] = [prose(goals.goal, LEAD), score_block(goals), head(_("How you are judged"))]
            blocks += objective_blocks(self.desk, goals, "goals")
            score = self.desk.sight.ruleset.layout.row(f"score[{goals.seat}]")
            blocks += self._course(score)
            title, note = _("What you want"), goals.name
            nodes.append(framed(ui, left, "goals", title, note, blocks, flag=goals.seat, icon="target", gap=10))
        return page(kit, _("Objectives"), self.desk.sight.turn_title, *nodes)

    def _course(self, score: int) -> list[Block]:
        """How the score moved, turn by turn, in a sentence."""
        course = [value for _turn, _when, value in self.desk.view(_series, score)][1:]  # reckoned when a turn has ended
        if len(course) < 2:
            return []
        best = max(course)
        text = _("After the first turn {first}, at its best {best}, now {now}.").format(
            first=f"{course[0]:.1f}", best=f"{best:.1f}", now=f"{course[-1]:.1f}"
        )
        return [bullet(text.replace("-", "−"), "history")]

    def _others(self, ui: Ui, rect: pygame.Rect) -> Node:
        sight = self.desk.sight
        found = [goals for one in sight.book.scenario.seats if (goals := self.desk.view(objectives, one.seat))]
        text = _("Every seat is judged by its own objectives; several can do well together.")
        blocks: list[Block] = [prose(text, SMALL), head(_("Score against par"), _("the tick is par"))]
        blocks += standings(found, self.desk.seat)
        return framed(ui, rect, "goals:others", _("Every seat"), "", blocks, gap=2)


def standings(found: Sequence[Objectives], own: str | None) -> list[Block]:
    """The scores of seats on one scale."""
    figures = [one.score for one in found] + [float(one.par or 0) for one in found]
    low, high = min([*figures, 0.0]), max([*figures, 1.0])
    return [standing(one, low, high, one.seat == own) for one in found]


def standing(one: Objectives, low: float, high: float, own: bool) -> Block:
    """A seat's score on a scale that all seats share, from `low` (not above nought) to `high`."""

    def draw(p: Painter, rect: pygame.Rect, look: Look) -> None:
        kit = p.kit
        x = rect.x + kit.px(6)
        if own:
            p.panel(rect, "accent_soft", 8)
        if one.seat in kit.pictures.names("flags"):
            p.flag(one.seat, pygame.Rect(x, rect.centery - kit.px(11), kit.px(33), kit.px(22)))
        else:
            p.icon("person", (x + kit.px(16), rect.centery), 20, "ink3")
        x += kit.px(46)
        figures = kit.px(110)
        bar_w = min(kit.px(200), rect.w // 3)
        bar = pygame.Rect(rect.right - figures - bar_w, rect.centery - kit.px(4), bar_w, kit.px(8))
        p.text(one.name, pygame.Rect(x, rect.y, bar.x - kit.px(12) - x, rect.h), STRONG)
        tick = float(one.par) if one.par is not None else None
        reached = one.counted and one.par is not None and one.score >= one.par
        signed_meter(p, bar, one.score, low, high, tick, "good" if reached else "accent")
        right = pygame.Rect(bar.right + kit.px(10), rect.y, rect.right - bar.right - kit.px(16), rect.h)
        par = _("par {par}").format(par=figure(one.par, 1)) if one.par is not None else ""
        wide = kit.width(par, CAPTION) if par else 0
        p.text(par, right, CAPTION, "right")
        p.text(one.score_text, pygame.Rect(right.x, right.y, right.w - wide - kit.px(8), right.h), STRONG, "right")

    rows = tuple((goal.title, goal.points_text) for goal in one.rows)
    return row(42, draw, f"seat:{one.seat}", None, Tip(one.name, one.goal, rows), "standings", hover=True)


def _series(sight: Sight, row_of: int) -> tuple[tuple[int, str, float], ...]:
    found = series(sight, [row_of])
    return found[0].points if found else ()
