"""The tiny scenario in which points of Arda hang on what only Belen knows."""

from __future__ import annotations

from dataclasses import replace

from game.rules import compile_rules
from game.scenario import Scenario
from game.scenario import expression as ex
from game.session import Game


def game_with_a_secret(tiny: Scenario) -> Game:
    """Arda's wealth is counted by Belen's support, which is its owner's alone to see."""
    goals = tuple(
        replace(goal, amount=ex.Read("support", (ex.Thing("belen"),))) if goal.id == "wealth" else goal
        for goal in tiny.book.objectives
    )
    book = replace(tiny.book, objectives=goals)
    return Game.new(replace(tiny, book=book), ["arda"], seed=3, ruleset=compile_rules(book))
