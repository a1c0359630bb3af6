"""Who decides: idle, random, doctrine, history, planner. Players decide for many games at once.

Knows the rules' public names; nothing of how orders are shown.
"""

from collections.abc import Callable
from dataclasses import dataclass

from game.players.budget import BUDGETS, Budget, budget_of
from game.players.chance import RandomPlayer
from game.players.doctrine import DoctrinePlayer
from game.players.history import HistoryPlayer
from game.players.observer import ObserverPlayer
from game.players.planner import Choice, Gain, Option, PlannerPlayer
from game.players.player import Idle, Player
from game.players.repeat import Repeater
from game.rules import Ruleset, no_orders
from game.scenario.language import nearest
from game.text import _

KINDS = ("doctrine", "history", "random", "idle", "observer", "minister", "strategist", "planner:SMALL")


@dataclass(frozen=True)
class Difficulty:
    """How the computer's seats play. kind: of player; title, text: for screens."""

    id: str
    kind: str
    title: str
    text: str


def difficulties() -> tuple[Difficulty, ...]:
    """The levels of difficulty, easiest first. They differ in look-ahead and information alone."""
    return (
        Difficulty(
            "observer",
            "observer",
            _("Observer"),
            _(
                "The computer judges each order by its declared effects, on what is publicly known, and does not "
                "look ahead. It has no bonuses."
            ),
        ),
        Difficulty(
            "minister",
            "minister",
            _("Minister"),
            _(
                "The computer tries its orders in some sixty futures of sixteen turns, and expects others to act by "
                "their doctrines. It sees what its seat sees and has no bonuses."
            ),
        ),
        Difficulty(
            "strategist",
            "strategist",
            _("Strategist"),
            _(
                "The computer tries orders and pairs of orders in some 250 futures of sixteen turns, some of "
                "them with others who act recklessly. It sees what its seat sees and has no bonuses."
            ),
        ),
    )


DIFFICULTIES = tuple(level.id for level in difficulties())


def make_player(kind: str, ruleset: Ruleset) -> Player:
    """A player by name: `doctrine`, `doctrine:POPULATION`, `history`, `random`, `idle`, a level of difficulty,
    `planner`, `planner:BUDGET` (SMALL, MEDIUM, LARGE), `planner:FUTURESxTURNS`, or `repeat:ACTION`.

    Raises ValueError that names the kinds there are.
    """
    name, _colon, detail = kind.partition(":")
    if name == "doctrine":
        known = sorted(ruleset.book.populations)
        if detail and detail not in known:
            raise ValueError(f"there is no population '{detail}'; there are: {', '.join(known) or 'none'}")
        return DoctrinePlayer(ruleset, detail or None)
    if name == "repeat":
        actions = [action.id for action in ruleset.book.rulebook.actions]
        if detail not in actions:
            raise ValueError(f"there is no action '{detail}' to repeat{nearest(detail, actions)}")
        return Repeater(ruleset, detail)
    if name == "planner":
        return PlannerPlayer(ruleset, budget_of(detail or "SMALL"))
    plain: dict[str, Callable[[], Player]] = {
        "random": lambda: RandomPlayer(ruleset),
        "idle": Idle,
        "history": lambda: HistoryPlayer(ruleset),
        "observer": lambda: ObserverPlayer(ruleset),
        "minister": lambda: PlannerPlayer(ruleset, budget_of("SMALL")),
        "strategist": lambda: PlannerPlayer(ruleset, budget_of("MEDIUM")),
    }
    if name in plain and not detail:
        return plain[name]()
    raise ValueError(f"there is no player '{kind}'; there are: {', '.join(KINDS)}, doctrine:POPULATION, repeat:ACTION")


__all__ = [
    "BUDGETS",
    "DIFFICULTIES",
    "KINDS",
    "Budget",
    "Choice",
    "Difficulty",
    "DoctrinePlayer",
    "Gain",
    "HistoryPlayer",
    "Idle",
    "ObserverPlayer",
    "Option",
    "PlannerPlayer",
    "Player",
    "RandomPlayer",
    "Repeater",
    "budget_of",
    "difficulties",
    "make_player",
    "no_orders",
]
