from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the classroom's packages are not installed")
pytest.importorskip("uvicorn")
pytest.importorskip("websockets")
pytest.importorskip("segno")

from classroom.served import Served


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A class of the tutorial's scenario, for attacks that leave it as it is."""
    server = Served(tmp_path_factory.mktemp("class"), "bucharest_lesson")
    yield server
    server.stop()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    """A class of its own."""
    server = Served(tmp_path / "home", "bucharest_lesson")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright."""
    from classroom.pages import CHROMIUM, sync_api

    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine's loopback can be reached."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        inside = self.family == getattr(socket, "AF_UNIX", None) or str(address[0]) in ("127.0.0.1", "::1", "localhost")
        if not inside and self.type != socket.SOCK_DGRAM:
            raise RuntimeError(f"a test tried to connect to {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
