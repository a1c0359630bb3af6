"""The command `game classroom`. What it needs beyond the game itself is imported when it runs."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from game.text import _

NEEDED = ("starlette", "uvicorn", "websockets", "segno")


def missing() -> str:
    """What to do where the extra is not installed; "" where it is."""
    if all(find_spec(name) is not None for name in NEEDED):
        return ""
    return _(
        "The classroom needs a few more packages. Install them with: "
        "uv run --extra classroom game classroom SCENARIO --lan, or pip install 'open-door-game[classroom]'."
    )


def _fail(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(1)


def classroom(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO or CLASS]", help="Id of a shipped scenario, or of a kept class.")
    ] = "",
    lan: Annotated[bool, typer.Option("--lan", help="Let the devices of the same network join.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: the usual one, or any that is free.")] = 0,
    seats: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Who sits where: lines of name, seat, world.")
    ] = None,
    worlds: Annotated[int, typer.Option(min=1, max=4, help="Parallel worlds of the same scenario.")] = 1,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the console in a browser.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a class: CLASS, or the newest of a scenario or of all.")
    ] = False,
    purge: Annotated[
        bool, typer.Option("--purge", help="Delete all that is kept of a class, or of every class: `all`.")
    ] = False,
    classes: Annotated[bool, typer.Option("--list", help="List the classes that are kept, and end.")] = False,
) -> None:
    """Play with a class: pupils join from their browsers, nothing is installed on their devices.

    \b
    Examples:
      game classroom bucharest_lesson --lan
      game classroom bucharest_lesson --lan --worlds 2 --seats class_7b.csv
      game classroom --resume --lan
      game classroom --list
      game classroom bucharest_lesson-20260301-1a2b --purge
    """
    from game.classroom.store import StoreError, class_names, purge_named

    if classes:
        for name in class_names():
            typer.echo(name)
        return
    if purge:
        try:
            for name in purge_named(scenario):
                typer.echo(_("Everything that was kept of {name} is deleted.").format(name=name))
        except StoreError as fault:
            raise _fail(str(fault)) from None
        return
    if not scenario and not resume:
        raise typer.BadParameter(_("Name a scenario, or a class with --resume."))
    lacking = missing()
    if lacking:
        raise _fail(lacking)
    from game.classroom.start import CannotOpenError, Plan, serve
    from game.session.logs import open_log

    given = scenario if resume else None
    browser = not no_browser and not os.environ.get("CI")
    try:
        serve(Plan(scenario, lan, port, seats, worlds, given, browser), typer.echo)
    except CannotOpenError as fault:
        # Started from the window's menu nobody reads what is said.
        open_log().error("a class does not open: %s", fault)
        raise _fail(str(fault)) from None
