"""Data sets that are damaged, not finished, or asked the wrong way: what is done again, and what is said."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

from game import lab
from game.cli import app
from game.lab import DataSetError, dataset
from game.lab.plain import named_rows, own_names, plain
from game.lab.plan import FILE_GAMES
from game.session import UnknownNameError

TINY = Path(__file__).parent.parent / "data" / "tiny.yaml"
GAMES = FILE_GAMES + 40


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.glob("**/*.*"))}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run with turns."""
    folder = tmp_path_factory.mktemp("runs") / "whole"
    return lab.run(TINY, folder, games=GAMES, seed=3, workers=0, turns=True).folder


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "copied")
    return tmp_path / "copied"


@pytest.fixture
def stopped(copied: Path) -> Path:
    """The same, stopped after its first file."""
    (copied / "manifest.json").unlink()
    for kind in ("games", "turns"):
        (copied / kind / "000001.parquet").unlink()
    return copied


def again(folder: Path) -> None:
    lab.run(TINY, folder, games=GAMES, seed=3, workers=0, turns=True)


# -- damaged ---------------------------------------------------------------------------------------


def test_an_emptied_file_of_turns_is_computed_again(whole: Path, copied: Path) -> None:
    (copied / "manifest.json").unlink()
    (copied / "turns" / "000001.parquet").write_bytes(b"")
    again(copied)
    assert content(copied) == content(whole)


@pytest.mark.parametrize("kind", ["games", "turns"])
def test_a_file_that_is_not_what_was_signed_is_computed_again(whole: Path, copied: Path, kind: str) -> None:
    path = copied / kind / "000001.parquet"
    data = bytearray(path.read_bytes())
    data[100] ^= 255
    path.write_bytes(data)
    again(copied)
    assert content(copied) == content(whole)


def test_a_damaged_file_is_not_kept_by_a_run_that_is_stopped_again(
    whole: Path, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copied / "games" / "000001.parquet"
    data = bytearray(path.read_bytes())
    data[100] ^= 255
    path.write_bytes(data)

    def stops(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(dataset, "compute", stops)
    with pytest.raises(KeyboardInterrupt):
        again(copied)
    monkeypatch.undo()
    again(copied)
    assert content(copied) == content(whole)


def test_a_damaged_manifest_is_named_and_written_anew(whole: Path, copied: Path) -> None:
    (copied / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(DataSetError, match=r"manifest\.json is damaged"):
        _ = lab.DataSet(copied).failures
    again(copied)
    assert content(copied) == content(whole)


@pytest.mark.parametrize("kind", ["games", "turns"])
def test_what_was_changed_since_it_was_signed_is_not_read(copied: Path, kind: str) -> None:
    path = copied / kind / "000001.parquet"
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    with pytest.raises(DataSetError, match=f"{kind}/000001.parquet is not what the run wrote"):
        list(lab.DataSet(copied).tables(kind))
    result = call("query", f"select count(*) from {kind}", copied)
    assert result.exit_code == 1
    assert "is not what the run wrote; the same command computes it again" in result.stderr


def test_a_signed_file_that_is_gone_is_named(copied: Path) -> None:
    (copied / "games" / "000001.parquet").unlink()
    with pytest.raises(DataSetError, match=r"000001\.parquet is not what the run wrote"):
        len(lab.DataSet(copied))


def test_a_file_that_cannot_be_read_is_named(stopped: Path) -> None:
    (stopped / "games" / "000000.parquet").write_bytes(b"PAR1")
    with pytest.raises(DataSetError, match=r"000000\.parquet cannot be read"):
        lab.DataSet(stopped).games()


# -- files of others -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["games", "turns"])
@pytest.mark.parametrize("signed", [True, False])
def test_a_file_that_the_run_does_not_know_is_refused_and_kept(
    whole: Path, copied: Path, kind: str, signed: bool
) -> None:
    if not signed:
        (copied / "manifest.json").unlink()
    foreign = copied / kind / "zz.parquet"
    shutil.copy(copied / kind / "000001.parquet", foreign)
    before = content(copied)
    said = f"{kind}/zz.parquet is no file of this run, which has 000000.parquet to 000001.parquet there; move it"
    with pytest.raises(DataSetError, match=said):
        list(lab.DataSet(copied).tables(kind))
    with pytest.raises(DataSetError, match=said):
        again(copied)
    with pytest.raises(DataSetError, match=f"{kind}/zz.parquet is no file of this run"):
        lab.run(TINY, copied, games=GAMES + FILE_GAMES, seed=3, workers=0, turns=True)
    result = call("query", f"select count(*) from {kind}", copied)
    assert result.exit_code == 1 and said in result.stderr
    assert content(copied) == before
    foreign.unlink()
    again(copied)
    assert content(copied) == content(whole)


def test_turns_beside_a_run_that_keeps_none_are_refused(copied: Path, tmp_path: Path) -> None:
    data = lab.run(TINY, tmp_path / "run", games=3, seed=3, workers=0)
    shutil.copytree(copied / "turns", data.folder / "turns")
    with pytest.raises(DataSetError, match="no file of this run, which keeps no turns"):
        data.query("select count(*) from turns")


def test_a_foreign_file_that_an_older_manifest_signed_is_not_missed(copied: Path) -> None:
    path = copied / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["files"]["games/zz.parquet"] = "0" * 64
    path.write_text(json.dumps(manifest), "utf-8")
    assert len(lab.DataSet(copied)) == GAMES


def changed(path: Path, column: str, value: object) -> None:
    """Change a column's value in the fifth row of a file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    place = table.column_names.index(column)
    values = table.column(column).to_pylist()
    values[4] = value
    pq.write_table(table.set_column(place, column, pa.array(values, table.schema.field(column).type)), path)


@pytest.mark.parametrize(
    ("kind", "column", "value", "said"),
    [("games", "id", "0" * 32, f"game {FILE_GAMES + 4} has the seed"), ("games", "seed", 1, "has the seed 1 and"),
     ("games", "game", FILE_GAMES, f"game {FILE_GAMES} stands after game {FILE_GAMES + 3}"),
     ("games", "game", 5000, "game 5000 is there"), ("turns", "game", 2, "games 2 to"),
     ("turns", "id", "g" * 32, "the id g")],
)  # fmt: skip
def test_an_unsigned_file_with_other_games_is_named_and_computed_again(
    whole: Path, copied: Path, kind: str, column: str, value: object, said: str
) -> None:
    (copied / "manifest.json").unlink()
    path = copied / kind / "000001.parquet"
    changed(path, column, value)
    with pytest.raises(DataSetError, match=rf"{kind}/000001\.parquet does not hold games.*{said}.*computes it again"):
        list(lab.DataSet(copied).tables(kind))
    assert call("query", "select 1", copied).exit_code == 1
    again(copied)
    assert content(copied) == content(whole)


def test_files_of_another_run_are_not_those_that_its_manifest_signed(whole: Path, copied: Path) -> None:
    other = lab.run(TINY, copied.parent / "other", games=GAMES, seed=3, workers=0, turns=True, players="idle").folder
    shutil.copytree(other / "games", copied / "games", dirs_exist_ok=True)
    shutil.copy(other / "manifest.json", copied)
    with pytest.raises(DataSetError, match=r"000000\.parquet does not hold games 0 to 1023 of this run"):
        len(lab.DataSet(copied))
    again(copied)
    assert content(copied) == content(whole)


@pytest.mark.parametrize("words", [("query", "select count(*) from games"), ("play", "--game", 3, "--text", "--from")])
def test_a_damaged_file_of_a_stopped_run_is_named_by_every_command(stopped: Path, words: tuple[object, ...]) -> None:
    (stopped / "games" / "000000.parquet").write_bytes(b"no parquet")
    result = call(*words, stopped)
    assert result.exit_code == 1
    assert "games/000000.parquet cannot be read" in result.stderr and "computes it again" in result.stderr
    assert result.stderr.count("\n") == 1


# -- players who take seconds for a game -----------------------------------------------------------


def looks_ahead(folder: Path, **settings: object) -> lab.DataSet:
    return lab.run(TINY, folder, games=40, seed=3, workers=0, player={"belen": "planner:12x1"}, **settings)  # type: ignore[arg-type]


def test_a_stopped_run_of_planners_keeps_files_of_few_games(tmp_path: Path) -> None:
    undisturbed = looks_ahead(tmp_path / "whole").folder
    assert sorted(path.name for path in (undisturbed / "games").iterdir()) == ["000000.parquet", "000001.parquet"]

    def stops(games: int) -> None:
        if games:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        looks_ahead(tmp_path / "run", done=stops)
    assert len(lab.DataSet(tmp_path / "run")) == 32
    steps: list[int] = []
    looks_ahead(tmp_path / "run", done=steps.append)
    assert steps == [32, 8]
    assert content(tmp_path / "run") == content(undisturbed)


def test_who_stops_a_run_is_told_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from game.commands import common as commands

    begun = tmp_path / "begun"
    lab.run(TINY, begun, games=FILE_GAMES, seed=3, workers=0)

    def stops(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(lab, "run", stops)
    result = call("run", TINY, "--games", 2 * FILE_GAMES, "--seed", 3, "--out", begun)
    assert result.exit_code == commands.STOPPED
    assert f"keeps {FILE_GAMES:,} of {2 * FILE_GAMES:,} games" in result.stderr
    assert "keeps 0 of 5 games" in call("run", TINY, "--games", 5, "--out", tmp_path / "none").stderr


@pytest.mark.parametrize(
    ("name", "function", "said"),
    [("hindcast", "game.lab.run", "keeps 0 of 5 games; the same command goes on"),
     ("balance", "game.lab.balance.balance", "Stopped before the report was written; games that are finished stay in"),
     ("sensitivity", "game.lab.sensitivity.screen", "Stopped before all settings were played; nothing is kept."),
     ("compare", "game.lab.compare.compare_settings", "Stopped before the settings were compared; nothing is kept.")],
)  # fmt: skip
def test_who_stops_another_command_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, function: str, said: str
) -> None:
    def stops(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(function, stops)
    if name == "hindcast":
        monkeypatch.setattr("game.lab.whereabouts.check_targets", lambda *_: None)
    words = {"compare": [TINY], "sensitivity": []}.get(name, ["--out", tmp_path / "report"])
    result = call(name, TINY, *words, "--games", 5, *([] if name in ("compare", "hindcast") else ["--workers", 0]))
    assert result.exit_code == 130 and said in result.stderr and result.stdout == ""


# -- numbers that make no sense, games that nobody misses ------------------------------------------


@pytest.mark.parametrize("wrong", [{"batch": -5}, {"batch": 0}, {"workers": -1}])
def test_a_batch_or_workers_that_make_no_sense_are_refused(tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least"):
        lab.run(TINY, tmp_path / "run", games=5, **{"workers": 0, **wrong})
    assert not (tmp_path / "run").exists()


def test_a_run_that_lacks_games_is_not_signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object) -> Iterator[dataset.Unit]:
        return iter(())

    monkeypatch.setattr(dataset, "units", nothing)
    with pytest.raises(DataSetError, match="games 0 to 4"):
        lab.run(TINY, tmp_path / "run", games=5, workers=0)
    assert not (tmp_path / "run" / "manifest.json").exists()


# -- asked -----------------------------------------------------------------------------------------


def test_json_has_every_column_and_only_numbers_it_knows(whole: Path) -> None:
    sql = (
        "select 'nan'::double a, '-inf'::double b, 1.5::decimal(4, 2) d, count(*) c, count(*) c, "
        "[1.0, 'inf'::double] l, date '2008-04-01' t from games"
    )
    result = call("query", sql, whole, "--json")

    def refuse(word: str) -> None:
        raise AssertionError(word)

    (row,) = json.loads(result.stdout, parse_constant=refuse)["rows"]
    expected = {"a": None, "b": None, "d": 1.5, "c": GAMES, "c_1": GAMES, "l": [1, None], "t": "2008-04-01"}
    assert row == expected


def test_names_that_come_again_get_a_number() -> None:
    assert own_names(["c", "c", "c_1", "c"]) == ["c", "c_2", "c_1", "c_3"]
    assert named_rows(["c", "c"], [(1, 2)]) == [{"c": 1, "c_1": 2}]
    assert plain({1: Decimal("2.00"), "x": (float("nan"),)}) == {"1": 2, "x": [None]}


def test_a_part_of_a_run_is_said_to_be_one(whole: Path, stopped: Path) -> None:
    result = call("query", "select count(*) from games", stopped)
    assert f"{FILE_GAMES}" in result.stdout
    assert result.stderr.startswith("1,024 of 1,064 games are there")
    assert call("query", "select count(*) from games", whole).stderr == ""
    result = call("play", "--from", stopped, "--game", FILE_GAMES + 5, "--text")
    assert result.exit_code == 1 and "has not been played yet" in result.stderr
    result = call("play", "--from", stopped, "--game", GAMES, "--text")
    assert result.exit_code == 1 and "there is no game" in result.stderr


def test_turns_that_were_not_kept_are_said_to_be_so(tmp_path: Path) -> None:
    data = lab.run(TINY, tmp_path / "res[1]", games=3, seed=3, workers=0)
    result = call("query", "select count(*) from turns", data.folder)
    assert result.exit_code == 1 and "this run kept no turns (`--turns`)" in result.stderr
    result = call("query", "select count(*) from games", data.folder)
    assert result.exit_code == 0 and result.stdout.split() == ["count_star()", "3"], "brackets are letters"
    result = call("query", "select count(*) from gems", data.folder)
    assert result.exit_code == 1 and "gems" in result.stderr


def test_a_folder_without_a_finished_game_is_said_to_be_one(stopped: Path) -> None:
    for path in stopped.glob("*/*.parquet"):
        path.unlink()
    result = call("query", "select count(*) from games", stopped)
    assert result.exit_code == 1 and "no game of" in result.stderr
    with pytest.raises(DataSetError, match="no game of"):
        lab.DataSet(stopped).games()


def test_a_file_of_lines_is_no_folder(tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_text("{}", "utf-8")
    for words in (("query", "select 1", lines), ("play", "--from", lines)):
        result = call(*words)
        assert result.exit_code == 1
        assert "a file of JSON lines" in result.stderr and "folder of a run is needed" in result.stderr


def test_a_column_that_is_misspelt_is_not_left_out(whole: Path) -> None:
    data = lab.DataSet(whole)
    with pytest.raises(UnknownNameError, match="outcome"):
        data.games(["outcom"])
    with pytest.raises(UnknownNameError, match=r"scores\.arda"):
        data.games(["scores.ardo"])
    assert data.games(["scores.arda", "seed"]).num_rows == GAMES


def test_a_game_is_not_opened_beyond_its_end(whole: Path) -> None:
    row = next(lab.DataSet(whole).records())
    result = call("play", "--from", whole, "--game", 0, "--turn", 99, "--text")
    assert result.exit_code == 1 and f"Game 0 ended after turn {row['turns']}." in result.stderr


# -- asked for nothing, or for what is not there -----------------------------------------------------


@pytest.mark.parametrize("sql", ["", "  ", "/* only a remark */", ";"])
def test_a_query_that_asks_nothing_is_refused(whole: Path, sql: str) -> None:
    for more in ([], ["--json"]):
        result = call("query", sql, whole, *more)
        assert result.exit_code == 1 and result.stdout == ""
        assert result.stderr.startswith("the query asks nothing; ask something like 'select")
    with pytest.raises(ValueError, match="asks nothing"):
        lab.DataSet(whole).query(sql)


def test_a_statement_that_writes_answers_how_many_rows_it_wrote(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "seeds.csv"
    result = call("query", f"copy (select seed from games order by seed limit 2) to '{out}'", whole, "--json")
    assert result.exit_code == 0 and json.loads(result.stdout) == {"rows": [{"Count": 2}]}
    assert out.read_text("utf-8").split() == ["seed", "3000000", "3000001"]
    result = call("query", "set threads to 1", whole, "--json")
    assert result.exit_code == 0 and json.loads(result.stdout) == {"rows": []}
    result = call("query", "copy (select 1) to '/nowhere/at/all.csv'", whole)
    assert result.exit_code == 1 and "Traceback" not in result.stderr and result.stderr


@pytest.mark.parametrize("turn", [0, -3])
def test_a_turn_before_the_first_is_refused(whole: Path, turn: int) -> None:
    with pytest.raises(ValueError, match=f"turn: a game's first turn is 1, not {turn}"):
        lab.DataSet(whole).play("7", turn)
    result = call("play", "--from", whole, "--game", 7, "--turn", turn, "--text")
    assert result.exit_code != 0 and "turn" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize("turn", ["x", 2.5, None, True])
def test_a_turn_that_is_no_whole_number_is_named(whole: Path, turn: Any) -> None:
    with pytest.raises(TypeError, match=r"turn: .* is not a whole number"):
        lab.DataSet(whole).play("7", turn)
