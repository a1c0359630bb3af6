"""Commands that read a run's folder: a query, and a row as a game."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from game.commands.common import Json, fail, said_clearly
from game.text import _

if TYPE_CHECKING:
    from game.lab import DataSet


def add_commands(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command()(query)


def game_of_row(folder: Path, row: str, turn: int, people: list[str]) -> Any:
    """A row of a run's folder as a game at the opening of a turn."""
    from game.lab import DataSet

    with said_clearly():
        game = DataSet(folder).play(row, turn, people)
    if game.over:
        raise fail(_("Game {game} ended after turn {turn}.").format(game=row, turn=game.turn))
    return game


def query(
    sql: Annotated[str, typer.Argument(help="A query over `games`, and `turns` where they were kept.")],
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of a run.")],
    as_json: Json = False,
) -> None:
    """Ask a run's results in SQL.

    What a statement writes is written: `copy (select …) to 'FILE.csv'`.

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
        _say_what_is_missing(data)
        try:
            relation = data.query(sql)
            names, rows = ([], []) if relation is None else (relation.columns, relation.fetchall())
        except duckdb.Error as fault:
            raise fail(str(fault)) from None
    if as_json:
        import json

        from game.lab.plain import named_rows

        sys.stdout.write(json.dumps({"rows": named_rows(names, rows)}, ensure_ascii=False, allow_nan=False) + "\n")
        return
    if relation is None:
        return
    typer.echo("\t".join(names))
    for row in rows:
        typer.echo("\t".join("" if value is None else str(value) for value in row))


def _say_what_is_missing(data: DataSet) -> None:
    """Figures of a part of a run are not those of the run: who asks is told so."""
    there, lost = len(data), len(data.failures)
    if there + lost < data.plan.games:
        said = _("{there} of {games} games are there; the run was stopped, or is still going on.")
        typer.echo(said.format(there=f"{there:,}", games=f"{data.plan.games:,}"), err=True)
