"""Pledges: made, kept, broken, lapsed; what an author gets wrong is told at its line."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from game.rules import Ruleset, World, advance, compile_rules, legal_mask, pack, start
from game.scenario import load_texts
from tests.scenario.tiny import mistakes, texts

PLEDGES = """
relations:
  - {id: oaths, title: Oaths, between: [governments, states], pairs: [[arda, belen], [belen, arda]]}
quantities:
  - {id: kept, title: Words kept, unit: count, help: Counted.}
  - {id: broken, title: Words broken, unit: count, help: Counted.}
rules:
  - id: words_count
    title: Words count
    phase: drift
    effects: ["prosperity[arda] += kept - broken"]
pledges:
  - id: calm
    title: Calm
    category: abroad
    along: oaths
    months: 6
    broken: "ordered(threaten, actor, to) > 0"
    made: ["prosperity[to] += 1"]
    on_kept: ["kept += 1"]
    on_broken: ["broken += 1"]
    help: No threats for half a year.
  - id: visit
    title: A visit
    category: abroad
    along: oaths
    months: 6
    kept: "ordered(gesture, actor, to) > 0"
    on_kept: ["kept += 1"]
    on_broken: ["broken += 1"]
    help: Come within half a year.
"""


def book(text: str = PLEDGES) -> dict[str, bytes]:
    return {**texts(), "tiny/pledges.yaml": text.encode()}


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return compile_rules(load_texts(book()).book)


def after(rules: Ruleset, *turns: str) -> World:
    """The world after some turns, in each of which Arda gives one order ("" for none)."""
    world = start(rules, np.array([5], np.uint64))
    for text in turns:
        queue = [rules.catalogue.texts.index(f"arda.{text}")] if text else []
        world = advance(rules, world, pack(rules, {rules.seats.index("arda"): queue})).world
    return world


def words(world: World, rules: Ruleset) -> tuple[int, int]:
    row = rules.layout.row
    return int(world.state[row("kept"), 0]), int(world.state[row("broken"), 0])


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("pledge_calm.belen", "", ""), (1, 0)),
        (("pledge_calm.belen", ""), (0, 0)),
        (("pledge_calm.belen", "threaten.belen", ""), (0, 1)),
        (("threaten.belen", "pledge_calm.belen", "", ""), (1, 0)),
        (("pledge_visit.belen", "", ""), (0, 1)),
        (("pledge_visit.belen", "gesture.belen", ""), (1, 0)),
        (("gesture.belen", "pledge_visit.belen", "", ""), (0, 1)),
    ],
)
def test_what_becomes_of_a_word(rules: Ruleset, turns: tuple[str, ...], expected: tuple[int, int]) -> None:
    assert words(after(rules, *turns), rules) == expected


def test_a_pledge_binds_until_a_turn_and_is_not_given_twice(rules: Ruleset) -> None:
    world = after(rules, "pledge_calm.belen")
    assert int(world.state[rules.layout.row("pledged_calm[arda, belen]"), 0]) == 3
    again = rules.catalogue.texts.index("arda.pledge_calm.belen")
    assert not legal_mask(rules, world)[again, 0]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "along: oaths\n    months: 6\n    broken",
            "along: oath\n    months: 6\n    broken",
            "there is no relation 'oath'",
        ),
        ("between: [governments, states], pairs", "symmetric: true, between: [states, states], pairs", "symmetric"),
        ('    kept: "ordered(gesture, actor, to) > 0"\n', "", "a pledge says what keeps it"),
        ('broken: "ordered(threaten,', 'broken: "ordered(threten,', "threten"),
        ('on_kept: ["kept += 1"]', 'on_kept: ["kempt += 1"]', "kempt"),
    ],
)
def test_faults_stand_where_the_author_wrote_them(old: str, new: str, told: str) -> None:
    once = PLEDGES.replace("[[arda, belen], [belen, arda]]", "[[arda, belen]]")
    changed = once if "symmetric" in new else PLEDGES
    assert old in changed
    text = changed.replace(old, new, 1)
    lines: Mapping[str, bytes] = book(text)
    found = [line for line in mistakes(lines) if told in line]
    assert found
    assert found[0].startswith("tiny/pledges.yaml:")
