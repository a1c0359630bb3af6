"""The countries as a table: for scenarios that the map does not show."""

from __future__ import annotations

import pygame

from game.desktop.desk import Desk
from game.desktop.parts.commands import Select
from game.desktop.ui.cards import heading, panel
from game.desktop.ui.lists import Column, TableRow, table
from game.desktop.ui.node import Look, Node, Tip
from game.desktop.ui.paint import Painter
from game.desktop.ui.ui import Ui
from game.text import _
from game.views import countries


def lands_node(ui: Ui, rect: pygame.Rect, desk: Desk, selected: str) -> Node:
    """Every country with the quantities that matter most; a row selects it."""
    kit = ui.kit
    found = desk.view(countries)
    columns = [Column(_("Country"), 1.6), *(Column(title, 1.0, "right") for title in found.titles)]
    rows = []
    for row in found.rows:
        cells = [value.text if value is not None else "" for value in row.values]
        tip = Tip(row.name, rows=tuple((v.label, v.text) for v in row.values if v is not None))
        rows.append(TableRow((row.name, *cells), row.id, Select(row.id), tip, row.id == selected))
    pad = kit.px(20)
    head = pygame.Rect(rect.x + pad, rect.y + kit.px(10), rect.w - 2 * pad, kit.px(60))
    body = pygame.Rect(head.x, head.bottom + kit.px(6), head.w, rect.bottom - head.bottom - kit.px(20))
    note = _("This scenario's places are not on the map.")

    def draw(p: Painter, look: Look) -> None:
        heading(p, head, _("Countries"), note, icon="list")

    return panel(rect, Node(head, draw), table(ui, body, columns, rows, "lands"))
