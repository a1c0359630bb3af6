"""When the program fails: a folder with the save, the log, versions and the traceback, and where it is."""

from __future__ import annotations

import platform
import shutil
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from game import __version__
from game.session import Game, SaveError, save_game
from game.session.home import logs_folder
from game.session.logs import open_log

MARK = "crashed"


def write_bundle(fault: BaseException, game: Game | None, when: str) -> Path:
    """Write everything that helps to find a fault. `when` names the folder. Raises OSError."""
    folder = logs_folder() / f"crash-{when}"
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(traceback.format_exception(fault))
    (folder / "traceback.txt").write_text(text, encoding="utf-8")
    (folder / "versions.txt").write_text(versions(), encoding="utf-8")
    log = logs_folder() / "open-door.log"
    if log.exists():
        shutil.copyfile(log, folder / log.name)
    if game is not None:
        try:
            save_game(game, folder / "game.opendoor.json")
        except (SaveError, ValueError) as failure:
            (folder / "game.txt").write_text(f"{failure}\n", encoding="utf-8")
    mark(str(folder))
    open_log().error("the window stopped: %s; bundle in %s", fault, folder)
    return folder


def versions() -> str:
    lines = [f"Open Door {__version__}", f"Python {platform.python_version()}", platform.platform()]
    for package in ("pygame-ce", "numpy", "pydantic", "PyYAML"):
        try:
            lines.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            lines.append(f"{package} is missing")
    return "\n".join(lines) + "\n"


def mark(text: str) -> None:
    """Note for the next start that the last one failed."""
    (logs_folder() / MARK).write_text(text, encoding="utf-8")


def last_crash() -> str:
    """The folder of the last crash, if the last run ended in one; "" otherwise. Asking clears the note."""
    path = logs_folder() / MARK
    try:
        text = path.read_text(encoding="utf-8")
        path.unlink()
    except OSError:
        return ""
    return text
