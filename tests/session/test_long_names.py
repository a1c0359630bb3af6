"""Whatever `game check` lets pass can be played and saved, however long the ids are."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from game.scenario import load_texts
from game.scenario.checks import caps
from game.scenario.models.base import LONGEST_TEXT_FORM
from game.session import Game, load_game, save_game
from tests.scenario.tiny import mistakes, texts

LONG = {
    word: word.ljust(48, "x") for word in ("arda", "belen", "clash", "retaliate", "protest", "apologise", "gesture")
}


def long_texts() -> dict[str, bytes]:
    """The tiny scenario with some ids as long as an id may be."""
    words = re.compile(rf"(?<![\w/])({'|'.join(LONG)})(?!\w|\.yaml)")
    return {name: words.sub(lambda found: LONG[found[0]], data.decode()).encode() for name, data in texts().items()}


def test_a_scenario_of_the_longest_ids_is_played_and_saved(tmp_path: Path) -> None:
    scenario = load_texts(long_texts())
    seat = LONG["belen"]
    game = Game.new(scenario, [seat], seed=0)
    assert max(len(text) for text in game.ruleset.catalogue.texts) > 200
    answered = False
    while not game.over:
        answers = [o for o in np.flatnonzero(game.legal(seat)) if game.ruleset.catalogue.choice[o] is not None]
        for order in answers[:1]:
            game.submit(seat, int(order))
            answered = answered or len(game.ruleset.catalogue.texts[order]) > 200
        game.end_turn()
    assert answered, "an order of more than 200 characters was given"
    save_game(game, tmp_path / "save")
    assert load_game(tmp_path / "save").fingerprint == game.fingerprint


def test_names_that_no_log_could_hold_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caps, "LONGEST_TEXT_FORM", 100)
    said = mistakes(long_texts())
    kinds = {what for line in said for what in ("an order", "an answer", "a row") if f"the name of {what} has" in line}
    assert kinds == {"an order", "an answer", "a row"}
    assert all("100 are allowed" in line and re.match(r"\S+\.yaml:\d+:\d+: ", line) for line in said)


def test_the_lengths_that_are_checked_are_those_of_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    ruleset = Game.new(load_texts(texts())).ruleset
    spelt = [*ruleset.catalogue.texts, *ruleset.layout.names]
    # A seat and a goal, or a seat and two numbers, are never too long.
    longest = max(len(name) for name in spelt if not name.startswith(("objective[", "memory[")))
    assert longest <= LONGEST_TEXT_FORM
    monkeypatch.setattr(caps, "LONGEST_TEXT_FORM", longest)
    assert not mistakes(texts())
    monkeypatch.setattr(caps, "LONGEST_TEXT_FORM", longest - 1)
    assert len(mistakes(texts())) == 1
