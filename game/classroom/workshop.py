"""What is worked out of a class while it goes on: desks and views as they are sent, forecasts, tables, the debrief.

Desks and views are made in a process of their own, all else in one other thread; both see the class as it stood when
they were asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from typing import TypeVar

from game.classroom import views
from game.classroom.helper import Helper, desk_text, view_text
from game.classroom.klass import Klass
from game.classroom.line import text_of
from game.session import Game
from game.session.logs import open_log

T = TypeVar("T")


class Workshop:
    """Makes each text once for what it shows, however many ask for it."""

    def __init__(self, klass: Klass) -> None:
        self.klass = klass
        self.scenario = text_of({"is": "scenario", **views.scenario_json(klass.scenario)})
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="views")
        self._helper: Helper | None = None
        self._made: dict[tuple[int, str, bool], tuple[object, str]] = {}
        self._making: dict[tuple[int, str, bool], tuple[object, asyncio.Future[str]]] = {}
        self._roles: dict[tuple[int, str], tuple[object, str]] = {}

    def start(self) -> Helper:
        """Begin the process that makes desks and views, unless it runs."""
        if self._helper is None:
            scenario = self.klass.scenario
            self._helper = Helper(scenario.text, scenario.id, self.klass.seed)
        return self._helper

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self._helper is not None:
            self._helper.close()

    def forget(self) -> None:
        """Make every view and desk anew."""
        self._made.clear()

    async def reckon(self, work: Callable[[Klass], T]) -> T:
        """Have something worked out in the other thread, from the class as it stands now: it goes on meanwhile."""
        still = self.klass.snapshot()
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, still)

    async def view(self, world: int, seat: str) -> str:
        """A seat's view of the turn and its orders as sent, or the public one (""); made once for each turn."""
        return await self._text(world, seat, desk=False)

    async def desk(self, world: int, seat: str) -> str:
        """A seat's desk as sent; made once for what waits on it."""
        return await self._text(world, seat, desk=True)

    def role(self, world: int, seat: str) -> str:
        """A seat's role card as sent; made once for each turn, as names may change with the date."""
        at, place = self._position(world), (world, seat)
        known = self._roles.get(place)
        if known is None or known[0] != at:
            card = {"is": "role", **views.role_json(self.klass.world(world).game, seat)}
            known = self._roles[place] = (at, text_of(card))
        return known[1]

    def _position(self, world: int) -> object:
        held = self.klass.world(world)
        return (len(held.game.log), held.game is held.real)

    async def _text(self, world: int, seat: str, desk: bool) -> str:
        at: object = self._position(world)
        if desk:
            at = (at, tuple(self.klass.world(world).game.queue(seat)))
        place = (world, seat, desk)
        known = self._made.get(place)
        if known is not None and known[0] == at:
            return known[1]
        making = self._making.get(place)
        if making is None or making[0] != at:
            # Taken now: an order that comes before the work begins must not be in what is kept for this queue.
            game = self.klass.world(world).snapshot().game
            making = (at, asyncio.ensure_future(self._make(game, world, seat, desk)))
            self._making[place] = making
        try:
            text = await asyncio.shield(making[1])
        finally:
            if self._making.get(place) is making and making[1].done():
                del self._making[place]
        self._made[place] = (at, text)
        return text

    async def _make(self, game: Game, world: int, seat: str, desk: bool) -> str:
        """In the helper's process; in this one's other thread when that has died. game: a snapshot."""
        held = self.klass.world(world)
        queue = game.queue(seat) if desk else None
        game.queues = {seat: list(queue)} if queue is not None else {}
        helper = self.start()
        try:
            return await asyncio.wrap_future(helper.ask(game, world, held.game is held.practice, seat, queue))
        except (BrokenExecutor, OSError) as fault:
            open_log().warning("the helper has died: %s", fault)
            if self._helper is helper:
                self._helper = None
            return await self.reckon(lambda _klass: desk_text(game, seat) if desk else view_text(game, world, seat))
