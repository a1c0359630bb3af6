"""The adviser's reasons: what raises an objective, and through what."""

from __future__ import annotations

import pytest

from game.players import Gain
from game.rules import Change
from game.scenario import load
from game.session import PERSON, Game
from game.session.adviser import TOLD, Advice, Advised, Driver, Grounds, Objecting, advise, spared
from game.session.goals import goal_of, worths
from game.views import Sight
from game.views.advice import advice_view


@pytest.fixture(scope="module")
def game() -> Game:
    """Bucharest 2008 in its third turn, Croatia's first two played by its doctrine."""
    game = Game.new(load("bucharest_2008"), seed=3)
    game.end_turn()
    game.end_turn()
    game.hand_over("croatia", PERSON)
    return game


def test_a_reason_raises_its_objective_and_says_what_the_plan_does_not_order_yet(game: Game) -> None:
    own = 0
    for seat in ("croatia", "albania", "montenegro", "bosnia", "romania", "kosovo"):
        advice = advise(game, seat)
        assert advice is not None
        for plan in advice.plans:
            driver = plan.grounds.driver if plan.grounds else None
            if plan.grounds is None or driver is None:
                continue
            goal, row = goal_of(game.ruleset, seat, plan.grounds.objective), driver.change.row
            assert goal is not None
            low, high = game.world.state.copy(), game.world.state.copy()
            low[row], high[row] = game.ruleset.layout.low[row], game.ruleset.layout.high[row]
            rise = int(worths(game.ruleset, goal, high)[0]) - int(worths(game.ruleset, goal, low)[0])
            assert rise * driver.amount > 0
            if driver.change.cause == "action" and driver.change.binding[0] == seat:
                text = ".".join((seat, driver.change.rule, *driver.change.binding[1:]))
                assert driver.later == (game.order(text) not in plan.orders)
                own += 1
    assert own, "own orders are among the reasons"


def test_no_plan_is_worse_than_doctrine_and_a_harmful_order_is_told_as_left_undone() -> None:
    """Kosovo 2023: an order that costs credibility was the reason for a plan that raises it."""
    game = Game.new(load("kosovo_2023"), ["kosovo"], seed=3)
    for text in ("attend_talks.association", "attend_talks.number_plates", "serve_all.north_kosovo"):
        game.submit("kosovo", game.order(f"kosovo.{text}"))
    game.end_turn()
    advice = advise(game, "kosovo")
    assert advice is not None and advice.plans
    assert all(plan.gain.mean >= 0 for plan in advice.plans)
    view = advice_view(Sight(game, "kosovo"), advice)
    for plan, shown in zip(advice.plans, view.plans, strict=True):
        driver = plan.grounds.driver if plan.grounds else None
        if driver is not None and driver.less and driver.later:
            assert "since this will be ordered less" in shown.reason


def told(game: Game, gain: Gain, driver: Driver | None = None) -> tuple[str, str]:
    """Tone and reason of a plan."""
    plan = Advised((game.order("croatia.campaign"),), gain, False, Grounds("practice", 260, (), driver))
    (view,) = advice_view(Sight(game, "croatia"), Advice("croatia", (plan,), (), 4)).plans
    return view.tone, view.reason


@pytest.mark.parametrize(
    ("gain", "tone"),
    [((80, -250, -40), ""), ((80, -250, 40), "good"), ((-80, -250, 40), "bad"), ((-80, 40, 250), ""), ((0, 0, 0), "")],
)
def test_a_colour_agrees_with_the_range(game: Game, gain: tuple[int, int, int], tone: str) -> None:
    mean, low, high = gain
    assert told(game, Gain(mean, low, high, 200))[0] == tone


def test_an_order_that_follows_from_the_plan_is_said_to_come_later(game: Game) -> None:
    row = game.ruleset.layout.row("plans_carried_out[croatia]")
    change = Change("orders", "action", "carry_out_plans", ("croatia",), "", row, 120)
    gain = Gain(100, 0, 200, 200)
    assert (
        "+1.2, once a later order follows: Croatia: Carry out" in told(game, gain, Driver(change, 120, later=True))[1]
    )
    less = told(game, gain, Driver(change, 120, later=True, less=True))[1]
    assert "+1.2, since this will be ordered less: Croatia: Carry out" in less
    less = told(game, gain, Driver(change, 120, less=True))[1]
    assert "+1.2, since this becomes rarer or weaker: Croatia: Carry out" in less
    assert "+1.2, through Croatia: Carry out" in told(game, gain, Driver(change, 120))[1]
    assert told(game, gain)[1] == "It serves “Plans carried out” (+2.6)."


def test_an_objection_to_somebody_else_is_no_reason() -> None:
    pairs = [("bulgaria", "kosovo"), ("greece", "north_macedonia"), ("france", "north_macedonia"), ("spain", "albania")]
    less = [TOLD, TOLD // 2, TOLD, TOLD // 4 - 1]
    assert spared(pairs, less, {"north_macedonia", "albania"}) == (
        Objecting("france", "north_macedonia", 100),
        Objecting("greece", "north_macedonia", 50),
    )
