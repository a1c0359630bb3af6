"""Saves: whole, checked, atomic, replayable; any fault is named and nothing is overwritten."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.rules import Ruleset
from game.scenario import Scenario, load
from game.session import (
    Difference,
    Game,
    Known,
    SaveError,
    autosave,
    backups,
    fresh_game,
    load_game,
    read_game,
    replay,
    save_game,
    save_path,
    saved_games,
)
from game.session.save import Save, _checksum, _spelling, decode, encode
from game.session.saving import save_of


@pytest.fixture
def known(tiny: Scenario, tiny_rules: Ruleset) -> Known:
    return Known(tiny, tiny_rules)


@pytest.fixture
def game(tiny: Scenario, tiny_rules: Ruleset) -> Game:
    game = Game.new(tiny, ["arda"], seed=5, computers={"league": "random"}, ruleset=tiny_rules)
    for text in ("arda.gesture.belen", "arda.reform", "arda.threaten.belen"):
        game.submit("arda", game.order(text))
        game.end_turn()
    game.submit("arda", game.order("arda.sign_treaty.water_treaty"))
    return game


def test_a_save_brings_the_game_back_with_its_waiting_orders(game: Game, tmp_path: Path) -> None:
    path = tmp_path / "Übung mit Leerzeichen č.opendoor.json"
    save_game(game, path)
    again = load_game(path)
    assert again.fingerprint == game.fingerprint
    assert again.queue("arda") == game.queue("arda")
    assert again.holders == game.holders
    assert again.log == game.log
    game.end_turn()
    again.end_turn()
    assert again.fingerprint == game.fingerprint


def test_loading_computes_no_turn(game: Game, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: Known) -> None:
    save_game(game, tmp_path / "a")
    monkeypatch.setattr("game.session.game.advance", None)
    assert load_game(tmp_path / "a", known).turn == 4


def test_a_save_keeps_every_control_act(game: Game, tmp_path: Path, known: Known) -> None:
    game.inject("A quarrel", {"tension[arda, belen]": 7000})
    game.hand_over("belen", "person")
    game.rewind(2)
    save_game(game, tmp_path / "a")
    again = load_game(tmp_path / "a", known)
    assert (again.turn, again.people) == (2, ("arda", "belen"))
    assert again.fingerprint == game.fingerprint
    save = read_game(tmp_path / "a")
    assert replay(save, fresh_game(save, "a", known)) is None


def test_the_scenario_travels_in_the_save(game: Game, tmp_path: Path) -> None:
    save_game(game, tmp_path / "a")
    assert dict(load_game(tmp_path / "a").scenario.text) == dict(game.scenario.text)


def test_a_scenario_with_other_line_ends_travels_unchanged(tmp_path: Path) -> None:
    data = Path(__file__).parent.parent / "data"
    folder = tmp_path / "mapa s razmakom č"
    (folder / "tiny").mkdir(parents=True)
    for source in (data / "tiny.yaml", *(data / "tiny").glob("*.yaml")):
        text = source.read_bytes().replace(b"\n", b"\r\n")
        (folder / source.relative_to(data)).write_bytes(text)
    game = Game.new(load(folder / "tiny.yaml"), ["arda"], seed=5)
    game.end_turn()
    save_game(game, folder / "igra.json")
    again = load_game(folder / "igra.json")
    assert dict(again.scenario.text) == dict(game.scenario.text)
    assert again.fingerprint == game.fingerprint


# -- damage --------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_byte_is_noticed(data: st.DataObject, game: Game) -> None:
    raw = bytearray(encode(save_of(game)))
    place = data.draw(st.integers(0, len(raw) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != raw[place]))
    raw[place] = byte
    with pytest.raises(SaveError):
        decode(bytes(raw))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_any_bytes_give_a_save_error(raw: bytes) -> None:
    with pytest.raises(SaveError, match="the save"):
        decode(raw)


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"[" * 100_000, b'{"format": "open-door-save"}', b"[]", b"NaN"])
def test_bytes_of_other_kinds_give_a_save_error(raw: bytes) -> None:
    with pytest.raises(SaveError):
        decode(raw)


def tampered(save: Save, change: Any) -> bytes:
    """A save changed by somebody who also mended the checksum."""
    content = save.model_dump(by_alias=True, exclude_none=True)
    content = json.loads(json.dumps(content))
    change(content)
    return _spelling({**content, "checksum": _checksum(content)})


def drop(content: dict[str, Any]) -> None:
    del content["world"]


def unknown_key(content: dict[str, Any]) -> None:
    content["extra"] = 1


def future(content: dict[str, Any]) -> None:
    content["schema"] = 99


def world(content: dict[str, Any]) -> None:
    content["world"]["tension[arda, belen]"] += 1


def row(content: dict[str, Any]) -> None:
    content["log"][0]["changes"]["nonsense"] = 1


def queue(content: dict[str, Any]) -> None:
    content["queues"]["arda"] = ["arda.no_such_order"]


def seat(content: dict[str, Any]) -> None:
    content["seats"]["nowhere"] = "person"


def holder(content: dict[str, Any]) -> None:
    content["seats"]["belen"] = "__import__('os')"


def scenario(content: dict[str, Any]) -> None:
    content["scenario"]["files"]["tiny.yaml"]["text"] = "id: 12"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (drop, "world"),
        (unknown_key, "extra"),
        (future, "newer version"),
        (world, "last world"),
        (row, "nonsense"),
        (queue, "no_such_order"),
        (seat, "nowhere"),
        (holder, "__import__"),
        (scenario, "scenario"),
    ],
)
def test_a_false_save_is_refused_with_its_fault(
    game: Game, tmp_path: Path, known: Known, change: Any, named: str
) -> None:
    path = tmp_path / "false.json"
    raw = tampered(save_of(game), change)
    path.write_bytes(raw)
    with pytest.raises(SaveError, match=named) as fault:
        load_game(path, known)
    assert "false.json" in str(fault.value)
    assert path.read_bytes() == raw
    assert list(tmp_path.iterdir()) == [path]


# -- replay --------------------------------------------------------------------------------------------


def verified(raw: bytes, known: Known) -> Difference | None:
    save = decode(raw)
    return replay(save, fresh_game(save, "it", known))


def test_a_true_save_replays(game: Game, known: Known) -> None:
    assert verified(encode(save_of(game)), known) is None


def other_order(content: dict[str, Any]) -> None:
    content["log"][1]["orders"]["arda"] = ["arda.reassure"]


def other_value(content: dict[str, Any]) -> None:
    content["log"][1]["changes"]["tension[arda, belen]"] -= 100


def other_seed(content: dict[str, Any]) -> None:
    content["seed"] = 6


def illegal_order(content: dict[str, Any]) -> None:
    content["log"][0]["orders"]["arda"] = ["arda.do_deed.fishing"]


@pytest.mark.parametrize(
    ("change", "turn", "quantity"),
    [
        (other_order, 2, True),
        (other_value, 2, "tension[arda, belen]"),
        (other_seed, None, True),
        (illegal_order, 1, None),
        (world, 4, "tension[arda, belen]"),
    ],
)
def test_the_first_turn_and_quantity_that_differ_are_named(
    game: Game, known: Known, change: Any, turn: int | None, quantity: str | bool | None
) -> None:
    difference = verified(tampered(save_of(game), change), known)
    assert difference is not None
    assert turn is None or difference.turn == turn
    if quantity is True:
        assert difference.quantity in known.ruleset.layout.names
    else:
        assert difference.quantity == quantity
    assert difference.message


# -- files ---------------------------------------------------------------------------------------------


def test_a_full_disk_keeps_the_last_good_save(game: Game, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "game.json"
    save_game(game, path)
    good = path.read_bytes()
    game.end_turn()

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SaveError, match="No space left"):
        save_game(game, path)
    assert path.read_bytes() == good
    assert list(tmp_path.iterdir()) == [path]


def test_a_save_to_an_impossible_place_is_named(game: Game, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(SaveError, match="file"):
        save_game(game, tmp_path / "file" / "game.json")
    with pytest.raises(SaveError, match="could not be read"):
        load_game(tmp_path / "missing.json")


def test_the_last_versions_are_kept_newest_first(game: Game, tmp_path: Path) -> None:
    path = tmp_path / "game.json"
    turns = []
    for _save in range(8):
        save_game(game, path)
        turns.append(path.read_bytes())
        if not game.over:
            game.end_turn()
    kept = [backup.read_bytes() for backup in backups(path)]
    assert kept == turns[-2:-7:-1]
    assert path.read_bytes() == turns[-1]


def test_autosaves_and_named_saves_lie_in_the_players_folder(game: Game, home: Path) -> None:
    path = autosave(game)
    assert path.is_relative_to(home)
    save_game(game, save_path("Čačak: druga partija"))
    names = [found.name for found in saved_games()]
    assert names == ["Čačak-druga-partija.opendoor.json", path.name] and path.name.startswith("autosave-tiny-arda")


def test_a_frozen_save_of_every_schema_still_loads_and_replays() -> None:
    folder = Path(__file__).parent.parent / "data" / "saves"
    frozen = sorted(folder.glob("schema_*.json"))
    assert [path.stem for path in frozen] == ["schema_1", "schema_2"]
    for path in frozen:
        game = load_game(path)
        save = read_game(path)
        assert replay(save, fresh_game(save, str(path))) is None
        assert game.over


def test_a_save_of_a_game_that_was_frozen_loads_as_one_that_goes_on(tmp_path: Path) -> None:
    kept = json.loads((Path(__file__).parent.parent / "data" / "saves" / "schema_1.json").read_bytes())
    acts = [{"act": "freeze", "turn": 1, "frozen": True}, {"act": "freeze", "turn": 1, "frozen": False}]
    old = {**kept, "frozen": True, "log": [*acts, *kept["log"], {"act": "freeze", "turn": 8, "frozen": True}]}
    path = tmp_path / "old"
    path.write_bytes(_spelling({**old, "checksum": _checksum(old)}))
    game, save = load_game(path), read_game(path)
    assert len(game.log) == len(kept["log"]) and game.over
    assert replay(save, fresh_game(save, str(path))) is None
