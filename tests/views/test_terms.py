"""What the points of an objective consist of, as its tip and the terminal tell it."""

from __future__ import annotations

import pytest

from game.rules import Ruleset
from game.scenario import Scenario, load
from game.session import Game
from game.terminal.speaker import Line
from game.terminal.turn import objectives_screen
from game.views import Sight, objectives
from game.views.terms import GoalTerms, goal_terms
from tests.views.secret import game_with_a_secret


@pytest.fixture
def game(tiny: Scenario, tiny_rules: Ruleset) -> Game:
    return Game.new(tiny, ["arda"], seed=3, ruleset=tiny_rules)


def terms(game: Game, objective: str, seat: str = "arda") -> GoalTerms:
    found = goal_terms(Sight(game, seat), objective)
    assert found is not None
    return found


def number(text: str) -> float:
    return float(text.replace("−", "-")) if text else 0.0


@pytest.mark.parametrize(
    ("scenario", "seat", "turns"),
    [
        ("tutorial", "croatia", 3),
        ("kosovo_2023", "kosovo", 5),
        ("kosovo_2023", "serbia", 5),
        ("prespa_2018", "nato", 4),
    ],
)
def test_the_terms_add_up_to_the_points(scenario: str, seat: str, turns: int) -> None:
    game = Game.new(load(scenario), [], seed=1)
    for _turn in range(turns):
        game.end_turn()
    sight = Sight(game, seat)
    wanted = objectives(sight)
    assert wanted is not None
    counts = {goal.id: goal.counts for goal in game.ruleset.book.objectives if goal.seat == seat}
    for row in wanted.rows:
        found = terms(game, row.id, seat).rows
        if counts[row.id] != "each":
            assert sum(number(points) for _what, points in found) == pytest.approx(row.points, abs=0.05 * len(found))


def test_a_term_tells_the_quantity_from_the_start_to_now(game: Game) -> None:
    game.inject("A rich year", {"prosperity[arda]": 5600})
    game.end_turn()
    start, now = game.opening(1), game.column
    row = game.ruleset.layout.row("prosperity[arda]")
    assert start[row] != now[row]
    sight = Sight(game, "arda")
    (what, points) = terms(game, "wealth").rows[1]
    assert what == f"Prosperity, Arda {sight.show(row, int(start[row]))} → {sight.show(row, int(now[row]))}"
    assert number(points) == pytest.approx((int(now[row]) - int(start[row])) / 200, abs=0.05)


def test_what_was_reached_once_is_told_as_kept(tiny: Scenario, tiny_rules: Ruleset) -> None:
    game = Game.new(tiny, ["arda"], computers=dict.fromkeys(tiny_rules.seats, "idle"), ruleset=tiny_rules)
    game.inject("Two signatures", {"signed[arda]": 1, "signed[belen]": 1})
    game.end_turn()
    game.inject("A treaty is torn up", {"signed[belen]": 0})
    game.end_turn()
    assert ("Kept since it was reached", "+20") in terms(game, "treaty").rows


def test_before_the_first_turn_the_terms_say_how_things_stand(game: Game) -> None:
    rows = terms(game, "wealth").rows
    assert rows[0][0] == "As things stand"
    assert rows[1][0].startswith("Prosperity, Arda: ")
    assert terms(game, "quiet").rows[0][0] == "As things stand, each turn"


def test_the_most_is_said(game: Game) -> None:
    assert terms(game, "treaty").note.startswith("At most 20,")
    assert terms(game, "quiet").note.startswith("At most 2 a turn,")


def test_many_quantities_are_counted_and_not_a_few_picked() -> None:
    game = Game.new(load("bucharest_2008"), ["russia"], seed=1)
    rows = terms(game, "kosovo", "russia").rows
    assert [what for what, _points in rows[1:]] == ["Recognition of Kosovo: 23 figures"]


def test_a_secret_is_no_term(tiny: Scenario) -> None:
    game = game_with_a_secret(tiny)
    assert len(terms(game, "wealth").rows) == 1
    game.end_turn()
    assert not any("Support" in what for what, _points in terms(game, "wealth").rows)


def test_who_watches_has_no_terms(game: Game) -> None:
    assert goal_terms(Sight(game, None), "wealth") is None
    assert goal_terms(Sight(game, "belen"), "wealth") is None


def test_the_terminal_tells_the_terms(game: Game) -> None:
    game.end_turn()
    lines = [line.text for line in objectives_screen(Sight(game, "arda"), terms=True) if isinstance(line, Line)]
    assert any(line.startswith("At the start ") and "Prosperity, Arda" in line for line in lines)
