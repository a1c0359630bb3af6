"""Saved games, newest first: what each is of, and its earlier versions."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pygame

from game.desktop.loading import open_save
from game.desktop.page import page, room
from game.desktop.screen import Screen
from game.desktop.ui.buttons import button
from game.desktop.ui.cards import panel
from game.desktop.ui.lists import Row, list_row, scroll_area
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.paint import SMALL, STRONG, Painter
from game.desktop.ui.ui import Ui
from game.session import Headline, backups, headline, saved_games
from game.session.saving import AUTOSAVE, SUFFIX
from game.text import _, several
from game.views import turn_name
from game.views.names import listed
from game.views.sight import figure

LINE = 58  # design pixels of a row


@dataclass(frozen=True)
class OpenSave:
    path: Path


@dataclass(frozen=True)
class Unfold:
    """Show the earlier versions of a save, or hide them again."""

    path: Path


class LoadScreen(Screen):
    """Pick a save; a broken one is named with its fault and left alone."""

    name = "load"

    def shown(self) -> None:
        self.saves = [headline(path) for path in saved_games()]
        self.earlier = {save.path: [headline(path) for path in backups(save.path)] for save in self.saves}
        self.unfolded: Path | None = None

    def obey(self, command: Command) -> bool:
        match command:
            case OpenSave(path):
                open_save(self.app, path)
            case Unfold(path):
                self.unfolded = None if self.unfolded == path else path
                self.app.refresh()
            case _:
                return False
        return True

    def lines(self) -> list[tuple[Headline, bool]]:
        """The saves, and beneath the unfolded one its earlier versions (True)."""
        found = []
        for save in self.saves:
            found.append((save, False))
            if save.path == self.unfolded:
                found += [(version, True) for version in self.earlier[save.path]]
        return found

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        area = room(kit)
        wide = min(area.w, kit.px(1100))
        rect = pygame.Rect(area.centerx - wide // 2, area.y, wide, area.h)
        inner = rect.inflate(-kit.px(32), -kit.px(28))
        tall, lines = kit.px(LINE), self.lines()

        def content(where: pygame.Rect) -> list[Node]:
            found = []
            for at, (save, older) in enumerate(lines):
                line = pygame.Rect(where.x, where.y + at * tall, where.w, tall - kit.px(4))
                found += self._line(ui, line, save, older)
            return found

        def empty(p: Painter, look: Look) -> None:
            p.text(_("There is no saved game yet."), inner, SMALL, "centre")

        if lines:
            body = scroll_area(ui, inner, "saves", tall * len(lines), content)
        else:
            body = Node(inner, empty)
        return page(kit, _("Load a game"), "", panel(rect, body))

    def _line(self, ui: Ui, line: pygame.Rect, save: Headline, older: bool) -> list[Node]:
        kit, path, count = ui.kit, save.path, len(self.earlier.get(save.path, ()))
        row = version_row(save) if older else save_row(save, kit.pictures.names("flags"))
        name = f"save:{path.name}"
        if older:
            line = pygame.Rect(line.x + kit.px(40), line.y, line.w - kit.px(40), line.h)
        many = self._widest(ui)
        place = pygame.Rect(line.right - many, line.y + kit.px(8), many, line.h - kit.px(16))
        if many and not older:
            line = pygame.Rect(line.x, line.y, line.w - many - kit.px(12), line.h)
        nodes = [list_row(kit, line, row, name, OpenSave(path), group="saves")]
        if count and not older:
            label = several("{count} earlier", "{count} earlier", count)
            icon = "chevron_up" if self.unfolded == path else "chevron_down"
            tip = Tip(_("Earlier versions"), _("Every time it is kept the version before it stays, up to five."))
            nodes.append(button(kit, place, label, Unfold(path), f"earlier:{path.name}", "outline", icon, tip=tip))
        return nodes

    def _widest(self, ui: Ui) -> int:
        """Room for the buttons of earlier versions; 0 where there are none."""
        counts = [len(found) for found in self.earlier.values() if found]
        labels = [several("{count} earlier", "{count} earlier", count) for count in counts]
        return max((ui.kit.width(label, STRONG) + ui.kit.px(66) for label in labels), default=0)


def save_row(save: Headline, flags: Collection[str]) -> Row:
    """What a save is of: scenario and seats, where it stands, when it was written."""
    about, name = save.about, save.path.name.removesuffix(SUFFIX)
    if about is None:
        return Row(name, name, _("It does not say what it is of."), when(save), icon="warning")
    seats = listed(list(about.people.values())) or _("watched")
    auto = save.path.name.startswith(f"{AUTOSAVE}-")
    kind = _("kept automatically") if auto else _("saved by hand")
    flag = next((seat for seat in about.people if len(about.people) == 1 and seat in flags), "")
    detail = " · ".join([*stands(save), _("luck {seed}").format(seed=about.seed)])
    title = _("{scenario}: {seats}").format(scenario=about.title, seats=seats)
    return Row(name, title, detail, when(save), kind, flag, icon="save")


def version_row(save: Headline) -> Row:
    """An earlier version of the save above it."""
    told = " · ".join(stands(save)) or _("It does not say what it is of.")
    return Row(save.path.name, told, "", when(save), icon="undo")


def stands(save: Headline) -> list[str]:
    """Turn, date and score of a save; a score is nobody else's business where several people play."""
    about = save.about
    if about is None:
        return []
    turn = _("turn {turn} of {turns}") if about.turns else _("turn {turn}")
    found = [turn.format(turn=about.turn, turns=about.turns), turn_name(about.month, about.months)]
    if about.over:
        found[0] = _("ended")
    if len(about.people) == 1 and about.score:
        found.append(_("score {score}").format(score=figure(next(iter(about.score.values())), 100)))
    return found


def when(save: Headline) -> str:
    """When it was written, by this machine's clock."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(save.written)) if save.written else ""
