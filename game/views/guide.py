"""The guide of a scenario: the steps that lead a first-time player, as far as the game has come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from game.text import keyed
from game.views.cards import card
from game.views.sight import Sight


@dataclass(frozen=True)
class GuideStep:
    """One step. points: a part of the map screen (`map`, `orders`, `end_turn`, `card`) or a screen's name.

    until: `read`, `opened`, `forecast`, `ordered`, `answered` or `ended`. number of count: where it stands in the
    whole guide, from 1. turn: the turn it belongs to; one more than the last is the debrief.
    """

    id: str
    title: str
    text: str
    points: str
    until: str
    turn: int
    number: int
    count: int
    done: bool


def guide_turn(sight: Sight) -> int:
    """The turn as the guide counts them: one more than the last when the game is over."""
    return sight.ruleset.turns + 1 if sight.game.over else sight.game.turn


def guide(sight: Sight) -> tuple[GuideStep, ...]:
    """Every step for the seat. `done`: whether the state of the game completes it, whatever the player has seen.

    Nothing for a viewer from outside, and none when several people share the screen.
    """
    seat = sight.seat
    if seat is None or len(sight.game.people) > 1:
        return ()
    scenario = sight.book.scenario
    mine = [step for step in scenario.guide if step.seat in (None, seat)]
    now = guide_turn(sight)
    queued = [str(sight.ruleset.catalogue.template[order]) for order in sight.game.queue(seat)]
    asked = {step.order for step in mine if step.order and step.turn == now} - set(queued)
    possible = _possible(sight, seat) if asked else set()
    waiting = card(sight)
    answered = waiting is None or waiting.answered is not None
    found = []
    for number, step in enumerate(mine, 1):
        done = step.turn < now
        if step.turn == now:
            ordered = step.order in queued or step.order not in possible if step.order else bool(queued)
            done = (step.until == "ordered" and ordered) or (step.until == "answered" and answered)
        key = f"guide.{scenario.id}.{step.id}"
        title, text = keyed(f"{key}.title", step.title), keyed(f"{key}.text", step.text)
        found.append(GuideStep(step.id, title, text, step.points, step.until, step.turn, number, len(mine), done))
    return tuple(found)


def _possible(sight: Sight, seat: str) -> set[str]:
    """The actions of which an order is legal now: a step that asks for another one would never end."""
    catalogue = sight.ruleset.catalogue
    return {str(catalogue.template[order]) for order in sight.game.legal(seat).nonzero()[0]}


def guide_step(sight: Sight, seen: Collection[str], points: str = "") -> GuideStep | None:
    """The step to show now: the first of this turn that is neither done nor in `seen`; with `points` of those
    that point there."""
    now = guide_turn(sight)
    due = (step for step in guide(sight) if step.turn == now and not step.done and step.id not in seen)
    return next((step for step in due if points in ("", step.points)), None)


def guide_of_turn(sight: Sight) -> tuple[GuideStep, ...]:
    """What is said in this turn, for those who read it all at once."""
    now = guide_turn(sight)
    return tuple(step for step in guide(sight) if step.turn == now)
