"""Data sets: the same rows however they were computed, whole files or none, worker deaths, going on after a stop."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner, Result

pytest.importorskip("pyarrow")

from game import lab
from game.cli import app
from game.lab import DataSetError, nursery, pool
from game.lab.dataset import missing, read_plan
from game.lab.plan import FILE_GAMES, compiled_plan, plan_of
from game.lab.texts import compile_ahead
from game.rules import Ruleset, World, fast
from game.scenario import Scenario, load
from game.session import Game

TINY = Path(__file__).parent.parent / "data" / "tiny.yaml"
MANY = 2 * FILE_GAMES + 77


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "games").iterdir())}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> lab.DataSet:
    return lab.run(TINY, tmp_path_factory.mktemp("runs") / "whole", games=MANY, seed=3, workers=0)


def test_the_rows_are_the_lines(undisturbed: lab.DataSet, tiny_rules: Ruleset) -> None:
    runner = lab.Runner(tiny_rules, lab.players_of(tiny_rules, "doctrine", {}), 3)
    lines = list(runner.records(200))
    rows = []
    for row, _line in zip(undisturbed.records(), lines, strict=False):
        identity = row.pop("id")
        assert len(identity) == 32
        rows.append(row)
    assert rows == lines
    assert list(rows[0]) == list(lines[0])


@pytest.mark.parametrize("texts", [False, True], ids=["path", "texts"])
def test_a_scenario_compiled_ahead_is_used_where_the_texts_are_the_same(
    monkeypatch: pytest.MonkeyPatch, texts: bool
) -> None:
    from game.lab import texts as home

    monkeypatch.setattr(home, "_kept", [])
    tiny = load(TINY)
    plan = plan_of(tiny, games=5)
    home._kept.clear()
    compile_ahead(tiny.text if texts else TINY)
    (ahead,) = home._kept
    assert compiled_plan(plan) is ahead
    assert home._kept == [ahead], "kept twice"
    home._kept.clear()
    compile_ahead("tutorial")
    assert compiled_plan(plan).scenario.id == "tiny"


def test_what_cannot_be_compiled_ahead_is_left_to_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from game.lab import texts as home

    monkeypatch.setattr(home, "_kept", [])
    compile_ahead("no_such_scenario")
    assert not home._kept


@pytest.mark.parametrize(
    ("workers", "batch"),
    [(0, 100), pytest.param(1, 1024, marks=pytest.mark.slow), pytest.param(3, 700, marks=pytest.mark.slow)],
)
def test_the_files_are_the_same_however_computed(
    undisturbed: lab.DataSet, tmp_path: Path, workers: int, batch: int
) -> None:
    data = lab.run(TINY, tmp_path / "run", games=MANY, seed=3, workers=workers, batch=batch)
    assert content(data.folder) == content(undisturbed.folder)
    assert (data.folder / "manifest.json").read_bytes() == (undisturbed.folder / "manifest.json").read_bytes()


def test_an_id_is_the_games_own(undisturbed: lab.DataSet, tiny: Scenario, tmp_path: Path) -> None:
    ids = undisturbed.games(["id"]).column("id").to_pylist()
    assert len(set(ids)) == MANY
    again = lab.run(tiny, tmp_path / "again", games=5, seed=3, workers=0)
    assert again.games(["id"]).column("id").to_pylist() == ids[:5]
    idle = lab.run(tiny, tmp_path / "idle", games=5, seed=3, workers=0, player={"belen": "idle"})
    assert not set(idle.games(["id"]).column("id").to_pylist()) & set(ids)


def test_rows_of_turns_are_what_the_games_show(tiny: Scenario, tiny_rules: Ruleset, tmp_path: Path) -> None:
    data = lab.run(tiny, tmp_path / "turns", games=130, seed=1, turns=True, workers=0, batch=50)
    lengths = dict(zip(*(data.games([c]).column(c).to_pylist() for c in ("game", "turns")), strict=True))
    rows = data.query("select * from turns where game = 129 and seat = 'arda' and quantity = 'prosperity'").fetchall()
    game = Game.new(tiny, seed=1_000_129, ruleset=tiny_rules)
    for row in sorted(rows, key=lambda one: one[2]):
        game.end_turn()
        assert row[-1] == game.value("prosperity[arda]") / 100
    assert game.over and len(rows) == lengths[129]
    [(count,)] = data.query("select count(distinct (game, turn)) from turns").fetchall()
    assert count == sum(lengths.values())


def test_a_row_opens_as_a_game_at_a_turn(undisturbed: lab.DataSet) -> None:
    row = next(undisturbed.records())
    game = undisturbed.play(row["id"][:8], turn=3, people=["belen"])
    assert (game.turn, game.people) == (3, ("belen",))
    finished = undisturbed.play(0, turn=99)
    assert finished.over and finished.fingerprint == row["fingerprint"]
    with pytest.raises(DataSetError, match="no game 'x'"):
        undisturbed.play("x")


def test_a_folder_goes_on_and_takes_no_other_run(tmp_path: Path, undisturbed: lab.DataSet) -> None:
    folder = tmp_path / "run"
    lab.run(TINY, folder, games=FILE_GAMES + 5, seed=3, workers=0)
    first = (folder / "games" / "000000.parquet").stat().st_mtime_ns
    (folder / "games" / "000001.parquet").write_bytes(b"damaged")
    steps: list[int] = []
    lab.run(TINY, folder, games=MANY, seed=3, workers=0, done=steps.append)
    assert steps[0] == FILE_GAMES
    assert (folder / "games" / "000000.parquet").stat().st_mtime_ns == first
    assert content(folder) == content(undisturbed.folder)
    with pytest.raises(DataSetError, match="different: seed"):
        lab.run(TINY, folder, games=MANY, seed=4, workers=0)
    with pytest.raises(DataSetError, match="already"):
        lab.run(TINY, folder, games=5, seed=3, workers=0)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear", "utf-8")
    with pytest.raises(DataSetError, match=r"letter\.txt"):
        lab.run(TINY, tmp_path / "full", games=5, workers=0)
    with pytest.raises(DataSetError, match=r"run\.json"):
        lab.DataSet(tmp_path)


# -- workers that die --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Numbers:
    """A unit of the tests' own work: some whole numbers."""

    first: int
    games: int

    def halves(self) -> list[Numbers]:
        half = -(-self.games // 2)
        return [Numbers(self.first, half), Numbers(self.first + half, self.games - half)]


def squares(common: Path, unit: Numbers) -> list[int]:
    """Number 13 always kills its worker, 20 the first time only, and 31 raises."""
    numbers = range(unit.first, unit.first + unit.games)
    if 13 in numbers:
        os._exit(9)
    if 20 in numbers and not common.exists():
        common.touch()
        os._exit(9)
    if 31 in numbers:
        raise ZeroDivisionError("thirty-one")
    return [number * number for number in numbers]


@pytest.mark.slow
@pytest.mark.parametrize("forks", [True, False])
def test_what_kills_its_worker_twice_is_named_and_all_else_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forks: bool
) -> None:
    monkeypatch.setattr(nursery, "FORKS", forks and nursery.FORKS)
    units: Iterator[Numbers] = (Numbers(first, 8) for first in range(0, 40, 8))
    found, lost = [], {}
    for outcome in pool.outcomes(f"{__name__}:squares", tmp_path / "once", units, 2):
        if isinstance(outcome, pool.Lost):
            lost[outcome.unit.first] = outcome.reason
        else:
            found += outcome
    assert sorted(found) == [n * n for n in range(40) if n not in (13, 31)]
    assert set(lost) == {13, 31}
    assert "status 9" in lost[13] and "thirty-one" in lost[31]


def loads_soon(common: Path, unit: Numbers) -> bool:
    """Whether the accelerator would be loaded in the background for a hundred games."""
    begun: list[bool] = []
    fast.numba_version = lambda: "0"  # type: ignore[assignment]
    fast._note = lambda: common
    fast._load_soon = lambda: begun.append(True)  # type: ignore[assignment]
    fast.worth_loading(100)
    return bool(begun)


@pytest.mark.skipif(not nursery.FORKS, reason="this system does not fork")
def test_nothing_is_loaded_in_the_background_where_workers_are_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child that is forked while a thread imports waits for the thread's modules for ever."""
    monkeypatch.setenv("OPEN_DOOR_FAST", "")
    (tmp_path / "note").touch()
    assert list(pool.outcomes(f"{__name__}:loads_soon", tmp_path / "note", iter([Numbers(0, 1)]), 1)) == [False]


@pytest.mark.parametrize("forks", [True, False])
def test_workers_that_cannot_start_stop_the_run(monkeypatch: pytest.MonkeyPatch, forks: bool) -> None:
    monkeypatch.setattr(nursery, "FORKS", forks and nursery.FORKS)
    with pytest.raises(lab.RunStoppedError, match="nonsense"):
        list(pool.outcomes("game.lab.nonsense:work", None, iter([Numbers(0, 1)]), 1))


def test_a_lost_game_is_in_the_manifest_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: lab.DataSet
) -> None:
    from game.lab import dataset

    def unlucky(plan: lab.Plan, unit: dataset.Unit) -> object:
        if unit.first <= 40 < unit.first + unit.games:
            raise ValueError("bad luck")
        return dataset.compute(plan, unit)

    def inside(work: object, plan: lab.Plan, units: Iterator[dataset.Unit], workers: int) -> Iterator[object]:
        ledger = pool.Ledger.of(units)
        while (taken := ledger.take()) is not None:
            unit, _deaths = taken
            try:
                yield unlucky(plan, unit)
            except ValueError as fault:
                lost = ledger.failed(unit, pool.MOST_DEATHS, str(fault))
                if lost is not None:
                    yield lost

    monkeypatch.setattr(dataset.pool, "outcomes", inside)
    data = lab.run(TINY, tmp_path / "run", games=100, seed=3, workers=1)
    assert len(data) == 99
    assert [(one.game, one.seed, one.reason) for one in data.failures] == [(40, 3_000_040, "bad luck")]
    assert missing(data.folder, data.plan) == [(0, 100)]
    monkeypatch.undo()
    again = lab.run(TINY, data.folder, games=100, seed=3, workers=0)
    assert len(again) == 100 and again.failures == []


@pytest.fixture
def unlucky(monkeypatch: pytest.MonkeyPatch) -> None:
    """Games 40 and 77 of the seed 3 cannot be computed in this process."""
    play = lab.Runner.play

    def played(runner: lab.Runner, world: World, watching: Any) -> World:
        if {3_000_040, 3_000_077} & set(world.luck.tolist()):
            raise ZeroDivisionError("bad luck")
        return play(runner, world, watching)

    monkeypatch.setattr(lab.Runner, "play", played)


def called(*words: object) -> Result:
    return CliRunner().invoke(app, ["run", str(TINY), "--games", "100", "--seed", "3", *map(str, words)])


@pytest.mark.usefixtures("unlucky")
@pytest.mark.parametrize(("name", "more"), [("run", ["--workers", 0]), ("run.jsonl", []), ("b.jsonl", ["--batch", 1])])
def test_a_game_that_fails_in_this_process_is_named_and_the_rest_is_written(
    tmp_path: Path, undisturbed: lab.DataSet, name: str, more: list[object]
) -> None:
    out = tmp_path / name
    result = called("--out", out, *more, "--json")
    assert result.exit_code == 1
    told = [line for line in result.stderr.splitlines() if "could not be computed" in line]
    assert told == [
        f"Game {game} with seed {3_000_000 + game} could not be computed: ZeroDivisionError: bad luck"
        for game in (40, 77)
    ]
    assert "100 of 100 games" in result.stderr and "Traceback" not in result.stderr
    failed = [{"game": g, "seed": 3_000_000 + g, "reason": "ZeroDivisionError: bad luck"} for g in (40, 77)]
    assert json.loads(result.stdout)["failed"] == failed
    expected = [row for row in itertools.islice(undisturbed.records(), 100) if row["game"] not in (40, 77)]
    if out.is_dir():
        assert list(lab.DataSet(out).records()) == expected
    else:
        lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        assert lines == [{name: value for name, value in row.items() if name != "id"} for row in expected]


@pytest.mark.parametrize(("name", "more"), [("run", ["--workers", 0]), ("run.jsonl", [])])
def test_a_run_of_which_no_game_can_be_computed_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, more: list[object]
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("bad code")

    monkeypatch.setattr(lab.Runner, "play", fails)
    result = called("--games", 300, "--out", tmp_path / name, *more)
    assert result.exit_code == 1
    assert "more than 100 games cannot be computed; the last: ZeroDivisionError: bad code" in result.stderr
    assert not list(tmp_path.glob("*.jsonl*")) and not list(tmp_path.glob("run/manifest.json"))
    result = called("--games", 2, "--out", tmp_path / f"few_{name}", *more)
    assert result.exit_code == 1 and result.stderr.count("could not be computed: ZeroDivisionError: bad code") == 2


# -- stopped and killed, in earnest ------------------------------------------------------------------------

# A file of these games is written every ten milliseconds: whoever stops a run after the second must find it running.
BIG = 120 * FILE_GAMES


def command(folder: Path, *more: str) -> list[str]:
    words = ["run", str(TINY), "--games", str(BIG), "--seed", "3", "--out", str(folder), *more]
    return [sys.executable, "-m", "game.cli", *words]


def descendants(pid: int, words: bytes) -> list[int]:
    """Processes below one, whose command line holds these words."""
    found, below = [], [pid]
    for one in below:
        for listed in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                below += [int(word) for word in listed.read_text("ascii").split()]
            except OSError:
                continue
    for child in below[1:]:
        try:
            if words in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(child)
        except OSError:
            continue
    assert found, "the run has no worker"
    return found


def wait_for_files(folder: Path, count: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 240
    while len(list((folder / "games").glob("*.parquet"))) < count:
        assert process.poll() is None, "the run ended too early"
        assert time.monotonic() < until
        time.sleep(0.05)


def wait_for_the_end_of(workers: list[int]) -> None:
    until = time.monotonic() + 60
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < until, "a worker outlives its run"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("big") / "run"
    lab.run(TINY, folder, games=BIG, seed=3, workers=2)
    return content(folder)


pytestmark_linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes under /proc")


@pytest.mark.slow
@pytestmark_linux
@pytest.mark.parametrize("killed", [[-1], [0], [0, -1]], ids=["worker", "nursery", "nursery and worker"])
def test_a_killed_worker_changes_nothing(tmp_path: Path, big: dict[str, bytes], killed: list[int]) -> None:
    folder = tmp_path / "run"
    with subprocess.Popen(command(folder, "--workers", "2")) as process:
        wait_for_files(folder, 1, process)
        found = descendants(process.pid, b"game.lab.worker")
        for one in killed:
            os.kill(found[one], signal.SIGKILL)
        assert process.wait() == 0
    wait_for_the_end_of(found)
    assert content(folder) == big
    assert json.loads((folder / "manifest.json").read_bytes())["failed"] == []


@pytest.mark.slow
@pytestmark_linux
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_run_goes_on(tmp_path: Path, big: dict[str, bytes], sent: signal.Signals) -> None:
    folder = tmp_path / "run"
    # Without the accelerator and in small batches it takes four times as long: on a busy machine one file and all of
    # them may be there at the same look. The rest is computed the other way, and is the same.
    slowly = {**os.environ, "OPEN_DOOR_FAST": "0"}
    small = command(folder, "--workers", "2", "--batch", "32")
    with subprocess.Popen(small, env=slowly, stderr=subprocess.PIPE) as process:
        wait_for_files(folder, 1, process)
        workers = descendants(process.pid, b"game.lab.worker")
        process.send_signal(sent)
        _, said = process.communicate()
        assert process.returncode == (130 if sent == signal.SIGINT else -signal.SIGKILL)
    if sent == signal.SIGINT:
        assert b"goes on" in said and b"Traceback" not in said
    wait_for_the_end_of(workers)
    kept = content(folder)
    assert 1 <= len([name for name in kept if name.endswith(".parquet")]) < len(big)
    assert subprocess.run(command(folder, "--workers", "2"), check=False).returncode == 0
    assert content(folder) == big
    assert not list(folder.glob("*/*.part"))


@pytest.mark.slow
@pytestmark_linux
def test_killed_workers_of_dask_change_nothing(tmp_path: Path, big: dict[str, bytes]) -> None:
    pytest.importorskip("distributed")
    folder = tmp_path / "run"
    with subprocess.Popen(command(folder, "--workers", "2", "--dask", "local")) as process:
        for files in (1, 3):
            wait_for_files(folder, files, process)
            os.kill(descendants(process.pid, b"spawn_main")[-1], signal.SIGKILL)
        assert process.wait() == 0
    assert content(folder) == big


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_request_to_stop_that_was_lost_is_heeded_with_the_next_games(capsys: pytest.CaptureFixture[str]) -> None:
    """An exception that a signal raises while a finalizer runs is printed and forgotten."""
    import typer

    from game.commands.common import STOPPED, stoppable
    from game.lab.progress import progress

    class Late:
        def __del__(self) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.01)

    with pytest.raises(typer.Exit) as ended, stoppable(lambda: "Kept."), progress(10) as step:
        Late()
        step(1)
    assert ended.value.exit_code == STOPPED
    assert "Kept." in capsys.readouterr().err


def test_a_missing_library_is_named_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = CliRunner().invoke(app, ["run", str(TINY), "--out", str(tmp_path / "run")])
    assert result.exit_code == 1
    assert "--extra lab" in result.stderr and result.stderr.count("\n") == 1


def test_a_plan_is_checked(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one game"):
        plan_of(load(TINY), games=0)
    (tmp_path / "run.json").write_text("{", "utf-8")
    with pytest.raises(DataSetError, match="damaged"):
        read_plan(tmp_path)


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.jsonl", "'a'; `game run` writes"), ("a.JSONL", "game run"), ("a.parquet", "'a'$"), ("a.csv", "'a'$")],
)
def test_a_run_makes_no_folder_that_is_called_like_a_file(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        lab.run(TINY, tmp_path / name, games=2, workers=0)
    assert not list(tmp_path.iterdir())
    (tmp_path / name).mkdir()
    assert len(lab.run(TINY, tmp_path / name, games=2, workers=0)) == 2, "a folder that is there is one"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"games": "5"}, "games: '5' is not a whole"), ({"games": 2.5}, "games: 2.5"), ({"seed": "a"}, "seed: 'a'"),
     ({"workers": "2"}, "workers: '2'"), ({"batch": None}, "batch: None"),
     ({"players": {"arda": "idle"}}, "not a kind of player.*use player="),
     ({"player": "idle"}, "not a mapping of seats.*use players="), ({"player": {"arda": 3}}, "3 of arda")],
)  # fmt: skip
def test_an_argument_of_a_wrong_type_is_named(tmp_path: Path, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        lab.run(TINY, tmp_path / "run", **{"games": 2, "workers": 0, **wrong})


def test_whole_numbers_of_other_libraries_are_numbers(tmp_path: Path) -> None:
    found = lab.run(TINY, tmp_path / "run", games=np.int64(2), seed=np.uint8(3), workers=0)  # type: ignore[arg-type]
    assert json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))["seed"] == 3 and len(found) == 2
