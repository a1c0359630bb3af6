"""What is printed: role cards with their questions, join cards, the debrief's questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from game.classroom import views
from game.classroom.debrief import recorded
from game.classroom.roles import questions
from game.scenario.language import month_index
from game.text import keyed
from game.views import Sight, month_name, objectives

if TYPE_CHECKING:
    from game.classroom.room import Room


def handouts_json(room: Room) -> dict[str, Any]:
    """Every role card, the teacher's sheet with the answers, and the questions for afterwards."""
    klass = room.klass
    game = klass.world(1).snapshot().game
    scenario = klass.scenario.book.scenario
    cards = []
    for one in scenario.seats:
        card = views.role_json(game, one.seat)
        goals = objectives(Sight(game, one.seat))
        card["objectives"] = [{"title": g.title, "worth": g.worth} for g in goals.rows] if goals else []
        card["right"] = [question.right for question in questions(klass.scenario, one.seat)]
        cards.append(card)
    teaching = scenario.teaching
    return {
        "scenario": views.scenario_json(klass.scenario),
        "pin": klass.pin,
        "address": room.base,
        "cards": cards,
        "age": list(teaching.age) if teaching else [],
        "minutes": teaching.minutes if teaching else 0,
        "goals": list(teaching.goals) if teaching else [],
        "questions": [keyed(f"scenario.{scenario.id}.debrief.{i}", text) for i, text in enumerate(scenario.debrief)],
        "recorded": recorded(game) if game.over else _all_recorded(room),
        "sources": list(scenario.sources),
        "footnotes": list(Sight(game, None).names.footnotes()),
    }


def _all_recorded(room: Room) -> list[dict[str, str]]:
    return [
        {"when": month_name(month_index(fact.date)), "title": fact.title, "source": fact.source}
        for fact in room.klass.scenario.book.scenario.history
    ]
