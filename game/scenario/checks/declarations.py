"""Names: declared once, of one meaning, and where one section names another's ids, known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from game.scenario.language import nearest
from game.scenario.shapes import Book, Fault, Path, bounds

LONGEST = 36
"""Months that an effect may wait in any game, as long as an order may run: short games share rules with long ones."""
FEWEST_CHOICES, MOST_CHOICES = 2, 4
"""One choice is no decision, and screens and hands have room for four."""


def check(book: Book) -> Iterator[Fault]:
    """Faults of declarations and of references between sections, those of `named` left out."""
    yield from _costs(book)
    yield from _quantities(book)
    yield from _governments(book)
    yield from _dates(book)
    yield from _shapes(book)
    yield from _delays(book)


def meanings(book: Book) -> Iterator[Fault]:
    """Faults after which nothing else can be said: names of two meanings, no purse."""
    rules = book.rulebook
    read: dict[str, str] = {}
    for section, items in (
        ("quantities", rules.quantities),
        ("defines", rules.defines),
        ("parameters", rules.parameters),
    ):
        for item in items:
            if item.id in read and read[item.id] != section:
                yield Fault((section, item.id), f"'{item.id}' is also the name of one of the {read[item.id]}")
            read[item.id] = section
    for ladder in rules.ladders:
        for rung, count in Counter(rung.id for rung in ladder.rungs).items():
            if count > 1:
                yield Fault(("ladders", ladder.id, "rungs"), f"the rung '{rung}' stands {count} times")
    counts = Counter(template.id for template in (*book.actions, *book.events, *book.rules))
    known: set[str] = set()
    for template in (*book.actions, *book.events, *book.rules):
        if counts[template.id] > 1 and template.id in known:
            yield Fault(template.path, f"'{template.id}' is the id of another action, event or rule")
        known.add(template.id)
    if not any(q.id == "purse" and q.of == "seats" and q.unit == "count" for q in rules.quantities):
        yield Fault(("quantities", "purse"), "there must be a quantity 'purse', a count of the set 'seats'")


def _costs(book: Book) -> Iterator[Fault]:
    purse = next(q for q in book.rulebook.quantities if q.id == "purse")
    cap = bounds(purse.unit, purse.bounds, {})[1]
    for action in book.rulebook.actions:
        if action.cost > cap:
            message = f"nobody can pay {action.cost}: a purse holds at most {cap}"
            yield Fault(("actions", action.id, "cost"), message)
    for event in book.rulebook.events:
        for place, choice in enumerate(event.choices):
            path: Path = ("events", event.id, "choices", place)
            if choice.cost > cap:
                yield Fault((*path, "cost"), f"nobody can pay {choice.cost}: a purse holds at most {cap}")
            if choice.default and (choice.cost or choice.when):
                yield Fault(path, "the default choice costs nothing and has no conditions")
    for seat in book.rulebook.seats:
        if seat.start > cap:
            yield Fault(("seats", seat.id, "start"), f"a purse holds at most {cap}")
        if seat.active is not None and seat.reason is None:
            yield Fault(("seats", seat.id), "a seat that is not always active says why not ('reason')")


def _quantities(book: Book) -> Iterator[Fault]:
    for quantity in book.rulebook.quantities:
        path: Path = ("quantities", quantity.id)
        limits = quantity.bounds
        if limits is not None:
            if max(abs(limits[0]), abs(limits[1])) > 1_000_000:
                yield Fault((*path, "bounds"), "bounds lie within ±1,000,000")
            elif quantity.unit not in ("points", "count"):
                yield Fault((*path, "bounds"), f"the bounds of a {quantity.unit.partition(':')[0]} are given")
        if quantity.of is not None and not book.start[quantity.id]:
            yield Fault((*path, "of"), f"nothing has '{quantity.id}': '{quantity.of}' is empty")


def _governments(book: Book) -> Iterator[Fault]:
    doctrines = {doctrine.id: doctrine for doctrine in book.doctrines}
    for seat, name in book.scenario.governments.items():
        path: Path = ("scenario", "governments", seat)
        if seat not in book.sets["seats"]:
            yield Fault(path, f"'{seat}' is not a seat{nearest(seat, book.sets['seats'])}")
        elif name not in doctrines or doctrines[name].seat != seat:
            mine = [d.id for d in book.doctrines if d.seat == seat]
            yield Fault(path, f"'{name}' is not a doctrine of '{seat}'{nearest(name, mine)}")
    for seat in book.sets["seats"]:
        if not any(doctrine.seat == seat for doctrine in book.doctrines):
            yield Fault(("seats", seat), f"no doctrine rules '{seat}'")


def named(book: Book) -> Iterator[Fault]:
    """Faults of names alone, which can be told of a book that could not be read in full as well."""
    categories = [category.id for category in book.rulebook.categories]
    for action in book.rulebook.actions:
        if action.category not in categories:
            hint = nearest(action.category, categories)
            yield Fault(("actions", action.id, "category"), f"there is no category '{action.category}'{hint}")
    entries = [entry.id for entry in book.rulebook.library]
    for section, items in (("actions", book.rulebook.actions), ("events", book.rulebook.events)):
        for item in items:
            for place, name in enumerate(item.library):
                if name not in entries:
                    message = f"there is no library entry '{name}'{nearest(name, entries)}"
                    yield Fault((section, item.id, "library", place), message)
    for name, place in _twice(book.scenario.events):
        yield Fault(("scenario", "events", place), f"the event '{name}' is listed twice")
    seats = [playable.seat for playable in book.scenario.seats]
    for name, place in _twice(seats):
        yield Fault(("scenario", "seats", place, "seat"), f"the seat '{name}' is listed twice")
    for number, playable in enumerate(book.scenario.seats):
        for name, place in _twice([goal.id for goal in playable.objectives]):
            yield Fault(("scenario", "seats", number, "objectives", place), f"the objective '{name}' stands twice")


def _dates(book: Book) -> Iterator[Fault]:
    playing = {event.id for event in book.events}
    for name in book.scenario.dates:
        if name not in playing:
            yield Fault(("scenario", "dates", name), f"the event '{name}' is not in play")


def _twice(names: list[str]) -> Iterator[tuple[str, int]]:
    for place, name in enumerate(names):
        if name in names[:place]:
            yield name, place


def _shapes(book: Book) -> Iterator[Fault]:
    for event in book.rulebook.events:
        path: Path = ("events", event.id)
        if event.odds is not None and event.chance is not None:
            yield Fault((*path, "chance"), "an event has odds or a chance, not both")
        if event.kind == "hazard" and event.odds is None and event.chance is None:
            yield Fault((*path, "kind"), "a hazard has odds or a chance")
        if event.kind in ("calendar", "report", "state") and not event.when:
            yield Fault((*path, "kind"), f"an event of the kind '{event.kind}' has conditions ('when')")
        if event.choices and not FEWEST_CHOICES <= len(event.choices) <= MOST_CHOICES:
            message = f"a card has {FEWEST_CHOICES} to {MOST_CHOICES} choices, not {len(event.choices)}"
            yield Fault((*path, "choices"), message)
        for name, place in _twice([choice.id for choice in event.choices]):
            yield Fault((*path, "choices", place), f"the choice '{name}' stands twice")
    for rule in book.rulebook.rules:
        if rule.odds is not None and rule.chance is not None:
            yield Fault(("rules", rule.id, "chance"), "a rule has odds or a chance, not both")
    endings = book.endings
    if endings and endings[-1].stops:
        message = "the last ending is the one for a game that simply runs out of turns; it cannot stop a game"
        yield Fault(("endings", endings[-1].id, "stops"), message)


def _delays(book: Book) -> Iterator[Fault]:
    """Only what the game remembers can have effects later: slot orders and answers to cards."""
    waiting = [effect for rule in (*book.rules, *book.events) for effect in rule.effects]
    waiting += [effect for action in book.actions if action.free for effect in action.effects]
    waiting += [effect for item in book.scheduled for effect in item.effects]
    for effect in waiting:
        if effect.change.after:
            yield Fault(effect.path, "'after … months' goes with slot orders and answers to cards only")
    months = book.scenario.turns * book.scenario.turn_months
    answered = [effect for event in book.events for choice in event.choices for effect in choice.effects]
    for effect in (*(effect for action in book.actions for effect in action.effects), *answered):
        if effect.change.after >= max(months, LONGEST + 1):
            message = f"after {effect.change.after} months the game is over; it lasts {months}"
            yield Fault(effect.path, message)
