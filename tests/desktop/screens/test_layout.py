"""Every further screen at three sizes: no text over text, nothing out of its parent."""

from __future__ import annotations

import pytest

from game.desktop.app import App
from game.desktop.settings import Settings
from game.desktop.shots import shoot
from game.desktop.ui.ledger import Ledger
from game.rules import Ruleset
from game.scenario import Scenario
from game.session import Game

SIZES = [(1280, 720), (1920, 1080), (3840, 2160)]
SCREENS = ["council", "dialogue", "report", "news", "charts", "library", "objectives", "settings"]


def faults(ledger: Ledger) -> list[str]:
    ledger.entries = [entry for entry in ledger.entries if entry.layer >= 0]
    assert ledger.entries
    return ledger.faults()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("screen", SCREENS)
def test_layout(bucharest: tuple[Scenario, Ruleset], size: tuple[int, int], screen: str) -> None:
    game = Game.new(bucharest[0], ["north_macedonia"], seed=4, ruleset=bucharest[1])
    ledger = Ledger(size)
    shoot(game, size, screen, turns=4, ledger=ledger)
    assert faults(ledger) == []


@pytest.mark.parametrize("screen", [name for name in SCREENS if name != "settings"])
def test_before_the_first_turn_and_while_watching(bucharest: tuple[Scenario, Ruleset], screen: str) -> None:
    ledger = Ledger((1280, 720))
    shoot(Game.new(bucharest[0], [], seed=4, ruleset=bucharest[1]), (1280, 720), screen, ledger=ledger)
    assert faults(ledger) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_the_tiny_scenario(tiny: tuple[Scenario, Ruleset], screen: str) -> None:
    ledger = Ledger((1280, 720))
    shoot(Game.new(tiny[0], ["arda"], seed=3, ruleset=tiny[1]), (1280, 720), screen, turns=2, ledger=ledger)
    assert faults(ledger) == []


@pytest.mark.parametrize("scale", [0.8, 1.6])
@pytest.mark.parametrize("screen", ["council", "settings", "charts", "news"])
def test_other_scales(bucharest: tuple[Scenario, Ruleset], scale: float, screen: str) -> None:
    game = Game.new(bucharest[0], ["croatia"], seed=4, ruleset=bucharest[1])
    ledger = Ledger((1920, 1080))
    shoot(game, (1920, 1080), screen, turns=2, settings=Settings(scale=scale), ledger=ledger)
    assert faults(ledger) == []


def test_the_library_opens_from_the_menu(app: App) -> None:
    app.open("library", "eapc")
    ledger = Ledger((1280, 720))
    app.settle(ledger)
    assert faults(ledger) == []
    assert any("Euro-Atlantic Partnership Council" in entry.text for entry in ledger.entries)
