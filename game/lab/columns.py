"""Rows of games and of turns as Arrow tables and as the bytes of Parquet files.

A file's bytes depend on its rows alone: its columns stand in one order and are written with the same settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.lab.extras import need
from game.lab.plan import Plan
from game.lab.record import Tracker, fingerprints
from game.rules import Ruleset, World

Table = Any
"""A pyarrow.Table."""
GAMES_AT_A_TIME = 128
"""Games whose turns are put into a table together; bounds memory."""


def _named(fields: dict[str, Any]) -> Any:
    """A struct of named arrays."""
    pa = need("pyarrow", "lab")
    return pa.StructArray.from_arrays(list(fields.values()), names=list(fields))


def _bits(truths: NDArray[np.bool_]) -> Any:
    """Truths as Arrow holds them: the first in the lowest bit."""
    return need("pyarrow", "lab").py_buffer(np.packbits(truths, bitorder="little"))


def _numbers(values: NDArray[Any], none: NDArray[np.bool_] | None = None) -> Any:
    """Numbers; none: where there is nothing.

    `pa.array` would import pandas, where it is installed, to see that this is none of its: a second for every worker.
    """
    pa = need("pyarrow", "lab")
    held = np.ascontiguousarray(values)
    known = None if none is None else _bits(~none)
    return pa.Array.from_buffers(pa.from_numpy_dtype(held.dtype), len(held), [known, pa.py_buffer(held)])


def _truths(values: NDArray[np.bool_]) -> Any:
    """Truths."""
    pa = need("pyarrow", "lab")
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, _bits(values)])


def _strings(words: Sequence[str]) -> Any:
    """Texts as they come."""
    pa = need("pyarrow", "lab")
    data = [word.encode() for word in words]
    ends = np.cumsum([0, *(len(one) for one in data)], dtype=np.int32)
    return pa.StringArray.from_buffers(len(data), pa.py_buffer(ends), pa.py_buffer(b"".join(data)))


def _texts(words: Sequence[str], places: NDArray[Any], none: bool = False) -> Any:
    """Words by their places; none: place 0 is null."""
    return _strings(words).take(_numbers(places.astype(np.int32), places == 0 if none else None))


def games_table(plan: Plan, tracker: Tracker, first: int, seeds: NDArray[np.uint64], end: World) -> Table:
    """The rows of a batch's games, with the columns of the JSON lines and `id`.

    `scores`, `status`, `reached`, `recognised` and `incidents` are structs; a rung that was not reached is null.
    A struct that would have no field is left out.
    """
    pa = need("pyarrow", "lab")
    tracker.forget_start()
    ruleset, state, games = tracker.ruleset, end.state, tracker.games
    months = tracker.months()
    attacks, wars = tracker.measures(end)
    scores = {seat: _numbers(state[row] / 100) for seat, row in tracker.scores().items()}
    status: dict[str, Any] = {}
    reached: dict[str, Any] = {}
    for thing in tracker.things:
        rungs: dict[str, Any] = {}
        climbed: dict[str, Any] = {}
        for ladder, turns in zip(tracker.ladders, tracker.reached, strict=True):
            if thing in ladder.things:
                place = ladder.things.index(thing)
                rungs[ladder.name] = _texts(ladder.rungs, state[ladder.rows[place]])
                dates = {r: _texts(months, turns[place, i], none=True) for i, r in enumerate(ladder.rungs)}
                climbed[ladder.name] = _named(dates)
        if rungs:
            status[thing], reached[thing] = _named(rungs), _named(climbed)
    recognised = {
        flag.name: _named({t: _texts(months, turns[i], none=True) for i, t in enumerate(flag.things)})
        for flag, turns in zip(tracker.flags, tracker.recognised, strict=True)
        if flag.things
    }
    incidents = {name: _numbers(state[rows].sum(axis=0, dtype=np.int64)) for name, rows in tracker.incidents().items()}
    endings = ["", *(ending.id for ending in ruleset.book.endings)]
    columns: dict[str, Any] = {
        "id": _strings([plan.game_id(int(seed)) for seed in seeds]),
        "game": _numbers(np.arange(first, first + games, dtype=np.int64)),
        "seed": _numbers(seeds),
        "turns": _numbers(state[ruleset.layout.row("turn")]),
        "outcome": _texts(endings, state[ruleset.layout.row("ending")]),
    }
    structs = {"scores": scores, "status": status, "reached": reached, "recognised": recognised, "incidents": incidents}
    columns |= {name: _named(fields) for name, fields in structs.items() if fields}
    columns["armed_attacks"] = _numbers(attacks.astype(np.int64))
    columns["war"] = _truths(wars.astype(bool))
    columns["fingerprint"] = _strings(fingerprints(end))
    return pa.table(columns)


class Watch:
    """Keeps, turn by turn, the quantities that belong to a seat.

    pairs: (seat, quantity) of each kept row; a row's value is in points or whole units.
    """

    def __init__(self, ruleset: Ruleset, games: int) -> None:
        self.ruleset, self.games = ruleset, games
        seats = set(ruleset.seats)
        found = [
            (args[0], quantity.id, row, quantity.scale)
            for quantity in ruleset.layout.quantities.values()
            if quantity.id not in ("card", "objective", "memory", "last") and not quantity.id.startswith("estimate_")
            for row, args in zip(quantity.rows, quantity.instances, strict=True)
            if len(args) == 1 and args[0] in seats
        ]
        order = {seat: i for i, seat in enumerate(ruleset.seats)}
        found.sort(key=lambda one: order[one[0]])
        self.pairs = [(seat, quantity) for seat, quantity, _, _ in found]
        self.rows = np.array([row for _, _, row, _ in found], np.intp)
        self.scale = np.array([scale for _, _, _, scale in found], np.int32)
        self.kept: list[NDArray[np.int32]] = []
        self.live: list[NDArray[np.bool_]] = []

    def opens(self, world: World, orders: NDArray[np.int32]) -> None:
        """Keep which games are still running."""
        self.live.append(world.state[self.ruleset.layout.row("ending")] == 0)

    def closes(self, world: World) -> None:
        """Keep the state after a turn."""
        self.kept.append(world.state.take(self.rows, axis=0))

    def table(self, plan: Plan, first: int, seeds: NDArray[np.uint64]) -> Table:
        """Rows of turn × seat × quantity, by game, turn, seat and quantity."""
        pa = need("pyarrow", "lab")
        parts = [self._part(plan, first, seeds, at) for at in range(0, self.games, GAMES_AT_A_TIME)]
        return pa.concat_tables(parts)

    def _part(self, plan: Plan, first: int, seeds: NDArray[np.uint64], at: int) -> Table:
        pa = need("pyarrow", "lab")
        some = slice(at, min(at + GAMES_AT_A_TIME, self.games))
        games, turns, pairs = some.stop - at, len(self.kept), len(self.pairs)
        live = np.stack([one[some] for one in self.live], axis=1).reshape(-1)
        values = np.stack([one[:, some].T for one in self.kept], axis=1).reshape(games * turns, pairs)[live]
        game = np.repeat(np.arange(games), turns)[live]
        turn = np.tile(np.arange(1, turns + 1, dtype=np.int16), games)[live]
        lines = len(game)
        ids = _strings([plan.game_id(int(seed)) for seed in seeds[some]])
        seats = sorted({seat for seat, _ in self.pairs})
        quantities = sorted({quantity for _, quantity in self.pairs})
        of_seat = np.array([seats.index(seat) for seat, _ in self.pairs], np.int32)
        of_quantity = np.array([quantities.index(quantity) for _, quantity in self.pairs], np.int32)
        return pa.table(
            {
                "id": ids.take(_numbers(np.repeat(game, pairs))),
                "game": _numbers(np.repeat(game + first + at, pairs).astype(np.int64)),
                "turn": _numbers(np.repeat(turn, pairs)),
                "month": _texts(self._months(), np.repeat(turn, pairs)),
                "seat": _strings(seats).take(_numbers(np.tile(of_seat, lines))),
                "quantity": _strings(quantities).take(_numbers(np.tile(of_quantity, lines))),
                "value": _numbers((values / self.scale).reshape(-1)),
            }
        )

    def _months(self) -> list[str]:
        return Tracker(self.ruleset, 0).months()


def file_bytes(tables: Sequence[Table]) -> bytes:
    """A Parquet file of tables whose rows follow each other; the same rows give the same bytes."""
    pa, parquet = need("pyarrow", "lab"), need("pyarrow.parquet", "lab")
    table = pa.concat_tables(tables).combine_chunks()
    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd", row_group_size=262_144, store_schema=False)
    data: bytes = sink.getvalue().to_pybytes()
    # A writer takes memory for each of hundreds of columns, and the pool would keep it.
    pa.default_memory_pool().release_unused()
    return data


def part_bytes(tables: Sequence[Table]) -> bytes:
    """Rows on their way to a file: quick to write and to read."""
    pa = need("pyarrow", "lab")
    table = pa.concat_tables(tables)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def part_table(data: bytes) -> Table:
    """What `part_bytes` made."""
    pa = need("pyarrow", "lab")
    with pa.ipc.open_stream(pa.py_buffer(data)) as stream:
        return stream.read_all()
