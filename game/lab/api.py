"""`game.lab.run`: the command `game run` for scripts and notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from game.lab.bounds import a_scenario, checked_games, is_lines, is_other_file, whole_number
from game.lab.dataset import DataSet, Step, write_dataset
from game.lab.plan import FILE_GAMES, plan_of
from game.lab.pool import processes, warmed
from game.lab.texts import compiled_scenario
from game.scenario import Scenario


def run(
    scenario: str | Path | Scenario,
    out: str | Path,
    *,
    games: int = 100,
    seed: int = 0,
    players: str = "doctrine",
    player: Mapping[str, str] | None = None,
    turns: bool = False,
    workers: int | None = None,
    dask: str | None = None,
    batch: int = FILE_GAMES,
    done: Step = lambda games: None,
) -> DataSet:
    """Play many games into a folder and give its data set; games that are there already are not played again.

    scenario: a shipped id, a path, or a loaded scenario; players: the kind of player of every seat; player: seat →
    kind for some; turns: keep rows of turns as well; workers: processes (None: one a core, 0: only this process);
    dask: `local` or a scheduler's address; done: called with numbers of finished games; its
    method `follow`, if it has one, is told the folder first.
    Raises TypeError, ValueError, ScenarioError, UnknownNameError, DataSetError, RunStoppedError, MissingExtraError,
    OSError.
    """
    a_scenario(scenario, Scenario)
    folder = _folder(out)
    games, seed, batch = whole_number("games", games), whole_number("seed", seed), whole_number("batch", batch)
    checked_games(games, seed)
    if batch < 1:
        raise ValueError(f"batch: a batch is at least 1 game, not {batch}")
    some = processes(None if workers is None else whole_number("workers", workers))
    if some < 0:
        raise ValueError(f"workers: there are at least 0 processes, not {workers}")
    if not isinstance(turns, bool):
        raise TypeError(f"turns: {turns!r} is not True or False")
    if dask is not None and not isinstance(dask, str):
        raise TypeError(f"dask: {dask!r} is not 'local' or the address of a scheduler")
    if not callable(done):
        raise TypeError(f"done: {done!r} cannot be called with numbers of finished games")
    source = scenario.text if isinstance(scenario, Scenario) else scenario
    with warmed(0 if dask is not None else some, games, source):
        loaded = scenario if isinstance(scenario, Scenario) else compiled_scenario(scenario).scenario
        plan = plan_of(loaded, games=games, seed=seed, players=players, player=player, turns=turns)
        if callable(follow := getattr(done, "follow", None)):
            follow(folder)
        return write_dataset(plan, folder, workers=some, dask=dask, batch=batch, done=done)


def _folder(out: str | Path) -> Path:
    """Where a run goes. Raises TypeError for no name, ValueError for the name of a file."""
    if not isinstance(out, (str, Path)):
        raise TypeError(f"out: {out!r} is not the name of a folder")
    folder = Path(out)
    if (is_lines(folder) and not folder.is_dir()) or is_other_file(folder):
        lines = "; `game run` writes files of JSON lines" if is_lines(folder) else ""
        raise ValueError(f"out: '{out}' is the name of a file; name a folder, like '{folder.stem}'{lines}")
    return folder
