"""One game in progress: seats, orders and undo, forecast, explanation, saves, replay.

Knows files and players; never how anything is drawn.
"""

from game.session.causes import LastChange, last_change, ledger
from game.session.forecast import Forecast, Forecaster, Outlook, Range
from game.session.game import Game, GameStoppedError, IllegalOrderError, Step
from game.session.headlines import Headline, headline
from game.session.known import Known, known_files, known_of, known_scenario, known_texts
from game.session.lookup import UnknownNameError, nearest_names
from game.session.records import COMPUTER, PERSON
from game.session.replay import Difference, replay
from game.session.saving import (
    autosave,
    fresh_game,
    game_of,
    game_path,
    load_game,
    read_game,
    save_game,
    save_path,
    saved_games,
)
from game.session.store import SaveError, backups

__all__ = [
    "COMPUTER",
    "PERSON",
    "Difference",
    "Forecast",
    "Forecaster",
    "Game",
    "GameStoppedError",
    "Headline",
    "IllegalOrderError",
    "Known",
    "LastChange",
    "Outlook",
    "Range",
    "SaveError",
    "Step",
    "UnknownNameError",
    "autosave",
    "backups",
    "fresh_game",
    "game_of",
    "game_path",
    "headline",
    "known_files",
    "known_of",
    "known_scenario",
    "known_texts",
    "last_change",
    "ledger",
    "load_game",
    "nearest_names",
    "read_game",
    "replay",
    "save_game",
    "save_path",
    "saved_games",
]
