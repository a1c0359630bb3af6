"""Say how far history, doctrine, a planner and random orders come in each objective, so that weights can be set.

    uv run python scripts/weigh_objectives.py floods_2014 eu [--games 1000] [--repeat give_funds ...]

Of each objective and of the score: the mean in points, its standard deviation, the 5th, 50th and 95th percentile, and
in which share of games the aim is met, or par beaten. With --repeat the seat also gives one action again and again.
"""

from __future__ import annotations

import argparse

from game.lab.goals import Goal, goals
from game.rules import compile_rules
from game.scenario import load


def said(goal: Goal) -> str:
    """One objective, or the score, as lines of text."""
    lines = [f"  {goal.objective}" if goal.objective else goal.seat]
    for one in goal.spreads:
        points = " ".join(f"{value:7.1f}" for value in one.points)
        lines.append(f"    {one.player:24} {one.mean:7.1f} ± {one.deviation:4.1f}  {points}  {one.met:4.0%}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Say how far each kind of player comes in each objective.")
    parser.add_argument("scenario")
    parser.add_argument("seats", nargs="*")
    parser.add_argument("--games", type=int, default=1000)
    parser.add_argument("--repeat", nargs="*", default=[], metavar="ACTION")
    options = parser.parse_args()
    ruleset = compile_rules(load(options.scenario).book)
    for goal in goals(ruleset, options.games, options.seats, options.repeat):
        print(said(goal), flush=True)


if __name__ == "__main__":
    main()
