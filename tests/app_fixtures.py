"""An app without a window, threads or the person's own folders; the tiny scenario compiled once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import pygame
import pytest

from game.desktop.app import App
from game.desktop.settings import Store
from game.rules import Ruleset, compile_rules
from game.scenario import Scenario, load
from game.session import Game

TINY = Path(__file__).parent / "data" / "tiny.yaml"


@pytest.fixture(scope="session", autouse=True)
def display() -> Iterator[None]:
    pygame.display.init()
    pygame.font.init()
    pygame.display.set_mode((64, 64))
    yield


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OPEN_DOOR_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="session")
def tiny() -> tuple[Scenario, Ruleset]:
    scenario = load(TINY)
    return scenario, compile_rules(scenario.book)


@pytest.fixture(scope="session")
def bucharest() -> tuple[Scenario, Ruleset]:
    scenario = load("bucharest_2008")
    return scenario, compile_rules(scenario.book)


@pytest.fixture
def game(tiny: tuple[Scenario, Ruleset]) -> Game:
    return Game.new(tiny[0], ["arda"], seed=3, ruleset=tiny[1])


@pytest.fixture
def app(home: Path) -> Iterator[App]:
    made = App((1280, 720), Store(), threaded=False)
    yield made
    made.close()


@pytest.fixture
def playing(app: App, game: Game) -> App:
    """The app with the tiny game on its map screen, everything settled."""
    app.take_up(game)
    app.settle()
    return app


Press = Callable[..., None]


@pytest.fixture
def press(app: App) -> Press:
    """Press a key: `press(pygame.K_e)`, `press(pygame.K_z, pygame.KMOD_CTRL)`."""

    def down(key: int, mod: int = 0) -> None:
        name = pygame.key.name(key)
        letter = name if len(name) == 1 and not mod else ""
        app.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode=letter))
        app.work.poll()
        app.frame()

    return down


@pytest.fixture
def click(app: App) -> Callable[[str], None]:
    """Click the middle of the node of a key."""

    def on(key: str) -> None:
        node = app.top.ui.node(key)
        assert node is not None, f"no node {key!r}"
        at = node.rect.center
        app.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
        app.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
        app.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))
        app.work.poll()
        app.frame()

    return on
