"""Say what each answer to each card brings the seat that gives it, so that cards can be made into dilemmas.

    uv run python scripts/weigh_answers.py bucharest_2008 [EVENT ...] [--games 400] [--gap 0.5]

Everybody plays by doctrine, one answer is given always, on the same luck. Cards whose best answer is more than --gap
points ahead of the second are marked with !!; with events named the gain is also split by objective.
"""

from __future__ import annotations

import argparse

from game.lab.answers import Card, cards
from game.rules import compile_rules
from game.scenario import load


def said(card: Card, gap: float, split: bool) -> str:
    """One card as lines of text."""
    mark = "!!" if card.gap > gap else "  "
    lines = [f"{mark} {card.seat}: {card.event}, {card.asked:.2f} a game, the best is {card.gap:.2f} ahead"]
    for answer in sorted(card.answers, key=lambda one: -one.gain):
        line = f"     {answer.gain:+6.2f} ± {answer.error:.2f}  {answer.choice} (given in {answer.share:.0%})"
        goals = ", ".join(f"{goal} {gain:+.2f}" for goal, gain in answer.goals.items() if abs(gain) >= 0.005)
        lines.append(f"{line}: {goals}" if split and goals else line)
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Say what each answer to each card is worth.")
    parser.add_argument("scenario")
    parser.add_argument("events", nargs="*")
    parser.add_argument("--games", type=int, default=400)
    parser.add_argument("--gap", type=float, default=0.5)
    options = parser.parse_args()
    ruleset = compile_rules(load(options.scenario).book)
    for card in cards(ruleset, options.games, options.events):
        print(said(card, options.gap, bool(options.events)), flush=True)


if __name__ == "__main__":
    main()
