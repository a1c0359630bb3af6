"""Any bytes whatsoever give a scenario or a ScenarioError, within time and memory."""

from __future__ import annotations

import re
import time
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.rules import compile_rules
from game.scenario import Scenario, ScenarioError, load_texts
from game.scenario.effect import read_effect
from game.scenario.language import LanguageError, Reader
from game.scenario.marked import read_yaml
from tests.scenario.tiny import texts

TEXTS = texts()
NAMES = sorted(TEXTS)
BOOK = load_texts(TEXTS).book
SLOW = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
WORDS = (
    b"- ", b": ", b"\n", b"{", b"}", b"[", b"]", b'"', b"'", b"&a ", b"*a", b"!!x ", b"---\n", b"\t", b"\xff", b"  ",
    b"id: tiny", b"0", b"-1", b"99999999", b"1.5", b"true", b"null", b"effects", b"sum(", b"for a in states", b" if ",
    b"/ 0", b"\xc3\xa9", b"# ", b"|\n", b"? ",
)  # fmt: skip


def outcome(files: dict[str, bytes]) -> Scenario | ScenarioError:
    start = time.process_time()
    try:
        result: Scenario | ScenarioError = load_texts(files)
    except ScenarioError as error:
        assert error.mistakes
        assert all(line.count("\n") == 0 for line in str(error).splitlines())
        result = error
    assert time.process_time() - start < 2
    return result


@SLOW
@given(st.binary(max_size=300))
def test_bytes_alone(data: bytes) -> None:
    outcome({"x.yaml": data})
    outcome({**TEXTS, "tiny/zz.yaml": data})


@SLOW
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_pieces_of_yaml(words: list[bytes]) -> None:
    outcome({**TEXTS, "tiny/zz.yaml": b"".join(words)})


@SLOW
@given(st.data())
def test_a_good_file_with_a_stretch_replaced(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    text = TEXTS[name]
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 30))
    new = b"".join(data.draw(st.lists(st.sampled_from(WORDS), max_size=4)))
    outcome({**TEXTS, name: text[:start] + new + text[start + length :]})


@SLOW
@given(st.data())
def test_a_good_file_with_two_lines_exchanged(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    lines = TEXTS[name].splitlines(keepends=True)
    one, two = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[one], lines[two] = lines[two], lines[one]
    outcome({**TEXTS, name: b"".join(lines)})


ONE_WORD = re.compile(rb"[A-Za-z_]+|\d+(?:\.\d+)?|[<>=!+\-*/]+")
EVERY_WORD = sorted({word for text in TEXTS.values() for word in ONE_WORD.findall(text)})


@settings(SLOW, max_examples=25)
@given(st.data())
def test_a_word_exchanged_is_refused_or_compiles(data: st.DataObject) -> None:
    """What the loader accepts, the rules can compute."""
    name = data.draw(st.sampled_from(NAMES))
    text = TEXTS[name]
    match = data.draw(st.sampled_from(list(ONE_WORD.finditer(text))))
    word = data.draw(st.sampled_from(EVERY_WORD))
    found = outcome({**TEXTS, name: text[: match.start()] + word + text[match.end() :]})
    if isinstance(found, Scenario):
        compile_rules(found.book)


PIECES = (
    *("prosperity[a]", "status[a]", "a", "arda", "member", "mood", "1", "0.5", "since('2001-04')", "all", "none", "'"),
    *(" + ", " * ", " / ", " - ", " and ", " or ", " not ", " if ", " else ", " == ", " < ", " in ", " += ", " = "),
    *("(", ")", "[", "]", ",", " for b in states", "sum(", "min(", "ordered(", "happened(", " per quarter"),
    " after 3 months",
)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_any_text_is_an_expression_or_a_language_error(pieces: list[str]) -> None:
    reader = Reader(BOOK.vocabulary, {"a": "states"})
    for read in (reader.expression, reader.truth, partial(read_effect, reader)):
        try:
            read("".join(pieces))
        except LanguageError as fault:
            assert fault.message


BOMBS = {
    "many items": b"events: [" + b"1, " * 55_000 + b"1]",
    "unknown keys": b"{" + b"".join(b"k%d: 1, " % i for i in range(900)) + b"}",
    "unknown keys in events": b"events: [" + b"{a: 1, b: 2, c: 3}, " * 14_000 + b"]",
    "deep": b"[" * 500_000,
    "deeper": b"- " * 400_000,
    "anchors": b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (i, i, i - 1, i - 1) for i in range(98, 120)),
    "unknown members": b"sets: [{id: s, members: [" + b", ".join(b"zzz%d" % i for i in range(20_000)) + b"]}]",
    "doctrines that double": b"doctrines: [{id: d0, title: y, weights: {'purse[any]': 1}}, "
    + b", ".join(b"{id: d%d, title: x, like: [d%d, d%d]}" % (i, i - 1, i - 1) for i in range(1, 60))
    + b"]",
    "derived quantities that double": b"defines: [{id: d0, title: y, terms: [{id: a, title: a, amount: quiet_turns}]}, "
    + b", ".join(
        b"{id: d%d, title: x, terms: [{id: a, title: a, amount: 'd%d * d%d + d%d'}]}" % (i, i - 1, i - 1, i - 1)
        for i in range(1, 190)
    )
    + b"]",
    "wrong effects": b"rules: ["
    + b", ".join(
        b"{id: r%d, title: x, phase: drift, effects: [%s]}" % (i, b", ".join(b"'q += zz%d'" % j for j in range(50)))
        for i in range(200)
    )
    + b"]",
    "brackets": b"rules: [{id: r, title: x, phase: drift, effects: ['quiet_turns += "
    + b"(" * 280
    + b")" * 280
    + b"']}]",
    "signs": b"rules: [{id: r, title: x, phase: drift, effects: ['quiet_turns += " + b"-" * 500 + b"1']}]",
    "spreads": b"rules: [{id: r, title: x, phase: drift, effects: ['" + b" for x in states if " * 30 + b"']}]",
    "a long word": b"title: " + b"x" * 900_000,
    "aggregates": b"sets: [{id: big, members: ["
    + b", ".join(b"t%d" % i for i in range(400))
    + b"]}]\nthings: ["
    + b", ".join(b"{id: t%d, name: x}" % i for i in range(400))
    + b"]\nquantities: [{id: qq, title: x, of: big, help: x}]\nrules: ["
    + b", ".join(
        b"{id: r%d, title: x, phase: drift, over: {a: big}, effects: ['qq[a] += sum(qq[b] for b in big if b != a)']}"
        % i
        for i in range(250)
    )
    + b"]",
}


@pytest.mark.parametrize("name", list(BOMBS))
def test_what_is_made_to_be_costly_is_refused_in_time(name: str) -> None:
    assert isinstance(outcome({**TEXTS, "tiny/zz.yaml": BOMBS[name]}), ScenarioError)


def test_numbers_and_names_survive_reading() -> None:
    """Reading a file twice gives equal values, and the marks lead to every one of them."""
    for name, data in TEXTS.items():
        (one, marked), (two, _) = read_yaml(data, name), read_yaml(data, name)
        assert one == two
        assert _count(one) == _count(marked.children)


def _count(value: object) -> int:
    if isinstance(value, dict):
        return sum(1 + _count(v) for v in value.values())
    if isinstance(value, list):
        return sum(1 + _count(v) for v in value)
    children = getattr(value, "children", None)
    return 0 if children is None else _count(children)
