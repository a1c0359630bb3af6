"""Load and faults of the classroom: many pupils, the server killed in between, every acknowledged order counted.

    python benchmarks/classroom.py                 # 200 clients, 10 turns, three kill -9
    python benchmarks/classroom.py --json
    python benchmarks/classroom.py --clients 20 --turns 3 --kills 1 --most 1000

The server is a process of its own, killed as hard as a power cut at random moments and started again with --resume;
clients come back by themselves and ask again, with the same key, for what was not acknowledged. Exits 1 if an
acknowledged order is missing, a turn cannot be computed again, or the 95th percentile is above --most milliseconds.
`shown`: from an order to the desk on which it waits, which is made after the acknowledgement.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from game.classroom.opening import resume
from game.session import Game
from game.session.records import Resolved

SCENARIO, WORLDS = "bucharest_2008", 4
LINKED = re.compile(r"127\.0\.0\.1:(\d+)/teacher#t=([\w-]+)")
PIN = re.compile(r"PIN (\d{6})")
THINKING = 4.0
"""Seconds over which the pupils of a turn are spread; a lesson spreads them over four minutes."""


class Server:
    """The server's process."""

    def __init__(self, home: Path) -> None:
        self.home, self.log, self.told = home, home / "server.log", 0
        self.env = {**os.environ, "OPEN_DOOR_HOME": str(home), "PYTHONUNBUFFERED": "1", "CI": "true"}
        # A port of its own, so that nobody else takes it between a kill and the new start.
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    def start(self, *arguments: str) -> None:
        with self.log.open("a") as out:
            command = [sys.executable, "-m", "game.cli", "classroom", *arguments, "--no-browser"]
            self.process = subprocess.Popen([*command, "--port", str(self.port)], stdout=out, stderr=out, env=self.env)
        while True:
            text = self.log.read_text()
            found = LINKED.findall(text)
            if len(found) > self.told:
                self.told = len(found)
                self.token = found[-1][1]
                self.pin = PIN.findall(text)[-1]
                return
            if self.process.poll() is not None:
                raise SystemExit(f"the server ended:\n{text}")
            time.sleep(0.05)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Client:
    """A pupil or the teacher, who comes back after every break and asks again for what was not acknowledged."""

    def __init__(self, server: Server, first: dict[str, Any]) -> None:
        self.server, self.first = server, first
        self.line: ClientConnection | None = None
        self.open = asyncio.Event()
        self.asked: dict[str, tuple[str, asyncio.Future[bool]]] = {}
        self.sent: dict[str, float] = {}
        self.legal: list[str] | None = None
        self.me: dict[str, Any] = {}
        self.acknowledged: list[str] = []
        self.times: list[float] = []
        self.ordered: dict[str, float] = {}
        self.shown: list[float] = []
        self.refused = 0
        self.token = str(first.get("token", ""))
        self.task = asyncio.get_running_loop().create_task(self.run())

    async def run(self) -> None:
        while True:
            with suppress(OSError, WebSocketException, EOFError, TimeoutError):
                await self._stay()
            self.open.clear()
            self.line = None
            self.sent.clear()
            self.ordered.clear()
            await asyncio.sleep(0.3 + random.random())

    async def _stay(self) -> None:
        host = f"127.0.0.1:{self.server.port}"
        async with connect(
            f"ws://{host}/ws", origin=f"http://{host}", max_size=None, compression=None, open_timeout=30
        ) as line:
            self.line = line
            await line.send(json.dumps({"do": "hello", "token": self.token} if self.token else self.first))
            async for text in line:
                assert isinstance(text, str)
                if text.startswith(('{"is":"view"', '{"is":"public"', '{"is":"monitor"', '{"is":"scenario"')):
                    if not self.open.is_set() and self.token:
                        await self._again(line)
                    continue
                self._hear(json.loads(text))

    async def _again(self, line: ClientConnection) -> None:
        self.open.set()
        for text, _done in list(self.asked.values()):
            await line.send(text)

    def _hear(self, heard: dict[str, Any]) -> None:
        kind = heard["is"]
        if kind == "token":
            self.token = heard["token"]
        elif kind == "me":
            self.me = heard
        elif kind == "desk":
            self.legal = heard["open"]
            for one in heard["queue"]:
                if one["id"] in self.ordered:
                    self.shown.append(time.perf_counter() - self.ordered.pop(one["id"]))
        elif kind in ("ack", "no"):
            key = heard["key"]
            if key in self.asked:
                _text, done = self.asked.pop(key)
                if key in self.sent:
                    self.times.append(time.perf_counter() - self.sent.pop(key))
                if kind == "ack":
                    self.acknowledged.append(key)
                else:
                    self.refused += 1
                done.set_result(kind == "ack")

    async def ask(self, **what: Any) -> bool:
        key = f"{random.getrandbits(80):020x}"
        text = json.dumps({**what, "key": key})
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.asked[key] = (text, done)
        if self.open.is_set() and self.line is not None:
            self.sent[key] = time.perf_counter()
            if what["do"] == "order":
                self.ordered[what["order"]] = self.sent[key]
            with suppress(OSError, WebSocketException):
                await self.line.send(text)
        return await done


async def pupil_turn(client: Client, luck: random.Random) -> None:
    await asyncio.sleep(luck.random() * THINKING)
    while client.legal is None:
        await asyncio.sleep(0.1)
    if client.legal:  # else those who share the seat have used its orders up
        await client.ask(do="order", order=luck.choice(client.legal), why="as a benchmark does")
    await client.ask(do="say", to="teacher", text="on we go")
    await client.ask(do="done", done=True)


async def lesson(server: Server, clients: int, turns: int, kills: int, seed: int) -> dict[str, Any]:
    luck = random.Random(seed)
    random.seed(seed)
    teacher = Client(server, {"do": "hello", "token": server.token})
    await teacher.open.wait()
    await teacher.ask(do="settings", seats="deal", per_seat=8, check=False, minutes=0, auto=False)
    pupils = []
    for n in range(clients):
        first = {"do": "join", "pin": server.pin, "name": f"pupil {n}", "key": "join"}
        pupils.append(Client(server, first))
        if n % 20 == 19:
            await asyncio.gather(*(one.open.wait() for one in pupils))
    await asyncio.gather(*(one.open.wait() for one in pupils))
    await teacher.ask(do="stage", stage="play")
    dying = set(luck.sample(range(turns), kills))
    for turn in range(turns):
        playing = asyncio.gather(*(pupil_turn(one, luck) for one in pupils))
        if turn in dying:
            await asyncio.sleep(luck.random() * THINKING)
            server.kill()
            await asyncio.to_thread(server.start, "--resume")
            teacher.token = server.token
        await playing
        await teacher.ask(do="end_turn", world=0)
    server.kill()
    for one in (teacher, *pupils):
        one.task.cancel()
    times = sorted(t for one in pupils for t in one.times)
    shown = sorted(t for one in pupils for t in one.shown)
    return {
        "clients": clients,
        "turns": turns,
        "kills": kills,
        "acknowledged": sum(len(one.acknowledged) for one in pupils),
        "refused": sum(one.refused for one in pupils),
        "keys": [key for one in (teacher, *pupils) for key in one.acknowledged],
        "p50_ms": round(1000 * times[len(times) // 2], 1),
        "p95_ms": round(1000 * times[len(times) * 95 // 100], 1),
        "p99_ms": round(1000 * times[len(times) * 99 // 100], 1),
        "max_ms": round(1000 * times[-1], 1),
        "shown_p50_ms": round(1000 * shown[len(shown) // 2], 1) if shown else None,
        "shown_p95_ms": round(1000 * shown[len(shown) * 95 // 100], 1) if shown else None,
    }


def verify(home: Path, turns: int, keys: Sequence[str]) -> dict[str, Any]:
    """What is on the disk after the last kill: keys, turns, and whether each turn follows from its orders."""
    path = next((home / "classes").glob("*.class.db"))
    base = sqlite3.connect(path)
    kept = {row[0] for row in base.execute("SELECT key FROM journal WHERE key IS NOT NULL")}
    orders = base.execute("SELECT count(*) FROM journal WHERE kind = 'order'").fetchone()[0]
    base.close()
    opened = resume("", path.parent)
    opened.journal.close()
    wrong = 0
    for world in opened.klass.worlds:
        again = Game.new(world.scenario, world.seats, seed=world.real.seed, ruleset=world.ruleset)
        index = world.ruleset.catalogue.index
        for step in world.real.steps:
            assert isinstance(step.act, Resolved)
            again.play({seat: [index[text] for text in texts] for seat, texts in step.act.orders.items()})
        wrong += again.fingerprint != world.real.fingerprint or len(world.real.steps) != turns
    return {"missing": sum(key not in kept for key in keys), "orders_on_disk": orders, "worlds_that_differ": wrong}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--turns", type=int, default=10)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=float, default=200.0, help="highest p95 in milliseconds that passes")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        server = Server(home)
        began = time.perf_counter()
        server.start(SCENARIO, "--worlds", str(WORLDS))
        try:
            found = asyncio.run(lesson(server, given.clients, given.turns, given.kills, given.seed))
        finally:
            server.kill()
        found |= verify(home, given.turns, found.pop("keys"))
        found["seconds"] = round(time.perf_counter() - began, 1)
    if given.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name:20} {value}")
    bad = found["missing"] or found["worlds_that_differ"] or found["p95_ms"] > given.most
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
