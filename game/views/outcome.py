"""How a game ended: the ending, every seat's score, one's own decisions, recorded history beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from game.scenario import expression as ex
from game.scenario.language import month_index
from game.session.goals import rows_read
from game.text import _, keyed
from game.views.council import status_quantity, vote_of
from game.views.names import month_name, turn_name
from game.views.news import News, put_off, turn_news
from game.views.objectives import Objectives, objectives
from game.views.report import orders_of
from game.views.sight import Sight, figure
from game.views.sources import spelled

WEIGHTY, A_TURN, A_FEW = 8, 3, 3
"""How weighty news must be to be remembered, how many of a turn are, and of a game in which nothing is."""
MOST_NAMED = 12
"""At most so many members are named as those who kept the seat out."""


@dataclass(frozen=True)
class SeatScore:
    seat: str
    name: str
    score: float
    score_text: str
    par: int | None
    played: bool


@dataclass(frozen=True)
class Decision:
    """What the viewer's seat ordered in one turn."""

    turn: int
    when: str
    orders: tuple[str, ...]


@dataclass(frozen=True)
class Recorded:
    """A recorded fact of history."""

    when: str
    title: str
    source: str


@dataclass(frozen=True)
class Outcome:
    """text: of the ending, with who kept the seat out where it tells of that. verdict: the score against par in a
    sentence; questions: for the talk afterwards.
    """

    title: str
    text: str
    verdict: str
    objectives: Objectives | None
    scores: tuple[SeatScore, ...]
    decisions: tuple[Decision, ...]
    recorded: tuple[Recorded, ...]
    played: tuple[News, ...]
    questions: tuple[str, ...]


def outcome(sight: Sight) -> Outcome | None:
    """None while the game goes on."""
    ending = int(sight.column[sight.ruleset.layout.row("ending")])
    if not ending:
        return None
    model = sight.book.endings[ending - 1]
    scenario = sight.book.scenario
    scores = []
    for one in scenario.seats:
        raw = int(sight.column[sight.ruleset.layout.row(f"score[{one.seat}]")])
        name = sight.names.label(one.seat)
        played = one.seat in sight.game.people
        scores.append(SeatScore(one.seat, name, raw / 100, figure(raw, 100), one.par, played))
    own = objectives(sight)
    text = sight.text("endings", model.id, "text")
    return Outcome(
        sight.text("endings", model.id),
        " ".join(part for part in (text, *_put_off(sight, model.when)) if part),
        _verdict(own),
        own,
        tuple(sorted(scores, key=lambda row: -row.score)),
        decisions(sight),
        tuple(
            Recorded(month_name(month_index(fact.date)), fact.title, spelled(fact.source)) for fact in scenario.history
        ),
        remembered(sight),
        tuple(keyed(f"scenario.{scenario.id}.debrief.{i}", text) for i, text in enumerate(scenario.debrief)),
    )


def _put_off(sight: Sight, ending: ex.Expression) -> Iterator[str]:
    """Who kept the viewer's seat out: for each council that put it off last, where the ending is about that."""
    layout = sight.ruleset.layout
    asked = rows_read(sight.ruleset, ending)
    for model in sight.book.rulebook.councils:
        status = status_quantity(sight, model)
        row = layout.find(status, (sight.seat,)) if status and sight.seat else None
        if row not in asked or sight.seat not in sight.book.sets[model.candidates]:
            continue
        for place in range(len(sight.game.steps) - 1, -1, -1):
            step = sight.game.steps[place]
            then = sight.as_of(step.before)
            vote = vote_of(then, place, model, sight.seat)
            if vote is not None:
                if not vote.adopted:
                    month = int(step.before[layout.row("date")])
                    yield _("{council}, {when}. {objections}").format(
                        council=sight.text("councils", model.id),
                        when=turn_name(month, sight.ruleset.turn_months),
                        objections=put_off(then, step, model, sight.seat, vote, MOST_NAMED),
                    )
                break


def _verdict(own: Objectives | None) -> str:
    if own is None:
        return ""
    if own.par is None:
        return _("{seat} scores {score}.").format(seat=own.name, score=own.score_text)
    if own.score > own.par:
        return _("{seat} scores {score}, above the par of {par}.").format(
            seat=own.name, score=own.score_text, par=own.par
        )
    if own.score == own.par:
        return _("{seat} scores {score}, exactly par.").format(seat=own.name, score=own.score_text)
    return _("{seat} scores {score}, below the par of {par}.").format(seat=own.name, score=own.score_text, par=own.par)


def remembered(sight: Sight) -> tuple[News, ...]:
    """The weightiest news of every turn, in order of time; where none is weighty, the weightiest of the game."""
    news = [turn_news(sight, place) for place in range(len(sight.game.steps))]
    found = [item for items in news for item in [one for one in items if one.weight >= WEIGHTY][:A_TURN]]
    if found:
        return tuple(found)
    every = [item for items in news for item in items[:A_TURN]]
    few = sorted(range(len(every)), key=lambda at: -every[at].weight)[:A_FEW]
    return tuple(every[at] for at in sorted(few))


def decisions(sight: Sight) -> tuple[Decision, ...]:
    """The viewer's own orders, turn by turn."""
    found = []
    for place, step in enumerate(sight.game.steps):
        for seat in orders_of(sight, place):
            if seat.seat == sight.seat:
                month = month_name(int(step.before[sight.ruleset.layout.row("date")]))
                found.append(Decision(step.act.turn, month, seat.orders))
    return tuple(found)
