"""A store of what was used most recently, bounded by what it costs to keep."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Holds values up to `room` in total by `cost`; the least recently used go first, the newest always stays."""

    def __init__(self, room: int, cost: Callable[[T], int]) -> None:
        self._room, self._cost, self._used = room, cost, 0
        self._kept: OrderedDict[Hashable, T] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def used(self) -> int:
        """What all that is held costs."""
        return self._used

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value under `key`, made when it is not there."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        made = self._kept[key] = make()
        self._used += self._cost(made)
        while self._used > self._room and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._used -= self._cost(gone)
        return made

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._used = 0
