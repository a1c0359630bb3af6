"""The news of a turn, each from a fired event or a change in the ledger: at most five, the rest in history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from game.scenario.models import CouncilModel
from game.session import Step
from game.session.causes import ledger
from game.session.records import Injected
from game.text import _
from game.views.council import status_quantity, vote_of
from game.views.names import capital, turn_name
from game.views.sight import Sight

AT_MOST = 5
LADDER, VOTE, TALKS, GOVERNMENT, INJECTED, ENDING = 8, 9, 7, 6, 9, 10


@dataclass(frozen=True)
class News:
    """One item. weight: 0–10; things: whom it concerns; kind: `event`, `ladder`, `vote`, `talks` …"""

    turn: int
    when: str
    kind: str
    weight: int
    headline: str
    text: str
    things: tuple[str, ...]
    source: str = ""
    contested: bool = False
    library: tuple[str, ...] = ()


def news(sight: Sight, at_most: int = AT_MOST) -> tuple[News, ...]:
    """What the last turn brought, the weightiest first."""
    if not sight.game.steps:
        return ()
    return tuple(turn_news(sight, len(sight.game.steps) - 1)[:at_most])


def history(sight: Sight) -> tuple[News, ...]:
    """All news of the game, newest turn first."""
    found: list[News] = []
    for place in range(len(sight.game.steps) - 1, -1, -1):
        found += turn_news(sight, place)
    return tuple(found)


def turn_news(sight: Sight, place: int) -> list[News]:
    """All news of one step, the weightiest first; equals in the order of the rulebook."""
    step = sight.game.steps[place]
    told = _told(sight, step)
    items = [
        *_injected(sight, step),
        *_events(sight, step),
        *_votes(sight, step, place),
        *_ladders(sight, step, told),
        *_governments(sight, step, told),
        *_ending(sight, step),
    ]
    return sorted(items, key=lambda item: -item.weight)


def _told(sight: Sight, step: Step) -> set[int]:
    """Rows whose change is told with the event or the council's decision that caused it."""
    adopting = {f"{model.id}_adopts" for model in sight.book.rulebook.councils}
    changes = ledger(sight.game, step) or ()
    return {change.row for change in changes if change.cause == "event" or change.rule in adopting}


def _when(sight: Sight, step: Step) -> str:
    month = int(step.before[sight.ruleset.layout.row("date")])
    return turn_name(month, sight.ruleset.turn_months)


def _injected(sight: Sight, step: Step) -> Iterator[News]:
    if isinstance(step.act, Injected):
        yield News(step.act.turn, _when(sight, step), "control", INJECTED, step.act.title, "", ())


def _events(sight: Sight, step: Step) -> Iterator[News]:
    """Events whose last-fired row says this turn."""
    last = sight.ruleset.layout.quantities["last"]
    turn = step.act.turn
    for place, (event, *binding) in enumerate(last.instances):
        row = last.first + place
        if int(step.after[row]) != turn or int(step.before[row]) == turn:
            continue
        model = next(found for found in sight.book.rulebook.events if found.id == event)
        if not model.news:
            continue
        slots = dict(zip(sight.book.index[event].slots, binding, strict=True))
        yield News(
            turn,
            _when(sight, step),
            "event",
            model.news,
            sight.names.fill(sight.text("events", event, "headline"), slots),
            sight.names.fill(sight.text("events", event, "text"), slots),
            tuple(binding),
            model.source,
            model.contested,
            tuple(model.library),
        )


def _votes(sight: Sight, step: Step, place: int) -> Iterator[News]:
    """Decisions of councils, with those who objected named."""
    for model in sight.book.rulebook.councils:
        title = sight.text("councils", model.id)
        for candidate in sight.book.sets[model.candidates]:
            vote = vote_of(sight, place, model, candidate)
            if vote is None:
                continue
            adopted, objecting = vote
            name = sight.names.plain(candidate)
            if adopted:
                headline = _("{council}: agreement on {candidate}").format(council=title, candidate=name)
                text = _adopted(sight, step, model, candidate)
            else:
                headline = _("{council}: {candidate} is put off").format(council=title, candidate=name)
                text = _("Objections came from {names}.").format(names=sight.names.joined(objecting))
            things = (candidate, *objecting)
            yield News(step.act.turn, _when(sight, step), "vote", VOTE, headline, text, things)


def _adopted(sight: Sight, step: Step, model: CouncilModel, candidate: str) -> str:
    """What an agreement brought: the rung reached."""
    status = status_quantity(sight, model)
    row = sight.ruleset.layout.find(status, (candidate,)) if status else None
    if row is None or int(step.before[row]) == int(step.after[row]):
        return _("No member objected.")
    return _("{quantity}: {value}. It was: {before}.").format(
        quantity=sight.describe(row),
        value=sight.show(row, int(step.after[row])),
        before=sight.show(row, int(step.before[row])),
    )


def _ladders(sight: Sight, step: Step, told: set[int]) -> Iterator[News]:
    """Rungs climbed and lost, recognitions, talks."""
    report = sight.book.report
    reported = set(report.ladders.values()) if report else set()
    flags = set(report.recognised.values()) if report else set()
    for model in sight.book.rulebook.quantities:
        ladder = model.unit.startswith("ladder:")
        if not (ladder or model.id in flags) or model.visible != "public" or model.lasts == "turn":
            continue
        quantity = sight.ruleset.layout.quantities[model.id]
        for place, args in enumerate(quantity.instances):
            row = quantity.first + place
            before, after = int(step.before[row]), int(step.after[row])
            if before == after or row in told:
                continue
            weight = LADDER if model.id in reported or model.id in flags else TALKS - 1
            headline = _("{quantity}: {value}").format(quantity=sight.describe(row), value=sight.show(row, after))
            text = _("It was: {value}.").format(value=sight.show(row, before)) if ladder else ""
            yield News(step.act.turn, _when(sight, step), "ladder", weight, headline, text, args)


def _governments(sight: Sight, step: Step, told: set[int]) -> Iterator[News]:
    quantity = sight.ruleset.layout.quantities["government"]
    for place, (seat,) in enumerate(quantity.instances):
        row = quantity.first + place
        before, after = int(step.before[row]), int(step.after[row])
        if before != after and row not in told:
            headline = _("{country}: a new government").format(country=capital(sight.names.plain(seat)))
            text = _("{new}, after {old}.").format(
                new=sight.government(seat, after), old=sight.government(seat, before)
            )
            yield News(step.act.turn, _when(sight, step), "government", GOVERNMENT, headline, text, (seat,))


def _ending(sight: Sight, step: Step) -> Iterator[News]:
    ending = int(step.after[sight.ruleset.layout.row("ending")])
    if ending:
        model = sight.book.rulebook.endings[ending - 1]
        headline = sight.text("endings", model.id)
        text = sight.text("endings", model.id, "text")
        yield News(step.act.turn, _when(sight, step), "ending", ENDING, headline, text, ())
