"""Choosing a scenario and a seat in words, where `game` is started without a display."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.scenario import Scenario, ScenarioError, load, shipped
from game.session import Game, nearest_names
from game.session.logs import open_log
from game.terminal.lines import typed_lines
from game.terminal.play import Play
from game.terminal.speaker import Line, Speaker, speaker_for
from game.text import _
from game.views import scenario_card


def play_picked() -> None:
    """Choose at the terminal, then play there."""
    speaker, lines = speaker_for(), iter(typed_lines())
    chosen = pick(speaker, lines)
    if chosen is not None:
        scenario, seat = chosen
        game = Game.new(scenario, [seat])
        open_log().info("play %s as %s, seed %s", scenario.id, seat, game.seed)
        Play(game, speaker).run(lines)


def pick(speaker: Speaker, lines: Iterator[str]) -> tuple[Scenario, str] | None:
    """The scenario and the seat that a person chooses; None when they leave or the lines end."""
    speaker.say([Line(_("Scenarios"), "heading")])
    ident = _choose(speaker, lines, shipped(), _("Say the number or the id of a scenario, or 'quit'."))
    if ident is None:
        return None
    try:
        scenario = load(ident)
    except ScenarioError as fault:
        speaker.say([Line(str(fault), "warning")])
        return None
    card = scenario_card(scenario)
    speaker.say([Line(card.summary), Line(_("Seats"), "heading")])
    seats = [(one.seat, f"{one.name}. {one.goal}") for one in card.seats]
    seat = _choose(speaker, lines, seats, _("Say the number or the id of the seat you play, or 'quit'."))
    return None if seat is None else (scenario, seat)


def _choose(speaker: Speaker, lines: Iterator[str], known: Sequence[tuple[str, str]], ask: str) -> str | None:
    """One id of a numbered list."""
    speaker.say(Line(f"{place}. {ident}: {title}", indent=1) for place, (ident, title) in enumerate(known, 1))
    speaker.say([Line(ask, "dim")])
    ids = [ident for ident, _title in known]
    for line in lines:
        said = line.strip().lower()
        if said in ("quit", "exit"):
            return None
        if said in ids:
            return said
        if said.isdigit() and 1 <= int(said) <= len(ids):
            return ids[int(said) - 1]
        if said:
            near = ", ".join(nearest_names(said, ids))
            text = _("There is no '{said}'; nearest: {near}.") if near else _("There is no '{said}'.")
            speaker.say([Line(text.format(said=said, near=near), "warning")])
    return None
