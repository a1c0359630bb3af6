"""Where saves, settings, logs and what can be made again are kept: the platform's own folders, or `OPEN_DOOR_HOME`."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "OPEN_DOOR_HOME"
APP = "open-door"


def _folder(kind: str) -> Path:
    home = os.environ.get(VARIABLE)
    if home:
        return Path(home) / kind
    import platformdirs

    if kind == "logs":
        return Path(platformdirs.user_log_dir(APP, appauthor=False))
    if kind == "settings":
        return Path(platformdirs.user_config_dir(APP, appauthor=False))
    if kind == "cache":
        return Path(platformdirs.user_cache_dir(APP, appauthor=False))
    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / kind


def saves_folder() -> Path:
    """Folder of saved games; made when first asked for."""
    return _made(_folder("saves"))


def settings_file() -> Path:
    """The settings file (it may not exist yet; its folder does)."""
    return _made(_folder("settings")) / "settings.json"


def logs_folder() -> Path:
    return _made(_folder("logs"))


def cache_folder() -> Path:
    """Folder of what only saves time: it may be deleted whenever one likes."""
    return _made(_folder("cache"))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
