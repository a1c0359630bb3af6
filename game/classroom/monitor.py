"""The teacher's monitor: who is here, who has submitted, what is being said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from game.classroom.roles import care
from game.views import Sight

if TYPE_CHECKING:
    from game.classroom.room import Room

LAST_SAID = 80
MANY_GUESSES = 10


def monitor_json(room: Room) -> dict[str, Any]:
    """Everything on the teacher's console but the views of the games."""
    klass, here = room.klass, room.here
    return {
        "is": "monitor",
        "pin": klass.pin,
        "address": room.base,
        "stage": klass.stage,
        "frozen": klass.frozen,
        "turns": klass.turns,
        "fixed": klass.begun,
        "settings": {**klass.settings.__dict__},
        "guesses": room.guesses.total if room.guesses.total >= MANY_GUESSES else 0,
        "broken": room.broken,
        "lesson": _lesson(room),
        "people": [
            {
                "id": person.id,
                "name": person.name,
                "world": person.world,
                "seat": person.seat,
                "observer": person.observer,
                "here": person.id in here,
                "checked": person.checked == person.seat and person.seat != "",
                "tries": person.tries,
                "declined": list(person.declined),
                "revoked": person.revoked,
                "late": person.late,
            }
            for person in klass.people.values()
        ],
        "worlds": [_world(room, world.number, here) for world in klass.worlds],
    }


def _lesson(room: Room) -> dict[str, Any]:
    scenario = room.klass.scenario.book.scenario
    teaching = scenario.teaching
    return {
        "title": scenario.title,
        "age": list(teaching.age) if teaching else [],
        "minutes": teaching.minutes if teaching else 0,
        "goals": list(teaching.goals) if teaching else [],
        "care": [
            {"seat": one.seat, "why": why} for one in scenario.seats if (why := care(room.klass.scenario, one.seat))
        ],
        "questions": list(scenario.debrief),
    }


def _world(room: Room, number: int, here: set[int]) -> dict[str, Any]:
    klass = room.klass
    world = klass.world(number)
    game = world.game
    names = Sight(game, None).names
    held = set(klass.held(number, here))
    texts = game.ruleset.catalogue.texts
    rows = []
    for seat in world.seats:
        people = klass.seated(number, seat)
        rows.append(
            {
                "seat": seat,
                "name": names.label(seat),
                "people": [person.id for person in people],
                "here": sum(person.id in here for person in people),
                "orders": [texts[order] for order in game.queue(seat)],
                "done": seat in game.handed_in,
                "computer": seat not in held,
            }
        )
    return {
        "world": number,
        "turn": game.turn,
        "played": world.played,
        "begun": bool(world.decisions),
        "over": klass.over(number),
        "seats": rows,
        "messages": len(world.said),
        "letters": sum(one.to == "teacher" for one in world.said),
        "said": [
            {"n": one.n, "from": one.sender, "to": one.to, "by": one.by, "text": one.text, "turn": one.turn}
            for one in world.said[-LAST_SAID:]
        ],
    }
