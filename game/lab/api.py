"""`game.lab.run`: the command `game run` for scripts and notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from game.lab.dataset import DataSet, Step, write_dataset
from game.lab.plan import FILE_GAMES, plan_of
from game.lab.pool import cores, warmed
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
    dask: `local` or a scheduler's address; done: called with numbers of finished games.
    Raises ScenarioError, UnknownNameError, ValueError, DataSetError, RunStoppedError, MissingExtraError, OSError.
    """
    some = cores() if workers is None else workers
    source = scenario.text if isinstance(scenario, Scenario) else scenario
    with warmed(0 if dask is not None else some, games, source):
        loaded = scenario if isinstance(scenario, Scenario) else compiled_scenario(scenario).scenario
        plan = plan_of(loaded, games=games, seed=seed, players=players, player=player, turns=turns)
        return write_dataset(plan, Path(out), workers=some, dask=dask, batch=batch, done=done)
