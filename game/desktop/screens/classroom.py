"""A class from the window: which lesson, for whose devices; the one that is open, and its end."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.desktop.classroom import HOST, kept, lacking, lessons
from game.desktop.page import page, room
from game.desktop.screen import Back, Screen
from game.desktop.ui.buttons import Kind, button
from game.desktop.ui.cards import panel
from game.desktop.ui.inputs import toggle
from game.desktop.ui.lists import Row, list_row, scroll_area
from game.desktop.ui.node import Command, Look, Node
from game.desktop.ui.paint import HEADING, SMALL, Painter
from game.desktop.ui.ui import Ui
from game.text import _

LINE = 52  # design pixels of a row


@dataclass(frozen=True)
class PickLesson:
    id: str


@dataclass(frozen=True)
class SetLan:
    on: bool


@dataclass(frozen=True)
class OpenClass:
    """resume: the newest class that is kept, instead of a new one."""

    resume: bool = False


@dataclass(frozen=True)
class StopClass:
    pass


class ClassroomScreen(Screen):
    """Begin a class or go on with one; while one is open, say so and offer to stop it."""

    name = "classroom"

    def shown(self) -> None:
        self.lessons = lessons()
        self.picked = self.lessons[0].id
        self.lan = False
        self.lacks = lacking()
        self._look()

    def _look(self) -> None:
        self.runs = HOST.runs
        self.kept = kept()
        self._state = (self.runs, HOST.stopping, HOST.told)

    def tick(self, now: float) -> None:
        if self._state != (HOST.runs, HOST.stopping, HOST.told):
            self._look()
            self.app.refresh()

    def obey(self, command: Command) -> bool:
        match command:
            case PickLesson(lesson):
                self.picked = lesson
            case SetLan(on):
                self.lan = on
            case OpenClass(resume):
                title = next(one.title for one in self.lessons if one.id == self.picked)
                HOST.open(self.picked, _("The newest class") if resume else title, self.lan, resume)
            case StopClass():
                HOST.stop()
            case _:
                return False
        self._look()
        self.app.refresh()
        return True

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        area, gap = room(kit), kit.px(16)
        wide = min(area.w, kit.px(1100))
        left = pygame.Rect(area.centerx - wide // 2, area.y, (wide - gap) // 2, area.h)
        right = pygame.Rect(left.right + gap, area.y, wide - gap - left.w, area.h)
        nodes = (panel(left, *self._lessons(ui, left)), panel(right, *self._class(ui, right)))
        return page(kit, _("Classroom"), "", *nodes, esc=Back())

    def _lessons(self, ui: Ui, rect: pygame.Rect) -> list[Node]:
        kit = ui.kit
        inner = rect.inflate(-kit.px(32), -kit.px(24))
        tall = kit.px(LINE)
        area = pygame.Rect(inner.x, inner.y + kit.px(40), inner.w, inner.h - kit.px(40))

        def content(where: pygame.Rect) -> list[Node]:
            found = []
            for at, one in enumerate(self.lessons):
                line = pygame.Rect(where.x, where.y + at * tall, where.w, tall - kit.px(4))
                detail = _("{turns} turns, {minutes} minutes").format(turns=one.turns, minutes=one.minutes)
                row = Row(one.id, one.title, detail, icon="graduation")
                found.append(
                    list_row(kit, line, row, f"lesson:{one.id}", PickLesson(one.id), one.id == self.picked, "lessons")
                )
            return found

        def draw(p: Painter, look: Look) -> None:
            p.text(_("Scenario of a new class"), pygame.Rect(inner.x, inner.y, inner.w, kit.px(30)), HEADING)

        return [Node(inner, draw), scroll_area(ui, area, "lessons", tall * len(self.lessons), content)]

    def _class(self, ui: Ui, rect: pygame.Rect) -> list[Node]:
        kit = ui.kit
        inner = rect.inflate(-kit.px(32), -kit.px(24))
        title, text = self._words()
        body = pygame.Rect(inner.x, inner.y + kit.px(40), inner.w, kit.height(text, SMALL, inner.w))

        def draw(p: Painter, look: Look) -> None:
            p.text(title, pygame.Rect(inner.x, inner.y, inner.w, kit.px(30)), HEADING)
            p.text(text, body, SMALL, valign="top", lines=None)

        nodes = [Node(inner, draw)]
        y = body.bottom + kit.px(18)
        actions: list[tuple[str, Command, str, Kind, str, bool]]
        if self.runs:
            actions = [(_("Stop the class"), StopClass(), "class:stop", "primary", "cross", not HOST.stopping)]
        else:
            switch = pygame.Rect(inner.x, y, inner.w, kit.px(36))
            label = _("Devices in the same network can join")
            nodes.append(toggle(kit, switch, label, self.lan, SetLan(not self.lan), "class:lan"))
            y = switch.bottom + kit.px(18)
            can = not self.lacks
            actions = [
                (_("Open a new class"), OpenClass(), "class:open", "primary", "graduation", can),
                (
                    _("Go on with the newest class"),
                    OpenClass(True),
                    "class:resume",
                    "outline",
                    "play",
                    can and self.kept,
                ),
            ]
        for words, command, key, kind, icon, enabled in actions:
            place = pygame.Rect(inner.x, y, inner.w, kit.px(46))
            nodes.append(button(kit, place, words, command, key, kind, icon, enabled))
            y = place.bottom + kit.px(10)
        return nodes

    def _words(self) -> tuple[str, str]:
        """The heading and what to know."""
        if self.runs and HOST.stopping:
            return _("A class is open"), _("It is being closed …")
        if self.runs:
            reach = _("The devices in the same network can join.") if HOST.lan else _("Only this machine can reach it.")
            told = _(
                "{about}. {reach} The teacher's console opens in your browser; it has the address and the PIN for your "
                "pupils. If you have closed that page, stop the class and go on with it: the console opens anew. "
                "The class stops with this window and is kept."
            )
            return _("A class is open"), told.format(about=HOST.about, reach=reach)
        told = _("Pupils play from their browsers; nothing is installed on their devices. Your console opens in yours.")
        return _("No class is open"), "\n\n".join(one for one in (self.lacks or HOST.told, told) if one)
