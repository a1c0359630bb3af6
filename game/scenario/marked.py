"""YAML in which every value knows its line and column.

YAML 1.2's plain scalars: only `true` and `false` are truths, numbers are decimal, all else is text, so
`NO`, `12:30` and `010` are text. Anchors, tags, second documents and duplicate keys are refused; size,
depth and number of values are capped. Whatever the bytes, `read_yaml` gives values or a ScenarioError.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

import yaml

from game.scenario.faults import Mistake, ScenarioError
from game.scenario.unparsed import slip

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, the same events
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_BYTES = 1_000_000
MAX_VALUES = 60_000
MAX_KEYS = 1_000
MAX_DEPTH = 32

_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,14})", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d{0,14})\.\d{1,15}", re.ASCII)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """Where a value and its children stand. start: a mark of PyYAML; keys: the marks of a mapping's keys."""

    start: Any
    children: dict[Any, Marked] | list[Marked] | None = None
    keys: dict[str, Any] | None = None

    @property
    def named(self) -> dict[Any, Marked]:
        """The children of a mapping; none of anything else."""
        return self.children if isinstance(self.children, dict) else {}

    @property
    def listed(self) -> list[Marked]:
        """The children of a list; none of anything else."""
        return self.children if isinstance(self.children, list) else []

    def child(self, step: str | int) -> Marked | None:
        if isinstance(self.children, dict):
            return self.children.get(step)
        if isinstance(self.children, list) and isinstance(step, int) and step < len(self.children):
            return self.children[step]
        return None

    def mistake(self, path: Path, message: str, on_key: bool = False) -> Mistake:
        """The fault at the deepest value that the path leads to (or at its key)."""
        node, mark = self, self.start
        for step in path:
            below = node.child(step)
            if below is None:
                break
            mark = node.keys[step] if on_key and node.keys and isinstance(step, str) else below.start
            node = below
        return Mistake(mark.name, mark.line + 1, mark.column + 1, message)


class _Named(io.BytesIO):
    """Bytes with the name that marks carry."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data)
        self.name = name


def read_yaml(data: bytes, name: str) -> tuple[Any, Marked]:
    """The one document in `data`, with its marks. `name` stands in messages. Raises ScenarioError."""
    _checked(data, name)
    stream = _Named(data.removeprefix(b"\xef\xbb\xbf"), name)
    loader = None
    try:
        loader = _Loader(stream)
        return _Builder(loader, name).document()
    except yaml.MarkedYAMLError as fault:
        line, column, why = slip(data, fault.problem or "cannot be read", fault.problem_mark, fault.context_mark)
        raise ScenarioError([Mistake(name, line, column, f"not YAML: {why}")]) from None
    except (yaml.YAMLError, ValueError, RecursionError, UnicodeError) as fault:
        raise ScenarioError([Mistake(name, 1, 1, f"not YAML: {fault}")]) from None
    finally:
        if loader is not None:
            loader.dispose()


def _checked(data: bytes, name: str) -> None:
    if len(data) > MAX_BYTES:
        raise ScenarioError([Mistake(name, 1, 1, f"the file is larger than {MAX_BYTES:,} bytes")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line, column = _place(data[: fault.start].decode("utf-8", "replace"))
        byte = f"0x{data[fault.start]:02x}"
        raise ScenarioError([Mistake(name, line, column, f"the byte {byte} is not UTF-8")]) from None
    if match := _UNPRINTABLE.search(text):
        line, column = _place(text[: match.start()])
        message = f"the character U+{ord(match[0]):04X} is not allowed"
        raise ScenarioError([Mistake(name, line, column, message)])


def _place(before: str) -> tuple[int, int]:
    lines = re.split("\r\n|\r|\n", before.removeprefix("\ufeff"))
    return len(lines), len(lines[-1]) + 1


class _Builder:
    """Builds values and marks from the parser's events, without recursion."""

    def __init__(self, loader: Any, name: str) -> None:
        self.next = loader.get_event
        self.name = name
        self.mistakes: list[Mistake] = []

    def refuse(self, mark: Any, message: str) -> None:
        self.mistakes.append(Mistake(self.name, mark.line + 1, mark.column + 1, message))

    def stop(self, mark: Any, message: str) -> ScenarioError:
        self.refuse(mark, message)
        return ScenarioError(self.mistakes)

    def document(self) -> tuple[Any, Marked]:
        self.next()  # the stream starts
        event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            raise ScenarioError([Mistake(self.name, 1, 1, "the file is empty")])
        value, marked = self.value()
        self.next()  # the document ends
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise self.stop(event.start_mark, "a second document starts here; a file holds one")
        if self.mistakes:
            raise ScenarioError(self.mistakes)
        if value is None:
            raise ScenarioError([Mistake(self.name, 1, 1, "the file is empty")])
        return value, marked

    def value(self) -> tuple[Any, Marked]:
        result: list[Any] = []
        marks: list[Marked] = []
        # The open collections: (values, their marks, the marks of keys or None for a sequence).
        stack: list[tuple[Any, Any, dict[str, Any] | None]] = [(result, marks, None)]
        key: str | None = None
        count = 0
        while True:
            event = self.next()
            kind = type(event)
            mark = event.start_mark
            values, inner, key_marks = stack[-1]
            if kind is yaml.ScalarEvent:
                if event.anchor or event.tag:
                    self.refuse(mark, "anchors, aliases and tags are not used here")
                if key_marks is not None and key is None:
                    key = event.value
                    if key in key_marks:
                        first = key_marks[key]
                        self.refuse(mark, f"the key '{key}' stands here and in line {first.line + 1} already")
                    key_marks[key] = mark
                    if len(key_marks) > MAX_KEYS:
                        raise self.stop(mark, f"a mapping has at most {MAX_KEYS:,} keys")
                    continue
                text = event.value
                item: Any = _scalar(text) if event.implicit[0] else text
                marked = Marked(mark)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if event.anchor or event.tag:
                    self.refuse(mark, "anchors, aliases and tags are not used here")
                if key_marks is not None and key is None:
                    raise self.stop(mark, "a key is one word, not a list or a mapping")
                if len(stack) > MAX_DEPTH:
                    raise self.stop(mark, f"values are nested more than {MAX_DEPTH} deep")
                if kind is yaml.MappingStartEvent:
                    opened: tuple[Any, Any, dict[str, Any] | None] = ({}, {}, {})
                else:
                    opened = ([], [], None)
                item, marked = opened[0], Marked(mark, opened[1], opened[2])
            elif kind is yaml.AliasEvent:
                raise self.stop(mark, "anchors, aliases and tags are not used here")
            else:  # a collection ends
                stack.pop()
                key = None
                if len(stack) == 1:
                    return result[0], marks[0]
                continue
            count += 1
            if count > MAX_VALUES:
                raise self.stop(mark, f"the file holds more than {MAX_VALUES:,} values")
            if key_marks is None:
                values.append(item)
                inner.append(marked)
            else:
                values[key] = item
                inner[key] = marked
                key = None
            if marked.children is not None:
                stack.append(opened)
            elif len(stack) == 1:
                return result[0], marks[0]


def _scalar(text: str) -> Any:
    """A plain scalar of YAML 1.2, without exponents, signs of plus, octal and the like."""
    first = text[:1]
    if first.isdigit() or first == "-":
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        return text
    return _WORDS.get(text, text)
