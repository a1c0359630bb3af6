"""Freeze each playable seat's par: the median score of a `history` ensemble.

    uv run python scripts/freeze_par.py bucharest_2008 [--games 2000] [--check]

Writes `par:` into scenarios/ID.yaml, one line under each `- seat:`; everything else stays as it is.
With --check nothing is written, and the exit code is 1 if a par is missing or more than 3 points off.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import numpy as np

from game.lab.gauge import play_out
from game.rules import compile_rules
from game.scenario import load

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
TOLERANCE = 3


def medians(scenario: str, games: int) -> dict[str, int]:
    """The median score of every playable seat, in whole points."""
    ruleset = compile_rules(load(scenario).book)
    outcome = play_out(ruleset, games, "history")
    seats = [seat.seat for seat in ruleset.book.scenario.seats]
    return {seat: round(int(np.sort(outcome.score(seat))[games // 2]) / 100) for seat in seats}


def freeze(text: str, pars: dict[str, int]) -> str:
    """The scenario's text with every par set."""
    for seat, par in pars.items():
        block = re.compile(rf"^(?P<dent> *)- seat: {seat}\n(?: *par: .*\n)?", re.M)
        text = block.sub(rf"\g<dent>- seat: {seat}\n\g<dent>  par: {par}\n", text, count=1)
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description="Freeze each playable seat's par.")
    parser.add_argument("scenario")
    parser.add_argument("--games", type=int, default=2000)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    pars = medians(options.scenario, options.games)
    if options.check:
        frozen = {seat.seat: seat.par for seat in load(options.scenario).book.scenario.seats}
        off = {s: (frozen[s], par) for s, par in pars.items() if frozen[s] is None or abs(frozen[s] - par) > TOLERANCE}
        for seat, (was, now) in off.items():
            print(f"{seat}: par is {was}, the ensemble's median {now}")
        sys.exit(1 if off else 0)
    path = SCENARIOS / f"{options.scenario}.yaml"
    path.write_text(freeze(path.read_text(encoding="utf-8"), pars), encoding="utf-8")
    for seat, par in pars.items():
        print(f"{seat}: {par}")


if __name__ == "__main__":
    main()
