"""Write the balance and hindcast cards of the shipped scenarios, and their reports.

    uv run --extra lab python scripts/make_cards.py [SCENARIO ...] [--games 512] [--planner-games 48]
        [--hindcast-games 1000] [--reports DIR]

Writes docs/balance/ID.json, which the scenario picker shows; with --reports the pages are kept as well.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from game.lab import run
from game.lab.balance import KINDS, balance
from game.lab.balance_page import card as balance_card
from game.lab.balance_page import page as balance_page
from game.lab.dataset import write_bytes
from game.lab.hindcast import hindcast
from game.lab.hindcast_page import card as hindcast_card
from game.lab.hindcast_page import page as hindcast_page
from game.lab.page import html
from game.lab.targets import TargetsError
from game.rules import compile_rules
from game.scenario import load, shipped

LEAST_MONTHS = 24
"""A shorter common time with the record says nothing."""
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "balance"


def cards(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """Both cards of a scenario."""
    scenario = load(name)
    ruleset = compile_rules(scenario.book)
    kinds = [kind for kind in KINDS if options.planner_games or not kind.startswith("planner")]
    measured = balance(
        scenario,
        ruleset,
        games=options.games,
        planner_games=options.planner_games,
        kinds=kinds,
        thorough=options.reports is not None,
        said=lambda text: print(f"{name}: {text}", file=sys.stderr),
    )
    graded = None
    with tempfile.TemporaryDirectory() as folder:
        data = run(scenario, folder, games=options.hindcast_games)
        try:
            graded = hindcast(data)
            if graded.window.months < LEAST_MONTHS:
                graded = None
        except TargetsError as fault:
            print(f"{name}: no hindcast: {fault}", file=sys.stderr)
    if options.reports is not None:
        names = {one.id: one.name for one in scenario.book.rulebook.things}
        write_bytes(options.reports / f"{name}-balance.html", html(balance_page(measured, names)).encode())
        if graded is not None:
            write_bytes(options.reports / f"{name}-hindcast.html", html(hindcast_page(graded)).encode())
    return {
        "balance": balance_card(measured),
        "hindcast": None if graded is None else hindcast_card(graded, scenario.book),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the cards of the shipped scenarios.")
    parser.add_argument("scenarios", nargs="*")
    parser.add_argument("--games", type=int, default=512)
    parser.add_argument("--planner-games", type=int, default=48)
    parser.add_argument("--hindcast-games", type=int, default=1000)
    parser.add_argument("--reports", type=Path)
    options = parser.parse_args()
    for name in options.scenarios or [one for one, _title in shipped()]:
        found = cards(name, options)
        write_bytes(FOLDER / f"{name}.json", (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())
        print(f"docs/balance/{name}.json")


if __name__ == "__main__":
    main()
