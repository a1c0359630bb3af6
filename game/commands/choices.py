"""Options of `game play` that say two different things: one of them would be dropped in silence."""

from __future__ import annotations

from collections.abc import Callable

import typer

from game.text import _


def refuse_contradictions(context: typer.Context) -> None:
    """Refuse options that have no meaning beside the others. Raises BadParameter."""

    def given(name: str) -> bool:
        source = context.get_parameter_source(name)
        return source is not None and source.name == "COMMANDLINE"

    message = _beside_another_game(given) or _without_a_run(given)
    if message:
        raise typer.BadParameter(message)


def _beside_another_game(given: Callable[[str], bool]) -> str:
    """What is wrong beside a game that has begun elsewhere; nothing if all is well."""
    load, results = given("load"), given("results")
    if load and results:
        return _("--load and --from each name a game; give one of them.")
    if not (load or results):
        return ""
    if given("scenario"):
        if results:
            return _("The run under --from has its scenario with it; leave out the scenario's name.")
        return _("The save under --load has its scenario with it; leave out the scenario's name.")
    if given("seed"):
        return _("--seed is for new games; a game of --from or --load has its own luck.")
    if given("difficulty"):
        return _("--difficulty is for new games; a game of --from or --load has its own players.")
    return ""


def _without_a_run(given: Callable[[str], bool]) -> str:
    """What has a meaning with --from alone."""
    if given("results") or not (given("row") or given("turn")):
        return ""
    return _("--game and --turn choose a game of a run; name the run's folder with --from.")
