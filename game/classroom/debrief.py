"""The talk afterwards: what happened, what each side knew, why people decided so, what else might have been."""

from __future__ import annotations

from typing import Any

from game.classroom.klass import Klass
from game.classroom.requests import Debrief
from game.classroom.world import World
from game.scenario.language import month_index
from game.session import Game, IllegalOrderError, UnknownNameError
from game.session.fork import NotPlayedError, at_turn, fork, orders_of, play_on
from game.session.records import Resolved
from game.text import _, keyed
from game.views import Sight, month_name, order_row, outcome, reason_texts
from game.views.causes import choice_text, order_text
from game.views.debrief import ladders
from game.views.news import News, turn_news
from game.views.objectives import objectives
from game.views.outcome import remembered
from game.views.sight import figure

Json = dict[str, Any]
MOST_HIDDEN, MOST_NEWS, MOST_BINDINGS = 8, 4, 80


class CannotError(Exception):
    """A turn that cannot be shown or played so; the message says why."""


def part(klass: Klass, request: Debrief) -> Json:
    """A part of the debrief for the teacher. klass: a snapshot. Raises CannotError."""
    world = klass.world(request.world)
    try:
        return _part(klass, world, request)
    except (NotPlayedError, UnknownNameError) as fault:
        raise CannotError(str(fault)) from None
    except IllegalOrderError as fault:
        sight = Sight(at_turn(world.game, request.turn), request.seat)
        raise CannotError(" ".join(reason_texts(sight, fault.reasons))) from None


def _part(klass: Klass, world: World, request: Debrief) -> Json:
    game = world.game
    match request.part:
        case "outcome":
            return outcome_json(klass, game)
        case "timeline":
            return timeline_json(world, game)
        case "knew":
            return knew_json(game, request.turn)
        case "choices":
            return choices_json(game, request.turn, request.seat)
        case "fork":
            return fork_json(world, game, request)
        case "epilogue":
            return epilogue_json(klass, game)
        case "worlds":
            return worlds_json(klass)
        case "injections":
            return injections_json(game)
        case "channels":
            return {"said": [vars(one) for one in world.said]}


def scores(game: Game) -> list[Json]:
    """Every playable seat's score as it stands, the highest first."""
    rows = []
    sight = Sight(game, None)
    for one in game.scenario.book.scenario.seats:
        raw = game.value(f"score[{one.seat}]")
        rows.append(
            {
                "seat": one.seat,
                "name": sight.names.label(one.seat),
                "score": figure(raw, 100),
                "raw": raw,
                "par": one.par,
            }
        )
    return sorted(rows, key=lambda row: -int(row["raw"]))


def statuses(game: Game) -> list[Json]:
    """Who stands where on the ladders that the report follows."""
    sight = Sight(game, None)
    return [
        {
            "title": view.title,
            "rows": [
                {"name": climb.name, "start": view.rungs[climb.start], "end": view.rungs[climb.end]}
                for climb in view.climbs
            ],
        }
        for view in ladders(sight)
    ]


def outcome_json(klass: Klass, game: Game) -> Json:
    """How things stand wherever the lesson was stopped."""
    sight = Sight(game, None)
    ended = outcome(sight)
    scenario = klass.scenario.book.scenario
    title = ended.title if ended else _("Stopped in {months}").format(months=sight.turn_title)
    return {
        "title": title,
        "text": ended.text if ended else _("The game can go on from here next time."),
        "scores": scores(game),
        "statuses": statuses(game),
        "recorded": recorded(game),
        "news": [_brief(item) for item in remembered(sight)],
        "questions": [keyed(f"scenario.{scenario.id}.debrief.{i}", text) for i, text in enumerate(scenario.debrief)],
        "footnotes": list(sight.names.footnotes()),
    }


def recorded(game: Game) -> list[Json]:
    """Recorded history up to where the game stands."""
    month = game.value("date")
    return [
        {"when": month_name(month_index(fact.date)), "title": fact.title, "source": fact.source}
        for fact in game.scenario.book.scenario.history
        if month_index(fact.date) <= month or game.over
    ]


def pupil_outcome(klass: Klass, number: int, seat: str) -> Json:
    """The debrief on a pupil's page: the outcome, and the seat's decisions. klass: a snapshot; number: the world."""
    world = klass.world(number)
    game = world.game
    found = outcome_json(klass, game)
    sight = Sight(game, seat)
    goals = objectives(sight)
    found["goals"] = (
        [{"title": row.title, "points": row.points_text, "worth": row.worth} for row in goals.rows] if goals else []
    )
    found["decisions"] = [row for row in decisions_json(world, game) if row["seat"] == seat]
    return found


def order_words(sight: Sight, text: str) -> str:
    """An order's text form in words, with its actor left out."""
    game = sight.game
    order = game.ruleset.catalogue.index[text]
    entry = game.ruleset.catalogue.entries[order]
    if entry.choice is not None:
        return choice_text(sight, entry.template, entry.choice, entry.args)
    return order_text(sight, entry.template, entry.args).partition(": ")[2]


def decisions_json(world: World, game: Game) -> list[Json]:
    """Every order of the class's seats with its reason and who gave it."""
    now = Sight(game, None)
    then = {step.act.turn: now.as_of(step.before) for step in reversed(game.steps)}
    playable = set(world.seats)
    return [
        {
            "turn": one.turn,
            "seat": one.seat,
            "name": then.get(one.turn, now).names.label(one.seat),
            "order": order_words(then.get(one.turn, now), one.text),
            "why": one.why,
            "by": list(one.by),
        }
        for one in world.decisions
        if one.seat in playable
    ]


def timeline_json(world: World, game: Game) -> Json:
    """Turn by turn: what happened, who decided what and why."""
    sight = Sight(game, None)
    decided = decisions_json(world, game)
    turns: dict[int, Json] = {}
    for place, step in enumerate(game.steps):
        month = int(step.before[game.ruleset.layout.row("date")])
        row = turns.setdefault(
            step.act.turn, {"turn": step.act.turn, "when": month_name(month), "news": [], "decisions": []}
        )
        row["news"] += [_brief(item) for item in turn_news(sight, place)[:MOST_NEWS]]
        if isinstance(step.act, Resolved):
            row["decisions"] = [one for one in decided if one["turn"] == step.act.turn]
    return {"turns": list(turns.values()), "footnotes": list(sight.names.footnotes())}


def _brief(item: News) -> Json:
    return {
        "turn": item.turn,
        "when": item.when,
        "headline": item.headline,
        "text": item.text,
        "record": item.record,
    }


def knew_json(game: Game, turn: int) -> Json:
    """For every seat: what differed from what it could see as the turn opened, and what was hidden from it."""
    then = at_turn(game, turn)
    all_seeing = Sight(then, None)
    layout = then.ruleset.layout
    seats = []
    for one in then.scenario.book.scenario.seats:
        sight = Sight(then, one.seat)
        gaps = []
        for row in (sight.column != then.column).nonzero()[0].tolist():
            quantity = layout.at(row)[0]
            if quantity.id.startswith("estimate_") or quantity.lasts_turn or sight.hides(row):
                continue
            size = abs(int(sight.column[row]) - int(then.column[row])) / layout.scale(row)
            gaps.append((size, row))
        gaps.sort(reverse=True)
        covert = []
        for step in game.steps:
            if isinstance(step.act, Resolved) and step.act.turn == turn - 1:
                for seat, texts in step.act.orders.items():
                    covert += [
                        f"{all_seeing.names.label(seat)}: {order_words(all_seeing, text)}"
                        for text in texts
                        if seat != one.seat
                        and then.ruleset.catalogue.entries[then.ruleset.catalogue.index[text]].covert
                    ]
        seats.append(
            {
                "seat": one.seat,
                "name": all_seeing.names.label(one.seat),
                "gaps": [
                    {
                        "title": all_seeing.describe(row),
                        "saw": sight.show(row, int(sight.column[row])),
                        "true": sight.show(row, int(then.column[row])),
                    }
                    for _size, row in gaps[:MOST_HIDDEN]
                ],
                "covert": covert,
            }
        )
    return {"turn": turn, "seats": seats, "footnotes": list(all_seeing.names.footnotes())}


def choices_json(game: Game, turn: int, seat: str) -> Json:
    """What a seat ordered in a turn, and everything it might have ordered."""
    then = at_turn(game, turn)
    sight = Sight(then, seat)
    texts = then.ruleset.catalogue.texts
    given = orders_of(game, turn)[seat]
    legal = [int(order) for order in then.legal(seat).nonzero()[0]]
    rows = [order_row(sight, order, True) for order in legal]
    return {
        "turn": turn,
        "seat": seat,
        "given": [texts[order] for order in given],
        "orders": [{"id": row.text, "title": row.title, "cost": row.cost, "category": row.category} for row in rows],
    }


def fork_json(world: World, game: Game, request: Debrief) -> Json:
    """Both futures of a turn, as it was decided and otherwise."""
    people = sorted({one.seat for one in world.decisions if one.by})
    found = fork(game, request.turn, request.seat, request.orders, people)
    sight = Sight(at_turn(game, request.turn), None)
    names = sight.names
    texts = game.ruleset.catalogue.texts

    def spread(low: int, middle: int, high: int) -> str:
        return _("{middle} ({low} to {high})").format(
            middle=figure(middle, 100), low=figure(low, 100), high=figure(high, 100)
        )

    return {
        "turn": request.turn,
        "seat": request.seat,
        "name": names.label(request.seat),
        "given": [order_words(sight, texts[order]) for order in orders_of(game, request.turn)[request.seat]],
        "instead": [order_words(sight, text) for text in request.orders],
        "played": _future(found.as_played, request.turn),
        "otherwise": _future(found.otherwise, request.turn),
        "scores": [
            {
                "seat": one.seat,
                "name": names.label(one.seat),
                "played": figure(found.as_played.value(f"score[{one.seat}]"), 100),
                "otherwise": figure(found.otherwise.value(f"score[{one.seat}]"), 100),
                "played_spread": spread(*vars(found.spreads[one.seat][0]).values()),
                "otherwise_spread": spread(*vars(found.spreads[one.seat][1]).values()),
            }
            for one in game.scenario.book.scenario.seats
        ],
        "note": _(
            "Both futures have the same luck. People repeat what they ordered where it is still possible; the computer "
            "plays all else, to the end. In brackets: eight of ten among a hundred futures."
        ),
        "footnotes": list(names.footnotes()),
    }


def _future(game: Game, turn: int) -> Json:
    sight = Sight(game, None)
    ended = outcome(sight)
    return {
        "title": ended.title if ended else "",
        "text": ended.text if ended else "",
        "statuses": statuses(game),
        "news": [_brief(item) for item in remembered(sight) if item.turn >= turn],
    }


def epilogue_json(klass: Klass, game: Game) -> Json:
    """How the computer would play on to the scenario's end."""
    ended = play_on(game)
    found = outcome_json(klass, ended)
    found["news"] = [item for item in found["news"] if item["turn"] >= game.turn]
    return found


def worlds_json(klass: Klass) -> Json:
    """The same scenario in each world: scores, ladders, the decisions that differ."""
    return {
        "worlds": [
            {
                "world": world.number,
                "turn": world.real.turn,
                "scores": scores(world.real),
                "statuses": statuses(world.real),
                "orders": sum(1 for one in world.decisions if one.by),
                "messages": len(world.said),
            }
            for world in klass.worlds
        ]
    }


def injections_json(game: Game) -> Json:
    """Events that the teacher may let happen, and quantities that may be moved."""
    sight = Sight(game, None)
    happenings = {one.template.id for one in game.ruleset.events.happenings}
    events = []
    for model in game.scenario.book.rulebook.events:
        if model.id not in happenings:
            continue
        bindings = game.ruleset.catalogue.bindings[model.id][:MOST_BINDINGS]
        events.append(
            {
                "id": model.id,
                "title": sight.text("events", model.id),
                "card": bool(model.choices),
                "bindings": [
                    {"things": list(one), "label": sight.names.joined(list(one)) if one else ""} for one in bindings
                ],
            }
        )
    rows = []
    layout = game.ruleset.layout
    for quantity in game.scenario.book.rulebook.quantities:
        if quantity.unit == "points" and not quantity.constant and quantity.lasts != "turn":
            first = layout.quantities[quantity.id]
            rows += [
                {"row": layout.names[first.first + place], "label": sight.describe(first.first + place)}
                for place in range(len(first.instances))
            ]
    return {"events": sorted(events, key=lambda one: str(one["title"])), "rows": rows}
