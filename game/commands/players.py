"""Commands about the computer's players."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from game.commands.common import Json, Seed, load_scenario, print_json, said_clearly
from game.lab.bounds import SEEDS_PER_RUN
from game.text import _

if TYPE_CHECKING:
    from game.scenario import Scenario


def add_commands(app: typer.Typer) -> None:
    app.command()(ladder)


def computers(difficulty: str, scenario: Scenario) -> dict[str, str]:
    """The kind of computer player of every seat, by the level of difficulty; none without one."""
    if not difficulty:
        return {}
    from game.players import difficulties

    kinds = {level.id: level.kind for level in difficulties()}
    if difficulty not in kinds:
        raise typer.BadParameter(_("There are: {names}.").format(names=", ".join(kinds)))
    return dict.fromkeys(scenario.book.sets["seats"], kinds[difficulty])


def ladder(
    scenario: Annotated[str, typer.Argument(help="Id of a shipped scenario, or a file.")],
    seat: Annotated[
        list[str] | None, typer.Option("--seat", metavar="SEAT", help="A seat to compare in; all playable if none.")
    ] = None,
    games: Annotated[
        int, typer.Option(min=1, max=SEEDS_PER_RUN, help="Games of each player, spread evenly over the seats.")
    ] = 60,
    seed: Seed = 0,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes; they change speed, not results.")] = 2,
    as_json: Json = False,
) -> None:
    """Compare the computer's players in pairs of games on the same seeds, all other seats on doctrine.

    \b
    Examples:
      game ladder bucharest_2008
      game ladder bucharest_2008 --seat croatia --seat serbia --games 40
      game ladder bucharest_2008 --games 60 --json
    """
    from game.lab.ladder import figures, lines
    from game.lab.progress import progress

    loaded = load_scenario(scenario).scenario
    with said_clearly(), progress(games) as step:
        found = figures(loaded, seat or [], games, seed, workers, step)
    if as_json:
        print_json(found)
        return
    for line in lines(found):
        typer.echo(line)
