"""`OPEN_DOOR_HOME`, the log, languages, and no network."""

from __future__ import annotations

import logging
import socket
import struct
from pathlib import Path

import pytest

from game import text
from game.scenario import Scenario
from game.session import home as homes
from game.session.logs import SIZE, open_log


def test_the_home_moves_everything(home: Path) -> None:
    for path in (homes.saves_folder(), homes.settings_file(), homes.logs_folder()):
        assert path.is_relative_to(home)


def test_without_it_the_platforms_own_folders_are_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(homes.VARIABLE)
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_args, **_more: str(tmp_path / "data"))
    monkeypatch.setattr("platformdirs.user_log_dir", lambda *_args, **_more: str(tmp_path / "log"))
    monkeypatch.setattr("platformdirs.user_config_dir", lambda *_args, **_more: str(tmp_path / "config"))
    assert homes.saves_folder() == tmp_path / "data" / "saves"
    assert homes.logs_folder() == tmp_path / "log"
    assert homes.settings_file() == tmp_path / "config" / "settings.json"


def test_a_home_with_spaces_and_letters_of_any_script(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(homes.VARIABLE, str(tmp_path / "Мој дом č"))
    assert homes.saves_folder().is_dir()


def test_the_log_is_written_and_rotates(home: Path) -> None:
    log = open_log()
    assert open_log() is log
    for _line in range(8):
        log.info("č" * (SIZE // 10))
    files = sorted(path.name for path in homes.logs_folder().iterdir())
    assert files[:2] == ["open-door.log", "open-door.log.1"]
    assert "INFO" in (home / "logs" / "open-door.log").read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_costs_only_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv(homes.VARIABLE, str(tmp_path / "file"))
    log = open_log()
    log.info("nowhere")
    assert isinstance(log, logging.Logger)


def test_a_connection_is_refused_in_tests() -> None:
    with pytest.raises(RuntimeError, match="connect"):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)


# -- languages ---------------------------------------------------------------------------------------------


def catalogue(folder: Path, language: str, messages: dict[str, str]) -> None:
    """A compiled gettext catalogue."""
    entries = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **messages}.items())
    ids = [key.encode() for key, _ in entries]
    texts = [value.encode() for _, value in entries]
    place = 28 + 16 * len(entries)
    tables: list[list[int]] = []
    data = b""
    for strings in (ids, texts):
        table = []
        for string in strings:
            table += [len(string), place + len(data)]
            data += string + b"\0"
        tables.append(table)
    head = struct.pack("<7I", 0x950412DE, 0, len(entries), 28, 28 + 8 * len(entries), 0, 0)
    body = b"".join(struct.pack(f"<{len(table)}I", *table) for table in tables)
    target = folder / language / "LC_MESSAGES"
    target.mkdir(parents=True)
    (target / f"{text.DOMAIN}.mo").write_bytes(head + body + data)


def test_a_catalogue_translates_sentences_and_texts_of_a_rulebook(tiny: Scenario, tmp_path: Path) -> None:
    messages = {"The game is over.": "Igra je gotova.", "actions.gesture.title": "Ljubazan gest"}
    catalogue(tmp_path, "hr", messages)
    assert text.languages(tmp_path) == ["en", "hr"]
    assert text.rulebook(tiny.book, "actions", "gesture", "title") == "Make a friendly gesture"
    text.set_language("hr", tmp_path)
    try:
        assert text._("The game is over.") == "Igra je gotova."
        assert text.rulebook(tiny.book, "actions", "gesture", "title") == "Ljubazan gest"
        assert text.rulebook(tiny.book, "actions", "reform", "title") == "Reform the state"
        assert text._("Nobody translated this.") == "Nobody translated this."
    finally:
        text.set_language(None)
    assert text._("The game is over.") == "The game is over."


def test_parts_of_a_rulebook_have_keys_of_their_own(tiny: Scenario) -> None:
    assert text.rulebook(tiny.book, "events", "clash.protest", "title") == "Protest"
    assert text.rulebook(tiny.book, "ladders", "membership.partner", "title") == "Partner"
    assert text.rulebook(tiny.book, "actions", "no_such_action", "title") == ""


@pytest.mark.parametrize(("count", "said"), [(0, "0 orders left"), (1, "1 order left"), (2, "2 orders left")])
def test_counts_take_their_form(count: int, said: str) -> None:
    assert text.several("{count} order left", "{count} orders left", count) == said
