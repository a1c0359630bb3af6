"""The running class: its journal, its people's lines, and what is sent to whom.

Everything that changes goes through `commit`: applied in memory, written to the disk, and only then answered and
shown. What has to be worked out for that is made in the workshop meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Any

from game.classroom.klass import Klass, Person
from game.classroom.line import Line, text_of
from game.classroom.monitor import monitor_json
from game.classroom.records import Entry
from game.classroom.requests import NO_KEY
from game.classroom.security import MESSAGE_BURST, MESSAGE_RATE, Bucket, Guesses
from game.classroom.store import Journal, StoreError
from game.classroom.workshop import Workshop
from game.classroom.world import Said
from game.session.logs import open_log
from game.text import _

MONITOR_SECONDS, DESK_SECONDS = 0.5, 0.12


class Room:
    """One class that is open to pupils."""

    def __init__(self, klass: Klass, journal: Journal, base: str, now: Callable[[], float] = time.time) -> None:
        self.klass, self.journal, self.base, self.now = klass, journal, base, now
        self.lines: set[Line] = set()
        self.by_person: dict[int, set[Line]] = {}
        self.guesses = Guesses()
        self.buckets: dict[str, Bucket] = {}
        self.writing: dict[tuple[int, str], Bucket] = {}
        self.workshop = Workshop(klass)
        self.pending: dict[tuple[int, str], asyncio.Future[None]] = {}
        self.dirty_desks: dict[tuple[int, str], None] = {}
        self.sending_desks = False
        self.dirty_monitor = False
        self.tasks: set[asyncio.Task[None]] = set()
        self.busy: set[str] = set()
        self.broken = ""

    # -- changing the class --------------------------------------------------------------------------

    async def commit(self, *entries: Entry) -> list[Said | None]:
        """Apply entries, and return when they are on the disk: for each the message that it is, if it is one.

        Raises StoreError; the room is then closed.
        """
        if self.broken:
            raise StoreError(self.broken)
        # Without a key a request is done as often as it comes: the journal must not take two for one.
        stamped = [
            one.model_copy(update={"at": self.now(), "key": None if one.key == NO_KEY else one.key}) for one in entries
        ]
        try:
            made = [self.klass.apply(entry) for entry in stamped]
        except Exception as fault:
            # What was applied before it, or half of it, is in memory and will not be on the disk.
            open_log().exception("the class stops: an entry could not be followed")
            self._close(_("the program failed ({reason})").format(reason=type(fault).__name__), stamped)
            raise StoreError(self.broken) from fault
        written = self.journal.append(stamped)
        key = stamped[0].key
        waiting = asyncio.ensure_future(written)
        if key is not None:
            self.pending[(entries[0].person, key)] = waiting
        try:
            await asyncio.shield(waiting)
        except StoreError as fault:
            # What is in memory is not on the disk: nothing may be built on it.
            self._close(str(fault), stamped)
            open_log().error("the class stops: %s", fault)
            raise
        finally:
            if key is not None:
                self.pending.pop((entries[0].person, key), None)
        return made

    def _close(self, why: str, lost: list[Entry]) -> None:
        """Take nothing more. lost: what was to be kept and is not, so that asking again is not acknowledged."""
        self.broken = why
        self.klass.keys.difference_update((entry.person, entry.key) for entry in lost if entry.key is not None)
        self.monitor()

    async def known(self, person: int, key: str) -> bool:
        """Whether a request was carried out already; waits until it is on the disk."""
        if (person, key) not in self.klass.keys:
            return False
        waiting = self.pending.get((person, key))
        if waiting is not None:
            await asyncio.shield(waiting)
        return True

    # -- lines -----------------------------------------------------------------------------------------

    def bucket(self, line: Line) -> Bucket:
        person = self.klass.people.get(line.person)
        name = f"{person.world}:{person.seat}" if person is not None and person.seat else f"#{line.person}"
        return self.buckets.setdefault(name, Bucket())

    def may_write(self, world: int, seat: str) -> bool:
        """Whether a seat may send one more message now; counts it."""
        limit = self.writing.setdefault((world, seat), Bucket(rate=MESSAGE_RATE, burst=MESSAGE_BURST))
        return limit.take()

    @property
    def here(self) -> set[int]:
        """The pupils with an open line."""
        return set(self.by_person)

    def add(self, line: Line) -> None:
        self.lines.add(line)
        if line.kind == "pupil":
            self.by_person.setdefault(line.person, set()).add(line)
        self.monitor()

    def drop(self, line: Line) -> None:
        self.lines.discard(line)
        mine = self.by_person.get(line.person, set())
        mine.discard(line)
        if not mine:
            self.by_person.pop(line.person, None)
        self.monitor()

    def lines_of(self, person: int) -> list[Line]:
        return list(self.by_person.get(person, ()))

    def team(self, world: int, seat: str) -> list[Line]:
        """The lines of everybody in a seat."""
        return [line for person in self.klass.seated(world, seat) for line in self.lines_of(person.id)]

    def everybody(self, world: int) -> list[Line]:
        return [line for person in self.klass.of_world(world) for line in self.lines_of(person.id)]

    def of_kind(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]

    # -- meanwhile -------------------------------------------------------------------------------------

    def later(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            open_log().error("a task of the class failed", exc_info=task.exception())

    # -- what is shown ---------------------------------------------------------------------------------

    def me(self, person: Person) -> dict[str, Any]:
        """What a pupil is told of themselves and of the class."""
        klass = self.klass
        world = klass.world(person.world)
        team = klass.seated(person.world, person.seat) if person.seat else []
        return {
            "is": "me",
            "name": person.name,
            "seat": person.seat,
            "observer": person.observer,
            "world": person.world,
            "checked": not klass.settings.check or person.checked == person.seat,
            "tries": person.tries,
            "declined": list(person.declined),
            "team": [{"name": one.name, "here": one.id in self.by_person} for one in team],
            "free": {seat: 0 if seat in person.declined else klass.places(person.world, seat) for seat in world.seats},
            "choose": klass.may_choose(person),
            "watch": klass.may_watch(person),
            **self.state(person.world),
            "done": person.seat in world.game.handed_in,
            "why": dict(world.why.get(person.seat, {})),
        }

    def state(self, world: int) -> dict[str, Any]:
        """The lesson's state, the same for everybody in a world."""
        klass = self.klass
        game = klass.world(world).game
        seats = [seat for seat in klass.world(world).seats if klass.seated(world, seat)]
        return {
            "worlds": len(klass.worlds),
            "stage": klass.stage,
            "frozen": klass.frozen,
            "over": klass.over(world),
            "turn": game.turn,
            "turns": klass.turns,
            "now": self.now(),
            "until": klass.clock.until,
            "left": klass.clock.left,
            "forecasts": klass.settings.forecasts,
            "channels": klass.settings.channels,
            "rationale": klass.settings.rationale,
            "ready": sum(seat in game.handed_in for seat in seats),
            "seats_taken": len(seats),
        }

    def send(self, lines: Iterable[Line], message: dict[str, Any] | str) -> None:
        text = message if isinstance(message, str) else text_of(message)
        for line in lines:
            line.put(text)

    def show_person(self, person: Person) -> None:
        lines = self.lines_of(person.id)
        if lines:
            self.send(lines, self.me(person))

    def show_state(self, world: int) -> None:
        """Stage, clock and who is ready, to everybody in a world."""
        for person in self.klass.of_world(world):
            self.show_person(person)
        self.projector()
        self.monitor()

    def desk(self, world: int, seat: str) -> None:
        """Send a seat its orders soon; many changes at once are sent once."""
        self.dirty_desks[(world, seat)] = None
        if not self.sending_desks:
            self.sending_desks = True
            self.later(self._desks())

    async def _desks(self) -> None:
        try:
            while self.dirty_desks:
                await asyncio.sleep(DESK_SECONDS)
                seats = list(self.dirty_desks)
                self.dirty_desks.clear()
                await self._send_desks(seats)
                for world, seat in seats:
                    self.show_team(world, seat)
        finally:
            self.sending_desks = False

    async def _send_desks(self, seats: Iterable[tuple[int, str]]) -> None:
        """All are asked for at once; a fault in one does not keep the others from being sent."""
        sent = await asyncio.gather(*(self._send_desk(world, seat) for world, seat in seats), return_exceptions=True)
        for fault in sent:
            if isinstance(fault, BaseException):
                open_log().error("a desk could not be sent", exc_info=fault)

    async def _send_desk(self, world: int, seat: str) -> None:
        if self.team(world, seat):
            text = await self.workshop.desk(world, seat)
            self.send(self.team(world, seat), text)

    def show_team(self, world: int, seat: str) -> None:
        """Who has handed in, and the reasons given, to everybody in a seat."""
        for person in self.klass.seated(world, seat):
            self.show_person(person)
        self.monitor()

    async def show_views(self, world: int) -> None:
        """Everybody in a world gets the whole state anew."""
        for person in self.klass.of_world(world):
            self.show_person(person)
        seats = [seat for seat in self.klass.world(world).seats if self.team(world, seat)]
        await self._send_desks((world, seat) for seat in seats)
        for seat in seats:
            text = await self.workshop.view(world, seat)
            self.send(self.team(world, seat), text)
        public = await self.workshop.view(world, "")
        watching = {person.id for person in self.klass.of_world(world) if not person.seat}
        self.send([line for line in self.everybody(world) if line.person in watching], public)
        self.send(self.of_kind("projector"), public)
        self.send(self.of_kind("teacher"), public)

    async def welcome(self, line: Line) -> None:
        """The full state for a line that has just come, or come again."""
        klass = self.klass
        line.put(self.workshop.scenario)
        if line.kind == "pupil":
            await self.welcome_pupil(line, klass.people[line.person])
            return
        if line.kind == "teacher":
            line.put(text_of(monitor_json(self)))
        for world in klass.worlds:
            line.put(text_of({"is": "state", "world": world.number, **self.state(world.number)}))
            line.put(await self.workshop.view(world.number, ""))

    async def welcome_pupil(self, line: Line, person: Person) -> None:
        klass = self.klass
        world = klass.world(person.world)
        line.put(text_of(self.me(person)))
        if person.seat:
            line.put(self.workshop.role(person.world, person.seat))
            line.put(await self.workshop.desk(person.world, person.seat))
        said = [one for one in world.said if self.may_read(person, one.sender, one.to)]
        line.put(text_of({"is": "channel", "all": [said_json(one) for one in said]}))
        if person.seat:
            line.put(await self.workshop.view(person.world, person.seat))
        else:
            line.put(await self.workshop.view(person.world, ""))

    def may_read(self, person: Person, sender: str, to: str) -> bool:
        return to == "all" or (person.seat != "" and person.seat in (sender, to))

    def monitor(self) -> None:
        """Send the teacher's console soon."""
        if self.dirty_monitor:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        self.dirty_monitor = True
        loop.call_later(MONITOR_SECONDS, self._monitor)

    def _monitor(self) -> None:
        self.dirty_monitor = False
        teachers = self.of_kind("teacher")
        if teachers:
            self.send(teachers, monitor_json(self))
        self.projector()

    def projector(self) -> None:
        for world in self.klass.worlds:
            self.send(
                [*self.of_kind("projector"), *self.of_kind("teacher")],
                {
                    "is": "state",
                    "world": world.number,
                    "pin": self.klass.pin,
                    "address": self.base,
                    **self.state(world.number),
                },
            )


def said_json(one: Said) -> dict[str, Any]:
    return {
        "n": one.n,
        "turn": one.turn,
        "at": one.at,
        "from": one.sender,
        "to": one.to,
        "by": one.by,
        "text": one.text,
    }
