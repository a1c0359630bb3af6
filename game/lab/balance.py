"""Is a scenario fair and varied? Scores against par, strengths of players, what is ordered, what never happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.lab.deeds import LEAST_PICKED, MOST_PICKED, Deeds, Played, by_action, clusters, entropy, picks, play
from game.lab.gauge import reached
from game.lab.ladder import wilson
from game.lab.runner import Runner, players_of
from game.players import DoctrinePlayer
from game.rules import Ruleset, World, advance, start
from game.scenario import Scenario
from game.scenario.book import WorthRule

KINDS = ("random", "doctrine", "planner:SMALL")
WITHIN = 5.0
SMALL_CLUSTER = 0.05
SPAM_GAMES = 64

Said = Callable[[str], None]


def _share(hits: NDArray[np.bool_]) -> dict[str, float]:
    low, high = wilson(float(hits.sum()), len(hits))
    return {"share": float(hits.mean()), "low": low, "high": high}


@dataclass
class Balance:
    """What was measured; `figures` is the whole of `balance.json`."""

    scenario: str
    title: str
    figures: dict[str, Any] = field(default_factory=dict)


def met(ruleset: Ruleset, end: World, seat: str) -> dict[str, NDArray[np.bool_]]:
    """In which games each objective of a seat reached its aim."""
    return {goal.id: reached(ruleset, end.state, goal) for goal in ruleset.book.objectives if goal.seat == seat}


def _entry(ruleset: Ruleset, played: Played, seat: str, par: int | None) -> dict[str, Any]:
    scores = played.score(seat)
    found: dict[str, Any] = {
        "mean": float(scores.mean()),
        "low": float(np.percentile(scores, 10)),
        "high": float(np.percentile(scores, 90)),
        "objectives": {name: _share(hits) for name, hits in met(ruleset, played.end, seat).items()},
    }
    if par is not None:
        found["beats_par"] = _share(scores > par)
    return found


def _strategies(played: Played, seat: str) -> dict[str, Any]:
    """Games grouped by what kinds of orders a seat gave, with each group's mean score."""
    deeds = played.deeds
    counts = deeds.kinds[deeds.ruleset.seats.index(seat)].T.astype(float)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    group, scores = clusters(shares), played.score(seat)
    found: list[dict[str, Any]] = []
    for one in np.unique(group):
        inside = group == one
        if inside.mean() >= SMALL_CLUSTER:
            middle = shares[inside].mean(axis=0)
            top = [deeds.categories[i] for i in middle.argsort()[::-1][:2]]
            found.append({"share": float(inside.mean()), "score": float(scores[inside].mean()), "mostly": top})
    found.sort(key=lambda one: -one["score"])
    near = [one for one in found if one["score"] >= found[0]["score"] - WITHIN]
    return {"clusters": found, "within_five_points": len(near)}


def _orders(deeds: Sequence[Deeds], seat: str) -> dict[str, Any]:
    found = picks(deeds, seat)
    listed = [
        {"action": one.order, "legal": one.legal / max(one.turns, 1), "rate": one.rate}
        for one in by_action(found)
        if one.legal
    ]
    often = [one for one in found if one.often_legal]
    return {
        "entropy": entropy(found),
        "dominant": [{"order": one.order, "rate": one.rate} for one in often if one.rate > MOST_PICKED],
        "neglected": [{"order": one.order, "rate": one.rate} for one in often if one.rate < LEAST_PICKED],
        "actions": sorted(listed, key=lambda one: -float(one["rate"])),
    }


def never_fired(ruleset: Ruleset, end: World) -> list[str]:
    """Events that fired in no game."""
    return [
        event for event, rows in ruleset.layout.fired.items() if not (end.state[[row for row, _ in rows]] > 0).any()
    ]


class Without(DoctrinePlayer):
    """The doctrine player, with a red line at one action for every seat."""

    def __init__(self, ruleset: Ruleset, action: str) -> None:
        super().__init__(ruleset)
        template = ruleset.book.index[action]
        line = WorthRule(action, template.slots, {}, None, None)
        forbidden = self._part(line, set(ruleset.seats), None)
        if forbidden is not None:
            self.red_lines.append(forbidden)


def ablation(ruleset: Ruleset, seed: int, games: int, usual: Played) -> dict[str, dict[str, float]]:
    """For each action, by how much every playable seat's mean score changes when nobody may give it."""
    seats = [one.seat for one in ruleset.book.scenario.seats]
    luck = usual.end.luck[:games]
    found = {}
    for action in ruleset.book.rulebook.actions:
        player = Without(ruleset, action.id)
        world = start(ruleset, luck)
        for _ in range(ruleset.turns):
            orders = player.decide(ruleset, world, range(len(ruleset.seats)))
            world = advance(ruleset, world, orders, reuse=True).world
        changes = {}
        for seat in seats:
            row = ruleset.layout.row(f"score[{seat}]")
            changes[seat] = float((world.state[row] - usual.end.state[row, :games]).mean()) / 100
        found[action.id] = changes
    return found


def spam(ruleset: Ruleset, seed: int, games: int, seat: str) -> dict[str, float]:
    """The mean score of a seat that gives one action again and again, for each it has."""
    part = ruleset.catalogue.seats[ruleset.seats.index(seat)]
    own = {ruleset.catalogue.template[i] for i in range(part.start, part.stop) if not ruleset.catalogue.is_choice[i]}
    found = {}
    for action in sorted(own):
        held = players_of(ruleset, "doctrine", {seat: f"repeat:{action}"})
        found[action] = float(play(Runner(ruleset, held, seed), games).score(seat).mean())
    return found


def balance(
    scenario: Scenario,
    ruleset: Ruleset,
    *,
    games: int = 512,
    planner_games: int = 64,
    seed: int = 0,
    kinds: Sequence[str] = KINDS,
    thorough: bool = True,
    said: Said = lambda text: None,
) -> Balance:
    """Measure a scenario. planner_games: for players that look ahead; thorough: also ablation and single orders."""
    seats = scenario.book.scenario.seats
    result = Balance(scenario.id, scenario.book.scenario.title)
    said("doctrine")
    usual = play(Runner(ruleset, players_of(ruleset, "doctrine", {}), seed), games)
    matrix: dict[str, dict[str, Any]] = {}
    orders: dict[str, Any] = {}
    strategies: dict[str, Any] = {}
    for seat in seats:
        matrix[seat.seat] = {"par": seat.par}
        for kind in kinds:
            said(f"{seat.seat}: {kind}")
            slow = kind.partition(":")[0] in ("planner", "minister", "strategist")
            if kind == "doctrine":
                played = usual
            else:
                held = players_of(ruleset, "doctrine", {seat.seat: kind})
                played = play(Runner(ruleset, held, seed), planner_games if slow else games)
            name = kind.partition(":")[0]
            matrix[seat.seat][name] = _entry(ruleset, played, seat.seat, seat.par)
            if slow or (kind == "doctrine" and seat.seat not in orders):
                orders[seat.seat] = {"player": name, **_orders([played.deeds], seat.seat)}
                strategies[seat.seat] = _strategies(played, seat.seat)
    lengths = usual.end.state[ruleset.layout.row("turn")]
    endings = usual.end.state[ruleset.layout.row("ending")]
    result.figures = {
        "scenario": scenario.id,
        "games": games,
        "planner_games": planner_games if any("planner" in kind for kind in kinds) else 0,
        "seed": seed,
        "seats": matrix,
        "orders": orders,
        "strategies": strategies,
        "events_never_fired": never_fired(ruleset, usual.end),
        "endings": {one.id: float((endings == place).mean()) for place, one in enumerate(ruleset.book.endings, 1)},
        "turns": {"mean": float(lengths.mean()), "low": int(lengths.min()), "high": int(lengths.max())},
        "lead_changes": float(usual.deeds.leads.mean()),
    }
    if thorough:
        said("ablation")
        result.figures["ablation"] = ablation(ruleset, seed, min(games, 256), usual)
        result.figures["spam"] = {}
        for seat in seats:
            said(f"{seat.seat}: single orders")
            result.figures["spam"][seat.seat] = spam(ruleset, seed, SPAM_GAMES, seat.seat)
    return result


def faults(figures: dict[str, Any]) -> list[str]:
    """Where the scenario misses what a fair one should show."""
    found = []
    for seat, entry in figures["seats"].items():
        best = "planner" if "planner" in entry else "doctrine"
        if best == "planner" and "beats_par" in entry[best]:
            share = entry[best]["beats_par"]["share"]
            if not 0.6 <= share <= 0.9:
                found.append(f"{seat}: the planner beats par in {share:.0%} of games; 60 to 90 % are wanted")
        if "random" in entry and "beats_par" in entry["random"]:
            share = entry["random"]["beats_par"]["share"]
            if share > 0.25:
                found.append(f"{seat}: random orders beat par in {share:.0%} of games; at most 25 % are wanted")
        for name, hits in entry[best]["objectives"].items():
            if not 0.1 <= hits["share"] <= 0.9:
                found.append(f"{seat}: '{name}' is met in {hits['share']:.0%} of games; 10 to 90 % are wanted")
    judged = {seat: entry for seat, entry in figures["orders"].items() if entry["player"] == "planner"}
    for seat, entry in judged.items():
        for one in entry["dominant"]:
            found.append(f"{seat}: {one['order']} is picked in {one['rate']:.0%} of the turns in which it is legal")
        if entry["neglected"]:
            first = entry["neglected"][0]["order"]
            found.append(f"{seat}: {len(entry['neglected'])} orders are hardly ever picked, {first} for one")
    for seat in judged:
        entry = figures["strategies"][seat]
        if entry["within_five_points"] < 3:
            found.append(f"{seat}: {entry['within_five_points']} strategies come within five points of the best")
    return found
