"""Players that look ahead: legal, deterministic, blind to what is hidden, and better than doctrine."""

from __future__ import annotations

import numpy as np
import pytest

from game.players import DIFFICULTIES, DoctrinePlayer, PlannerPlayer, difficulties, make_player
from game.players.budget import budget_of
from game.players.candidates import Drafts
from game.players.purses import SAVINGS, Purses
from game.players.rollout import Futures, positions
from game.players.whims import Whims
from game.rules import Ruleset, World, advance, compile_rules, legal_after, legal_mask, observe, pack, start
from game.scenario import load

SMALL = "planner:48x3"


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return compile_rules(load("tests/data/tiny.yaml").book)


@pytest.fixture(scope="module")
def bucharest() -> Ruleset:
    return compile_rules(load("bucharest_2008").book)


def _after(rules: Ruleset, turns: int, games: int = 4) -> World:
    player = make_player("doctrine", rules)
    world = start(rules, np.arange(games, dtype=np.uint64))
    for _ in range(turns):
        world = advance(rules, world, player.decide(rules, world, range(len(rules.seats)))).world
    return world


@pytest.mark.parametrize("kind", [SMALL, "history", *DIFFICULTIES])
def test_every_order_is_legal_after_those_before_it(rules: Ruleset, kind: str) -> None:
    world = _after(rules, 2)
    orders = make_player(kind, rules).decide(rules, world, range(len(rules.seats)))
    for seat in range(len(rules.seats)):
        for game in range(world.games):
            queue: list[int] = []
            for order in orders[seat, :, game]:
                if order >= 0:
                    assert legal_after(rules, world, game, seat, queue)[order], rules.catalogue.texts[order]
                    queue.append(int(order))


def test_a_choice_depends_on_its_own_position_alone(rules: Ruleset) -> None:
    world, player = _after(rules, 2), make_player(SMALL, rules)
    seats = range(len(rules.seats))
    together = player.decide(rules, world, seats)
    for game in range(world.games):
        alone = make_player(SMALL, rules).decide(rules, world.column(game), seats)
        assert (together[:, :, game] == alone[:, :, 0]).all()
    one_seat = player.decide(rules, world, [1])
    assert (one_seat[1] == together[1]).all()


def test_futures_share_their_luck_at_one_position_and_nowhere_else(rules: Ruleset) -> None:
    sooner, later = (positions(rules, _after(rules, turns), [(0, 1), (1, 1)]) for turns in (2, 3))
    numbers = np.arange(8)
    luck = [here.luck(np.full(8, request), numbers) for here in (sooner, later) for request in (0, 1)]
    assert len(np.unique(np.concatenate(luck))) == 32
    again = positions(rules, _after(rules, 2), [(1, 1)])
    assert (again.luck(np.zeros(8, np.intp), numbers) == luck[1]).all()


def test_a_planner_does_not_know_the_luck_to_come(rules: Ruleset) -> None:
    """Two games may differ in all their luck but for the planner's own number: it plays both alike."""
    world, player = _after(rules, 2, games=1), make_player(SMALL, rules)
    lucks = np.arange(40_000, dtype=np.uint64)
    words = positions(rules, world.repeat(len(lucks), lucks), [(game, 1) for game in range(len(lucks))]).words
    _, first, counts = np.unique(words, return_index=True, return_counts=True)
    pairs = [np.flatnonzero(words == words[place]) for place in first[counts > 1]]
    assert pairs
    seats = range(len(rules.seats))
    for one, other in pairs[:10]:
        chosen = [player.decide(rules, World(world.state, lucks[[game]], world.turn), seats) for game in (one, other)]
        assert (chosen[0] == chosen[1]).all()


def test_a_planner_does_not_open_all_games_alike(bucharest: Ruleset) -> None:
    """At the start all games look the same; many of them measure many ways to play."""
    world, seat = _after(bucharest, 0, games=16), bucharest.seats.index("romania")
    orders = make_player(SMALL, bucharest).decide(bucharest, world, [seat])[seat]
    assert len(np.unique(orders, axis=1).T) > 4


def test_a_planner_does_not_see_what_only_others_know(rules: Ruleset) -> None:
    """Nets are estimated: the true figure of another seat changes nothing, where legality does not."""
    world, player = _after(rules, 2, games=1), make_player(SMALL, rules)
    hidden = [q for q in rules.layout.quantities.values() if q.visible == "owner" and q.instances and q.id != "purse"]
    rows = [(q.first + i, args[0]) for q in hidden for i, args in enumerate(q.instances)]
    purses = zip(rules.orders.purse.tolist(), rules.seats, strict=True)
    for row, owner in [*rows, *purses]:
        state = world.state.copy()
        state[row] = rules.layout.low[row]
        seats = [i for i, seat in enumerate(rules.seats) if seat != owner]
        changed = player.decide(rules, World(state, world.luck, world.turn), seats)
        assert (changed == player.decide(rules, world, seats)).all(), rules.layout.names[row]


def test_a_planner_tells_its_best_plans_in_order(rules: Ruleset) -> None:
    player = PlannerPlayer(rules, budget_of("96x4"))
    choices = player.plan(rules, _after(rules, 1, games=1), [(0, 0)])
    assert choices is not None
    options = choices[0].options
    assert 1 <= len(options) <= 3
    assert [o.gain.mean for o in options] == sorted((o.gain.mean for o in options), reverse=True)
    assert options[0].gain.mean >= 0, "doctrine's own choice is among the plans, so the best is no worse"
    assert all(o.gain.low <= o.gain.high for o in options)
    assert len({frozenset(o.plan.orders) for o in options}) == len(options)


def test_what_is_as_good_is_played_in_turn_and_what_doctrine_dislikes_is_tried(bucharest: Ruleset) -> None:
    """In many games of one turn the same seat orders many things, each by its position and its game."""
    world = _after(bucharest, 2, games=48)
    player = PlannerPlayer(bucharest, budget_of("SMALL"))
    seat = bucharest.seats.index("romania")
    choices = player.plan(bucharest, world, [(game, seat) for game in range(world.games)])
    assert choices is not None
    for choice in choices:
        assert choice.best == choice.options[0].plan
    assert any(choice.given != choice.best for choice in choices)
    template = bucharest.catalogue.template
    doctrine = make_player("doctrine", bucharest).decide(bucharest, world, [seat])[seat]
    usual = {template[order] for order in doctrine[doctrine >= 0].tolist()}
    given = {template[order] for choice in choices for order in choice.given.orders}
    assert len(given - usual) >= 5


def test_plans_lean_on_doctrine_no_more_than_they_must(bucharest: Ruleset) -> None:
    """Answers to a card go round among plans, and what doctrine would order is in about half of them."""
    world = _after(bucharest, 4, games=64)
    seats = [bucharest.seats.index(seat) for seat in ("romania", "north_macedonia", "serbia", "eu")]
    asked = [(game, seat) for game in range(world.games) for seat in seats]
    here = positions(bucharest, world, asked)
    legal = legal_mask(bucharest, world)[:, [game for game, _ in asked]]
    drafts = Drafts(bucharest, here, legal, DoctrinePlayer(bucharest), Whims(bucharest))
    is_choice = bucharest.catalogue.is_choice
    kept = plans = answered = 0
    for request, base in enumerate(drafts.base()):
        wishes = [(order,) for order in drafts.wishes(request, 40) if not is_choice[order]]
        made = drafts.fill(drafts.varied(request, base, wishes))
        answers = [order for order in np.flatnonzero(drafts.legal[:, request]).tolist() if is_choice[order]]
        counts = [sum(answer in plan.orders for plan in made) for answer in answers]
        if answers and not bucharest.catalogue.cost[answers].any():
            assert all(wish[0] in plan.orders for wish, plan in zip(wishes, made, strict=True))
            assert sum(counts) == len(made)
            assert max(counts) - min(counts) <= 1
        answered += len(answers) > 1
        first = next((order for order in base.orders if not is_choice[order]), None)
        if first is not None:
            others = [plan for plan in made if drafts.whims.kind[plan.asked[0]] != drafts.whims.kind[first]]
            kept += sum(first in plan.orders for plan in others)
            plans += len(others)
    assert answered >= 20
    assert 0.3 * plans <= kept <= 0.6 * plans


def test_what_is_put_off_has_a_price(bucharest: Ruleset) -> None:
    """Doctrine does not make up at once for what a plan leaves out: what can wait a turn would wait for ever."""
    world, whims = _after(bucharest, 3, games=1), Whims(bucharest)
    doctrine = DoctrinePlayer(bucharest)
    seat, number = bucharest.seats.index("croatia"), np.arange(1024)
    here = positions(bucharest, world, [(0, seat)])
    usual = doctrine.decide(bucharest, world, [seat])[seat, :, 0]
    usual = usual[usual >= 0].tolist()
    nothing = np.repeat(pack(bucharest, {seat: ()})[seat, :, 0][None], len(number), axis=0)

    def mean(orders: list[int]) -> float:
        """The score of a turn without orders after which those are put off that are not among `orders`."""
        left = np.repeat(whims.left_out(usual, orders)[None], len(number), axis=0)
        futures = Futures(bucharest, here, [doctrine], 16, whims)
        scores = futures.scores(np.zeros(len(number), np.intp), nothing, left, number)
        assert scores is not None
        return float(scores.mean())

    assert usual
    assert mean(usual) > mean([])


def test_futures_differ_in_what_others_have_saved(bucharest: Ruleset) -> None:
    """Nobody is told; to suppose one figure in all futures is to prepare for what others do with exactly that."""
    world, rows = _after(bucharest, 1, games=256), bucharest.orders.purse
    seat = bucharest.seats.index("croatia")
    seen = observe(bucharest, world, seat)
    future = World(seen.state.copy(), world.luck, seen.turn)
    Purses(bucharest).suppose(future, np.full(256, seat))
    more = future.state[rows] - seen.state[rows]
    assert not more[seat].any()
    others = np.delete(more, seat, axis=0)
    assert {int(value) for value in np.unique(others)} == set(range(SAVINGS[0], SAVINGS[1] + 1))
    assert (others != others[:, :1]).any(axis=1).all()


def test_planning_stops_when_told(rules: Ruleset) -> None:
    player = PlannerPlayer(rules, budget_of("96x4"))
    assert player.plan(rules, _after(rules, 1, games=1), [(0, 0)], stop=lambda: True) is None


def test_a_game_that_is_over_gets_no_orders(rules: Ruleset) -> None:
    world = _after(rules, rules.turns)
    assert world.state[rules.layout.row("ending")].all()
    assert (make_player(SMALL, rules).decide(rules, world, [0]) == -1).all()


def test_difficulty_has_a_sentence_and_no_bonus(rules: Ruleset) -> None:
    assert DIFFICULTIES == ("observer", "minister", "strategist")
    for level in difficulties():
        assert level.text.endswith(("bonuses.", "bonuses"))
        make_player(level.kind, rules)


@pytest.mark.parametrize("name", ["planner:HUGE", "planner:1x1", "planner:9999999x2", "historian", "idle:fast"])
def test_an_unknown_player_is_refused_with_those_there_are(rules: Ruleset, name: str) -> None:
    with pytest.raises(ValueError, match=r"there|planner has"):
        make_player(name, rules)


def test_history_gives_recorded_orders_and_doctrine_fills_the_rest(bucharest: Ruleset) -> None:
    player = make_player("history", bucharest)
    world = start(bucharest, np.arange(8, dtype=np.uint64))
    given: set[str] = set()
    for _ in range(bucharest.turns):
        orders = player.decide(bucharest, world, range(len(bucharest.seats)))
        given |= {bucharest.catalogue.texts[o] for o in np.unique(orders) if o >= 0 and world.turn == 5}
        world = advance(bucharest, world, orders).world
    assert "kosovo.declare_independence" in given


@pytest.mark.slow
def test_players_stand_in_the_expected_order() -> None:
    from game.lab.ladder import Ladder, scores, standings

    scenario = load("bucharest_2008")
    ladder = Ladder(compile_rules(scenario.book), [s.seat for s in scenario.book.scenario.seats], 56)
    kinds = ["planner:SMALL", "doctrine", "history", "random", "idle"]
    found = scores(ladder, kinds, scenario.text, scenario.path, 2)
    pairs = [("doctrine", "idle"), ("doctrine", "random"), ("history", "random"), ("planner:SMALL", "doctrine")]
    for one in standings(found, pairs):
        assert one.low > 0.5, one
