"""How long the players that look ahead take, and what the accelerator brings: one process, medians of several runs.

    uv run python benchmarks/players.py            a table
    uv run python benchmarks/players.py --json     one JSON object
    uv run python benchmarks/players.py --smoke    small sizes, for the checks

Keys: `planner_s`: one seat's decision with 512 futures of 8 turns; `turn_s`: the decisions of all seats at the level
strategist; `advice_s`: the adviser with its reasons; `games_1024`: game-turns a second, every seat on doctrine. Each is
measured with NumPy alone and, under `fast`, with Numba where it is installed (null where it is not). The processor's
time is taken, not the wall clock's, so that other work on the machine matters less.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def seconds(action: Callable[[], object], runs: int) -> float:
    """The median of the processor's time that an action takes, after a first one that is not counted."""
    action()
    times = []
    for _ in range(runs):
        begun = time.process_time()
        action()
        times.append(time.process_time() - begun)
    return statistics.median(times)


def measure(scenario: str, smoke: bool) -> dict[str, float]:
    """Every figure of this process."""
    import numpy as np

    from game.players import PlannerPlayer, budget_of, make_player
    from game.rules import advance, compile_rules, start
    from game.scenario import load
    from game.session import Game
    from game.session.adviser import advise

    loaded = load(scenario)
    ruleset = compile_rules(loaded.book)
    runs, games = (1, 128) if smoke else (5, 1024)
    seats = range(len(ruleset.seats))
    doctrine = make_player("doctrine", ruleset)
    world = start(ruleset, np.arange(1, dtype=np.uint64))
    for _ in range(min(3, ruleset.turns - 1)):
        world = advance(ruleset, world, doctrine.decide(ruleset, world, seats)).world
    seat = ruleset.seats.index(loaded.book.scenario.seats[0].seat)
    planner = PlannerPlayer(ruleset, budget_of("24x2" if smoke else "512x8"))
    strategist = PlannerPlayer(ruleset, budget_of("24x2" if smoke else "MEDIUM"))
    game = Game.new(loaded, [ruleset.seats[seat]], ruleset=ruleset)

    def many() -> None:
        open_world = start(ruleset, np.arange(games, dtype=np.uint64))
        for _ in range(ruleset.turns):
            orders = doctrine.decide(ruleset, open_world, seats)
            open_world = advance(ruleset, open_world, orders, reuse=True).world

    return {
        "planner_s": seconds(lambda: planner.plan(ruleset, world, [(0, seat)]), runs),
        "turn_s": seconds(lambda: strategist.decide(ruleset, world, seats), runs),
        "advice_s": seconds(lambda: advise(game, ruleset.seats[seat], "24x2" if smoke else "MEDIUM"), runs),
        "games_1024": games * ruleset.turns / seconds(many, runs),
    }


def apart(scenario: str, smoke: bool, fast: bool) -> dict[str, float]:
    """The figures of a process of its own, with or without the accelerator."""
    command = [sys.executable, str(Path(__file__).resolve()), "--only", "--scenario", scenario, *(["--smoke"] * smoke)]
    environment = {**os.environ, "OPEN_DOOR_FAST": "1" if fast else "0"}
    found = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=environment)
    figures: dict[str, float] = json.loads(found.stdout)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description="How long the players that look ahead take.")
    parser.add_argument("--scenario", default="bucharest_2008")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--only", action="store_true", help="Measure this process alone.")
    options = parser.parse_args()
    if options.only:
        print(json.dumps(measure(options.scenario, options.smoke)))
        return
    from game.rules.fast import describe, numba_version

    result: dict[str, Any] = {"scenario": options.scenario, "accelerator": describe()}
    result["numpy"] = apart(options.scenario, options.smoke, fast=False)
    result["fast"] = apart(options.scenario, options.smoke, fast=True) if numba_version() is not None else None
    if options.json:
        print(json.dumps(result))
        return
    print(f"{options.scenario}, {result['accelerator']}")
    for name, value in result["numpy"].items():
        fast = f"{result['fast'][name]:12,.3f}" if result["fast"] else ""
        print(f"{name:12} {value:12,.3f} {fast}")


if __name__ == "__main__":
    main()
