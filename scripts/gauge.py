"""Measure what a shipped scenario must show under computer players, and say what falls short.

    uv run python scripts/gauge.py kosovo_2023 [--games 1000] [--pairs 200] [--seat serbia] [--workers 2]
        [--doubted 1000] [--quick]

--quick leaves out the paired games against idle and single-order players. What comes so close to the line that it may
be chance (one and a half standard errors) is measured again with --doubted pairs; 0 leaves that out.
"""

from __future__ import annotations

import argparse
import sys
import time

import numpy as np

from game.lab.gauge import ATTACKS, LINE, WAR, SeatPairs, choices, play_out, shares, sweep
from game.rules import Ruleset, compile_rules
from game.scenario import Scenario, load

CRISES = ("kosovo_2023", "skopje_2001", "banja_luka_2025", "dayton_1995")
TENSE = ("kosovo_2023", "skopje_2001", "banja_luka_2025")


class Report:
    def __init__(self) -> None:
        self.faults = 0

    def line(self, text: str, good: bool) -> None:
        self.faults += not good
        print(f"  {'ok  ' if good else 'MISS'} {text}", flush=True)


def ensembles(ruleset: Ruleset, games: int, report: Report) -> None:
    name = ruleset.book.scenario.id
    outcome = play_out(ruleset, games, "doctrine")
    print(f"{name}: {games} doctrine games")
    for ending, share in outcome.endings.items():
        if share:
            print(f"       ending {ending or '(none)'}: {share:.1%}")
    report.line("every game ends", outcome.endings[""] == 0)
    common = sum(share > 0.05 for share in outcome.endings.values())
    report.line(f"{common} endings above 5 % (at least 3)", common >= 3)
    war = outcome.share(WAR) or 0.0
    report.line(f"war in {war:.2%}", war < (0.03 if name in TENSE else 0.01))
    attacks = outcome.share(ATTACKS) or 0.0
    crisis = name in CRISES
    report.line(
        f"armed attack in {attacks:.1%}" + (" (10–30 %)" if crisis else ""), not crisis or 0.1 <= attacks <= 0.3
    )
    if "reckless" in ruleset.book.populations:
        reckless = play_out(ruleset, games, "doctrine:reckless").share(WAR) or 0.0
        report.line(f"war in {reckless:.1%} of reckless games", not crisis or reckless >= 0.05)
    print("       objectives (an amount is met from its `aim` on, without one from the first point on)")
    for (seat, goal), share in outcome.met().items():
        if not 0.1 <= share <= 0.9:
            report.line(f"{seat}: objective {goal} met in {share:.1%}", False)
    for playable in ruleset.book.scenario.seats:
        scores = outcome.score(playable.seat)
        spread = np.percentile(scores, [10, 50, 90]) / 100
        print(f"       {playable.seat}: score {spread[0]:.0f} / {spread[1]:.0f} / {spread[2]:.0f}")


def seats(scenario: Scenario, ruleset: Ruleset, options: argparse.Namespace, report: Report) -> None:
    found = choices(ruleset, min(options.pairs, 100))
    outcome = play_out(ruleset, options.pairs, "doctrine")
    doubted = play_out(ruleset, options.doubted, "doctrine") if options.doubted > options.pairs else outcome
    units = [
        SeatPairs(one.seat, found[one.seat].actions, outcome.score(one.seat), doubted.score(one.seat))
        for one in ruleset.book.scenario.seats
        if options.seat in (None, one.seat)
    ]
    # The longest first, so that no process is left with much to do when the others have ended.
    ranked = sorted(units, key=lambda unit: -len(unit.actions))
    swept = sweep(scenario, ranked, options.workers) if options.workers > 1 else None
    for unit in units:
        offered = found[unit.seat]
        good = offered.orders >= 6 and offered.kinds >= 3
        report.line(f"{unit.seat}: median turn {offered.orders:.0f} legal orders of {offered.kinds:.0f} kinds", good)
        for one in shares(ruleset, unit) if swept is None else swept[unit.seat]:
            if one.share < LINE or one.kind == "idle":
                text = f"{unit.seat}: doctrine beats {one.kind} in {one.share:.1%} of {one.pairs} pairs"
                report.line(text, one.share >= LINE)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what a scenario must show under computer players.")
    parser.add_argument("scenario")
    parser.add_argument("--games", type=int, default=1000)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--seat")
    parser.add_argument("--workers", type=int, default=1, help="processes for the paired games")
    parser.add_argument("--doubted", type=int, default=1000)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    began = time.perf_counter()
    scenario = load(options.scenario)
    ruleset = compile_rules(scenario.book)
    report = Report()
    ensembles(ruleset, options.games, report)
    if not options.quick:
        seats(scenario, ruleset, options, report)
    print(f"  {report.faults} of the criteria missed; {time.perf_counter() - began:.0f} s")
    sys.exit(1 if report.faults else 0)


if __name__ == "__main__":
    main()
