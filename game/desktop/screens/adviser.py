"""What the adviser would order, what it expects of it and why; worked out off the frames, once for a position."""

from __future__ import annotations

from dataclasses import dataclass

from game.desktop.page import BarButton, page, room
from game.desktop.parts.blocks import Block
from game.desktop.screen import Back
from game.desktop.screens.flow import LEAD, GameScreen, bullet, framed, head, nothing, pair, prose
from game.desktop.ui.node import Command, Node
from game.desktop.ui.paint import SMALL
from game.desktop.ui.ui import Ui
from game.desktop.work import Job
from game.session import IllegalOrderError
from game.text import _
from game.views.advice import AdviceView, PlanView


@dataclass(frozen=True)
class Take:
    """Order what a plan has, as far as it still can be ordered."""

    plan: int


class AdviserScreen(GameScreen):
    """The planner's three best plans for the seat."""

    name = "adviser"

    def __init__(self, app: object, topic: str = "") -> None:
        super().__init__(app, topic)  # type: ignore[arg-type]
        self.job: Job | None = None
        self.found: AdviceView | None = None
        self.share = 0.0

    def shown(self) -> None:
        desk = self.desk
        if self.job is None and self.found is None and desk.seat is not None and desk.may_order:
            self.job = desk.advise(self._take)

    def left(self) -> None:
        if self.job is not None:
            self.job.cancel()
            self.job = None

    def tick(self, now: float) -> None:
        if self.job is not None and round(self.job.share, 1) != self.share:
            self.share = round(self.job.share, 1)
            self.app.refresh()

    def _take(self, found: AdviceView | None) -> None:
        self.job, self.found = None, found
        self.app.refresh()

    def obey(self, command: Command) -> bool:
        if not isinstance(command, Take) or self.found is None:
            return False
        self._order(self.found.plans[command.plan])
        return True

    def _order(self, plan: PlanView) -> None:
        """Give the plan's orders in place of those that wait."""
        desk = self.desk
        refused = ""
        for order in desk.game.queue(desk.seat or ""):
            desk.withdraw(order)
        for order, title in plan.orders:
            try:
                desk.submit(order)
            except IllegalOrderError:
                refused = title
        if refused:
            self.app.say(_("This could not be ordered: {order}.").format(order=refused), "bad", "warning")
        else:
            self.app.say(_("The plan is ordered. You can still change it."), "good", "check_circle")

    def build(self, ui: Ui) -> Node:
        kit = ui.kit
        blocks = self._blocks()
        title, note = _("What the adviser would order"), self.desk.sight.turn_title
        body = framed(ui, room(kit), "adviser", title, note, blocks, flag=self.desk.seat or "", icon="people", gap=8)
        plans = self.found.plans if self.found is not None and self.desk.may_order else ()
        buttons = tuple(
            BarButton(_("Order plan {number}").format(number=at + 1), "check", Take(at))
            for at in reversed(range(len(plans)))
        )
        return page(kit, _("Adviser"), note, body, buttons=buttons, esc=Back(), back=_("To the map"))

    def _blocks(self) -> list[Block]:
        if self.found is None:
            if self.job is not None:
                share = round(100 * self.job.share)
                return [nothing(_("The adviser plays your orders out: {share} %").format(share=share), "hourglass")]
            return [nothing(_("There is nothing to decide now."), "eye")]
        blocks: list[Block] = []
        for number, plan in enumerate(self.found.plans, 1):
            blocks.append(head(_("Plan {number}").format(number=number), rule=number > 1))
            name = _("Expected gain; eight futures of ten: {span}").format(span=plan.span)
            gain = _("on average {gain}").format(gain=plan.gain)
            blocks.append(pair(name, gain, plan.tone or "plain", strong=True))  # type: ignore[arg-type]
            if not plan.orders:
                blocks.append(prose(_("Order nothing this turn."), LEAD))
            blocks += [bullet(title, "arrow_right", "ink", LEAD) for _order, title in plan.orders]
            blocks.append(bullet(plan.reason, "info"))
        return [*blocks, prose(self.found.note, SMALL)]
