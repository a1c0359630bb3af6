"""How the classroom is started: from the command line and from the window's menu, installed or not."""

from __future__ import annotations

import os
import socket
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from typer.testing import CliRunner

from game.classroom import command, start
from game.classroom.opening import begin
from game.classroom.records import PinMade
from game.classroom.store import class_names, classes_folder
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
    assert "--extra classroom" in menu.Host().open()


def test_the_teachers_link_from_the_menu_is_in_the_browser_and_in_no_file(
    monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path
) -> None:
    """As the menu starts it, with a browser that only writes down what it was asked to show."""
    shown = tmp_path / "shown"
    browser = tmp_path / "browser"
    browser.write_text(
        f'#!/bin/sh\necho "no browser for $1" >&2\nprintf %s "$1" > {shown}.part && mv {shown}.part {shown}\n'
    )
    browser.chmod(0o700)
    old = home / "logs" / "classroom.log"
    old.parent.mkdir(parents=True, exist_ok=True)
    old.write_text("Your console: http://127.0.0.1:1/teacher#t=of-an-earlier-version")
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.delenv("CI", raising=False)
    window = menu.Host()
    assert "browser" in window.open()
    server = window.process
    assert server is not None
    try:
        wait_for(lambda: shown.exists() or server.poll() is not None)
        link = shown.read_text()
        host, token = link.removeprefix("http://").split("/teacher#t=")
        wait_for(lambda: reached(host))
    finally:
        window.close()
    assert server.poll() is not None and not reached(host), "it has ended with the window"
    files = [file for file in home.rglob("*") if file.is_file()]
    assert {"open-door.log"} == {file.name for file in files if file.parent == old.parent}
    assert all(token.encode() not in file.read_bytes() and b"#t=" not in file.read_bytes() for file in files)
    assert f":{host.split(':')[1]}" in (old.parent / "open-door.log").read_text("utf-8"), "how to find the class again"


@pytest.mark.parametrize(
    ("terminal", "opens", "told"), [(True, True, True), (False, True, False), (False, False, True), (True, False, True)]
)
def test_the_teachers_link_is_told_where_somebody_reads_it_or_nothing_else_has_it(
    monkeypatch: pytest.MonkeyPatch, home: Path, terminal: bool, opens: bool, told: bool
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(start, "has_display", lambda: True)
    monkeypatch.setattr(start, "at_terminal", lambda: terminal)
    monkeypatch.setattr(webbrowser, "open", lambda link: bool(asked.append(link)) or opens)
    monkeypatch.setattr(uvicorn, "run", lambda *given, **more: None)
    said: list[str] = []
    start.serve(start.Plan("bucharest_lesson"), said.append)
    (link,) = asked
    text = "\n".join(said)
    assert (link in text) is told and ("#t=" in text) is told
    assert "PIN" in text and "--resume" in text


def test_why_a_class_does_not_open_is_in_the_log_where_nobody_reads_what_is_said(home: Path) -> None:
    run("bucharest_lessn")
    assert "bucharest_lessn" in (home / "logs" / "open-door.log").read_text("utf-8")


def wait_for(done: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def reached(host: str) -> bool:
    name, port = host.split(":")
    with socket.socket() as probe:
        return probe.connect_ex((name, int(port))) == 0


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
    opened.journal.write([PinMade(pin="1")])
    opened.journal.close()
    assert class_names() == [opened.name]
    assert run(opened.name, "--purge").exit_code == 0
    assert class_names() == []


def test_the_class_that_was_written_last_is_the_newest_also_after_a_power_cut(home: Path) -> None:
    """Until a class is closed, what it writes goes into the file beside its own."""
    cut, later = (classes_folder() / f"bucharest_lesson-20260301-{end}.class.db" for end in ("1a2b", "3c4d"))
    for file, at in ((cut, 1000), (later, 2000), (cut.with_name(f"{cut.name}-wal"), 3000)):
        file.touch()
        os.utime(file, (at, at))
    assert class_names() == [file.name.removesuffix(".class.db") for file in (cut, later)]


def test_a_class_that_is_open_is_not_gone_on_with_and_the_reason_is_plain(home: Path) -> None:
    opened = begin(load("bucharest_lesson"), 1, [])
    for name in ((), (opened.name,)):
        told = run(*name, "--resume")
        assert told.exit_code == 1 and f"The class '{opened.name}' is open." in told.output
        assert "locked" not in told.output
    opened.journal.write([PinMade(pin="1")])
    opened.journal.close()


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
