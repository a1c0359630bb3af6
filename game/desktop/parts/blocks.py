"""Blocks of the side panel: each knows its height at a width and builds itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from game.desktop.desk import Desk
from game.desktop.ui.cards import Indicator, condition, condition_height, indicator, section, spark_wide
from game.desktop.ui.kit import Kit
from game.desktop.ui.meters import Tone, stepper
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.paint import CAPTION, SMALL, STRONG, Painter
from game.desktop.ui.rows import Pair, cause_row, pair_row
from game.desktop.ui.text import Ink
from game.desktop.ui.ui import Ui
from game.text import _, several
from game.views import ObjectiveRow, Objectives, Value, why
from game.views.panel import Near, PathView, Trend
from game.views.terms import goal_terms

HEAD, ROW, PAIR, NEAR, LINE, GOAL = 32, 46, 52, 42, 24, 28
TipOf = Callable[[Value], Callable[[], Tip | None]]


@dataclass(frozen=True)
class Block:
    height: Callable[[Kit, int], int]
    build: Callable[[Ui, pygame.Rect], Node]


def tone_of(value: Value) -> Tone:
    tones: dict[str, Tone] = {"good": "good", "bad": "bad"}
    return tones.get(value.tone, "plain")


def way_of(value: Value) -> int:
    return (value.change > 0) - (value.change < 0)


def change_of(trend: Trend) -> str:
    """The change since the last turn without its sign; nothing in the first turn."""
    if len(trend.course) < 2:
        return ""
    return trend.value.change_text.lstrip("+−") or "0"


def causes_tip(desk: Desk) -> TipOf:
    """Where a number came from: its causes of the last change, its source."""

    def of(value: Value) -> Callable[[], Tip | None]:
        def make() -> Tip | None:
            if desk.busy is not None:
                return None
            found = desk.view(why, value.row)
            rows = tuple((cause.text, cause.amount_text) for cause in found.causes[:7])
            change = ""
            if found.when:
                change = _("{before} → {after}, {when}").format(before=found.before, after=found.after, when=found.when)
            text = "\n".join(part for part in (value.help, change or found.note) if part)
            source = _("Source of the start: {source}").format(source=found.source) if found.source else ""
            return Tip(found.title, text, rows, source)

        return make

    return of


def heat_ink(number: float) -> Ink:
    """The ramp's colour for points, 0 to 100."""
    return ("t3", "t3", "t3", "t4", "t5")[max(0, min(4, int(number // 20)))]


def _head(p: Painter, rect: pygame.Rect, title: str, note: str = "") -> None:
    section(p, pygame.Rect(rect.x, rect.y, rect.w, p.kit.px(HEAD - 2)), title, note)


def text_block(text: str) -> Block:
    style = CAPTION

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        return Node(rect, lambda p, look: p.text(text, rect, style, valign="top", lines=None) and None)

    return Block(lambda kit, wide: kit.height(text, style, wide), build)


def path_block(path: PathView) -> Block:
    """The ladder, and what the next rung asks with each condition met or not."""
    labels = [rung if place == path.at else "" for place, rung in enumerate(path.rungs)]
    met = sum(one.met is True for one in path.conditions)

    def heights(kit: Kit, wide: int) -> list[int]:
        return [condition_height(kit, wide - kit.px(20), one.text, one.value, kit.px(LINE)) for one in path.conditions]

    def height(kit: Kit, wide: int) -> int:
        return kit.px(HEAD + 34) + kit.line(SMALL) + kit.px(16) + kit.line(STRONG) + sum(heights(kit, wide))

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        kit = ui.kit
        top = rect.y + kit.px(HEAD)
        ladder = pygame.Rect(rect.x, top, rect.w, kit.px(28))
        now = pygame.Rect(rect.x, ladder.bottom + kit.px(2), rect.w, kit.line(SMALL))
        box = pygame.Rect(rect.x, now.bottom + kit.px(6), rect.w, rect.bottom - now.bottom - kit.px(6))
        inner = box.inflate(-kit.px(20), -kit.px(8))
        tall = heights(kit, rect.w)
        tops = [inner.y + kit.line(STRONG) + sum(tall[:at]) for at in range(len(tall))]

        def draw(p: Painter, look: Look) -> None:
            _head(p, rect, path.title)
            stepper(p, ladder, [""] * len(labels), path.at)
            each = rect.w / len(labels)
            style = SMALL.but(role="bold", ink="accent")
            wide = kit.width(path.rungs[path.at], style)
            centre = rect.x + round(each * (path.at + 0.5))
            left = max(rect.x, min(rect.right - wide, centre - wide // 2))
            p.text(path.rungs[path.at], pygame.Rect(left, now.y, min(wide, rect.w), now.h), style)
            p.panel(box, "panel2", 9)
            count = _("{met} of {all} met").format(met=met, all=len(path.conditions))
            wide = kit.width(count, STRONG)
            line = pygame.Rect(inner.x, inner.y, inner.w, kit.line(STRONG))
            p.text(count, line, STRONG.but(ink="accent"), "right")
            title = _("Next: {rung}").format(rung=path.next)
            p.text(title, pygame.Rect(line.x, line.y, line.w - wide - kit.px(10), line.h), STRONG)

        def row(at: int) -> Node:
            one = path.conditions[at]
            place = pygame.Rect(inner.x, tops[at], inner.w, tall[at])

            def draw_row(p: Painter, look: Look) -> None:
                condition(p, place, one.text, one.met, one.value)

            tip = Tip(one.text, one.note)
            key = f"path:{path.title}:{at}"
            return Node(place, draw_row, key=key, tip=tip, focusable=True, group=f"path:{path.title}", ring="inner")

        return Node(rect, draw, children=tuple(row(at) for at in range(len(path.conditions))))

    return Block(height, build)


def indicator_block(title: str, trends: Sequence[Trend], tip: TipOf, names: Sequence[str] = ()) -> Block:
    """Values with meter, change since the last turn and course; the tip says where each came from."""

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        kit = ui.kit
        most = max((len(one.course) for one in trends), default=1) - 1
        drawn = most if spark_wide(kit, rect) else 1  # without their course figures cover one turn
        note = several("last turn", "last {count} turns", drawn) if most else ""

        def draw(p: Painter, look: Look) -> None:
            _head(p, rect, title, note)

        def row(at: int) -> Node:
            one = trends[at]
            value = one.value
            place = pygame.Rect(rect.x, rect.y + kit.px(HEAD) + at * kit.px(ROW), rect.w, kit.px(ROW))
            span = max(1e-9, one.high - one.low)
            label = names[at] if names else value.label
            if value.estimated:
                label = _("{name} (estimate)").format(name=label)
            shown = Indicator(
                label,
                value.text,
                (value.number - one.low) / span,
                change_of(one),
                way_of(value),
                tone_of(value),
                None,
                one.course if len(one.course) > 1 else (),
            )

            def draw_row(p: Painter, look: Look) -> None:
                if look.hovered:
                    p.panel(place.inflate(kit.px(8), -kit.px(2)), "panel2", 6)
                if value.unit in ("points", "count"):
                    indicator(p, place.inflate(0, -kit.px(6)), shown)
                else:
                    p.text(label, pygame.Rect(place.x, place.y, place.w // 2, place.h), STRONG.but(role="ui", size=16))
                    p.text(value.text, place, STRONG, "right")

            key = f"value:{value.name}"
            return Node(place, draw_row, key=key, tip=tip(value), focusable=True, group=title, ring="inner")

        return Node(rect, draw, children=tuple(row(at) for at in range(len(trends))))

    return Block(lambda kit, wide: kit.px(HEAD) + kit.px(ROW) * len(trends), build)


def pair_block(
    title: str,
    rows: Sequence[tuple[str, str, str, Trend]],
    command: Callable[[str, str], Command],
    tip: TipOf,
    single: bool = False,
) -> Block:
    """Pairs of neighbours with flags, figure, change and course; `single` names only the other one."""

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        kit = ui.kit
        flags = kit.pictures.names("flags")
        note = rows[0][3].value.label if single else _("0–100")

        def draw(p: Painter, look: Look) -> None:
            _head(p, rect, title, note)

        def row(at: int) -> Node:
            first, second, name, one = rows[at]
            value = one.value
            place = pygame.Rect(rect.x, rect.y + kit.px(HEAD) + at * kit.px(PAIR), rect.w, kit.px(PAIR))
            change = change_of(one) or "0"
            drawn = first in flags and second in flags
            course = one.course if len(one.course) > 1 else ()
            share = value.number / 100
            bare = Indicator(name, f"{value.number:.0f}", share, change, way_of(value), tone_of(value), None, course)
            shown = Pair(
                first,
                second,
                name,
                f"{value.number:.0f}",
                share,
                change,
                way_of(value),
                tone_of(value),
                course,
                heat_ink(value.number),
            )

            def draw_row(p: Painter, look: Look) -> None:
                if look.hovered:
                    p.panel(place.inflate(kit.px(8), -kit.px(4)), "panel2", 6)
                if drawn:
                    pair_row(p, place, shown)
                else:
                    indicator(p, place.inflate(0, -kit.px(10)), bare)

            key = f"pair:{value.name}"
            return Node(
                place,
                draw_row,
                key=key,
                command=command(first, second),
                tip=tip(value),
                focusable=True,
                group=title,
                ring="inner",
            )

        return Node(rect, draw, children=tuple(row(at) for at in range(len(rows))))

    return Block(lambda kit, wide: kit.px(HEAD) + kit.px(PAIR) * len(rows), build)


def objective_tip(desk: Desk, one: ObjectiveRow) -> Tip:
    """What an objective asks, what it is worth, and what its points consist of."""
    terms = desk.view(goal_terms, one.id)
    if terms is None:
        return Tip(one.title, one.help, ((one.worth, one.points_text),))
    return Tip(one.title, one.help, ((one.worth, one.points_text), *terms.rows), terms.note)


def goals_block(title: str, goals: Objectives, desk: Desk) -> Block:
    """The seat's objectives with the points so far."""

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        kit = ui.kit

        def draw(p: Painter, look: Look) -> None:
            note = _("score {score}").format(score=goals.score_text)
            _head(p, rect, title, note)

        def row(at: int) -> Node:
            one = goals.rows[at]
            place = pygame.Rect(rect.x, rect.y + kit.px(HEAD) + at * kit.px(GOAL), rect.w, kit.px(GOAL))
            tone: Tone = "good" if one.points > 0 else "bad" if one.points < 0 else "plain"

            def draw_row(p: Painter, look: Look) -> None:
                cause_row(p, place, one.title, one.points_text, tone)

            return Node(
                place,
                draw_row,
                key=f"goal:{one.id}",
                tip=lambda: objective_tip(desk, one),
                focusable=True,
                group=title,
                ring="inner",
            )

        return Node(rect, draw, children=tuple(row(at) for at in range(len(goals.rows))))

    return Block(lambda kit, wide: kit.px(HEAD) + kit.px(GOAL) * len(goals.rows), build)


def near_block(title: str, rows: Sequence[Near], icon: str, command: Callable[[str], Command]) -> Block:
    """Hotspots or missions of a country; each can be opened."""

    def build(ui: Ui, rect: pygame.Rect) -> Node:
        kit = ui.kit

        def draw(p: Painter, look: Look) -> None:
            _head(p, rect, title)

        def row(at: int) -> Node:
            one = rows[at]
            place = pygame.Rect(rect.x, rect.y + kit.px(HEAD) + at * kit.px(NEAR), rect.w, kit.px(NEAR))

            def draw_row(p: Painter, look: Look) -> None:
                if look.hovered:
                    p.panel(place.inflate(kit.px(8), -kit.px(2)), "panel2", 6)
                p.icon(icon, (place.x + kit.px(14), place.centery), 22, "accent")
                x = place.x + kit.px(38)
                top = kit.line(STRONG)
                y = place.centery - (top + kit.line(CAPTION)) // 2
                p.text(one.name, pygame.Rect(x, y, place.right - x, top), STRONG)
                p.text(one.text, pygame.Rect(x, y + top, place.right - x, kit.line(CAPTION)), CAPTION)

            key = f"near:{one.thing}"
            return Node(place, draw_row, key=key, command=command(one.thing), focusable=True, group=title, ring="inner")

        return Node(rect, draw, children=tuple(row(at) for at in range(len(rows))))

    return Block(lambda kit, wide: kit.px(HEAD) + kit.px(NEAR) * len(rows), build)
