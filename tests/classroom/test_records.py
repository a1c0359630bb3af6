"""The lines of a class's file: each kind as every version wrote it, and what is said of a damaged one."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any, get_args

import pytest

from game.classroom.opening import begin, resume
from game.classroom.records import DamagedError, Entry, entry_of
from game.classroom.store import StoreError, class_path
from game.scenario import load

TURN = {"act": "turn", "turn": 1, "orders": {"croatia": ["croatia.reform"]}, "fingerprint": "f", "changes": {"turn": 2}}
KINDS: dict[str, dict[str, Any]] = {
    "begun": {
        "format": 1,
        "scenario": "bucharest_lesson",
        "files": {"a.yaml": {"text": "a: 1", "base64": None}, "b.bin": {"text": None, "base64": "AAE="}},
        "seed": 2**48 - 1,
        "worlds": 2,
        "places": [{"name": "Ana", "seat": "croatia", "world": 0}],
    },
    "teacher": {"hash": "h", "projector": False},
    "token": {"id": 1, "hash": "h"},
    "pin": {"pin": "123456"},
    "joined": {"id": 1, "name": "Ana", "hash": "h", "seat": "croatia", "observer": False},
    "revoked": {"id": 1},
    "moved": {"id": 1, "seat": "", "observer": True},
    "declined": {"seat": "croatia"},
    "checked": {"seat": "croatia", "passed": True},
    "settings": {"seats": "deal", "per_seat": 3, "rationale": "off", "joining": False},
    "worlds": {"count": 2},
    "stage": {"stage": "council", "keep": True},
    "frozen": {"frozen": True},
    "clock": {"until": 1234.5},
    "order": {"seat": "croatia", "text": "croatia.reform", "why": "to be ready"},
    "withdraw": {"seat": "croatia", "text": "croatia.reform"},
    "done": {"seat": "croatia", "done": True},
    "said": {"from": "croatia", "to": "all", "text": "Grüße"},
    "resolved": {
        "act": TURN,
        "held": ["croatia"],
        "why": {"croatia": {"croatia.reform": "to be ready"}},
        "by": {"croatia": {"croatia.reform": ["Ana", "Cem"]}},
    },
    "undone": {"turn": 1, "keep": True},
    "injected": {"act": {"act": "inject", "turn": 1, "title": "A crisis", "changes": {"stability[croatia]": 300}}},
}
EARLIER: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("stage", {"stage": "play"}, {"keep": False}),
    ("undone", {"turn": 1}, {"keep": False}),
    ("moved", {"id": 1, "seat": "croatia"}, {"observer": False}),
    ("joined", {"id": 1, "name": "Ana", "hash": "h"}, {"seat": "", "observer": False}),
    ("clock", {}, {"until": None, "left": None}),
    ("clock", {"left": 240}, {"until": None, "left": 240.0}),
    ("settings", {}, {"seats": None, "joining": None}),
)
"""Entries with less in them, and what that means."""


def read(kind: str, data: object) -> Entry:
    return entry_of(kind, data, 2, 3, "k", 4.5)


def test_every_kind_of_entry_is_tried_here() -> None:
    assert set(KINDS) == {one.model_fields["kind"].default for one in get_args(Entry)}


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_is_written_as_it_was_read(kind: str) -> None:
    entry = read(kind, KINDS[kind])
    assert (entry.kind, entry.world, entry.person, entry.key, entry.at) == (kind, 2, 3, "k", 4.5)
    assert read(kind, json.loads(json.dumps(entry.data))) == entry
    # A scenario's file is text or base64: what it is not need not be said.
    assert kind == "begun" or entry.data == KINDS[kind]


@pytest.mark.parametrize(("kind", "data", "means"), EARLIER)
def test_what_earlier_versions_left_out_means_what_it_did(
    kind: str, data: dict[str, Any], means: dict[str, Any]
) -> None:
    entry = read(kind, data)
    assert {name: getattr(entry, name) for name in means} == means


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_entry_is_told_by_its_place(kind: str) -> None:
    whole = KINDS[kind]
    with pytest.raises(DamagedError, match=rf"^{kind}: an object is expected"):
        read(kind, [whole])
    with pytest.raises(DamagedError, match=rf"^{kind}\.nothing: "):
        read(kind, {**whole, "nothing": 1})
    for name in whole:
        with pytest.raises(DamagedError, match=rf"^{kind}\.{name}\b.*: "):
            read(kind, {**whole, name: [None]})
    for name in set(whole) - {"format", "seat", "observer", "why", "keep", *KINDS["settings"], *KINDS["clock"]}:
        rest = {one: value for one, value in whole.items() if one != name}
        with pytest.raises(DamagedError, match=rf"^{kind}\.{name}: Field required"):
            read(kind, rest)


@pytest.mark.parametrize(
    ("kind", "data", "told"),
    [
        ("vote", {}, "^'vote': .*does not match"),
        ("stage", {"stage": "break"}, r"^stage\.stage: .*'debrief'"),
        ("pin", {"pin": 1}, r"^pin\.pin: .*string"),
        ("frozen", {"frozen": 1}, r"^frozen\.frozen: .*boolean"),
        ("undone", {"turn": "1"}, r"^undone\.turn: .*integer"),
        ("resolved", {**KINDS["resolved"], "act": {**TURN, "turn": None}}, r"^resolved\.act\.turn: "),
        ("begun", {**KINDS["begun"], "format": 2}, r"^begun\.format: "),
    ],
)
def test_what_is_no_entry_is_told(kind: str, data: dict[str, Any], told: str) -> None:
    with pytest.raises(DamagedError, match=told):
        read(kind, data)


# -- a file -----------------------------------------------------------------------------------------------


class File:
    """A class of three lines, whose file is changed behind its back."""

    def __init__(self, folder: Path) -> None:
        opened = begin(load("bucharest_lesson"), 1, [], folder, seed=5)
        opened.journal.close()
        self.name, self.folder = opened.name, folder

    def write(self, statement: str, *values: object) -> None:
        base = sqlite3.connect(class_path(self.name, self.folder))
        with base:
            base.execute(statement, values)
        base.close()

    def add(self, kind: str, data: dict[str, Any], world: int = 0, person: int = 0) -> None:
        into = "INSERT INTO journal (at, world, person, kind, key, data) VALUES (1.0, ?, ?, ?, NULL, ?)"
        self.write(into, world, person, kind, json.dumps(data))

    def refused(self) -> str:
        with pytest.raises(StoreError) as told:
            resume(self.name, self.folder)
        assert "\n" not in str(told.value)
        return str(told.value).removeprefix(str(class_path(self.name, self.folder)))


@pytest.fixture
def file(tmp_path: Path) -> File:
    return File(tmp_path)


def test_a_damaged_line_is_told_with_its_number(file: File) -> None:
    file.add("order", {"seat": "croatia"}, 1, 1)
    assert file.refused() == " cannot be read: line 4: order.text: Field required"


def test_a_line_that_is_no_json_is_told_with_its_number(file: File) -> None:
    file.write("UPDATE journal SET data = '{' WHERE n = 2")
    assert file.refused().startswith(" cannot be read: line 2: Expecting property name")


def test_a_line_that_does_not_fit_the_class_is_told(file: File) -> None:
    file.add("declined", {"seat": "croatia"}, 1, 7)
    assert file.refused() == " cannot be gone on with: 7"


def test_a_class_that_begins_twice_is_told(file: File) -> None:
    file.write(
        "INSERT INTO journal (at, world, person, kind, data) SELECT at, 0, 0, kind, data FROM journal WHERE n = 1"
    )
    assert file.refused() == " cannot be gone on with: a class begins once"


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM journal",
        "DELETE FROM journal WHERE n = 1",
        "UPDATE journal SET data = '[]' WHERE n = 1",
        """UPDATE journal SET data = '{"format": 2, "other": 1}' WHERE n = 1""",
    ],
)
def test_a_class_of_another_version_is_told_whatever_else_it_says(file: File, damage: str) -> None:
    file.add("vote", {})
    file.write(damage)
    assert file.refused() == " is not a class of this version."


def test_a_class_of_the_first_version_is_gone_on_with(file: File) -> None:
    for number, seat in ((1, "croatia"), (2, "greece")):
        pupil = {"id": number, "name": f"P{number}", "hash": f"h{number}", "seat": seat, "observer": False}
        file.add("joined", pupil, 1, number)
    file.add("stage", {"stage": "play"})
    file.add("clock", {"until": 2000.0})
    file.add("moved", {"id": 2, "seat": "albania"}, 1, 2)
    file.add("said", {"from": "croatia", "to": "albania", "text": "Hello"}, 1, 1)
    file.add("clock", {})
    opened = resume(file.name, file.folder)
    klass = opened.klass
    opened.journal.close()
    assert {one.name: one.seat for one in klass.people.values()} == {"P1": "croatia", "P2": "albania"}
    assert (klass.stage, klass.clock.until, klass.clock.left) == ("play", None, None)
    assert [(one.by, one.to, one.text) for one in klass.world(1).said] == [("P1", "albania", "Hello")]
