"""Rules of a doctrine that speak of the answer to a card."""

from __future__ import annotations

import numpy as np

from game.players.doctrine import DoctrinePlayer
from game.rules import Ruleset, compile_rules, start
from game.rules.legality import frame_of
from game.scenario import load_texts
from tests.scenario.tiny import changed, texts

RULE = "      - {order: hold, for: {candidate: belen}, worth: 6}"


def worth(ruleset: Ruleset) -> dict[str, float]:
    """What every answer to a card is worth at the start, in points."""
    world = start(ruleset, np.zeros(1, np.uint64))
    found = DoctrinePlayer(ruleset).worth(world, frame_of(ruleset, world))[:, 0]
    catalogue = ruleset.catalogue
    return {text: found[i] / 100 for i, text in enumerate(catalogue.texts) if catalogue.is_choice[i]}


def test_a_party_values_an_answer_to_those_it_names_and_while_its_condition_holds() -> None:
    rules = (
        "      - {answer: clash.apologise, for: {b: belen}, worth: 30}\n"
        "      - {answer: clash.retaliate, when: 'tension[a, b] > 100', worth: 30}\n"
    )
    usual = worth(compile_rules(load_texts(texts()).book))
    added = worth(compile_rules(load_texts(changed("tiny/who.yaml", RULE, rules + RULE)).book))
    moved = {text: added[text] - before for text, before in usual.items() if added[text] != before}
    assert moved
    assert set(moved.values()) == {30}
    assert all(text.startswith("arda.respond.clash.arda.belen") and text.endswith(".apologise") for text in moved)


def test_a_red_line_forbids_an_answer() -> None:
    old = "  - id: arda_bold\n    title: The bold party\n"
    new = old + "    never:\n      - {answer: clash.retaliate}\n"
    found = worth(compile_rules(load_texts(changed("tiny/who.yaml", old, new)).book))
    own = {text: value for text, value in found.items() if text.startswith("arda.respond.clash")}
    assert own
    assert all((value < -1_000_000) == text.endswith(".retaliate") for text, value in own.items())
