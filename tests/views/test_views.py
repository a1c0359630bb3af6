"""Views: what a seat sees, in words and figures, from the rules' own numbers."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from fractions import Fraction

import pytest

from game.rules import Ruleset
from game.scenario import Scenario
from game.session import Forecast, Forecaster, Game, Outlook, Range
from game.terminal.speaker import Table
from game.terminal.world import countries_screen
from game.views import (
    Sight,
    briefing,
    card,
    categories,
    councils,
    countries,
    country,
    dialogues,
    forecast_view,
    history,
    hotspots,
    map_values,
    matter_now,
    missions,
    news,
    objectives,
    order_row,
    outcome,
    pairs,
    queue,
    report,
    scenario_card,
    series,
    why,
)
from game.views.council import Vote, vote_of
from game.views.objectives import _worth
from game.views.report import Report


@pytest.fixture
def game(tiny: Scenario, tiny_rules: Ruleset) -> Game:
    return Game.new(tiny, ["arda"], seed=3, ruleset=tiny_rules)


@pytest.fixture
def later(game: Game) -> Game:
    """The same game three turns on."""
    for _turn in range(3):
        game.end_turn()
    return game


def see(game: Game, seat: str | None = "arda") -> Sight:
    return Sight(game, seat)


def row(game: Game, name: str) -> int:
    return game.ruleset.layout.row(name)


# -- names and values ------------------------------------------------------------------------------


def test_names_follow_the_date(later: Game) -> None:
    assert Sight(later, "arda").names.plain("belen") == "Belen"
    later.rewind(1)
    assert Sight(later, "arda").names.plain("belen") == "Old Belen"


def test_a_value_is_shown_in_its_own_unit(game: Game) -> None:
    sight = see(game)
    tension = sight.find("tension", "belen", "arda")
    assert tension is not None
    assert (tension.text, tension.number, tension.unit) == ("47.5", 47.5, "points")
    status = sight.find("status", "belen")
    assert status is not None and status.text == "Partner"
    assert "medium" in tension.source


def test_a_change_says_whether_it_is_good(later: Game) -> None:
    sight = see(later)
    tension = sight.find("tension", "arda", "belen")
    assert tension is not None and later.steps[-1].before is not None
    before = int(later.steps[-1].before[tension.row])
    assert tension.change == pytest.approx((tension.raw - before) / 100)
    assert tension.tone == ("good" if tension.change < 0 else "bad" if tension.change > 0 else "")


def test_another_seats_secrets_are_not_shown(later: Game) -> None:
    sight = see(later)
    assert sight.find("support", "belen") is None
    assert sight.find("support", "arda") is not None
    strength = sight.find("strength", "belen")
    assert strength is not None and strength.estimated
    assert strength.raw % 500 == 0
    assert "Only its own government" in why(sight, row(later, "support[belen]")).note
    assert why(sight, row(later, "strength[belen]")).causes == ()
    assert see(later, None).find("support", "belen") is not None


HIDDEN = ("support[belen]", "strength[corva]", "weariness[corva]")


@pytest.mark.parametrize("hidden", HIDDEN)
def test_no_view_depends_on_what_is_hidden(tiny: Scenario, tiny_rules: Ruleset, hidden: str) -> None:
    """Two games that differ only in a hidden quantity look the same to the seat."""
    shown = []
    for value in (1, 9):
        game = Game.new(tiny, ["arda"], seed=3, ruleset=tiny_rules)
        game.inject("The same words", {hidden: value})
        sight = see(game)
        shown.append(
            (
                countries(sight),
                country(sight, "belen"),
                country(sight, "corva"),
                pairs(sight),
                hotspots(sight),
                councils(sight),
                dialogues(sight),
                matter_now(sight),
                categories(sight),
                objectives(sight),
                report(sight),
                news(sight),
            )
        )
    assert shown[0] == shown[1]


def test_views_are_frozen(later: Game) -> None:
    sight = see(later)
    for view in (countries(sight), report(sight), briefing(sight), councils(sight)[0], queue(sight)):
        assert is_dataclass(view)
        with pytest.raises(AttributeError):
            setattr(view, fields(view)[0].name, None)


# -- the world -------------------------------------------------------------------------------------


def test_the_table_has_a_value_for_every_column(game: Game) -> None:
    table = countries(see(game))
    assert [r.id for r in table.rows] == ["arda", "belen", "corva"]
    assert table.columns[0] == "status"
    assert all(len(r.values) == len(table.columns) == len(table.titles) for r in table.rows)


def test_without_a_report_the_table_shows_what_it_can(tiny: Scenario) -> None:
    """No quantity belongs to all three seats, so that each column has gaps and one seat has nothing to show."""
    book = replace(tiny.book, report=None)
    game = Game.new(replace(tiny, book=book), ["arda"], seed=3)
    table = countries(see(game))
    assert [r.id for r in table.rows] == ["arda", "belen", "league"]
    assert table.columns and any(table.rows[0].values) and not any(table.rows[2].values)
    line = next(part for part in countries_screen(see(game)) if isinstance(part, Table)).lines[2]
    assert line.text == f"{table.rows[2].name}."


def test_the_worst_pair_comes_first(game: Game) -> None:
    game.inject("A quarrel", {"tension[belen, corva]": 9900})
    assert {pairs(see(game))[0].first, pairs(see(game))[0].second} == {"belen", "corva"}


def test_hotspots_and_missions_are_found_by_kind(game: Game) -> None:
    assert [place.id for place in hotspots(see(game))] == ["east_shore"]
    assert missions(see(game)) == ()
    assert {value.thing for value in map_values(see(game), "prosperity")} == {"arda", "belen", "corva"}


# -- councils and talks ------------------------------------------------------------------------------


def test_a_margin_is_the_sum_of_its_named_terms(game: Game) -> None:
    (view,) = councils(see(game))
    for candidate in view.candidates:
        for member in candidate.members:
            assert member.margin == pytest.approx(sum(term.amount for term in member.terms))


def test_what_the_council_screen_foretells_is_what_the_council_does(tiny: Scenario, tiny_rules: Ruleset) -> None:
    """With the world as it stands and nobody ordering anything, the vote is as shown."""
    agreed = 0
    for support in (0, 1500, 3000, 4500, 6000):
        for signed in (0, 1):
            game = Game.new(tiny, computers=dict.fromkeys(tiny_rules.seats, "idle"), ruleset=tiny_rules)
            changes = {"support[belen]": support, "signed[arda]": signed, "summit": 1}
            game.inject("A summit", changes)
            sight = see(game, None)
            (view,) = councils(sight)
            assert view.meets
            foretold = {c.candidate: c.objecting for c in view.candidates if c.on_agenda}
            game.end_turn()
            model = tiny.book.rulebook.councils[0]
            for candidate, objecting in foretold.items():
                assert vote_of(see(game, None), -1, model, candidate) == Vote(not objecting, objecting, ())
                agreed += not objecting
    assert 0 < agreed < 10, "both outcomes are tried"


def test_a_condition_is_named_with_its_cure(game: Game) -> None:
    game.inject("Signed", {"signed[arda]": 1, "support[belen]": 1000})
    (view,) = councils(see(game, None))
    (belen,) = view.candidates
    arda = next(member for member in belen.members if member.member == "arda")
    assert [o.title for o in arda.objections] == ["The treaty comes first"]
    assert arda.objections[0].cure == "Win your own people first."
    assert belen.objecting == ("arda", "corva")
    assert belen.summary == "2 objections, from every member"


@pytest.mark.parametrize("seat", ["belen", None])
def test_the_news_names_who_held_a_candidate_up_and_its_margin(
    tiny: Scenario, tiny_rules: Ruleset, seat: str | None
) -> None:
    """Nobody could have read it from the table: the margin was above nought."""
    idle = dict.fromkeys(tiny_rules.seats, "idle")
    game = Game.new(tiny, ["arda", "belen"], computers=idle, ruleset=tiny_rules)
    game.inject("A summit", {"support[belen]": 6000, "signed[arda]": 1, "summit": 1})
    (view,) = councils(see(game, seat))
    arda = next(member for member in view.candidates[0].members if member.member == "arda")
    assert arda.margin > 0 and not arda.objections
    game.submit("arda", game.order("arda.hold.belen"))
    game.end_turn()
    (vote,) = [item for item in news(see(game, seat)) if item.kind == "vote"]
    assert vote.text.startswith(f"Old Belen: held up by order of Arda (margin {arda.margin_text} as the turn opened)")
    assert vote_of(see(game, seat), -1, tiny.book.rulebook.councils[0], "belen").held == ("arda",)  # type: ignore[union-attr]


def test_a_side_accepts_when_its_terms_add_up_to_nought_or_more(game: Game) -> None:
    (view,) = dialogues(see(game))
    (dossier,) = view.dossiers
    assert not dossier.sides and dossier.progress is None and dossier.told == "The fishing dossier: Closed."
    game.end_turn()
    game.end_turn()
    (view,) = dialogues(see(game))
    (dossier,) = view.dossiers
    assert [side.side for side in dossier.sides] == ["arda", "belen"]
    for side in dossier.sides:
        assert side.gain == pytest.approx(sum(term.amount for term in side.terms))
        assert side.accepts == (side.gain >= 0)
    assert "55 of 70" in dossier.verdict


# -- orders ------------------------------------------------------------------------------------------


def test_at_most_eight_legal_orders_matter_now_and_the_helpful_ones_lead(later: Game) -> None:
    rows = matter_now(see(later))
    assert 0 < len(rows) <= 8
    assert all(r.legal for r in rows)
    assert len({r.order for r in rows}) == len(rows)
    helps = set(later.scenario.book.scenario.seats[0].helps)
    assert rows[0].action in helps


def test_categories_hold_every_order_once_with_reasons_where_locked(game: Game) -> None:
    rows = [r for group in categories(see(game)) for r in group.orders]
    mine = [
        i for i, text in enumerate(game.ruleset.catalogue.texts) if text.startswith("arda.") and ".respond." not in text
    ]
    assert sorted(r.order for r in rows) == mine
    for r in rows:
        assert r.legal == (not r.reasons)
        assert all(reason[0].isupper() and reason.endswith(".") for reason in r.reasons)


def test_reasons_name_things_by_their_names(game: Game) -> None:
    locked = order_row(see(game), game.order("arda.do_deed.fishing"))
    assert locked.reasons == ("Nothing is promised on The fishing dossier.",)
    game.inject("Poor", {"purse[arda]": 0})
    assert any("political capital" in reason for reason in order_row(see(game), game.order("arda.arm")).reasons)


def test_declared_effects_are_told_with_time_and_sign(game: Game) -> None:
    effects = order_row(see(game), game.order("arda.reform")).effects
    assert "Support, Arda +1.5 a quarter for 9 months" in effects
    assert any("after 3 months" in line for line in effects)
    gesture = order_row(see(game), game.order("arda.gesture.belen")).effects
    assert "Tension, Arda and Old Belen −3" in gesture


def test_the_queue_shows_what_is_left(game: Game) -> None:
    purse = queue(see(game)).purse
    game.submit("arda", game.order("arda.reform"))
    held = queue(see(game))
    assert [r.text for r in held.orders] == ["arda.reform"]
    assert held.purse == purse - 2
    assert held.may_undo
    assert held.orders[0].queued and not held.orders[0].legal


def test_an_open_decision_shows_its_answers_and_the_default(game: Game) -> None:
    for _turn in range(game.ruleset.turns):
        open_card = card(see(game))
        if open_card is not None:
            break
        game.end_turn()
    else:
        pytest.fail("no card came")
    assert sum(choice.default for choice in open_card.choices) == 1
    assert "{" not in open_card.headline + open_card.text
    chosen = next(choice for choice in open_card.choices if choice.order.legal)
    game.submit("arda", chosen.order.order)
    answered = card(see(game))
    assert answered is not None and answered.answered == chosen.id
    why_not = [reason for row in answered.choices for reason in row.order.reasons]
    assert not any("already in the queue" in reason for reason in why_not), "another answer takes its place"


# -- what happened -----------------------------------------------------------------------------------


def test_news_are_at_most_five_and_all_in_the_history(later: Game) -> None:
    sight = see(later)
    assert len(news(sight)) <= 5
    told = history(sight)
    assert {item.turn for item in told} <= {1, 2, 3}
    assert set(news(sight)) <= set(told)
    for item in told:
        assert item.headline and "{" not in item.headline


def test_every_fired_event_is_in_the_history(later: Game) -> None:
    last = later.ruleset.layout.quantities["last"]
    fired = sum(int(later.column[r]) > 0 for r in last.rows)
    assert sum(item.kind == "event" for item in history(see(later))) >= fired


def test_a_change_that_is_rounded_away_is_none(game: Game) -> None:
    """Support is shown to one decimal: 50.01 reads as 50."""
    told = report_after(game, 5_000, 5_001)
    assert told.changes == () and told.more == 0
    (change,) = report_after(game, 5_001, 5_100).changes
    assert (change.title, change.before, change.after) == ("Support, Arda", "50", "51")


def report_after(game: Game, before: int, after: int) -> Report:
    """The report of one injection, from one raw value of Arda's support to another."""
    game.inject("First", {"support[arda]": before})
    game.inject("Then", {"support[arda]": after})
    told = report(see(game))
    assert told is not None
    return told


def test_the_report_names_the_causes_of_what_changed(game: Game) -> None:
    game.submit("arda", game.order("arda.gesture.belen"))
    game.end_turn()
    told = report(see(game), at_most=50)
    assert told is not None
    tension = next(c for c in told.changes if c.row == row(game, "tension[arda, belen]"))
    assert any(cause.text == "Arda: Make a friendly gesture (Old Belen)" for cause in tension.causes)
    step = game.steps[-1]
    total = sum(cause.amount for cause in tension.causes)
    assert total == int(step.after[tension.row]) - int(step.before[tension.row])
    assert told.changes[0].own, "one's own things come first"


def test_covert_orders_of_others_stay_covert(tiny: Scenario, tiny_rules: Ruleset) -> None:
    game = Game.new(tiny, ["arda", "belen"], ruleset=tiny_rules)
    game.submit("belen", game.order("belen.arm"))
    game.end_turn()
    mine, theirs = report(see(game)), report(see(game, "belen"))
    assert mine is not None and theirs is not None
    assert not any("arms" in line for seat in mine.orders for line in seat.orders)
    assert any("arms" in line for seat in theirs.orders for line in seat.orders)
    told = why(see(game), row(game, "prosperity[belen]"))
    assert any(cause.text == "Somebody's covert act" for cause in told.causes)
    assert not any("arms" in cause.text for cause in told.causes)


def test_objectives_add_up_to_the_score_before_its_factor(later: Game) -> None:
    wanted = objectives(see(later))
    assert wanted is not None and wanted.par == 20
    assert [r.id for r in wanted.rows] == ["quiet", "treaty", "wealth"]
    factor = Fraction(1, 2) + Fraction(later.value("prosperity[arda]"), 10_000)
    assert wanted.score == pytest.approx(float(sum(r.points for r in wanted.rows)) * float(factor), abs=0.02)


def test_a_forecast_is_told_as_ranges(game: Game) -> None:
    found = Forecaster(game).forecast("arda", [game.order("arda.threaten.belen")])
    assert found is not None
    view = forecast_view(see(game), found)
    tension = next(r for r in view.rows if r.row == row(game, "tension[arda, belen]"))
    assert tension.tone == "bad"
    assert tension.low <= tension.middle <= tension.high
    assert "same luck" in view.note


def foretold(game: Game, name: str, *ends: int) -> Outlook:
    """A row whose difference has these ends (low, middle, high) and whose level is as much."""
    return Outlook(row(game, name), Range(*ends), Range(*ends), Range(0, 0, 0))


def test_a_score_that_may_fall_or_rise_has_no_tone(game: Game) -> None:
    for ends, tone in (((-210, -110, 1290), ""), ((-210, -110, -50), "bad"), ((50, 110, 1290), "good")):
        score = foretold(game, "score[arda]", *ends)
        assert forecast_view(see(game), Forecast((), score, 200, 4)).score.tone == tone


def test_a_forecast_names_the_rung_it_leads_to(game: Game) -> None:
    layout = game.ruleset.layout
    name = next(n for n in layout.names if see(game).unit(n.split("[")[0]).startswith("ladder:"))
    climb = foretold(game, name, 0, 1, 1)
    view = forecast_view(see(game), Forecast((climb,), foretold(game, "score[arda]", 0, 0, 0), 200, 4))
    assert view.rows[0].likely == see(game).show(climb.row, 1) != "+1"


def test_an_aim_is_told_in_the_points_that_are_shown(game: Game) -> None:
    """An aim is written in the objective's own amount; its points are that times the weight."""
    goal = see(game).book.scenario.seats[0].objectives[2]
    assert _worth(goal.model_copy(update={"aim": -0.2})) == "counted at the end; good from −0.2"
    assert _worth(goal.model_copy(update={"aim": 2, "weight": 3})) == "counted 3 times at the end; good from 6"


def test_one_point_is_one_point(game: Game) -> None:
    goal = see(game).book.scenario.seats[0].objectives[0]
    assert _worth(goal.model_copy(update={"weight": -1})) == "−1 point for every turn in which it is so"
    assert _worth(goal) == "2 points for every turn in which it is so"


def test_a_series_runs_from_the_first_turn_to_now(later: Game) -> None:
    (line,) = series(see(later), [row(later, "tension[arda, belen]"), row(later, "support[belen]")])
    assert [turn for turn, _when, _value in line.points] == [1, 2, 3, 4]
    assert line.points[-1][2] == later.value("tension[arda, belen]") / 100
    assert line.points[0][1] == "January 2001"


def test_briefing_and_cards_say_what_the_scenario_says(game: Game) -> None:
    told = briefing(see(game))
    assert told.seat is not None and told.seat.goal.startswith("Keep the shore")
    shown = scenario_card(game.scenario)
    assert [seat.seat for seat in shown.seats] == ["arda", "belen"]
    assert shown.seats[1].helps == ("Reform the state", "Attend the talks", "Make a friendly gesture")


def test_the_outcome_compares_with_par_and_shows_the_decisions(game: Game) -> None:
    assert outcome(see(game)) is None
    while not game.over:
        if not game.steps:
            game.submit("arda", game.order("arda.sign_treaty.water_treaty"))
        game.end_turn()
    told = outcome(see(game))
    assert told is not None
    assert told.title in {ending.title for ending in game.scenario.book.rulebook.endings}
    assert "par of 20" in told.verdict or "exactly par" in told.verdict
    assert told.decisions[0].orders == ("Sign the treaty (The water treaty)",)
    assert [fact.title for fact in told.recorded] == ["The first summit"]
