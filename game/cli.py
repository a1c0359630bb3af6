"""The command line. Everything heavy is imported by the command that needs it, so that `--help` is quick."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from game import __version__
from game.text import _

if TYPE_CHECKING:
    from game.lab import Summary
    from game.scenario import Scenario

app = typer.Typer(
    name="game",
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def fail(message: str) -> typer.Exit:
    """Say what is wrong on standard error; the command ends with 1."""
    typer.echo(message, err=True)
    return typer.Exit(1)


def print_json(figures: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")


def _version(wanted: bool) -> None:
    if wanted:
        import platform
        from importlib.metadata import version

        typer.echo(f"Open Door {__version__}, Python {platform.python_version()}, NumPy {version('numpy')}")
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
        typer.echo(_("There is no display, so no window can be opened."), err=True)
        typer.echo(context.get_help())


def _load(source: str) -> Scenario:
    """A scenario of an id or a path; its faults, one a line, end the command with 1."""
    from game.scenario import ScenarioError, load

    try:
        return load(source)
    except ScenarioError as fault:
        raise fail(str(fault)) from None


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
    games: Annotated[int, typer.Option(min=1, help="With --coverage: games of each scenario.")] = 300,
    as_json: Json = False,
) -> None:
    """Check scenarios: rows, orders and rules, or every fault on a line of its own. Exits 1 if there is a fault.

    With --coverage computers play every scenario, and a mechanism that never takes part is a fault too.

    \b
    Examples:
      game check
      game check my_scenario.yaml
      game check --coverage --games 50
      game check --json
    """
    from game.rules import compile_rules
    from game.scenario import ScenarioError, load, shipped

    if coverage:
        _check_coverage(paths if paths is not None else [name for name, _title in shipped()], games, as_json)
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
    from game.rules import compile_rules

    found = Coverage()
    for path in paths:
        if not as_json:
            sys.stderr.write(f"{path}\n")
        found.play(compile_rules(_load(path).book), games)
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
    scenario: Annotated[str, typer.Argument(help="Id of a shipped scenario, or a file.")] = "",
    seats: Annotated[
        list[str] | None, typer.Option("--as", metavar="SEAT", help="The seat you play; more than once for hotseat.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="The game's luck: the same number gives the same chances.")] = 0,
    load: Annotated[Path | None, typer.Option(metavar="FILE", help="Go on with a saved game.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Look on while the computer plays every seat.")] = False,
    text: Annotated[bool, typer.Option("--text", help="Play in the terminal.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="No colours or tables, for screen readers.")] = False,
    designation: Annotated[str, typer.Option(help="Footnote to the name of Kosovo: period, eu or none.")] = "period",
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
      game play --load saved.json --text
      printf 'orders\\norder 1\\nend\\n' | game play bucharest_2008 --as romania --text
    """
    from game.session import Game, SaveError, UnknownNameError, load_game
    from game.session.logs import open_log
    from game.views import DESIGNATIONS

    if load is None and not scenario:
        raise typer.BadParameter(_("Name a scenario, or a save with --load."))
    chosen = next((known for known in DESIGNATIONS if known == designation), None)
    if chosen is None:
        raise typer.BadParameter(_("There are: {names}.").format(names=", ".join(DESIGNATIONS)))
    try:
        if load is not None:
            game = load_game(load)
        else:
            loaded = _load(scenario)
            first = [] if watch else [loaded.book.scenario.seats[0].seat]
            game = Game.new(loaded, seats or first, seed=seed)
    except (SaveError, UnknownNameError, ValueError) as fault:
        raise fail(str(fault)) from None
    if screenshot is not None:
        from game.desktop.start import draw

        why_not = draw(game, screenshot, size, screen, mode, turns)
        if why_not:
            raise fail(why_not)
        return
    open_log().info("play %s as %s, seed %s", game.scenario.id, ",".join(game.people) or "nobody", game.seed)
    if not (text or plain):
        from game.desktop.start import can_open, open_game

        if can_open():
            raise typer.Exit(open_game(game))
        typer.echo(_("There is no display, so the game goes on in the terminal."), err=True)
    from game.terminal import Play, speaker_for
    from game.terminal.lines import typed_lines

    Play(game, speaker_for(plain=plain), chosen).run(typed_lines())


# -- many games ----------------------------------------------------------------------------------------


@app.command()
def run(
    scenario: Annotated[str, typer.Argument(help="Id of a shipped scenario, or a file.")],
    out: Annotated[Path, typer.Option(metavar="FILE.jsonl", help="One JSON line a game, in their order.")],
    games: Annotated[int, typer.Option(min=1, help="How many games.")] = 100,
    seed: Annotated[int, typer.Option(min=0, help="Game i has the seed SEED × 1,000,000 + i.")] = 0,
    players: Annotated[str, typer.Option(help="doctrine, doctrine:POPULATION, random or idle.")] = "doctrine",
    player: Annotated[
        list[str] | None, typer.Option(metavar="SEAT=KIND", help="Another player for one seat; may be repeated.")
    ] = None,
    batch: Annotated[int, typer.Option(min=1, help="Games played at a time; changes speed, not results.")] = 256,
    as_json: Json = False,
) -> None:
    """Play many games and write what came of each.

    \b
    Examples:
      game run bucharest_2008 --games 1000 --seed 1 --out results.jsonl
      game run bucharest_2008 --games 200 --player albania=idle --out idle.jsonl
      game run bucharest_2008 --games 500 --players doctrine:reckless --out reckless.jsonl --json
    """
    import time

    from game.lab import Runner, Summary, players_of, write_run
    from game.lab.progress import progress
    from game.rules import compile_rules
    from game.session import UnknownNameError

    pairs = dict(_pair(text) for text in player or [])
    loaded = _load(scenario)
    ruleset = compile_rules(loaded.book)
    try:
        held = players_of(ruleset, players, pairs)
    except (UnknownNameError, ValueError) as fault:
        raise fail(str(fault)) from None
    summary = Summary()
    began = time.perf_counter()
    try:
        with progress(games) as step:

            def done(record: dict[str, Any]) -> None:
                summary.add(record)
                step()

            write_run(Runner(ruleset, held, seed, batch), games, out, done)
    except OSError as fault:
        raise fail(_("{file} could not be written: {reason}").format(file=out, reason=fault.strerror)) from None
    seconds = time.perf_counter() - began
    figures = {"scenario": loaded.id, "games": games, "seed": seed, "seconds": round(seconds, 3)}
    figures["games_per_second"] = round(games / seconds, 1)
    if as_json:
        print_json({**figures, **summary.figures()})
    else:
        _table(summary, figures)


def _pair(text: str) -> tuple[str, str]:
    seat, equals, kind = text.partition("=")
    if not equals or not seat or not kind:
        raise typer.BadParameter(_("'{text}' is not of the form SEAT=KIND.").format(text=text))
    return seat, kind


def _table(summary: Summary, figures: dict[str, Any]) -> None:
    """The run's figures as short tables."""
    from game.lab.tables import summary_lines

    for line in summary_lines(summary, figures):
        typer.echo(line)


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
