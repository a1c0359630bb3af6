"""A game to a save file and back."""

from __future__ import annotations

import os
import re
import secrets
import time
from contextlib import suppress
from pathlib import Path, PurePath

from game import __version__
from game.scenario import ScenarioError
from game.session.columns import named
from game.session.game import Game
from game.session.headlines import about_of, headline
from game.session.home import saves_folder
from game.session.known import Known, known_texts
from game.session.lookup import UnknownNameError
from game.session.records import PERSON
from game.session.save import Embedded, Save, decode, encode, pack, unpack
from game.session.store import SaveError, backups, read_save, write_save

SUFFIX = ".opendoor.json"
AUTOSAVE = "autosave"
MOST_AUTOSAVES = 12
"""So many games have an autosave; those that were not played the longest make room."""


def save_of(game: Game) -> Save:
    """Everything about a game, as a save holds it."""
    texts = game.ruleset.catalogue.texts
    return Save(
        engine=__version__,
        about=about_of(game),
        scenario=Embedded(
            id=game.scenario.id, path=PurePath(game.scenario.path).name, files=pack(dict(game.scenario.text))
        ),
        seed=game.seed,
        seats=dict(game.first_seats),
        log=list(game.log),
        queues={seat: [texts[order] for order in queue] for seat, queue in game.queues.items() if queue},
        handed_in=[seat for seat in game.people if seat in game.handed_in] or None,
        world=named(game.ruleset, game.column),
        fingerprint=game.fingerprint,
    )


def save_game(game: Game, path: Path) -> None:
    """Write a game to exactly this path; earlier versions are kept beside it. Raises SaveError."""
    write_save(path, encode(save_of(game)))


def read_game(path: Path) -> Save:
    """A checked save from a file. Raises SaveError."""
    return decode(read_save(path), str(path))


def load_game(path: Path, known: Known | None = None) -> Game:
    """The game of a save file as it stood, without replaying it. Raises SaveError; touches nothing."""
    game = game_of(read_game(path), str(path), known)
    if _branches(game, path):
        game.begun = ""
    return game


def _branches(game: Game, path: Path) -> bool:
    """Whether the autosave of this game has come further: to go on from here is then another game, which must not
    be kept in its place."""
    if not game.begun or path == autosave_path(game):
        return False
    tip = headline(autosave_path(game)).about
    return tip is not None and tip.turn > game.turn


def fresh_game(save: Save, name: str, known: Known | None = None) -> Game:
    """A save's game at its start. Raises SaveError."""
    files = unpack(dict(save.scenario.files))
    try:
        if known is None or dict(known.scenario.text) != files:
            known = known_texts(files, save.scenario.path)
        return Game(known.scenario, known.ruleset, save.seed, save.seats)
    except ScenarioError as fault:
        raise SaveError(f"{name}: its scenario cannot be read: {str(fault).splitlines()[0]}") from None
    except (UnknownNameError, ValueError) as fault:
        raise SaveError(f"{name}: {fault}") from None


def game_of(save: Save, name: str, known: Known | None = None) -> Game:
    """The game of a save as it stood. Raises SaveError."""
    game = fresh_game(save, name, known)
    try:
        for act in save.log:
            game.follow(act)
    except (ValueError, LookupError) as fault:
        raise SaveError(f"{name}: its log does not fit its scenario: {fault}") from None
    # Another version may hash a world otherwise; then the rows, which are compared in any case, must do.
    hashed = save.engine != __version__ or game.fingerprint == save.fingerprint
    if named(game.ruleset, game.column) != save.world or not hashed:
        raise SaveError(f"{name}: its last world does not follow from its log")
    for seat, texts in save.queues.items():
        for text in texts:
            try:
                order = game.order(text)
                if seat not in game.seat_index or game.verify(seat, order):
                    raise SaveError(f"{name}: the waiting order '{text}' is not legal")
            except UnknownNameError as fault:
                raise SaveError(f"{name}: {fault}") from None
            game.submit(seat, order)
    game.begun = (save.about.begun if save.about else None) or ""
    game.handed_in.update(seat for seat in save.handed_in or () if seat in game.people)
    return game


# -- the player's own saves ----------------------------------------------------------------------------


def save_path(title: str, folder: Path | None = None) -> Path:
    """Where a save of this title is kept: letters and digits of any script, the rest as hyphens."""
    return (folder or saves_folder()) / f"{_stem(title)[:80] or 'save'}{SUFFIX}"


def game_path(game: Game, title: str, folder: Path | None = None) -> Path:
    """Where a save of this game under this title is kept: no other game has the same place."""
    if not game.begun:
        game.begun = f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(2)}"
    return (folder or saves_folder()) / f"{_stem(title)[:60] or 'save'}-{game.begun}{SUFFIX}"


def _stem(title: str) -> str:
    return re.sub(r"[^\w]+", "-", title).strip("-_")


def autosave_path(game: Game, folder: Path | None = None) -> Path:
    """Where the autosave of a game is kept."""
    people = [seat for seat, holder in game.first_seats.items() if holder == PERSON]
    return game_path(game, " ".join((AUTOSAVE, game.scenario.id, *people)), folder)


def autosave(game: Game, folder: Path | None = None) -> Path:
    """Keep the game as its newest autosave; the autosaves of the last games are kept. Raises SaveError."""
    path = autosave_path(game, folder)
    data = encode(save_of(game))
    try:
        same = path.read_bytes() == data
        if same:
            os.utime(path)  # the newest, without pushing out an earlier version
    except OSError:
        same = False
    if not same:
        write_save(path, data)
    kept = [one for one in saved_games(folder) if one.name.startswith(f"{AUTOSAVE}-") and one != path]
    for old in kept[MOST_AUTOSAVES - 1 :]:
        for gone in (*backups(old), old):
            with suppress(OSError):
                gone.unlink()
    return path


def saved_games(folder: Path | None = None) -> list[Path]:
    """The save files of the folder, newest first."""
    found = list((folder or saves_folder()).glob(f"*{SUFFIX}"))
    return sorted(found, key=lambda path: (-path.stat().st_mtime_ns, path.name))
