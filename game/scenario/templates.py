"""Actions, events, rules and derived quantities, read into templates."""

from __future__ import annotations

from game.scenario import expression as ex
from game.scenario.expand import council_templates, dialogue_templates
from game.scenario.language import Reader, month_index, nearest
from game.scenario.models import ActionModel, Choice, RuleModel, ScenarioModel
from game.scenario.naming import Names
from game.scenario.shapes import Define, Path, ReadChoice, ReadTerm, Template

PUNCTUAL = 10
"""What events that come by the calendar have above all others: these may come later, those never."""


def actions(names: Names) -> list[Template]:
    """Every action as a template with the slot `actor` first."""
    read = []
    seats = set(names.sets["seats"])
    for action in names.rulebook.actions:
        path: Path = ("actions", action.id)
        slots = names.slots({"actor": action.by, **action.slots}, (*path, "slots"), {"actor": (*path, "by")})
        if len(slots) != 1 + len(action.slots):
            continue
        reader = Reader(names.vocabulary, slots)
        exclusive = (action.exclusive.group, tuple(action.exclusive.per)) if action.exclusive else None
        for name in exclusive[1] if exclusive else ():
            if name not in slots:
                names.fault((*path, "exclusive", "per"), f"there is no slot '{name}'{nearest(name, slots)}")
                exclusive = None
        for seat in names.sets[action.by]:
            if seat not in seats:
                names.fault((*path, "by"), f"'{seat}' in '{action.by}' is not a seat, so it cannot give orders")
        read.append(
            Template(
                id=action.id,
                kind="action",
                phase="orders",
                slots=slots,
                along=names.along(action.along, slots, (*path, "along")),
                where=names.where(reader, [*action.where, *_closed(names, action)], path),
                tests=tuple(names.slot_tests(slots) + names.tests(reader, action.when, path)),
                odds=None,
                chance=None,
                effects=names.effects(reader, action.effects, (*path, "effects")),
                cost=action.cost,
                runs=action.runs,
                free=action.free,
                halves=action.repeat == "half" and not action.free,
                covert=action.covert,
                exclusive=exclusive,
                title=action.title,
                path=path,
            )
        )
    return read


def _closed(names: Names, action: ActionModel) -> list[str]:
    """Conditions that keep an order from the seats whose scenario gives them a shorter list; free orders stay."""
    return [f"actor != {seat}" for seat in shut_out(names.scenario, action)]


def shut_out(scenario: ScenarioModel, action: ActionModel) -> list[str]:
    """The seats that a scenario gives a list of orders without this one."""
    seats = scenario.seats if not action.free else []
    return [seat.seat for seat in seats if seat.orders and action.id not in seat.orders]


def _choice(names: Names, reader: Reader, choice: Choice, path: Path) -> ReadChoice:
    return ReadChoice(
        choice.id,
        tuple(names.tests(reader, choice.when, path)),
        choice.cost,
        names.effects(reader, choice.effects, (*path, "effects")),
        choice.default,
    )


def events(names: Names) -> list[Template]:
    """Every event that is in play."""
    read = []
    wanted = set(names.scenario.events)
    known = {event.id for event in names.rulebook.events}
    for place, name in enumerate(names.scenario.events):
        if name not in known:
            names.fault(("scenario", "events", place), f"there is no event '{name}'{nearest(name, known)}")
    for event in names.scenario.rules.events:
        if wanted and event.id not in wanted:
            message = f"the event '{event.id}' of this scenario is not among its 'events', so it is not in play"
            names.fault(("events", event.id), message)
    for name in names.scenario.dates:
        if name not in known:
            names.fault(("scenario", "dates", name), f"there is no event '{name}'{nearest(name, known)}")
    for event in names.rulebook.events:
        if wanted and event.id not in wanted:
            continue
        path: Path = ("events", event.id)
        slots = names.slots(event.slots, (*path, "slots"))
        if len(slots) != len(event.slots):
            continue
        reader = Reader(names.vocabulary, slots)
        decided: ex.Argument | None = None
        if event.decided_by is not None:
            by = event.decided_by
            group = names.sets[slots[by]] if by in slots else (by,)
            decided = ex.Slot(by) if by in slots else ex.Thing(by)
            for thing in group:
                if thing not in names.sets["seats"]:
                    names.fault(
                        (*path, "decided_by"),
                        f"'{thing}' is not a seat{nearest(thing, names.sets['seats'])}",
                    )
        if bool(event.choices) != (decided is not None):
            names.fault(path, "an event with choices says who decides ('decided_by'), and the other way round")
        if event.choices and sum(choice.default for choice in event.choices) != 1:
            names.fault((*path, "choices"), "exactly one choice is the default")
        date = names.scenario.dates.get(event.id, event.date)
        if event.kind != "dated" and event.date is None and date is not None:
            names.fault(("scenario", "dates", event.id), f"'{event.id}' is not a dated event, so it has no date")
        elif (event.kind == "dated") != (date is not None):
            names.fault(path, "a dated event has a date, and only a dated event")
        read.append(
            Template(
                id=event.id,
                kind="event",
                phase="events",
                slots=slots,
                along=names.along(event.along, slots, (*path, "along")),
                where=names.where(reader, event.where, path) + names.unordered(event.unordered, slots, path),
                tests=tuple(names.slot_tests(slots) + names.tests(reader, event.when, path)),
                odds=names.number(reader, event.odds, (*path, "odds")) if event.odds else None,
                chance=event.chance,
                effects=names.effects(reader, event.effects, (*path, "effects")),
                priority=event.priority + (PUNCTUAL if event.kind in ("dated", "calendar", "report") else 0),
                date=month_index(date) if date else None,
                once=event.once or event.kind == "dated",
                cooldown=event.cooldown,
                decided_by=decided,
                choices=tuple(
                    _choice(names, reader, choice, (*path, "choices", place))
                    for place, choice in enumerate(event.choices)
                ),
                title=event.title,
                path=path,
            )
        )
    return read


def rules(names: Names) -> list[Template]:
    """Every rule, and the rules that councils and dialogues stand for, but those the scenario goes `without`."""
    read = [_rule(names, rule) for rule in names.rulebook.rules]
    read += [template for council in names.rulebook.councils for template in council_templates(names, council)]
    read += [template for talks in names.rulebook.dialogues for template in dialogue_templates(names, talks)]
    known = {template.id for template in read if template is not None}
    known |= {rule.id for rule in names.rulebook.rules}
    known |= {action.id for action in names.rulebook.actions} | {ending.id for ending in names.rulebook.endings}
    for place, name in enumerate(names.scenario.without):
        if name not in known:
            names.fault(
                ("scenario", "without", place), f"there is no rule, action or ending '{name}'{nearest(name, known)}"
            )
    without = set(names.scenario.without)
    return [template for template in read if template is not None and template.id not in without]


def _rule(names: Names, rule: RuleModel) -> Template | None:
    path: Path = ("rules", rule.id)
    slots = names.slots(rule.over, (*path, "over"))
    if len(slots) != len(rule.over):
        return None
    reader = Reader(names.vocabulary, slots)
    return Template(
        id=rule.id,
        kind="rule",
        phase=rule.phase,
        slots=slots,
        along=names.along(rule.along, slots, (*path, "along")),
        where=names.where(reader, rule.where, path) + names.unordered(rule.unordered, slots, path),
        tests=tuple(names.slot_tests(slots) + names.tests(reader, rule.when, path)),
        odds=names.number(reader, rule.odds, (*path, "odds")) if rule.odds else None,
        chance=rule.chance,
        effects=names.effects(reader, rule.effects, (*path, "effects")),
        priority=rule.priority,
        title=rule.title,
        path=path,
    )


def defines(names: Names) -> dict[str, Define]:
    """Every derived quantity, by id."""
    read = {}
    for define in names.rulebook.defines:
        path: Path = ("defines", define.id)
        slots = names.slots(define.over, (*path, "over"))
        reader = Reader(names.vocabulary, slots)
        terms = []
        for place, term in enumerate(define.terms):
            here: Path = (*path, "terms", place)
            when = names.truth(reader, term.when, (*here, "when")) if term.when else None
            amount = names.number(reader, term.amount, (*here, "amount"))
            if amount is not None:
                terms.append(ReadTerm(term.id, term.title, when, amount))
        read[define.id] = Define(define.id, define.title, slots, tuple(terms))
    return read
