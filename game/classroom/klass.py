"""A class as its journal tells it: people, seats, worlds, stage, clock. No files, no sockets, no clock of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import assert_never

from game.classroom.records import (
    Begun,
    Checked,
    ClockSet,
    Declined,
    Entry,
    Frozen,
    HandedIn,
    Intervened,
    Joined,
    Moved,
    Ordered,
    PinMade,
    PupilLink,
    Rationale,
    Revoked,
    Seating,
    SettingsChanged,
    Stage,
    StageReached,
    TeacherLink,
    TurnEnded,
    TurnUndone,
    Withdrawn,
    WorldsCounted,
    Written,
)
from game.classroom.roles import class_turns
from game.classroom.seats import Place
from game.classroom.world import Said, World
from game.rules import Ruleset
from game.scenario import Scenario

ORDERING = ("practice", "play", "council")
"""Stages of the lesson in which orders can be given."""
MOST_WORLDS, MOST_PEOPLE = 4, 400


@dataclass(frozen=True)
class Settings:
    """seats: pupils choose, are dealt evenly, or wait to be assigned. minutes: a turn's clock, 0 for none.

    joining: whether new pupils may come in.
    """

    seats: Seating = "choose"
    per_seat: int = 2
    forecasts: bool = True
    channels: bool = True
    rationale: Rationale = "optional"
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
        self.stage: Stage = "lobby"
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
        """Follow one entry of the journal; the message that it is, if it is one.

        Raises ValueError or LookupError where it does not fit this class.
        """
        if entry.key is not None:
            self.keys.add((entry.person, entry.key))
        self.last = max(self.last, entry.at)
        match entry:
            case Written():
                return self._write(entry)
            case Ordered() | Withdrawn() | HandedIn() | TurnEnded() | TurnUndone() | Intervened():
                self._play(entry)
            case Joined() | PupilLink() | Revoked() | Moved() | Declined() | Checked():
                self._index = None
                self._about(entry)
            case WorldsCounted():
                self._index = None
                self._count_worlds(entry.count)
            case TeacherLink():
                (self.projectors if entry.projector else self.teachers).add(entry.hash)
            case PinMade():
                self.pin = entry.pin
            case SettingsChanged():
                self.settings = replace(self.settings, **entry.data)
            case StageReached():
                self.stage = entry.stage
                for world in self.worlds:
                    world.practising(self.stage == "practice", entry.keep)
            case Frozen():
                if entry.frozen and not self.frozen:
                    self.ran = self.clock.until is not None
                self.frozen = entry.frozen
            case ClockSet():
                self.clock = Clock(entry.until, entry.left)
            case Begun():
                raise ValueError("a class begins once")
            case _:
                assert_never(entry)
        return None

    def _about(self, entry: Joined | PupilLink | Revoked | Moved | Declined | Checked) -> None:
        """Follow what concerns one pupil. Raises KeyError for one who has not joined."""
        match entry:
            case Joined():
                person = Person(entry.id, entry.name, entry.hash, entry.world, entry.seat, entry.observer)
                person.late = self.world(entry.world).real.turn if self.begun else 0
                self.people[person.id] = person
                self.by_hash[person.hash] = person.id
            case PupilLink():
                person = self.people[entry.id]
                self.by_hash.pop(person.hash, None)
                person.hash = entry.hash
                person.revoked = False
                self.by_hash[person.hash] = person.id
            case Revoked():
                person = self.people[entry.id]
                person.revoked = True
                self.by_hash.pop(person.hash, None)
            case Moved():
                person = self.people[entry.id]
                if (person.world, person.seat) != (entry.world, entry.seat):
                    person.checked, person.tries = "", 0
                person.world, person.seat, person.observer = entry.world, entry.seat, entry.observer
            case Declined():
                person = self.people[entry.person]
                person.declined.append(entry.seat)
                person.seat, person.checked = "", ""
            case Checked():
                person = self.people[entry.person]
                person.tries += 1
                person.attempts += 1
                if entry.passed:
                    person.checked = entry.seat
                    if entry.seat not in person.passed:
                        person.passed.append(entry.seat)

    def _count_worlds(self, count: int) -> None:
        while len(self.worlds) < count:
            self.worlds.append(World(len(self.worlds) + 1, self.scenario, self.ruleset, self.seed))
        del self.worlds[count:]
        for person in self.people.values():
            if person.world > count:  # Somebody who was removed, and may be given a link again.
                person.world, person.seat, person.checked = 1, "", ""

    def _play(self, entry: Ordered | Withdrawn | HandedIn | TurnEnded | TurnUndone | Intervened) -> None:
        """Follow what concerns one world's game. Raises IndexError for a world that is none, KeyError for an order."""
        world = self.world(entry.world)
        match entry:
            case Ordered():
                world.add(entry.seat, entry.text, entry.why, self._name(entry.person))
            case Withdrawn():
                world.remove(entry.seat, entry.text)
            case HandedIn():
                (world.game.handed_in.add if entry.done else world.game.handed_in.discard)(entry.seat)
            case TurnEnded():
                if world.game is world.real:
                    for person in self.of_world(entry.world):
                        if person.seat:
                            person.played.setdefault((entry.world, person.seat), set()).add(world.game.turn)
                world.take(entry)
            case TurnUndone():
                if world.game is world.real:
                    for person in self.people.values():
                        for (number, _seat), turns in person.played.items():
                            if number == entry.world:
                                turns.difference_update([turn for turn in turns if turn >= entry.turn])
                world.undo(entry.turn, entry.keep)
            case Intervened():
                world.inject(entry)

    def _write(self, entry: Written) -> Said:
        world = self.world(entry.world)
        self.messages += 1
        by = self._name(entry.person)
        said = Said(self.messages, world.game.turn, entry.at, entry.sender, entry.to, by, entry.text)
        world.said.append(said)
        return said

    def _name(self, person: int) -> str:
        return self.people[person].name if person in self.people else ""
