"""The adviser's plans in words: orders, what they are expected to bring, and why."""

from __future__ import annotations

from dataclasses import dataclass

from game.session.adviser import Advice, Advised, Grounds
from game.text import _
from game.views.causes import cause_text, choice_text
from game.views.names import listed
from game.views.objectives import goal_title, playable
from game.views.orders import order_row
from game.views.sight import Sight


@dataclass(frozen=True)
class PlanView:
    """One plan. orders: (catalogue index, title); gain: the mean against doctrine's choice in points, in words;

    span: the range of eight futures of ten.
    """

    orders: tuple[tuple[int, str], ...]
    gain: str
    span: str
    tone: str
    reason: str


@dataclass(frozen=True)
class AdviceView:
    """note: what kind of statement this is."""

    plans: tuple[PlanView, ...]
    note: str


def advice_view(sight: Sight, advice: Advice) -> AdviceView:
    """At most three plans, best first."""
    months = advice.turns * sight.ruleset.turn_months
    note = _(
        "The adviser's view, from what you can see: each plan was played in many futures over {months} months and "
        "compared with what your government's doctrine would order, with the same luck. Gains are points of your "
        "score, on average over the futures; ranges leave out the highest and the lowest tenth, so that an average can "
        "lie outside its range. It is not a promise."
    ).format(months=months)
    return AdviceView(tuple(_plan(sight, advice, plan) for plan in advice.plans), note)


def _plan(sight: Sight, advice: Advice, plan: Advised) -> PlanView:
    row = sight.ruleset.layout.row(f"score[{advice.seat}]")
    orders = tuple((order, _title(sight, order)) for order in plan.orders)
    gain = sight.amount(row, plan.gain.mean) if plan.gain.mean else _("no difference")
    low, high = sight.amount(row, plan.gain.low), sight.amount(row, plan.gain.high)
    span = low if low == high else _("{low} to {high}").format(low=low, high=high)
    # A mean that lies outside its range is owed to a few futures: no colour may promise or warn.
    tone = "good" if plan.gain.mean > 0 and plan.gain.high > 0 else ""
    tone = "bad" if plan.gain.mean < 0 and plan.gain.low < 0 else tone
    return PlanView(orders, gain, span, tone, _reason(sight, advice, plan))


def _title(sight: Sight, order: int) -> str:
    """An order by its title; an answer with what it answers."""
    entry = sight.ruleset.catalogue.entries[order]
    if entry.choice is None:
        return order_row(sight, order, legal=True).title
    return choice_text(sight, entry.template, entry.choice, entry.args)


def _reason(sight: Sight, advice: Advice, plan: Advised) -> str:
    if plan.doctrine:
        return _("It is what your government's doctrine would order.")
    if plan.grounds is None:
        return _("No future shows a difference.")
    return " ".join(part for part in (_spared(sight, plan.grounds), _driven(sight, advice, plan.grounds)) if part)


def _spared(sight: Sight, grounds: Grounds) -> str:
    if not grounds.spared:
        return ""
    candidate = grounds.spared[0].candidate
    members = [one.member for one in grounds.spared if one.candidate == candidate][:3]
    return _("It keeps {members} from objecting to {candidate}.").format(
        members=listed([sight.names.plain(member) for member in members]), candidate=sight.names.plain(candidate)
    )


def _driven(sight: Sight, advice: Advice, grounds: Grounds) -> str:
    if grounds.objective is None:
        return _("None of your objectives stands better for it within that time; it saves what others would cost.")
    title = _objective_title(sight, advice.seat, grounds.objective)
    row = sight.ruleset.layout.row(f"score[{advice.seat}]")
    gain = sight.amount(row, grounds.gain) if grounds.gain else _("less than a point")
    if grounds.driver is None:
        return _("It serves “{objective}” ({gain}).").format(objective=title, gain=gain)
    change = grounds.driver.change
    later, less = grounds.driver.later, grounds.driver.less
    if less and later:
        pattern = _("It serves “{objective}” ({gain}): {quantity} {amount}, since this will be ordered less: {cause}.")
    elif less and grounds.driver.amount:
        pattern = _(
            "It serves “{objective}” ({gain}): {quantity} {amount}, since this becomes rarer or weaker: {cause}."
        )
    elif later:
        pattern = _("It serves “{objective}” ({gain}): {quantity} {amount}, once a later order follows: {cause}.")
    elif not grounds.driver.amount:
        pattern = _("It serves “{objective}” ({gain}): {quantity} changes in some futures, through {cause}.")
    else:
        pattern = _("It serves “{objective}” ({gain}): {quantity} {amount}, through {cause}.")
    return pattern.format(
        objective=title,
        gain=gain,
        quantity=sight.describe(change.row),
        amount=sight.amount(change.row, grounds.driver.amount),
        cause=cause_text(sight, change),
    )


def _objective_title(sight: Sight, seat: str, objective: str) -> str:
    model = playable(sight, seat)
    goal = next((goal for goal in model.objectives if goal.id == objective), None) if model else None
    return goal_title(sight, seat, goal) if goal else objective
