"""What holds for every shipped scenario: random play keeps the laws, and its golden transcript stands."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

sys.path.insert(0, str(Path(__file__).parent.parent))

from transcript import FOLDER, transcript

from game.players import make_player
from game.rules import advance, compile_rules, fingerprint, legal_mask, reasons
from game.scenario import load, shipped
from game.session import Game, load_game, save_game

SCENARIOS = [name for name, _ in shipped()]
SHORT = ("tutorial", "bucharest_lesson", "floods_2014")
"""Few turns: quick enough for every run of the tests. The others are looked at by the checks."""


def _slow(names: list[str], quick: tuple[str, ...]) -> list[ParameterSet]:
    return [pytest.param(name, marks=() if name in quick else pytest.mark.slow) for name in names]


@pytest.mark.parametrize("name", _slow(SCENARIOS, SHORT))
def test_random_play_keeps_the_laws(name: str, tmp_path: Path) -> None:
    scenario = load(name)
    ruleset = compile_rules(scenario.book)
    seats = dict.fromkeys(ruleset.seats, "random")
    game = Game.new(scenario, seed=5, computers=seats, ruleset=ruleset)
    player = make_player("random", ruleset)
    file = tmp_path / "game.json"
    while not game.over:
        world = game.world
        mask = legal_mask(ruleset, world)[:, 0]
        some = range(game.turn % 3, ruleset.catalogue.size, 3)
        for order in some:
            against = [r for r in reasons(ruleset, world, 0, order) if r.kind in ("test", "seat", "card")]
            assert bool(mask[order]) == (not against), ruleset.catalogue.texts[order]
        orders = player.decide(ruleset, world, range(len(ruleset.seats)))
        copied = advance(ruleset, world.column(0), orders).world
        game.end_turn()
        assert fingerprint(copied) == game.fingerprint
        column = game.column.reshape(-1, 1)
        assert (column >= ruleset.layout.low).all()
        assert (column <= ruleset.layout.high).all()
        if game.turn % 6 == 2 or game.over:  # loading compiles the rules anew
            save_game(game, file)
            assert load_game(file).fingerprint == game.fingerprint
    ending = game.ruleset.book.endings[game.value("ending") - 1]
    assert ending.title
    assert game.turn <= ruleset.turns


@pytest.mark.parametrize("name", _slow(SCENARIOS, tuple(name for name in SCENARIOS if name != "open_door")))
def test_its_golden_transcript_stands(name: str) -> None:
    """Run `uv run python tests/transcript.py` after a change of the rules, and read the difference."""
    path = FOLDER / f"{name}.txt"
    assert path.exists(), f"{name} has no golden transcript"
    assert transcript(compile_rules(load(name).book)) == path.read_text(encoding="utf-8")


def test_no_transcript_is_left_without_its_scenario() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(SCENARIOS)
