"""From a graph of rows to a program for the machine: what is computed where, in which register, as numbers.

A value is computed in the innermost region that holds all who ask for it, just before the first of them; its
register is free again after the last.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.rules.codes import KINDS, Op
from game.rules.graph import VIRTUAL, Batch, Deed, Graph, Region

Run = tuple[Op, list[tuple[int, ...]]]


class Sealed:
    """A program as an array. reach: how far the registers of each kind (`n`, `t`, `w`) go; reads: rows of the state.

    names: of what is counted; always: what takes effect everywhere, how often; asks_memory: whether it reads the
    orders of earlier turns.
    """

    def __init__(self, graph: Graph, rows: int, numbers: int, truths: int) -> None:
        """rows: of the state; numbers, truths: from where on registers are free."""
        self.names: list[str] = []
        self.always: list[tuple[str, int]] = []
        self.asks_memory = False
        _settle(graph)
        runs, ends = _order(graph)
        places, self.reach = _place(graph, runs, {"n": numbers, "t": truths, "w": 0})
        self.ops: NDArray[np.int32] = _encode(runs, places, ends)
        self.reads: NDArray[np.int32] = np.array(sorted(_reads(runs, rows)), np.int32)


def _settle(graph: Graph) -> None:
    """Find the home of every value, and what each region needs from outside."""
    root = graph.root

    def ask(batch: Batch, where: Region) -> None:
        # Where the state has changed since, it was computed before, outside of all regions.
        here = where if where.epoch == batch.epoch else root
        batch.home = here if batch.home is None else _common(batch.home, here)

    stack = [root]
    asking: list[tuple[Batch, Region]] = []
    while stack:
        region = stack.pop()
        for item in region.items:
            if item is not None:
                asking += [(batch, region) for batch in item.needs]
            if isinstance(item, Region):
                stack.append(item)
    for batch, region in asking:
        ask(batch, region)
    for batch in reversed(graph.batches):
        if batch.home is not None:
            for needed in batch.needs:
                ask(needed, batch.home if needed.epoch == batch.epoch else root)
    asking += [(needed, b.home) for b in graph.batches if b.home is not None for needed in b.needs]
    for batch, region in asking:
        while region is not batch.home:
            region.outside.add(batch)
            assert region.parent is not None
            region = region.parent


def _common(one: Region, other: Region) -> Region:
    """The innermost region around both."""
    while one is not other:
        if one.depth < other.depth:
            one, other = other, one
        assert one.parent is not None
        one = one.parent
    return one


def _asked(item: Deed | Region) -> set[Batch]:
    """What has to be computed before a deed, or before a region is entered."""
    return item.needs | item.outside if isinstance(item, Region) else item.needs


def _order(graph: Graph) -> tuple[list[Run], dict[int, int]]:
    """Operations in the order in which they are run, and after which of them each jump goes on."""
    runs: list[Run] = []
    ends: dict[int, int] = {}
    done: set[Batch] = set()
    closed: set[int] = set()

    def compute(wanted: set[Batch]) -> None:
        fresh: set[Batch] = set()
        stack = [batch for batch in wanted if batch not in done]
        while stack:
            batch = stack.pop()
            if batch not in fresh:
                fresh.add(batch)
                stack += [needed for needed in batch.needs if needed not in done]
        runs.extend((batch.code, batch.rows) for batch in sorted(fresh, key=lambda b: b.place))
        done.update(fresh)

    def visit(items: list[Deed | Region | None]) -> None:
        last: Deed | None = None
        for item in items:
            assert item is not None
            compute(_asked(item))
            if isinstance(item, Region):
                place = len(runs)
                runs.append((Op.SKIP, [item.guards]))
                visit(item.items)
                ends[place] = len(runs)
                closed.add(len(runs))
                last = None
            elif last is not None and runs[-1][0] is item.code is last.code and len(runs) not in closed:
                runs[-1][1].extend(item.rows)
            else:
                runs.append((item.code, list(item.rows)))
                last = item

    late = _late(graph)
    pieces: list[list[Deed | Region | None]] = [[]]
    for item in graph.root.items:
        if item is None:
            pieces.append([])
        else:
            pieces[-1].append(item)
    for epoch, piece in enumerate(pieces):
        visit(piece)
        compute(late.get(epoch, set()))
    return runs, ends


def _late(graph: Graph) -> dict[int, set[Batch]]:
    """Values made in one epoch and asked for in a later one: they are computed before the state changes."""
    wanted: set[Batch] = set()
    epoch = 0
    for item in graph.root.items:
        if item is None:
            epoch += 1
        else:
            wanted |= {batch for batch in _asked(item) if batch.epoch < epoch}
    for batch in graph.batches:
        if batch.home is not None:
            wanted |= {needed for needed in batch.needs if needed.epoch < batch.epoch}
    found: dict[int, set[Batch]] = {}
    for batch in wanted:
        found.setdefault(batch.epoch, set()).add(batch)
    return found


def _kinds(code: Op, row: tuple[int, ...]) -> str:
    if code is Op.SKIP:
        return "t" * len(row)
    return "nni" + "int" * (len(row) // 3 - 1) if code is Op.DEAL else KINDS[code]


def _reads(runs: list[Run], rows: int) -> set[int]:
    """Which rows of the state a program reads."""
    found: set[int] = set()
    for code, groups in runs:
        for place, kind in enumerate(KINDS.get(code, "")):
            if kind in "nA":
                found.update(group[place] for group in groups if group[place] < rows)
    return found


def _place(graph: Graph, runs: list[Run], first: dict[str, int]) -> tuple[NDArray[np.int64], dict[str, int]]:
    """The register of every value, and how far the registers of each kind reach."""
    last = [0] * len(graph.owner)
    for place, (code, rows) in enumerate(runs):
        for row in rows:
            for kind, operand in zip(_kinds(code, row), row, strict=True):
                if operand >= VIRTUAL and kind not in "ib":
                    last[operand - VIRTUAL] = place
    places = [0] * len(graph.owner)
    free: dict[str, list[int]] = {"N": [], "T": [], "W": []}
    reach = {kind.upper(): place for kind, place in first.items()}
    ending: dict[int, list[tuple[str, int]]] = {}
    for place, (code, rows) in enumerate(runs):
        kind = KINDS[code][0] if code in KINDS else ""
        if kind in reach and rows[0][0] >= VIRTUAL:
            spare = free[kind]
            for row in rows:
                if spare:
                    register = spare.pop()
                else:
                    register, reach[kind] = reach[kind], reach[kind] + 1
                places[row[0] - VIRTUAL] = register
                ending.setdefault(last[row[0] - VIRTUAL], []).append((kind, register))
        for of_kind, register in ending.pop(place, ()):
            free[of_kind].append(register)
    return np.array(places, np.int64), {kind.lower(): place for kind, place in reach.items()}


def _encode(runs: list[Run], places: NDArray[np.int64], ends: dict[int, int]) -> NDArray[np.int32]:
    """Code, how many groups of operands, the groups; of a jump where it goes and its guards."""
    flat: list[int] = []
    named: list[bool] = []
    starts: list[int] = []
    jumps: list[tuple[int, int]] = []
    flags = {code: [kind not in "ib" for kind in kinds] for code, kinds in KINDS.items()}
    for place, (code, rows) in enumerate(runs):
        starts.append(len(flat))
        if code is Op.SKIP:
            jumps.append((len(flat) + 2, ends[place]))
            flat += [int(code), len(rows[0]), 0, *rows[0]]
            named += [False] * 3 + [True] * len(rows[0])
            continue
        flat += [int(code), len(rows)]
        named += [False, False]
        for row in rows:
            flat += row
            named += flags[code] if code in flags else [kind != "i" for kind in _kinds(code, row)]
    starts.append(len(flat))
    for at, place in jumps:
        flat[at] = starts[place]
    encoded = np.array(flat, np.int64)
    virtual = np.flatnonzero(np.array(named, np.bool_) & (encoded >= VIRTUAL))
    encoded[virtual] = places[encoded[virtual] - VIRTUAL]
    # Words of keys have 32 bits; those whose first bit is set are below nought here.
    return encoded.astype(np.uint32).view(np.int32)
