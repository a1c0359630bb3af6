"""The news of a turn, each from a fired event or a change in the ledger: at most five, the rest in history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from game.scenario.models import CouncilModel, EventModel
from game.session import Step
from game.session.causes import ledger
from game.session.records import Injected
from game.text import _
from game.views.council import Vote, margins_at, status_quantity, vote_of
from game.views.dialogue import attendance
from game.views.incidents import untold
from game.views.names import capital, listed, turn_name
from game.views.record import recorded
from game.views.sight import Sight, points
from game.views.sources import spelled

AT_MOST = 5
LADDER, VOTE, TALKS, GOVERNMENT, INJECTED, ENDING = 8, 9, 6, 6, 9, 10
NAMED = 4
"""At most so many objecting members are named in a headline's text; the council's screen names all."""


@dataclass(frozen=True)
class News:
    """One item. weight: 0–10; things: whom it concerns; kind: `event`, `ladder`, `vote`, `talks` …

    record: what the real history knows of an event, told as such, or "".
    """

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
    record: str = ""


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
    sight = sight.as_of(step.before)
    told = _told(sight, step)
    items = [
        *_injected(sight, step),
        *_events(sight, step),
        *_incidents(sight, step),
        *_votes(sight, step, place),
        *_empty_chairs(sight, step),
        *_recognitions(sight, step),
        *_ladders(sight, step, told),
        *_governments(sight, step, told),
        *_ending(sight, step),
    ]
    return sorted(items, key=lambda item: -item.weight)


def _told(sight: Sight, step: Step) -> set[int]:
    """Rows whose change is told with the event or the council's decision that caused or reports it."""
    adopting = {f"{model.id}_adopts" for model in sight.book.rulebook.councils}
    changes = ledger(sight.game, step) or ()
    told = {change.row for change in changes if change.cause == "event" or change.rule in adopting}
    happened = fired(sight, step)
    if happened and isinstance(step.act, Injected):
        told.update((step.before != step.after).nonzero()[0].tolist())
    for event, binding in happened:
        asked = " ".join(test.test for test in event.when)
        for row in (step.before != step.after).nonzero()[0].tolist():
            quantity, args = sight.ruleset.layout.at(row)
            if f"{quantity.id}[" in asked and set(args) & set(binding):
                told.add(row)
    return told


def fired(sight: Sight, step: Step) -> list[tuple[EventModel, tuple[str, ...]]]:
    """The events of a step with their bindings: those whose last-fired row says this turn."""
    last = sight.ruleset.layout.quantities["last"]
    events: dict[str, EventModel] = {event.id: event for event in sight.book.rulebook.events}
    rows = slice(last.rows.start, last.rows.stop)
    now = (step.after[rows] == step.act.turn) & (step.before[rows] != step.act.turn)
    found = [last.instances[place] for place in now.nonzero()[0].tolist()]
    return [(events[event], tuple(binding)) for event, *binding in found]


def _when(sight: Sight, step: Step) -> str:
    return turn_name(_month(sight, step), sight.ruleset.turn_months)


def _month(sight: Sight, step: Step) -> int:
    return int(step.before[sight.ruleset.layout.row("date")])


def _injected(sight: Sight, step: Step) -> Iterator[News]:
    """What was set from outside, unless it is an event that tells of itself."""
    if isinstance(step.act, Injected) and not any(model.news for model, _binding in fired(sight, step)):
        yield News(step.act.turn, _when(sight, step), "control", INJECTED, step.act.title, "", ())


def _events(sight: Sight, step: Step) -> Iterator[News]:
    """Events that rate as news, by their headlines; one that was injected by the headline that it was given."""
    found = [(model, binding) for model, binding in fired(sight, step) if model.news]
    given = step.act.title if isinstance(step.act, Injected) and len(found) == 1 else ""
    for model, binding in found:
        slots = dict(zip(sight.book.index[model.id].slots, binding, strict=True))
        yield News(
            step.act.turn,
            _when(sight, step),
            "event",
            max(model.news, INJECTED) if given else model.news,
            given or sight.names.fill(sight.text("events", model.id, "headline"), slots),
            sight.names.fill(sight.text("events", model.id, "text"), slots),
            binding,
            spelled(model.source),
            model.contested,
            tuple(model.library),
            recorded(sight, model.id, slots),
        )


def _incidents(sight: Sight, step: Step) -> Iterator[News]:
    """Incidents and attacks of which no event told."""
    for one in untold(sight, step, fired(sight, step)):
        when = _when(sight, step)
        yield News(step.act.turn, when, "event", one.weight, one.headline, one.text, one.things, one.source)


def _empty_chairs(sight: Sight, step: Step) -> Iterator[News]:
    """Talks to which one side came and another did not: nothing was agreed, and the text grew less ripe."""
    for model in sight.book.rulebook.dialogues:
        told, whom = attendance(sight, step, model)
        if told:
            headline = _("{talks}: an empty chair").format(talks=sight.text("dialogues", model.id))
            yield News(step.act.turn, _when(sight, step), "talks", TALKS, headline, " ".join(told), whom)


def _votes(sight: Sight, step: Step, place: int) -> Iterator[News]:
    """Decisions of councils: one item for what was agreed, one for what was put off and by whom."""
    for model in sight.book.rulebook.councils:
        votes = {
            candidate: vote
            for candidate in sight.book.sets[model.candidates]
            if (vote := vote_of(sight, place, model, candidate)) is not None
        }
        title, when = sight.text("councils", model.id), _when(sight, step)
        agreed = [candidate for candidate, vote in votes.items() if vote.adopted]
        if agreed:
            names = sight.names.joined(agreed)
            headline = _("{council}: agreement on {candidates}").format(council=title, candidates=names)
            text = " ".join(filter(None, (_adopted(sight, step, model, one) for one in agreed)))
            yield News(step.act.turn, when, "vote", VOTE, headline, text, tuple(agreed))
        late = [candidate for candidate in votes if candidate not in agreed]
        if late:
            names = sight.names.joined(late)
            headline = _("{council}: no agreement on {candidates}").format(council=title, candidates=names)
            text = " ".join(put_off(sight, step, model, one, votes[one]) for one in late)
            yield News(step.act.turn, when, "vote", VOTE, headline, text, tuple(late))


def put_off(sight: Sight, step: Step, model: CouncilModel, candidate: str, vote: Vote, most: int = NAMED) -> str:
    """Who kept a candidate out: first who held it up by order, though its margin foretold nothing; many are counted."""
    name = sight.names.marked(candidate)
    others = [member for member in vote.objecting if member not in vote.held]
    names = sight.names.joined(others[:most])
    if vote.held:
        margins = margins_at(sight, step.before, model, [(member, candidate) for member in vote.held])
        told = _("{member} (margin {margin} as the turn opened)")
        holders = [
            told.format(member=sight.names.plain(member), margin=points(margin))
            for member, margin in zip(vote.held, margins, strict=True)
        ]
        text = _("{candidate}: held up by order of {holders}.")
        if len(others) > most:
            text = _("{candidate}: held up by order of {holders}; {count} more members objected, among them {names}.")
        elif others:
            text = _("{candidate}: held up by order of {holders}; further objections from {names}.")
        text = text.format(candidate=name, holders=listed(holders), count=len(others), names=names)
    elif len(others) > most:
        text = _("{candidate}: {count} members objected, among them {names}.")
        text = text.format(candidate=name, count=len(others), names=names)
    else:
        text = _("{candidate}: objections from {names}.").format(candidate=name, names=names)
    return capital(text)


def _adopted(sight: Sight, step: Step, model: CouncilModel, candidate: str) -> str:
    """What an agreement brought: the rung reached."""
    status = status_quantity(sight, model)
    row = sight.ruleset.layout.find(status, (candidate,)) if status else None
    if row is None or int(step.before[row]) == int(step.after[row]):
        return ""
    value = sight.show(row, int(step.after[row]))
    return capital(_("{candidate}: {value}.").format(candidate=sight.names.marked(candidate), value=value))


def _ladders(sight: Sight, step: Step, told: set[int]) -> Iterator[News]:
    """Rungs climbed and lost, talks opened and closed."""
    reported = set(sight.book.report.ladders.values()) if sight.book.report else set()
    for model in sight.book.rulebook.quantities:
        if not model.unit.startswith("ladder:") or model.visible != "public" or model.lasts == "turn":
            continue
        for row, args in _changed_rows(sight, step, model.id):
            if row in told:
                continue
            weight = LADDER if model.id in reported else TALKS
            headline = _("{quantity}: {value}").format(
                quantity=sight.describe(row), value=sight.show(row, int(step.after[row]))
            )
            text = _("It was: {value}.").format(value=sight.show(row, int(step.before[row])))
            yield News(step.act.turn, _when(sight, step), "ladder", weight, headline, text, args)


def _recognitions(sight: Sight, step: Step) -> Iterator[News]:
    """What the report counts as recognised: all who did it in one item."""
    for quantity in set(sight.book.report.recognised.values()) if sight.book.report else ():
        changed = list(_changed_rows(sight, step, quantity))
        for risen, pattern in ((True, _("{quantity}: {names}")), (False, _("{quantity}, withdrawn: {names}"))):
            who = [args[0] for row, args in changed if (int(step.after[row]) > 0) == risen]
            if who:
                title = sight.quantity_title(quantity)
                headline = pattern.format(quantity=title, names=sight.names.joined(who))
                yield News(step.act.turn, _when(sight, step), "recognition", LADDER, headline, "", tuple(who))


def _changed_rows(sight: Sight, step: Step, quantity: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    rows = sight.ruleset.layout.quantities[quantity]
    for place, args in enumerate(rows.instances):
        row = rows.first + place
        if int(step.before[row]) != int(step.after[row]):
            yield row, args


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
        model = sight.book.endings[ending - 1]
        headline = sight.text("endings", model.id)
        text = sight.text("endings", model.id, "text")
        yield News(step.act.turn, _when(sight, step), "ending", ENDING, headline, text, ())
