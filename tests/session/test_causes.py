"""Explanations after a load, and when another version of the rules would compute another turn."""

from __future__ import annotations

import numpy as np
import pytest

from game.rules import Ruleset
from game.scenario import Scenario
from game.session import Game, game_of, last_change, ledger
from game.session.game import Step
from game.session.migrations import MIGRATIONS, SCHEMA, MigrationError, migrate
from game.session.retell import retell
from game.session.save import decode, encode
from game.session.saving import Known, save_of
from game.views import Sight, why


@pytest.fixture
def game(tiny: Scenario, tiny_rules: Ruleset) -> Game:
    game = Game.new(tiny, ["arda"], seed=3, ruleset=tiny_rules)
    game.submit("arda", game.order("arda.gesture.belen"))
    game.end_turn()
    game.end_turn()
    return game


def test_a_loaded_game_explains_itself_like_the_one_that_was_saved(game: Game) -> None:
    again = game_of(decode(encode(save_of(game))), "it", Known(game.scenario, game.ruleset))
    assert again.ledgers == {}
    for mine, theirs in zip(game.steps, again.steps, strict=True):
        assert ledger(game, mine) == ledger(again, theirs)
    row = game.ruleset.layout.row("tension[arda, belen]")
    assert last_change(game, row) == last_change(again, row)


def test_a_turn_that_would_be_computed_otherwise_has_no_explanation(game: Game) -> None:
    row = game.ruleset.layout.row("tension[arda, belen]")
    step = game.steps[-1]
    other = step.after.copy()
    other[row] += 77
    game.steps[-1] = Step(step.act, step.before, other)
    assert ledger(game, game.steps[-1]) is None
    change = last_change(game, row)
    assert change is not None and change.causes is None
    assert "another version" in why(Sight(game, "arda"), row).note
    assert not np.array_equal(step.after, other)


def test_a_game_is_retold_act_by_act(game: Game) -> None:
    game.inject("A storm of words", {"tension[arda, belen]": 5000})
    game.hand_over("belen", "idle")
    game.rewind(1)
    told = retell(game)
    assert [entry["act"] for entry in told] == ["turn", "turn", "inject", "hand_over", "rewind"]
    assert told[0]["orders"]["arda"] == ["arda.gesture.belen"]
    lines = [line for entry in told for line in entry["lines"]]
    assert "  arda: arda.gesture.belen" in lines
    for words in ("A storm of words", "belen is handed over to idle", "back to turn 1"):
        assert any(words in line for line in lines), words


def test_every_schema_before_this_one_has_a_migration() -> None:
    assert set(MIGRATIONS) == set(range(1, SCHEMA))
    assert migrate({"schema": SCHEMA, "seed": 1}) == {"schema": SCHEMA, "seed": 1}


def test_migrations_run_one_version_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {1: lambda content: {**content, "first": True}, 2: lambda content: {**content, "second": content["first"]}}
    monkeypatch.setattr("game.session.migrations.MIGRATIONS", steps)
    monkeypatch.setattr("game.session.migrations.SCHEMA", 3)
    old = {"schema": 1}
    assert migrate(old) == {"schema": 3, "first": True, "second": True}
    assert old == {"schema": 1}, "what is migrated is not changed in place"


@pytest.mark.parametrize("schema", [None, "1", True, 0, SCHEMA + 1])
def test_an_unknown_schema_is_refused(schema: object) -> None:
    with pytest.raises(MigrationError):
        migrate({"schema": schema})
