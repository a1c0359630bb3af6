"""Pictures without a display: the same app, the same drawing, a frozen clock. Equal arguments, equal bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pygame

from game.desktop.app import App
from game.desktop.parts.commands import Mode
from game.desktop.parts.event import EventCard
from game.desktop.screens.setup import SetupScreen
from game.desktop.settings import Settings, Store
from game.desktop.ui.ledger import Ledger
from game.scenario import shipped
from game.session import PERSON, Game
from game.session.home import VARIABLE
from game.text import _
from game.views import Designation, card

SCREENS = (
    "menu",
    "setup",
    "map",
    "council",
    "dialogue",
    "report",
    "news",
    "charts",
    "library",
    "settings",
    "event",
    "objectives",
    "debrief",
)
MOST_TURNS = 200


class NoPictureError(Exception):
    """There is nothing to show; the message says why."""


def without_display() -> None:
    """Use SDL's dummy drivers, so that nothing appears anywhere."""
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    os.environ["SDL_AUDIODRIVER"] = "dummy"
    if not pygame.display.get_init():
        pygame.display.init()
        pygame.font.init()
        pygame.display.set_mode((64, 64))


def still_app(size: tuple[int, int], settings: Settings | None = None, start: str = "menu") -> App:
    """An app without threads, clock, sound or the person's settings."""
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "settings.json")
        store.settings = (settings or Settings()).but(sound=False, calm=True)
        return App(size, store, lambda: 0.0, threaded=False, start=start)


def play_on(game: Game, turns: int, until_card: bool = False, to_end: bool = False) -> None:
    """Let the computer play every seat for some turns, to the next card of the seat, or to the end.

    Raises NoPictureError when no card comes.
    """
    people = game.people
    seat = people[0] if people else None
    for one in people:
        game.hand_over(one, "doctrine")
    played = 0
    while not game.over and played < MOST_TURNS:
        wait = until_card and played >= turns
        if wait and seat is not None and _asked(game, seat):
            break
        if played >= turns and not until_card and not to_end:
            break
        game.end_turn()
        played += 1
    for one in people:
        game.hand_over(one, PERSON)
    if until_card and (seat is None or game.over or not _asked(game, seat)):
        raise NoPictureError(_("No decision comes to this seat until the end of the game."))


def _asked(game: Game, seat: str) -> bool:
    from game.views import Sight

    return card(Sight(game, seat)) is not None


def shoot(
    game: Game | None,
    size: tuple[int, int],
    screen: str = "map",
    mode: str = "",
    turns: int | None = None,
    settings: Settings | None = None,
    select: str | None = None,
    order: int | None = None,
    topic: str = "",
    ledger: Ledger | None = None,
) -> pygame.Surface:
    """The picture of a screen. select: what the side panel shows; order: the order whose forecast is shown.

    Raises NoPictureError where there is no such screen or no card.
    """
    without_display()
    with nobodys_home():
        app = still_app(size, settings)
        return picture(app, game, screen, mode, turns, select, order, topic, ledger)


@contextmanager
def nobodys_home() -> Iterator[None]:
    """Saves, settings and logs in a folder of their own: what is kept on this machine must not show in a picture."""
    before = os.environ.get(VARIABLE)
    with TemporaryDirectory() as folder:
        os.environ[VARIABLE] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ[VARIABLE]
            else:
                os.environ[VARIABLE] = before


def picture(
    app: App,
    game: Game | None,
    screen: str,
    mode: str = "",
    turns: int | None = None,
    select: str | None = None,
    order: int | None = None,
    topic: str = "",
    ledger: Ledger | None = None,
) -> pygame.Surface:
    """Bring an app to a screen and draw it."""
    opens = "map" if screen == "event" else screen
    if not app.knows(opens):
        raise NoPictureError(_("There is no screen '{name}'.").format(name=screen))
    if game is not None and screen not in ("menu", "setup"):
        play_on(game, turns or 0, screen == "event", screen == "debrief" and turns is None)
        app.take_up(game)
        if app.screen.name == "handover":
            app.home("map")
        app.work.finish()
        play = app.screen
        app.close_card()
        if mode:
            play.obey(Mode(mode))
        if select is not None:
            play.select(select)  # type: ignore[attr-defined]
        if order is not None:
            from game.desktop.parts.orders import Choose

            play.obey(Choose(order))
        if screen == "event":
            app.show_card(EventCard(app))
    if app.screen.name != opens:
        if screen == "setup" and game is not None and not topic:
            topic = game.scenario.id if game.scenario.id in dict(shipped()) else str(game.scenario.path)
        app.open(opens, topic)
    app.settle()
    if game is not None and isinstance(app.screen, SetupScreen):
        app.screen.choose(game.people)
    return app.settle(ledger)


def screenshot(
    game: Game | None,
    file: Path,
    size: tuple[int, int],
    screen: str,
    mode: str,
    turns: int | None,
    designation: Designation = "period",
) -> None:
    """Write a picture as PNG. Raises NoPictureError and OSError."""
    surface = shoot(game, size, screen, mode, turns, Settings(designation=designation))
    try:
        pygame.image.save(surface, str(file), "PNG")
    except pygame.error as fault:
        raise OSError(str(fault)) from None
