"""Many games of a scenario for tests: whole histories of chosen rows, and paired variants on the same luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.players import make_player
from game.rules import Ruleset, advance, compile_rules, start
from game.scenario import load
from game.scenario.book import read_book
from game.scenario.models import Rulebook


@dataclass(frozen=True)
class Ensemble:
    """history: row name → int32 [turns + 1, games], from the start to the end of each turn."""

    ruleset: Ruleset
    history: Mapping[str, NDArray[np.int32]]
    final: NDArray[np.int32]

    def reached(self, row: str, least: int, by_turn: int | None = None) -> NDArray[np.bool_]:
        """In which games a row stood at `least` or above after any turn up to `by_turn`."""
        return (self.history[row][: None if by_turn is None else by_turn + 1] >= least).any(axis=0)

    def first(self, row: str, least: int) -> NDArray[np.int32]:
        """The turn after which a row first stood at `least` or above; a large number where never."""
        held = self.history[row] >= least
        return np.where(held.any(axis=0), held.argmax(axis=0), 10_000)


def play(
    ruleset: Ruleset, games: int, rows: Sequence[str], kind: str = "doctrine", others: Mapping[str, str] | None = None
) -> Ensemble:
    """Play `games` games on luck 0 … games − 1. others: seat → kind of player in place of `kind`."""
    world = start(ruleset, np.arange(games, dtype=np.uint64))
    seats = {seat: i for i, seat in enumerate(ruleset.seats)}
    special = {seats[seat]: make_player(name, ruleset) for seat, name in (others or {}).items()}
    rest = [seat for seat in range(len(ruleset.seats)) if seat not in special]
    player = make_player(kind, ruleset)
    index = [ruleset.layout.row(name) for name in rows]
    kept = [world.state[index]]
    for _ in range(ruleset.turns):
        orders = player.decide(ruleset, world, rest)
        for seat, other in special.items():
            orders[seat] = other.decide(ruleset, world, [seat])[seat]
        world = advance(ruleset, world, orders).world
        kept.append(world.state[index])
    history = np.stack(kept, axis=1)
    return Ensemble(ruleset, dict(zip(rows, history, strict=True)), world.state)


def variant(scenario: str, changes: Mapping[str, object]) -> Ruleset:
    """A scenario with other parameters, or without some conditions of its councils.

    changes: `parameter.NAME` → value; `without.COUNCIL` → ids of conditions left out.
    """
    book = load(scenario).book
    rulebook: Rulebook = book.whole
    parameters = [
        p.model_copy(update={"value": changes[f"parameter.{p.id}"]}) if f"parameter.{p.id}" in changes else p
        for p in rulebook.parameters
    ]
    councils = []
    for council in rulebook.councils:
        left_out = changes.get(f"without.{council.id}", ())
        assert isinstance(left_out, Sequence)
        conditions = [c for c in council.conditions if c.id not in left_out]
        councils.append(council.model_copy(update={"conditions": conditions}))
    changed = rulebook.model_copy(update={"parameters": parameters, "councils": councils})
    read, faults = read_book(changed, book.scenario)
    assert not faults, faults
    return compile_rules(read)
