"""Settings are kept, checked, and a broken file is named and left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.desktop.settings import Settings, Store


def test_settings_come_back(home: Path) -> None:
    store = Store()
    assert store.save(Settings().but(scale=1.2, palette="deutan", keys={**Settings().keys, "news": "y"})) == ""
    again = Store()
    assert again.fault == ""
    assert (again.settings.scale, again.settings.palette, again.settings.keys["news"]) == (1.2, "deutan", "y")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{", "JSON"),
        ("[]", "table"),
        ('{"scale": 9}', "scale"),
        ('{"scale": true}', "scale"),
        ('{"palette": "neon"}', "palette"),
        ('{"colour": 1}', "colour"),
        ('{"keys": {"news": "e"}}', "keys"),
        ('{"keys": {"fly": "y"}}', "fly"),
    ],
)
def test_a_broken_file_is_named_and_not_overwritten(home: Path, text: str, named: str) -> None:
    path = Store().path
    path.write_text(text, encoding="utf-8")
    store = Store()
    assert named in store.fault and str(path) in store.fault
    assert store.save(Settings().but(scale=1.1)) == store.fault
    assert path.read_text(encoding="utf-8") == text


def test_only_changed_keys_are_written(home: Path) -> None:
    store = Store()
    store.save(Settings())
    assert json.loads(store.path.read_text(encoding="utf-8"))["keys"] == {}


def test_a_wrong_change_is_refused() -> None:
    with pytest.raises(ValueError, match="scale"):
        Settings().but(scale=3.0)
