"""Is a scenario fair and varied? Scores against par, strengths of players, what is ordered, what never happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from game.lab.deeds import Played, play
from game.lab.paired import strategies
from game.lab.runner import Runner, players_of, seeds
from game.lab.tasks import Said, Task, figures_of, tasks_figures
from game.players import DoctrinePlayer
from game.rules import Ruleset, World, advance, start
from game.scenario import Scenario
from game.scenario.book import WorthRule

KINDS = ("random", "doctrine", "planner:SMALL")
SPAM_GAMES = 64


@dataclass
class Balance:
    """What was measured; `figures` is the whole of `balance.json`."""

    scenario: str
    title: str
    figures: dict[str, Any] = field(default_factory=dict)


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
    actions = sorted(own)
    found = strategies(ruleset, seat, actions, seeds(seed, 0, games), idle=False)
    return {action: float(one.scores.mean()) / 100 for action, one in zip(actions, found, strict=True)}


def balance(
    scenario: Scenario,
    ruleset: Ruleset,
    *,
    games: int = 512,
    planner_games: int = 64,
    seed: int = 0,
    kinds: Sequence[str] = KINDS,
    thorough: bool = True,
    workers: int = 0,
    folder: Path | None = None,
    said: Said = lambda text: None,
) -> Balance:
    """Measure a scenario. planner_games: for players that look ahead; thorough: also ablation and single orders.

    workers: processes, 0 for this one; folder: keeps what is finished of the seats, and is read first.
    Raises RunStoppedError, OSError.
    """
    seats = scenario.book.scenario.seats
    result = Balance(scenario.id, scenario.book.scenario.title)
    said("doctrine")
    usual = play(Runner(ruleset, players_of(ruleset, "doctrine", {}), seed), games)
    tasks = [Task(one.seat, kind, games, seed) for one in seats for kind in kinds]
    tasks = [replace(task, games=planner_games) if task.slow else task for task in tasks]
    others = [task for task in tasks if task.kind != "doctrine"]
    found = tasks_figures(scenario, ruleset, others, workers=workers, folder=folder, said=said)
    matrix: dict[str, dict[str, Any]] = {seat.seat: {"par": seat.par} for seat in seats}
    orders: dict[str, Any] = {}
    ways: dict[str, Any] = {}
    for task in tasks:
        held = found.get(task) or figures_of(usual, task)
        matrix[task.seat][task.name] = held["entry"]
        if task.slow or ("orders" in held and task.seat not in orders):
            orders[task.seat], ways[task.seat] = held["orders"], held["strategies"]
    lengths = usual.end.state[ruleset.layout.row("turn")]
    endings = usual.end.state[ruleset.layout.row("ending")]
    result.figures = {
        "scenario": scenario.id,
        "games": games,
        "planner_games": planner_games if any("planner" in kind for kind in kinds) else 0,
        "seed": seed,
        "seats": matrix,
        "orders": orders,
        "strategies": ways,
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
