"""A class served by a process of its own, as a teacher starts it, and lines to it."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

TOKEN = re.compile(r"(http://127\.0\.0\.1:(\d+)/teacher#t=([\w-]+))")
PIN = re.compile(r"PIN (\d{6})")
LONGEST = 90.0


def free_port() -> int:
    """A port that no other class takes between a kill and going on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """A running server. `kill` is as hard as a power cut; `again` goes on with the class on the same port."""

    def __init__(self, home: Path, scenario: str = "tutorial", *options: str, port: int = 0) -> None:
        self.home, self.options = home, options
        self.env = {**os.environ, "OPEN_DOOR_HOME": str(home), "CI": "true", "PYTHONUNBUFFERED": "1"}
        self.log = home / "server.log"
        self._start(scenario, *options, "--port", str(port or free_port()))

    def _start(self, *arguments: str) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        with self.log.open("a") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "game.cli", "classroom", *arguments, "--no-browser"],
                stdout=out,
                stderr=out,
                env=self.env,
            )
        began, seen = time.monotonic(), len(TOKEN.findall(self._text())) if self.process.poll() else 0
        while True:
            text = self._text()
            found = TOKEN.findall(text)
            if len(found) > getattr(self, "_told", seen):
                self.console, port, self.token = found[-1]
                self.port = int(port)
                self.pin = PIN.findall(text)[-1]
                self._told = len(found)
                break
            assert self.process.poll() is None, text
            assert time.monotonic() - began < LONGEST, text
            time.sleep(0.05)
        while True:
            try:
                self.line("projector").close()
                return
            except OSError:
                assert time.monotonic() - began < LONGEST, self._text()
                time.sleep(0.05)

    def _text(self) -> str:
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def base(self) -> str:
        return f"http://{self.host}"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def again(self) -> None:
        self._start("--resume", "--port", str(self.port), *(("--lan",) if "--lan" in self.options else ()))

    def socket(self, **more: Any) -> ClientConnection:
        return connect(f"ws://{self.host}/ws", origin=self.base, max_size=None, **more).__enter__()  # type: ignore[arg-type]

    def line(self, token: str) -> Client:
        return Client(self.socket(), {"do": "hello", "token": token})

    def teacher(self) -> Client:
        return self.line(self.token)

    def join(self, name: str, pin: str = "") -> Client:
        return Client(self.socket(), {"do": "join", "pin": pin or self.pin, "name": name, "key": "join"})


class Client:
    """One line, read as far as a test needs. raw: every frame that came."""

    _keys = itertools.count()

    def __init__(self, socket: ClientConnection, first: dict[str, Any]) -> None:
        self.socket = socket
        self.raw: list[str] = []
        self.last: dict[str, dict[str, Any]] = {}
        self.token = str(first.get("token", ""))
        socket.send(json.dumps(first))

    def hear(self, seconds: float = 10.0) -> dict[str, Any]:
        """The next message. Raises TimeoutError, ConnectionClosed."""
        text = self.socket.recv(timeout=seconds)
        assert isinstance(text, str)
        self.raw.append(text)
        heard: dict[str, Any] = json.loads(text)
        self.last[heard["is"]] = heard
        if heard["is"] == "token":
            self.token = heard["token"]
        return heard

    def wait(self, kind: str, seconds: float = 60.0, **wanted: Any) -> dict[str, Any]:
        """Read on until a message of a kind comes with these values."""
        end = time.monotonic() + seconds
        while True:
            heard = self.hear(max(0.05, end - time.monotonic()))
            if heard["is"] == kind and all(heard.get(name) == value for name, value in wanted.items()):
                return heard

    def see(self, kind: str, seconds: float = 60.0, **wanted: Any) -> dict[str, Any]:
        """The last message of a kind if it has these values, else the next one that does."""
        last = self.last.get(kind, {})
        if last and all(last.get(name) == value for name, value in wanted.items()):
            return last
        return self.wait(kind, seconds, **wanted)

    def ask(self, do: str, key: str = "", **what: Any) -> dict[str, Any]:
        """Ask for something; the acknowledgement or the refusal."""
        key = key or f"k{next(self._keys)}"
        self.socket.send(json.dumps({"do": do, "key": key, **what}))
        end = time.monotonic() + 60
        while True:
            heard = self.hear(max(0.05, end - time.monotonic()))
            if heard["is"] in ("ack", "no") and heard.get("key") == key:
                return heard

    def ok(self, do: str, **what: Any) -> None:
        heard = self.ask(do, **what)
        assert heard["is"] == "ack", heard

    def quiet(self, seconds: float = 0.6) -> None:
        """Read whatever comes until nothing has for a while."""
        while True:
            try:
                self.hear(seconds)
            except TimeoutError:
                return

    def close(self) -> None:
        self.socket.close()
