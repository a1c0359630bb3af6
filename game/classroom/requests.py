"""What a page may ask for. Anything else is refused before it reaches the class."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from game.classroom.records import Rationale, Seating, Stage
from game.scenario.models.base import LONGEST_TEXT_FORM

Key = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Name = Annotated[str, StringConstraints(max_length=80)]
"""As typed; `joining.name_of` says what is one."""
Seat = Annotated[str, StringConstraints(max_length=48)]
OrderText = Annotated[str, StringConstraints(max_length=LONGEST_TEXT_FORM)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]
Secret = Annotated[str, StringConstraints(max_length=64)]
WorldNumber = Annotated[int, Field(ge=0, le=4)]
Turn = Annotated[int, Field(ge=0, le=200)]


NO_KEY = "-"


class Request(BaseModel):
    """key: chosen by the page; the same key is answered again, but done only once. `NO_KEY`: done each time."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    key: Key = NO_KEY


class Hello(Request):
    do: Literal["hello"]
    token: Secret


class Join(Request):
    do: Literal["join"]
    pin: Secret
    name: Name


class Take(Request):
    do: Literal["take"]
    seat: Seat


class Watch(Request):
    """To look on instead of playing a seat."""

    do: Literal["watch"]


class Decline(Request):
    do: Literal["decline"]


class Check(Request):
    do: Literal["check"]
    answers: Annotated[list[int], Field(max_length=5)]


class GiveOrder(Request):
    do: Literal["order"]
    order: OrderText
    why: Line = ""


class Withdraw(Request):
    do: Literal["withdraw"]
    order: OrderText


class Done(Request):
    """turn: the one that the page shows, so that what was asked late does not count for the next; 0: the open one."""

    do: Literal["done"]
    done: bool
    turn: Turn = 0


class Say(Request):
    do: Literal["say"]
    to: Seat
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class Ask(Request):
    """Something to read: a forecast, the reasons against an order, the history, the debrief's parts."""

    do: Literal["ask"]
    what: Literal["forecast", "reasons", "orders", "history", "outcome"]
    order: OrderText = ""


class SetStage(Request):
    do: Literal["stage"]
    stage: Stage


class SetClock(Request):
    do: Literal["clock"]
    act: Literal["start", "pause", "off"]
    seconds: Annotated[int, Field(ge=5, le=7200)] | None = None


class EndTurn(Request):
    """world 0: all; slowest: only the worlds that are behind the others, or all if none is.

    turns: world by world, the one that the page shows; what has ended already is not ended again. []: the open ones.
    """

    do: Literal["end_turn"]
    world: WorldNumber = 0
    slowest: bool = False
    turns: Annotated[list[Turn], Field(max_length=4)] = []


class Undo(Request):
    do: Literal["undo"]
    world: WorldNumber


class Inject(Request):
    """An event with the things it concerns, or a quantity's row with a change in raw units and a headline."""

    do: Literal["inject"]
    world: WorldNumber
    event: Seat = ""
    binding: Annotated[list[Seat], Field(max_length=6)] = []
    row: OrderText = ""
    change: Annotated[int, Field(ge=-10_000, le=10_000)] = 0
    title: Line = ""


class TellTeam(Request):
    do: Literal["tell"]
    world: WorldNumber
    seat: Seat
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class Freeze(Request):
    do: Literal["freeze"]
    frozen: bool


class Move(Request):
    do: Literal["move"]
    person: int
    world: WorldNumber
    seat: Seat
    observer: bool = False


class Revoke(Request):
    do: Literal["revoke"]
    person: int


class MakeLink(Request):
    """A fresh personal link for a pupil, or one for the projector (person 0)."""

    do: Literal["link"]
    person: int


class NewPin(Request):
    do: Literal["pin"]


class AddWorlds(Request):
    do: Literal["worlds"]
    count: Annotated[int, Field(ge=1, le=4)]


class SetSettings(Request):
    do: Literal["settings"]
    seats: Seating | None = None
    per_seat: Annotated[int, Field(ge=1, le=8)] | None = None
    forecasts: bool | None = None
    channels: bool | None = None
    rationale: Rationale | None = None
    check: bool | None = None
    minutes: Annotated[int, Field(ge=0, le=60)] | None = None
    auto: bool | None = None
    joining: bool | None = None


class Debrief(Request):
    """Parts of the debrief, for the teacher: timeline, what each side knew, a forked turn, the epilogue …"""

    do: Literal["debrief"]
    part: Literal["outcome", "timeline", "knew", "choices", "fork", "epilogue", "worlds", "injections", "channels"]
    world: WorldNumber = 1
    turn: Annotated[int, Field(ge=1, le=200)] = 1
    seat: Seat = ""
    orders: Annotated[list[OrderText], Field(max_length=12)] = []


PupilRequest = Annotated[
    Take | Watch | Decline | Check | GiveOrder | Withdraw | Done | Say | Ask,
    Field(discriminator="do"),
]
TeacherRequest = Annotated[
    SetStage
    | SetClock
    | EndTurn
    | Undo
    | Inject
    | TellTeam
    | Freeze
    | Move
    | Revoke
    | MakeLink
    | NewPin
    | AddWorlds
    | SetSettings
    | Debrief,
    Field(discriminator="do"),
]
FIRST: TypeAdapter[Hello | Join] = TypeAdapter(Annotated[Hello | Join, Field(discriminator="do")])
PUPIL: TypeAdapter[Take | Watch | Decline | Check | GiveOrder | Withdraw | Done | Say | Ask] = TypeAdapter(PupilRequest)
TEACHER_ASKS: TypeAdapter[Request] = TypeAdapter(TeacherRequest)
