"""Writes the frozen save of the current schema: `python tests/session/freeze_save.py`.

Run it once for a released schema version; saves that are there already are never written again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from game.scenario import load
from game.session import Game, save_game
from game.session.migrations import SCHEMA

DATA = Path(__file__).parent.parent / "data"
ORDERS = ("arda.sign_treaty.water_treaty", "arda.attend.fishing", "arda.do_deed.fishing", "arda.gesture.belen")


def freeze(path: Path) -> None:
    """Play the tiny scenario to its end, with an injection and a rewind, and save it."""
    game = Game.new(load(DATA / "tiny.yaml"), ["arda"], seed=8)
    game.inject("A quarrel at sea", {"tension[arda, belen]": 6000})
    game.end_turn()
    game.rewind(1)
    while not game.over:
        for text in ORDERS:
            if not game.verify("arda", game.order(text)):
                game.submit("arda", game.order(text))
        game.end_turn()
    save_game(game, path)


if __name__ == "__main__":
    target = DATA / "saves" / f"schema_{SCHEMA}.json"
    if target.exists():
        sys.exit(f"{target} is frozen")
    freeze(target)
