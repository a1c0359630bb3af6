"""What a game is: a log of turns and of the control's acts, from which the world follows.

These are also the shapes a save file holds, so they are checked strictly when one is read.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from game.scenario.models.base import LONGEST_TEXT_FORM

Amount = Annotated[int, Field(ge=-(2**31), lt=2**31)]
Value = Amount | Annotated[str, Field(max_length=LONGEST_TEXT_FORM)]
"""A row's raw value; a remembered order is written in its text form."""

Name = Annotated[str, Field(max_length=LONGEST_TEXT_FORM)]
Sentence = Annotated[str, Field(max_length=1000)]
PERSON = "person"
COMPUTER = "doctrine"


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Resolved(Record):
    """A turn: every seat's orders in their text form, the fingerprint after it, the rows it changed."""

    act: Literal["turn"] = "turn"
    turn: int
    orders: dict[Name, list[Name]]
    fingerprint: str
    changes: dict[Name, Value]


class Injected(Record):
    """The control changed some rows at the opening of a turn, and said why."""

    act: Literal["inject"] = "inject"
    turn: int
    title: Sentence
    changes: dict[Name, Amount]


class HandedOver(Record):
    """The control gave a seat to a person or to a kind of computer player."""

    act: Literal["hand_over"] = "hand_over"
    turn: int
    seat: Name
    holder: Name


class Rewound(Record):
    """The control went back to the opening of an earlier turn. What was played since stays in the log."""

    act: Literal["rewind"] = "rewind"
    turn: int
    to: int


Act = Annotated[Resolved | Injected | HandedOver | Rewound, Field(discriminator="act")]
