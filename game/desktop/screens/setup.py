"""A new game: scenario, seat or seats, what the seat is told and wants, luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.desktop.loading import new_game, read_scenario
from game.desktop.page import BarButton, page, room
from game.desktop.screen import Screen
from game.desktop.screens.briefing import gauged, prose, told
from game.desktop.ui.buttons import Choice, button, pills
from game.desktop.ui.cards import panel, section
from game.desktop.ui.inputs import text_field, toggle
from game.desktop.ui.lists import Row, list_row, scroll_area
from game.desktop.ui.meters import progress
from game.desktop.ui.node import Command, Look, Node
from game.desktop.ui.paint import CAPTION, HEADING, SMALL, STRONG, Painter
from game.desktop.ui.text import Style
from game.desktop.ui.ui import Ui
from game.players import difficulties
from game.session import Known, saved_games
from game.text import _
from game.views import ScenarioCard, scenario_card
from game.views.scenarios import gauge_card, scenario_lines
from game.views.sight import figure

LARGEST_SEED = 2**32 - 1
FIRST_STEPS = "tutorial"  # the scenario that teaches the game


@dataclass(frozen=True)
class PickScenario:
    id: str


@dataclass(frozen=True)
class PickSeat:
    seat: str


@dataclass(frozen=True)
class Several:
    """Several people at this screen, or one."""


@dataclass(frozen=True)
class Seed:
    text: str


@dataclass(frozen=True)
class Level:
    """How the computer plays."""

    id: str


@dataclass(frozen=True)
class Start:
    watch: bool = False


class SetupScreen(Screen):
    """`topic` is a scenario's id or file to begin with."""

    name = "setup"

    def shown(self) -> None:
        if hasattr(self, "listed"):
            return
        # Who has neither a save nor a guide behind them is shown the way first.
        self.beginner = not self.topic and not self.app.settings.guided and not saved_games()
        self.listed = scenario_lines()
        if self.beginner:
            self.listed = tuple(sorted(self.listed, key=lambda line: line.id != FIRST_STEPS))
        self.known: Known | None = None
        self.card: ScenarioCard | None = None
        self.people: list[str] = []
        self.view_seat = ""
        self.several = False
        self.seed = "1"
        self.level = difficulties()[0].id
        first = self.topic or next((line.id for line in self.listed), "")
        self.picked = first
        if first:
            self._read(first)

    def _read(self, source: str) -> None:
        self.picked, self.card, self.known = source, None, None
        if self.app.known is not None and self.app.known.scenario.path == source:
            self._take(self.app.known)
        else:
            read_scenario(self.app, source, self._take)
        self.app.refresh()

    def _take(self, known: Known) -> None:
        self.app.known = known
        self.known, self.card = known, scenario_card(known.scenario)
        self.people = [self.card.seats[0].seat]
        self.view_seat = self.people[0]
        self.app.refresh()

    def obey(self, command: Command) -> bool:
        match command:
            case PickScenario(name):
                self._read(name)
            case PickSeat(seat):
                self._pick(seat)
            case Several():
                self.several = not self.several
                self.people = self.people[:1]
            case Seed(text):
                self.seed = text
            case Level(level):
                self.level = level
            case Start(watch):
                if self.known is not None and self.fault() == "":
                    people, seed = [] if watch else self.people, int(self.seed or 0)
                    new_game(self.app, self.known, people, seed, self._computers(self.known))
            case _:
                return False
        self.app.refresh()
        return True

    def _pick(self, seat: str) -> None:
        assert self.card is not None
        self.view_seat = seat
        if not self.several:
            self.people = [seat]
        elif seat in self.people and len(self.people) > 1:
            self.people.remove(seat)
        elif seat not in self.people:
            self.people = [one.seat for one in self.card.seats if one.seat in {*self.people, seat}]

    def choose(self, seats: Sequence[str]) -> None:
        """Show these seats as those of people; where the scenario does not know any of them, nothing changes."""
        known = [] if self.card is None else [one.seat for one in self.card.seats if one.seat in seats]
        if known:
            self.several, self.people, self.view_seat = len(known) > 1, known, known[0]
            self.app.refresh()

    def _computers(self, known: Known) -> dict[str, str]:
        """Every seat's kind of computer player, at the level chosen."""
        kind = next(level.kind for level in difficulties() if level.id == self.level)
        return dict.fromkeys(known.scenario.book.sets["seats"], kind)

    def fault(self) -> str:
        if self.seed.isdigit() and int(self.seed) <= LARGEST_SEED:
            return ""
        return _("A whole number up to {largest}").format(largest=f"{LARGEST_SEED:,}")

    # -- the tree ----------------------------------------------------------------------------------

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        area = room(kit)
        gap = kit.px(16)
        narrow = kit.px(330 if kit.metrics.compact else 400)
        left = pygame.Rect(area.x, area.y, narrow, area.h)
        middle = pygame.Rect(left.right + gap, area.y, narrow, area.h)
        right = pygame.Rect(middle.right + gap, area.y, area.right - middle.right - gap, area.h)
        nodes = [panel(left, *self._scenarios(ui, left))]
        if self.card is None:
            nodes.append(self._waiting(ui, pygame.Rect(middle.x, area.y, area.right - middle.x, area.h)))
            return page(kit, _("New game"), "", *nodes)
        nodes.append(panel(middle, *self._seats(ui, middle, self.card)))
        nodes.append(panel(right, *self._briefing(ui, right, self.card)))
        watch = BarButton(_("Watch the computer play"), "eye", Start(True))
        return page(kit, _("New game"), self.card.title, *nodes, buttons=(watch,))

    def _waiting(self, ui: Ui, rect: pygame.Rect) -> Node:
        kit = ui.kit
        job = self.app.work.current
        text = job.note if job is not None and job.note else _("Reading the scenario …")
        share = job.share if job is not None else 0.0

        def draw(p: Painter, look: Look) -> None:
            line = pygame.Rect(rect.x, rect.centery - kit.px(20), rect.w, kit.px(26))
            p.text(text, line, SMALL, "centre")
            bar = pygame.Rect(0, 0, kit.px(280), kit.px(8))
            bar.center = (rect.centerx, rect.centery + kit.px(24))
            progress(p, bar, share)

        return Node(rect, draw)

    def _scenarios(self, ui: Ui, rect: pygame.Rect) -> list[Node]:
        kit = ui.kit
        inner = rect.inflate(-kit.px(32), -kit.px(24))
        tall = kit.px(52)
        # The list takes what it needs, but leaves half of the height to the summary of the one that is picked.
        most = min(tall * len(self.listed), max(tall * 3, (inner.h - kit.px(48)) // 2))
        area = pygame.Rect(inner.x, inner.y + kit.px(36), inner.w, most)

        compact = kit.metrics.compact

        def content(where: pygame.Rect) -> list[Node]:
            found = []
            for i, line in enumerate(self.listed):
                place = pygame.Rect(where.x, where.y + i * tall, where.w, tall - kit.px(4))
                detail = line.when if compact else f"{line.when}, {line.seats}"
                if line.id == FIRST_STEPS and self.beginner:
                    detail = _("Start here to learn the game")
                row = Row(line.id, line.title, detail, icon="graduation" if line.id == FIRST_STEPS else "map")
                key, chosen = f"scenario:{line.id}", line.id == self.picked
                found.append(list_row(kit, place, row, key, PickScenario(line.id), chosen, "scenarios"))
            return found

        top = area.bottom + kit.px(12)
        card = self.card
        body = pygame.Rect(inner.x, top, inner.w, inner.bottom - top)

        def draw(p: Painter, look: Look) -> None:
            section(p, pygame.Rect(inner.x, inner.y, inner.w, kit.px(30)), _("Scenario"), rule=False)
            p.hline(inner.x, inner.right, area.bottom + kit.px(4))

        nodes = [Node(rect, draw), scroll_area(ui, area, "scenarios", tall * len(self.listed), content)]
        if card is None:
            return nodes
        parts = [(card.summary, SMALL.but(ink="ink")), (card.briefing, SMALL), (card.computer_seats, CAPTION)]
        nodes.append(prose(ui, body, f"setup:{card.id}", [(text, style) for text, style in parts if text]))
        return nodes

    def _seats(self, ui: Ui, rect: pygame.Rect, card: ScenarioCard) -> list[Node]:
        kit = ui.kit
        flags = kit.pictures.names("flags")
        inner = rect.inflate(-kit.px(32), -kit.px(24))
        tall = kit.px(48)
        level = next(one for one in difficulties() if one.id == self.level)
        high = kit.height(level.text, SMALL, inner.w)
        foot = kit.px(220) + high
        area = pygame.Rect(inner.x, inner.y + kit.px(36), inner.w, inner.h - kit.px(36) - foot)

        def content(where: pygame.Rect) -> list[Node]:
            found = []
            for i, seat in enumerate(card.seats):
                place = pygame.Rect(where.x, where.y + i * tall, where.w, tall - kit.px(4))
                held = _("you") if not self.several else _("a person")
                par = _("par {par}").format(par=figure(seat.par, 1)) if seat.par is not None else ""
                row = Row(
                    seat.seat,
                    seat.name,
                    held if seat.seat in self.people else _("computer"),
                    par,
                    flag=seat.seat if seat.seat in flags else "",
                    icon="" if seat.seat in flags else "person",
                )
                chosen = seat.seat in self.people
                found.append(list_row(kit, place, row, f"seat:{seat.seat}", PickSeat(seat.seat), chosen, "seats"))
            return found

        def draw(p: Painter, look: Look) -> None:
            section(p, pygame.Rect(inner.x, inner.y, inner.w, kit.px(30)), _("Seat"), rule=False)
            p.hline(inner.x, inner.right, area.bottom + kit.px(8))
            p.text(_("Luck"), pygame.Rect(inner.x, area.bottom + kit.px(70), kit.px(80), kit.px(38)), Style())
            if not kit.metrics.compact:
                p.text(_("Computer"), pygame.Rect(inner.x, levels.y, kit.px(110), levels.h), Style())
            text = pygame.Rect(inner.x, levels.bottom + kit.px(8), inner.w, high)
            p.text(level.text, text, SMALL, valign="top", lines=None)

        line = pygame.Rect(inner.x, area.bottom + kit.px(20), inner.w, kit.px(36))
        field = pygame.Rect(inner.x + kit.px(90), area.bottom + kit.px(70), inner.w - kit.px(90), kit.px(58))
        if not self.fault():
            field.h = kit.px(38)
        levels = pygame.Rect(inner.x, area.bottom + kit.px(144), inner.w, kit.px(36))
        choices = [Choice(one.id, one.title) for one in difficulties()]
        beside = 0 if kit.metrics.compact else kit.px(100)
        right = pygame.Rect(inner.x + beside, levels.y, inner.w - beside, levels.h)
        picks = pills(kit, right, choices, self.level, "level", Level)
        seed = text_field(ui, field, self.seed, Seed, "seed", icon="dice", limit=10, fault=self.fault())
        several = toggle(kit, line, _("Several people at this screen"), self.several, Several(), "several")
        return [Node(rect, draw), scroll_area(ui, area, "seats", tall * len(card.seats), content), several, seed, picks]

    def _briefing(self, ui: Ui, rect: pygame.Rect, card: ScenarioCard) -> list[Node]:
        kit = ui.kit
        seat = next(one for one in card.seats if one.seat == self.view_seat)
        inner = rect.inflate(-kit.px(48), -kit.px(40))
        foot = kit.px(70)
        has_flag = seat.seat in kit.pictures.names("flags")
        gauge = gauge_card(card.id, seat.seat, {one.seat: one.name for one in card.seats})
        short = gauge.short if gauge is not None else ""
        under = kit.height(short, SMALL, inner.w) + kit.px(8) if short else 0
        head = kit.px(70) + under

        def draw(p: Painter, look: Look) -> None:
            if short:
                line = pygame.Rect(inner.x, inner.y + kit.px(64), inner.w, under)
                p.text(short, line, SMALL, valign="top", lines=None)
            x = inner.x
            if has_flag:
                flag = pygame.Rect(inner.x, inner.y, kit.px(84), kit.px(56))
                p.flag(seat.seat, flag, 4)
                x = flag.right + kit.px(20)
            title = HEADING.but(size=30)
            p.text(seat.name, pygame.Rect(x, inner.y, inner.right - x, kit.px(56)), title)

        body = pygame.Rect(inner.x, inner.y + head, inner.w, inner.h - head - foot)
        label = _("Play {seat}").format(seat=seat.name) if not self.several else _("Start with the chosen seats")
        wide = min(inner.w, max(kit.px(260), kit.width(label, STRONG.but(size=16)) + kit.px(90)))
        start = pygame.Rect(inner.right - wide, inner.bottom - kit.px(50), wide, kit.px(50))
        go = button(kit, start, label, Start(), "start", "amber", "play", not self.fault(), size=16)
        return [Node(rect, draw), prose(ui, body, f"setup:{seat.seat}", told(seat) + gauged(gauge)), go]
