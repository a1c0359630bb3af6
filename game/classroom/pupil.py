"""What a pupil may do. The seat follows from the token, never from the message."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from game.classroom import views
from game.classroom.act import Act, carry_out
from game.classroom.debrief import pupil_outcome
from game.classroom.klass import Klass, Person
from game.classroom.line import Line, text_of
from game.classroom.records import Checked, Declined, Entry, HandedIn, Moved, Ordered, Withdrawn, Written
from game.classroom.requests import Ask, Check, Decline, Done, GiveOrder, Request, Say, Take, Watch, Withdraw
from game.classroom.roles import questions
from game.classroom.room import Room, said_json
from game.classroom.turns import maybe_end
from game.classroom.world import Said
from game.session import UnknownNameError
from game.text import _
from game.views import Sight, reason_texts

TEACHER_NAME = "teacher"


class Refused(Exception):
    """A request that cannot be carried out; the reasons, in whole sentences."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def seated(klass: Klass, person: Person) -> str:
    """The pupil's seat. Raises Refused."""
    if not person.seat:
        raise Refused(_("You have no seat yet."))
    return person.seat


def may_order(klass: Klass, person: Person) -> str:
    """The seat a pupil may now give orders for. Raises Refused."""
    seat = seated(klass, person)
    if klass.frozen:
        raise Refused(_("The teacher has frozen the game."))
    if not klass.ordering:
        raise Refused(_("Orders can be given once the teacher has started the turn."))
    if klass.settings.check and person.checked != seat:
        raise Refused(_("Answer the three questions about your role first."))
    if klass.over(person.world):
        raise Refused(_("The game is over."))
    return seat


MOST_MESSAGES = 4000
"""In a world: a line that comes again is sent all that it may read."""


async def obey(room: Room, person: Person, request: Request) -> dict[str, Any] | None:
    """Carry out a request; what to answer beside the acknowledgement. Raises Refused, StoreError."""
    if isinstance(request, Ask):
        return await _ask(room, person, request)
    return await carry_out(room, decide(room, person, request))


def decide(room: Room, person: Person, request: Request) -> Act:
    """What a request comes to; nothing is changed yet. Raises Refused."""
    match request:
        case Take():
            return _take(room, person, request)
        case Watch():
            return _watch(room, person, request)
        case Decline():
            return _decline(room, person, request)
        case Check():
            return _check(room, person, request)
        case GiveOrder():
            return _order(room, person, request)
        case Withdraw():
            return _withdraw(room, person, request)
        case Done():
            return _done(room, person, request)
        case Say():
            return _say(room, person, request)
    raise TypeError(type(request).__name__)


def _take(room: Room, person: Person, request: Take) -> Act:
    klass = room.klass
    if request.seat and request.seat not in klass.world(person.world).seats:
        raise Refused(_("There is no such seat."))
    if klass.settings.seats != "choose":
        raise Refused(_("Your teacher gives out the seats."))
    if not klass.may_choose(person):
        raise Refused(_("Ask your teacher to move you."))
    if request.seat in person.declined:
        raise Refused(_("You would rather not play this role."))
    if request.seat and not klass.places(person.world, request.seat):
        raise Refused(_("This seat is taken."))
    entry = Moved(id=person.id, seat=request.seat, world=person.world, person=person.id, key=request.key)
    return Act((entry,), lambda made: reseated(room, person))


def _watch(room: Room, person: Person, request: Watch) -> Act:
    klass = room.klass
    if klass.settings.seats != "choose":
        raise Refused(_("Your teacher gives out the seats."))
    if person.seat:
        raise Refused(_("Give your role back first."))
    if person.observer:
        return Act()
    entry = Moved(id=person.id, seat="", observer=True, world=person.world, person=person.id, key=request.key)
    return Act((entry,), lambda made: reseated(room, person))


def _decline(room: Room, person: Person, request: Decline) -> Act:
    """Nobody has to say why."""
    klass = room.klass
    seat = seated(klass, person)
    entries: list[Entry] = [Declined(seat=seat, world=person.world, person=person.id, key=request.key)]
    if klass.settings.seats == "deal" and not klass.begun:
        entries += dealt(klass, person, (*person.declined, seat))
    return Act(tuple(entries), lambda made: reseated(room, person))


def dealt(klass: Klass, person: Person, but: Iterable[str]) -> list[Moved]:
    """The entry that gives somebody the emptiest seat, if one is free. but: the seats that they have declined."""
    world, seat = klass.free_seat(but=but)
    return [Moved(id=person.id, seat=seat, world=world)] if seat else []


async def reseated(room: Room, person: Person) -> None:
    """Everything anew for somebody in another seat; the others see who sits where."""
    for line in room.lines_of(person.id):
        await room.welcome_pupil(line, person)
    for other in room.klass.of_world(person.world):
        if other.id != person.id:
            room.show_person(other)
    room.monitor()


def _check(room: Room, person: Person, request: Check) -> Act:
    seat = seated(room.klass, person)
    right = [question.right for question in questions(room.klass.scenario, seat)]
    if len(request.answers) != len(right):
        raise Refused(_("Answer every question."))
    wrong = [place for place, answer in enumerate(request.answers) if answer != right[place]]

    def show(made: object) -> None:
        room.show_person(person)
        room.monitor()

    entry = Checked(seat=seat, passed=not wrong, world=person.world, person=person.id, key=request.key)
    return Act((entry,), show, {"is": "checked", "passed": not wrong, "wrong": wrong})


def _order(room: Room, person: Person, request: GiveOrder) -> Act:
    klass = room.klass
    seat = may_order(klass, person)
    world = klass.world(person.world)
    order = world.ruleset.catalogue.index.get(request.order)
    if order is None or world.ruleset.catalogue.seat[order] != world.game.seat_index[seat]:
        raise Refused(_("This is not an order of your seat."))
    if klass.settings.rationale == "required" and len(request.why) < 3:
        raise Refused(_("Say in a few words why you give this order."))
    why = world.game.verify(seat, order)
    if why and order not in world.game.queue(seat):
        raise Refused(*reason_texts(Sight(world.game, seat), why))
    entry = Ordered(
        seat=seat, text=request.order, why=request.why, world=person.world, person=person.id, key=request.key
    )
    return Act((entry,), lambda made: room.desk(world.number, seat))


def _withdraw(room: Room, person: Person, request: Withdraw) -> Act:
    klass = room.klass
    seat = may_order(klass, person)
    world = klass.world(person.world)
    order = world.ruleset.catalogue.index.get(request.order)
    if order is None or order not in world.game.queue(seat):
        raise Refused(_("This order does not wait."))
    entry = Withdrawn(seat=seat, text=request.order, world=person.world, person=person.id, key=request.key)
    return Act((entry,), lambda made: room.desk(world.number, seat))


def _done(room: Room, person: Person, request: Done) -> Act:
    seat, number = may_order(room.klass, person), person.world
    if request.turn not in (0, room.klass.world(number).game.turn):
        raise Refused(_("That turn has ended already."))

    def show(made: object) -> None:
        if request.done:
            room.later(maybe_end(room, number))
        room.show_team(number, seat)

    return Act((HandedIn(seat=seat, done=request.done, world=person.world, person=person.id, key=request.key),), show)


def _say(room: Room, person: Person, request: Say) -> Act:
    klass, number = room.klass, person.world
    seat = seated(klass, person)
    world = klass.world(number)
    if klass.frozen:
        raise Refused(_("The teacher has frozen the game."))
    if request.to == seat or request.to not in (*world.seats, TEACHER_NAME):
        raise Refused(_("There is nobody of that name to write to."))
    if request.to != TEACHER_NAME and not klass.settings.channels:
        raise Refused(_("Your teacher has closed the channels between seats."))
    if len(world.said) >= MOST_MESSAGES:
        raise Refused(_("So much has been written in this world that it takes no more messages."))
    if request.to != TEACHER_NAME and not room.may_write(number, seat):
        raise Refused(_("Your seat has written much in a short time. Wait a few seconds."))
    entry = Written(
        sender=seat, to=request.to, text=request.text, world=person.world, person=person.id, key=request.key
    )
    return Act((entry,), lambda made: spread(room, [number], made))


def spread(room: Room, worlds: Iterable[int], made: Iterable[Said | None]) -> None:
    """Show messages to those of their worlds who may read them. They need not be the newest: others write meanwhile."""
    for world, said in zip(worlds, made, strict=True):
        if said is not None:
            people = room.klass.people
            lines = [one for one in room.everybody(world) if room.may_read(people[one.person], said.sender, said.to)]
            room.send(lines, {"is": "channel", "one": said_json(said)})
    room.monitor()


async def _ask(room: Room, person: Person, request: Ask) -> dict[str, Any]:
    klass = room.klass
    number = person.world
    world = klass.world(number)
    game = world.game
    if request.what == "history":
        seat = person.seat or None
        if seat is None:
            raise Refused(_("You have no seat yet."))
        return {
            "is": "history",
            "items": await room.workshop.reckon(lambda still: views.history_json(still.world(number).game, seat)),
        }
    seat = seated(klass, person)
    if request.what == "outcome":
        if klass.stage != "debrief":
            raise Refused(_("The debrief has not begun."))
        return {"is": "outcome", **await room.workshop.reckon(lambda still: pupil_outcome(still, number, seat))}
    if request.what == "orders":
        return {
            "is": "orders",
            **await room.workshop.reckon(lambda still: views.orders_json(still.world(number).game, seat)),
        }
    order = world.ruleset.catalogue.index.get(request.order)
    if order is None or world.ruleset.catalogue.seat[order] != game.seat_index[seat]:
        raise Refused(_("This is not an order of your seat."))
    if request.what == "reasons":
        reasons = reason_texts(Sight(game, seat), game.verify(seat, order))
        return {"is": "reasons", "order": request.order, "reasons": list(reasons)}
    if not klass.settings.forecasts:
        raise Refused(_("Your teacher has switched forecasts off."))
    busy = f"{number}:{seat}"
    if busy in room.busy:
        raise Refused(_("One forecast is being reckoned already."))
    room.busy.add(busy)
    try:
        found = await room.workshop.reckon(
            lambda still: views.forecast_json(still.world(number).game, seat, request.order)
        )
    except UnknownNameError as fault:
        raise Refused(str(fault)) from None
    finally:
        room.busy.discard(busy)
    return {"is": "forecast", "order": request.order, **(found or {})}


def answer(line: Line, key: str, found: dict[str, Any] | None) -> None:
    """Acknowledge a request, and send what it asked for."""
    if found is not None:
        line.put(text_of({**found, "key": key}))
    line.put(text_of({"is": "ack", "key": key}))
