"""Words given and talks held, as screens show them: a promise by how long it binds, open dossiers first."""

from __future__ import annotations

import pytest

from game.rules import compile_rules
from game.scenario import load
from game.session import Game
from game.session.events import event_changes
from game.views import Sight, councils, dialogues, history
from game.views.dialogue import OPEN
from game.views.effects import _months
from game.views.orders import order_row
from game.views.report import report
from game.views.stance import stance, stance_text


@pytest.fixture(scope="module")
def game() -> Game:
    scenario = load("kosovo_2023")
    return Game.new(scenario, ["serbia"], seed=4, ruleset=compile_rules(scenario.book))


def test_a_pledge_is_told_by_how_long_it_binds_and_its_bookkeeping_stays_out_of_the_report(game: Game) -> None:
    catalogue = game.ruleset.catalogue
    part = catalogue.seats[game.seat_index["serbia"]]
    legal = game.legal("serbia")
    order = next(
        one for one in range(part.start, part.stop) if legal[one] and catalogue.template[one].startswith("pledge_")
    )
    sight = Sight(game, "serbia")
    model = next(one for one in sight.book.rulebook.pledges if f"pledge_{one.id}" == catalogue.template[order])
    assert f"It binds for {model.months} months" in order_row(sight, order).effects
    game.submit("serbia", order)
    game.end_turn()
    kept = game.ruleset.layout.quantities[f"pledged_{model.id}"]
    after = Sight(game, "serbia")
    assert any(after.column[row] for row in range(kept.rows.start, kept.rows.stop))
    told = report(after, at_most=10_000)
    assert told is not None and told.changes
    assert not [change.title for change in told.changes if change.row in kept.rows]


def test_open_dossiers_come_first_and_only_they_have_a_verdict(game: Game) -> None:
    (view,) = dialogues(Sight(game, "serbia"))
    states = [row.open for row in view.dossiers]
    assert states == sorted(states, reverse=True) and any(states) and not all(states)
    assert "serbia" in [side.side for side in view.dossiers[0].sides]
    ladder = game.ruleset.book.vocabulary.ladders["dossier"]
    assert ladder[OPEN] == "open"
    over = [row for row in view.dossiers if row.state in ("Agreed", "Carried out", "Defaulted")]
    assert over and not any(row.verdict for row in over)
    assert all(row.verdict for row in view.dossiers if row.open)


def test_a_dossier_that_is_closed_or_ended_tells_its_state_alone() -> None:
    """Kosovo 2023: the name issue, carried out years ago, had a progress and gains."""
    game = Game.new(load("kosovo_2023"), ["kosovo"], seed=3)
    (view,) = dialogues(Sight(game, "kosovo"))
    told = {row.dossier: row for row in view.dossiers}
    assert told["name_issue"].told == "The name issue: Carried out."
    resting = {row.dossier for row in view.dossiers if not row.open}
    assert resting and not any(told[one].sides or told[one].progress or told[one].power for one in resting)
    assert all(row.sides and row.progress for row in view.dossiers if row.open)
    game.end_turn()
    found = report(Sight(game, "kosovo"), at_most=10_000)
    assert found is not None
    rows = [game.ruleset.layout.at(change.row) for change in found.changes]
    assert {args[0] for quantity, args in rows if quantity.id == "capability"}
    assert not {args[0] for _quantity, args in rows if args and args[0] in resting}


def test_a_member_has_no_step_left_to_which_anybody_could_object() -> None:
    game = Game.new(load("kosovo_2023"), ["kosovo"], seed=3)
    rows = [row for view in councils(Sight(game, "kosovo")) for row in view.candidates if not row.next]
    assert "croatia" in [row.candidate for row in rows]
    assert {(row.objecting, row.members, row.summary) for row in rows} == {((), (), "No step is left to decide")}


def test_an_order_against_a_word_of_ones_own_says_so_and_a_broken_word_is_reported() -> None:
    """Banja Luka 2025: hard words after, and beside, a pledge to use none."""
    me = "republika_srpska"
    game = Game.new(load("banja_luka_2025"), [me], seed=8)
    pledge, words = (game.order(f"{me}.{text}.bosnia") for text in ("pledge_measured_words", "rhetoric"))
    assert "your word" not in order_row(Sight(game, me), words).effects[0]
    game.submit(me, pledge)
    assert "at odds with what you order this turn" in order_row(Sight(game, me), words).effects[0]
    game.end_turn()
    sight = Sight(game, me)
    first = order_row(sight, words).effects[0]
    assert first.startswith("It breaks your word to Bosnia and Herzegovina (Pledge: No hard words): Credibility −5")
    assert (
        "Still owed: Republika Srpska to Bosnia and Herzegovina. Pledge: No hard words, until turn 10"
        in stance_text(stance(sight, me, "bosnia"))
    )
    game.submit(me, words)
    game.end_turn()
    told = report(Sight(game, me))
    assert told is not None
    word = next(change for change in told.changes if change.own and change.after == "broken")
    assert word.title == "Pledge: No hard words: Republika Srpska to Bosnia and Herzegovina" and word.tone == "bad"


def test_the_news_say_who_came_to_the_table_and_who_stayed_away() -> None:
    game = Game.new(load("kosovo_2023"), ["kosovo", "serbia"], seed=3)
    game.submit("kosovo", game.order("kosovo.attend_talks.association"))
    for seat in ("kosovo", "serbia"):
        game.submit(seat, game.order(f"{seat}.attend_talks.number_plates"))
    game.end_turn()
    (item,) = [one for one in history(Sight(game, "kosovo")) if one.kind == "talks"]
    assert item.text == ("Association of Serb-majority municipalities: Kosovo came to the table, Serbia stayed away.")


@pytest.mark.parametrize(("count", "told"), [(1, "1 month"), (2, "2 months")])
def test_months_are_counted_in_their_own_form(count: int, told: str) -> None:
    assert _months(count) == told


def test_an_event_that_was_injected_is_told_once() -> None:
    """It marks the event as fired too: it was news of the teacher's and of the event's."""
    game = Game.new(load("bucharest_lesson"), ["croatia"], seed=3)
    happenings = {one.template.id for one in game.ruleset.events.happenings}
    bindings = game.ruleset.catalogue.bindings
    event = next(one for one in game.scenario.book.rulebook.events if one.id in happenings and bindings[one.id])
    game.inject("The teacher's headline", event_changes(game, event.id, bindings[event.id][0]))
    (item,) = history(Sight(game, "croatia"))
    assert (item.headline, item.kind) == ("The teacher's headline", "event") and item.text
