"""Write the balance and hindcast cards of the shipped scenarios, and their reports.

    uv run --extra lab python scripts/make_cards.py [SCENARIO ...] [--workers 2] [--games 512] [--planner-games 128]
        [--planner planner:SMALL] [--hindcast-games 1000] [--pieces DIR] [--reports DIR] [--check]

Writes docs/balance/ID.json, which the scenario picker shows, and says which criteria of a fair scenario are met (ok)
or missed (MISS); with --reports the pages are kept as well, with --check nothing is written and no hindcast is made.
With --pieces every seat that is finished is kept in that folder, so that the same command goes on where it was
stopped; what was measured on other texts or by another version is measured again.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from game.lab import run
from game.lab.balance import KINDS, Balance, balance
from game.lab.balance_page import card as balance_card
from game.lab.balance_page import page as balance_page
from game.lab.criteria import criteria
from game.lab.dataset import write_bytes
from game.lab.hindcast import Hindcast, hindcast
from game.lab.hindcast_page import card as hindcast_card
from game.lab.hindcast_page import page as hindcast_page
from game.lab.page import html
from game.lab.targets import TargetsError
from game.rules import compile_rules
from game.scenario import Scenario, load, shipped

LEAST_MONTHS = 24
"""A shorter common time with the record says nothing."""
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "balance"


def measure(scenario: Scenario, options: argparse.Namespace) -> Balance:
    """The balance of a scenario; each criterion is said."""
    name = scenario.id
    kinds = [options.planner if kind.startswith("planner") else kind for kind in KINDS]
    measured = balance(
        scenario,
        compile_rules(scenario.book),
        games=options.games,
        planner_games=options.planner_games,
        kinds=[kind for kind in kinds if options.planner_games or kind in ("random", "doctrine")],
        thorough=options.reports is not None,
        workers=options.workers,
        folder=options.pieces,
        said=lambda text: print(f"{name}: {text}", file=sys.stderr, flush=True),
    )
    found = criteria(measured.figures)
    print(f"{name}: {sum(not one.good for one in found)} of {len(found)} criteria missed")
    for one in found:
        print(f"  {'ok  ' if one.good else 'MISS'} {one.seat}: {one.text}", flush=True)
    return measured


def grade(scenario: Scenario, options: argparse.Namespace) -> Hindcast | None:
    """The hindcast of a scenario; None where too little of it is recorded."""
    with tempfile.TemporaryDirectory() as folder:
        data = run(scenario, folder, games=options.hindcast_games, workers=options.workers)
        try:
            graded = hindcast(data)
        except TargetsError as fault:
            print(f"{scenario.id}: no hindcast: {fault}", file=sys.stderr)
            return None
    return graded if graded.window.months >= LEAST_MONTHS else None


def cards(scenario: Scenario, options: argparse.Namespace) -> dict[str, Any]:
    """Both cards of a scenario."""
    measured, graded = measure(scenario, options), grade(scenario, options)
    if options.reports is not None:
        names = {one.id: one.name for one in scenario.book.rulebook.things}
        write_bytes(options.reports / f"{scenario.id}-balance.html", html(balance_page(measured, names)).encode())
        if graded is not None:
            write_bytes(options.reports / f"{scenario.id}-hindcast.html", html(hindcast_page(graded)).encode())
    return {
        "balance": balance_card(measured),
        "hindcast": None if graded is None else hindcast_card(graded, scenario.book),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the cards of the shipped scenarios.")
    parser.add_argument("scenarios", nargs="*")
    parser.add_argument("--games", type=int, default=512)
    parser.add_argument("--planner-games", type=int, default=128, help="games a seat for the planner; 0 leaves it out")
    parser.add_argument("--planner", default="planner:SMALL", help="its budget: planner:FUTURESxTURNS, say")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--pieces", type=Path)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--hindcast-games", type=int, default=1000)
    parser.add_argument("--reports", type=Path)
    options = parser.parse_args()
    for name in options.scenarios or [one for one, _title in shipped()]:
        scenario = load(name)
        if options.check:
            measure(scenario, options)
            continue
        found = cards(scenario, options)
        write_bytes(FOLDER / f"{name}.json", (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())
        print(f"docs/balance/{name}.json")


if __name__ == "__main__":
    main()
