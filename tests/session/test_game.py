"""A game in progress: queues, undo, turns, hotseat, the control's acts."""

from __future__ import annotations

import numpy as np
import pytest

from game.rules import Ruleset
from game.scenario import Scenario
from game.session import Game, GameStoppedError, IllegalOrderError, UnknownNameError, last_change, ledger
from game.session.records import Resolved


@pytest.fixture
def game(tiny: Scenario, tiny_rules: Ruleset) -> Game:
    return Game.new(tiny, ["arda"], seed=3, ruleset=tiny_rules)


def order(game: Game, text: str) -> int:
    return game.order(text)


def test_an_order_waits_in_the_queue_until_the_turn_ends_and_can_be_taken_back(game: Game) -> None:
    before = game.fingerprint
    gesture, reform = order(game, "arda.gesture.belen"), order(game, "arda.reform")
    game.submit("arda", gesture)
    game.submit("arda", reform)
    assert game.queue("arda") == (gesture, reform)
    assert game.undo("arda") == reform
    assert game.queue("arda") == (gesture,)
    assert game.fingerprint == before
    step = game.end_turn()
    assert isinstance(step.act, Resolved)
    assert step.act.orders["arda"] == ["arda.gesture.belen"]
    assert game.queue("arda") == ()
    assert game.undo("arda") is None


def test_legal_verify_and_submit_agree_on_every_order(game: Game) -> None:
    game.submit("arda", order(game, "arda.gesture.belen"))
    legal = game.legal("arda")
    for index, text in enumerate(game.ruleset.catalogue.texts):
        assert (game.verify("arda", index) == []) == bool(legal[index]), text
        if not legal[index]:
            with pytest.raises(IllegalOrderError) as refused:
                game.submit("arda", index)
            assert refused.value.reasons


def test_an_order_that_is_shut_out_says_so(game: Game) -> None:
    game.submit("arda", order(game, "arda.gesture.belen"))
    kinds = {reason.kind for reason in game.verify("arda", order(game, "arda.threaten.belen"))}
    assert kinds == {"exclusive"}
    assert {r.kind for r in game.verify("arda", order(game, "belen.reform"))} == {"seat"}


def test_taking_out_an_earlier_order_leaves_the_others(game: Game) -> None:
    orders = [order(game, text) for text in ("arda.gesture.belen", "arda.attend.fishing")]
    for each in orders:
        game.submit("arda", each)
    assert game.withdraw("arda", orders[0])
    assert not game.withdraw("arda", orders[0])
    assert game.queue("arda") == (orders[1],)


def test_an_order_takes_the_place_of_another_which_stays_where_it_is_refused(game: Game) -> None:
    gesture, threat, reform = (order(game, f"arda.{text}") for text in ("gesture.belen", "threaten.belen", "reform"))
    game.submit("arda", gesture)
    game.submit("arda", reform)
    game.hand_in("arda")
    with pytest.raises(IllegalOrderError) as refused:
        game.replace("arda", gesture, order(game, "belen.reform"))
    assert refused.value.reasons
    assert game.queue("arda") == (gesture, reform) and game.handed_in == {"arda"}
    assert game.verify("arda", threat), "the gesture shuts it out"
    game.replace("arda", gesture, threat)
    assert game.queue("arda") == (reform, threat) and not game.handed_in
    assert game.undo("arda") == threat


def test_an_unknown_order_names_the_nearest(game: Game) -> None:
    with pytest.raises(UnknownNameError) as unknown:
        game.order("arda.gestur.belen")
    assert "arda.gesture.belen" in unknown.value.nearest


def test_a_game_ends_after_its_last_turn_and_then_takes_no_orders(game: Game) -> None:
    while not game.over:
        game.end_turn()
    assert len(game.steps) <= game.ruleset.turns
    assert not game.legal("arda").any()
    with pytest.raises(GameStoppedError):
        game.end_turn()


def test_the_record_alone_gives_the_same_world(game: Game, tiny: Scenario, tiny_rules: Ruleset) -> None:
    for _turn in range(4):
        legal = np.flatnonzero(game.legal("arda"))
        game.submit("arda", int(legal[len(legal) // 2]))
        game.end_turn()
    again = Game.new(tiny, ["arda"], seed=3, ruleset=tiny_rules)
    for act in game.log:
        assert isinstance(act, Resolved)
        again.play({seat: [again.order(text) for text in texts] for seat, texts in act.orders.items()})
    assert again.fingerprint == game.fingerprint
    assert [a.fingerprint for a in again.log if isinstance(a, Resolved)] == [
        a.fingerprint for a in game.log if isinstance(a, Resolved)
    ]


def test_hotseat_waits_for_every_person(tiny: Scenario, tiny_rules: Ruleset) -> None:
    game = Game.new(tiny, ["arda", "belen"], seed=1, ruleset=tiny_rules)
    assert game.people == ("arda", "belen")
    game.submit("belen", game.order("belen.gesture.corva"))
    assert not game.hand_in("arda")
    assert game.hand_in("belen")
    assert game.undo("belen") is not None
    assert not game.hand_in("arda"), "who takes an order back has not finished"
    step = game.end_turn()
    assert isinstance(step.act, Resolved)
    assert step.act.orders["belen"] == []


def test_an_unknown_seat_or_player_is_named(tiny: Scenario, tiny_rules: Ruleset) -> None:
    with pytest.raises(UnknownNameError, match="arda"):
        Game.new(tiny, ["ardo"], ruleset=tiny_rules)
    with pytest.raises(ValueError, match="doctrine"):
        Game.new(tiny, computers={"arda": "wizard"}, ruleset=tiny_rules)


def test_the_ledger_accounts_for_every_change_of_a_turn(game: Game) -> None:
    """Every difference between two turns is the sum of its causes, where the calendar does not reset it."""
    game.submit("arda", order(game, "arda.gesture.belen"))
    step = game.end_turn()
    entries = ledger(game, step)
    assert entries
    layout = game.ruleset.layout
    for quantity in ("tension", "support", "prosperity", "heat", "purse"):
        for row in layout.quantities[quantity].rows:
            total = sum(change.amount for change in entries if change.row == row)
            assert total == int(step.after[row]) - int(step.before[row]), layout.names[row]


def test_the_last_change_names_its_causes(game: Game) -> None:
    row = game.ruleset.layout.row("tension[arda, belen]")
    assert last_change(game, row) is None
    game.submit("arda", order(game, "arda.gesture.belen"))
    game.end_turn()
    change = last_change(game, row)
    assert change is not None and change.causes is not None
    assert ("gesture", ("arda", "belen")) in {(cause.rule, cause.binding) for cause in change.causes}
    assert change.after - change.before == sum(cause.amount for cause in change.causes)


# -- the control ---------------------------------------------------------------------------------------


def test_an_injection_is_in_the_log_with_its_reason(game: Game) -> None:
    game.submit("arda", order(game, "arda.reform"))
    game.inject("A quarrel at sea", {"tension[arda, belen]": 9000})
    assert game.value("tension[arda, belen]") == 9000
    assert game.queue("arda") == ()
    change = last_change(game, game.ruleset.layout.row("tension[arda, belen]"))
    assert change is not None and change.causes is not None
    assert [cause.term for cause in change.causes] == ["A quarrel at sea"]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"tension[arda, corva]": 1}, "tension"),
        ({"tension[arda, belen]": 10_001}, "tension"),
        ({"turn": 4}, "turn"),
    ],
)
def test_an_impossible_injection_changes_nothing(game: Game, changes: dict[str, int], named: str) -> None:
    before = game.fingerprint
    with pytest.raises(ValueError, match=named):
        game.inject("No", changes)
    assert game.fingerprint == before
    assert game.log == []


def test_rewinding_goes_back_to_the_opening_and_the_same_orders_lead_to_the_same_place(game: Game) -> None:
    for _turn in range(3):
        game.end_turn()
    there = game.fingerprint
    game.rewind(2)
    assert game.turn == 2
    assert set(game.ledgers) == set(game.steps), "the causes of what was taken back are not kept"
    assert len(game.log) == 4
    game.end_turn()
    game.end_turn()
    assert game.fingerprint == there, "luck is a function of the turn"
    with pytest.raises(ValueError, match="9"):
        game.rewind(9)


def test_a_seat_can_be_handed_over(game: Game) -> None:
    game.hand_over("arda", "idle")
    game.hand_over("belen", "person")
    assert game.people == ("belen",)
    step = game.end_turn()
    assert isinstance(step.act, Resolved)
    assert step.act.orders["arda"] == []
