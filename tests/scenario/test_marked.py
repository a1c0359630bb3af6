"""YAML 1.2's plain scalars, marks, and everything that is refused."""

from __future__ import annotations

import pytest

from game.scenario import ScenarioError
from game.scenario.marked import read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("~", None),
        ("null", None),
        ("12:30", "12:30"),
        ("010", "010"),
        ("0o10", "0o10"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("+1", "+1"),
        ("-0", 0),
        ("-12", -12),
        ("1.50", 1.5),
        ("-0.25", -0.25),
        ("2008-04", "2008-04"),
        ("2008-04-02", "2008-04-02"),
        ("'true'", "true"),
        ('"12"', "12"),
        ("<<", "<<"),
        ("=", "="),
        ("9" * 40, "9" * 40),
    ],
)
def test_plain_scalars(text: str, value: object) -> None:
    read, _ = read_yaml(f"- {text}\n".encode(), "f")
    assert read == [value]
    assert type(read[0]) is type(value)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "f:1:1: the file is empty"),
        (b"# nothing\n", "f:1:1: the file is empty"),
        (b"\xef\xbb\xbf", "f:1:1: the file is empty"),
        (b"a: 1\nb: \xff\n", "f:2:4: the byte 0xff is not UTF-8"),
        ("a: é".encode("latin-1"), "f:1:4: the byte 0xe9 is not UTF-8"),
        (b"a: \x07", "f:1:4: the character U+0007 is not allowed"),
        (b"a: 1\r\na: 2\r\n", "f:2:1: the key 'a' stands here and in line 1 already"),
        (b"a: 1\n'a': 2\n", "f:2:1: the key 'a' stands here and in line 1 already"),
        (b"- *x", "f:1:3: anchors, aliases and tags are not used here"),
        (b"- &x 1", "f:1:3: anchors, aliases and tags are not used here"),
        (b"- !!int 1", "f:1:3: anchors, aliases and tags are not used here"),
        (b"a\n---\nb\n", "f:2:1: a second document starts here; a file holds one"),
        (b"? [a]\n: b\n", "f:1:3: a key is one word, not a list or a mapping"),
        (b"[" * 900, "f:1:33: values are nested more than 32 deep"),
        (b"- " * 50_000, "f:1:65: values are nested more than 32 deep"),
    ],
)
def test_refused(data: bytes, line: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_yaml(data, "f")
    assert str(caught.value) == line


def test_every_duplicate_is_named() -> None:
    with pytest.raises(ScenarioError) as caught:
        read_yaml(b"a: {b: 1, b: 2}\nc: 1\nc: 2\n", "f")
    assert [(m.line, m.column) for m in caught.value.mistakes] == [(1, 11), (3, 1)]


def test_marks_count_from_one_and_in_characters() -> None:
    _, marked = read_yaml("a: [é, {b: x}]\nç:\n  - d: y\n".encode(), "f")
    for path, on_key, place in [
        (("a", 1, "b"), False, (1, 12)),
        (("a", 1, "b"), True, (1, 9)),
        (("ç", 0, "d"), False, (3, 8)),
        (("ç", 0, "nothing"), False, (3, 5)),
        ((), False, (1, 1)),
    ]:
        mistake = marked.mistake(path, "m", on_key)
        assert (mistake.line, mistake.column) == place


def test_a_message_is_one_line() -> None:
    _, marked = read_yaml(b"a: 1\n", "a folder/f.yaml")
    assert str(marked.mistake(("a",), "two\n  lines")) == "a folder/f.yaml:1:4: two lines"


@pytest.mark.parametrize("size", [1_000_001, 3_000_000])
def test_a_file_has_a_largest_size(size: int) -> None:
    with pytest.raises(ScenarioError, match="larger than 1,000,000 bytes"):
        read_yaml(b"a" * size, "f")
