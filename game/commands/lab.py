"""Commands of the lab: many games, comparisons, reports."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from game.commands.common import Json, fail, load_scenario, pair, print_json, said_clearly
from game.text import _

if TYPE_CHECKING:
    from game.lab import DataSet, Summary
    from game.rules import Ruleset

Games = Annotated[int, typer.Option(min=1, help="How many games.")]
Scenario = Annotated[str, typer.Argument(help="Id of a shipped scenario, or a file.")]
STOPPED = 130


def add_commands(app: typer.Typer) -> None:
    """Add the lab's commands to an application."""
    for command in (run, query, compare, balance, sensitivity, hindcast):
        app.command()(command)


def run(
    scenario: Scenario,
    out: Annotated[Path, typer.Option(metavar="OUT", help="FILE.jsonl for one line a game, or a folder.")],
    games: Games = 100,
    seed: Annotated[int, typer.Option(min=0, help="Game i has the seed SEED × 1,000,000 + i.")] = 0,
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
    from game.lab.pool import cores, warmed

    pairs = dict(pair(text) for text in player or [])
    began = time.perf_counter()
    failed: list[dict[str, Any]] = []
    in_lines = out.suffix == ".jsonl"
    if in_lines and (workers is not None or dask is not None or turns):
        raise fail(_("One file is written by one process; give a folder to use --workers, --dask or --turns."))
    # Whatever the scenario is, the workers will have much to import: they begin before it is read.
    some = 0 if in_lines or dask is not None else cores() if workers is None else workers
    with warmed(some, games, scenario), said_clearly():
        known = load_scenario(scenario)
        loaded = known.scenario
        if in_lines:
            summary = _lines(known.ruleset, out, games, seed, players, pairs, batch)
            seconds = time.perf_counter() - began
        else:
            data = _folder(
                loaded, out, pairs, batch, games=games, seed=seed, players=players, turns=turns, workers=workers,
                dask=dask,
            )  # fmt: skip
            seconds = time.perf_counter() - began
            from game.lab.summary import summary_of

            summary, failed = summary_of(data), [vars(one) for one in data.failures]
    figures = {"scenario": loaded.id, "games": games, "seed": seed, "seconds": round(seconds, 3)}
    figures["games_per_second"] = round(games / seconds, 1)
    if as_json:
        print_json({**figures, **summary.figures(), **({} if in_lines else {"failed": failed})})
    else:
        from game.lab.tables import summary_lines

        for line in summary_lines(summary, figures):
            typer.echo(line)
    for one in failed:
        said = _("Game {game} with seed {seed} could not be computed: {reason}")
        typer.echo(said.format(**one), err=True)
    if failed:
        raise typer.Exit(1)


def _lines(
    ruleset: Ruleset, out: Path, games: int, seed: int, players: str, pairs: dict[str, str], batch: int | None
) -> Summary:
    """One JSON line a game."""
    from game.lab import BATCH, Runner, Summary, players_of, write_run
    from game.lab.progress import progress

    held = players_of(ruleset, players, pairs)
    summary = Summary()
    with progress(games) as step:

        def done(record: dict[str, Any]) -> None:
            summary.add(record)
            step(1)

        try:
            write_run(Runner(ruleset, held, seed, batch or BATCH), games, out, done)
        except OSError as fault:
            raise fail(_("{file} could not be written: {reason}").format(file=out, reason=fault.strerror)) from None
    return summary


def _folder(loaded: Any, out: Path, pairs: dict[str, str], batch: int | None, **settings: Any) -> DataSet:
    """A data set; an interrupted one says how to go on."""
    import signal

    from game import lab
    from game.lab.plan import FILE_GAMES
    from game.lab.progress import progress

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        with progress(settings["games"]) as step:
            data = lab.run(loaded, out, player=pairs, batch=batch or FILE_GAMES, done=step, **settings)
    except KeyboardInterrupt:
        message = _("Stopped. What was finished is kept in {folder}; the same command goes on from there.")
        raise fail(message.format(folder=out), STOPPED) from None
    finally:
        signal.signal(signal.SIGTERM, before)
    return data


def game_of_row(folder: Path, row: str, turn: int, people: list[str]) -> Any:
    """A row of a run's folder as a game at the opening of a turn."""
    from game.lab import DataSet

    with said_clearly():
        return DataSet(folder).play(row, turn, people)


def query(
    sql: Annotated[str, typer.Argument(help="A query over `games`, and `turns` where they were kept.")],
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of a run.")],
    as_json: Json = False,
) -> None:
    """Ask a run's results in SQL.

    \b
    Examples:
      game query "select outcome, count(*) from games group by outcome" results
      game query "select avg(scores.croatia), avg(war::int) from games" results
      game query "select id from games where reached.croatia.nato.member is null limit 5" results --json
    """
    from game.lab import DataSet
    from game.lab.extras import need

    with said_clearly():
        data = DataSet(folder)
        duckdb = need("duckdb", "lab")
        try:
            relation = data.query(sql)
            if relation is None:
                return
            names, rows = relation.columns, relation.fetchall()
        except duckdb.Error as fault:
            raise fail(str(fault)) from None
    if as_json:
        import json

        plain = [dict(zip(names, row, strict=True)) for row in rows]
        sys.stdout.write(json.dumps({"rows": plain}, ensure_ascii=False, default=str) + "\n")
        return
    typer.echo("\t".join(names))
    for row in rows:
        typer.echo("\t".join("" if value is None else str(value) for value in row))


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A scenario, with changes after commas.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another, or the same with other changes.")],
    games: Annotated[int, typer.Option(min=2, help="At most so many pairs of games.")] = 4096,
    seed: Annotated[int, typer.Option(min=0, help="The same luck for both.")] = 0,
    tolerance: Annotated[float, typer.Option(min=0, help="Differences up to this are none.")] = 1.0,
    confidence: Annotated[float, typer.Option(min=0.5, max=0.9999, help="Of all intervals together.")] = 0.95,
    measure: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="score.SEAT, war, turns, incidents; all scores if none.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Play two settings on the same luck until their difference is settled.

    A setting is a scenario and its changes: `players=KIND`, `SEAT=KIND`, `parameter.NAME=NUMBER`, `without.ORDER`.
    Exits 0 if every measure is the same within the tolerance, 1 if one differs by more, 3 if it is not settled.

    \b
    Examples:
      game compare bucharest_2008 bucharest_2008,albania=idle --measure score.albania
      game compare bucharest_2008 my_version.yaml --tolerance 2
      game compare bucharest_2008,players=random bucharest_2008 --games 500 --json
    """
    from game.lab.compare import compare_settings, setting

    with said_clearly():
        result = compare_settings(
            setting(first), setting(second), games=games, seed=seed, tolerance=tolerance, confidence=confidence,
            measures=measure,
        )  # fmt: skip
    if as_json:
        print_json(result.figures())
    else:
        for line in result.lines():
            typer.echo(line)
    raise typer.Exit(result.status)


def hindcast(
    scenario: Annotated[str, typer.Argument(help="Id of a shipped scenario, or a file.")] = "open_door",
    targets: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Another list than that of 2008 to 2014.")
    ] = None,
    games: Games = 1000,
    seed: Annotated[int, typer.Option(min=0, help="The run's seed.")] = 0,
    players: Annotated[str, typer.Option(help="Who plays every seat.")] = "doctrine",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Gets hindcast.html, hindcast.json and the games.")] = Path(
        "hindcast"
    ),
    workers: Annotated[int | None, typer.Option(min=0, help="Processes; one a core if not given.")] = None,
    as_json: Json = False,
) -> None:
    """Hold ensembles of games against recorded, dated outcomes, and show where they fail.

    \b
    Examples:
      game hindcast
      game hindcast open_door --games 2000 --out card
      game hindcast open_door --targets my_targets.yaml --json
    """
    from game import lab
    from game.lab.hindcast import hindcast as grade
    from game.lab.hindcast import lines
    from game.lab.hindcast_page import page
    from game.lab.progress import progress
    from game.lab.targets import TargetsError, read_targets

    loaded = load_scenario(scenario).scenario
    with said_clearly():
        try:
            asked = None if targets is None else read_targets(targets)
            with progress(games) as step:
                data = lab.run(loaded, out / "run", games=games, seed=seed, players=players, workers=workers, done=step)
            result = grade(data, asked)
        except TargetsError as fault:
            raise fail(str(fault)) from None
        _report(out, "hindcast", page(result, str(out / "run")), result.figures())
    if as_json:
        print_json(result.figures())
        return
    for line in lines(result):
        typer.echo(line)
    typer.echo(_("The report is {file}.").format(file=out / "hindcast.html"))


def _report(folder: Path, name: str, page: Any, figures: dict[str, Any]) -> None:
    """Write a report as a page and as figures."""
    import json

    from game.lab.dataset import write_bytes
    from game.lab.page import html

    write_bytes(folder / f"{name}.html", html(page).encode())
    write_bytes(folder / f"{name}.json", (json.dumps(figures, ensure_ascii=False, indent=1) + "\n").encode())


def balance(
    scenario: Scenario,
    games: Games = 512,
    planner_games: Annotated[int, typer.Option(min=0, help="Games a seat for the planner; 0 leaves it out.")] = 48,
    seed: Annotated[int, typer.Option(min=0, help="The run's seed.")] = 0,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Gets balance.html, balance.json and the games.")] = Path(
        "balance"
    ),
    quick: Annotated[bool, typer.Option("--quick", help="Leave out single orders and ablation.")] = False,
    as_json: Json = False,
) -> None:
    """Measure whether every seat can be won, by more than one way, and not by luck alone.

    \b
    Examples:
      game balance bucharest_2008
      game balance my_scenario.yaml --games 200 --planner-games 0 --quick --out report
    """
    from game import lab
    from game.lab.balance import KINDS
    from game.lab.balance import balance as measured
    from game.lab.balance_page import page
    from game.lab.criteria import faults

    known = load_scenario(scenario)
    loaded = known.scenario
    with said_clearly():
        kinds = [kind for kind in KINDS if planner_games or not kind.startswith("planner")]
        result = measured(
            loaded, known.ruleset, games=games, planner_games=planner_games, seed=seed, kinds=kinds, thorough=not quick,
            said=lambda text: typer.echo(text, err=True),
        )  # fmt: skip
        lab.run(loaded, out / "run", games=games, seed=seed, workers=0)
        names = {one.id: one.name for one in loaded.book.rulebook.things}
        _report(out, "balance", page(result, names, str(out / "run")), result.figures)
    if as_json:
        print_json(result.figures)
        return
    for line in faults(result.figures) or [_("Nothing is wanting.")]:
        typer.echo(line)
    typer.echo(_("The report is {file}.").format(file=out / "balance.html"))


def sensitivity(
    scenario: Scenario,
    trajectories: Annotated[int, typer.Option(min=2, help="Paths through the numbers' ranges.")] = 6,
    games: Annotated[int, typer.Option(min=1, help="Games of each setting.")] = 128,
    seed: Annotated[int, typer.Option(min=0, help="The run's seed.")] = 0,
    measure: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="score.SEAT, war, turns, incidents; all if none.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Find out which named numbers of the rules matter (Morris screening).

    \b
    Examples:
      game sensitivity bucharest_2008
      game sensitivity bucharest_2008 --measure war --measure score.croatia --json
    """
    from game.lab.progress import progress
    from game.lab.sensitivity import lines, runs, screen

    loaded = load_scenario(scenario).scenario
    with said_clearly(), progress(runs(loaded, trajectories)) as step:
        effects = screen(loaded, trajectories=trajectories, games=games, seed=seed, measures=measure, done=step)
    if as_json:
        print_json({"scenario": loaded.id, "effects": [vars(one) for one in effects]})
        return
    for line in lines(effects):
        typer.echo(line)


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
