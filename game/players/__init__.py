"""Who decides: idle, random, doctrine. Players decide for many games at once.

Knows the rules' public names; nothing of how orders are shown.
"""

from game.players.chance import RandomPlayer
from game.players.doctrine import DoctrinePlayer
from game.players.player import Idle, Player
from game.rules import Ruleset, no_orders

KINDS = ("doctrine", "random", "idle")


def make_player(kind: str, ruleset: Ruleset) -> Player:
    """A player by name: `doctrine`, `doctrine:POPULATION`, `random` or `idle`.

    Raises ValueError that names the kinds there are.
    """
    name, _, population = kind.partition(":")
    if name == "doctrine":
        known = sorted(ruleset.book.populations)
        if population and population not in known:
            raise ValueError(f"there is no population '{population}'; there are: {', '.join(known) or 'none'}")
        return DoctrinePlayer(ruleset, population or None)
    if name == "random" and not population:
        return RandomPlayer(ruleset)
    if name == "idle" and not population:
        return Idle()
    raise ValueError(f"there is no player '{kind}'; there are: {', '.join(KINDS)}, doctrine:POPULATION")


__all__ = ["KINDS", "DoctrinePlayer", "Idle", "Player", "RandomPlayer", "make_player", "no_orders"]
