"""Reports keep the games of every run apart: one command after another just works."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("pyarrow")

from game.cli import app
from game.lab.dataset import DataSet
from game.lab.kept import report_folder

TINY = str(Path(__file__).parent.parent / "data" / "tiny.yaml")


def said(*words: str) -> str:
    result = CliRunner().invoke(app, [*words, "--workers", "0"])
    assert result.exit_code == 0, result.output
    return result.output


def test_hindcasts_in_one_directory_do_not_collide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("altair")
    monkeypatch.chdir(tmp_path)
    words = ("hindcast", "bucharest_2008", "--games")
    report = Path("hindcast", "bucharest_2008")

    def games() -> int:
        figures = json.loads((report / "hindcast.json").read_text("utf-8"))
        return int(figures["games"])

    assert str(report / "hindcast.html") in said(*words, "6")
    assert games() == 6 and len(DataSet(report / "run")) == 6
    said(*words, "4")
    assert games() == 4, "fewer games are a report of so many"
    said(*words, "8")
    assert games() == 8 and len(DataSet(report / "run")) == 8, "more games go on where the others ended"
    said(*words, "8", "--players", "random")
    assert json.loads((report / "hindcast.json").read_text("utf-8"))["players"] == ["random"]
    said(*words, "8", "--seed", "1")
    kept = sorted(path.name for path in report.iterdir() if path.is_dir())
    assert len(kept) == 4 and kept[0] == "run"
    for name in kept:
        assert len(DataSet(report / name)) > 0
    said(*words, "8", "--players", "random")
    assert sorted(path.name for path in report.iterdir() if path.is_dir()) == kept, "a run is kept once"
    told = (report / "hindcast.html").read_text("utf-8")
    folder = next(name for name in kept if f"--from {report / name} " in told)
    assert set(DataSet(report / folder).plan.players.values()) == {"random"}


def test_balances_in_one_directory_do_not_collide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("altair", "vl_convert"):
        pytest.importorskip(library)
    monkeypatch.chdir(tmp_path)
    quick = ("--planner-games", "0", "--quick", "--games")
    said("balance", TINY, *quick, "4")
    said("balance", TINY, *quick, "2")
    said("balance", "tutorial", *quick, "2")
    found = sorted(path.parent.name for path in tmp_path.glob("balance/*/balance.json"))
    assert len(found) == 2 and "tutorial" in found


@pytest.mark.parametrize("kind", ["hindcast", "balance"])
def test_a_report_that_would_be_a_file_is_refused(tmp_path: Path, kind: str) -> None:
    (tmp_path / "notes").write_text("mine", "utf-8")
    for name, other in (("w.jsonl", "w"), ("w.html", "w"), ("notes", "notes-report")):
        result = CliRunner().invoke(app, [kind, "tutorial", "--games", "2", "--out", str(tmp_path / name)])
        assert result.exit_code == 2 and "--out" in result.stderr
        with pytest.raises(ValueError, match=f"{name}' is the name of a file; .* like '{other}'"):
            report_folder(tmp_path / name, kind, "tutorial")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes"]
