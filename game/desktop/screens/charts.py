"""Charts over time: one quantity of every thing that has it, one thing large and all of them small."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.desktop.page import page, room
from game.desktop.parts.blocks import Block
from game.desktop.screens.flow import GameScreen, framed, head, listed, nothing, split
from game.desktop.screens.plots import change_of, shown, time_axis, value_axis
from game.desktop.ui.cards import panel
from game.desktop.ui.charts import Chart, Small, chart_head, line_chart, small_multiple
from game.desktop.ui.charts import Series as Line
from game.desktop.ui.lists import Row, scroll_area
from game.desktop.ui.meters import Tone
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.paint import STRONG, Painter
from game.desktop.ui.ui import Ui
from game.text import _
from game.views import Series, Sight, series

_INTERNAL = ("turn", "date", "ending", "card", "last", "memory", "objective", "government")
TILE, TALL = 330, 190
_END = STRONG.but(size=14)


@dataclass(frozen=True)
class Quantity:
    id: str


@dataclass(frozen=True)
class Thing:
    """The row shown large."""

    row: int


@dataclass(frozen=True)
class Choice:
    """A quantity that can be charted: its rows that the seat may see."""

    id: str
    title: str
    group: str
    help: str
    rows: tuple[int, ...]


def chartable(sight: Sight) -> tuple[Choice, ...]:
    """Every lasting quantity in points or whole units, those of single things first."""
    layout = sight.ruleset.layout
    found = []
    for quantity in layout.quantities.values():
        unit = sight.unit(quantity.id)
        odd = quantity.id in _INTERNAL or quantity.id.startswith("estimate_") or quantity.lasts_turn
        if odd or quantity.id in sight.pledged or unit not in ("points", "count"):
            continue
        rows = tuple(row for row in range(quantity.rows.start, quantity.rows.stop) if not sight.hides(row))
        if not rows:
            continue
        sides = len(layout.at(rows[0])[1])
        group = (_("The whole"), _("By country or thing"), _("Between two"))[min(sides, 2)]
        text = sight.text("quantities", quantity.id, "help")
        found.append((sides != 1, sides, Choice(quantity.id, sight.quantity_title(quantity.id), group, text, rows)))
    found.sort(key=lambda item: (item[0], item[1], item[2].title.casefold()))
    return tuple(choice for _later, _sides, choice in found)


def short_name(sight: Sight, row: int) -> str:
    """The things of a row, without the quantity."""
    _quantity, args = sight.ruleset.layout.at(row)
    return _(" and ").join(sight.names.label(arg) for arg in args) if args else sight.describe(row)


class ChartsScreen(GameScreen):
    """`topic`: a quantity's id to begin with."""

    name = "charts"

    def shown(self) -> None:
        if not hasattr(self, "quantity"):
            self.quantity, self.row = self.topic or "stability", -1

    def obey(self, command: Command) -> bool:
        match command:
            case Quantity(name):
                self.quantity, self.row = name, -1
            case Thing(row):
                self.row = row
            case _:
                return False
        self.app.refresh()
        return True

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        area = room(kit)
        sight = self.desk.sight
        choices = self.desk.view(chartable)
        title = _("Charts over time")
        if not choices:
            empty = framed(ui, area, "charts:none", title, "", [nothing(_("There is nothing to chart here."), "chart")])
            return page(kit, title, "", empty)
        choice = next((one for one in choices if one.id == self.quantity), choices[0])
        left, right = split(area, kit, 300 if kit.metrics.compact else 360, 0)
        lines = self.desk.view(_courses, choice.rows)
        own = [row for row in choice.rows if self.desk.seat in sight.ruleset.layout.at(row)[1]]
        row = self.row if self.row in choice.rows else own[0] if own else choice.rows[0]
        nodes = [self._list(ui, left, choices, choice)]
        many = len(lines) > 1
        gap = kit.px(16)
        upper = round(right.h * 0.52) if many else right.h
        nodes.append(self._large(ui, pygame.Rect(right.x, right.y, right.w, upper), choice, lines, row))
        if many:
            below = pygame.Rect(right.x, right.y + upper + gap, right.w, right.h - upper - gap)
            nodes.append(self._small(ui, below, choice, lines, row))
        return page(kit, title, sight.turn_title, *nodes)

    def _list(self, ui: Ui, rect: pygame.Rect, choices: tuple[Choice, ...], chosen: Choice) -> Node:
        blocks: list[Block] = []
        group = ""
        for one in choices:
            if one.group != group:
                group = one.group
                blocks.append(head(group, rule=bool(blocks)))
            item = Row(one.id, one.title, tip=Tip(one.title, one.help) if one.help else None)
            blocks.append(listed(item, f"quantity:{one.id}", Quantity(one.id), one is chosen, "quantities", 36))
        return framed(ui, rect, "charts:list", _("Quantities"), "", blocks, gap=2)

    def _large(self, ui: Ui, rect: pygame.Rect, choice: Choice, lines: tuple[Series, ...], row: int) -> Node:
        kit, sight = ui.kit, self.desk.sight
        main = next(line for line in lines if line.row == row)
        values = [value for _turn, _when, value in main.points]
        others = [line for line in lines if line.row != row][:24]
        everything = [value for line in (main, *others) for _turn, _when, value in line.points]
        low, high, ticks = value_axis(everything)
        name = short_name(sight, row)
        drawn = [
            Line(tuple(values), figure=shown(values[-1]), label=name if kit.width(name, _END) < kit.px(170) else "")
        ]
        drawn += [Line(tuple(p[2] for p in line.points), ink="line2", width=1.8) for line in others]
        aside = _("pale lines: all the others") if others else ""
        steps = len(values)
        chart = Chart(low, high, time_axis(sight, steps), ticks, tuple(drawn), aside=aside)
        change, way = change_of(values)
        words = (_("unchanged"), _("up {change}"), _("down {change}"))[way]
        title = _("{quantity}, {name}: {words} since the start").format(
            quantity=choice.title, name=name, words=words.format(change=change)
        )
        note = choice.help.partition(". ")[0].rstrip(".") or _("by turn")

        def draw(p: Painter, look: Look) -> None:
            inner = rect.inflate(-kit.px(48), -kit.px(36))
            chart_head(p, pygame.Rect(inner.x, inner.y, inner.w, kit.px(56)), title, note)
            top = inner.y + kit.px(66)
            line_chart(p, pygame.Rect(inner.x, top, inner.w, inner.bottom - top), chart)

        return panel(rect, Node(rect, draw))

    def _small(self, ui: Ui, rect: pygame.Rect, choice: Choice, lines: tuple[Series, ...], row: int) -> Node:
        """All of them in a grid, to one scale; Enter shows one large."""
        kit, sight = ui.kit, self.desk.sight
        gap = kit.px(12)
        columns = max(1, (rect.w - kit.px(14)) // (kit.px(TILE) + gap))
        each = (rect.w - kit.px(14) - gap * (columns - 1)) // columns
        tall = kit.px(TALL)
        rows = -(-len(lines) // columns)
        low, high, ticks = value_axis([value for line in lines for _turn, _when, value in line.points], 2)
        flags = kit.pictures.names("flags")

        def content(where: pygame.Rect) -> list[Node]:
            return [
                tile(
                    at,
                    pygame.Rect(
                        where.x + at % columns * (each + gap), where.y + at // columns * (tall + gap), each, tall
                    ),
                )
                for at in range(len(lines))
            ]

        def tile(at: int, place: pygame.Rect) -> Node:
            line = lines[at]
            values = tuple(value for _turn, _when, value in line.points)
            args = sight.ruleset.layout.at(line.row)[1]
            change, way = change_of(values)
            tone = _tone(sight, choice.id, way)
            chart = Chart(low, high, time_axis(sight, len(values), 3), ticks, (Line(values),))
            flag = args[0] if len(args) == 1 and args[0] in flags else ""
            word = _("shown above") if line.row == row else ""
            small = Small(short_name(sight, line.row), chart, flag, word, "plain", shown(values[-1]), change, way, tone)
            return Node(
                place,
                lambda p, look: small_multiple(p, place, small),
                key=f"chart:{line.row}",
                command=Thing(line.row),
                focusable=True,
                group="charts",
                radius=12,
                selected=line.row == row,
            )

        return scroll_area(ui, rect, f"charts:{choice.id}", rows * (tall + gap), content)


def _tone(sight: Sight, quantity: str, way: int) -> Tone:
    good = str(getattr(sight.models["quantities"].get(quantity), "good", "neither"))
    if not way or good not in ("up", "down"):
        return "plain"
    return "good" if (way > 0) == (good == "up") else "bad"


def _courses(sight: Sight, rows: tuple[int, ...]) -> tuple[Series, ...]:
    return series(sight, list(rows))
