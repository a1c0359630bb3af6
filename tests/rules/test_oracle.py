"""Two engines, one truth: the array engine against the plain interpreter, bit for bit, on random orders."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from game.players.doctrine import DoctrinePlayer
from game.rules import Ruleset, advance, compile_rules, legal_mask, pack, start
from game.rules.legality import frame_of
from game.scenario import Book, load
from game.scenario.book import merge, read_book
from game.scenario.models import Rulebook
from tests.oracle import FREE_PLACES, Game, Oracle, nearest, threshold

TINY = Path(__file__).parents[1] / "data" / "tiny.yaml"

# Corners that the tiny scenario leaves out: products and quotients of numbers that are not whole, assignments
# that contend, programmes and delays of every kind, extremes over members that come and go.
AWKWARD = """
quantities:
  - {id: worry, title: Worry, of: states, bounds: [-300, 300], visible: estimate, help: May be negative.}
  - {id: tally, title: Tally, of: states, unit: count, bounds: [-50, 50], help: Whole.}
  - {id: medal, title: Medal, of: states, unit: "ladder:membership", help: Contended.}
  - {id: seals, title: Seals, unit: flag, help: A flag of the world.}
defines:
  - id: third
    title: A third
    over: {s: states}
    terms:
      - {id: part, title: Part, amount: "prosperity[s] / 3"}
      - {id: worry, title: Worry, when: "worry[s] < 0 or tally[s] >= 2", amount: "worry[s] / 7"}
      - {id: kin, title: Kin, when: "s in governments", amount: 0.125}
  - id: fewest
    title: The fewest among those who count
    terms:
      - {id: min, title: Least, amount: "min(tally[s] / 3 for s in members if worry[s] > 0)"}
      - {id: max, title: Most, amount: "2 * max(third[s] for s in candidates)"}
rules:
  - id: multiplies
    title: Numbers that are not whole
    phase: drift
    over: {s: states}
    effects:
      - worry[s] += third[s] * third[s] / 100 - third[s]
      - worry[s] -= tally[s] * third[s] / 50
      - worry[s] += (tally[s] / 2) * (tally[s] / 3)
  - id: divides
    title: Quotients of either sign
    phase: drift
    over: {a: states, b: states}
    where: ["related(borders, a, b) or a == corva"]
    effects:
      - worry[a] += divide(worry[b] - 3, tally[a] - 1, 1 / 3)
      - tally[a] += divide(third[b], worry[b], 0.5) per quarter
  - id: chooses
    title: Choices and tables
    phase: talk
    over: {s: states}
    when: ["tally[s] > 0 and seals == 1 or not (worry[s] > 2) or happened_within(6, quarrel, any, s)"]
    effects:
      - worry[s] += abs(worry[s]) / 9 if medal[s] >= invited else -0.005
      - worry[s] -= by_rung(medal[s], partner=third[s], invited=1 / 3, otherwise=fewest)
      - tally[s] -= (medal[s] == outside) + 0.5
  - {id: first_medal, title: Contends, phase: decide, over: {s: states}, when: ["tally[s] > 1"],
     effects: ["medal[s] = invited"]}
  - {id: later_medal, title: Contends, phase: decide, over: {s: states}, priority: 2, when: ["worry[s] > 1"],
     effects: ["medal[t] = tally[s] for t in states if worry[t] < worry[s]", "medal[s] -= 1"]}
  - {id: same_medal, title: Contends, phase: decide, over: {s: states}, effects: ["medal[belen] = tally[s] / 2"]}
  - {id: seal, title: Chance at the turn, phase: calendar, chance: 500, when: ["happened(quarrel, any, any)"],
     effects: ["seals = 1 - seals", "attention += count(s for s in states if tally[s] > 0)"]}
  - {id: reckons, title: Measured, phase: measure, over: {s: states}, odds: "5 + third[s] / 2",
     effects: ["tally[s] += ordered_within(6, pledge, s, any) - ordered(pledge, s, any)"]}
  - {id: party, title: The parties alternate, phase: events, chance: 300,
     effects: ["government[arda] = 1 - government[arda]"]}
actions:
  - id: pledge
    title: Pledge
    category: abroad
    by: governments
    slots: {other: states}
    cost: 1
    runs: 8
    effects:
      - worry[other] += third[actor] / 7 after 3 months
      - tally[other] += 1.5 per quarter
      - tally[actor] -= 2.5 after 4 months per quarter
      - medal[other] = 1 + tally[other] / 2 after 6 months
      - worry[third_one] += 0.333 for third_one in states if third_one in members
      - medal[third_one] = 2 for third_one in members
      - worry[other] += 3
      - purse[other_seat] += 1 for other_seat in governments
    help: A promise of many kinds.
  - id: nod
    title: Nod
    category: abroad
    by: governments
    slots: {other: states}
    cost: 0
    free: true
    runs: 9
    effects: ["worry[other] += 1.25 per quarter", "worry[actor] -= third[other] after 3 months"]
    help: Costs nothing.
relations:
  - {id: oaths, title: Oaths, between: [governments, states], pairs: [[arda, belen], [belen, arda], [belen, corva]]}
pledges:
  - id: calm
    title: Calm
    category: abroad
    along: oaths
    months: 7
    broken: "ordered(threaten, actor, to) > 0"
    on_kept: ["tally[actor] += 1"]
    on_broken: ["worry[to] += 2.5", "tally[actor] -= 1"]
    help: Silence to the end keeps it.
  - id: visit
    title: A visit
    category: abroad
    along: oaths
    months: 4
    cost: 1
    when: [{test: "worry[actor] < 200", else: "{actor} worries too much"}]
    kept: "ordered(gesture, actor, to) > 0"
    broken: "worry[to] > 20"
    made: ["worry[to] -= third[actor]"]
    on_kept: ["tally[to] += 1"]
    on_broken: ["tally[actor] -= 2"]
    help: Lapses where nothing shows.
seats:
  - {id: arda, orders: "min(3, 2 + tally[arda] / 4)", start: 5}
doctrines:
  - id: belen_rules
    title: The government of Belen
    seat: belen
    like: [careful]
    weights: {"worry[states]": 2, "worry[actor]": -1, "tally[any]": -1, "purse[actor]": 3, "medal[belen]": 4}
    rules:
      - {order: pledge, when: "worry[other] < third[actor]", worth: "third[other] - 2 * tally[other]"}
      - {order: nod, for: {other: corva}, worth: "1 / 3"}
    never:
      - {order: arm}
      - {order: pledge, for: {other: arda}, when: "turn == 3"}
events:
  - id: quarrel
    title: A quarrel
    kind: hazard
    slots: {a: states, b: governments}
    odds: 9 + worry[a] / 40
    effects: ["worry[a] += 5", "medal[a] = member"]
    decided_by: b
    choices:
      - {id: bear, title: Bear it, text: Bear it., default: true, effects: ["worry[b] += third[a] after 3 months"]}
      - id: sue
        title: Sue
        text: Sue.
        cost: 1
        when: ["tally[b] >= 0"]
        effects: ["medal[a] = partner", "tally[b] += 1 per quarter"]
    cooldown: 4
    priority: 7
    headline: "{a} quarrels with {b}"
    text: Words were said.
    source: Invented for the tests.
"""
SCHEDULED = [
    {
        "date": "2001-01",
        "title": "From the first turn",
        "effects": ["worry[arda] += 1.77", "medal[arda] = 2", "seals = 1"],
        "source": "Invented for the tests.",
    },
    {"date": "2001-09", "title": "Later", "effects": ["seals = 0", "tally[corva] += 3"], "source": "Invented."},
]


class Pair(NamedTuple):
    """One book in both engines."""

    book: Book
    rules: Ruleset
    oracle: Oracle


def variant(**changes: Any) -> Book:
    """The tiny scenario with other settings; `rules` is merged, `scheduled` added."""
    book = load(TINY).book
    rules = Rulebook.model_validate(yaml.safe_load(changes.pop("rules", "{}")))
    more = type(book.scenario).model_validate({**book.scenario.model_dump(by_alias=True), **changes})
    read, faults = read_book(merge(book.rulebook, rules), more)
    assert not faults
    return read


@cache
def pair(name: str) -> Pair:
    if name == "tiny":
        book = load(TINY).book
    else:
        events = ["arda_votes", "clash", "storm", "poor_catch", "festival", "quarrel"]
        scheduled = [s.model_dump(by_alias=True) for s in load(TINY).book.scenario.scheduled]
        months, turns = (1, 14) if name == "monthly" else (3, 9)
        book = variant(
            rules=AWKWARD, events=events, scheduled=[*scheduled, *SCHEDULED], turn_months=months, turns=turns
        )
    return Pair(book, compile_rules(book), Oracle(book))


BOOKS = ["tiny", "awkward", "monthly"]


def random_orders(oracle: Oracle, game: Game, random: Random) -> list[list[int]]:
    """Orders that the rules allow, in any mixture."""
    allowed = [place for place, legal in enumerate(oracle.legal(game)) if legal]
    random.shuffle(allowed)
    limits = oracle.slots(game)
    queues: list[list[int]] = [[] for _ in oracle.seats]
    shut: set[tuple[str, ...]] = set()
    purse = [game.rows[row] for row in oracle.purse]
    free = [FREE_PLACES - 1 for _ in oracle.seats]
    for place in allowed[: random.randint(0, len(allowed))]:
        order = oracle.catalogue[place]
        left = 1 if order.card else free[order.seat] if order.free else limits[order.seat]
        if left and order.cost <= purse[order.seat] and order.exclusion not in shut:
            queues[order.seat].append(place)
            purse[order.seat] -= order.cost
            if order.exclusion:
                shut.add(order.exclusion)
            if not order.card:
                (free if order.free else limits)[order.seat] -= 1
    return queues


def differences(oracle: Oracle, game: Game, column: list[int]) -> list[tuple[str, int, int]]:
    """(row, by the interpreter, by the array engine) where they disagree."""
    return [row for row in zip(oracle.rows, game.rows, column, strict=True) if row[1] != row[2]]


def test_layout_and_catalogue_agree() -> None:
    for name in BOOKS:
        book, rules, oracle = pair(name)
        assert oracle.rows == list(rules.layout.names), book.scenario.id
        assert oracle.orders == list(rules.catalogue.texts)


@pytest.mark.parametrize("name", BOOKS)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(luck=st.integers(0, 2**64 - 1), seed=st.integers(0, 2**32 - 1))
def test_random_games_agree_in_every_row(name: str, luck: int, seed: int) -> None:
    _, rules, oracle = pair(name)
    random = Random(seed)
    game, world = oracle.start(luck), start(rules, np.array([luck], np.uint64))
    assert not differences(oracle, game, world.state[:, 0].tolist())
    while not game.rows[2]:
        assert oracle.legal(game) == legal_mask(rules, world)[:, 0].tolist()
        queues = random_orders(oracle, game, random)
        game = oracle.advance(game, queues)
        world = advance(rules, world, pack(rules, dict(enumerate(queues)))).world
        assert not differences(oracle, game, world.state[:, 0].tolist())
    assert oracle.advance(game, queues) == game


@pytest.mark.parametrize("population", [None, "reckless"])
@pytest.mark.parametrize("name", BOOKS)
@settings(max_examples=10, deadline=None, derandomize=True)
@given(luck=st.integers(0, 2**64 - 1))
def test_doctrines_give_the_same_orders(name: str, population: str | None, luck: int) -> None:
    _, rules, oracle = pair(name)
    player = DoctrinePlayer(rules, population)
    game, world = oracle.start(luck), start(rules, np.array([luck], np.uint64))
    while not game.rows[2]:
        frame = frame_of(rules, world)
        allowed, worth = legal_mask(rules, world), player.worth(world, frame)[:, 0].tolist()
        for place, mine in enumerate(oracle.worth(game, population)):
            if allowed[place, 0] and not oracle.catalogue[place].card:
                assert mine == worth[place] or (mine is None and worth[place] < -(2**27)), oracle.orders[place]
        queues = oracle.doctrine(game, population)
        decided = player.decide(rules, world, range(len(rules.seats)))
        assert np.array_equal(decided, pack(rules, dict(enumerate(queues))))
        game, world = oracle.advance(game, queues), advance(rules, world, decided).world
        assert not differences(oracle, game, world.state[:, 0].tolist())


def test_rounds_halves_away_from_zero() -> None:
    assert [nearest(n, 2) for n in (-3, -2, -1, 0, 1, 2, 3)] == [-2, -1, -1, 0, 1, 1, 2]
    assert [nearest(n, 3) for n in (-5, -4, 4, 5)] == [-2, -1, 1, 2]


def test_three_months_of_monthly_odds_make_a_quarter() -> None:
    for per_mille in (0, 2, 100, 450, 990, 1000):
        monthly = Fraction(threshold(Fraction(per_mille, 1000), 1), 1 << 24)
        assert abs((1 - (1 - monthly) ** 3) - Fraction(per_mille, 1000)) < Fraction(1, 10**6)


CONTENDING = """
events:
  - id: parade
    title: A parade
    kind: state
    when: ["support[arda] >= 0"]
    decided_by: arda
    priority: 9
    choices:
      - {id: watch, title: Watch, text: Wave., default: true, effects: []}
    headline: A parade in Arda
    text: It may be held at any time.
    source: Invented for the tests.
  - id: treaty_day
    title: The day of the treaty
    kind: dated
    date: 2001-07
    decided_by: arda
    priority: 0
    choices:
      - {id: speak, title: Speak, text: Say a word., default: true, effects: ["support[arda] += 1"]}
    headline: The treaty is ten years old
    text: Delegations come on this day only.
    source: Invented for the tests.
"""


def test_what_comes_on_a_day_goes_before_what_may_come_later() -> None:
    book = variant(rules=CONTENDING, events=["parade", "treaty_day"])
    ruleset, oracle = compile_rules(book), Oracle(book)
    catalogue, nothing = ruleset.catalogue, [tuple[int, ...]() for _ in oracle.seats]
    card = ruleset.layout.row("card[arda]")
    world, game, came = start(ruleset, np.arange(1, dtype=np.uint64)), oracle.start(0), []
    for _ in range(4):
        world = advance(ruleset, world, pack(ruleset, {})).world
        game = oracle.advance(game, nothing)
        came.append(catalogue.cards[int(world.state[card, 0]) - 1].event)
        assert game.rows[card] == world.state[card, 0]
    assert came == ["parade", "parade", "treaty_day", "parade"]
