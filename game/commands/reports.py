"""Commands of the lab that grade and measure a scenario: reports as pages and figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from game.commands.common import (
    Games,
    Json,
    Scenario,
    Seed,
    Workers,
    fail,
    kept_of,
    load_scenario,
    print_json,
    said_clearly,
    stoppable,
)
from game.lab.bounds import SEEDS_PER_RUN
from game.text import _

if TYPE_CHECKING:
    from game.lab.plan import Plan


def add_commands(app: typer.Typer) -> None:
    """Add the commands to an application."""
    for command in (balance, sensitivity, hindcast):
        app.command()(command)


def hindcast(
    scenario: Annotated[str, typer.Argument(help="Id of a shipped scenario, or a file.")] = "open_door",
    targets: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Another list than that of 2008 to 2014; see docs/lab.md.")
    ] = None,
    games: Games = 1000,
    seed: Seed = 0,
    players: Annotated[str, typer.Option(help="Who plays every seat.")] = "doctrine",
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Gets hindcast.html, hindcast.json and the games; hindcast/SCENARIO if none."),
    ] = None,
    workers: Workers = None,
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
    from game.lab.plan import plan_of
    from game.lab.progress import progress
    from game.lab.targets import SHIPPED, TargetsError, read_targets
    from game.lab.whereabouts import check_targets

    known = load_scenario(scenario)
    loaded = known.scenario
    with said_clearly():
        plan = plan_of(loaded, games=games, seed=seed, players=players)
        report, kept = _folders(out, "hindcast", plan)
    with stoppable(lambda: kept_of(kept, games)), said_clearly():
        try:
            asked = read_targets(targets or SHIPPED)
            check_targets(known.ruleset, asked)
            if asked.after:
                said = _("These happened after the window and count as not having happened: {ids}.")
                typer.echo(said.format(ids=", ".join(asked.after)), err=True)
            with progress(games) as step:
                data = lab.run(loaded, kept, games=games, seed=seed, players=players, workers=workers, done=step)
            result = grade(data, asked)
        except TargetsError as fault:
            raise fail(str(fault)) from None
        _report(report, "hindcast", page(result, str(kept)), result.figures())
    if as_json:
        print_json(result.figures())
        return
    for line in lines(result):
        typer.echo(line)
    typer.echo(_("The report is {file}.").format(file=report / "hindcast.html"))


def _folders(out: Path | None, kind: str, plan: Plan) -> tuple[Path, Path]:
    """The folder of a report, and that of its games. Raises BadParameter for the name of a file."""
    from game.lab.kept import report_folder, run_folder

    try:
        report = report_folder(out, kind, plan.scenario)
    except ValueError as fault:
        raise typer.BadParameter(str(fault), param_hint="'--out'") from None
    return report, run_folder(report, plan)


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
    seed: Seed = 0,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Gets balance.html, balance.json and the games; balance/SCENARIO if none."),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out single orders and ablation.")] = False,
    workers: Workers = None,
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
    from game.lab.criteria import best_repeated, faults
    from game.lab.plan import plan_of
    from game.lab.pool import processes

    some = processes(workers)
    known = load_scenario(scenario)
    loaded = known.scenario
    said = _("Stopped before the report was written; games that are finished stay in {folder}.")
    with said_clearly():
        report, kept = _folders(out, "balance", plan_of(loaded, games=games, seed=seed))
    with stoppable(lambda: said.format(folder=kept)), said_clearly():
        kinds = [kind for kind in KINDS if planner_games or not kind.startswith("planner")]
        # A folder that cannot be used is found out before the long part begins.
        lab.run(loaded, kept, games=games, seed=seed, workers=some)
        result = measured(
            loaded, known.ruleset, games=games, planner_games=planner_games, seed=seed, kinds=kinds, thorough=not quick,
            workers=some, said=lambda text: typer.echo(text, err=True),
        )  # fmt: skip
        names = {one.id: one.name for one in loaded.book.rulebook.things}
        _report(report, "balance", page(result, names, str(kept)), result.figures)
    if as_json:
        print_json(result.figures)
        return
    for line in faults(result.figures) or [_nothing_wanting(bool(planner_games))]:
        typer.echo(line)
    if faults(result.figures) and not planner_games:
        typer.echo(_("The planner's criteria were not measured."))
    gains = [
        f"{seat}.{order}" for seat, (order, score, usual) in best_repeated(result.figures).items() if score > usual
    ]
    if gains:
        said = _(
            "Not judged here, but by scripts/gauge.py: given again and again these score above doctrine: {orders}."
        )
        typer.echo(said.format(orders=", ".join(gains)))
    typer.echo(_("The report is {file}.").format(file=report / "balance.html"))


def _nothing_wanting(planner: bool) -> str:
    if planner:
        return _("Nothing is wanting.")
    return _("Nothing is wanting in what was measured; the planner's criteria were not.")


def sensitivity(
    scenario: Scenario,
    trajectories: Annotated[int, typer.Option(min=2, help="Paths through the numbers' ranges.")] = 6,
    games: Annotated[int, typer.Option(min=1, max=SEEDS_PER_RUN, help="Games of each setting.")] = 128,
    seed: Seed = 0,
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="score.SEAT, war, armed_attacks, turns, incidents; all if none."),
    ] = None,
    workers: Workers = None,
    as_json: Json = False,
) -> None:
    """Find out which named numbers of the rules matter (Morris screening).

    \b
    Examples:
      game sensitivity bucharest_2008
      game sensitivity bucharest_2008 --measure war --measure score.croatia --json
    """
    from game.lab.pool import processes
    from game.lab.progress import progress
    from game.lab.sensitivity import figures, lines, runs, screen

    loaded = load_scenario(scenario).scenario
    some = processes(workers)
    said = _("Stopped before all settings were played; nothing is kept.")
    with stoppable(lambda: said), said_clearly(), progress(runs(loaded, trajectories), settings=True) as step:
        effects = screen(
            loaded, trajectories=trajectories, games=games, seed=seed, measures=measure, workers=some, done=step
        )
    if as_json:
        print_json(figures(loaded, effects, trajectories=trajectories, games=games, seed=seed))
        return
    for line in lines(effects):
        typer.echo(line)
