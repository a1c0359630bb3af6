"""How the classroom is started: from the command line and from the window's menu, installed or not."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from game.classroom import command, start
from game.classroom.opening import begin
from game.classroom.store import Entry, class_names, classes_folder
from game.cli import app
from game.desktop import classroom as menu
from game.scenario import load


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["classroom", *arguments])


def test_without_its_packages_a_sentence_says_how_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    monkeypatch.setattr(menu, "find_spec", lambda name: None)
    told = run("bucharest_lesson")
    assert told.exit_code == 1 and "--extra classroom" in told.output
    assert "--extra classroom" in menu.open_class()


def test_the_menu_starts_a_server_that_outlives_the_window(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    asked: list[tuple[list[str], dict[str, Any]]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda arguments, **more: asked.append((arguments, more)))
    assert "browser" in menu.open_class()
    arguments, more = asked[0]
    assert arguments[-3:] == ["classroom", "bucharest_lesson", "--lan"]
    assert more.get("start_new_session") or more.get("creationflags")


def test_a_wrong_name_gets_the_nearest() -> None:
    told = run("bucharest_lessn")
    assert told.exit_code == 1 and "bucharest_lesson" in told.output


def test_nothing_to_go_on_with_or_to_delete(home: Path) -> None:
    assert "No class has been kept" in run("--resume").output
    told = run("--purge")
    assert told.exit_code == 1 and "Kept are: none" in told.output
    assert run("../../x", "--purge").exit_code == 1
    assert run("--list").output == ""
    assert run().exit_code == 2


def test_only_what_is_named_is_deleted_and_nothing_that_is_open(home: Path) -> None:
    opened = begin(load("bucharest_lesson"), 1, [])
    told = run("--purge")
    assert told.exit_code == 1 and opened.name in told.output
    for name in (opened.name, "all"):
        told = run(name, "--purge")
        assert told.exit_code == 1 and "is open" in told.output
    opened.journal.write([Entry("pin", {"pin": "1"})])
    opened.journal.close()
    assert class_names() == [opened.name]
    assert run(opened.name, "--purge").exit_code == 0
    assert class_names() == []


def test_a_damaged_class_can_be_deleted(home: Path) -> None:
    file = classes_folder() / "x-1-1.class.db"
    file.write_bytes(b"not a database at all" * 100)
    assert run("x-1-1", "--purge").exit_code == 0
    assert not file.exists()


@pytest.mark.parametrize(("display", "opens"), [("", False), (":9", True)])
def test_no_browser_is_opened_without_a_display(monkeypatch: pytest.MonkeyPatch, display: str, opens: bool) -> None:
    monkeypatch.setattr(start.sys, "platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    assert start.has_display() is opens
