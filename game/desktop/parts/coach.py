"""The coach: one step of the scenario's guide on a card, with a pointer to what it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from game.desktop.parts.event import event_rect
from game.desktop.ui.buttons import button
from game.desktop.ui.kit import Kit
from game.desktop.ui.node import Command, Look, Node
from game.desktop.ui.paint import CAPTION, STRONG, TITLE, Painter
from game.desktop.ui.text import Style
from game.text import _
from game.views.guide import GuideStep, guide_step

if TYPE_CHECKING:
    from game.desktop.app import App

WIDE = 440
TEXT = Style(size=15, ink="ink2")
ON_THE_MAP = ("map", "orders", "end_turn")


@dataclass(frozen=True)
class GuideOn:
    """The step has been read: show the next."""


@dataclass(frozen=True)
class GuideOff:
    """No guide any more for this scenario."""


class Coach:
    """Part of the app: it lies over whatever screen a step speaks of. Finished or skipped, it stays away."""

    def __init__(self, app: App) -> None:
        self.app = app
        self._shown: str | None = None
        self._reading: GuideStep | None = None

    def step(self) -> GuideStep | None:
        """The step that is due, wherever it points; None without a guide or when it was finished or skipped."""
        desk = self.app.desk
        if desk is None or desk.game.scenario.id in self.app.settings.guided or desk.busy is not None:
            return None
        if self.app.stack and any(card.name == "event" for card in self.app.screen.cards):
            return desk.view(guide_step, frozenset(desk.guided), "card")
        return desk.view(guide_step, frozenset(desk.guided))

    def tick(self) -> None:
        """Note what the player has done: a screen opened, a forecast seen, the guide finished."""
        app, desk = self.app, self.app.desk
        step = self.step()
        shown = None if step is None else step.id
        if shown != self._shown:
            self._shown = shown
            app.refresh()
        here, reading = app.screen.name, self._reading
        self._reading = step if step is not None and step.until == "read" and step.points == here != "map" else None
        if desk is None:
            return
        if reading is not None and here != reading.points and reading.id not in desk.guided:
            self._done(reading)  # the screen it speaks of was closed: it has been read
            return
        if step is None:
            return
        opened = step.until == "opened" and here == step.points
        seen = step.until == "forecast" and desk.forecast_shown
        if opened or seen:
            self._done(step)

    def _done(self, step: GuideStep) -> None:
        desk = self.app.desk
        assert desk is not None
        desk.guided.add(step.id)
        if step.number == step.count:
            self._remember()
        self.app.refresh()

    def _remember(self) -> None:
        app = self.app
        assert app.desk is not None
        ident = app.desk.game.scenario.id
        if ident not in app.settings.guided:
            app.change(app.settings.but(guided=[*app.settings.guided, ident]))

    def obey(self, command: Command) -> bool:
        match command:
            case GuideOn():
                step = self.step()
                if step is not None:
                    self._done(step)
            case GuideOff():
                self._remember()
                self.app.say(_("The guide is off. The settings bring it back."))
            case _:
                return False
        return True

    def action(self) -> bool:
        """The key of the guide: go on where reading is all there is to do."""
        step = self.step()
        return step is not None and step.until == "read" and self.obey(GuideOn())

    # -- the card ----------------------------------------------------------------------------------

    def nodes(self, kit: Kit, tree: Node) -> list[Node]:
        """The card and its pointer over a screen's tree; nothing where the step speaks of another screen."""
        step = self.step()
        if step is None or self.app.desk is None:
            return []
        screen = self.app.screen
        here = screen.name == "map" if step.points in (*ON_THE_MAP, "card") else screen.name in (step.points, "map")
        on_card = any(card.name == "event" for card in screen.cards)
        if not here or (screen.cards and not (step.points == "card" and on_card)):
            return []
        target = self._target(kit, tree, step)
        card = self._card(kit, step, target)
        if target is None or not target.w:
            return [card]
        return [_pointer(kit, card.rect, target), card]

    def _target(self, kit: Kit, tree: Node, step: GuideStep) -> pygame.Rect | None:
        screen = self.app.screen
        if screen.name != "map" or step.points in ("map", "card"):
            return None
        if step.points == "orders":
            found = next((node for node in tree.walk() if node.key.startswith("orders:")), None)
        else:
            wanted = step.points if step.points == "end_turn" else f"way:{step.points}"
            found = next((node for node in tree.walk() if node.key == wanted), None)
        return found.rect if found is not None else None

    def _card(self, kit: Kit, step: GuideStep, target: pygame.Rect | None) -> Node:
        pad = kit.px(18)
        wide = min(kit.px(WIDE), kit.screen.w - 2 * pad)
        inner = wide - 2 * pad
        head, tall = kit.height(step.title, TITLE, inner), kit.height(step.text, TEXT, inner)
        top, foot = kit.line(CAPTION), kit.px(36)
        gap = kit.px(8)
        rect = pygame.Rect(0, 0, wide, pad + top + head + gap + tall + kit.px(14) + foot + pad)
        self._place(kit, rect, step, target)
        where = _("Guide, {number} of {count}").format(number=step.number, count=step.count)

        def draw(p: Painter, look: Look) -> None:
            p.panel(rect, "panel", 12, "amber", 2.2, shadow="modal")
            line = pygame.Rect(rect.x + pad, rect.y + pad, inner, top)
            p.text(where, line, CAPTION)
            title = pygame.Rect(line.x, line.bottom, inner, head)
            p.text(step.title, title, TITLE, valign="top", lines=None)
            p.text(step.text, pygame.Rect(line.x, title.bottom + gap, inner, tall), TEXT, valign="top", lines=None)

        low = rect.bottom - pad - foot
        skip = _("Leave the guide")
        skip_wide = kit.width(skip, STRONG) + kit.px(36)
        left = pygame.Rect(rect.x + pad, low, skip_wide, foot)
        nodes = [button(kit, left, skip, GuideOff(), "guide:off", "quiet")]
        if step.until == "read":
            last = step.number == step.count
            right = pygame.Rect(rect.right - pad - kit.px(132), low, kit.px(132), foot)
            title = _("Done") if last else _("Go on")
            icon = "check" if last else "arrow_right"
            nodes.append(button(kit, right, title, GuideOn(), "guide:on", "primary", icon))
        return Node(rect, draw, key="guide", solid=True, layer=3, children=tuple(nodes))

    def _place(self, kit: Kit, rect: pygame.Rect, step: GuideStep, target: pygame.Rect | None) -> None:
        """Beside what it points to, on the free part of the map; at the lower right edge of other screens."""
        m, screen = kit.metrics, kit.screen
        edge = kit.px(16)
        if self.app.screen.name != "map":
            rect.bottomright = (screen.right - kit.px(28), screen.bottom - kit.px(28))
            return
        if step.points == "card":
            left = event_rect(kit).right + edge
            if left + rect.w < screen.right - kit.px(480):
                rect.topleft = (left, kit.px(88))
            else:
                rect.bottomright = (screen.right - edge, screen.bottom - edge)
            return
        right = screen.right - kit.px(410 if m.compact else 480) - edge
        rect.topright = (right, kit.px(72 + (12 if target is None else 28)))
        if target is not None and target.top > screen.centery:
            rect.bottom = target.top - kit.px(84)
            rect.centerx = max(rect.w // 2 + kit.px(130), min(target.centerx, right - rect.w // 2))
            if m.compact:
                rect.right = right  # beside the chosen order, which lies over the map there


def _pointer(kit: Kit, card: pygame.Rect, target: pygame.Rect) -> Node:
    """A ring round what is meant, and a line from the card to it."""
    ring = target.inflate(kit.px(10), kit.px(10)).clip(kit.screen)
    # The line leaves the card's edge that faces the target.
    if ring.bottom <= card.top:
        start = (max(card.left + kit.px(20), min(ring.centerx, card.right - kit.px(20))), card.top)
        end = (ring.centerx, ring.bottom)
    elif ring.top >= card.bottom:
        start = (max(card.left + kit.px(20), min(ring.centerx, card.right - kit.px(20))), card.bottom)
        end = (max(ring.left + kit.px(20), min(start[0], ring.right - kit.px(20))), ring.top)
    else:
        start = (card.right if ring.centerx > card.centerx else card.left, card.centery)
        end = (ring.left if ring.centerx > card.centerx else ring.right, ring.centery)

    def draw(p: Painter, look: Look) -> None:
        p.stroke([start, end], 5.5, "navy", alpha=170)
        p.stroke([start, end], 3, "amber")
        p.disc(end, 6, "amber", "navy", 1.5)
        p.focus(ring, 8)

    return Node(ring.union(card), draw, layer=2)
