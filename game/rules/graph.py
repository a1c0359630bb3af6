"""What a program computes, row by row: values of operations on rows of 64 games, each made once, and deeds in order.

A value is (operation, operands) and is known by a number; an equal value is the same value until the state changes
(`barrier`). Deeds change rows with a fixed place. A region holds deeds that need not be done where none of its
guards holds in any game: what only such deeds ask for is then not computed either. `assemble` makes numbers of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from game.rules.codes import FALSE, KINDS, TRUE, Op

VIRTUAL = 1 << 24
"""Numbers from here on are values; those below are rows or words with a fixed place."""

Wanted = int | tuple[int, ...]
"""A value that is known, or (operation, operands…)."""


class Batch:
    """Values of one operation that were asked for together. rows: (value, operands…) of each."""

    __slots__ = ("code", "epoch", "home", "needs", "place", "rows")

    def __init__(self, code: Op, place: int, epoch: int) -> None:
        self.code, self.place, self.epoch = code, place, epoch
        self.rows: list[tuple[int, ...]] = []
        self.needs: set[Batch] = set()
        self.home: Region | None = None


class Deed:
    """Operations on rows with a fixed place, done in order."""

    __slots__ = ("code", "needs", "rows")

    def __init__(self, code: Op, rows: list[tuple[int, ...]], needs: set[Batch]) -> None:
        self.code, self.rows, self.needs = code, rows, needs


class Region:
    """Deeds that are left out where no guard holds. outside: what they need that is computed outside."""

    __slots__ = ("depth", "epoch", "guards", "items", "needs", "outside", "parent")

    def __init__(self, parent: Region | None, guards: Sequence[int], needs: set[Batch], epoch: int) -> None:
        self.parent, self.guards, self.needs, self.epoch = parent, tuple(guards), needs, epoch
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.items: list[Deed | Region | None] = []
        self.outside: set[Batch] = set()


class Graph:
    """Values and deeds under construction."""

    def __init__(self) -> None:
        self.root = self.here = Region(None, (), set(), -1)
        self.batches: list[Batch] = []
        self.owner: list[Batch] = []
        self.known: dict[tuple[int, ...], int] = {}
        self.constant: dict[int, int] = {}
        self.epoch = 0

    # -- values ------------------------------------------------------------------------------------

    def make(self, wanted: Sequence[Wanted]) -> list[int]:
        """Values for what is wanted; what is known already is not made again."""
        known, owner = self.known, self.owner
        found: list[int] = []
        fresh: dict[int, Batch] = {}
        for one in wanted:
            if isinstance(one, int):
                found.append(one)
                continue
            value = known.get(one)
            if value is None:
                value = known[one] = VIRTUAL + len(owner)
                code = Op(one[0])
                batch = fresh.get(code)
                if batch is None:
                    batch = fresh[code] = Batch(code, len(self.batches), self.epoch)
                    self.batches.append(batch)
                owner.append(batch)
                batch.rows.append((value, *one[1:]))
                for kind, operand in zip(KINDS[code][1:], one[1:], strict=True):
                    if operand >= VIRTUAL and kind in "ntw":
                        batch.needs.add(owner[operand - VIRTUAL])
                if code is Op.CONST:
                    self.constant[value] = one[1]
            found.append(value)
        return found

    def number(self, value: int) -> int:
        """A constant."""
        return self.make([(Op.CONST, value)])[0]

    def add(self, x: int, y: int) -> Wanted:
        a, b = self.constant.get(x), self.constant.get(y)
        if a is not None:
            x, y, a, b = y, x, b, a
        if b is None:
            return (Op.ADD, min(x, y), max(x, y))
        return x if b == 0 else (Op.ADD_CONST, x, b) if a is None else (Op.CONST, a + b)

    def add_times(self, x: int, y: int, factor: int) -> Wanted:
        """x + factor × y."""
        b = self.constant.get(y)
        if b is not None:
            return self.add(x, self.number(b * factor))
        return self.add(x, y) if factor == 1 else (Op.SUB, x, y) if factor == -1 else (Op.ADD_TIMES, x, y, factor)

    def add_if(self, x: int, held: int, amount: int) -> Wanted:
        """x, and the amount more where a truth holds."""
        if held == FALSE or amount == 0:
            return x
        if held == TRUE:
            return self.add(x, self.number(amount))
        a = self.constant.get(x)
        return (Op.ADD_IF, x, held, amount) if a is None else (Op.PICK, held, a + amount, a)

    def times(self, x: int, y: int) -> Wanted:
        a, b = self.constant.get(x), self.constant.get(y)
        if a is not None:
            x, y, a, b = y, x, b, a
        if b is None:
            return (Op.PRODUCT, min(x, y), max(x, y))
        if a is not None:
            return (Op.CONST, a * b)
        return x if b == 1 else y if b == 0 else (Op.TIMES_CONST, x, b)

    def keep(self, x: int, held: int) -> Wanted:
        """x where a truth holds, else nought."""
        if held in (TRUE, FALSE):
            return x if held == TRUE else self.number(0)
        a = self.constant.get(x)
        return (Op.KEEP, x, held) if a is None else (Op.PICK, held, a, 0) if a else x

    def extreme(self, x: int, y: int, most: bool) -> Wanted:
        a, b = self.constant.get(x), self.constant.get(y)
        if a is not None:
            x, y, a, b = y, x, b, a
        if b is None:
            return x if x == y else (Op.MOST if most else Op.LEAST, min(x, y), max(x, y))
        if a is None:
            return (Op.MOST_CONST if most else Op.LEAST_CONST, x, b)
        return (Op.CONST, max(a, b) if most else min(a, b))

    def both(self, x: int, y: int) -> Wanted:
        if x == y or y == TRUE:
            return x
        if x == TRUE:
            return y
        return FALSE if FALSE in (x, y) else (Op.AND, min(x, y), max(x, y))

    def either(self, x: int, y: int) -> Wanted:
        if x == y or y == FALSE:
            return x
        if x == FALSE:
            return y
        return TRUE if TRUE in (x, y) else (Op.OR, min(x, y), max(x, y))

    def opposite(self, x: int) -> Wanted:
        return {TRUE: FALSE, FALSE: TRUE}.get(x, (Op.NOT, x))

    # -- deeds -------------------------------------------------------------------------------------

    def behind(self, values: Sequence[int]) -> set[Batch]:
        """What values were made by."""
        return {self.owner[value - VIRTUAL] for value in values if value >= VIRTUAL}

    def do(self, code: Op, rows: Sequence[tuple[int, ...]], needs: set[Batch] | None = None) -> None:
        """Operations on rows with a fixed place. needs: what their operands were made by, if they are not the usual."""
        if not rows:
            return
        if needs is None:
            kinds = [place for place, kind in enumerate(KINDS[code]) if kind in "ntw"]
            needs = self.behind([row[place] for row in rows for place in kinds])
        self.here.items.append(Deed(code, list(rows), needs))

    @contextmanager
    def where(self, guards: Sequence[int]) -> Iterator[None]:
        """Deeds that are needed only where one of the guards holds in some game."""
        if TRUE in guards:
            yield
            return
        outer, distinct = self.here, sorted(set(guards) - {FALSE})
        self.here = Region(outer, distinct or [FALSE], self.behind(distinct), self.epoch)
        yield
        if self.here.items:
            outer.items.append(self.here)
        self.here = outer

    def barrier(self) -> None:
        """The state changes: what was computed before stays, but the same operation gives another value."""
        assert self.here is self.root
        self.known.clear()
        self.constant.clear()
        self.epoch += 1
        self.root.items.append(None)
