"""What the teacher may do; each act is an entry of the journal."""

from __future__ import annotations

from itertools import count
from typing import Any

from game.classroom import debrief
from game.classroom.klass import MOST_WORLDS, Clock, Klass
from game.classroom.pupil import TEACHER_NAME, Refused, deal, reseated, spread
from game.classroom.qr import qr_svg
from game.classroom.requests import (
    AddWorlds,
    Debrief,
    EndTurn,
    Freeze,
    Inject,
    MakeLink,
    Move,
    NewPin,
    Request,
    Revoke,
    SetClock,
    SetSettings,
    SetStage,
    TellTeam,
    Undo,
)
from game.classroom.room import Room
from game.classroom.security import digest, new_pin, new_token
from game.classroom.store import Entry
from game.classroom.world import event_changes
from game.session.records import Injected
from game.text import _
from game.views import Sight


async def obey(room: Room, request: Request) -> dict[str, Any] | None:
    """Carry out a request; what to answer beside the acknowledgement. Raises Refused."""
    match request:
        case SetStage():
            await _stage(room, request)
        case SetClock():
            await _clock(room, request)
        case EndTurn():
            await _end_turn(room, request)
        case Undo():
            await _undo(room, request)
        case Inject():
            await _inject(room, request)
        case TellTeam():
            await _tell(room, request)
        case Freeze():
            await _freeze(room, request)
        case Move():
            await _move(room, request)
        case Revoke():
            await _revoke(room, request)
        case MakeLink():
            return await _link(room, request)
        case NewPin():
            await room.commit(Entry("pin", {"pin": new_pin()}, key=request.key))
            room.guesses.total = 0
            room.monitor()
        case AddWorlds():
            await _worlds(room, request)
        case SetSettings():
            await _settings(room, request)
        case Debrief():
            return await _debrief(room, request)
    return None


def _world(klass: Klass, number: int) -> int:
    if not 1 <= number <= len(klass.worlds):
        raise Refused(_("There is no such world."))
    return number


async def _stage(room: Room, request: SetStage) -> None:
    if request.stage == room.klass.stage:
        return  # Pressed once more: the clock of a turn that is being played must not start anew.
    entries = [Entry("stage", {"stage": request.stage, "keep": True}, key=request.key)]
    if request.stage in ("debrief", "lobby", "roles"):
        entries.append(Entry("clock", {}))
    elif request.stage == "play" and room.klass.stage != "council" and room.klass.settings.minutes:
        entries.append(Entry("clock", room.full_clock(running=True)))
    await room.commit(*entries)
    for world in room.klass.worlds:
        room.show_state(world.number)
        room.later(room.show_views(world.number))


async def _clock(room: Room, request: SetClock) -> None:
    clock = room.klass.clock
    data: dict[str, float] = {}
    if request.act == "start":
        if room.klass.frozen:
            raise Refused(_("Unfreeze the game first; the clock stands until then."))
        left = request.seconds or clock.left or 60 * room.klass.settings.minutes or 240
        data = {"until": room.now() + left}
    elif request.act == "pause":
        if clock.until is None:
            return
        data = {"left": max(1.0, clock.until - room.now())}
    await room.commit(Entry("clock", data, key=request.key))
    for world in room.klass.worlds:
        room.show_state(world.number)


async def _end_turn(room: Room, request: EndTurn) -> None:
    klass = room.klass
    if not klass.ordering:
        raise Refused(_("No turn is being played."))
    numbers = [_world(klass, request.world)] if request.world else [world.number for world in klass.peopled]
    open_ones = [number for number in numbers if not klass.over(number)]
    if not open_ones:
        raise Refused(_("The game is over."))
    turns = {number: klass.world(number).game.turn for number in open_ones}
    if request.turns:
        # As the page showed them: what the clock has ended meanwhile is not followed by a turn without orders.
        turns = {number: turn for number, turn in zip(count(1), request.turns) if number in turns}
    if request.slowest:
        least = min(turns.values(), default=0)
        turns = {number: turn for number, turn in turns.items() if turn == least}
    await room.end_turns(turns, request.key)


async def _undo(room: Room, request: Undo) -> None:
    klass = room.klass
    world = klass.world(_world(klass, request.world))
    turn = world.played
    if turn < 1 or not world.game.steps:
        raise Refused(_("No turn has been played yet."))
    entries = [Entry("undone", {"turn": turn, "keep": True}, world.number, key=request.key)]
    if klass.clock != Clock() and klass.settings.minutes:
        # What was left would end the turn again before anybody has looked at it.
        entries.append(Entry("clock", room.full_clock(running=False)))
    await room.commit(*entries)
    room.cache.clear()
    room.later(room.show_views(world.number))
    for one in klass.worlds:
        room.show_state(one.number)


async def _inject(room: Room, request: Inject) -> None:
    klass = room.klass
    world = klass.world(_world(klass, request.world))
    game = world.game
    if game.over:
        raise Refused(_("The game is over."))
    if request.event:
        try:
            changes = event_changes(game, request.event, tuple(request.binding))
        except ValueError:
            raise Refused(_("There is no such event.")) from None
        sight = Sight(game, None)
        slots = dict(zip(sight.book.index[request.event].slots, request.binding, strict=True))
        title = request.title or sight.names.fill(sight.text("events", request.event, "headline"), slots)
    else:
        layout = game.ruleset.layout
        known = request.row in layout.names
        model = layout.at(layout.row(request.row))[0].id if known else ""
        if not known or all(one.id != model for one in klass.scenario.book.rulebook.quantities):
            raise Refused(_("There is no such quantity."))
        row = layout.row(request.row)
        low, high = int(layout.low[row, 0]), int(layout.high[row, 0])
        changes = {request.row: max(low, min(high, game.value(request.row) + request.change))}
        title = request.title
    if not title:
        raise Refused(_("Say in a headline what has happened."))
    act = Injected(turn=game.turn, title=title, changes=changes)
    await room.commit(Entry("injected", {"act": act.model_dump()}, world.number, key=request.key))
    room.later(room.show_views(world.number))


async def _tell(room: Room, request: TellTeam) -> None:
    klass = room.klass
    numbers = [_world(klass, request.world)] if request.world else [world.number for world in klass.worlds]
    if request.seat != "all" and request.seat not in klass.world(1).seats:
        raise Refused(_("There is no such seat."))
    entries = [
        Entry(
            "said",
            {"from": TEACHER_NAME, "to": request.seat, "text": request.text},
            number,
            key=request.key if number == numbers[0] else None,
        )
        for number in numbers
    ]
    for number, said in zip(numbers, await room.commit(*entries), strict=True):
        spread(room, number, said)


async def _freeze(room: Room, request: Freeze) -> None:
    clock = room.klass.clock
    if request.frozen == room.klass.frozen:
        return
    entries = [Entry("frozen", {"frozen": request.frozen}, key=request.key)]
    if request.frozen and clock.until is not None:
        entries.append(Entry("clock", {"left": max(1.0, clock.until - room.now())}))
    elif not request.frozen and clock.left is not None and room.klass.ran:
        entries.append(Entry("clock", {"until": room.now() + clock.left}))
    await room.commit(*entries)
    for world in room.klass.worlds:
        room.show_state(world.number)


async def _move(room: Room, request: Move) -> None:
    klass = room.klass
    person = klass.people.get(request.person)
    if person is None:
        raise Refused(_("There is no such pupil."))
    world = _world(klass, request.world)
    if request.seat and request.seat not in klass.world(world).seats:
        raise Refused(_("There is no such seat."))
    data = {"id": person.id, "seat": request.seat, "observer": request.observer and not request.seat}
    await room.commit(Entry("moved", data, world, key=request.key))
    for line in room.lines_of(person.id):
        await room.welcome_pupil(line, person)
    for other in klass.people.values():
        if other.id != person.id:
            room.show_person(other)
    room.monitor()


async def _revoke(room: Room, request: Revoke) -> None:
    if request.person not in room.klass.people:
        raise Refused(_("There is no such pupil."))
    await room.commit(Entry("revoked", {"id": request.person}, key=request.key))
    for line in room.lines_of(request.person):
        line.close(4401)
    room.monitor()


async def _link(room: Room, request: MakeLink) -> dict[str, Any]:
    """A token is shown once and kept only as its digest. A pupil's comes with a code for a phone to scan."""
    token = new_token()
    link = f"/#t={token}"
    if request.person == 0:
        await room.commit(Entry("teacher", {"hash": digest(token), "projector": True}, key=request.key))
        return {"is": "link", "person": 0, "link": f"/projector#t={token}"}
    if request.person not in room.klass.people:
        raise Refused(_("There is no such pupil."))
    await room.commit(Entry("token", {"id": request.person, "hash": digest(token)}, key=request.key))
    for line in room.lines_of(request.person):
        line.close(4401)
    return {"is": "link", "person": request.person, "link": link, "code": qr_svg(room.base + link).decode()}


async def _worlds(room: Room, request: AddWorlds) -> None:
    klass = room.klass
    if klass.begun:
        raise Refused(_("The game has begun: worlds are opened and closed before the practice turn."))
    if any(klass.of_world(world.number) for world in klass.worlds[request.count :]):
        raise Refused(_("There are pupils in that world. Move them first."))
    if request.count > MOST_WORLDS:
        raise Refused(_("There are at most four worlds."))
    await room.commit(Entry("worlds", {"count": request.count}, key=request.key))
    for line in room.of_kind("teacher"):
        await room.welcome(line)
    room.projector()


async def _settings(room: Room, request: SetSettings) -> None:
    given = request.model_dump(exclude={"do", "key"}, exclude_none=True)
    await room.commit(Entry("settings", given, key=request.key))
    if given.get("seats") == "deal":
        await _deal(room)
    for world in room.klass.worlds:
        room.show_state(world.number)


async def _deal(room: Room) -> None:
    """Give a seat to everybody who waits for one, while there are free ones."""
    for person in list(room.klass.people.values()):
        if not (person.seat or person.observer or person.revoked):
            await deal(room, person)
            room.later(reseated(room, person))


async def _debrief(room: Room, request: Debrief) -> dict[str, Any]:
    klass = room.klass
    world = klass.world(_world(klass, request.world))
    game = world.snapshot()
    if request.part in ("knew", "choices", "fork") and not any(s.act.turn == request.turn for s in game.steps):
        raise Refused(_("The game has not come to this turn."))
    if request.part in ("choices", "fork") and request.seat not in world.seats:
        raise Refused(_("There is no such seat."))
    try:
        found = await room.reckon(lambda: debrief.part(klass, world, game, request))
    except debrief.CannotError as fault:
        raise Refused(str(fault)) from None
    return {"is": "debrief", "part": request.part, "world": request.world, "found": found}
