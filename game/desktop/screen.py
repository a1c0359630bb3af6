"""What a screen is, and the commands that every screen may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pygame

from game.desktop.ui.node import Command, Node, Tip
from game.desktop.ui.ui import Ui

if TYPE_CHECKING:
    from game.desktop.app import App


@dataclass(frozen=True)
class Go:
    """Open a screen over this one. topic: what it is to show first, in the screen's own words."""

    screen: str
    topic: str = ""


@dataclass(frozen=True)
class Back:
    """Close this screen, or the card that lies over it."""


@dataclass(frozen=True)
class ToMenu:
    """Leave the game for the main menu."""


@dataclass(frozen=True)
class Quit:
    """End the program."""


@dataclass(frozen=True)
class Act:
    """Do what a bound key does (`bindings`)."""

    action: str


class Part:
    """A screen or a card: builds its tree and obeys its commands."""

    def __init__(self, app: App, topic: str = "") -> None:
        self.app, self.topic = app, topic

    def build(self, ui: Ui) -> Node:
        """The tree for the moment. A screen's root names its `esc` (usually `Back()`)."""
        raise NotImplementedError

    def obey(self, command: Command) -> bool:
        """Carry out a command; False for one that is not its own."""
        return False

    def action(self, action: str) -> bool:
        """A bound key was pressed; False when it means nothing here."""
        return False


class Screen(Part):
    """One screen of the stack. Only the uppermost is built and hears events.

    `backdrop`: the map is drawn beneath it. `screen.app` gives the desk (the game), settings and work.
    """

    name: ClassVar[str] = ""
    backdrop: bool = False

    def __init__(self, app: App, topic: str = "") -> None:
        super().__init__(app, topic)
        self.cards: list[Card] = []

    def shown(self) -> None:
        """It has come to the top: opened, or uncovered."""

    def left(self) -> None:
        """It is covered or closed."""

    def moved_on(self) -> None:
        """The game has changed (a turn, an order): forget what was derived from it."""

    def pointer(self, event: pygame.event.Event) -> None:
        """A pointer event that no widget took: it is over the map."""

    def tick(self, now: float) -> None:
        """A frame begins; seconds of the app's clock."""

    def term(self, name: str) -> Tip | None:
        """What a linked term means; by default the library's entry."""
        return self.app.term(name)


class Card(Part):
    """Something modal over a screen: a question, an event. Its root is a modal node with `esc`.

    `foot`: how much of the window's lower edge holds its buttons, in design pixels; passing notes lie above it.
    """

    name: ClassVar[str] = ""
    foot: ClassVar[int] = 0

    def closed(self) -> None:
        """It has been taken away."""
