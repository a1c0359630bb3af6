"""The live table of a run on a terminal: what it shows, how seldom it looks, and nothing where there is no terminal."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")

from game import lab
from game.lab.progress import Bar, progress
from game.lab.progress_table import SoFar

TINY = str(Path(__file__).parent.parent / "data" / "tiny.yaml")


def shown(table: Any) -> str:
    from rich.console import Console

    console = Console(file=io.StringIO(), width=100)
    console.print(table)
    return console.file.getvalue()  # type: ignore[attr-defined,no-any-return]


def test_the_table_is_of_the_games_that_are_finished(tmp_path: Path) -> None:
    data = lab.run(TINY, tmp_path / "run", games=60, workers=0)
    records = list(data.records())
    so_far = SoFar(tmp_path / "run")
    assert so_far.table() is None
    so_far.look()
    (tmp_path / "run" / "games" / "000009.parquet").write_bytes(b"damaged")
    so_far.look()
    so_far.look()
    assert so_far.games == 60
    text = shown(so_far.table())
    assert "Endings of 60 games" in text
    for seat in records[0]["scores"]:
        mean = sum(record["scores"][seat] for record in records) / 60
        assert f"{seat} " in text and f"{mean:.1f}" in text
    for ending in {record["outcome"] for record in records}:
        share = sum(record["outcome"] == ending for record in records) / 60
        assert ending in text and f"{share * 100:.1f} %" in text


def test_a_look_that_takes_long_goes_on_at_the_next(tmp_path: Path) -> None:
    lab.run(TINY, tmp_path / "run", games=4, workers=0)
    (file,) = (tmp_path / "run" / "games").iterdir()
    for place in range(1, 4):
        (file.parent / f"00000{place}.parquet").write_bytes(file.read_bytes())
    ticks = iter(range(1000))
    so_far = SoFar(tmp_path / "run", clock=lambda: next(ticks) * 0.008)
    games = []
    for _look in range(5):
        so_far.look()
        games.append(so_far.games)
    assert games == [4, 8, 12, 16, 16]


def test_a_terminal_gets_a_bar_that_follows_a_run_and_others_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress(40) as step:
        lab.run(TINY, tmp_path / "plain", games=40, workers=0, done=step)
        assert not hasattr(step, "follow")
    assert capsys.readouterr().err == "40 of 40 games\n"
    looks: list[int] = []
    look = SoFar.look
    monkeypatch.setattr(SoFar, "look", lambda self: (looks.append(1), look(self)))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress(40) as step:
        assert isinstance(step, Bar)
        lab.run(TINY, tmp_path / "live", games=40, workers=0, done=step)
        assert step.so_far is not None and step.so_far.folder == tmp_path / "live" / "games"
        before = len(looks)
        for _game in range(1000):
            step(0)
        assert len(looks) <= before + 1, "twice a second at most"
