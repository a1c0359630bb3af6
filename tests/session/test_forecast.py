"""Forecasts: what the seat can see, luck of their own, against doing nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from game.rules import Ruleset, compile_rules, start
from game.rules.chance import game_words
from game.scenario import Scenario, load, load_texts
from game.scenario.pledges import bookkept
from game.session import Forecast, Forecaster, Game
from game.session.forecast import FUTURES, compare, luck
from game.session.promises import Promises
from tests.scenario.test_pledges import PLEDGES, book


@pytest.fixture
def game(tiny: Scenario, tiny_rules: Ruleset) -> Game:
    return Game.new(tiny, ["arda"], seed=3, ruleset=tiny_rules)


def forecast(game: Game, *texts: str, stop: Callable[[], bool] = lambda: False) -> Forecast:
    found = Forecaster(game).forecast("arda", [game.order(text) for text in texts], stop)
    assert found is not None
    return found


def test_a_threat_raises_tension_and_a_gesture_lowers_it(game: Game) -> None:
    row = game.ruleset.layout.row("tension[arda, belen]")
    threat = {o.row: o for o in forecast(game, "arda.threaten.belen").rows}[row]
    gesture = {o.row: o for o in forecast(game, "arda.gesture.belen").rows}[row]
    assert threat.difference.middle > 0 > gesture.difference.middle
    for outlook in (threat, gesture):
        assert outlook.difference.low <= outlook.difference.middle <= outlook.difference.high
        assert outlook.level.low <= outlook.level.middle <= outlook.level.high


def test_an_order_shows_what_it_does_and_not_the_price_of_a_turns_delay() -> None:
    """The seat does not give the same order a turn later where it was not given now."""
    game = Game.new(load("bucharest_2008"), ["croatia"], seed=1)
    row = game.ruleset.layout.row("defence_reform[croatia]")
    found = Forecaster(game, futures=20).forecast("croatia", [game.order("croatia.reform_defence")])
    assert found is not None
    outlook = next(one for one in found.rows if one.row == row)
    assert outlook.difference.low > 100, "the order declares +1 point a quarter"
    assert found.score.difference.middle > 0


def test_a_forecast_looks_no_further_than_the_game(game: Game) -> None:
    while game.turn < game.ruleset.turns - 1:
        game.end_turn()
    assert forecast(game, "arda.reform").turns == 2


@pytest.fixture(scope="module")
def pledging() -> Scenario:
    """Arda may promise to be calm (no threats), to visit (one gesture), and to keep coming (gestures every turn)."""
    text = (
        PLEDGES
        + """
  - id: often
    title: Visits
    category: abroad
    along: oaths
    months: 9
    broken: "all(ordered(gesture, actor, to) == 0 for it in states if it == to)"
    on_kept: ["kept += 1"]
    on_broken: ["broken += 1"]
    help: Come every quarter.
"""
    )
    return load_texts(book(text))


def words(scenario: Scenario, before: list[str], *orders: str) -> dict[str, int]:
    """What Arda's orders do to the words kept and broken, after earlier turns with one order each."""
    game = Game.new(scenario, ["arda"], computers=dict.fromkeys(("belen", "league"), "idle"), seed=3)
    for text in before:
        game.submit("arda", game.order(text))
        game.end_turn()
    found = Forecaster(game, futures=10).forecast("arda", [game.order(text) for text in orders])
    assert found is not None
    names = game.ruleset.layout.names
    return {names[o.row]: o.difference.middle for o in found.rows if names[o.row] in ("kept", "broken")}


@pytest.mark.parametrize("pledge", ["calm", "visit", "often"])
def test_a_pledge_that_is_given_is_kept(pledging: Scenario, pledge: str) -> None:
    assert words(pledging, [], f"arda.pledge_{pledge}.belen") == {"kept": 1}


def test_the_deed_that_keeps_an_earlier_pledge_is_worth_the_word(pledging: Scenario) -> None:
    """Without it the word is broken; it is not made up for a turn later."""
    assert words(pledging, ["arda.pledge_visit.belen"], "arda.gesture.belen") == {"kept": 1, "broken": -1}
    assert words(pledging, ["arda.pledge_often.belen"], "arda.gesture.belen") == {"kept": 1, "broken": -1}


def test_what_keeps_a_pledge_is_read_from_its_rules() -> None:
    ruleset = compile_rules(load("bucharest_2008").book)
    world = start(ruleset, np.array([1], np.uint64))
    texts, names = ruleset.catalogue.texts, ruleset.layout.names
    found = Promises(ruleset, world, ruleset.seats.index("croatia")).all
    assert {names[one.row]: ([texts[order] for order in one.orders], one.each) for one in found} == {
        "pledged_attend[croatia, slovenia]": (["croatia.attend_talks.piran_border"], True),
        "pledged_send_troops[croatia, nato]": (["croatia.contribute_troops"], False),
        "pledged_practice[croatia, nato]": (["croatia.carry_out_plans"], False),
    }


def test_doing_nothing_changes_nothing(game: Game) -> None:
    nothing = forecast(game)
    assert nothing.rows == ()
    assert (nothing.score.difference.low, nothing.score.difference.high) == (0, 0)


def test_the_seed_of_the_game_does_not_enter(game: Game, tiny: Scenario, tiny_rules: Ruleset) -> None:
    other = Game.new(tiny, ["arda"], seed=99, ruleset=tiny_rules)
    assert forecast(game, "arda.reform") == forecast(other, "arda.reform")


@pytest.mark.parametrize("hidden", ["support[belen]", "strength[belen]", "weariness[corva]"])
def test_what_the_seat_cannot_see_does_not_enter(game: Game, hidden: str) -> None:
    before = forecast(game, "arda.gesture.belen")
    game.inject("Behind closed doors", {hidden: 7})
    assert forecast(game, "arda.gesture.belen") == before


def test_what_the_seat_sees_does_enter(game: Game) -> None:
    before = forecast(game, "arda.gesture.belen")
    game.inject("For all to see", {"tension[arda, belen]": 9000})
    assert forecast(game, "arda.gesture.belen") != before


def test_a_forecast_changes_nothing_in_the_game(game: Game) -> None:
    before, column = game.fingerprint, game.column.copy()
    forecast(game, "arda.arm")
    assert game.fingerprint == before
    assert np.array_equal(game.column, column)


def test_a_forecast_names_no_hidden_quantity_of_another(game: Game) -> None:
    names = {game.ruleset.layout.names[o.row] for o in forecast(game, "arda.gesture.belen", "arda.reform").rows}
    assert "support[belen]" not in names
    assert "support[arda]" in names


def test_a_forecast_leaves_out_until_when_a_pledge_binds() -> None:
    """The number of a turn is no effect; other rows stay."""
    ruleset = compile_rules(load("bucharest_2008").book)
    names = ruleset.layout.names
    kept = bookkept(ruleset.book.rulebook)
    pledged = next(row for row in range(len(names)) if ruleset.layout.at(row)[0].id in kept)
    told = ruleset.layout.row("stability[croatia]")
    without = np.zeros((len(names), 5), np.int32)
    with_orders = without.copy()
    with_orders[[pledged, told]] = 16
    assert [outlook.row for outlook in compare(ruleset, "croatia", with_orders, without, 4).rows] == [told]


def test_no_future_has_the_luck_of_another_at_another_turn() -> None:
    futures = luck(FUTURES)
    words = [
        (low.astype(np.uint64) << np.uint64(32)) | high for low, high in (game_words(futures, t) for t in range(80))
    ]
    assert len(np.unique(np.concatenate(words))) == 80 * FUTURES


def test_a_forecast_can_be_stopped_between_turns(game: Game) -> None:
    asked = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 2

    assert Forecaster(game).forecast("arda", [], stop) is None
    assert len(asked) == 3


def test_the_futures_without_orders_are_computed_once(game: Game) -> None:
    """The second forecast of a turn asks `stop` half as often: it plays one branch, not two."""
    forecaster = Forecaster(game)
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return False

    first = forecaster.forecast("arda", [game.order("arda.reform")], stop)
    calls = len(asked)
    assert forecaster.forecast("arda", [game.order("arda.reform")], stop) == first
    assert len(asked) - calls == calls // 2
    game.end_turn()
    calls = len(asked)
    forecaster.forecast("arda", [], stop)
    assert len(asked) - calls == 8, "after a turn the old futures are of no use"
