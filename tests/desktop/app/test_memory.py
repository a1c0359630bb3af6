"""What stays in memory: the pictures used most recently, and the game on the desk alone."""

from __future__ import annotations

import gc
import weakref

from game.desktop.app import App
from game.desktop.recent import Recent
from game.rules import Ruleset
from game.scenario import Scenario
from game.session import Game


def test_what_was_used_longest_ago_goes_first() -> None:
    kept: Recent[str] = Recent(6, len)
    kept.get("a", lambda: "xx")
    kept.get("b", lambda: "xxx")
    assert kept.get("a", lambda: "never made") == "xx"
    kept.get("c", lambda: "xx")
    assert kept.used == 4 and len(kept) == 2, "b was used longest ago"
    assert kept.get("b", lambda: "new") == "new"


def test_the_newest_stays_even_when_it_is_larger_than_the_room() -> None:
    kept: Recent[str] = Recent(2, len)
    assert kept.get("large", lambda: "xxxx") == "xxxx"
    assert kept.get("large", lambda: "never made") == "xxxx"
    kept.clear()
    assert kept.used == 0 and not len(kept)


def test_the_game_before_leaves_the_desk_for_good(app: App, tiny: tuple[Scenario, Ruleset]) -> None:
    scenario, ruleset = tiny
    first = Game.new(scenario, ["arda"], seed=1, ruleset=ruleset)
    gone = weakref.ref(first)
    app.take_up(first)
    app.settle()
    del first
    app.take_up(Game.new(scenario, ["arda"], seed=2, ruleset=ruleset))
    app.settle()
    gc.collect()
    assert gone() is None
