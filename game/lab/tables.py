"""A run's summary as lines of aligned text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from game.lab.summary import Summary
from game.text import _


def summary_lines(summary: Summary, run: Mapping[str, Any]) -> Iterator[str]:
    """How the games ended, which rungs were reached how often, incidents, scores."""
    games = summary.games
    figures = summary.figures()
    rate = run["games_per_second"]
    said = _("{games} games of {scenario} with seed {seed} in {seconds} s: {rate} a second")
    if rate is None:
        said = _("{games} games of {scenario} with seed {seed}: all were there already")
    yield said.format(games=games, scenario=run["scenario"], seed=run["seed"], seconds=run["seconds"], rate=rate)
    yield ""
    yield _("Endings")
    for ending, count in summary.outcomes.most_common():
        yield f"  {ending:<24}{count:>8}{_share(count, games)}"
    yield _("War in {wars} games, armed attacks in {attacked}").format(wars=summary.wars, attacked=summary.attacked)
    climbed = [
        f"  {thing:<18}{ladder:<8}" + ", ".join(f"{rung} {count * 100 / games:.0f} %" for rung, count in rungs.items())
        for thing, ladders in figures["rungs"].items()
        for ladder, rungs in ladders.items()
        if rungs
    ]
    if climbed:
        yield ""
        yield _("Rungs reached, in how many games")
        yield from climbed
    if figures["incidents"]:
        yield ""
        yield _("Incidents a game: mean, variance")
        for place, spread in figures["incidents"].items():
            yield f"  {place:<24}{spread['mean']:>8.2f}{spread['variance']:>8.2f}"
    yield ""
    yield _("Scores: mean, 10th and 90th percentile")
    for seat, spread in figures["scores"].items():
        yield f"  {seat:<24}{spread['mean']:>8.1f}{spread['low']:>8.1f}{spread['high']:>8.1f}"


def _share(count: int, games: int) -> str:
    return f"{count * 100 / max(games, 1):>7.1f} %"
