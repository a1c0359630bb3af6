"""What is written down of each game, as the rulebook's `report` declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.rules import Ruleset, World, fingerprint
from game.rules.legality import frame_of
from game.rules.nodes import Array, Frame
from game.scenario import expression as ex

Record = dict[str, Any]
"""One line of the results, in the order of its keys."""


@dataclass(frozen=True)
class _Ladder:
    """A reported ladder: its name in the report, rung ids, and the row of each thing."""

    name: str
    rungs: tuple[str, ...]
    things: tuple[str, ...]
    rows: NDArray[np.intp]


@dataclass
class Tracker:
    """Follows one batch of games. reached, recognised: for each game, what `Record` says of them."""

    ruleset: Ruleset
    games: int
    reached: list[dict[str, dict[str, dict[str, str]]]] = field(init=False)
    recognised: list[dict[str, dict[str, str]]] = field(init=False)

    def __post_init__(self) -> None:
        report = self.ruleset.book.report
        self.report = report
        self.ladders = [] if report is None else [self._ladder(n, q) for n, q in report.ladders.items()]
        self.flags = [] if report is None else [self._flags(n, q) for n, q in report.recognised.items()]
        self.reached = [
            {thing: {ladder.name: {} for ladder in self.ladders} for thing in self.things} for _ in range(self.games)
        ]
        self.recognised = [{name: {} for name, _, _ in self.flags} for _ in range(self.games)]

    @property
    def things(self) -> tuple[str, ...]:
        """What is reported on: the countries, say."""
        return () if self.report is None else self.ruleset.book.sets[self.report.of]

    def _ladder(self, name: str, quantity: str) -> _Ladder:
        model = next(q for q in self.ruleset.book.rulebook.quantities if q.id == quantity)
        rungs = self.ruleset.book.vocabulary.ladders[model.unit.removeprefix("ladder:")]
        found = [(t, row) for t in self.things if (row := self.ruleset.layout.find(quantity, (t,))) is not None]
        rows = np.array([row for _, row in found], np.intp)
        return _Ladder(name, tuple(rungs), tuple(t for t, _ in found), rows)

    def _flags(self, name: str, quantity: str) -> tuple[str, tuple[str, ...], NDArray[np.intp]]:
        rows = self.ruleset.layout.quantities[quantity]
        return name, tuple(args[0] for args in rows.instances), np.array(list(rows.rows), np.intp)

    def turn(self, before: World, after: World) -> None:
        """Note the rungs and recognitions that a turn brought, by the first month of that turn."""
        month = month_text(self.ruleset.first_month + (before.turn - 1) * self.ruleset.turn_months)
        for ladder in self.ladders:
            was, now = before.state[ladder.rows], after.state[ladder.rows]
            for place, game in zip(*np.nonzero(now != was), strict=True):
                held = self.reached[game][ladder.things[place]][ladder.name]
                held.setdefault(ladder.rungs[now[place, game]], month)
        for name, things, rows in self.flags:
            risen = (after.state[rows] > 0) & (before.state[rows] == 0)
            for place, game in zip(*np.nonzero(risen), strict=True):
                self.recognised[game][name].setdefault(things[place], month)

    def records(self, first: int, seeds: NDArray[np.uint64], start: World, end: World) -> list[Record]:
        """The lines of the batch's games, whose numbers begin with `first`."""
        attacks, wars = self._measures(end)
        return [
            {
                "game": first + game,
                "seed": int(seeds[game]),
                "turns": int(end.state[self.ruleset.layout.row("turn"), game]),
                "outcome": self._outcome(end, game),
                "scores": self._scores(end, game),
                "status": self._status(end, game),
                "reached": self._reached(start, game),
                "recognised": self.recognised[game],
                "incidents": self._incidents(end, game),
                "armed_attacks": int(attacks[game]),
                "war": bool(wars[game]),
                "fingerprint": fingerprint(end, game),
            }
            for game in range(self.games)
        ]

    def _outcome(self, end: World, game: int) -> str:
        ending = int(end.state[self.ruleset.layout.row("ending"), game])
        return self.ruleset.book.endings[ending - 1].id if ending else ""

    def _scores(self, end: World, game: int) -> dict[str, float]:
        layout = self.ruleset.layout
        seats = [one.seat for one in self.ruleset.book.scenario.seats]
        return {seat: int(end.state[layout.row(f"score[{seat}]"), game]) / 100 for seat in seats}

    def _status(self, end: World, game: int) -> dict[str, dict[str, str]]:
        status: dict[str, dict[str, str]] = {thing: {} for thing in self.things}
        for ladder in self.ladders:
            for thing, row in zip(ladder.things, ladder.rows, strict=True):
                status[thing][ladder.name] = ladder.rungs[int(end.state[row, game])]
        return status

    def _reached(self, start: World, game: int) -> dict[str, dict[str, dict[str, str]]]:
        """Without the rungs held at the start, in the order in which they were reached."""
        for ladder in self.ladders:
            for thing, row in zip(ladder.things, ladder.rows, strict=True):
                self.reached[game][thing][ladder.name].pop(ladder.rungs[int(start.state[row, game])], None)
        return self.reached[game]

    def _incidents(self, end: World, game: int) -> dict[str, int]:
        if self.report is None:
            return {}
        found: dict[str, int] = {}
        for quantity in self.report.incidents.values():
            rows = self.ruleset.layout.quantities[quantity]
            for place, args in enumerate(rows.instances):
                name = args[0] if args else quantity
                found[name] = found.get(name, 0) + int(end.state[rows.first + place, game])
        return found

    def _measures(self, end: World) -> tuple[Array, Array]:
        """Armed attacks and war in every game."""
        if self.report is None:
            nothing = np.zeros(self.games, np.int64)
            return nothing, nothing
        frame = frame_of(self.ruleset, end)
        return self._number(frame, self.report.armed_attacks), self._number(frame, self.report.war)

    def _number(self, frame: Frame, expression: ex.Expression) -> Array:
        placed, divisor = self.ruleset.compiler.whole(self.ruleset.number(expression), self.ruleset.world_env)
        values = frame.value(placed.node)[0].astype(np.int64) // divisor
        return np.broadcast_to(values, (self.games,))


def month_text(month: int) -> str:
    """`2008-04` from months since year 0."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def seats_of(players: Mapping[str, str]) -> dict[str, list[str]]:
    """Seats by the kind of player that holds them."""
    kinds: dict[str, list[str]] = {}
    for seat, kind in players.items():
        kinds.setdefault(kind, []).append(seat)
    return kinds
