"""When turns end: by the clock, by everybody's handing in, by the teacher."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from game.classroom.act import Act, carry_out
from game.classroom.klass import Clock
from game.classroom.records import ClockSet, Entry, TurnEnded
from game.classroom.room import Room

LEAST_AFTER_CRASH = 30.0
"""Seconds that a clock is left with."""


def ending(room: Room, turns: Mapping[int, int], key: str | None = None) -> list[Entry]:
    """The entries that end these turns, by world; none for a world that has gone on, or is over.

    A turn's end is a pure function of the journal so far: between this and `commit` nothing is awaited, so that
    no other end and no order comes between. key: of the teacher's request, so that asking twice ends one turn.
    """
    klass = room.klass
    at = {one.number: one.game.turn for one in klass.worlds if not klass.over(one.number)}
    ends = [world for world, turn in turns.items() if at.get(world) == turn]
    if not ends:
        return []
    entries: list[Entry] = [klass.world(one).resolve(klass.held(one, room.here)) for one in ends]
    entries[0] = entries[0].model_copy(update={"key": key})
    # The clock is the whole class's: it begins anew when the last of the worlds that were behind has gone on.
    waited_for = {*ends, *(one.number for one in klass.peopled if one.number in at)}
    slowest = min(at[world] for world in waited_for)
    gone_on = all(world in ends for world in waited_for if at[world] == slowest)
    if gone_on and klass.clock != Clock() and klass.settings.minutes:
        entries.append(full_clock(room, running=klass.clock.until is not None))
    return entries


async def ended(room: Room, entries: Iterable[Entry]) -> None:
    """Show the turns that have ended, and stop the clock when there are no more."""
    klass = room.klass
    if klass.clock != Clock() and all(klass.over(one.number) for one in klass.peopled):
        await room.commit(ClockSet())
    for entry in entries:
        if isinstance(entry, TurnEnded):
            room.later(room.show_views(entry.world))
    room.projector()
    room.monitor()


def full_clock(room: Room, running: bool) -> ClockSet:
    """A clock with a turn's whole time; it stands while the game is frozen."""
    seconds = 60.0 * room.klass.settings.minutes
    return ClockSet(until=room.now() + seconds) if running and not room.klass.frozen else ClockSet(left=seconds)


async def maybe_end(room: Room, world: int) -> None:
    """End the turn when every seat with somebody in it has handed in."""
    klass = room.klass
    if not klass.settings.auto or not klass.ordering or klass.over(world):
        return
    held = klass.held(world, room.here)
    game = klass.world(world).game
    if held and set(held) <= game.handed_in:
        entries = ending(room, {world: game.turn})
        await carry_out(room, Act(tuple(entries), lambda made: ended(room, entries)))


async def tick(room: Room) -> None:
    """Once a second: when the clock has run out, the turns end with what was ordered."""
    klass = room.klass
    until = klass.clock.until
    if until is None or room.now() < until or not klass.ordering or room.broken:
        return
    entries = ending(room, {world.number: world.game.turn for world in klass.peopled})
    if not entries or not klass.settings.minutes:
        entries.append(ClockSet())

    async def show(made: object) -> None:
        await ended(room, entries)
        for world in klass.worlds:
            room.show_state(world.number)

    await carry_out(room, Act(tuple(entries), show))


def pause_after_crash(room: Room) -> list[Entry]:
    """A clock that ran when the power went stands where it was."""
    clock: Clock = room.klass.clock
    if clock.until is None:
        return []
    left = max(LEAST_AFTER_CRASH, clock.until - room.klass.last)
    return [ClockSet(left=left)]
