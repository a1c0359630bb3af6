"""Screens: no text over text, nothing out of its parent, drawing changes nothing, equal bytes twice."""

from __future__ import annotations

import pygame
import pytest

from game.desktop.settings import Settings
from game.desktop.shots import shoot
from game.desktop.ui.ledger import Ledger
from game.rules import Ruleset
from game.scenario import Scenario
from game.session import Game

SIZES = [(1280, 720), (1920, 1080), (3840, 2160)]


def screen_faults(ledger: Ledger) -> list[str]:
    """Faults of the interface; the map's lettering lies on a layer of its own."""
    ledger.entries = [entry for entry in ledger.entries if entry.layer >= 0]
    return ledger.faults()


@pytest.mark.parametrize(
    ("size", "screen"),
    [
        *(
            pytest.param(size, name, marks=pytest.mark.slow if size == SIZES[-1] else ())
            for size in SIZES
            for name in ("map", "event", "setup")
        ),
        ((1280, 720), "menu"),
    ],
    ids=str,
)
def test_layout(bucharest: tuple[Scenario, Ruleset], size: tuple[int, int], screen: str) -> None:
    game = Game.new(bucharest[0], ["serbia"], seed=4, ruleset=bucharest[1])
    ledger = Ledger(size)
    shoot(game, size, screen, ledger=ledger)
    assert ledger.entries
    assert screen_faults(ledger) == []


@pytest.mark.parametrize("seats", [["kosovo"], ["croatia", "serbia"]])
def test_a_new_game_is_shown_for_the_seats_that_are_asked_for(
    bucharest: tuple[Scenario, Ruleset], seats: list[str]
) -> None:
    ledger = Ledger((1280, 720))
    shoot(Game.new(bucharest[0], seats, seed=4, ruleset=bucharest[1]), (1280, 720), "setup", ledger=ledger)
    names = {"kosovo": "Kosovo*", "croatia": "Croatia", "serbia": "Serbia"}
    texts = [entry.text for entry in ledger.entries]
    assert ("Start with the chosen seats" in texts) == (len(seats) > 1)
    assert texts.count(names[seats[0]]) == 2, "in the list and over the briefing"
    assert texts.count("a person" if len(seats) > 1 else "you") == len(seats)
    assert screen_faults(ledger) == []


@pytest.mark.parametrize("scale", [0.8, 1.6])
def test_layout_at_other_scales(bucharest: tuple[Scenario, Ruleset], scale: float) -> None:
    game = Game.new(bucharest[0], ["croatia"], seed=4, ruleset=bucharest[1])
    ledger = Ledger((1920, 1080))
    shoot(game, (1920, 1080), "map", settings=Settings(scale=scale), ledger=ledger)
    assert screen_faults(ledger) == []


def test_a_scenario_off_the_map_is_shown_as_a_list(tiny: tuple[Scenario, Ruleset]) -> None:
    ledger = Ledger((1280, 720))
    shoot(Game.new(tiny[0], ["arda"], seed=3, ruleset=tiny[1]), (1280, 720), ledger=ledger)
    assert screen_faults(ledger) == []
    assert any(entry.text == "Arda" for entry in ledger.entries)
    assert not any(entry.text == "SERBIA" for entry in ledger.entries)


def test_equal_arguments_give_equal_bytes_and_the_world_stays(bucharest: tuple[Scenario, Ruleset]) -> None:
    pictures = []
    for _again in range(2):
        game = Game.new(bucharest[0], ["croatia"], seed=4, ruleset=bucharest[1])
        before = game.fingerprint
        surface = shoot(game, (1280, 720), "map", "tension")
        assert game.fingerprint == before
        pictures.append(pygame.image.tobytes(surface, "RGB"))
    assert pictures[0] == pictures[1]
