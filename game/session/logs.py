"""A rotating log file in the logs folder."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from game.session.home import logs_folder

NAME = "open_door"
SIZE, KEPT = 512_000, 3


def open_log(folder: Path | None = None) -> logging.Logger:
    """The game's log, written to `open-door.log`; asked again for the same folder it is the same log.

    A folder that cannot be written leaves the game without a log, not without a game.
    """
    log = logging.getLogger(NAME)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        path = (folder or logs_folder()) / "open-door.log"
        here = [h for h in log.handlers if isinstance(h, RotatingFileHandler)]
        if any(Path(h.baseFilename) == path.absolute() for h in here):
            return log
        for handler in here:
            log.removeHandler(handler)
            handler.close()
        handler = RotatingFileHandler(path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)
    except OSError:
        log.addHandler(logging.NullHandler())
        return log
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    return log
