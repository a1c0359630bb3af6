"""What a pupil's page shows of a game: the view models of `game.views`, cut to what fits a phone.

Each function returns plain JSON values. A seat's view is made from its own `Sight`, so that nothing it may not
know is in it.
"""

from __future__ import annotations

from typing import Any

from game.classroom.roles import care, questions
from game.rules import observe
from game.scenario import Scenario
from game.session import Forecaster, Game
from game.session.columns import Column, column_of, world_of
from game.text import _
from game.views import (
    Sight,
    briefing,
    card,
    categories,
    councils,
    countries,
    dialogues,
    forecast_view,
    history,
    matter_now,
    member_groups,
    news,
    objectives,
    queue,
    report,
    scenario_card,
)
from game.views.bar import bar
from game.views.council import CandidateRow, CouncilView
from game.views.map import map_picture, modes
from game.views.news import News
from game.views.orders import OrderRow

Json = dict[str, Any]
TERMS, CAUSES, HISTORY = 4, 3, 60
FORECAST_FUTURES = 100


def order_json(row: OrderRow) -> Json:
    return {
        "id": row.text,
        "title": row.title,
        "cost": row.cost,
        "free": row.free,
        "covert": row.covert,
        "legal": row.legal,
        "queued": row.queued,
        "reasons": list(row.reasons),
        "help": row.help,
        "effects": list(row.effects),
        "category": row.category,
    }


def scenario_json(scenario: Scenario) -> Json:
    """What everybody may know before the start, other seats' public cards included."""
    told = scenario_card(scenario)
    return {
        "id": told.id,
        "title": told.title,
        "summary": told.summary,
        "briefing": told.briefing,
        "seats": [{"seat": one.seat, "name": one.name, "goal": one.goal} for one in told.seats],
        "computer": told.computer_seats,
        "categories": [{"id": one.id, "title": one.title} for one in scenario.book.rulebook.categories],
    }


def role_json(game: Game, seat: str) -> Json:
    """The role card of a seat with its questions, the right answers left out."""
    told = briefing(Sight(game, seat))
    assert told.seat is not None
    return {
        "seat": seat,
        "name": told.seat.name,
        "briefing": told.seat.briefing,
        "goal": told.seat.goal,
        "objections": told.seat.objections,
        "helps": list(told.seat.helps),
        "care": care(game.scenario, seat),
        "questions": [{"ask": one.ask, "answers": list(one.answers)} for one in questions(game.scenario, seat)],
    }


def desk_json(game: Game, seat: str) -> Json:
    """What changes while orders are given: quick to make, sent after every order."""
    sight = Sight(game, seat)
    told, waiting, open_card = bar(sight), queue(sight), card(sight)
    found: Json = {
        "turn": told.turn,
        "turns": told.turns,
        "date": told.date,
        "months": told.months,
        "purse": told.purse,
        "income": told.income,
        "slots": told.slots,
        "allowed": told.allowed,
        "score": told.score,
        "score_change": told.score_change,
        "over": told.over,
        "queue": [order_json(row) for row in waiting.orders],
        "card": None,
    }
    if open_card is not None:
        found["card"] = {
            "headline": open_card.headline,
            "text": open_card.text,
            "record": open_card.record,
            "source": open_card.source,
            "contested": open_card.contested,
            "answered": open_card.answered,
            "choices": [
                {**order_json(one.order), "choice": one.id, "default": one.default} for one in open_card.choices
            ],
        }
    return found


def orders_json(game: Game, seat: str) -> Json:
    """The orders that matter now, and every order by category."""
    sight = Sight(game, seat)
    return {
        "now": [order_json(row) for row in matter_now(sight)],
        "all": [
            {"id": one.id, "title": one.title, "orders": [order_json(row) for row in one.orders]}
            for one in categories(sight)
        ],
    }


def seat_json(game: Game, seat: str | None) -> Json:
    """What holds for a whole turn, as a seat sees it; None sees all (for the teacher)."""
    sight = Sight(game, seat)
    goals = objectives(sight)
    open_votes = _votes(sight) if seat is not None and not game.over else {}
    return {
        "turn": game.turn,
        "months": sight.turn_title,
        "goals": None
        if goals is None
        else {
            "goal": goals.goal,
            "score": goals.score_text,
            "par": goals.par,
            "rows": [
                {"title": row.title, "help": row.help, "points": row.points_text, "worth": row.worth}
                for row in goals.rows
            ],
        },
        "councils": [_council(sight, view, open_votes) for view in councils(sight)],
        "talks": _talks(sight),
        "news": [_news(item) for item in news(sight)],
        "report": _report(sight),
        "maps": maps_json(sight),
        "countries": _countries(sight),
        "footnotes": list(sight.names.footnotes()),
    }


def public_json(game: Game) -> Json:
    """The projector's picture: what every seat may know alike, and nothing that belongs to one of them."""
    hidden = Onlooker(game)
    told = bar(hidden)
    return {
        "title": told.title,
        "date": told.date,
        "months": told.months,
        "turn": told.turn,
        "turns": told.turns,
        "news": [_news(item) for item in news(hidden)],
        "maps": maps_json(hidden),
        "councils": [_council(hidden, view, {}) for view in councils(hidden)],
        "footnotes": list(hidden.names.footnotes()),
    }


class Onlooker(Sight):
    """Sees what every seat sees: other seats' secrets and true figures behind estimates are left out."""

    def __init__(self, game: Game) -> None:
        super().__init__(game, None)

    def observed(self, column: Column) -> Column:
        masked = column.copy()
        for place, seat in enumerate(self.ruleset.seats):
            seen = column_of(observe(self.ruleset, world_of(self.ruleset, column, self.game.seed), place))
            for row in (seen != column).nonzero()[0].tolist():
                if seat not in self.ruleset.layout.at(row)[1]:
                    masked[row] = seen[row]
        masked.flags.writeable = False
        return masked

    def hides(self, row: int) -> bool:
        return self.ruleset.layout.at(row)[0].visible == "owner"

    def owns(self, args: tuple[str, ...]) -> bool:
        return False


def maps_json(sight: Sight) -> list[Json]:
    found = []
    for mode in modes(sight):
        picture = map_picture(sight, mode.id)
        found.append(
            {
                "id": mode.id,
                "title": mode.title,
                "legend_title": picture.title,
                "scale": picture.scale,
                "legend": [{"label": step.label, "pattern": step.pattern} for step in picture.legend],
                "shades": picture.shades,
                "values": {place: picture.values.get(thing, "") for place, thing in picture.places.items()},
                "labels": picture.labels,
                "spots": [{"id": one.id, "name": one.name, "heat": one.heat} for one in picture.spots],
                "posts": [{"id": one.id, "name": one.name, "detail": one.detail} for one in picture.posts],
                "arcs": [{"a": one.first, "b": one.second, "value": one.value} for one in picture.arcs],
                "keys": [list(key) for key in picture.keys],
            }
        )
    return found


def _news(item: News) -> Json:
    return {
        "turn": item.turn,
        "when": item.when,
        "kind": item.kind,
        "headline": item.headline,
        "text": item.text,
        "record": item.record,
        "source": item.source,
        "contested": item.contested,
    }


def history_json(game: Game, seat: str | None) -> list[Json]:
    return [_news(item) for item in history(Sight(game, seat))[:HISTORY]]


def _votes(sight: Sight) -> dict[str, list[Json]]:
    """A seat's free orders in councils, by candidate."""
    names = {
        action
        for model in sight.book.rulebook.councils
        for action in (model.assent, model.declare, model.hold)
        if action is not None
    }
    catalogue = sight.ruleset.catalogue
    found: dict[str, list[Json]] = {}
    for group in categories(sight):
        for row in group.orders:
            if row.action in names and (row.legal or row.queued):
                args = catalogue.entries[row.order].args
                found.setdefault(args[-1] if len(args) > 1 else "", []).append(order_json(row))
    return found


def _council(sight: Sight, view: CouncilView, votes: dict[str, list[Json]]) -> Json:
    return {
        "id": view.id,
        "title": view.title,
        "help": view.help,
        "meets": view.meets,
        "next": view.next_meeting,
        "candidates": [_candidate(row, votes.get(row.candidate, [])) for row in view.candidates if row.next],
    }


def _candidate(row: CandidateRow, votes: list[Json]) -> Json:
    groups = member_groups(row)
    return {
        "name": row.name,
        "rung": row.rung,
        "next": row.next,
        "agenda": row.on_agenda,
        "summary": row.summary,
        "last": row.last_vote,
        "votes": votes,
        "groups": [
            {
                "names": [member.name for member in group.members],
                "margin": group.first.margin_text,
                "objections": [{"title": one.title, "cure": one.cure} for one in group.first.objections],
                "terms": [{"title": term.title, "text": term.text} for term in group.first.terms[:TERMS]],
            }
            for group in groups
        ]
        if row.on_agenda
        else [],
    }


def _talks(sight: Sight) -> list[Json]:
    return [
        {
            "name": row.name,
            "note": row.note,
            "state": row.state,
            "progress": row.progress.text if row.progress is not None else "",
            "needed": row.agree_at,
            "verdict": row.verdict,
            "mine": any(side.side == sight.seat for side in row.sides),
            "sides": [
                {
                    "name": side.name,
                    "gain": side.gain_text,
                    "accepts": side.accepts,
                    "deed": side.deed,
                    "terms": [{"title": term.title, "text": term.text} for term in side.terms[:TERMS]],
                }
                for side in row.sides
            ],
        }
        for view in dialogues(sight)
        for row in view.dossiers
    ]


def _report(sight: Sight) -> Json | None:
    told = report(sight)
    if told is None:
        return None
    return {
        "turn": told.turn,
        "when": told.when,
        "more": told.more,
        "changes": [
            {
                "title": row.title,
                "before": row.before,
                "after": row.after,
                "change": row.change,
                "tone": row.tone,
                "own": row.own,
                "causes": [{"text": one.text, "amount": one.amount_text} for one in row.causes[:CAUSES]],
            }
            for row in told.changes
        ],
        "orders": [{"name": one.name, "orders": list(one.orders)} for one in told.orders],
    }


def _countries(sight: Sight) -> Json:
    table = countries(sight)
    return {
        "titles": list(table.titles),
        "rows": [
            {
                "id": row.id,
                "name": row.name,
                "values": [
                    None if value is None else {"text": value.text, "change": value.change_text, "tone": value.tone}
                    for value in row.values
                ],
            }
            for row in table.rows
        ],
    }


def forecast_json(game: Game, seat: str, order: str) -> Json | None:
    """What an order would change, on top of those that wait."""
    forecaster = Forecaster(game, FORECAST_FUTURES)
    orders = [*game.queue(seat)]
    index = game.order(order)
    found = forecaster.forecast(seat, orders if index in orders else [*orders, index])
    if found is None:
        return None
    view = forecast_view(Sight(game, seat), found, 6)
    rows = [view.score, *view.rows]
    return {
        "note": view.note,
        "rows": [
            {"title": row.title, "difference": row.difference, "likely": row.likely, "tone": row.tone} for row in rows
        ],
        "title": _("With the orders that wait, and this one"),
    }
