"""The end of the turn: asking, handing over, resolving, what opens afterwards; watching the computer play."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from game.desktop.parts.event import EventCard
from game.desktop.screen import Back, Card
from game.desktop.ui.buttons import icon_button
from game.desktop.ui.cards import panel
from game.desktop.ui.meters import progress
from game.desktop.ui.node import Command, Look, Node, Tip
from game.desktop.ui.overlays import Answer, question
from game.desktop.ui.paint import STRONG, Painter
from game.desktop.ui.ui import Ui
from game.session import Step
from game.text import _, several
from game.views import card
from game.views.bar import bar
from game.views.orders import purse_most
from game.views.outcome import outcome

if TYPE_CHECKING:
    from game.desktop.screens.play import PlayScreen

SPEEDS = (4.0, 2.0, 1.0, 0.3)  # seconds a turn while watching


@dataclass(frozen=True)
class EndNow:
    """End the turn without asking again."""


@dataclass(frozen=True)
class Watch:
    """While watching: `pause`, `step`, or `speed`."""

    what: str


class TurnEnd:
    """Part of the play screen."""

    def __init__(self, screen: PlayScreen) -> None:
        self.screen, self.app = screen, screen.app
        self.playing = False
        self.speed = 1
        self._next = 0.0
        self._carded: tuple[int, str | None] | None = None

    @property
    def watching(self) -> bool:
        return not self.screen.desk.game.people

    def shown(self) -> None:
        """Coming to the map: a waiting decision opens by itself, once; where several people play the report first."""
        desk = self.screen.desk
        if desk.game.over or desk.busy or self.app.screen is not self.screen:
            return
        if self.app.knows("report") and desk.tell():
            self.app.open("report")
            return
        key = (desk.game.turn, desk.seat)
        waiting = desk.view(card)
        if waiting is not None and waiting.answered is None and self._carded != key:
            self._carded = key
            self.app.sounds.play("event")
            self.app.show_card(EventCard(self.app))

    def button(self) -> tuple[str, str, bool]:
        """Label and icon of the amber button, and whether it can be pressed."""
        desk = self.screen.desk
        if desk.busy:
            return _("Resolving …"), "hourglass", False
        if desk.game.over:
            return _("Debrief") if self.app.knows("debrief") else _("The end"), "flag", True
        if self.watching:
            return (_("Pause"), "pause", True) if self.playing else (_("Play"), "play", True)
        waiting = desk.view(card)
        if waiting is not None and waiting.answered is None:
            return _("Decide"), "warning", True
        return _("End turn"), "hourglass", True

    def nodes(self, ui: Ui) -> list[Node]:
        """Speed and pause while watching; progress while a turn is resolved."""
        kit, desk = ui.kit, self.screen.desk
        job = desk.busy
        if job is not None and not self.watching:
            rect = pygame.Rect(0, 0, kit.px(320), kit.px(64))
            rect.center = (kit.screen.centerx, kit.px(150))

            def draw(p: Painter, look: Look) -> None:
                line = pygame.Rect(rect.x + kit.px(20), rect.y + kit.px(8), rect.w - kit.px(40), kit.line(STRONG))
                p.text(_("Everybody's orders are carried out …"), line, STRONG, "centre")
                progress(p, pygame.Rect(line.x, line.bottom + kit.px(8), line.w, kit.px(8)), job.share)

            return [panel(rect, Node(rect, draw))]
        if not self.watching or desk.game.over:
            return []
        rect = kit.rect(0, 0, 330, 56)
        rect.midtop = (kit.screen.centerx - kit.px(160), kit.px(72))
        tile = kit.px(40)
        nodes = []
        choices = (
            ("pause", "pause" if self.playing else "play", _("Pause") if self.playing else _("Play")),
            ("step", "step", _("One turn")),
            ("speed", "fast", _("Speed")),
        )
        for i, (what, icon, title) in enumerate(choices):
            place = pygame.Rect(rect.x + kit.px(12) + i * (tile + kit.px(8)), rect.y + kit.px(8), tile, tile)
            nodes.append(icon_button(kit, place, icon, Watch(what), f"watch:{what}", Tip(title), "outline"))
        left = nodes[-1].rect.right + kit.px(14)
        text = _("{seconds} s a turn").format(seconds=f"{SPEEDS[self.speed]:g}")

        def note(p: Painter, look: Look) -> None:
            p.text(text, pygame.Rect(left, rect.y, rect.right - left - kit.px(10), rect.h), STRONG)

        return [panel(rect, *nodes, Node(rect, note))]

    def tick(self, now: float) -> None:
        desk = self.screen.desk
        if self.watching and self.playing and not desk.busy and not desk.game.over and now >= self._next:
            self._next = now + SPEEDS[self.speed]
            self.resolve()

    def obey(self, command: Command) -> bool:
        match command:
            case EndNow():
                self.app.close_card()
                self.finish()
            case Watch("pause"):
                self.playing = not self.playing
                self.app.refresh()
            case Watch("step"):
                self.playing = False
                if self.screen.desk.busy is None:
                    self.resolve()
            case Watch("speed"):
                self.speed = (self.speed + 1) % len(SPEEDS)
                self.app.refresh()
            case _:
                return False
        return True

    def action(self, action: str) -> bool:
        desk = self.screen.desk
        if action == "pause" and self.watching:
            return self.obey(Watch("pause"))
        if action == "card":
            if desk.view(card) is not None:
                self.app.show_card(EventCard(self.app))
            return True
        if action != "end_turn":
            return False
        if desk.busy:
            return True
        if desk.game.over:
            self._end()
        elif self.watching:
            self.obey(Watch("pause"))
        else:
            self._ask()
        return True

    def _ask(self) -> None:
        """End the turn, or first ask: a decision without an answer, orders left."""
        desk = self.screen.desk
        waiting = desk.view(card)
        figures = desk.view(bar)
        if waiting is not None and waiting.answered is None:
            self.app.show_card(EventCard(self.app))
        elif figures.slots and not desk.game.queue(desk.seat or ""):
            self.app.show_card(EndCard(self.app, str(figures.slots)))
        else:
            self.finish()

    def finish(self) -> None:
        """The seat has finished: the next person's turn, or everything is resolved."""
        desk = self.screen.desk
        following = desk.hand_in()
        if following is not None:
            self.app.home("handover", following)
        else:
            self.app.sounds.play("end_turn")
            self.resolve()

    def resolve(self) -> None:
        desk = self.screen.desk
        desk.end_turn(self._resolved, save=not self.watching)
        self.app.refresh()

    def _resolved(self, step: Step, fault: str) -> None:
        desk = self.screen.desk
        if fault:
            self.app.say(fault, "bad", "warning")
        self.app.refresh(moved_on=True)
        if self.watching:
            if desk.game.over:
                self._end()
            return
        if desk.game.over:
            self._end()
            return
        if len(desk.game.people) > 1:
            self.app.home("handover", desk.seat or "")
        elif self.app.knows("report"):
            self.app.open("report")
        else:
            self.shown()

    def _end(self) -> None:
        self.app.sounds.play("chapter")
        if self.app.knows("debrief"):
            self.app.open("debrief")
        else:
            self.app.show_card(OutcomeCard(self.app))


class EndCard(Card):
    """Orders are left: end the turn all the same? `topic` is how many."""

    def build(self, ui: Ui) -> Node:
        assert self.app.desk is not None
        left = several("You have {count} order left", "You have {count} orders left", int(self.topic))
        text = _(
            "{left} and nothing is queued. Orders that are not given are lost with the turn; "
            "political capital is kept, {most} at most."
        )
        return question(
            ui.kit,
            "end",
            _("End the turn without an order?"),
            text.format(left=left, most=self.app.desk.view(purse_most)),
            (Answer(_("Go on planning"), Back()), Answer(_("End turn"), EndNow(), "amber", "hourglass")),
            Back(),
        )


class OutcomeCard(Card):
    """How the game ended."""

    def build(self, ui: Ui) -> Node:
        assert self.app.desk is not None
        found = self.app.desk.view(outcome)
        assert found is not None
        text = f"{found.text}\n\n{found.verdict}" if found.verdict else found.text
        return question(ui.kit, "outcome", found.title, text, (Answer(_("Look around"), Back(), "primary"),), Back())
