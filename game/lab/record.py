"""What is written down of each game, as the rulebook's `report` declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.rules import Ruleset, World
from game.rules.legality import frame_of
from game.rules.nodes import Array, Frame
from game.scenario import expression as ex

TURNED = 64
"""Games whose columns are made into rows at a time: few enough to stay close to the processor."""
Record = dict[str, Any]
"""One line of the results, in the order of its keys."""


@dataclass(frozen=True)
class _Ladder:
    """A reported ladder: its name in the report, rung ids, and the row of each thing."""

    name: str
    rungs: tuple[str, ...]
    things: tuple[str, ...]
    rows: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class _Flags:
    """A reported flag: its name in the report, the thing of each row, and the rows."""

    name: str
    things: tuple[str, ...]
    rows: NDArray[np.intp]


class Tracker:
    """Follows one batch of games.

    ladders, flags: what the report asks for. reached: for each ladder, the turn in which each rung was first reached
    (0: never), int16 [things, rungs, games]. recognised: for each flag when it rose, int16 [things, games].
    """

    def __init__(self, ruleset: Ruleset, games: int) -> None:
        self.ruleset, self.games = ruleset, games
        report = self.report = ruleset.book.report
        self.ladders = [] if report is None else [self._ladder(n, q) for n, q in report.ladders.items()]
        self.flags = [] if report is None else [self._flags(n, q) for n, q in report.recognised.items()]
        self.reached = [np.zeros((len(one.things), len(one.rungs), games), np.int16) for one in self.ladders]
        self.recognised = [np.zeros((len(one.things), games), np.int16) for one in self.flags]
        self.turn = 0
        self.was: list[NDArray[np.int32]] = []
        """The rows of every ladder and flag as the turn opened."""
        self.first: list[NDArray[np.int32]] = []
        """The same as the first turn opened."""

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

    def _flags(self, name: str, quantity: str) -> _Flags:
        rows = self.ruleset.layout.quantities[quantity]
        return _Flags(name, tuple(args[0] for args in rows.instances), np.array(list(rows.rows), np.intp))

    def opens(self, world: World, orders: NDArray[np.int32]) -> None:
        """Keep the rungs and recognitions there are."""
        self.turn = world.turn
        rows = [*(one.rows for one in self.ladders), *(one.rows for one in self.flags)]
        self.was = [world.state.take(some, axis=0) for some in rows]
        self.first = self.first or self.was

    def closes(self, world: World) -> None:
        """Note the rungs and recognitions that a turn brought."""
        own = iter(self.was)
        for ladder, first in zip(self.ladders, self.reached, strict=True):
            was, now = next(own), world.state.take(ladder.rows, axis=0)
            place, game = np.nonzero(now != was)
            rung = now[place, game]
            held = first[place, rung, game]
            first[place, rung, game] = np.where(held == 0, self.turn, held)
        for flag, risen_in in zip(self.flags, self.recognised, strict=True):
            risen = (world.state.take(flag.rows, axis=0) > 0) & (next(own) == 0)
            risen_in[risen & (risen_in == 0)] = self.turn

    def forget_start(self) -> None:
        """Rungs held at the start were not reached, even if they were lost and won again."""
        for ladder, first, held in zip(self.ladders, self.reached, self.first, strict=False):
            first[np.arange(len(ladder.things))[:, None], held, np.arange(self.games)] = 0

    def months(self) -> list[str]:
        """The first month of each turn; turn 0 has none."""
        first, months = self.ruleset.first_month, self.ruleset.turn_months
        return ["", *(month_text(first + turn * months) for turn in range(self.ruleset.turns))]

    def records(self, first: int, seeds: NDArray[np.uint64], end: World) -> list[Record]:
        """The lines of the batch's games, whose numbers begin with `first`."""
        self.forget_start()
        attacks, wars = self.measures(end)
        prints = fingerprints(end)
        months = self.months()
        return [
            {
                "game": first + game,
                "seed": int(seeds[game]),
                "turns": int(end.state[self.ruleset.layout.row("turn"), game]),
                "outcome": self._outcome(end, game),
                "scores": {seat: int(end.state[row, game]) / 100 for seat, row in self.scores().items()},
                "status": self._status(end, game),
                "reached": self._reached(months, game),
                "recognised": {
                    flag.name: {
                        flag.things[place]: months[int(turns[place, game])]
                        for place in sorted(np.flatnonzero(turns[:, game]), key=lambda p: int(turns[p, game]))
                    }
                    for flag, turns in zip(self.flags, self.recognised, strict=True)
                },
                "incidents": {name: int(end.state[rows, game].sum()) for name, rows in self.incidents().items()},
                "armed_attacks": int(attacks[game]),
                "war": bool(wars[game]),
                "fingerprint": prints[game],
            }
            for game in range(self.games)
        ]

    def _outcome(self, end: World, game: int) -> str:
        ending = int(end.state[self.ruleset.layout.row("ending"), game])
        return self.ruleset.book.endings[ending - 1].id if ending else ""

    def scores(self) -> dict[str, int]:
        """The row of each playable seat's score."""
        return {one.seat: self.ruleset.layout.row(f"score[{one.seat}]") for one in self.ruleset.book.scenario.seats}

    def _status(self, end: World, game: int) -> dict[str, dict[str, str]]:
        status: dict[str, dict[str, str]] = {thing: {} for thing in self.things}
        for ladder in self.ladders:
            for thing, row in zip(ladder.things, ladder.rows, strict=True):
                status[thing][ladder.name] = ladder.rungs[int(end.state[row, game])]
        return status

    def _reached(self, months: list[str], game: int) -> dict[str, dict[str, dict[str, str]]]:
        """Rungs with their months, in the order in which they were reached."""
        found: dict[str, dict[str, dict[str, str]]] = {t: {one.name: {} for one in self.ladders} for t in self.things}
        for ladder, first in zip(self.ladders, self.reached, strict=True):
            for place, thing in enumerate(ladder.things):
                turns = first[place, :, game].tolist()
                climbed = sorted((turn, rung) for rung, turn in enumerate(turns) if turn)
                found[thing][ladder.name] = {ladder.rungs[rung]: months[turn] for turn, rung in climbed}
        return found

    def incidents(self) -> dict[str, list[int]]:
        """The rows that count the incidents of each place."""
        found: dict[str, list[int]] = {}
        for quantity in () if self.report is None else self.report.incidents.values():
            rows = self.ruleset.layout.quantities[quantity]
            for row, args in zip(rows.rows, rows.instances, strict=True):
                found.setdefault(args[0] if args else quantity, []).append(row)
        return found

    def measures(self, end: World) -> tuple[Array, Array]:
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


def fingerprints(world: World) -> list[str]:
    """The fingerprint of every game of a world: what `fingerprint` gives, many at a time."""
    found: list[str] = []
    for first in range(0, world.games, TURNED):
        columns = np.ascontiguousarray(world.state[:, first : first + TURNED].T).astype("<i4", copy=False)
        found += [blake2b(column, digest_size=16).hexdigest() for column in columns]
    return found


def month_text(month: int) -> str:
    """`2008-04` from months since year 0."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def seats_of(players: Mapping[str, str]) -> dict[str, list[str]]:
    """Seats by the kind of player that holds them."""
    kinds: dict[str, list[str]] = {}
    for seat, kind in players.items():
        kinds.setdefault(kind, []).append(seat)
    return kinds
