"""A golden transcript: one game of a scenario, every seat on doctrine, in readable text.

uv run python tests/transcript.py            writes those of all shipped scenarios
uv run python tests/transcript.py ID …       writes these
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from game.players import make_player
from game.rules import Ruleset, advance, compile_rules, fingerprint, start
from game.scenario import load, shipped

FOLDER = Path(__file__).parent / "data" / "transcripts"
SEED = 2008


def transcript(ruleset: Ruleset) -> str:
    """Orders, events and the largest changes of every turn, and the fingerprint after it."""
    player = make_player("doctrine", ruleset)
    world = start(ruleset, np.array([SEED], np.uint64))
    lines = [f"{ruleset.book.scenario.id}, seed {SEED}, all seats on doctrine"]
    events = {event.id for event in ruleset.book.events}
    while not world.state[ruleset.layout.row("ending"), 0]:
        orders = player.decide(ruleset, world, range(len(ruleset.seats)))
        turn = advance(ruleset, world, orders, trace=(0,))
        lines.append(f"\nturn {world.turn}")
        given = orders[:, :, 0]
        lines += [f"  order {ruleset.catalogue.texts[order]}" for order in given[given >= 0].tolist()]
        lines += [f"  event {name}" for name in sorted(set(turn.fired) & events)]
        change = turn.world.state[:, 0].astype(np.int64) - world.state[:, 0]
        for row in np.argsort(-np.abs(change), kind="stable").tolist():
            quantity, _ = ruleset.layout.at(row)
            internal = quantity.id in ("score", "objective") or quantity.id.startswith("estimate_")
            if quantity.scale == 100 and abs(change[row]) >= 300 and not internal:
                lines.append(f"  {ruleset.layout.names[row]} {change[row] / 100:+.2f}")
        world = turn.world
        lines.append(f"  fingerprint {fingerprint(world)}")
    ending = ruleset.book.endings[int(world.state[ruleset.layout.row("ending"), 0]) - 1]
    lines.append(f"\nending {ending.id}")
    for seat in ruleset.seats:
        lines.append(f"score {seat} {world.state[ruleset.layout.row(f'score[{seat}]'), 0] / 100:.2f}")
    return "\n".join(lines) + "\n"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or [scenario for scenario, _ in shipped()]:
        path = FOLDER / f"{name}.txt"
        path.write_text(transcript(compile_rules(load(name).book)), encoding="utf-8")


if __name__ == "__main__":
    main()
