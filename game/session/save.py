"""What a save file says: bytes ↔ a checked `Save`.

A save is one JSON object in one fixed spelling, with a checksum over all its content; any byte that
differs is noticed. Nothing in it is ever executed or unpickled.
"""

from __future__ import annotations

import base64
import binascii
import json
from hashlib import blake2b
from typing import Any, Literal

from pydantic import Field, ValidationError

from game.session.migrations import SCHEMA, MigrationError, migrate
from game.session.records import Act, Name, Record, Sentence, Value
from game.session.store import SaveError


class Packed(Record):
    """One file of the scenario: text where its bytes are UTF-8, else base64."""

    text: str | None = None
    base64: str | None = None


class Embedded(Record):
    """The scenario's files, whole, so that a save never depends on what is installed."""

    id: Name
    path: Sentence
    files: dict[Sentence, Packed]


class About(Record):
    """What a list of saves says of one, so that it need not be loaded. Nothing follows from it.

    begun: what tells this game from others of its scenario and seats, once it was kept. people: the names of the
    persons' seats. month: since year 0, of the turn, which has so many `months`. score: in hundredths, once counted.
    """

    title: Sentence
    begun: str | None = Field(default=None, pattern=r"^[0-9a-f-]{1,40}$")  # it becomes part of a file's name
    seed: int
    people: dict[Name, Sentence]
    turn: int
    turns: int
    month: int
    months: int
    score: dict[Name, int]
    over: bool


class Save(Record):
    """One game. `world` is the last world by row names; `queues` are orders not yet sent.

    handed_in: the persons who have finished this turn, where some have.
    """

    format: Literal["open-door-save"] = "open-door-save"
    schema_version: int = Field(default=SCHEMA, alias="schema")
    engine: str
    about: About | None = None
    scenario: Embedded
    seed: int = Field(ge=0, lt=2**64)
    seats: dict[Name, Name]
    log: list[Act]
    queues: dict[Name, list[Name]]
    handed_in: list[Name] | None = None
    world: dict[Name, Value]
    fingerprint: str


def pack(files: dict[str, bytes]) -> dict[str, Packed]:
    packed = {}
    for name, data in files.items():
        try:
            packed[name] = Packed(text=data.decode("utf-8"))
        except UnicodeDecodeError:
            packed[name] = Packed(base64=base64.b64encode(data).decode("ascii"))
    return packed


def unpack(files: dict[str, Packed]) -> dict[str, bytes]:
    """The embedded files as bytes. Raises SaveError."""
    unpacked = {}
    for name, file in files.items():
        if (file.text is None) == (file.base64 is None):
            raise SaveError(f"the save's scenario file '{name}' has no single content")
        if file.text is not None:
            unpacked[name] = file.text.encode("utf-8")
        else:
            try:
                unpacked[name] = base64.b64decode(file.base64 or "", validate=True)
            except (binascii.Error, ValueError):
                raise SaveError(f"the save's scenario file '{name}' is not base64") from None
    return unpacked


def _spelling(content: dict[str, Any]) -> bytes:
    """The one way a save's content is written: a line for each part, keys in their order."""
    parts = [
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for key, value in content.items()
    ]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8", "surrogatepass")


def _checksum(content: dict[str, Any]) -> str:
    rest = {key: value for key, value in content.items() if key != "checksum"}
    return blake2b(_spelling(rest), digest_size=16).hexdigest()


def encode(save: Save) -> bytes:
    """The bytes of a save file."""
    content = save.model_dump(by_alias=True, exclude_none=True)
    return _spelling({**content, "checksum": _checksum(content)})


def _constant(text: str) -> None:
    raise ValueError(f"{text} is not a number of this game")


def decode(data: bytes, name: str = "the save") -> Save:
    """Read a save's bytes. Raises SaveError naming the fault; any bytes give one or the other."""
    try:
        content = json.loads(data.decode("utf-8"), parse_constant=_constant)
    except UnicodeDecodeError as fault:
        raise SaveError(f"{name} is not a save: byte {fault.start} is not UTF-8") from None
    except json.JSONDecodeError as fault:
        raise SaveError(f"{name} is damaged or not a save: {fault.msg} at line {fault.lineno}") from None
    except (ValueError, RecursionError) as fault:
        raise SaveError(f"{name} is damaged or not a save: {fault}") from None
    if not isinstance(content, dict) or content.get("format") != "open-door-save":
        raise SaveError(f"{name} is not a save of this game")
    if _checksum(content) != content.get("checksum") or _spelling(content) != data:
        raise SaveError(f"{name} was changed or damaged after it was written: its checksum does not match")
    rest = {key: value for key, value in content.items() if key != "checksum"}
    try:
        return Save.model_validate(migrate(rest))
    except MigrationError as fault:
        raise SaveError(f"{name} cannot be read: {fault}") from None
    except ValidationError as fault:
        first = fault.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SaveError(f"{name} cannot be read: {where}: {first['msg']}") from None
