"""Why a quantity changed, cause by cause, in words."""

from __future__ import annotations

from dataclasses import dataclass

from game.rules import Change
from game.session import last_change
from game.text import _, keyed
from game.views.names import capital, turn_name
from game.views.sight import Sight


@dataclass(frozen=True)
class Cause:
    """One cause of a change. amount: raw units; text: what it was; amount_text: with its sign."""

    text: str
    amount: int
    amount_text: str


@dataclass(frozen=True)
class Changed:
    """What changed in a turn, with its causes: a quantity, or the points of an objective.

    own: whether it is the viewer's.
    """

    row: int
    title: str
    before: str
    after: str
    change: str
    tone: str
    own: bool
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class Why:
    """A quantity's last change. note: what there is to say where no causes can be shown."""

    row: int
    title: str
    now: str
    turn: int | None
    when: str
    before: str
    after: str
    causes: tuple[Cause, ...]
    note: str
    source: str


def why(sight: Sight, row: int) -> Why:
    """When and why a quantity last changed, as far as the seat may know."""
    value = sight.value(row)
    title = sight.describe(row)

    def known(note: str) -> Why:
        return Why(row, title, value.text, None, "", "", "", (), note, value.source)

    if sight.hides(row):
        return Why(row, title, "", None, "", "", "", (), _("Only its own government knows this."), "")
    if value.estimated:
        return known(_("This is an estimate; what lies behind it is not public."))
    change = last_change(sight.game, row)
    if change is None:
        return known(_("It has not changed since the game began."))
    when = turn_name(_month(sight, change.turn), sight.ruleset.turn_months)
    causes: tuple[Cause, ...] = ()
    note = ""
    if change.causes is None:
        note = _("The causes cannot be shown: another version of the game played this turn.")
    else:
        causes = grouped(sight, change.causes)
        if not causes:
            note = _("It goes back to its start when a turn opens.")
    before, after = sight.show(row, change.before), sight.show(row, change.after)
    return Why(row, title, value.text, change.turn, when, before, after, causes, note, value.source)


def grouped(sight: Sight, changes: tuple[Change, ...]) -> tuple[Cause, ...]:
    """Causes in words, equal ones added up, largest first."""
    sums: dict[str, int] = {}
    for change in changes:
        text = cause_text(sight, change)
        sums[text] = sums.get(text, 0) + change.amount
    row = changes[0].row if changes else 0
    causes = [Cause(text, amount, sight.amount(row, amount)) for text, amount in sums.items() if amount]
    return tuple(sorted(causes, key=lambda cause: -abs(cause.amount)))


def _month(sight: Sight, turn: int) -> int:
    return sight.ruleset.first_month + (turn - 1) * sight.ruleset.turn_months


def hidden_cause(sight: Sight, change: Change) -> bool:
    """Whether what caused a change is a covert order of another seat."""
    template = sight.book.index.get(change.rule)
    covert = template is not None and template.covert
    return covert and sight.seat is not None and change.binding[:1] != (sight.seat,)


def cause_text(sight: Sight, change: Change) -> str:
    """What caused a change, as a phrase: `Arda: Make a friendly gesture (Belen)`."""
    if hidden_cause(sight, change):
        return _("Somebody's covert act")
    match change.cause:
        case "action":
            return order_text(sight, change.rule, change.binding)
        case "cost":
            event, _dot, choice = change.rule.partition(".")
            if choice:
                return _("Cost: {order}").format(order=choice_text(sight, event, choice, change.binding))
            return _("Cost: {order}").format(order=order_text(sight, event, change.binding))
        case "choice":
            event, _dot, choice = change.rule.partition(".")
            return choice_text(sight, event, choice, change.binding)
        case "event":
            return event_text(sight, change.rule, change.binding)
        case "bound":
            return _("Kept within its limits")
        case "objective":
            return _("Objectives")
        case "score":
            return _("Sum of the objectives")
        case "control":
            return _("Set from outside: {reason}").format(reason=change.term)
    if change.rule.startswith("scheduled_"):
        place = int(change.rule.removeprefix("scheduled_"))
        scheduled = sight.book.scheduled[place]
        return keyed(f"scenario.{sight.book.scenario.id}.scheduled.{place}", scheduled.title)
    return rule_text(sight, change)


def order_text(sight: Sight, action: str, binding: tuple[str, ...]) -> str:
    """An order with who gave it and to whom."""
    title = sight.text("actions", action)
    actor = capital(sight.names.plain(binding[0]))
    if len(binding) == 1:
        return _("{actor}: {order}").format(actor=actor, order=title)
    things = ", ".join(sight.names.plain(thing) for thing in binding[1:])
    return _("{actor}: {order} ({things})").format(actor=actor, order=title, things=things)


def choice_text(sight: Sight, event: str, choice: str, binding: tuple[str, ...]) -> str:
    model = sight.models["events"][event]
    title = next((c.title for c in getattr(model, "choices", ()) if c.id == choice), choice)
    answer = keyed(f"events.{event}.{choice}.title", title)
    return _("{answer}, in answer to: {event}").format(answer=answer, event=event_text(sight, event, binding))


def event_text(sight: Sight, event: str, binding: tuple[str, ...]) -> str:
    """The headline of an event, its slots filled."""
    slots = dict(zip(sight.book.index[event].slots, binding, strict=True))
    return sight.names.fill(sight.text("events", event, "headline"), slots)


def rule_text(sight: Sight, change: Change) -> str:
    """A rule by its title, its term where it has one, and the things that the row itself does not name."""
    template = sight.book.index.get(change.rule)
    if template is None:
        return capital(change.rule.replace("_", " "))
    title = keyed(f"rules.{change.rule}.title", template.title or change.rule)
    term = next((effect.title for effect in template.effects if effect.id == change.term and effect.title), None)
    _quantity, args = sight.ruleset.layout.at(change.row)
    others = [sight.names.plain(thing) for thing in change.binding if thing not in args]
    if term is not None:
        title = _("{rule}: {term}").format(rule=title, term=keyed(f"rules.{change.rule}.{change.term}.title", term))
    return _("{title} ({things})").format(title=title, things=", ".join(others)) if others else title
