"""The seat's own score: when it is counted, how it moved in a turn, and why."""

from __future__ import annotations

import pytest

from game.rules import Ruleset
from game.scenario import Scenario, load
from game.session import Game
from game.terminal.speaker import Line
from game.terminal.turn import objectives_screen, report_screen
from game.views import Sight, objectives, report
from game.views.bar import bar
from game.views.score import ScoreChange, score_change
from tests.views.secret import game_with_a_secret


@pytest.fixture
def game(tiny: Scenario, tiny_rules: Ruleset) -> Game:
    return Game.new(tiny, ["arda"], seed=3, ruleset=tiny_rules)


def change(game: Game, seat: str = "arda") -> ScoreChange:
    found = score_change(Sight(game, seat))
    assert found is not None
    return found


def text(lines: object) -> str:
    return "\n".join(line.text for line in lines if isinstance(line, Line))  # type: ignore[attr-defined]


def test_nothing_is_counted_before_the_first_turn_has_ended(game: Game) -> None:
    told = bar(Sight(game, "arda"))
    goals = objectives(Sight(game, "arda"))
    assert goals is not None and not goals.counted
    assert (told.score, told.score_change) == ("–", "")
    assert {goals.score_text, *(row.points_text for row in goals.rows)} == {"–"}
    assert "counted when the first turn has ended" in text(objectives_screen(Sight(game, "arda")))


def test_the_first_count_is_no_change(game: Game) -> None:
    game.inject("A rich year", {"prosperity[arda]": 8000})
    game.end_turn()
    told = bar(Sight(game, "arda"))
    assert game.value("score[arda]") != 0
    assert told.score != "–" and told.score_change == ""
    first = change(game)
    assert (first.before, first.after, first.change, first.tone) == ("–", told.score, "", "")
    assert all(row.change == row.tone == "" for row in first.rows)
    assert "counted first now" in text(report_screen(Sight(game, "arda")))


def test_a_turn_says_which_objectives_moved_the_score_and_through_what(game: Game) -> None:
    game.end_turn()
    game.inject("A treaty", {"signed[belen]": 1})
    game.submit("arda", game.order("arda.sign_treaty.water_treaty"))
    game.end_turn()
    found = change(game)
    moved = {row.title: row for row in found.rows}
    treaty = moved["The treaty was signed, if only for a time"]
    assert (treaty.before, treaty.after, treaty.change, treaty.tone) == ("0", "20", "+20", "good")
    assert "Sign the treaty" in treaty.causes[0].text and treaty.causes[0].amount_text == "+20"
    told = bar(Sight(game, "arda"))
    assert (told.score, told.score_change) == (found.after, found.change)
    assert (treaty.title, "+20") in told.score_rows
    shown = report(Sight(game, "arda"))
    assert shown is not None and shown.score == found
    assert "The treaty was signed, if only for a time: +20. Because: " in text(report_screen(Sight(game, "arda")))


def test_what_moves_an_objective_down_is_told_by_what_it_cost() -> None:
    """The tutorial's loss: calm with a neighbour, by the answer that angered it."""
    game = Game.new(load("tutorial"), ["croatia"], seed=4)
    game.end_turn()
    game.submit("croatia", game.order("croatia.respond.fishing_zone.keep"))
    game.end_turn()
    first = change(game, "croatia").rows[0]
    assert (first.title[:18], first.change, first.tone) == ("Calm with Slovenia", "−10", "bad")
    (cause,) = first.causes
    assert cause.text.startswith("Tension, Slovenia and Croatia 47.5 → 51.5, through Keep the zone")
    assert cause.amount_text == "−10"


def test_an_objective_of_every_turn_names_what_it_looks_at(game: Game) -> None:
    game.end_turn()
    game.inject("Calm", {"tension[arda, belen]": 2000})
    game.end_turn()
    row = next(row for row in change(game).rows if row.title == "A quiet shore")
    assert row.change == "+2"
    assert [cause.text.partition(":")[0] for cause in row.causes] == ["Tension, Arda and Old Belen"]


def test_a_secret_is_no_reason(tiny: Scenario) -> None:
    """Points that hang on another seat's secret are told without it."""
    game = game_with_a_secret(tiny)
    game.end_turn()
    game.end_turn()
    row = next(row for row in change(game).rows if row.title == "Wealth")
    assert row.change and row.causes == ()


def test_what_is_set_from_outside_and_who_watches_have_no_score(game: Game) -> None:
    game.end_turn()
    assert score_change(Sight(game, None)) is None
    game.inject("Rain", {"prosperity[arda]": 9000})
    assert score_change(Sight(game, "arda")) is None
    assert bar(Sight(game, "arda")).score_change == ""


@pytest.mark.parametrize(("state", "tone"), [("agreed", "good"), ("carried_out", "good"), ("defaulted", "bad")])
def test_a_word_not_kept_is_no_good_news(state: str, tone: str) -> None:
    game = Game.new(load("bucharest_2008"), ["serbia"], seed=1)
    rungs = game.ruleset.book.vocabulary.ladders["dossier"]
    game.inject("An end", {"dossier_state[status_talks]": rungs.index(state)})
    found = report(Sight(game, "serbia"))
    assert found is not None
    assert [one.tone for one in found.changes if one.title == "State of the talks, Status talks on Kosovo"] == [tone]
    value = Sight(game, "serbia").find("dossier_state", "status_talks")
    assert value is not None and value.tone == tone
