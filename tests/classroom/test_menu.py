"""A class opened, shown and ended from the window."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from app_fixtures import app, click, display, home

from game.classroom.store import classes_folder
from game.desktop import classroom as menu
from game.desktop.app import App

__all__ = ["app", "click", "display", "home"]


class Server:
    """A process that runs until it is told to end."""

    def __init__(self, arguments: list[str], **more: Any) -> None:
        self.arguments, self.more, self.status = arguments, more, None

    def poll(self) -> int | None:
        return self.status

    def terminate(self) -> None:
        self.status = -15

    def wait(self, seconds: float = 0) -> int | None:
        return self.status


def test_the_window_opens_one_class_at_a_time_and_ends_it(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    asked: list[Server] = []

    def popen(*given: Any, **more: Any) -> Server:
        asked.append(Server(*given, **more))
        return asked[-1]

    monkeypatch.setattr(subprocess, "Popen", popen)
    host = menu.Host()
    assert "browser" in host.open("floods_2014")
    assert asked[0].arguments[-2:] == ["classroom", "floods_2014"], "only this machine, unless asked"
    assert asked[0].more.get("start_new_session") or asked[0].more.get("creationflags")
    assert "open already" in host.open("floods_2014") and len(asked) == 1 and host.runs
    host.stop()
    assert not host.runs and "kept" in host.told
    host.open(resume=True, lan=True)
    assert asked[1].arguments[-3:] == ["classroom", "--resume", "--lan"]
    asked[1].status = 1
    assert not host.runs and "log" in host.told, "it failed by itself"
    host.open()
    host.close()
    assert asked[2].status == -15 and not host.runs


def test_the_window_offers_the_scenarios_with_notes_for_teachers() -> None:
    offered = [lesson.id for lesson in menu.lessons()]
    assert offered[0] == menu.LESSON and "floods_2014" in offered and "bucharest_2008" not in offered


def test_the_classroom_of_the_window(monkeypatch: pytest.MonkeyPatch, app: App, click: Callable[[str], None]) -> None:
    asked: list[Server] = []

    def popen(*given: Any, **more: Any) -> Server:
        asked.append(Server(*given, **more))
        return asked[-1]

    monkeypatch.setattr(subprocess, "Popen", popen)
    app.settle()
    click("menu:graduation")
    assert app.screen.name == "classroom" and not asked, "nothing is started before it is chosen"
    click("lesson:floods_2014")
    click("class:resume")
    assert not asked, "there is none to go on with"
    click("class:lan")
    click("class:open")
    assert [one.arguments[-3:] for one in asked] == [["classroom", "floods_2014", "--lan"]]
    app.back()
    click("menu:graduation")
    assert app.settle() and app.top.ui.node("class:open") is None, "the one that runs is shown"
    click("class:stop")
    assert asked[0].status == -15
    (classes_folder() / "x-1-1.class.db").touch()
    app.back()
    click("menu:graduation")
    click("class:resume")
    assert asked[1].arguments[-2:] == ["classroom", "--resume"]
    click("class:stop")
    assert not menu.HOST.runs
