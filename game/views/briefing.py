"""What a scenario and a seat are told at the start."""

from __future__ import annotations

from dataclasses import dataclass

from game.scenario import Scenario
from game.scenario.models import PlayableModel
from game.text import keyed
from game.views.names import Names, opening_names
from game.views.objectives import Objectives, objectives, playable
from game.views.sight import Sight


@dataclass(frozen=True)
class SeatCard:
    """A playable seat, for the picker."""

    seat: str
    name: str
    briefing: str
    goal: str
    objections: str
    helps: tuple[str, ...]
    objectives: tuple[str, ...]
    par: int | None


@dataclass(frozen=True)
class ScenarioCard:
    """A scenario, for the picker."""

    id: str
    title: str
    summary: str
    briefing: str
    turns: int
    turn_months: int
    computer_seats: str
    seats: tuple[SeatCard, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Briefing:
    """What the viewer's seat is told: the situation, what it wants, who objects, what helps."""

    title: str
    situation: str
    seat: SeatCard | None
    objectives: Objectives | None
    footnotes: tuple[str, ...]


def scenario_card(scenario: Scenario) -> ScenarioCard:
    model = scenario.book.scenario
    names = opening_names(scenario.book)
    key = f"scenario.{model.id}"
    return ScenarioCard(
        model.id,
        keyed(f"{key}.title", model.title),
        keyed(f"{key}.summary", model.summary),
        keyed(f"{key}.briefing", model.briefing),
        model.turns,
        int(model.turn_months),
        keyed(f"{key}.computer_seats", model.computer_seats) if model.computer_seats else "",
        tuple(_seat_card(scenario, one, names) for one in model.seats),
        tuple(model.sources),
    )


def _seat_card(scenario: Scenario, one: PlayableModel, names: Names) -> SeatCard:
    actions = {action.id: action for action in scenario.book.rulebook.actions}
    key = f"scenario.{scenario.id}.{one.seat}"
    return SeatCard(
        one.seat,
        names.label(one.seat),
        keyed(f"{key}.briefing", one.briefing),
        keyed(f"{key}.goal", one.goal),
        keyed(f"{key}.objections", one.objections),
        tuple(keyed(f"actions.{action}.title", actions[action].title) for action in one.helps),
        tuple(keyed(f"{key}.{goal.id}.title", goal.title) for goal in one.objectives),
        one.par,
    )


def briefing(sight: Sight) -> Briefing:
    card = scenario_card(sight.game.scenario)
    model = playable(sight, sight.seat)
    seat = _seat_card(sight.game.scenario, model, sight.names) if model is not None else None
    return Briefing(card.title, card.briefing, seat, objectives(sight), sight.names.footnotes())
