"""What a request comes to, decided before anything is changed: what is kept, and then what is shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from game.classroom.records import Entry
from game.classroom.world import Said
from game.session.logs import open_log

if TYPE_CHECKING:
    from game.classroom.room import Room

Show = Callable[[list[Said | None]], Awaitable[None] | None]


def _nothing(made: list[Said | None]) -> None:
    pass


@dataclass(frozen=True)
class Act:
    """entries: what to keep, all together. show: called with what `commit` made of each. found: the answer, if any."""

    entries: tuple[Entry, ...] = ()
    show: Show = _nothing
    found: dict[str, Any] | None = None


async def carry_out(room: Room, act: Act) -> dict[str, Any] | None:
    """Keep what was decided, show it, and return the answer. Raises StoreError if it could not be kept.

    Whatever goes wrong in showing is only logged: what is kept is to be acknowledged.
    """
    made = await room.commit(*act.entries) if act.entries else []
    try:
        shown = act.show(made)
        if shown is not None:
            await shown
    except Exception:
        open_log().exception("what is kept could not be shown: %s", ", ".join(entry.kind for entry in act.entries))
    return act.found
