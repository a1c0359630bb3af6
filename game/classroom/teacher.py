"""What the teacher may do; each act is an entry of the journal."""

from __future__ import annotations

from itertools import count
from typing import Any

from game.classroom import debrief
from game.classroom.act import Act, carry_out
from game.classroom.klass import MOST_WORLDS, Clock, Klass
from game.classroom.pupil import TEACHER_NAME, Refused, dealt, reseated, spread
from game.classroom.qr import qr_svg
from game.classroom.records import (
    ClockSet,
    Entry,
    Frozen,
    Intervened,
    Moved,
    PinMade,
    PupilLink,
    Revoked,
    SettingsChanged,
    StageReached,
    TeacherLink,
    TurnUndone,
    WorldsCounted,
    Written,
)
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
from game.classroom.turns import ended, ending, full_clock
from game.session.events import event_changes
from game.session.records import Injected
from game.text import _
from game.views import Sight


async def obey(room: Room, request: Request) -> dict[str, Any] | None:
    """Carry out a request; what to answer beside the acknowledgement. Raises Refused, StoreError."""
    if isinstance(request, Debrief):
        return await _debrief(room, request)
    return await carry_out(room, decide(room, request))


def decide(room: Room, request: Request) -> Act:
    """What a request comes to; nothing is changed yet. Raises Refused."""
    match request:
        case SetStage():
            return _stage(room, request)
        case SetClock():
            return _clock(room, request)
        case EndTurn():
            return _end_turn(room, request)
        case Undo():
            return _undo(room, request)
        case Inject():
            return _inject(room, request)
        case TellTeam():
            return _tell(room, request)
        case Freeze():
            return _freeze(room, request)
        case Move():
            return _move(room, request)
        case Revoke():
            return _revoke(room, request)
        case MakeLink():
            return _link(room, request)
        case NewPin():
            return _pin(room, request)
        case AddWorlds():
            return _worlds(room, request)
        case SetSettings():
            return _settings(room, request)
    raise TypeError(type(request).__name__)


def _states(room: Room) -> None:
    for world in room.klass.worlds:
        room.show_state(world.number)


def _world(klass: Klass, number: int) -> int:
    if not 1 <= number <= len(klass.worlds):
        raise Refused(_("There is no such world."))
    return number


def _stage(room: Room, request: SetStage) -> Act:
    if request.stage == room.klass.stage:
        return Act()  # Pressed once more: the clock of a turn that is being played must not start anew.
    entries: list[Entry] = [StageReached(stage=request.stage, keep=True, key=request.key)]
    if request.stage in ("debrief", "lobby", "roles"):
        entries.append(ClockSet())
    elif request.stage == "play" and room.klass.stage != "council" and room.klass.settings.minutes:
        entries.append(full_clock(room, running=True))

    def show(made: object) -> None:
        _states(room)
        for world in room.klass.worlds:
            room.later(room.show_views(world.number))

    return Act(tuple(entries), show)


def _clock(room: Room, request: SetClock) -> Act:
    clock = room.klass.clock
    entry = ClockSet(key=request.key)
    if request.act == "start":
        if room.klass.frozen:
            raise Refused(_("Unfreeze the game first; the clock stands until then."))
        left = request.seconds or clock.left or 60 * room.klass.settings.minutes or 240
        entry = ClockSet(until=room.now() + left, key=request.key)
    elif request.act == "pause":
        if clock.until is None:
            return Act()
        entry = ClockSet(left=max(1.0, clock.until - room.now()), key=request.key)
    return Act((entry,), lambda made: _states(room))


def _end_turn(room: Room, request: EndTurn) -> Act:
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
    entries = tuple(ending(room, turns, request.key))
    return Act(entries, lambda made: ended(room, entries))


def _undo(room: Room, request: Undo) -> Act:
    klass = room.klass
    world = klass.world(_world(klass, request.world))
    turn = world.played
    if turn < 1 or not world.game.steps:
        raise Refused(_("No turn has been played yet."))
    entries: list[Entry] = [TurnUndone(turn=turn, keep=True, world=world.number, key=request.key)]
    if klass.clock != Clock() and klass.settings.minutes:
        # What was left would end the turn again before anybody has looked at it.
        entries.append(full_clock(room, running=False))

    def show(made: object) -> None:
        room.workshop.forget()
        room.later(room.show_views(world.number))
        _states(room)

    return Act(tuple(entries), show)


def _inject(room: Room, request: Inject) -> Act:
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
    entry = Intervened(act=act, world=world.number, key=request.key)
    return Act((entry,), lambda made: room.later(room.show_views(world.number)))


def _tell(room: Room, request: TellTeam) -> Act:
    klass = room.klass
    numbers = [_world(klass, request.world)] if request.world else [world.number for world in klass.worlds]
    if request.seat != "all" and request.seat not in klass.world(1).seats:
        raise Refused(_("There is no such seat."))
    entries = [
        Written(
            sender=TEACHER_NAME,
            to=request.seat,
            text=request.text,
            world=number,
            key=request.key if number == numbers[0] else None,
        )
        for number in numbers
    ]
    return Act(tuple(entries), lambda made: spread(room, numbers, made))


def _freeze(room: Room, request: Freeze) -> Act:
    clock = room.klass.clock
    if request.frozen == room.klass.frozen:
        return Act()
    entries: list[Entry] = [Frozen(frozen=request.frozen, key=request.key)]
    if request.frozen and clock.until is not None:
        entries.append(ClockSet(left=max(1.0, clock.until - room.now())))
    elif not request.frozen and clock.left is not None and room.klass.ran:
        entries.append(ClockSet(until=room.now() + clock.left))
    return Act(tuple(entries), lambda made: _states(room))


def _move(room: Room, request: Move) -> Act:
    klass = room.klass
    person = klass.people.get(request.person)
    if person is None:
        raise Refused(_("There is no such pupil."))
    world = _world(klass, request.world)
    if request.seat and request.seat not in klass.world(world).seats:
        raise Refused(_("There is no such seat."))
    observer = request.observer and not request.seat
    entry = Moved(id=person.id, seat=request.seat, observer=observer, world=world, key=request.key)

    async def show(made: object) -> None:
        for line in room.lines_of(person.id):
            await room.welcome_pupil(line, person)
        for other in klass.people.values():
            if other.id != person.id:
                room.show_person(other)
        room.monitor()

    return Act((entry,), show)


def _revoke(room: Room, request: Revoke) -> Act:
    if request.person not in room.klass.people:
        raise Refused(_("There is no such pupil."))
    entry = Revoked(id=request.person, key=request.key)
    return Act((entry,), lambda made: _shut_out(room, request.person))


def _shut_out(room: Room, person: int) -> None:
    """The token with which somebody came is no longer theirs."""
    for line in room.lines_of(person):
        line.close(4401)
    room.monitor()


def _pin(room: Room, request: NewPin) -> Act:
    def show(made: object) -> None:
        room.guesses.total = 0
        room.monitor()

    return Act((PinMade(pin=new_pin(), key=request.key),), show)


def _link(room: Room, request: MakeLink) -> Act:
    """A token is shown once and kept only as its digest. A pupil's comes with a code for a phone to scan."""
    token = new_token()
    link = f"/#t={token}"
    if request.person == 0:
        projector = TeacherLink(hash=digest(token), projector=True, key=request.key)
        return Act((projector,), found={"is": "link", "person": 0, "link": f"/projector#t={token}"})
    if request.person not in room.klass.people:
        raise Refused(_("There is no such pupil."))
    entry = PupilLink(id=request.person, hash=digest(token), key=request.key)
    found = {"is": "link", "person": request.person, "link": link, "code": qr_svg(room.base + link).decode()}
    return Act((entry,), lambda made: _shut_out(room, request.person), found)


def _worlds(room: Room, request: AddWorlds) -> Act:
    klass = room.klass
    if klass.begun:
        raise Refused(_("The game has begun: worlds are opened and closed before the practice turn."))
    if any(klass.of_world(world.number) for world in klass.worlds[request.count :]):
        raise Refused(_("There are pupils in that world. Move them first."))
    if request.count > MOST_WORLDS:
        raise Refused(_("There are at most four worlds."))

    async def show(made: object) -> None:
        for line in room.of_kind("teacher"):
            await room.welcome(line)
        room.projector()

    return Act((WorldsCounted(count=request.count, key=request.key),), show)


def _settings(room: Room, request: SetSettings) -> Act:
    setting = SettingsChanged(**request.model_dump(exclude={"do"}))
    moves = _deal(room.klass, setting) if setting.seats == "deal" else []

    def show(made: object) -> None:
        for move in moves:
            room.later(reseated(room, room.klass.people[move.id]))
        _states(room)

    return Act((setting, *moves), show)


def _deal(klass: Klass, setting: SettingsChanged) -> list[Moved]:
    """What gives a seat to everybody who waits for one, while there are free ones, under a setting that is to come."""
    still = klass.snapshot()
    still.apply(setting)
    moves: list[Moved] = []
    for person in still.people.values():
        if not (person.seat or person.observer or person.revoked):
            for move in dealt(still, person, person.declined):
                still.apply(move)
                moves.append(move)
    return moves


async def _debrief(room: Room, request: Debrief) -> dict[str, Any]:
    klass = room.klass
    world = klass.world(_world(klass, request.world))
    if request.part in ("knew", "choices", "fork") and not any(s.act.turn == request.turn for s in world.game.steps):
        raise Refused(_("The game has not come to this turn."))
    if request.part in ("choices", "fork") and request.seat not in world.seats:
        raise Refused(_("There is no such seat."))
    try:
        found = await room.workshop.reckon(lambda still: debrief.part(still, request))
    except debrief.CannotError as fault:
        raise Refused(str(fault)) from None
    return {"is": "debrief", "part": request.part, "world": request.world, "found": found}
