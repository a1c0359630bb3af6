"""Commands of the lab: many games, comparisons, reports."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from game.commands import query, reports
from game.commands.common import (
    Games,
    Json,
    Scenario,
    Seed,
    fail,
    kept_of,
    load_scenario,
    pair,
    print_json,
    said_clearly,
    stoppable,
)
from game.lab.bounds import SEEDS_PER_RUN, checked_games, is_lines, is_other_file
from game.text import _

if TYPE_CHECKING:
    from game.lab import DataSet, Failure, Summary
    from game.rules import Ruleset

WRONG = 2
"""A mistake in the settings of a comparison: not one of its verdicts, and the status of wrong usage."""


def add_commands(app: typer.Typer) -> None:
    """Add the lab's commands to an application."""
    app.command()(run)
    query.add_commands(app)
    app.command()(compare)
    reports.add_commands(app)


def run(
    scenario: Scenario,
    out: Annotated[Path, typer.Option(metavar="OUT", help="FILE.jsonl for one line a game, or a folder.")],
    games: Games = 100,
    seed: Seed = 0,
    players: Annotated[str, typer.Option(help="doctrine, doctrine:POPULATION, random, idle …")] = "doctrine",
    player: Annotated[
        list[str] | None, typer.Option(metavar="SEAT=KIND", help="Another player for one seat; may be repeated.")
    ] = None,
    batch: Annotated[
        int | None, typer.Option(min=1, help="Games played at a time; changes speed, not results.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=0, help="Processes that write a folder; one a core if not given, 0: none.")
    ] = None,
    dask: Annotated[str | None, typer.Option(metavar="local|ADDRESS", help="Compute on a Dask cluster.")] = None,
    turns: Annotated[bool, typer.Option("--turns", help="Rows of every turn, seat and quantity as well.")] = False,
    as_json: Json = False,
) -> None:
    """Play many games and write what came of each.

    A folder gets Parquet files, is computed by several processes, and goes on where it was when it was stopped.

    \b
    Examples:
      game run bucharest_2008 --games 1000 --seed 1 --out results.jsonl
      game run bucharest_2008 --games 200 --player albania=idle --out idle.jsonl
      game run bucharest_2008 --games 10000 --out results --workers 2
      game run bucharest_2008 --games 500 --out results --turns --dask local
    """
    from game.lab.pool import processes, warmed

    pairs = dict(pair(text) for text in player or [])
    began = time.perf_counter()
    if is_other_file(out):
        said = _("'{file}' would be a file that is not written here; write {lines}, or the name of a folder.")
        raise typer.BadParameter(said.format(file=out, lines=out.with_suffix(".jsonl").name), param_hint="'--out'")
    in_lines = is_lines(out)
    if in_lines and (workers is not None or dask is not None or turns):
        raise fail(_("One file is written by one process; give a folder to use --workers, --dask or --turns."))
    # Whatever the scenario is, the workers will have much to import: they begin before it is read.
    some = 0 if in_lines or dask is not None else processes(workers)
    with warmed(some, games, scenario), said_clearly():
        known = load_scenario(scenario)
        loaded = known.scenario
        if in_lines:
            summary, failures = _lines(known.ruleset, out, games, seed, players, pairs, batch)
            computed = games
            seconds = time.perf_counter() - began
        else:
            data = _folder(
                loaded, out, pairs, batch, games=games, seed=seed, players=players, turns=turns, workers=workers,
                dask=dask,
            )  # fmt: skip
            seconds = time.perf_counter() - began
            from game.lab.summary import summary_of

            summary, failures, computed = summary_of(data), data.failures, data.computed
    figures = {"scenario": loaded.id, "games": games, "seed": seed, "seconds": round(seconds, 3)}
    figures["games_per_second"] = round(computed / seconds, 1) if computed else None
    if as_json:
        print_json({**figures, **summary.figures(), "failed": [vars(one) for one in failures]})
    else:
        from game.lab.tables import summary_lines

        for line in summary_lines(summary, figures):
            typer.echo(line)
    for one in failures:
        said = _("Game {game} with seed {seed} could not be computed: {reason}")
        typer.echo(said.format(**vars(one)), err=True)
    if failures:
        raise typer.Exit(1)


def _lines(
    ruleset: Ruleset, out: Path, games: int, seed: int, players: str, pairs: dict[str, str], batch: int | None
) -> tuple[Summary, list[Failure]]:
    """One JSON line a game; those that could not be computed have none."""
    from game.lab import BATCH, Runner, Summary, players_of, write_run
    from game.lab.progress import progress

    checked_games(games, seed)
    held = players_of(ruleset, players, pairs)
    summary = Summary()
    with progress(games) as step:

        def done(record: dict[str, Any]) -> None:
            summary.add(record)
            step(1)

        said = _("Stopped. Nothing was written to {file}; a folder (`--out DIR`) can be gone on with.")
        try:
            with stoppable(lambda: said.format(file=out)):
                failures = write_run(Runner(ruleset, held, seed, batch or BATCH), games, out, done)
                step(len(failures))
        except OSError as fault:
            raise fail(_("{file} could not be written: {reason}").format(file=out, reason=fault.strerror)) from None
    return summary, failures


def _folder(loaded: Any, out: Path, pairs: dict[str, str], batch: int | None, **settings: Any) -> DataSet:
    """A data set; an interrupted one says how to go on."""
    from game import lab
    from game.lab.plan import FILE_GAMES
    from game.lab.progress import progress

    with stoppable(lambda: kept_of(out, settings["games"])), progress(settings["games"]) as step:
        return lab.run(loaded, out, player=pairs, batch=batch or FILE_GAMES, done=step, **settings)


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A scenario, with changes after commas.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another, or the same with other changes.")],
    games: Annotated[int, typer.Option(min=2, max=SEEDS_PER_RUN, help="At most so many pairs of games.")] = 4096,
    seed: Seed = 0,
    tolerance: Annotated[
        float | None,
        typer.Option(
            min=0,
            help="Differences up to this are none, in the measure's own unit; if not given 1 point of a score, "
            "0.02 of the games for war, 0.1 a game for what is counted.",
        ),
    ] = None,
    confidence: Annotated[float, typer.Option(min=0.5, max=0.9999, help="Of all intervals together.")] = 0.95,
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="score.SEAT, war, armed_attacks, turns, incidents; all scores if none."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Play two settings on the same luck until their difference is settled.

    A setting is a scenario and its changes: `players=KIND`, `SEAT=KIND`, `parameter.NAME=NUMBER`, `without.ORDER`.
    Exits 0 if every measure is the same within the tolerance, 1 if one differs by more, 3 if it is not settled,
    and 2 if a setting or a measure is wrong, so that nothing was compared.

    \b
    Examples:
      game compare bucharest_2008 bucharest_2008,albania=idle --measure score.albania
      game compare bucharest_2008 my_version.yaml --tolerance 2
      game compare bucharest_2008,players=random bucharest_2008 --games 500 --json
    """
    from game.lab.compare import compare_settings, notes_on, setting

    said = _("Stopped before the settings were compared; nothing is kept.")
    with stoppable(lambda: said), said_clearly(WRONG):
        settings = setting(first), setting(second)
        for note in notes_on(*settings, measure):
            typer.echo(note, err=True)
        result = compare_settings(
            *settings, games=games, seed=seed, tolerance=tolerance, confidence=confidence,
            measures=measure,
        )  # fmt: skip
    if as_json:
        print_json(result.figures())
    else:
        for line in result.lines():
            typer.echo(line)
    raise typer.Exit(result.status)


def check_play(paths: list[str], games: int, as_json: bool) -> None:
    """`game check --play`: quick games of scenarios, and what a designer should look at."""
    from game.lab.playcheck import play_check

    found: list[dict[str, Any]] = []
    for path in paths:
        with said_clearly():
            findings = play_check(load_scenario(path).ruleset, games)
        found.append({"path": path, "games": games, "findings": [vars(one) for one in findings]})
    if as_json:
        print_json({"scenarios": found})
        return
    for one in found:
        for finding in one["findings"]:
            typer.echo(f"{one['path']}: {finding['kind']}: {finding['text']}")
        if not one["findings"]:
            typer.echo(_("{path}: nothing to report after {games} games").format(path=one["path"], games=games))
