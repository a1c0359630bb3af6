"""The rules once more, in plain Python: what `docs/engine.md` says, one game at a time.

It shares only the parsed models with `game.rules`; binding, chance and rounding are its own. Every
expression of the book is bound to things once, as a small function of a `Snapshot`; then a turn is the text
of `docs/engine.md` in code. Where the two engines disagree, one of them has misread that page.
"""

from .chance import threshold
from .numbers import nearest
from .play import FREE_PLACES, Game, Oracle

__all__ = ["FREE_PLACES", "Game", "Oracle", "nearest", "threshold"]
