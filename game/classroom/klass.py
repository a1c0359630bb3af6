"""A class as its journal tells it: people, seats, worlds, stage, clock. No files, no sockets, no clock of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from game.classroom.roles import class_turns
from game.classroom.seats import Place
from game.classroom.store import Entry
from game.classroom.world import Said, World
from game.rules import Ruleset
from game.scenario import Scenario

ORDERING = ("practice", "play", "council")
"""Stages of the lesson in which orders can be given."""
MOST_WORLDS, MOST_PEOPLE = 4, 400
_ABOUT_PEOPLE = ("joined", "moved", "revoked", "token", "declined", "worlds")


@dataclass(frozen=True)
class Settings:
    """seats: pupils choose, are dealt evenly, or wait to be assigned. minutes: a turn's clock, 0 for none.

    joining: whether new pupils may come in.
    """

    seats: Literal["choose", "deal", "assign"] = "choose"
    per_seat: int = 2
    forecasts: bool = True
    channels: bool = True
    rationale: Literal["off", "optional", "required"] = "optional"
    check: bool = True
    minutes: int = 4
    auto: bool = True
    joining: bool = True


@dataclass
class Person:
    """A pupil. seat: "" while without one; declined: seats they asked not to play.

    late: the turn in which they joined, 0 before the game began. passed: seats whose role check they passed, in
    order; attempts: at all of them. played: the turns they sat through, by world and seat, practice left out.
    """

    id: int
    name: str
    hash: str
    world: int
    seat: str = ""
    observer: bool = False
    revoked: bool = False
    checked: str = ""
    tries: int = 0
    declined: list[str] = field(default_factory=list)
    late: int = 0
    passed: list[str] = field(default_factory=list)
    attempts: int = 0
    played: dict[tuple[int, str], set[int]] = field(default_factory=dict)

    def snapshot(self) -> Person:
        played = {place: set(turns) for place, turns in self.played.items()}
        return replace(self, declined=list(self.declined), passed=list(self.passed), played=played)


@dataclass(frozen=True)
class Clock:
    """until: seconds since the epoch while it runs; left: seconds while it stands; both None: no clock."""

    until: float | None = None
    left: float | None = None


class Klass:
    """Everything about a class. Changes only by `apply`."""

    def __init__(
        self, scenario: Scenario, ruleset: Ruleset, seed: int, worlds: int, places: Sequence[Place] = ()
    ) -> None:
        self.scenario, self.ruleset, self.seed = scenario, ruleset, seed
        self.worlds = [World(n + 1, scenario, ruleset, seed) for n in range(worlds)]
        self.expected = tuple(places)
        self.people: dict[int, Person] = {}
        self.by_hash: dict[str, int] = {}
        self._index: dict[tuple[int, str], list[Person]] | None = None
        self.teachers: set[str] = set()
        self.projectors: set[str] = set()
        self.pin = ""
        self.settings = Settings()
        self.stage = "lobby"
        self.frozen = False
        self.clock = Clock()
        self.ran = False
        """Whether the clock ran when the game was frozen."""
        self.keys: set[tuple[int, str]] = set()
        self.messages = 0
        self.last = 0.0

    # -- asking --------------------------------------------------------------------------------------

    @property
    def turns(self) -> int:
        """Turns that the class plays."""
        return class_turns(self.scenario)

    @property
    def ordering(self) -> bool:
        return self.stage in ORDERING and not self.frozen

    def world(self, number: int) -> World:
        """Raises IndexError."""
        if not 1 <= number <= len(self.worlds):
            raise IndexError(number)
        return self.worlds[number - 1]

    def seated(self, world: int, seat: str) -> list[Person]:
        """Who shares a seat, in the order in which they joined."""
        return self._indexed().get((world, seat), [])

    def of_world(self, world: int) -> list[Person]:
        return [p for p in self.people.values() if p.world == world and not p.revoked]

    def _indexed(self) -> dict[tuple[int, str], list[Person]]:
        """People by world and seat; made anew when somebody has come, gone or moved."""
        if self._index is None:
            self._index = {}
            for person in self.people.values():
                if not person.revoked:
                    self._index.setdefault((person.world, person.seat), []).append(person)
        return self._index

    def held(self, world: int, here: Iterable[int]) -> list[str]:
        """Seats that people play this turn: somebody is here, or has given orders or handed in."""
        game, present = self.world(world).game, set(here)
        return [
            seat
            for seat in self.world(world).seats
            if (people := self.seated(world, seat))
            and (any(p.id in present for p in people) or game.queue(seat) or seat in game.handed_in)
        ]

    def over(self, world: int) -> bool:
        """Whether the class has played all its turns in a world."""
        game = self.world(world).game
        return game.over or (game is self.world(world).real and game.turn > self.turns)

    @property
    def begun(self) -> bool:
        """Whether orders have been given: from then on a seat's desk holds what others may not read."""
        return self.stage not in ("lobby", "roles") or any(world.real.turn > 1 for world in self.worlds)

    def places(self, world: int, seat: str) -> int:
        """How many pupils may still sit down in a seat by themselves: in a game that has begun, only in empty ones."""
        sitting = len(self.seated(world, seat))
        return 0 if self.begun and sitting else max(0, self.settings.per_seat - sitting)

    def may_choose(self, person: Person) -> bool:
        """Whether a pupil chooses a seat: who gives one back in a game that has begun has seen its desk."""
        return self.settings.seats == "choose" and not (self.begun and (person.seat or person.declined))

    def may_watch(self, person: Person) -> bool:
        """Whether a pupil without a seat may choose to look on."""
        return self.settings.seats == "choose" and not person.seat and not person.observer

    def free_seat(self, world: int | None = None, but: Iterable[str] = ()) -> tuple[int, str]:
        """The world and the seat with the fewest pupils, first in order; seat "" where all are taken.

        but: seats that are not wanted.
        """
        avoided = set(but)
        rows = [
            (len(self.seated(w.number, seat)), place, w.number, seat)
            for w in (self.peopled if self.begun else self.worlds)
            if world is None or w.number == world
            for place, seat in enumerate(w.seats)
            if seat not in avoided and self.places(w.number, seat)
        ]
        if not rows:
            return world or self.emptiest(), ""
        _count, _place, number, seat = min(rows)
        return number, seat

    @property
    def peopled(self) -> list[World]:
        """The worlds with pupils in them; all while there are none. Nobody waits for a world without people."""
        return [world for world in self.worlds if self.of_world(world.number)] or self.worlds

    def emptiest(self) -> int:
        """The world with the fewest pupils; once the game has begun, of those with pupils."""
        among = self.peopled if self.begun else self.worlds
        return min(among, key=lambda world: (len(self.of_world(world.number)), world.number)).number

    def snapshot(self) -> Klass:
        """The class as it stands, for another thread to read while this one goes on."""
        other = copy(self)
        other.worlds = [world.snapshot() for world in self.worlds]
        other.people = {number: person.snapshot() for number, person in self.people.items()}
        other.by_hash, other.keys = dict(self.by_hash), set(self.keys)
        other.teachers, other.projectors = set(self.teachers), set(self.projectors)
        other._index = None
        return other

    # -- changing ------------------------------------------------------------------------------------

    def apply(self, entry: Entry) -> Said | None:
        """Follow one entry of the journal; the message that it is, if it is one."""
        if entry.key is not None:
            self.keys.add((entry.person, entry.key))
        self.last = max(self.last, entry.at)
        if entry.kind in _ABOUT_PEOPLE:
            self._index = None
        made: Said | None = getattr(self, f"_{entry.kind}")(entry, entry.data)
        return made

    def _teacher(self, entry: Entry, data: dict[str, Any]) -> None:
        (self.projectors if data["projector"] else self.teachers).add(data["hash"])

    def _pin(self, entry: Entry, data: dict[str, Any]) -> None:
        self.pin = data["pin"]

    def _settings(self, entry: Entry, data: dict[str, Any]) -> None:
        self.settings = replace(self.settings, **data)

    def _worlds(self, entry: Entry, data: dict[str, Any]) -> None:
        while len(self.worlds) < data["count"]:
            self.worlds.append(World(len(self.worlds) + 1, self.scenario, self.ruleset, self.seed))
        del self.worlds[data["count"] :]
        for person in self.people.values():
            if person.world > data["count"]:  # Somebody who was removed, and may be given a link again.
                person.world, person.seat, person.checked = 1, "", ""

    def _joined(self, entry: Entry, data: dict[str, Any]) -> None:
        person = Person(
            data["id"], data["name"], data["hash"], entry.world, data.get("seat", ""), data.get("observer", False)
        )
        person.late = self.world(entry.world).real.turn if self.begun else 0
        self.people[person.id] = person
        self.by_hash[person.hash] = person.id

    def _token(self, entry: Entry, data: dict[str, Any]) -> None:
        person = self.people[data["id"]]
        self.by_hash.pop(person.hash, None)
        person.hash = data["hash"]
        person.revoked = False
        self.by_hash[person.hash] = person.id

    def _revoked(self, entry: Entry, data: dict[str, Any]) -> None:
        person = self.people[data["id"]]
        person.revoked = True
        self.by_hash.pop(person.hash, None)

    def _moved(self, entry: Entry, data: dict[str, Any]) -> None:
        person = self.people[data["id"]]
        if (person.world, person.seat) != (entry.world, data["seat"]):
            person.checked, person.tries = "", 0
        person.world, person.seat, person.observer = entry.world, data["seat"], data.get("observer", False)

    def _declined(self, entry: Entry, data: dict[str, Any]) -> None:
        person = self.people[entry.person]
        person.declined.append(data["seat"])
        person.seat, person.checked = "", ""

    def _checked(self, entry: Entry, data: dict[str, Any]) -> None:
        person = self.people[entry.person]
        person.tries += 1
        person.attempts += 1
        if data["passed"]:
            person.checked = data["seat"]
            if data["seat"] not in person.passed:
                person.passed.append(data["seat"])

    def _stage(self, entry: Entry, data: dict[str, Any]) -> None:
        self.stage = data["stage"]
        for world in self.worlds:
            world.practising(self.stage == "practice", data.get("keep", False))

    def _frozen(self, entry: Entry, data: dict[str, Any]) -> None:
        if data["frozen"] and not self.frozen:
            self.ran = self.clock.until is not None
        self.frozen = data["frozen"]

    def _clock(self, entry: Entry, data: dict[str, Any]) -> None:
        self.clock = Clock(data.get("until"), data.get("left"))

    def _name(self, person: int) -> str:
        return self.people[person].name if person in self.people else ""

    def _order(self, entry: Entry, data: dict[str, Any]) -> None:
        self.world(entry.world).add(data["seat"], data["text"], data.get("why", ""), self._name(entry.person))

    def _withdraw(self, entry: Entry, data: dict[str, Any]) -> None:
        self.world(entry.world).remove(data["seat"], data["text"])

    def _done(self, entry: Entry, data: dict[str, Any]) -> None:
        handed_in = self.world(entry.world).game.handed_in
        (handed_in.add if data["done"] else handed_in.discard)(data["seat"])

    def _said(self, entry: Entry, data: dict[str, Any]) -> Said:
        world = self.world(entry.world)
        self.messages += 1
        said = Said(
            self.messages,
            world.game.turn,
            entry.at,
            data["from"],
            data["to"],
            self._name(entry.person),
            data["text"],
        )
        world.said.append(said)
        return said

    def _resolved(self, entry: Entry, data: dict[str, Any]) -> None:
        world = self.world(entry.world)
        if world.game is world.real:
            for person in self.of_world(entry.world):
                if person.seat:
                    person.played.setdefault((entry.world, person.seat), set()).add(world.game.turn)
        world.take(data)

    def _undone(self, entry: Entry, data: dict[str, Any]) -> None:
        world = self.world(entry.world)
        if world.game is world.real:
            for person in self.people.values():
                for (number, _seat), turns in person.played.items():
                    if number == entry.world:
                        turns.difference_update([turn for turn in turns if turn >= data["turn"]])
        world.undo(data["turn"], data.get("keep", False))

    def _injected(self, entry: Entry, data: dict[str, Any]) -> None:
        self.world(entry.world).inject(data)
