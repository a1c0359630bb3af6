"""The command line. Everything heavy is imported by the command that needs it, so that `--help` is quick."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Annotated, Any

import typer

from game import __version__
from game.classroom.command import classroom
from game.commands import lab, players, query
from game.commands.choices import refuse_contradictions
from game.commands.common import Json, fail, load_scenario, print_json
from game.text import _

app = typer.Typer(
    name="game",
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        import platform
        from importlib.metadata import version

        from game.rules.fast import describe

        parts = [f"Open Door {__version__}", f"Python {platform.python_version()}", f"NumPy {version('numpy')}"]
        typer.echo(", ".join([*parts, describe()]))
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Open Door: a turn-based regional-security strategy simulation.

    \b
    Examples:
      game
      game scenarios
      game play bucharest_2008 --as croatia
      game run bucharest_2008 --games 1000 --out results.jsonl
    """
    if context.invoked_subcommand is None:
        from game.desktop.start import can_open, open_menu

        if can_open():
            raise typer.Exit(open_menu())
        if not sys.stdin.isatty():
            raise fail(_("There is neither a display nor a terminal; 'game --help' tells what works without."))
        typer.echo(_("There is no display, so the game goes on in the terminal."), err=True)
        from game.terminal.picker import play_picked

        play_picked()


# -- scenarios -----------------------------------------------------------------------------------------


@app.command()
def scenarios(as_json: Json = False) -> None:
    """List the shipped scenarios.

    \b
    Examples:
      game scenarios
      game scenarios --json
    """
    from game.scenario import shipped

    found = shipped()
    if as_json:
        print_json({"scenarios": [{"id": name, "title": title} for name, title in found]})
        return
    for name, title in found:
        typer.echo(f"{name}: {title}")
    if not found:
        typer.echo(_("No scenario is shipped."))


@app.command()
def check(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH]...", help="Files; all shipped if none.")] = None,
    coverage: Annotated[bool, typer.Option("--coverage", help="Play, and list what carries each mechanism.")] = False,
    play: Annotated[bool, typer.Option("--play", help="Play 200 quick games, and list what looks wrong.")] = False,
    games: Annotated[int | None, typer.Option(min=1, help="With --coverage (300) or --play (200): games.")] = None,
    as_json: Json = False,
) -> None:
    """Check scenarios: rows, orders and rules, or every fault on a line of its own. Exits 1 if there is a fault.

    With --coverage computers play every scenario, and a mechanism that never takes part is a fault too.
    With --play dead actions, silent events, dominant orders, hopeless seats and run-away quantities are listed.

    \b
    Examples:
      game check
      game check my_scenario.yaml
      game check --coverage --games 50
      game check my_scenario.yaml --play
      game check --json
    """
    from game.rules import compile_rules
    from game.scenario import ScenarioError, load, shipped

    if coverage and play:
        raise typer.BadParameter(_("--play and --coverage are two checks; give one of them."))
    if games is not None and not (coverage or play):
        raise typer.BadParameter(_("--games needs --play or --coverage; without them no game is played."))
    if coverage:
        _check_coverage(paths if paths is not None else [name for name, _title in shipped()], games or 300, as_json)
        return
    if play:
        lab.check_play(paths if paths is not None else [name for name, _title in shipped()], games or 200, as_json)
        return

    results: list[dict[str, Any]] = []
    for path in paths if paths is not None else [name for name, _title in shipped()]:
        result: dict[str, Any] = {"path": path, "faults": []}
        try:
            scenario = load(path)
            ruleset = compile_rules(scenario.book)
            rules = len(scenario.book.actions) + len(scenario.book.events) + len(scenario.book.rules)
            result |= {"id": scenario.id, "rows": len(ruleset.layout.names)}
            result |= {"orders": len(ruleset.catalogue.texts), "rules": rules}
        except ScenarioError as fault:
            result["faults"] = str(fault).splitlines()
        except ValueError as fault:
            result["faults"] = [f"{path}:1:1: {' '.join(str(fault).split())}"]
        results.append(result)
    if as_json:
        print_json({"ok": not any(r["faults"] for r in results), "scenarios": results})
    else:
        for result in results:
            for line in result["faults"]:
                typer.echo(line)
            if not result["faults"]:
                counts = _("{path}: {rows} rows, {orders} orders, {rules} rules")
                typer.echo(counts.format(**{key: result[key] for key in ("path", "rows", "orders", "rules")}))
    if any(result["faults"] for result in results):
        raise typer.Exit(1)


def _check_coverage(paths: list[str], games: int, as_json: bool) -> None:
    from game.lab.coverage import Coverage

    found = Coverage()
    for path in paths:
        if not as_json:
            sys.stderr.write(f"{path}\n")
        found.play(load_scenario(path).ruleset, games)
    faults = found.faults()
    if as_json:
        print_json(found.as_json())
    else:
        for number, row in found.mechanisms().items():
            rules = ", ".join(f"{rule} {times:,}" for rule, times in row["rules"].items())
            typer.echo(f"{number:>2} {row['title']}: {rules or _('no rule')}")
        typer.echo(_("Orders never given: {names}").format(names=", ".join(found.orders_never) or "–"))
        typer.echo(_("Events that never happened: {names}").format(names=", ".join(found.events_never) or "–"))
        for fault in faults:
            typer.echo(fault)
    if faults:
        raise typer.Exit(1)


@app.command(name="new-scenario")
def new_scenario(
    name: Annotated[str, typer.Argument(help="Small letters, digits and `_`.")],
    folder: Annotated[Path, typer.Option(help="Where the files go.")] = Path(),
) -> None:
    """Write a small commented scenario with rules of its own, to be changed into yours.

    \b
    Examples:
      game new-scenario west_africa
      game new-scenario west_africa --folder my_scenarios
    """
    from game.scenario.skeleton import SkeletonError, write_skeleton

    try:
        written = write_skeleton(name, folder)
    except SkeletonError as fault:
        raise typer.BadParameter(str(fault)) from None
    except OSError as fault:
        reason = (fault.strerror or str(fault)).lower()
        raise typer.BadParameter(_("'{folder}' cannot be written: {why}").format(folder=folder, why=reason)) from None
    for path in written:
        typer.echo(path)
    typer.echo(_("Play it: game play {path}").format(path=written[0]))


@app.command()
def schema(
    name: Annotated[str, typer.Argument(help="`scenario`, or `rulebook` for the files of its folder.")] = "scenario",
) -> None:
    """Write the JSON Schema of scenario files, for editors.

    \b
    Examples:
      game schema > scenario.schema.json
      game schema rulebook > rulebook.schema.json
    """
    from game.scenario.schema import schema_text, schemas

    if name not in schemas():
        raise typer.BadParameter(_("There are: {names}.").format(names=", ".join(schemas())))
    sys.stdout.write(schema_text(name))


# -- play ----------------------------------------------------------------------------------------------


@app.command()
def play(
    context: typer.Context,
    scenario: Annotated[str, typer.Argument(help="Id of a shipped scenario, or a file.")] = "",
    seats: Annotated[
        list[str] | None, typer.Option("--as", metavar="SEAT", help="The seat you play; more than once for hotseat.")
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, max=2**64 - 1, help="The game's luck: the same number gives the same chances.")
    ] = 0,
    load: Annotated[Path | None, typer.Option(metavar="FILE", help="Go on with a saved game.")] = None,
    results: Annotated[
        Path | None, typer.Option("--from", metavar="OUT", help="Open a game of a run's folder.")
    ] = None,
    row: Annotated[str, typer.Option("--game", metavar="ID", help="Its id, or the beginning, or its number.")] = "0",
    turn: Annotated[int, typer.Option("--turn", min=1, help="The turn at which a game of a run is opened.")] = 1,
    difficulty: Annotated[
        str, typer.Option(metavar="LEVEL", help="How the computer plays: observer, minister or strategist.")
    ] = "",
    watch: Annotated[bool, typer.Option("--watch", help="Look on while the computer plays every seat.")] = False,
    text: Annotated[bool, typer.Option("--text", help="Play in the terminal.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="No colours or tables, for screen readers.")] = False,
    designation: Annotated[str, typer.Option(help="Footnote to the name of Kosovo: period, eu or none.")] = "",
    screenshot: Annotated[
        Path | None, typer.Option(metavar="FILE.png", help="Draw one picture without a display, and end.")
    ] = None,
    size: Annotated[str, typer.Option(metavar="WIDTHxHEIGHT", help="Size of the picture.")] = "1920x1080",
    screen: Annotated[str, typer.Option(help="What the picture shows: menu, setup, map, event, report …")] = "map",
    mode: Annotated[str, typer.Option(help="The picture's map mode: alliance, tension, stability …")] = "",
    turns: Annotated[int | None, typer.Option(min=0, help="Turns the computer plays before the picture.")] = None,
) -> None:
    """Play a scenario, in a window or with --text in the terminal.

    In the terminal, say `help` for the words; they may also come from a file or a pipe.

    \b
    Examples:
      game play bucharest_2008 --as croatia
      game play bucharest_2008 --as croatia --text
      game play bucharest_2008 --as serbia --difficulty strategist
      game play --load saved.json --text
      game play --from results --game 17 --turn 6 --as croatia
      printf 'orders\\norder 1\\nend\\n' | game play bucharest_2008 --as romania --text
    """
    from game.session import Game, SaveError, UnknownNameError, load_game
    from game.session.logs import open_log
    from game.views import DESIGNATIONS

    refuse_contradictions(context)
    if load is None and results is None and not scenario:
        raise typer.BadParameter(_("Name a scenario, or a save with --load."))
    chosen = next((known for known in DESIGNATIONS if known == designation), None)
    if chosen is None and designation:
        raise typer.BadParameter(_("There are: {names}.").format(names=", ".join(DESIGNATIONS)))
    try:
        if load is not None:
            game = load_game(load)
        elif results is not None:
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                game = query.game_of_row(results, row, turn, seats or [])
            for one in told:
                typer.echo(str(one.message), err=True)
        else:
            known = load_scenario(scenario)
            first = [] if watch else [known.scenario.book.scenario.seats[0].seat]
            held = players.computers(difficulty, known.scenario)
            game = Game.new(known.scenario, seats or first, seed=seed, computers=held, ruleset=known.ruleset)
    except (SaveError, UnknownNameError, ValueError) as fault:
        raise fail(str(fault)) from None
    if screenshot is not None:
        from game.desktop.start import draw

        why_not = draw(game, screenshot, size, screen, mode, turns, chosen or "period")
        if why_not:
            raise fail(why_not)
        return
    open_log().info("play %s as %s, seed %s", game.scenario.id, ",".join(game.people) or "nobody", game.seed)
    if not (text or plain):
        from game.desktop.start import can_open, open_game

        if can_open():
            raise typer.Exit(open_game(game, chosen))
        typer.echo(_("There is no display, so the game goes on in the terminal."), err=True)
    from game.terminal import Play, speaker_for
    from game.terminal.lines import typed_lines

    Play(game, speaker_for(plain=plain), chosen or "period").run(typed_lines())


@app.command()
def replay(
    save: Annotated[Path, typer.Argument(metavar="SAVE", help="A saved game.")],
    verify: Annotated[bool, typer.Option("--verify", help="Compute every turn again and compare.")] = False,
    as_json: Json = False,
) -> None:
    """Show a saved game turn by turn, or prove it. Exits 1 on any changed byte or difference.

    \b
    Examples:
      game replay saved.json
      game replay saved.json --verify
      game replay saved.json --verify --json
    """
    from game.session import SaveError, fresh_game, game_of, read_game
    from game.session import replay as play_again
    from game.session.retell import retell

    try:
        read = read_game(save)
        if not verify:
            game = game_of(read, str(save))
            told = retell(game)
            if as_json:
                print_json({"save": str(save), "scenario": game.scenario.id, "seed": game.seed, "turns": told})
                return
            for turn in told:
                for line in turn["lines"]:
                    typer.echo(line)
            return
        difference = play_again(read, fresh_game(read, str(save)))
    except SaveError as fault:
        if as_json:
            print_json({"save": str(save), "true": False, "turn": None, "quantity": None, "message": str(fault)})
            raise typer.Exit(1) from None
        raise fail(str(fault)) from None
    message = difference.message if difference is not None else _("Every turn is as recorded.")
    if as_json:
        where = (None, None) if difference is None else (difference.turn, difference.quantity)
        true = difference is None
        print_json({"save": str(save), "true": true, "turn": where[0], "quantity": where[1], "message": message})
    else:
        typer.echo(f"{save}: {message}", err=difference is not None)
    if difference is not None:
        raise typer.Exit(1)


lab.add_commands(app)
players.add_commands(app)
app.command()(classroom)


def main() -> None:
    """The command `game`."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
    except Exception:
        from game.session.logs import open_log

        open_log().exception("the game stopped")
        raise


if __name__ == "__main__":
    main()
