"""Every test runs in a home of its own, without network, without a display."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from game.rules import Ruleset, compile_rules
from game.scenario import Scenario, load

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
# What tests compile is compiled in that test, and not written to the disk; those of the shelf switch it on.
os.environ["OPEN_DOOR_CACHE"] = "0"

DATA = Path(__file__).parent / "data"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With NOTHING_SKIPPED in the environment a skipped test fails the run: there everything is installed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("NOTHING_SKIPPED") and reporter is not None and reporter.stats.get("skipped"):
        for report in reporter.stats["skipped"]:
            reporter.write_line(f"skipped: {report.nodeid}: {report.longrepr}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def tiny() -> Scenario:
    """The small scenario of the tests."""
    return load(DATA / "tiny.yaml")


@pytest.fixture(scope="session")
def tiny_rules(tiny: Scenario) -> Ruleset:
    return compile_rules(tiny.book)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """`OPEN_DOOR_HOME` in a folder of the test's own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("OPEN_DOOR_HOME", str(folder))
    yield folder


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to connect is an error; local sockets of the operating system stay."""

    def refuse(self: socket.socket, address: object, *rest: object) -> NoReturn:
        raise RuntimeError(f"a test tried to connect to {address!r}")

    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object, *rest: object) -> object:
        if self.family == getattr(socket, "AF_UNIX", None):
            return connect(self, address)  # type: ignore[arg-type]
        return refuse(self, address, *rest)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded)
