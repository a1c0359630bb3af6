"""What a class is: its journal's entries, from which everything about it follows.

These are also the lines that a class's file holds, so they are checked strictly when one is read. Where an entry has
come to mean more it says so itself (`keep`), and one without it means what it did.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from game.session.records import Injected, Record, Resolved
from game.session.save import Packed

FORMAT = 1
TEACHER = 0
"""The person that writes the teacher's entries."""

Stage = Literal["lobby", "roles", "practice", "play", "council", "debrief"]
Seating = Literal["choose", "deal", "assign"]
Rationale = Literal["off", "optional", "required"]


class DamagedError(ValueError):
    """A line that is no entry of a class; the message says what was found where."""


class Kept(Record):
    """What every entry has. world, person: 0 for all worlds, for the teacher. key: of the request, once each."""

    model_config = ConfigDict(populate_by_name=True)
    kind: str
    world: int = 0
    person: int = TEACHER
    key: str | None = None
    at: float = 0.0

    @property
    def data(self) -> dict[str, Any]:
        """What only this kind of entry has, as it is written."""
        return self.model_dump(by_alias=True, exclude_none=True, exclude=_EVERY)


_EVERY = set(Kept.model_fields)


class Expected(Record):
    """Where a pupil of the seats file belongs: see `seats.Place`."""

    name: str
    seat: str
    world: int


class Begun(Kept):
    """The first entry: the scenario's files, whole, so that a class never depends on what is installed."""

    kind: Literal["begun"] = "begun"
    format: Literal[1] = 1
    scenario: str
    files: dict[str, Packed]
    seed: int
    worlds: int
    places: list[Expected]


# -- who may come in -----------------------------------------------------------------------------------


class TeacherLink(Kept):
    """A token for the teacher's console or for a projector; kept as its digest."""

    kind: Literal["teacher"] = "teacher"
    hash: str
    projector: bool


class PupilLink(Kept):
    """A fresh token of a pupil, in place of the one before."""

    kind: Literal["token"] = "token"
    id: int
    hash: str


class PinMade(Kept):
    kind: Literal["pin"] = "pin"
    pin: str


class Joined(Kept):
    kind: Literal["joined"] = "joined"
    id: int
    name: str
    hash: str
    seat: str = ""
    observer: bool = False


class Revoked(Kept):
    """A pupil's token is theirs no longer."""

    kind: Literal["revoked"] = "revoked"
    id: int


# -- seats ---------------------------------------------------------------------------------------------


class Moved(Kept):
    """A pupil sits in another seat, or in none, or looks on."""

    kind: Literal["moved"] = "moved"
    id: int
    seat: str
    observer: bool = False


class Declined(Kept):
    """The person would rather not play a seat."""

    kind: Literal["declined"] = "declined"
    seat: str


class Checked(Kept):
    """The person answered the three questions about a seat's role."""

    kind: Literal["checked"] = "checked"
    seat: str
    passed: bool


# -- the lesson ----------------------------------------------------------------------------------------


class SettingsChanged(Kept):
    """None: as it was."""

    kind: Literal["settings"] = "settings"
    seats: Seating | None = None
    per_seat: int | None = None
    forecasts: bool | None = None
    channels: bool | None = None
    rationale: Rationale | None = None
    check: bool | None = None
    minutes: int | None = None
    auto: bool | None = None
    joining: bool | None = None


class WorldsCounted(Kept):
    """There are so many worlds."""

    kind: Literal["worlds"] = "worlds"
    count: int


class StageReached(Kept):
    """keep: what waits in the game and in the practice game stays there."""

    kind: Literal["stage"] = "stage"
    stage: Stage
    keep: bool = False


class Frozen(Kept):
    kind: Literal["frozen"] = "frozen"
    frozen: bool


class ClockSet(Kept):
    """until: seconds since the epoch while it runs; left: seconds while it stands; both None: no clock."""

    kind: Literal["clock"] = "clock"
    until: float | None = None
    left: float | None = None


# -- the game ------------------------------------------------------------------------------------------


class Ordered(Kept):
    """An order in its text form, found legal, with the person's reason."""

    kind: Literal["order"] = "order"
    seat: str
    text: str
    why: str = ""


class Withdrawn(Kept):
    kind: Literal["withdraw"] = "withdraw"
    seat: str
    text: str


class HandedIn(Kept):
    """done False: the seat has taken its handing in back."""

    kind: Literal["done"] = "done"
    seat: str
    done: bool


class Written(Kept):
    """A message. Sender and receiver are seats, or `teacher`; `to` may be `all`."""

    kind: Literal["said"] = "said"
    sender: str = Field(validation_alias="from", serialization_alias="from")
    to: str
    text: str


class TurnEnded(Kept):
    """held: the seats that people played. why, by: seat → order → the reason, and the names of who gave it."""

    kind: Literal["resolved"] = "resolved"
    act: Resolved
    held: list[str]
    why: dict[str, dict[str, str]]
    by: dict[str, dict[str, list[str]]]


class TurnUndone(Kept):
    """keep: what waits in the open turn is put by until the class comes to it once more."""

    kind: Literal["undone"] = "undone"
    turn: int
    keep: bool = False


class Intervened(Kept):
    """The teacher let something happen."""

    kind: Literal["injected"] = "injected"
    act: Injected


Entry = (
    Begun
    | TeacherLink
    | PupilLink
    | PinMade
    | Joined
    | Revoked
    | Moved
    | Declined
    | Checked
    | SettingsChanged
    | WorldsCounted
    | StageReached
    | Frozen
    | ClockSet
    | Ordered
    | Withdrawn
    | HandedIn
    | Written
    | TurnEnded
    | TurnUndone
    | Intervened
)
_ENTRY: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Field(discriminator="kind")])


def entry_of(kind: str, data: object, world: int, person: int, key: str | None, at: float) -> Entry:
    """The entry of a line as the journal holds it. data: what is written of this kind. Raises DamagedError."""
    if not isinstance(data, dict):
        raise DamagedError(f"{kind}: an object is expected")
    try:
        return _ENTRY.validate_python({**data, "kind": kind, "world": world, "person": person, "key": key, "at": at})
    except ValidationError as fault:
        first = fault.errors()[0]
        # The kind stands first in what is said of a field, and alone where it is none.
        where = ".".join(str(part) for part in first["loc"]) or repr(kind)
        raise DamagedError(f"{where}: {first['msg']}") from None
