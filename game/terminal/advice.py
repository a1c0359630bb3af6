"""The adviser's screen."""

from __future__ import annotations

from collections.abc import Iterator

from game.terminal.speaker import Line, Part, Style
from game.text import _
from game.views.advice import AdviceView


def advice_screen(view: AdviceView) -> Iterator[Part]:
    """The plans, best first, with what they are expected to bring and why."""
    yield Line(_("What the adviser would order"), "heading")
    for number, plan in enumerate(view.plans, 1):
        orders = "; ".join(title for _order, title in plan.orders) or _("nothing")
        style: Style = "good" if plan.tone == "good" else "bad" if plan.tone == "bad" else "plain"
        text = _("{number}. {orders}. On average {gain}; eight futures of ten: {span}.").format(
            number=number, orders=orders, gain=plan.gain, span=plan.span
        )
        yield Line(text, style, 1)
        yield Line(plan.reason, indent=2)
    yield Line(view.note, "dim", 1)
