"""Two versions of the code never mix in one data set: what is hashed, and what is said of a folder of other code."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("pyarrow")

from game import lab
from game.cli import app
from game.lab import DataSetError, OtherEngineWarning, RunStoppedError, engine, unit
from game.lab.plan import plan_of
from game.lab.texts import Texts
from game.scenario import Scenario, load
from game.session import sources

TINY = Path(__file__).parent.parent / "data" / "tiny.yaml"
GAMES = 20


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the package's code, which is the one that is hashed."""
    copy = tmp_path / "game"
    shutil.copytree(sources.PACKAGE, copy, ignore=lambda _, names: [name for name in names if name == "__pycache__"])
    monkeypatch.setattr(sources, "PACKAGE", copy)
    sources.digest_of.cache_clear()
    yield copy
    sources.digest_of.cache_clear()


def changed(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n# changed\n")
    sources.digest_of.cache_clear()


DECIDES = ("scenario/models/base.py", "rules/advance.py", "players/doctrine.py", "lab/record.py", "lab/runner.py")


@pytest.mark.parametrize("name", DECIDES)
def test_code_that_decides_rows_is_another_engine(package: Path, tiny: Scenario, name: str) -> None:
    ours, plan, texts = engine.engine(), plan_of(tiny, games=1), Texts.of(tiny).digest
    changed(package / name)
    assert engine.engine() != ours
    assert plan_of(tiny, games=1).game_id(1) != plan.game_id(1)
    assert Texts.of(tiny).digest != texts


def test_code_that_decides_figures_alone_is_no_other_engine(package: Path, tiny: Scenario) -> None:
    ours, texts = engine.engine(), Texts.of(tiny).digest
    changed(package / "lab" / "deeds.py")
    assert engine.engine() == ours and Texts.of(tiny).digest != texts


def test_the_engine_is_the_same_however_lines_end_and_whoever_draws(package: Path) -> None:
    ours = engine.engine()
    changed(package / "views" / "orders.py")
    path = package / "rules" / "advance.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    sources.digest_of.cache_clear()
    assert engine.engine() == ours


def test_a_run_of_other_code_is_not_gone_on_with_but_can_be_played(package: Path, tmp_path: Path) -> None:
    folder, other = tmp_path / "run", package / "rules" / "advance.py"
    text = other.read_bytes()
    changed(other)
    ours = lab.run(TINY, folder, games=GAMES, seed=3, workers=0)
    other.write_bytes(text)
    sources.digest_of.cache_clear()
    begun = json.loads((folder / "run.json").read_bytes())["engine"]
    assert begun != engine.engine()
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    with pytest.raises(DataSetError, match=r"begun by other code \(0\.1\.0\+[0-9a-f]{12}; this is 0\.1\.0\+"):
        lab.run(TINY, folder, games=GAMES + 5, seed=3, workers=0)
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before
    theirs = lab.DataSet(folder)
    with pytest.warns(OtherEngineWarning, match="other code"):
        game = theirs.play(4)
    with pytest.warns(OtherEngineWarning):
        assert game.fingerprint == ours.play(4).fingerprint
    answer = CliRunner().invoke(app, ["play", "--from", str(folder), "--game", "4", "--text"], input="quit\n")
    assert answer.exit_code == 0
    assert "the game may go another way" in answer.stderr and "Warning" not in answer.stderr


def test_a_worker_with_other_code_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit, "_runners", {})
    monkeypatch.setattr(unit, "engine", lambda: "0.2.0+other")
    with pytest.raises(RunStoppedError, match=r"other code .* than a worker has \(0\.2\.0\+other\)"):
        lab.run(load(TINY), tmp_path / "run", games=GAMES, workers=0)
    assert not list(tmp_path.glob("run/games/*"))
