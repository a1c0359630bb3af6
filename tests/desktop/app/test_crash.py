"""A fault of the program leaves a bundle behind, and the next start knows of it once."""

from __future__ import annotations

from pathlib import Path

from game.desktop.app import App
from game.desktop.crash import last_crash, write_bundle
from game.session import Game, load_game


def test_a_bundle_holds_save_versions_and_traceback(home: Path, game: Game) -> None:
    try:
        raise RuntimeError("a wheel came off")
    except RuntimeError as fault:
        folder = write_bundle(fault, game, "20080401-120000")
    assert "a wheel came off" in (folder / "traceback.txt").read_text(encoding="utf-8")
    assert "pygame-ce" in (folder / "versions.txt").read_text(encoding="utf-8")
    assert load_game(folder / "game.opendoor.json").fingerprint == game.fingerprint
    assert last_crash() == str(folder)
    assert last_crash() == ""


def test_a_full_disk_keeps_the_last_good_save(playing: App, monkeypatch: object) -> None:
    import game.session.store as store
    from game.session import saved_games

    assert playing.save("kept")
    (path,) = saved_games()
    before = path.read_bytes()

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "write_atomically", full)  # type: ignore[attr-defined]
    assert not playing.save("kept")
    assert playing.note is not None and "No space left" in playing.note.text
    assert saved_games() == [path] and path.read_bytes() == before
