"""What a pupil may do. The seat follows from the token, never from the message."""

from __future__ import annotations

from typing import Any

from game.classroom import views
from game.classroom.debrief import pupil_outcome
from game.classroom.klass import Klass, Person
from game.classroom.line import Line, text_of
from game.classroom.requests import Ask, Check, Decline, Done, GiveOrder, Request, Say, Take, Withdraw
from game.classroom.roles import questions
from game.classroom.room import Room, said_json
from game.classroom.store import Entry
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


async def obey(room: Room, line: Line, person: Person, request: Request) -> dict[str, Any] | None:
    """Carry out a request; what to answer beside the acknowledgement. Raises Refused."""
    match request:
        case Take():
            await _take(room, person, request)
        case Decline():
            await _decline(room, person, request)
        case Check():
            return await _check(room, person, request)
        case GiveOrder():
            await _order(room, person, request)
        case Withdraw():
            await _withdraw(room, person, request)
        case Done():
            await _done(room, person, request)
        case Say():
            await _say(room, person, request)
        case Ask():
            return await _ask(room, person, request)
    return None


async def _take(room: Room, person: Person, request: Take) -> None:
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
    entry = Entry("moved", {"id": person.id, "seat": request.seat}, person.world, person.id, request.key)
    await room.commit(entry)
    await reseated(room, person)


async def _decline(room: Room, person: Person, request: Decline) -> None:
    """Nobody has to say why."""
    seat = seated(room.klass, person)
    await room.commit(Entry("declined", {"seat": seat}, person.world, person.id, request.key))
    if room.klass.settings.seats == "deal" and not room.klass.begun:
        await deal(room, person)
    await reseated(room, person)


async def deal(room: Room, person: Person) -> None:
    """Give somebody the emptiest seat that they have not declined, if one is free; to be shown by `reseated`."""
    world, seat = room.klass.free_seat(but=person.declined)
    if seat:
        await room.commit(Entry("moved", {"id": person.id, "seat": seat}, world))


async def reseated(room: Room, person: Person) -> None:
    """Everything anew for somebody in another seat; the others see who sits where."""
    for line in room.lines_of(person.id):
        await room.welcome_pupil(line, person)
    for other in room.klass.of_world(person.world):
        if other.id != person.id:
            room.show_person(other)
    room.monitor()


async def _check(room: Room, person: Person, request: Check) -> dict[str, Any]:
    seat = seated(room.klass, person)
    right = [question.right for question in questions(room.klass.scenario, seat)]
    if len(request.answers) != len(right):
        raise Refused(_("Answer every question."))
    wrong = [place for place, answer in enumerate(request.answers) if answer != right[place]]
    data = {"seat": seat, "passed": not wrong}
    await room.commit(Entry("checked", data, person.world, person.id, request.key))
    room.show_person(person)
    room.monitor()
    return {"is": "checked", "passed": not wrong, "wrong": wrong}


async def _order(room: Room, person: Person, request: GiveOrder) -> None:
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
    data = {"seat": seat, "text": request.order, "why": request.why}
    await room.commit(Entry("order", data, person.world, person.id, request.key))
    room.desk(person.world, seat)


async def _withdraw(room: Room, person: Person, request: Withdraw) -> None:
    klass = room.klass
    seat = may_order(klass, person)
    world = klass.world(person.world)
    order = world.ruleset.catalogue.index.get(request.order)
    if order is None or order not in world.game.queue(seat):
        raise Refused(_("This order does not wait."))
    data = {"seat": seat, "text": request.order}
    await room.commit(Entry("withdraw", data, person.world, person.id, request.key))
    room.desk(person.world, seat)


async def _done(room: Room, person: Person, request: Done) -> None:
    seat = may_order(room.klass, person)
    if request.turn not in (0, room.klass.world(person.world).game.turn):
        raise Refused(_("That turn has ended already."))
    data = {"seat": seat, "done": request.done}
    await room.commit(Entry("done", data, person.world, person.id, request.key))
    room.show_team(person.world, seat)
    if request.done:
        room.later(room.maybe_end(person.world))


async def _say(room: Room, person: Person, request: Say) -> None:
    klass = room.klass
    seat = seated(klass, person)
    world = klass.world(person.world)
    if klass.frozen:
        raise Refused(_("The teacher has frozen the game."))
    if request.to == seat or request.to not in (*world.seats, TEACHER_NAME):
        raise Refused(_("There is nobody of that name to write to."))
    if request.to != TEACHER_NAME and not klass.settings.channels:
        raise Refused(_("Your teacher has closed the channels between seats."))
    if len(world.said) >= MOST_MESSAGES:
        raise Refused(_("So much has been written in this world that it takes no more messages."))
    if request.to != TEACHER_NAME and not room.may_write(person.world, seat):
        raise Refused(_("Your seat has written much in a short time. Wait a few seconds."))
    data = {"from": seat, "to": request.to, "text": request.text}
    number = person.world
    for said in await room.commit(Entry("said", data, number, person.id, request.key)):
        spread(room, number, said)


def spread(room: Room, world: int, said: Said | None) -> None:
    """Show a message to those of its world who may read it. It need not be the newest: others write meanwhile."""
    if said is None:
        return
    lines = [
        line for line in room.everybody(world) if room.may_read(room.klass.people[line.person], said.sender, said.to)
    ]
    room.send(lines, {"is": "channel", "one": said_json(said)})
    room.monitor()


async def _ask(room: Room, person: Person, request: Ask) -> dict[str, Any]:
    klass = room.klass
    world = klass.world(person.world)
    game = world.snapshot()
    if request.what == "history":
        seat = person.seat or None
        if seat is None:
            raise Refused(_("You have no seat yet."))
        return {"is": "history", "items": await room.reckon(lambda: views.history_json(game, seat))}
    seat = seated(klass, person)
    if request.what == "outcome":
        if klass.stage != "debrief":
            raise Refused(_("The debrief has not begun."))
        return {"is": "outcome", **await room.reckon(lambda: pupil_outcome(klass, world, game, seat))}
    if request.what == "orders":
        return {"is": "orders", **await room.reckon(lambda: views.orders_json(game, seat))}
    order = world.ruleset.catalogue.index.get(request.order)
    if order is None or world.ruleset.catalogue.seat[order] != game.seat_index[seat]:
        raise Refused(_("This is not an order of your seat."))
    if request.what == "reasons":
        reasons = reason_texts(Sight(game, seat), game.verify(seat, order))
        return {"is": "reasons", "order": request.order, "reasons": list(reasons)}
    if not klass.settings.forecasts:
        raise Refused(_("Your teacher has switched forecasts off."))
    busy = f"{person.world}:{seat}"
    if busy in room.busy:
        raise Refused(_("One forecast is being reckoned already."))
    room.busy.add(busy)
    try:
        found = await room.reckon(lambda: views.forecast_json(game, seat, request.order))
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
