"""The debrief's views: turning points are true and repeatable, ladders and table tell what the seat knows."""

from __future__ import annotations

import csv
import io

import pytest

from game.rules import compile_rules
from game.scenario import load
from game.session import Game
from game.session.turning import turning_points
from game.terminal.speaker import Line
from game.terminal.turn import outcome_screen
from game.views import Outcome, Sight, objectives, outcome
from game.views.debrief import course_finding, ladders, missed, table, turning_rows
from game.views.news import turn_news
from game.views.outcome import A_FEW, WEIGHTY, remembered


@pytest.fixture(scope="module")
def over() -> Game:
    scenario = load("tests/data/tiny.yaml")
    game = Game.new(scenario, [], seed=3, ruleset=compile_rules(scenario.book))
    while not game.over:
        game.end_turn()
    game.hand_over("arda", "person")
    return game


@pytest.fixture(scope="module")
def asked() -> Game:
    """The tutorial without a word to Slovenia: the zone is kept, the next stage asked for, nobody canvassed."""
    return tutorial(7, "croatia.respond.fishing_zone.keep", "croatia.request_stage")


@pytest.fixture(scope="module")
def not_asked() -> Game:
    return tutorial(4, "croatia.respond.fishing_zone.keep")


def tutorial(seed: int, *texts: str) -> Game:
    game = Game.new(load("tutorial"), ["croatia"], seed=seed)
    while not game.over:
        for order in map(game.order, texts):
            if not game.verify("croatia", order):
                game.submit("croatia", order)
        game.end_turn()
    return game


def ended(game: Game) -> Outcome:
    found = outcome(Sight(game, "croatia"))
    assert found is not None
    return found


def test_the_tutorial_ends_otherwise_where_nobody_was_asked(asked: Game, not_asked: Game) -> None:
    assert ended(asked).title == "The next summit"
    assert ended(not_asked).title == "Not on the table"


def test_the_ending_names_who_kept_the_seat_out(asked: Game, not_asked: Game) -> None:
    told = ended(asked).text
    assert "North Atlantic Council, April to June 2008. Croatia: held up by order of Slovenia (margin +" in told
    assert "Croatia:" not in ended(not_asked).text


def test_the_heading_of_the_course_names_the_step_and_its_cause(asked: Game) -> None:
    row = asked.ruleset.layout.row("score[croatia]")
    values = [int(step.after[row]) / 100 for step in asked.steps]
    found = course_finding(Sight(asked, "croatia"), values)
    assert found.title == "The score peaked at 15.4 in turn 1 and ended at 4.7"
    assert found.why.startswith("Turn 2. Calm with Slovenia, and a calm tone at home: −10. Nationalism, Croatia 46.7 →")
    assert "through Slovenia holds up the way of Croatia into the Union" in found.why
    assert course_finding(Sight(asked, None), values).why == "", "who watches has no objectives"
    leap = course_finding(Sight(asked, "croatia"), [15, 5, 14, 15])
    assert leap.title == "The score fell by 10 in turn 2, the largest step of the game" and leap.why == found.why
    assert course_finding(Sight(asked, "croatia"), [5, 5]).title == "The score never moved"


def test_turning_points_are_the_same_each_time_and_change_nothing(over: Game) -> None:
    before = over.fingerprint
    first = turning_points(over, "arda", futures=20)
    assert first == turning_points(over, "arda", futures=20)
    assert over.fingerprint == before
    assert first is not None
    assert [point.turn for point in first] == sorted({point.turn for point in first})
    for point in first:
        assert point.effect.low <= point.effect.middle <= point.effect.high
        step = over.steps[point.step]
        if point.order is not None:
            assert over.ruleset.catalogue.texts[point.order] in step.act.orders["arda"]  # type: ignore[union-attr]


def test_the_search_can_be_stopped(over: Game) -> None:
    assert turning_points(over, "arda", futures=20, stop=lambda: True) is None


def test_turning_points_in_words(over: Game) -> None:
    points = turning_points(over, "arda", futures=20)
    rows = turning_rows(Sight(over, "arda"), points or ())
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert all(row.title and row.text and " to " in row.spread for row in rows)


def test_the_table_keeps_secrets(over: Game) -> None:
    told = list(csv.reader(io.StringIO(table(Sight(over, "arda")))))
    everything = list(csv.reader(io.StringIO(table(Sight(over, None)))))
    assert told[0] == ["turn", "month", "quantity", "things", "value"]
    assert 1 < len(told) < len(everything)
    secret = [q.id for q in over.ruleset.layout.quantities.values() if q.visible == "owner"]
    assert all(row[3].split()[:1] == ["arda"] for row in told[1:] if row[2] in secret)


def test_the_record_stands_beside_the_game_on_the_ladder() -> None:
    scenario = load("bucharest_2008")
    game = Game.new(scenario, [], seed=4, ruleset=compile_rules(scenario.book))
    rungs = scenario.book.vocabulary.ladders["nato"]
    (nato, *_others) = ladders(Sight(game, None))
    assert all(climb.record == climb.start and not climb.since for climb in nato.climbs)
    for _turn in range(12):
        game.end_turn()
    at_end_of_2009 = {climb.thing: climb for climb in ladders(Sight(game, None))[0].climbs}
    assert rungs[at_end_of_2009["montenegro"].record or 0] == "map"
    assert at_end_of_2009["montenegro"].since == "December 2009"
    assert rungs[at_end_of_2009["albania"].record or 0] == "member"
    assert at_end_of_2009["serbia"].record == at_end_of_2009["serbia"].start
    assert rungs[at_end_of_2009["bosnia"].record or 0] == "intensified_dialogue"  # the condition comes in 2010


def test_without_recorded_rungs_the_ladder_shows_no_record(over: Game) -> None:
    assert all(climb.record is None for view in ladders(Sight(over, "arda")) for climb in view.climbs)


def test_where_no_news_is_weighty_the_weightiest_are_remembered(over: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    sight = Sight(over, "arda")
    weighty = remembered(sight)
    assert weighty and all(item.weight >= WEIGHTY for item in weighty)
    monkeypatch.setitem(remembered.__globals__, "WEIGHTY", 11)
    few = remembered(sight)
    every = [item for place in range(len(over.steps)) for item in turn_news(sight, place)]
    assert len(few) == A_FEW
    assert [item.turn for item in few] == sorted(item.turn for item in few)
    assert max(few, key=lambda item: item.weight).weight == max(every, key=lambda item: item.weight).weight


def test_a_missed_objective_says_which_of_its_parts_were_missing(not_asked: Game) -> None:
    sight = Sight(not_asked, "croatia")
    wanted, told = objectives(sight), {row.id: row for row in missed(sight)}
    assert wanted is not None
    goals = {goal.id: goal for goal in not_asked.ruleset.book.objectives if goal.seat == "croatia"}
    assert set(told) == {row.id for row in wanted.rows if round(100 * row.points) < goals[row.id].aim}
    (invited,) = told["invited"].parts
    assert invited.startswith("Place on the road to NATO, Croatia: ") and invited.endswith(", needed at least Invited")
    assert told["invited"].told == f"{told['invited'].title}: {invited}."


def test_of_several_conditions_only_those_that_failed_are_missing() -> None:
    game = Game.new(load("kosovo_2023"), ["kosovo"], seed=3)
    assert missed(Sight(game, "kosovo")) == ()
    game.inject("A good name lost", {"credibility[kosovo]": 4000, "eu_measures": 0, "escalation[serbia, kosovo]": 0})
    while not game.over:
        game.end_turn()
    sight = Sight(game, "kosovo")
    told = {row.id: row.parts for row in missed(sight)}
    (name,) = told["friends"]
    assert name.startswith("Credibility, Kosovo: ") and name.endswith(", needed at least 58")
    assert told["path"][0].endswith("needed Agreed or Carried out")
    assert told["north"][0].startswith("short of 3.5 by ")
    screen = "\n".join(part.text for part in outcome_screen(sight) if isinstance(part, Line))
    assert "What was missing" in screen and name in screen
    assert missed(Sight(game, None)) == ()
